/**
 * The walks of CONTRIBUTING.md, each gone with a dummy: what a contributor writes by hand is written here into a copy of the tree, and
 * nothing else is changed. A walk that needs one more file fails.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { SENSORS, type SensorParams } from '../../sim/plant/sensor-params.ts';
import { INHIBIT_SENSOR } from '../../src/safety/inhibits.ts';
import { decodeProtocol } from '../../src/session/stored.ts';
import { espruinoName } from '../../tools/build/board-checks.ts';
import { buildBundle } from '../../tools/build/image.ts';
import { choices, ROOT } from '../../tools/build/project.ts';
import { checkText } from '../../tools/protocol/check.ts';
import { storedFile } from '../../tools/protocol/stored-file.ts';

let tree = '';

beforeAll(() => {
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  tree = mkdtempSync(join(ROOT, 'build', 'walk-'));
  for (const layer of ['src', 'hal', 'tools'])
    cpSync(join(ROOT, layer), join(tree, layer), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json']) cpSync(join(ROOT, file), join(tree, file));
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** A file of the copy, made from one that there is: every change must find its place. */
function write(path: string, from: string, changes: readonly (readonly [string | RegExp, string])[]): void {
  let text = readFileSync(join(tree, from), 'utf8');
  for (const [what, by] of changes) {
    const next = text.replace(what, by);
    expect(next, `${from} has no ${what}`).not.toBe(text);
    text = next;
  }
  writeFileSync(join(tree, path), text);
}

/** The one record of the new sensor. */
const DUMMY: SensorParams = {
  ...SENSORS.XGZP6847D,
  kind: 'DUMMY',
  wiring: { how: 'registers', address: 0x55, start: [0x30, 0x0a], running: 0x08, data: 0x06 },
};

describe('a sensor (its driver, its record in the simulator) and a board (its file)', () => {
  let code = '';
  beforeAll(async () => {
    write('hal/sensors/dummy.ts', 'hal/sensors/xgzp6847d.ts', [['= 0x6d', '= 0x55']]);
    write('hal/boards/dummy.ts', 'hal/boards/jolt.ts', [
      ["'JOLTJS'", "'DUMMYJS'"],
      ["name: 'jolt'", "name: 'dummy'"],
      ['pin: D1,', 'pin: D25,'],
    ]);
    code = await buildBundle({ root: tree, board: 'dummy', sensor: 'dummy' });
  }, 240_000);

  /** The virtual board with the firmware of the dummies and this part on its bus, powered. */
  function powered(sensor: SensorParams): VirtualBoard {
    const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('rest'), sensor }, 1);
    rig.setActivity('rest');
    const board = new VirtualBoard({ rig, sensor });
    board.write({ '.bootcde': `var cuff=${code};` });
    board.powerOn();
    return board;
  }

  it('are offered by name, and the tools know what Espruino calls the board', () => {
    expect(choices('sensors', tree)).toContain('dummy');
    expect(choices('boards', tree)).toContain('dummy');
    expect(espruinoName('dummy', tree)).toBe('DUMMYJS');
  });

  it('make a firmware that reads the sensor on the virtual board', () => {
    const board = powered(DUMMY);
    board.advanceTo(6000);
    expect((board.view?.inhibits ?? -1) & INHIBIT_SENSOR).toBe(0);
    expect(Math.abs(board.view?.measuredMmHg ?? Number.NaN)).toBeLessThan(2);
  });

  it('and says that nothing is there where another part is wired', () => {
    const board = powered(SENSORS.XGZP6847D);
    board.advanceTo(6000);
    expect((board.view?.inhibits ?? 0) & INHIBIT_SENSOR).toBe(INHIBIT_SENSOR);
  });

  it('and obeys the pins of the board: five seconds on its training button restart it into service mode', () => {
    const board = powered(DUMMY);
    const hold = (pin: number, fromMs: number): number => {
      board.schedule(fromMs, () => board.machine.outside(pin, 0));
      board.schedule(fromMs + 6000, () => board.machine.outside(pin, undefined));
      board.advanceTo(fromMs + 8000);
      return board.machine.resets.length;
    };
    const before = hold(1, 5000);
    expect(hold(25, 15_000)).toBeGreaterThan(before);
  });
});

describe('a setting: its row and its help', () => {
  it('has its default, its range, its place in the store and on the page', async () => {
    write('src/settings.ts', 'src/settings.ts', [
      ['  pair: number;\n', '  pair: number;\n  dummy: number;\n'],
      [/(\n {4}\['pair',.*\],\n)/, "$1    ['dummy', 7, 3, 9, 'mm'],\n"],
    ]);
    const help = 'tools/settings/help.ts';
    write(help, help, [[/(\n {2}pair: .*\n)/, "$1  dummy: 'A dummy.',\n"]]);
    const settings = (await import(join(tree, 'src/settings.ts'))) as typeof import('../../src/settings.ts');
    const page = (await import(
      join(tree, 'tools/settings/document.ts')
    )) as typeof import('../../tools/settings/document.ts');
    const base = settings.defaultSettings() as unknown as Record<string, number>;
    expect(base['dummy']).toBe(7);
    const changed = settings.checkSettings(settings.defaultSettings(), { dummy: 9 });
    expect(changed.problems).toEqual([]);
    expect(settings.checkSettings(settings.defaultSettings(), { dummy: 10 }).problems).toEqual([
      'dummy: 10 is outside the allowed 3..9 mm',
    ]);
    const kept = settings.decodeSettings(
      settings.encodeSettings(changed.settings ?? settings.defaultSettings()),
    );
    expect((kept.settings as unknown as Record<string, number>)['dummy']).toBe(9);
    expect(page.settingsDocument()).toContain('| `dummy` | 7 | 3..9 | mm | A dummy. |');
  });
});

describe('a protocol: one JSON file', () => {
  it('is checked, and comes out of the store of a device as it went in', () => {
    const text = JSON.stringify({
      cuffloop: 'protocol',
      version: 1,
      name: 'dummy',
      title: 'A dummy',
      activity: 'walk',
      phases: [{ kind: 'work', seconds: 60, cuff: { percentLop: 40 } }],
    });
    const { protocol, problems } = checkText(text);
    expect(problems).toEqual([]);
    expect(protocol).toBeDefined();
    if (protocol !== undefined) expect(decodeProtocol(storedFile(protocol, 0).text)).toEqual(protocol);
  });
});
