import { MAX_STEPS, type Steps } from './steps.ts';

/**
 * Robust single-humped curve through the pulse sizes over pressure: rises, then falls, nothing else. Three rounds of pooling adjacent
 * violators from both ends; a step that stands off the curve loses its weight from round to round.
 */
export interface Hump {
  /** Points, by rising pressure. */
  n: number;
  p: Float32Array;
  a: Float32Array;
  w: Float32Array;
  /** Weights before the rounds. */
  v: Float32Array;
  /** The single-humped fit. */
  g: Float32Array;
  /** Local straight lines through the weighted points: the curve that crossings are read from. */
  c: Float32Array;
  /** Mean distance of the points from the fit, mmHg, and the fit's top. */
  misfit: number;
  top: number;

  round: number;
  stage: number;
  i: number;
  /** Blocks of the pooling: first point, weight, mean and cost so far. */
  blocks: number;
  first: Uint8Array;
  weight: Float32Array;
  mean: Float32Array;
  /** Cost of a rising fit to the points up to each, of a falling one from each on, and the cost of the blocks. */
  rise: Float32Array;
  fall: Float32Array;
  cost: Float32Array;
  mode: number;
}

const ROUNDS = 3;
/** The stage after the last. */
const DONE = 5;

function floats(n: number): Float32Array {
  return new Float32Array(n);
}

export function createHump(): Hump {
  return {
    n: 0,
    p: floats(MAX_STEPS),
    a: floats(MAX_STEPS),
    w: floats(MAX_STEPS),
    v: floats(MAX_STEPS),
    g: floats(MAX_STEPS),
    c: floats(MAX_STEPS),
    misfit: 0,
    top: 0,
    round: 0,
    stage: 0,
    i: 0,
    blocks: 0,
    first: new Uint8Array(MAX_STEPS),
    weight: floats(MAX_STEPS),
    mean: floats(MAX_STEPS),
    rise: floats(MAX_STEPS),
    fall: floats(MAX_STEPS),
    cost: floats(MAX_STEPS),
    mode: 0,
  };
}

/**
 * First weights: a point that stands alone above both neighbours (or below) is suspect, because a single-humped curve could take it for
 * its top.
 */
function firstWeights(h: Hump): void {
  for (let j = 0; j < h.n; j = j + 1) {
    const x = h.a[j] as number;
    const a = j > 0 ? (h.a[j - 1] as number) : (h.a[j + 2] as number);
    const b = j < h.n - 1 ? (h.a[j + 1] as number) : (h.a[j - 2] as number);
    const lo = a < b ? a : b;
    const hi = a < b ? b : a;
    const off = x > hi ? x - hi : x < lo ? lo - x : 0;
    const r = (4 * off) / (hi > 0 ? hi : 1);
    h.w[j] = (h.w[j] as number) / (1 + r * r);
  }
}

/** Take the sizes of one kind in `order` (step indices by rising pressure). Doubtful windows stay out: their pressures were asked for again. */
export function startHump(h: Hump, s: Steps, order: Uint8Array, kind: number): void {
  h.n = 0;
  for (let j = 0; j < s.count; j = j + 1) {
    const k = order[j] as number;
    if (s.doubt[k] === 0) addPoint(h, s.pressure[k] as number, s.sizes[kind * MAX_STEPS + k] as number);
  }
  if (h.n > 3) firstWeights(h);
  for (let j = 0; j < h.n; j = j + 1) h.v[j] = h.w[j] as number;
  h.round = 0;
  toStage(h, h.n > 3 ? 0 : DONE);
}

function addPoint(h: Hump, mmHg: number, size: number): void {
  h.p[h.n] = mmHg;
  h.a[h.n] = size;
  h.w[h.n] = 1;
  h.n = h.n + 1;
}

function toStage(h: Hump, stage: number): void {
  h.stage = stage;
  h.i = 0;
  h.blocks = 0;
}

/** Put point j on the stack of blocks and pool while the order is broken. Returns the cost of all blocks. */
function push(h: Hump, j: number): number {
  let w = h.w[j] as number;
  let m = h.a[j] as number;
  let cost = 0;
  let first = j;
  let b = h.blocks;
  while (b > 0 && (h.mean[b - 1] as number) >= m) {
    b = b - 1;
    const u = h.weight[b] as number;
    const d = (h.mean[b] as number) - m;
    cost = cost + (h.cost[b] as number) + (u * w * d * d) / (u + w);
    m = m + (d * u) / (u + w);
    w = w + u;
    first = h.first[b] as number;
  }
  h.first[b] = first;
  h.weight[b] = w;
  h.mean[b] = m;
  h.cost[b] = cost;
  h.blocks = b + 1;
  return cost;
}

