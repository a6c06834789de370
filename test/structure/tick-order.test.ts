import { posix } from 'node:path';
import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { createTick } from '../../src/tick.ts';
import { sourceFiles, textOf } from './sources.ts';
import { writesIn, writesOf } from './writes.ts';

const DEVICE = sourceFiles().filter((file) => /^(src|hal)\//.test(file));
const ALL = sourceFiles().filter((file) => /^(src|hal|sim|tools)\//.test(file));

/** Who writes what of the record that travels through a tick. A field that stands in no row may be written by nobody. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  'now dt count turn': ['src/loop.ts'],
  'measuredMmHg filteredMmHg fresh': ['src/sensing/sensing.ts'],
  // a rule that finds the reading implausible may doubt it; nobody but sensing can believe it again
  doubtful: ['src/sensing/sensing.ts', 'src/safety/sensor-rules.ts'],
  'railMv pumpMv valveMv driverFaults': ['hal/monitor.ts', 'hal/direct-monitor.ts', 'hal/open-monitor.ts'],
  'setpoint capMmHg quiet askedAt lapMs': ['src/demand.ts'],
  'pump bleedMs vent': ['src/control/'],
  'outPump outBleedMs outVent steady': ['src/safety/gate.ts'],
  // raised by the gate, lowered by what has sent it
  changed: ['src/safety/gate.ts', 'src/outputs.ts'],
  // constant after boot
  'period readsTerminals': [],
};

const ownersOf = new Map(
  Object.entries(OWNERS).flatMap(([names, files]) => names.split(' ').map((name) => [name, files] as const)),
);

/** The record goes by these names wherever it is written; `writesOf` follows another name for it. */
const IS_TICK = /^(t|tick|into|(\S*\.)?core\.tick|device\.tick)$/;
/** ... outside of the device, where a `t` may be a time. */
const IS_CORES = /(^|\.)core\.tick$/;
/** Puts what a log says was sent in the place of what was decided: that is its job. */
const REPLAY = 'sim/log/replay.ts';

describe('the record of a tick', () => {
  test('has an owner for each of its fields', () => {
    expect([...ownersOf.keys()].sort()).toEqual(Object.keys(createTick(50)).sort());
  });

  test('is written by the owners of its slices only', () => {
    // outside of the device the record is told by its name: most files never say it
    const mayWrite = ALL.filter((file) => DEVICE.includes(file) || /\btick\b/.test(textOf(file)));
    const wrong = mayWrite
      .filter((file) => file !== REPLAY)
      .flatMap((file) =>
        writesOf(file)
          .filter((w) => (DEVICE.includes(file) ? IS_TICK : IS_CORES).test(w.record) && ownersOf.has(w.field))
          .filter((w) => !(ownersOf.get(w.field) ?? []).some((owner) => file.startsWith(owner)))
          .map((w) => `${file} writes ${w.record}.${w.field}`),
      );
    expect(wrong).toEqual([]);
  });

  test('is really written by each of them', () => {
    const idle = [...ownersOf].flatMap(([field, owners]) =>
      owners
        .filter((owner) => !owner.endsWith('open-monitor.ts'))
        .filter((owner) => !DEVICE.some((file) => file.startsWith(owner) && writesField(file, field)))
        .map((owner) => `${owner} does not write ${field}`),
    );
    expect(idle).toEqual([]);
  });

  test('is never written by Object.assign', () => {
    const wrong = DEVICE.filter((file) => /Object\.assign\(\s*(t|tick|core\.tick)\b/.test(textOf(file)));
    expect(wrong).toEqual([]);
  });

  test('a write is seen in each of its spellings', () => {
    const source = `t.setpoint = 1; core.tick.pump += 2; t['vent'] = true; t.count++; const o = { setpoint: 1 }; o;
      const q = t; q.outPump = 3; const { tick: w } = core; w.fresh = true;`;
    expect(writesIn(source).map((w) => `${w.record}.${w.field}`)).toEqual([
      't.setpoint',
      'core.tick.pump',
      't.vent',
      't.count',
      't.outPump',
      'core.tick.fresh',
    ]);
  });
});

function writesField(file: string, field: string): boolean {
  return writesOf(file).some((w) => IS_TICK.test(w.record) && w.field === field);
}

/** Files that could call `name` of `module`: that import or pass on the name, or the whole module. Types are no calls. */
function importers(name: string, module: string): string[] {
  return ALL.filter((file) => reaches(textOf(file), file, name, module));
}

function reaches(source: string, file: string, name: string, module: string): boolean {
  const from = /\b(?:import|export)\s+(?!type\b)([^;'"`]*?)\s+from\s+'([^']+)'|\bimport\('([^']+)'\)/g;
  return [...source.matchAll(from)].some(([, names = '*', path, late]) => {
    const target = posix.join(posix.dirname(file), path ?? late ?? '');
    return target === module && (names.includes('*') || new RegExp(`(?<!type )\\b${name}\\b`).test(names));
  });
}

/** How often the code of a file says `name`, by whatever way; imports and comments do not count. */
function mentions(file: string, name: string): number {
  const { code } = transformSync(textOf(file), { loader: 'ts', target: 'es2022' });
  const body = code.replace(/^import [^;]*;$/gm, '').replace(/"[^"]*"/g, '');
  return [...body.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length;
}

describe('the order of a tick', () => {
  test.each([
    ['sense', 'src/sensing/sensing.ts'],
    ['assess', 'src/safety/supervisor.ts'],
    ['judgeDemand', 'src/safety/supervisor.ts'],
    ['regulate', 'src/control/regulator.ts'],
    ['gate', 'src/safety/gate.ts'],
    ['recordTick', 'src/record/recorder.ts'],
  ])('%s is reached and called from one place', (stage, module) => {
    expect(textOf(module)).toContain(`export function ${stage}(`);
    expect(importers(stage, module)).toEqual(['src/loop.ts']);
    expect(mentions('src/loop.ts', stage)).toBe(1);
  });

  test('a stage is seen under another name, in a whole module, passed on and late', () => {
    const sees = (source: string): boolean => reaches(source, 'sim/log/x.ts', 'gate', 'src/safety/gate.ts');
    const path = '../../src/safety/gate.ts';
    expect(sees(`import { gate as open } from '${path}';`)).toBe(true);
    expect(sees(`import * as safety from '${path}';`)).toBe(true);
    expect(sees(`export { gate } from '${path}';`)).toBe(true);
    expect(sees(`export * from '${path}';`)).toBe(true);
    expect(sees(`const { gate: open } = await import('${path}');`)).toBe(true);
    expect(sees(`import { ventNow } from '${path}';`)).toBe(false);
    expect(sees(`import type { gate } from '${path}';`)).toBe(false);
  });

  test('stands in src/loop.ts as the design has it', () => {
    const source = textOf('src/loop.ts');
    const run = source.slice(source.indexOf('function run('), source.indexOf('/** The board'));
    const stages = [
      'lease.renew(',
      'sense(',
      'readOutputs(',
      'assess(',
      'updateDemand(',
      'regulate(',
      'gate(',
      'drive(',
      'recordTick(',
      'keepHouse(',
      'watchdog.kick(',
    ];
    const places = stages.map((stage) => run.indexOf(stage));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('the session has one way into a phase', () => {
    const writers = ALL.filter((file) => /\bphase\b/.test(textOf(file))).flatMap((file) =>
      writesOf(file)
        .filter((w) => w.field === 'phase' && /(^s|session)$/.test(w.record))
        .map(() => file),
    );
    expect(writers).toEqual(['src/session/session.ts']);
  });
});

describe('the record of a session', () => {
  const FIELDS =
    'phase phaseMs protocol step leftMs lopMmHg lessMmHg exit pauses releases busy barred owed ramped target'.split(
      ' ',
    );

  test('is written in its own layer only', () => {
    const wrong = DEVICE.filter((file) => !file.startsWith('src/session/')).flatMap((file) =>
      writesOf(file)
        .filter((w) => FIELDS.includes(w.field) && /(^|\.)session$/.test(w.record))
        .map((w) => `${file} writes ${w.record}.${w.field}`),
    );
    expect(wrong).toEqual([]);
  });
});
