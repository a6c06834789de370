import { describe, expect, it } from 'vitest';
import { type Bench, bench } from '../core/bench.ts';

function press(b: Bench): void {
  const at = b.level.rig.nowMs + 1;
  b.level.button(1, true, at);
  b.level.button(1, false, at + 150);
}

/** 1 = vented, in the tick in which `phase` begins and in the one after it. */
function valveIn(b: Bench, phase: string, seconds: number): number[] {
  b.until(phase, seconds);
  const first = b.level.view.vent;
  b.level.nextTick();
  return [first, b.level.view.vent];
}

/**
 * The checks before a fill make their tick a long one on the board. The valve must not be shut at its end: the next tick would come too
 * late, with pressure in the cuff.
 */
describe('the tick of the checks before a fill', () => {
  it('ends vented at the start, after a pause and after a rest; the fill begins in the next one', () => {
    const b = bench({ settings: { protocol: 2 } });
    b.settle();
    press(b);
    expect(valveIn(b, 'fill', 5)).toEqual([1, 0]);
    b.until('work', 60);
    press(b);
    b.until('paused', 20);
    b.run(6);
    press(b);
    expect(valveIn(b, 'fill', 15)).toEqual([1, 0]);
    b.until('released', 1200);
    expect(valveIn(b, 'fill', 1200)).toEqual([1, 0]);
  });

  it('ends vented before a measurement', () => {
    const b = bench();
    b.settle();
    b.hold(2.5);
    b.until('posture', 5);
    press(b);
    expect(valveIn(b, 'lop', 40)).toEqual([1, 0]);
  });
});
