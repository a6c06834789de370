/**
 * What the regressions read off the pulse curve: its features, one by one. All are pressures of the curve itself or shares of its height,
 * none is a fixed number of mmHg: a limb that takes twice the pressure gives twice the result. Must never make up a crossing of a high
 * share that the sweep did not show: that one is NaN. Where the low share was not reached, the end of the sweep stands for it.
 */
import type { Hump } from './hump.ts';

/** Shares of the top whose crossings on the upper flank go into the estimate, percent, falling. */
export const SHARES = [84, 60, 44];
/** A crossing that may be missing: the artery's upper end pulses on above it. */
const SPARE = 2;
/** The features: the crossings, the place of the top, and what is left of the pulse a fifth above the middle crossing, percent. */
export const FEATURES = 5;
export const FEATURE_MIDDLE = 1;
export const FEATURE_TOP = 3;
export const FEATURE_TAIL = 4;
/** Where the tail is read, in middle crossings. */
const TAIL_AT = 6 / 5;

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

/** First crossing of `level` above point `top`; NaN when the sweep ends before. */
function crossing(h: Hump, top: number, level: number): number {
  let i = top + 1;
  while (i < h.n && !((h.c[i] as number) < level)) i = i + 1;
  return i < h.n ? between(h, i - 1, i, level) : Number.NaN;
}

/** A low share that the pulse stays above stands at the end of the sweep; a high one must be there. */
function upper(h: Hump, top: number, i: number, level: number): number {
  const p = crossing(h, top, level);
  return p === p || i < SPARE ? p : (h.p[h.n - 1] as number);
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

/** One feature a call, in rising order, `i` of FEATURES, of those in `f` from `at` on. NaN = outside the sweep. */
export function feature(h: Hump, top: number, f: Float32Array, at: number, i: number): number {
  const peak = h.c[top] as number;
  if (i < FEATURE_TOP) return upper(h, top, i, (peak * (SHARES[i] as number)) / 100);
  if (i === FEATURE_TOP) return topPressure(h, top);
  return (100 * heightAt(h, TAIL_AT * (f[at + FEATURE_MIDDLE] as number))) / peak;
}

/**
 * Occlusion pressure by the features from `at` on, mmHg: the middle crossing, moved by how wide the curve is to either side of it and
 * by its tail. `k`: FEATURES constants from `from` on, `scale` to one. No constant stands alone, so the result grows with the pressures.
 */
export function estimateOf(
  f: Float32Array,
  at: number,
  k: readonly number[],
  from: number,
  scale: number,
): number {
  const middle = f[at + FEATURE_MIDDLE] as number;
  let sum =
    middle *
    ((k[from + FEATURE_MIDDLE] as number) +
      ((k[from + FEATURE_TAIL] as number) * (f[at + FEATURE_TAIL] as number)) / 100);
  for (let i = 0; i < FEATURE_TAIL; i = i + 1) {
    if (i !== FEATURE_MIDDLE) sum = sum + (k[from + i] as number) * ((f[at + i] as number) - middle);
  }
  return sum / scale;
}
