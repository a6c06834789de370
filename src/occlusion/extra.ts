/**
 * What the extra readings between two ticks say beside the tick's own. They are only averaged into a measurement's samples: must never
 * reach what the supervisor or the regulator look at.
 */
import type { MmHg } from '../units.ts';

/** Readings of one tick that lie further apart than this are not averaged: one of them is a spike, mmHg. */
const APART_MMHG = 2;

/**
 * How far the mean of the tick's own reading and of `count` extra ones, all in the same scale, lies above its own. Where they lie far
 * apart the middle one counts; of two only, the tick's own.
 */
export function liftOf(own: MmHg, extra: ArrayLike<number>, count: number): MmHg {
  if (count === 0) return 0;
  const a = (extra[0] as number) - own;
  if (count === 1) return a < APART_MMHG && a > -APART_MMHG ? a / 2 : 0;
  const b = (extra[1] as number) - own;
  const gap = a - b;
  if (
    a < APART_MMHG &&
    a > -APART_MMHG &&
    b < APART_MMHG &&
    b > -APART_MMHG &&
    gap < APART_MMHG &&
    gap > -APART_MMHG
  )
    return (a + b) / 3;
  return middleOf(a, b);
}

/** The middle one of a, b and 0. */
function middleOf(a: number, b: number): number {
  const lo = a < b ? a : b;
  const hi = a < b ? b : a;
  return lo > 0 ? lo : hi < 0 ? hi : 0;
}
