/**
 * Records one quiet window: samples, and the running moments from which trend and energy are known soon after it ends. A few
 * operations a tick. A lone spike must never reach
 * the samples.
 */
import { SAMPLE_SCALE, type Steps, WINDOW_SAMPLES } from './steps.ts';

/** Samples are means over as many ticks as come closest to this, ms: a spacing of 30-60 ms at ticks of 10-60 ms. */
const SAMPLE_MS = 44;

/** A sample this far off both its neighbours is a spike, mmHg. */
const SPIKE_MMHG = 1;

/**
 * One quiet window while it is recorded: running moments, so that the trend and the energy are known soon after it ends, at a few
 * operations a tick.
 */
export interface Window {
  /** Samples so far, place of the next one in `Steps.samples`, and the sample that all are relative to. */
  n: number;
  at: number;
  base: number;
  /** The sample that waits for its neighbour, and the last one passed on. */
  held: number;
  last: number;
  /** Ticks in the sample under way and their sum; ticks averaged into a sample. */
  ticks: number;
  sum: number;
  perSample: number;
  /** The tick that waits for its neighbour (NaN: none yet), and the one before it. */
  tick: number;
  tickBefore: number;
  /** Ticks in the window without a fresh reading. */
  missed: number;
  /** Moments of the samples over their index and of their square; own small records, because look-up time grows with the fields. */
  moments: Moments;
  edge: Edge;
}

interface Moments {
  s0: number;
  s1: number;
  s2: number;
  s3: number;
  sq: number;
}

/** The last three samples and the sum of squared third differences. */
interface Edge {
  a: number;
  b: number;
  c: number;
  rough: number;
}

export function createWindow(): Window {
  return {
    n: 0,
    at: 0,
    base: 0,
    held: 0,
    last: 0,
    ticks: 0,
    sum: 0,
    perSample: 1,
    tick: 0,
    tickBefore: 0,
    missed: 0,
    moments: { s0: 0, s1: 0, s2: 0, s3: 0, sq: 0 },
    edge: { a: 0, b: 0, c: 0, rough: 0 },
  };
}

/** Start a window at a tick of `dt` ms, to be step `s.count`. */
export function openWindow(w: Window, steps: Steps, dt: number): void {
  const per = Math.floor(SAMPLE_MS / dt + 1 / 2);
  w.perSample = per > 1 ? per : 1;
  w.ticks = 0;
  w.sum = 0;
  w.tick = Number.NaN;
  w.missed = 0;
  w.n = -1;
  w.at = steps.count * WINDOW_SAMPLES;
  const m = w.moments;
  m.s0 = 0;
  m.s1 = 0;
  m.s2 = 0;
  m.s3 = 0;
  m.sq = 0;
  w.edge.rough = 0;
}

/** What to take from a reading that is so far off the ones before and after it: a lone spike becomes their mean. */
function spikeOf(before: number, after: number): number {
  const lone = (before > SPIKE_MMHG && after > SPIKE_MMHG) || (before < -SPIKE_MMHG && after < -SPIKE_MMHG);
  return lone ? (before + after) / 2 : 0;
}

function begin(w: Window, mmHg: number): void {
  w.n = 0;
  w.base = mmHg;
  w.held = mmHg;
  w.last = mmHg;
}

/** A sample waits for the next one, so that spikes are seen; then it goes into moments and store. One function: calls cost more than it. */
function addSample(w: Window, samples: Int16Array, mmHg: number): void {
  const i = w.n;
  if (i < 0) return begin(w, mmHg);
  const before = w.held - w.last;
  const after = w.held - mmHg;
  if (before * after > 1) w.held = w.held - spikeOf(before, after);
  const x = w.held - w.base;
  w.last = w.held;
  w.held = mmHg;
  w.n = i + 1;
  samples[w.at + i] = x * SAMPLE_SCALE;
  const m = w.moments;
  const ix = i * x;
  const iix = i * ix;
  m.s0 = m.s0 + x;
  m.s1 = m.s1 + ix;
  m.s2 = m.s2 + iix;
  m.s3 = m.s3 + i * iix;
  m.sq = m.sq + x * x;
  const e = w.edge;
  const d = x - e.a - 3 * (e.c - e.b);
  if (i > 2) e.rough = e.rough + d * d;
  e.a = e.b;
  e.b = e.c;
  e.c = x;
}

/** Several ticks make a sample: spikes are taken out of the ticks, each of which waits for the next one too. */
function addTick(w: Window, samples: Int16Array, mmHg: number): void {
  const before = w.tick - w.tickBefore;
  const after = w.tick - mmHg;
  const x = before * after > 1 ? w.tick - spikeOf(before, after) : w.tick;
  w.tickBefore = x;
  w.tick = mmHg;
  if (!(x === x)) return;
  w.sum = w.sum + x;
  w.ticks = w.ticks + 1;
  if (w.ticks < w.perSample) return;
  addSample(w, samples, w.sum / w.ticks);
  w.ticks = 0;
  w.sum = 0;
}

/** Take one tick's reading, the last one again when none came (`fresh` false). */
export function addToWindow(w: Window, samples: Int16Array, mmHg: number, fresh: boolean): void {
  if (!fresh) w.missed = w.missed + 1;
  if (w.perSample === 1) addSample(w, samples, mmHg);
  else addTick(w, samples, mmHg);
}

function evenTrend(
  steps: Steps,
  k: number,
  n: number,
  n2: number,
  n4: number,
  m0: number,
  m2: number,
): number {
  const det = n * n4 - n2 * n2;
  const c0 = (m0 * n4 - m2 * n2) / det;
  const c2 = (m2 * n - m0 * n2) / det;
  steps.trend[4 * k] = c0;
  steps.trend[4 * k + 2] = c2;
  return c0 * m0 + c2 * m2;
}

function oddTrend(
  steps: Steps,
  k: number,
  n2: number,
  n4: number,
  n6: number,
  m1: number,
  m3: number,
): number {
  const det = n2 * n6 - n4 * n4;
  const c1 = (m1 * n6 - m3 * n4) / det;
  const c3 = (m3 * n2 - m1 * n4) / det;
  steps.trend[4 * k + 1] = c1;
  steps.trend[4 * k + 3] = c3;
  return c1 * m1 + c3 * m3;
}

/**
 * End the window: least squares of a cubic over the evenly spaced samples from the moments alone (even and odd powers about the middle do
 * not mix), what is left is pulse and noise. Keeps the window as step `s.count` and returns that index.
 */
export function closeWindow(w: Window, steps: Steps): number {
  const k = steps.count;
  const n = w.n;
  const m = w.moments;
  const c = (n - 1) / 2;
  const q = n * n;
  const n2 = (n * (q - 1)) / 12;
  const n4 = (n2 * (3 * q - 7)) / 20;
  const n6 = (n2 * (3 * q * q - 18 * q + 31)) / 112;
  const m1 = m.s1 - c * m.s0;
  const m2 = m.s2 - 2 * c * m.s1 + c * c * m.s0;
  const m3 = m.s3 - 3 * c * m.s2 + 3 * c * c * m.s1 - c * c * c * m.s0;
  const explained = evenTrend(steps, k, n, n2, n4, m.s0, m2) + oddTrend(steps, k, n2, n4, n6, m1, m3);
  steps.length[k] = n;
  steps.pressure[k] = w.base + m.s0 / n;
  steps.energy[k] = (m.sq - explained) / (n - 4);
  steps.noise[k] = w.edge.rough / (20 * (n - 3));
  steps.doubt[k] = 10 * w.missed > n * w.perSample ? 1 : 0;
  steps.count = k + 1;
  return k;
}
