import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BELT_FLASK } from '../../sim/plant/bottle-params.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { SCENARIOS } from '../../sim/scenarios/library.ts';
import { parseFault } from '../../sim/setup/fault-option.ts';
import { choosePlant } from '../../sim/setup/plant-option.ts';
import type { RunOptions } from '../../sim/setup/resolve.ts';
import { resolveSpec } from '../../sim/setup/spec.ts';
import { FILE_SETTINGS } from '../../src/files.ts';
import { TRIP_ROWS } from '../../src/safety/rows/all.ts';
import { decodeSettings } from '../../src/settings.ts';

const PLAIN: RunOptions = { scenario: 'run', set: [], fault: [], seed: 1, level: 'core' };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cuffloop-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('every built-in scenario resolves, with a protocol, a plant and faults that exist', () => {
  expect(SCENARIOS.length).toBeGreaterThan(15);
  for (const scenario of SCENARIOS) {
    const spec = resolveSpec({ ...PLAIN, scenario: scenario.name });
    expect(spec.changed, scenario.name).toBe(false);
    expect(spec.faults.length, scenario.name).toBe(scenario.faults.length);
  }
});

test('every trip that a scenario expects is one that the firmware has', () => {
  const known = TRIP_ROWS.map((row) => row.name);
  for (const { name, expect: wanted } of SCENARIOS) {
    if (wanted.trip !== 'none') expect(known, name).toEqual(expect.arrayContaining([...wanted.trip]));
  }
});

test('settings of an option reach the store of the device, on top of what goes with the plant', () => {
  const spec = resolveSpec({ ...PLAIN, plant: 'nominal-arm', set: ['maxMmHg=120', 'lopMmHg=140'] });
  const { settings } = decodeSettings(spec.files[FILE_SETTINGS] ?? '');
  expect(settings).toMatchObject({ maxMmHg: 120, lopMmHg: 140, limb: 0, maxPressureS: 900 });
  expect(spec.changed).toBe(true);
});

test('a protocol brings its own movement, and --motion outranks it', () => {
  expect(resolveSpec({ ...PLAIN, protocol: 'lift-30-15' }).plan.work).toBe('legpress');
  expect(resolveSpec({ ...PLAIN, protocol: 'lift-30-15', motion: 'walk' }).plan.work).toBe('walk');
  expect(resolveSpec(PLAIN).plan.work).toBe('run');
});

test('a plant of a seed is the same plant each time, and another seed another plant', () => {
  const flow = (plant: string) => resolveSpec({ ...PLAIN, plant }).rig.plant.pumpFlow;
  expect(flow('sampled:7')).toBe(flow('sampled:7'));
  expect(flow('sampled:7')).not.toBe(flow('sampled:8'));
  expect(resolveSpec({ ...PLAIN, plant: 'sampled-arm:7' }).rig.plant.limb).toBe('arm');
});

test('a plant file changes a named plant', () => {
  const path = file('weak.json', { base: 'reference-thigh', pumpFlow: 12, relief: null });
  const { plant } = resolveSpec({ ...PLAIN, plant: path }).rig;
  expect(plant).toMatchObject({ pumpFlow: 12, relief: null, sensorAt: 'cuff' });
  expect(resolveSpec({ ...PLAIN, plant: path }).chosen.limb).toEqual(nominalLimb('run'));
});

