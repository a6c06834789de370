import { createHarmonics, type Harmonics, solveHarmonics, startTables, workTables } from './harmonics.ts';
import { MAX_STEPS, SAMPLE_SCALE, type Steps, WINDOW_SAMPLES } from './steps.ts';
import { takeTrend } from './trend.ts';

/** The three sizes of a window's pulse. They fail differently, which is what makes their median trustworthy. */
export const SIZE_SINE = 0;
export const SIZE_ENERGY = 1;
export const SIZE_PEAK = 2;
export const SIZES = 3;

/** Most beats (half a beat apart) that a window is cut into. */
const MAX_CUTS = 16;
/** Highest peak-to-peak over the low one from which a window is doubtful, if it is above half a mmHg. */
const UNEQUAL = 5 / 2;
/** Samples worked on in one slice. */
const SLICE = 5;

export interface Sizing {
  /** Window, stage of its work and sample. */
  k: number;
  stage: number;
  i: number;
  /** Angle of the heart rate a sample; samples a beat; samples of whole beats in the window. */
  angle: number;
  beat: number;
  whole: number;
  /** True: the rhythm is regular enough to take the trend that the harmonics hid out of the data. */
  regular: boolean;
  /** Noise variance to subtract, mmHg^2. */
  floor: number;
  /** Goertzel's recursions at the rate and at twice the rate. */
  two: number;
  four: number;
  a1: number;
  a2: number;
  b1: number;
  b2: number;
  harmonics: Harmonics;
  /** Sums over the whole beats from the start and from the end. */
  sum: number;
  square: number;
  sumEnd: number;
  squareEnd: number;
  /** Peak-to-peaks of the cuts in rising order, in stored units, and the cut at work. */
  cuts: Int16Array;
  cut: number;
  hi: number;
  lo: number;
}

export function createSizing(): Sizing {
  return {
    k: 0,
    stage: 0,
    i: 0,
    angle: 0,
    beat: 0,
    whole: 0,
    regular: false,
    floor: 0,
    two: 0,
    four: 0,
    a1: 0,
    a2: 0,
    b1: 0,
    b2: 0,
    harmonics: createHarmonics(),
    sum: 0,
    square: 0,
    sumEnd: 0,
    squareEnd: 0,
    cuts: new Int16Array(MAX_CUTS),
    cut: 0,
    hi: 0,
    lo: 0,
  };
}

function nextWindow(z: Sizing, k: number): void {
  z.k = k;
  z.i = 0;
  z.stage = 0;
  z.a1 = 0;
  z.a2 = 0;
  z.b1 = 0;
  z.b2 = 0;
}

/** Begin with all windows of `s` at one heart rate; `floor` = noise variance, mmHg^2. */
export function startSizing(z: Sizing, s: Steps, perMinute: number, floor: number, regular: boolean): void {
  z.angle = (2 * Math.PI * perMinute * s.spacing) / 60000;
  z.beat = 60000 / (perMinute * s.spacing);
  z.floor = floor;
  z.regular = regular;
  z.two = 2 * Math.cos(z.angle);
  z.four = 2 * Math.cos(2 * z.angle);
  z.harmonics.n = 0;
  nextWindow(z, 0);
}

/** Tables for this window's length, unless the last one had the same. */
function stageTables(z: Sizing, s: Steps): void {
  const n = s.length[z.k] as number;
  if (z.harmonics.n !== n) startTables(z.harmonics, n, z.angle);
  if (workTables(z.harmonics)) z.stage = 1;
}

function stageSums(z: Sizing, s: Steps): void {
  const at = z.k * WINDOW_SAMPLES;
  const n = s.length[z.k] as number;
  const end = z.i + SLICE < n ? z.i + SLICE : n;
  for (let i = z.i; i < end; i = i + 1) {
    const x = s.samples[at + i] as number;
    const a = x + z.two * z.a1 - z.a2;
    const b = x + z.four * z.b1 - z.b2;
    z.a2 = z.a1;
    z.a1 = a;
    z.b2 = z.b1;
    z.b1 = b;
  }
  z.i = end;
  if (end === n) endSums(z, s, n);
}

function endSums(z: Sizing, s: Steps, n: number): void {
  const w = z.angle;
  const c = ((n - 1) / 2) * w;
  const h = c + w;
  solveHarmonics(
    z.harmonics,
    (z.a1 * Math.cos(c) - z.a2 * Math.cos(h)) / SAMPLE_SCALE,
    (z.a1 * Math.sin(c) - z.a2 * Math.sin(h)) / SAMPLE_SCALE,
    (z.b1 * Math.cos(2 * c) - z.b2 * Math.cos(2 * h)) / SAMPLE_SCALE,
    (z.b1 * Math.sin(2 * c) - z.b2 * Math.sin(2 * h)) / SAMPLE_SCALE,
  );
  const sine = z.harmonics.square - (8 * z.floor) / n;
  s.sizes[SIZE_SINE * MAX_STEPS + z.k] = sine > 0 ? 2 * Math.sqrt(sine) : 0;
  z.i = 0;
  z.stage = z.regular ? 2 : 3;
  if (z.regular) keepTrend(z, s);
  startEnergy(z, n);
}

