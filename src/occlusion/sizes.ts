/** Measures the pulse of a window in three ways that fail differently. Must never do a whole window in one tick: it works in slices. */
import { type Harmonics, solveEven, solveOdd, startTables, workTables } from './harmonics.ts';
import { MAX_CUTS, type Sizing } from './sizing-state.ts';
import { MAX_STEPS, SAMPLE_SCALE, type Steps, WINDOW_SAMPLES } from './steps.ts';
import { takeTrend } from './trend.ts';

/** The three sizes of a window's pulse. They fail differently, which is what makes their median trustworthy. */
export const SIZE_SINE = 0;
export const SIZE_ENERGY = 1;
export const SIZE_PEAK = 2;
export const SIZES = 3;

/** Highest peak-to-peak over the low one from which a window is doubtful, if it is above half a mmHg. */
const UNEQUAL = 5 / 2;
/** Samples worked on in one slice: sums, trend, highest and lowest. */
const SUMS = 20;
const TRENDS = 16;
const PEAKS = 16;
/** What the end of a half beat costs, in samples. */
const SEGMENT_COST = 14;
/** The trend that the harmonics hid is taken away when its parts add up to more than this share of the pulse. */
const HIDDEN = 1 / 5;

function nextWindow(z: Sizing, k: number): void {
  z.k = k;
  z.i = 0;
  z.stage = 0;
  z.a1 = z.a2 = z.b1 = z.b2 = 0;
}

/** Begin with all windows of `s` at one heart rate; `floor` = noise variance, mmHg^2. */
export function startSizing(
  z: Sizing,
  steps: Steps,
  perMinute: number,
  floor: number,
  regular: boolean,
): void {
  z.angle = (2 * Math.PI * perMinute * steps.spacing) / 60000;
  z.beat = 60000 / (perMinute * steps.spacing);
  z.floor = floor;
  z.regular = regular;
  z.two = 2 * Math.cos(z.angle);
  z.four = 2 * Math.cos(2 * z.angle);
  z.harmonics.n = 0;
  nextWindow(z, 0);
}

/** Tables for this window's length, unless the last one had the same. Doubtful windows are left out; those of the way down lose their trend here. */
function stageTables(z: Sizing, steps: Steps): void {
  if (steps.doubt[z.k] === 1) return nextWindow(z, z.k + 1);
  if (steps.flat[z.k] === 0) return stageFlatten(z, steps);
  const n = steps.length[z.k] as number;
  if (z.harmonics.n !== n) startTables(z.harmonics, n, z.angle);
  if (workTables(z.harmonics)) z.stage = 1;
}

/** Goertzel's recursions over some samples; in locals, because a field costs more each time. */
function stageSums(z: Sizing, steps: Steps): void {
  const samples = steps.samples;
  const two = z.two;
  const four = z.four;
  let a1 = z.a1;
  let a2 = z.a2;
  let b1 = z.b1;
  let b2 = z.b2;
  const n = steps.length[z.k] as number;
  const end = z.i + SUMS < n ? z.i + SUMS : n;
  const to = z.k * WINDOW_SAMPLES + end;
  for (let i = to - end + z.i; i < to; i = i + 1) {
    const x = samples[i] as number;
    const a = x + two * a1 - a2;
    const b = x + four * b1 - b2;
    a2 = a1;
    a1 = a;
    b2 = b1;
    b1 = b;
  }
  z.a1 = a1;
  z.a2 = a2;
  z.b1 = b1;
  z.b2 = b2;
  z.i = end;
  if (end === n) z.stage = 2;
}

/** Cosines from the recursions, about the window's middle. */
function stageEven(z: Sizing, steps: Steps): void {
  const c = (((steps.length[z.k] as number) - 1) / 2) * z.angle;
  const h = c + z.angle;
  solveEven(
    z.harmonics,
    (z.a1 * Math.cos(c) - z.a2 * Math.cos(h)) / SAMPLE_SCALE,
    (z.b1 * Math.cos(2 * c) - z.b2 * Math.cos(2 * h)) / SAMPLE_SCALE,
  );
  z.stage = 3;
}

/** Sines from the recursions; then two of the sizes stand. */
function stageOdd(z: Sizing, steps: Steps): void {
  const c = (((steps.length[z.k] as number) - 1) / 2) * z.angle;
  const h = c + z.angle;
  solveOdd(
    z.harmonics,
    (z.a1 * Math.sin(c) - z.a2 * Math.sin(h)) / SAMPLE_SCALE,
    (z.b1 * Math.sin(2 * c) - z.b2 * Math.sin(2 * h)) / SAMPLE_SCALE,
  );
  sizeBoth(z, steps, steps.length[z.k] as number);
}

/** The sine's size less what noise adds to it, and the energy: the sine's and all that is left of the window, less the noise. */
function sizeBoth(z: Sizing, steps: Steps, n: number): void {
  const h = z.harmonics;
  const square = h.square - (8 * z.floor) / n;
  const residual = ((n - 4) * (steps.energy[z.k] as number) - h.explained) / (n - 8) - z.floor;
  const energy = square / 2 + residual;
  steps.sizes[SIZE_SINE * MAX_STEPS + z.k] = square > 0 ? 2 * Math.sqrt(square) : 0;
  steps.sizes[SIZE_ENERGY * MAX_STEPS + z.k] = energy > 0 ? Math.sqrt(8 * energy) : 0;
  z.i = 0;
  z.cut = 0;
  z.segment = 0;
  z.stage = 5;
  if (z.regular && hides(h, n, Math.sqrt(h.square))) keepTrend(z, steps);
  startSegment(z);
}

