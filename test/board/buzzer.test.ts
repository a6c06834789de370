/** A hazard is heard: the buzzer's pin on the board goes high in its rhythm while the lamps call, and is silent otherwise. */
import { beforeAll, describe, expect, it } from 'vitest';
import { ImageLevel } from '../../sim/board/image-level.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';
import { LAMP_BUZZER } from '../../src/wearer/patterns.ts';
import { boardObject } from '../../tools/build/board-object.ts';

const BUZZER = Number(boardObject('jolt').buzzer.slice(1));
let files: Record<string, string>;
beforeAll(async () => {
  files = await flashed('mprls', {
    [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1 }),
    [FILE_PROGRESS]: '1,2,2,1,0,0,0',
  });
}, 60_000);

describe('the buzzer', () => {
  it('is silent at rest, and sounds while a valve does not open after a stop', () => {
    const rig = new Rig(
      {
        plant: NOMINAL_THIGH,
        limb: nominalLimb('rest'),
        sensor: 'MPRLS',
        faults: [{ kind: 'valve-stuck-shut', atMs: 20_000 }],
      },
      1,
    );
    rig.setActivity('rest');
    const level = new ImageLevel(rig, { files });
    const { board } = level;
    let high = 0;
    let told = 0;
    board.onTick = (view) => {
      const on = board.machine.pin(BUZZER).level;
      expect(on === 1).toBe((view.lamps & LAMP_BUZZER) !== 0);
      high += on;
      told++;
    };
    board.advanceTo(9000);
    expect([high, told > 100]).toEqual([0, true]);
    level.button(1, true, 9001);
    level.button(1, false, 9150);
    level.button(1, true, 30_000);
    level.button(1, false, 30_150);
    board.advanceTo(75_000);
    expect(rig.p2).toBeGreaterThan(30);
    expect(high).toBeGreaterThan(100);
  });
});
