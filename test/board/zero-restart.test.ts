import { beforeAll, describe, expect, it } from 'vitest';
import { ImageLevel } from '../../sim/board/image-level.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { SENSORS } from '../../sim/plant/sensor-params.ts';
import { flashed } from '../../sim/setup/image.ts';
import { FILE_LOCK, FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { phaseName } from '../../src/phases.ts';
import { INHIBIT_ZERO } from '../../src/safety/inhibits.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';
import { LAMP_BUZZER } from '../../src/wearer/patterns.ts';

const AMBIENT = 755;
let files: Record<string, string>;

beforeAll(async () => {
  files = await flashed('mprls', {
    [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1 }),
    [FILE_PROGRESS]: '1,2,2,1,0,0,0',
  });
}, 60_000);

function run(level: ImageLevel, seconds: number): void {
  level.board.advanceTo(level.board.nowMs + seconds * 1000);
}

function hold(level: ImageLevel, ms: number): void {
  const at = level.board.nowMs + 1;
  level.button(1, true, at);
  level.button(1, false, at + ms);
  run(level, ms / 1000 + 1.5);
}

/** The valve sticks shut in the fill at a low pressure, and the battery goes and comes. */
function stuckAndRestarted(openAtMs = Number.POSITIVE_INFINITY): ImageLevel {
  const open = Number.isFinite(openAtMs) ? [{ kind: 'cuff-off' as const, atMs: openAtMs }] : [];
  const stuck = { kind: 'valve-stuck-shut' as const, atMs: 13_600 };
  const rig = new Rig(
    {
      plant: NOMINAL_THIGH,
      limb: nominalLimb('run'),
      sensor: { ...SENSORS.MPRLS, ambientMmHg: AMBIENT },
      faults: [stuck, ...open],
    },
    1,
  );
  rig.setActivity('rest');
  const level = new ImageLevel(rig, { files });
  run(level, 9);
  hold(level, 150);
  level.board.advanceTo(13_660);
  expect(phaseName(level.view.phase)).toBe('fill');
  expect(rig.p2).toBeGreaterThan(20);
  level.board.powerOff();
  run(level, 0.3);
  level.board.powerOn();
  return level;
}

describe('a restart with air in the cuff', () => {
  it('takes no zero on it, for minutes, starts nothing, alarms, and keeps the lock', () => {
    const level = stuckAndRestarted();
    let buzzed = false;
    for (let i = 0; i < 70; i++) {
      run(level, 5);
      buzzed = buzzed || ((level.board.view?.lamps ?? 0) & LAMP_BUZZER) !== 0;
      if (i % 5 === 4) hold(level, 150);
      expect([level.board.view?.measuredMmHg, level.board.view?.vent]).toEqual([Number.NaN, 1]);
    }
    expect(level.rig.p2).toBeGreaterThan(20);
    expect((level.board.view?.inhibits ?? 0) & INHIBIT_ZERO).toBe(INHIBIT_ZERO);
    expect(buzzed).toBe(true);
    expect(level.stored(FILE_LOCK)).toBe('1');
  });

  it('finds its zero by itself once the cuff is off', () => {
    const level = stuckAndRestarted(40_000);
    run(level, 20);
    expect(level.board.view?.measuredMmHg).toBeNaN();
    run(level, 30);
    expect(Math.abs(level.board.view?.measuredMmHg ?? Number.NaN)).toBeLessThan(3);
  });

  it('takes the wearer’s word that the cuff is open, from a hold of 2 s and from nothing less', () => {
    const level = stuckAndRestarted();
    run(level, 9);
    for (let i = 0; i < 3; i++) hold(level, 1500);
    hold(level, 150);
    expect(level.board.view?.measuredMmHg).toBeNaN();
    hold(level, 2200);
    expect(phaseName(level.board.view?.phase ?? -1)).toBe('idle');
    run(level, 3);
    expect(level.board.view?.measuredMmHg).toBeLessThan(3);
  });
});