function keepTrend(z: Sizing, s: Steps): void {
  const h = z.harmonics;
  s.trend[4 * z.k] = h.t0;
  s.trend[4 * z.k + 1] = h.t1;
  s.trend[4 * z.k + 2] = h.t2;
  s.trend[4 * z.k + 3] = h.t3;
}

function stageTrend(z: Sizing, s: Steps): void {
  z.i = takeTrend(s, z.k, z.i, z.i + SLICE);
  if (z.i < (s.length[z.k] as number)) return;
  z.i = 0;
  z.stage = 3;
}

function startEnergy(z: Sizing, n: number): void {
  const beats = Math.floor(n / z.beat);
  const whole = Math.floor(beats * z.beat + 1 / 2);
  z.whole = beats > 0 && whole < n ? whole : n;
  z.sum = 0;
  z.square = 0;
  z.sumEnd = 0;
  z.squareEnd = 0;
}

/** Energy over whole beats: once from the window's start, once to its end. */
function stageEnergy(z: Sizing, s: Steps): void {
  const at = z.k * WINDOW_SAMPLES;
  const n = s.length[z.k] as number;
  const end = z.i + SLICE < n ? z.i + SLICE : n;
  for (let i = z.i; i < end; i = i + 1) {
    const x = s.samples[at + i] as number;
    const xx = x * x;
    if (i < z.whole) {
      z.sum = z.sum + x;
      z.square = z.square + xx;
    }
    if (i >= n - z.whole) {
      z.sumEnd = z.sumEnd + x;
      z.squareEnd = z.squareEnd + xx;
    }
  }
  z.i = end;
  if (end === n) endEnergy(z, s);
}

function endEnergy(z: Sizing, s: Steps): void {
  const w = z.whole;
  const means = z.sum * z.sum + z.sumEnd * z.sumEnd;
  const variance = (z.square + z.squareEnd - means / w) / (2 * w * SAMPLE_SCALE * SAMPLE_SCALE);
  const energy = variance - z.floor;
  s.sizes[SIZE_ENERGY * MAX_STEPS + z.k] = energy > 0 ? Math.sqrt(8 * energy) : 0;
  z.stage = 4;
  z.cut = 0;
  startCut(z);
}

function startCut(z: Sizing): void {
  z.i = Math.floor((z.cut * z.beat) / 2);
  z.hi = -32768;
  z.lo = 32767;
}

/** Highest and lowest mean of two neighbours in a stretch of one beat. */
function stagePeaks(z: Sizing, s: Steps): void {
  const at = z.k * WINDOW_SAMPLES;
  const last = Math.floor((z.cut * z.beat) / 2) + Math.floor(z.beat);
  const end = z.i + SLICE < last ? z.i + SLICE : last;
  for (let i = z.i; i < end; i = i + 1) {
    const x = (s.samples[at + i] as number) + (s.samples[at + i + 1] as number);
    if (x > z.hi) z.hi = x;
    if (x < z.lo) z.lo = x;
  }
  z.i = end;
  if (end === last) endCut(z, s);
}

/** Keep the cuts in rising order, so that the low percentile can be read off. */
function endCut(z: Sizing, s: Steps): void {
  const x = (z.hi - z.lo) >> 1;
  let i = z.cut;
  while (i > 0 && (z.cuts[i - 1] as number) > x) {
    z.cuts[i] = z.cuts[i - 1] as number;
    i = i - 1;
  }
  z.cuts[i] = x;
  z.cut = z.cut + 1;
  const next = Math.floor((z.cut * z.beat) / 2) + Math.floor(z.beat);
  if (z.cut < MAX_CUTS && next < (s.length[z.k] as number)) startCut(z);
  else endPeaks(z, s);
}

/** Peak-to-peak at the 30th percentile of the cuts, less what noise adds to it. */
function endPeaks(z: Sizing, s: Steps): void {
  const at = ((z.cut - 1) * 3) / 10;
  const i = Math.floor(at);
  const a = z.cuts[i] as number;
  const b = i + 1 < z.cut ? (z.cuts[i + 1] as number) : a;
  const peak = (a + (b - a) * (at - i)) / SAMPLE_SCALE;
  const highest = (z.cuts[z.cut - 1] as number) / SAMPLE_SCALE;
  if (2 * highest > 1 && highest > UNEQUAL * peak) s.doubt[z.k] = 1;
  const clean = peak * peak - 4 * z.floor;
  s.sizes[SIZE_PEAK * MAX_STEPS + z.k] = clean > 0 ? Math.sqrt(clean) : 0;
  nextWindow(z, z.k + 1);
}

const STAGES = [stageTables, stageSums, stageTrend, stageEnergy, stagePeaks];

/** One slice; true when every window is sized. */
export function workSizing(z: Sizing, s: Steps): boolean {
  if (z.k >= s.count) return true;
  const stage = STAGES[z.stage] as (z: Sizing, s: Steps) => void;
  stage(z, s);
  return false;
}
