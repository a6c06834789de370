import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ImageLevel } from '../../sim/board/image-level.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { SENSORS } from '../../sim/plant/sensor-params.ts';
import { flashed } from '../../sim/setup/image.ts';
import { choosePlant } from '../../sim/setup/plant-option.ts';
import { resolveSpec } from '../../sim/setup/spec.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { isPressurePhase } from '../../src/phases.ts';
import { INHIBIT_ZERO_RANGE, inhibitNames } from '../../src/safety/inhibits.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';

/** An absolute sensor wherever people live, and where nobody does. */
let files: Record<string, string>;

beforeAll(async () => {
  files = await flashed('mprls', {
    [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1 }),
    [FILE_PROGRESS]: '1,2,2,1,0,0,0',
  });
}, 60_000);

/** Power on, ten seconds of rest, one press, five seconds. */
function started(ambientMmHg: number, offsetMmHg: number): ImageLevel {
  const sensor = { ...SENSORS.MPRLS, ambientMmHg, offsetMmHg };
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor }, 1);
  rig.setActivity('rest');
  const level = new ImageLevel(rig, { files });
  level.board.advanceTo(9000);
  level.button(1, true, 9001);
  level.button(1, false, 9151);
  level.board.advanceTo(14_000);
  return level;
}

describe('an absolute sensor', () => {
  const places: [string, number][] = [
    ['5,700 m', 370],
    ['Lhasa in a low', 470],
    ['La Paz', 490],
    ['Cusco', 505],
    ['Denver', 630],
    ['the sea', 760],
    ['the Dead Sea in a high', 830],
  ];
  for (const [place, ambient] of places) {
    for (const offset of [-8, 0, 8]) {
      it(`trains at ${place} (${ambient} mmHg), part ${offset} mmHg off`, () => {
        const level = started(ambient, offset);
        expect([inhibitNames(level.view.inhibits), isPressurePhase(level.view.phase)]).toEqual([[], true]);
        expect(level.rig.p2).toBeGreaterThan(10);
        expect(Math.abs(level.view.measuredMmHg - level.rig.p2)).toBeLessThan(15);
      });
    }
  }

  for (const ambient of [340, 860]) {
    it(`says at ${ambient} mmHg that this is no open air, and nothing that hides it`, () => {
      const level = started(ambient, 0);
      expect(level.view.inhibits).toBe(INHIBIT_ZERO_RANGE);
      expect(level.rig.p2).toBeLessThan(1);
    });
  }
});

describe('--plant', () => {
  const write = (content: object): string => {
    const file = join(tmpdir(), `cuffloop-plant-${process.pid}.json`);
    writeFileSync(file, JSON.stringify(content));
    return file;
  };

  it('takes the pressure of the room, for an absolute sensor', () => {
    const plant = write({ ambientMmHg: 490 });
    const spec = resolveSpec({ scenario: 'run', plant, set: [], fault: [], seed: 1, level: 'core' });
    expect(spec.rig.sensor).toMatchObject({ kind: 'MPRLS', ambientMmHg: 490 });
  });

  it('refuses one that is nowhere, with the range', () => {
    expect(() => choosePlant(write({ ambientMmHg: 50 }), 'run')).toThrow(
      /ambientMmHg is 50; allowed are 200\.\.900/,
    );
  });
});