/** Is the trend that the harmonics hid worth taking away? Its parts at the window's end, against the pulse. */
function hides(h: Harmonics, n: number, size: number): boolean {
  const c = n / 2;
  const even = Math.abs(h.t0) + Math.abs(h.t2 * c * c);
  return even + Math.abs(h.t1 * c) + Math.abs(h.t3 * c * c * c) > size * HIDDEN;
}

function keepTrend(z: Sizing, steps: Steps): void {
  const h = z.harmonics;
  steps.trend[4 * z.k] = h.t0;
  steps.trend[4 * z.k + 1] = h.t1;
  steps.trend[4 * z.k + 2] = h.t2;
  steps.trend[4 * z.k + 3] = h.t3;
  z.stage = 4;
}

/** A slice of taking the window's trend away; true when it is gone. */
function takeSome(z: Sizing, steps: Steps): boolean {
  z.i = takeTrend(steps, z.k, z.i, z.i + TRENDS);
  if (z.i < (steps.length[z.k] as number)) return false;
  z.i = 0;
  return true;
}

function stageFlatten(z: Sizing, steps: Steps): void {
  if (takeSome(z, steps)) steps.flat[z.k] = 1;
}

function stageTrend(z: Sizing, steps: Steps): void {
  if (takeSome(z, steps)) z.stage = 5;
}

function startSegment(z: Sizing): void {
  z.i = Math.floor((z.segment * z.beat) / 2);
  z.last = Math.floor(((z.segment + 1) * z.beat) / 2);
  z.hi = -32768;
  z.lo = 32767;
}

/** Several halves of a beat, if they are short. */
function stagePeaks(z: Sizing, steps: Steps): void {
  let left = PEAKS;
  while (left > 0 && z.stage === 5) left = left - SEGMENT_COST - peaksOf(z, steps);
}

/** Highest and lowest mean of two neighbours in half a beat, or in the first part of it. Returns the samples looked at. */
function peaksOf(z: Sizing, steps: Steps): number {
  const from = z.i;
  const samples = steps.samples;
  const end = from + PEAKS < z.last ? from + PEAKS : z.last;
  const to = z.k * WINDOW_SAMPLES + end;
  let hi = z.hi;
  let lo = z.lo;
  let i = to - end + from;
  let before = samples[i] as number;
  while (i < to) {
    i = i + 1;
    const next = samples[i] as number;
    const x = before + next;
    if (x > hi) hi = x;
    if (x < lo) lo = x;
    before = next;
  }
  z.hi = hi;
  z.lo = lo;
  z.i = end;
  if (end === z.last) endSegment(z, steps);
  return end - from;
}

/** Two halves make a beat: its peak-to-peak. */
function endSegment(z: Sizing, steps: Steps): void {
  const hi = z.hi;
  const lo = z.lo;
  if (z.segment > 0)
    keepCut(z, ((hi > z.hiBefore ? hi : z.hiBefore) - (lo < z.loBefore ? lo : z.loBefore)) >> 1);
  z.hiBefore = hi;
  z.loBefore = lo;
  z.segment = z.segment + 1;
  const next = Math.floor(((z.segment + 1) * z.beat) / 2);
  if (z.cut < MAX_CUTS && next < (steps.length[z.k] as number)) startSegment(z);
  else endPeaks(z, steps);
}

/** Keep the cuts in rising order, so that the low percentile can be read off. */
function keepCut(z: Sizing, x: number): void {
  let i = z.cut;
  while (i > 0 && (z.cuts[i - 1] as number) > x) {
    z.cuts[i] = z.cuts[i - 1] as number;
    i = i - 1;
  }
  z.cuts[i] = x;
  z.cut = z.cut + 1;
}

/** Peak-to-peak at the 30th percentile of the cuts, less what noise adds to it. */
function endPeaks(z: Sizing, steps: Steps): void {
  const at = ((z.cut - 1) * 3) / 10;
  const i = Math.floor(at);
  const a = z.cuts[i] as number;
  const b = i + 1 < z.cut ? (z.cuts[i + 1] as number) : a;
  const peak = (a + (b - a) * (at - i)) / SAMPLE_SCALE;
  const highest = (z.cuts[z.cut - 1] as number) / SAMPLE_SCALE;
  if (2 * highest > 1 && highest > UNEQUAL * peak) steps.doubt[z.k] = 1;
  const clean = peak * peak - 4 * z.floor;
  steps.sizes[SIZE_PEAK * MAX_STEPS + z.k] = clean > 0 ? Math.sqrt(clean) : 0;
  nextWindow(z, z.k + 1);
}

const STAGES = [stageTables, stageSums, stageEven, stageOdd, stageTrend, stagePeaks];

/** One slice; true when every window that there is is sized. */
export function workSizing(z: Sizing, steps: Steps): boolean {
  if (z.k >= steps.count) return true;
  const stage = STAGES[z.stage] as (z: Sizing, steps: Steps) => void;
  stage(z, steps);
  return false;
}
