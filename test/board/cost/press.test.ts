/**
 * The shipped image with ticks at their cost, at the middle and at the upper end of what the reference board is estimated to take: it starts a
 * session at all, and a press vents it. JS is not interrupted: a tick looks at the buttons in between, and a press waits for the next look.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { BoardCost, type PaceEnd } from '../../../sim/board/cost/board-cost.ts';
import { ImageLevel } from '../../../sim/board/image-level.ts';
import { nominalLimb } from '../../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../../sim/plant/params.ts';
import { Random } from '../../../sim/plant/random.ts';
import { Rig } from '../../../sim/plant/rig.ts';
import { flashed } from '../../../sim/setup/image.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../../src/files.ts';
import { phaseName } from '../../../src/phases.ts';
import { defaultSettings, encodeSettings } from '../../../src/settings.ts';

let files: Record<string, string>;

beforeAll(async () => {
  const settings = encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1 });
  files = await flashed('mprls', { [FILE_SETTINGS]: settings, [FILE_PROGRESS]: '1,2,2,1,0,0,0' });
}, 60_000);

/** A rig that notes when both outputs have gone off after `pressedAt`. */
class WatchedRig extends Rig {
  pressedAt = Number.POSITIVE_INFINITY;
  offAt = Number.NaN;

  override advanceTo(ms: number): void {
    super.advanceTo(ms);
    if (Number.isNaN(this.offAt) && this.nowMs > this.pressedAt && this.valve === 0 && this.pump === 0)
      this.offAt = this.nowMs - 1;
  }
}

/** A session that works, its wearer running. */
function working(seed: number, end: PaceEnd): { level: ImageLevel; rig: WatchedRig } {
  const rig = new WatchedRig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS' }, seed);
  rig.setActivity('run');
  const level = new ImageLevel(rig, { files, cost: new BoardCost({ seed, end }) });
  level.board.advanceTo(9000);
  level.button(1, true, 9001);
  level.button(1, false, 9151);
  while (phaseName(level.view.phase) !== 'work' && rig.nowMs < 60_000) level.nextTick();
  return { level, rig };
}

/** From a press at a random time of the work until the valve is open and the pump off, ms: `count` of them, shortest first. */
function ventTimes(count: number, end: PaceEnd): number[] {
  const rng = new Random(41);
  return Array.from({ length: count }, (_, i) => {
    const { level, rig } = working(i + 1, end);
    const at = Math.round(rig.nowMs + rng.range(500, 6000));
    level.board.schedule(at, () => {
      rig.pressedAt = rig.nowMs;
      level.board.press('D1');
    });
    level.board.advanceTo(at + 400);
    level.close();
    return rig.offAt - at;
  }).sort((a, b) => a - b);
}

describe.each<[PaceEnd, number]>([
  // the dearest tick of work and a collection, from the moment in which it begins; what the press itself takes comes on top
  ['middle', 100 + 40 + 15],
  ['upper', 133 + 40 + 15],
])('at the %s of the estimate', (end, mostMs) => {
  it('a session starts, and comes to its work', () => {
    const { level } = working(1, end);
    expect([phaseName(level.view.phase), level.view.trip]).toEqual(['work', 0]);
  });

  it('a press vents as soon as the tick under way is over', () => {
    const times = ventTimes(16, end);
    expect(times.every((ms) => ms >= 0 && ms <= mostMs)).toBe(true);
    expect(times[8]).toBeLessThan(mostMs / 2);
  });
});
