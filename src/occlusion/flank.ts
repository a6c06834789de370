/**
 * What the regressions read off the pulse curve: its features, one by one. Must never make up a crossing of a high share that
 * the sweep did not show: that one is NaN. Where a low share was not reached, the end of the sweep stands for it.
 */
import type { Hump } from './hump.ts';

/** Shares of the top whose crossings on the upper flank go into the estimate, percent, falling. */
export const SHARES = [92, 84, 76, 68, 60, 52, 44];
export const FIRST_SPARE = 5;
/**
 * What is read off a curve: crossings above the top, one below it, the top's own place, the size left at the high end and so far above the
 * middle crossing (how much the artery's upper end pulses on), then products of these about usual values.
 */
export const FEATURES = 16;
const FEATURE_MIDDLE = 4;
const FEATURE_LAST = 6;
export const FEATURE_LOW = 7;
export const FEATURE_TOP = 8;
export const FEATURE_REST = 9;
const FEATURE_TAIL = 10;
const FEATURE_PRODUCT = 12;
/** So far above the middle crossing, mmHg. */
const TAILS = [15, 30];
/** Usual middle crossing, width from the top to the last crossing, width from 84 to 60 %, mmHg, and what is left 30 mmHg above, percent. */
const USUAL_MMHG = 150;
const USUAL_WIDTH = 34;
const USUAL_FALL = 17;
const USUAL_TAIL = 20;

/** Which point is the smoothed curve's top, looked for beside the hump's. */
export function topOf(h: Hump): number {
  let top = 0;
  for (let j = 1; j < h.n; j = j + 1) {
    if ((h.c[j] as number) > (h.c[top] as number)) top = j;
  }
  return top;
}

/** Pressure of the top: vertex of the parabola through it and its neighbours, kept between them. */
function topPressure(h: Hump, top: number): number {
  const p = h.p[top] as number;
  if (top === 0 || top === h.n - 1) return p;
  const x = (h.p[top - 1] as number) - p;
  const z = (h.p[top + 1] as number) - p;
  const a = (h.c[top] as number) - (h.c[top - 1] as number);
  const b = (h.c[top] as number) - (h.c[top + 1] as number);
  const den = a * z - b * x;
  if (!(den > 0) || x > -1 || z < 1) return p;
  const shift = (a * z * z - b * x * x) / (2 * den);
  return p + (shift < x / 2 ? x / 2 : shift > z / 2 ? z / 2 : shift);
}

function between(h: Hump, j: number, i: number, level: number): number {
  const a = h.c[j] as number;
  const b = h.c[i] as number;
  const p = h.p[j] as number;
  return a === b ? p : p + (((h.p[i] as number) - p) * (a - level)) / (a - b);
}

/** First crossing of `level` going from point `top` in direction `way` (1 or -1); NaN when the sweep ends before. */
function crossing(h: Hump, top: number, way: number, level: number): number {
  let j = top;
  let i = top + way;
  while (i >= 0 && i < h.n) {
    if ((h.c[i] as number) < level) return between(h, j, i, level);
    j = i;
    i = i + way;
  }
  return Number.NaN;
}

/** A low share that the pulse stays above (the artery's upper end pulses on) stands at the end of the sweep; a high one must be there. */
function upper(h: Hump, top: number, i: number, level: number): number {
  const p = crossing(h, top, 1, level);
  return p === p || i < FIRST_SPARE ? p : (h.p[h.n - 1] as number);
}

/** Height of the curve at a pressure, its last one held beyond the end. */
function heightAt(h: Hump, mmHg: number): number {
  let j = h.n - 1;
  while (j > 0 && (h.p[j - 1] as number) > mmHg) j = j - 1;
  const q = h.p[j] as number;
  if (j === 0 || q <= mmHg) return h.c[j] as number;
  const p = h.p[j - 1] as number;
  const a = h.c[j - 1] as number;
  return a + (((h.c[j] as number) - a) * (mmHg - p)) / (q - p);
}

/** Products: width by tail, width by steepness, pressure by itself, width by pressure; a hundredth of each. */
function product(f: Float32Array, at: number, i: number): number {
  const middle = f[at + FEATURE_MIDDLE] as number;
  const width = (f[at + FEATURE_LAST] as number) - (f[at + FEATURE_TOP] as number) - USUAL_WIDTH;
  const p = middle - USUAL_MMHG;
  if (i === FEATURE_PRODUCT) return (width * ((f[at + FEATURE_TAIL + 1] as number) - USUAL_TAIL)) / 100;
  if (i === FEATURE_PRODUCT + 1) return (width * (middle - (f[at + 1] as number) - USUAL_FALL)) / 100;
  return (i === FEATURE_PRODUCT + 2 ? p * p : width * p) / 100;
}

function tail(h: Hump, peak: number, middle: number, i: number): number {
  return (100 * heightAt(h, middle + (TAILS[i] as number))) / peak;
}

/** One feature a call, in rising order, `i` of FEATURES, of those in `f` from `at` on. NaN = outside the sweep. */
export function feature(h: Hump, top: number, f: Float32Array, at: number, i: number): number {
  const peak = h.c[top] as number;
  if (i < FEATURE_LOW) return upper(h, top, i, (peak * (SHARES[i] as number)) / 100);
  if (i === FEATURE_TOP) return topPressure(h, top);
  if (i === FEATURE_REST) return (100 * (h.c[h.n - 1] as number)) / peak;
  if (i >= FEATURE_PRODUCT) return product(f, at, i);
  if (i >= FEATURE_TAIL) return tail(h, peak, f[at + FEATURE_MIDDLE] as number, i - FEATURE_TAIL);
  const low = crossing(h, top, -1, (peak * 80) / 100);
  return low === low ? low : (h.p[0] as number);
}