/** Running cost: that of the last block plus the blocks before it. */
function costOf(h: Hump): number {
  let sum = 0;
  for (let b = 0; b < h.blocks; b = b + 1) sum = sum + (h.cost[b] as number);
  return sum;
}

/** Rising fits from the low end. */
function stageRise(h: Hump): void {
  push(h, h.i);
  h.rise[h.i] = costOf(h);
  h.i = h.i + 1;
  if (h.i === h.n) toStage(h, 1);
}

/** Falling fits from the high end. */
function stageFall(h: Hump): void {
  const j = h.n - 1 - h.i;
  push(h, j);
  h.fall[j] = costOf(h);
  h.i = h.i + 1;
  if (h.i === h.n) pickMode(h);
}

/** The hump's place: where rising up to it and falling after it cost least. */
function pickMode(h: Hump): void {
  let best = 0;
  let least = h.fall[0] as number;
  for (let j = 1; j <= h.n; j = j + 1) {
    const cost = (h.rise[j - 1] as number) + (j < h.n ? (h.fall[j] as number) : 0);
    if (cost < least) {
      least = cost;
      best = j;
    }
  }
  h.mode = best;
  toStage(h, 2);
}

/** The fit itself: rising over the points before the mode, falling from the high end down to it. */
function stageFit(h: Hump): void {
  if (h.i < h.mode) push(h, h.i);
  else push(h, h.n - 1 - (h.i - h.mode));
  h.i = h.i + 1;
  if (h.i === h.mode) writeRising(h);
  if (h.i === h.n) endFit(h);
}

/** Lay the rising blocks down on the points below the mode, then start a new stack. */
function writeRising(h: Hump): void {
  let b = h.blocks - 1;
  for (let j = h.mode - 1; j >= 0; j = j - 1) {
    while ((h.first[b] as number) > j) b = b - 1;
    h.g[j] = h.mean[b] as number;
  }
  h.blocks = 0;
}

/** The same for the falling blocks: a block's first point is its highest. */
function writeFalling(h: Hump): void {
  let b = h.blocks - 1;
  for (let j = h.mode; j < h.n; j = j + 1) {
    while ((h.first[b] as number) < j) b = b - 1;
    h.g[j] = h.mean[b] as number;
  }
}

function endFit(h: Hump): void {
  writeFalling(h);
  let sum = 0;
  let weight = 0;
  h.top = 0;
  for (let j = 0; j < h.n; j = j + 1) {
    const r = (h.a[j] as number) - (h.g[j] as number);
    const w = h.w[j] as number;
    sum = sum + w * (r < 0 ? -r : r);
    weight = weight + w;
    if ((h.g[j] as number) > h.top) h.top = h.g[j] as number;
  }
  h.misfit = sum / weight;
  toStage(h, 3);
}

/** Points far off the curve lose weight; a floor of 2 % of the top keeps a perfect fit from dividing by nothing. */
function stageWeigh(h: Hump): void {
  const j = h.i;
  const scale = 2 * h.misfit + h.top / 50;
  const r = ((h.a[j] as number) - (h.g[j] as number)) / scale;
  h.w[j] = (h.v[j] as number) / (1 + r * r);
  h.i = j + 1;
  if (h.i < h.n) return;
  h.round = h.round + 1;
  toStage(h, h.round < ROUNDS ? 0 : 4);
}

/** Half width of the smoothing, mmHg. */
const REACH_MMHG = 14;

/** Local straight line at one point. Pulls points half way to the fit first, so that a leftover artefact does not bend it. */
function stageSmooth(h: Hump): void {
  const at = h.p[h.i] as number;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let y0 = 0;
  let y1 = 0;
  for (let j = 0; j < h.n; j = j + 1) {
    const d = (h.p[j] as number) - at;
    const far = (d < 0 ? -d : d) / REACH_MMHG;
    if (far < 1) {
      const w = (h.w[j] as number) * (1 - far * far);
      const y = h.g[j] as number;
      s0 = s0 + w;
      s1 = s1 + w * d;
      s2 = s2 + w * d * d;
      y0 = y0 + w * y;
      y1 = y1 + w * d * y;
    }
  }
  const det = s0 * s2 - s1 * s1;
  h.c[h.i] = det > s0 * s0 ? (y0 * s2 - y1 * s1) / det : y0 / s0;
  h.i = h.i + 1;
  if (h.i === h.n) h.stage = DONE;
}

const STAGES = [stageRise, stageFall, stageFit, stageWeigh, stageSmooth];

/** One slice; true when the curve stands. */
export function workHump(h: Hump): boolean {
  if (h.stage >= STAGES.length) return true;
  const stage = STAGES[h.stage] as (h: Hump) => void;
  stage(h);
  return false;
}
