import { beforeAll, describe, expect, it } from 'vitest';
import { ImageLevel } from '../../sim/board/image-level.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { isPressurePhase } from '../../src/phases.ts';
import { INHIBIT_STORE } from '../../src/safety/inhibits.ts';
import { decodeProgress } from '../../src/session/progress.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';
import { TOLD_MS } from '../../src/wearer/readiness.ts';

/** A flash that refuses: nothing starts on it, what is lost is told, and does not count. */
const PROGRESS = '1,2,2,1,0,0,0';
let files: Record<string, string>;

beforeAll(async () => {
  files = await flashed('mprls', {
    [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1 }),
    [FILE_PROGRESS]: PROGRESS,
  });
}, 60_000);

function power(): ImageLevel {
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS' }, 1);
  rig.setActivity('rest');
  const level = new ImageLevel(rig, { files });
  level.board.advanceTo(9000);
  return level;
}

function refuse(level: ImageLevel, forMs: number): void {
  const at = level.board.nowMs;
  level.board.machine.faults = [{ kind: 'throw', call: 'write', atMs: at, untilMs: at + forMs }];
}

function tap(level: ImageLevel): void {
  const at = level.board.nowMs + 1;
  level.button(1, true, at);
  level.button(1, false, at + 150);
  level.board.advanceTo(at + 2500);
}

describe('a store that refuses', () => {
  it('a press starts nothing and shows a number, as long as it refuses; then it starts', () => {
    const level = power();
    refuse(level, 20_000);
    for (let k = 0; k < 3; k++) {
      tap(level);
      expect([level.view.inhibits, isPressurePhase(level.view.phase)]).toEqual([INHIBIT_STORE, false]);
    }
    level.board.advanceTo(level.board.nowMs + TOLD_MS);
    expect(level.view.inhibits).toBe(0);
    tap(level);
    level.board.advanceTo(level.board.nowMs + 2000);
    expect(isPressurePhase(level.view.phase)).toBe(true);
  });

  it('a record that is lost is told, and the session does not count', () => {
    const level = power();
    tap(level);
    level.board.advanceTo(level.board.nowMs + 20_000);
    expect(isPressurePhase(level.view.phase)).toBe(true);
    level.board.press('D26');
    level.board.release('D26');
    level.board.advanceTo(level.board.nowMs + 15_000);
    refuse(level, 500_000);
    const at = level.board.nowMs + 1;
    level.button(1, true, at);
    level.button(1, false, at + 2500);
    let told = false;
    for (let k = 0; k < 60; k++) {
      level.board.advanceTo(level.board.nowMs + 1000);
      if (k === 10) tap(level);
      told ||= (level.view.inhibits & INHIBIT_STORE) !== 0;
    }
    expect(told).toBe(true);
    expect(level.stored(FILE_PROGRESS)).toBe(PROGRESS);
    // the image has short names of its own: its progress is known by its values
    const inside = (whole: object): object[] =>
      Object.values(whole).filter((part): part is object => typeof part === 'object' && part !== null);
    const parts = inside(level.board.evaluate('cuff') as object).flatMap(inside);
    expect(parts.map((part) => Object.values(part))).toContainEqual(Object.values(decodeProgress(PROGRESS)));
  });
});
