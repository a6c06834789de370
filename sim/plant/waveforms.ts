/** One cycle of each movement as a table of volume. */
import type { Exercise, MotionParams } from './limb-params.ts';

/** Points of a table; a table has one more, equal to the first. */
export const POINTS = 1024;

/** Share of a repetition that the hump takes, and half width of the dip that ends with it. */
const REP_HUMP = 0.7;
const REP_DIP = 0.16;

/** One cycle of a movement as volume: 0 at phase 0, peak to peak 1. */
export function motionTable(kind: Exercise, m: MotionParams): Float64Array {
  const table = new Float64Array(POINTS + 1);
  for (let i = 0; i <= POINTS; i += 1) table[i] = shape(kind, m, (i % POINTS) / POINTS);
  const start = table[0] as number;
  let lo = Number.POSITIVE_INFINITY;
  let hi = Number.NEGATIVE_INFINITY;
  for (let i = 0; i <= POINTS; i += 1) {
    const v = (table[i] as number) - start;
    table[i] = v;
    if (v < lo) lo = v;
    if (v > hi) hi = v;
  }
  for (let i = 0; i <= POINTS; i += 1) table[i] = (table[i] as number) / (hi - lo);
  return table;
}

function shape(kind: Exercise, m: MotionParams, x: number): number {
  if (kind === 'legpress' || kind === 'curl') {
    // one hump over most of a repetition, then the relaxed phase, which may dip below the resting level
    const h = hump(x, REP_HUMP / 2, REP_HUMP / 2);
    const dip = hump(x, 1 - REP_DIP, REP_DIP);
    return h * Math.sqrt(h) + (m.second / 2) * Math.sin(4 * Math.PI * x) * h - m.dip * dip;
  }
  if (kind === 'cycle')
    return (1 - Math.cos(2 * Math.PI * x)) / 2 + (m.second / 2) * Math.sin(4 * Math.PI * x);
  // stance, then swing, then the ringing of the foot-strike at the start of the stance
  let v = ring(x, 0.3, 0.38) + m.second * ring(x, 0.76, 0.32);
  const t = x / m.hz;
  v += m.strike * Math.sin(2 * Math.PI * m.strikeHz * t) * Math.exp(-t / 0.05);
  return v;
}

/** The same on a ring: what hangs over an end of the cycle comes in at the other. */
function ring(x: number, at: number, half: number): number {
  return hump(x, at, half) + hump(x - 1, at, half) + hump(x + 1, at, half);
}

/** Raised cosine around `at`, half width `half`. */
function hump(x: number, at: number, half: number): number {
  const d = (x - at) / half;
  return d <= -1 || d >= 1 ? 0 : (1 + Math.cos(Math.PI * d)) / 2;
}

/** One arterial pulse in the cuff: fast upstroke, slow fall with a notch; mean 0, peak to peak 1. */
export const PULSE = pulseTable();
/** One turn of a sine, amplitude 1/2 (peak to peak 1). */
export const SINE = sineTable();

function pulseTable(): Float64Array {
  const table = new Float64Array(POINTS + 1);
  let sum = 0;
  let lo = Number.POSITIVE_INFINITY;
  let hi = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < POINTS; i += 1) {
    const x = i / POINTS;
    const up =
      x < 0.14
        ? (1 - Math.cos((Math.PI * x) / 0.14)) / 2
        : Math.exp(-(x - 0.14) / 0.28) * (1 - square(square((x - 0.14) / 0.86)));
    const v = up + 0.12 * hump(x, 0.42, 0.1);
    table[i] = v;
    sum += v;
    if (v < lo) lo = v;
    if (v > hi) hi = v;
  }
  for (let i = 0; i < POINTS; i += 1) table[i] = ((table[i] as number) - sum / POINTS) / (hi - lo);
  table[POINTS] = table[0] as number;
  return table;
}

function sineTable(): Float64Array {
  const table = new Float64Array(POINTS + 1);
  for (let i = 0; i <= POINTS; i += 1) table[i] = Math.sin((2 * Math.PI * (i % POINTS)) / POINTS) / 2;
  return table;
}

/** Value of a table at phase 0..1, straight lines between points. */
export function lookup(table: Float64Array, phase: number): number {
  const at = phase * POINTS;
  const i = at | 0;
  const a = table[i] as number;
  return a + ((table[i + 1] as number) - a) * (at - i);
}

function square(x: number): number {
  return x * x;
}
