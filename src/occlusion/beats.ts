/**
 * Adds the pulse beats of a window that has ended to the sum that the one heart rate is read from: the window's trend is taken
 * away in place, then its autocorrelation is added. Works in slices, one a tick; must never do a whole window in one tick.
 */
import { SAMPLE_SCALE, type Steps, WINDOW_SAMPLES } from './steps.ts';
import { takeTrend } from './trend.ts';

/**
 * Work on a window that has ended, in slices while the next pressure is being reached: take its trend away in place, then add its
 * autocorrelation to the sum over all windows, from which the one heart rate is read.
 */
export interface Beats {
  /** Window at work, -1 = idle. */
  k: number;
  /** Where the work stands: sample, then lag. */
  i: number;
  lag: number;
  /** Sum of the products at this lag. */
  sum: number;
  /** Samples averaged by two, mmHg. */
  half: Float32Array;
  n: number;
  /** Sum of squares of `half`, its largest square (also of each half), and the weight of this window's vote. */
  square: number;
  peak: number;
  early: number;
  late: number;
  weight: number;
}

/** Samples whose trend is taken away in one slice; products summed in one slice. */
const TREND_SLICE = 4;
const HALF_SLICE = 3;
const BEAT_LAGS = 6;
/** Least stretch that a lag's products come from, ms. */
const OVERLAP_MS = 700;
/**
 * A window holds a bump when its highest point stands this far out (square over mean square; a train of pulses stays below 10, narrow ones
 * below 16) and the highest points of its halves differ so much (squares).
 */
const CREST = 12;
const UNLIKE = 3;

export function createBeats(): Beats {
  return {
    k: -1,
    i: 0,
    lag: 0,
    sum: 0,
    half: new Float32Array(WINDOW_SAMPLES / 2),
    n: 0,
    square: 0,
    peak: 0,
    early: 0,
    late: 0,
    weight: 0,
  };
}

export function startBeats(b: Beats, k: number): void {
  b.k = k;
  b.i = 0;
  b.lag = -1;
  b.square = 0;
  b.peak = 0;
  b.early = 0;
  b.late = 0;
}

/** Take the trend from a few samples. */
function takeSome(b: Beats, steps: Steps): void {
  b.i = takeTrend(steps, b.k, b.i, b.i + TREND_SLICE);
  const n = steps.length[b.k] as number;
  if (b.i < n) return;
  steps.flat[b.k] = 1;
  startHalves(b, steps, n);
}

/** A window counts as much as another, less the share of its energy that is noise; doubtful ones do not vote. */
function startHalves(b: Beats, steps: Steps, n: number): void {
  const energy = steps.energy[b.k] as number;
  const pulse = energy - (steps.noise[b.k] as number);
  b.i = 0;
  b.lag = -2;
  b.n = Math.floor(n / 2);
  b.weight = steps.doubt[b.k] === 0 && pulse > 0 ? pulse / energy : 0;
}

function makeHalves(b: Beats, steps: Steps): void {
  const at = b.k * WINDOW_SAMPLES;
  let end = b.i + HALF_SLICE;
  if (end > b.n) end = b.n;
  for (let i = b.i; i < end; i = i + 1) {
    const x =
      ((steps.samples[at + 2 * i] as number) + (steps.samples[at + 2 * i + 1] as number)) /
      (2 * SAMPLE_SCALE);
    const xx = x * x;
    b.half[i] = x;
    b.square = b.square + xx;
    if (xx > b.peak) b.peak = xx;
    if (2 * i < b.n) b.early = b.peak;
    else if (xx > b.late) b.late = xx;
  }
  b.i = end;
  if (end === b.n) startLags(b, steps);
}

function startLags(b: Beats, steps: Steps): void {
  b.lag = steps.firstLag;
  b.i = 0;
  b.sum = 0;
  const odd = b.late > b.early ? b.late > UNLIKE * b.early : b.early > UNLIKE * b.late;
  if (odd && b.peak * b.n > CREST * b.square) steps.doubt[b.k] = 1;
  if (steps.doubt[b.k] === 0 && b.square > 0) steps.votes = steps.votes + b.weight;
  else b.k = -1;
}

/** Products at one lag, a few at a time; each lag is scaled to the number of its products and to the window's variance. */
function addLag(b: Beats, steps: Steps): void {
  const half = b.half;
  const lag = b.lag;
  const n = b.n - lag;
  let end = b.i + BEAT_LAGS;
  if (end > n) end = n;
  let sum = b.sum;
  for (let i = b.i; i < end; i = i + 1) sum = sum + (half[i] as number) * (half[i + lag] as number);
  b.sum = sum;
  b.i = end;
  if (end === n) endLag(b, steps, n);
}

function endLag(b: Beats, steps: Steps, n: number): void {
  const mean = (b.sum * b.n) / (n * b.square);
  steps.lags[b.lag] = (steps.lags[b.lag] as number) + b.weight * mean;
  steps.voted[b.lag] = (steps.voted[b.lag] as number) + b.weight;
  b.lag = b.lag + 1;
  b.i = 0;
  b.sum = 0;
  if (b.lag === steps.endLag || 2 * (b.n - b.lag) * steps.spacing < OVERLAP_MS) b.k = -1;
}

/** One slice of work; false when there is none. */
export function workBeats(b: Beats, steps: Steps): boolean {
  if (b.k < 0) return false;
  if (b.lag > 0) addLag(b, steps);
  else if (b.lag === -1) takeSome(b, steps);
  else makeHalves(b, steps);
  return true;
}
