import type { Hump } from './hump.ts';

/** Shares of the top whose crossings on the upper flank go into the estimate, percent, falling. */
export const SHARES = [92, 84, 76, 68, 60, 52, 44];
/** What is read off a curve: crossings above the top, one below it, the top's own place, the size left at the high end. */
export const FEATURES = 10;
export const FIRST_SPARE = 5;
export const FEATURE_LOW = 7;
export const FEATURE_TOP = 8;
export const FEATURE_REST = 9;

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

/** One feature a call: `i` of FEATURES. NaN = outside the sweep. */
export function feature(h: Hump, top: number, i: number): number {
  const peak = h.c[top] as number;
  if (i < FEATURE_LOW) return upper(h, top, i, (peak * (SHARES[i] as number)) / 100);
  if (i === FEATURE_TOP) return topPressure(h, top);
  if (i === FEATURE_REST) return (100 * (h.c[h.n - 1] as number)) / peak;
  const low = crossing(h, top, -1, (peak * 80) / 100);
  return low === low ? low : (h.p[0] as number);
}