describe('a wrong option names itself, what was given and what is allowed', () => {
  const wrong: [string, Partial<RunOptions>, RegExp][] = [
    ['scenario', { scenario: 'jog' }, /^--scenario "jog": no such scenario; allowed are run, .*leg-press/],
    [
      'plant',
      { plant: 'my-cuff' },
      /^--plant "my-cuff": no such plant; allowed are nominal-thigh, .*sampled:SEED/,
    ],
    [
      'plant seed',
      { plant: 'sampled:x' },
      /^--plant "sampled:x": the seed "x" must be a whole number 0\.\.999999999/,
    ],
    ['plant seed empty', { plant: 'sampled:' }, /the seed "" must be/],
    ['protocol', { protocol: 'hiit' }, /^--protocol "hiit": no such protocol; allowed are run-5x3, intro/],
    ['sensor', { sensor: 'bmp280' }, /^--sensor "bmp280": no such name; allowed are mprls/],
    ['motion', { motion: 'swim' }, /^--motion "swim": no such name; allowed are run, walk, cycle, legpress/],
    ['set form', { set: ['lopMmHg'] }, /^--set "lopMmHg": write name=value/],
    ['set word', { set: ['lopMmHg=high'] }, /^--set "lopMmHg=high": "high" is no number/],
    ['set range', { set: ['maxMmHg=400'] }, /^--set .*maxMmHg: 400 is outside the allowed 50\.\.250 mmHg/],
    ['set name', { set: ['gain=1'] }, /^--set .*gain: no such setting; known are limb, lopMmHg/],
    [
      'set two problems',
      { set: ['maxMmHg=400', 'limb=7'] },
      /^--set "maxMmHg=400 limb=7": limb: 7 .*; maxMmHg: 400/,
    ],
    ['fault form', { fault: ['leak'] }, /^--fault "leak": write kind@start, .*kinds are leak, burst/],
    ['fault kind', { fault: ['fire@10'] }, /^--fault "fire@10": no fault "fire"; kinds are leak/],
    ['fault time', { fault: ['leak@soon'] }, /start "soon" is no time; allowed are 0\.\.86400 s/],
    ['fault size', { fault: ['leak@10:99999'] }, /size "99999" is outside 1\.\.20000 mmHg\/min/],
    ['fault without size', { fault: ['hose-off@10:3'] }, /hose-off has no size; write hose-off@start/],
    ['fault end', { fault: ['leak@10:100~5'] }, /the end must come after the start/],
  ];
  test.each(wrong)('%s', (_, options, message) => {
    expect(() => resolveSpec({ ...PLAIN, ...options })).toThrow(message);
  });

  test('a plant file: not JSON, unknown parameter, wrong type, out of range, bad relief', () => {
    const said = (content: unknown): string => {
      try {
        resolveSpec({ ...PLAIN, plant: file('bad.json', content) });
      } catch (error) {
        return (error as Error).message;
      }
      return 'accepted';
    };
    expect(said('{')).toMatch(/--plant .*not readable as JSON/);
    expect(said([])).toMatch(/must hold one object/);
    expect(said({ flow: 3 })).toMatch(/no parameter "flow"; allowed are base, limb/);
    expect(said({ pumpFlow: 'much' })).toMatch(/pumpFlow must be a number, not "much"/);
    expect(said({ pumpFlow: -1 })).toMatch(/pumpFlow is -1; allowed are 0\.\.100000/);
    expect(said({ sensorAt: 'knee' })).toMatch(/sensorAt must be pump or cuff/);
    expect(said({ relief: { crackMmHg: 0 } })).toMatch(/relief must be null or/);
    expect(said({ base: 'nobody' })).toMatch(/base must be one of nominal-thigh/);
  });

  test('a scenario file lists all its problems at once', () => {
    const path = file('s.json', {
      base: 'walk',
      sessions: -1,
      work: 'fly',
      faults: 'leak',
      surprise: 1,
      expect: { trip: 'none', moving10: 3 },
    });
    expect(() => resolveSpec({ ...PLAIN, scenario: path })).toThrow(
      /line 1, column \d+: sessions must be a number 0\.\.1000000; .*: work must be one of run, .*; .*: faults must be a list of texts; .*: surprise is not known; .*expect\.moving10 must be a number 0\.\.1/,
    );
  });
});

test('a scenario file changes a built-in scenario', () => {
  const path = file('mine.json', { base: 'walk', title: 'Mine', presses: [{ button: 2, atS: 60 }] });
  const spec = resolveSpec({ ...PLAIN, scenario: path });
  expect(spec.scenario).toMatchObject({ title: 'Mine', protocol: 'walk-5x2', work: 'walk' });
  expect(spec.plan.presses).toEqual([{ button: 2, atMs: 60_000, forMs: 200 }]);
});

test('a fault has its usual size unless told, and heals when told', () => {
  expect(parseFault('sensor-drift@60')).toEqual({ kind: 'sensor-drift', atMs: 60_000, mmHgPerS: -0.5 });
  expect(parseFault('kink@1.5:20~9')).toEqual({ kind: 'kink', atMs: 1500, untilMs: 9000, factor: 20 });
  expect(parseFault('pump-dead@0')).toEqual({ kind: 'pump-dead', atMs: 0 });
});

describe('the bottle of a plant file', () => {
  const plantOf = (bottle: unknown): ReturnType<typeof choosePlant> =>
    choosePlant(file('bottle.json', { base: 'reference-thigh', bottle }), 'run');

  test('takes what is left out from the recommended bottle, and null for none', () => {
    expect(plantOf({ ml: 250 }).plant.bottle).toEqual({ ...BELT_FLASK, ml: 250 });
    expect(plantOf(null).plant.bottle).toBe(null);
    expect(choosePlant('runner-thigh', 'run').plant.bottle).toEqual(BELT_FLASK);
  });

  test('names a value that is outside, a word that is none and a field that is unknown, all at once', () => {
    const bad = () => plantOf({ ml: 9000, tap: 'half', colour: 3 });
    expect(bad).toThrow('bottle.ml is 9000; allowed are 50..2000');
    expect(bad).toThrow('bottle.tap must be open or shut, not "half"');
    expect(bad).toThrow('bottle has no "colour"; allowed are ml,');
    expect(() => plantOf([1])).toThrow('bottle must be null or an object');
  });
});
