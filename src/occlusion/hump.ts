/**
 * Fits a curve with one hump through the pulse sizes over pressure: it rises, then falls, nothing else. Two rounds of pooling adjacent
 * violators from both ends. A step that stands off the curve loses weight from round to round, but must never lose all of it.
 */
import { smoothAt } from './smooth.ts';
import { MAX_STEPS, type Steps } from './steps.ts';

/**
 * Robust single-humped curve through the pulse sizes over pressure: rises, then falls, nothing else. Two rounds of pooling adjacent
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

  /** Which of the pulse sizes the curve is for. */
  kind: number;
  round: number;
  stage: number;
  i: number;
  /** Sums of the misfit so far. */
  off: number;
  weighed: number;
  /** Blocks of the pooling: first point, weight, mean and cost so far. */
  blocks: number;
  first: Uint8Array;
  weight: Float32Array;
  mean: Float32Array;
  /** Cost of a rising fit to the points up to each, of a falling one from each on, and of the blocks up to and with each. */
  rise: Float32Array;
  fall: Float32Array;
  cost: Float32Array;
  mode: number;
}

const ROUNDS = 2;
/** Where the hump's place is looked for, once; where every round begins; the stage after the last. */
const STAGE_RISE = 2;
const STAGE_FIT = 5;
const HUMP_DONE = 10;
/** Points worked on in one slice: light work, pooling, smoothing. */
const LIGHT = 10;
const POOL = 6;
const SMOOTH = 3;

function floats(n: number): Float32Array {
  return new Float32Array(n);
}

export function createHump(): Hump {
  return {
    n: 0,
    p: floats(MAX_STEPS + 1),
    a: floats(MAX_STEPS),
    w: floats(MAX_STEPS),
    v: floats(MAX_STEPS),
    g: floats(MAX_STEPS),
    c: floats(MAX_STEPS),
    misfit: 0,
    top: 0,
    kind: 0,
    round: 0,
    stage: 0,
    i: 0,
    off: 0,
    weighed: 0,
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

function endOf(h: Hump, points: number): number {
  return h.i + points < h.n ? h.i + points : h.n;
}

/** Begin with the sizes of one kind. */
export function startHump(h: Hump, kind: number): void {
  h.kind = kind;
  h.n = 0;
  h.round = 0;
  toStage(h, 0);
}

/** Take the sizes by rising pressure. Doubtful windows stay out: their pressures were asked for again. */
function stageTake(h: Hump, steps: Steps, order: Uint8Array): void {
  const end = h.i + LIGHT < steps.count ? h.i + LIGHT : steps.count;
  for (let j = h.i; j < end; j = j + 1) {
    const k = order[j] as number;
    if (steps.doubt[k] === 0)
      addPoint(h, steps.pressure[k] as number, steps.sizes[h.kind * MAX_STEPS + k] as number);
  }
  h.i = end;
  if (end === steps.count) toStage(h, h.n > 3 ? 1 : HUMP_DONE);
}

/**
 * First weights: a point that stands alone above both neighbours (or below) is suspect, because a single-humped curve could take it for
 * its top.
 */
function stageFirst(h: Hump): void {
  const end = endOf(h, LIGHT);
  for (let j = h.i; j < end; j = j + 1) {
    const x = h.a[j] as number;
    const a = j > 0 ? (h.a[j - 1] as number) : (h.a[j + 2] as number);
    const b = j < h.n - 1 ? (h.a[j + 1] as number) : (h.a[j - 2] as number);
    const lo = a < b ? a : b;
    const hi = a < b ? b : a;
    const off = x > hi ? x - hi : x < lo ? lo - x : 0;
    const r = (4 * off) / (hi > 0 ? hi : 1);
    const w = 1 / (1 + r * r);
    h.w[j] = w;
    h.v[j] = w;
  }
  h.i = end;
  if (end === h.n) toStage(h, STAGE_RISE);
}

function addPoint(h: Hump, mmHg: number, size: number): void {
  h.p[h.n] = mmHg;
  h.a[h.n] = size;
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
  let first = j;
  let b = h.blocks;
  let cost = b > 0 ? (h.cost[b - 1] as number) : 0;
  while (b > 0 && (h.mean[b - 1] as number) >= m) {
    b = b - 1;
    const u = h.weight[b] as number;
    const d = (h.mean[b] as number) - m;
    cost = cost + (u * w * d * d) / (u + w);
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

/** Rising fits from the low end. */
function stageRise(h: Hump): void {
  const end = endOf(h, POOL);
  for (let j = h.i; j < end; j = j + 1) h.rise[j] = push(h, j);
  h.i = end;
  if (end === h.n) toStage(h, STAGE_RISE + 1);
}

/** Falling fits from the high end. */
function stageFall(h: Hump): void {
  const end = endOf(h, POOL);
  for (let i = h.i; i < end; i = i + 1) {
    const j = h.n - 1 - i;
    h.fall[j] = push(h, j);
  }
  h.i = end;
  if (end === h.n) toStage(h, STAGE_RISE + 2);
}

/** The hump's place: where rising up to it and falling after it cost least. */
function stageMode(h: Hump): void {
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
  toStage(h, STAGE_FIT);
}

/** The fit itself: rising over the points before the mode, falling from the high end down to it. */
function stageFit(h: Hump): void {
  const end = endOf(h, POOL);
  for (let i = h.i; i < end; i = i + 1) {
    if (i === h.mode) h.blocks = 0;
    push(h, i < h.mode ? i : h.n - 1 - (i - h.mode));
    if (i + 1 === h.mode) writeRising(h);
  }
  h.i = end;
  if (end === h.n) h.stage = STAGE_FIT + 1;
}

/** Lay the rising blocks down on the points below the mode. */
function writeRising(h: Hump): void {
  let b = h.blocks - 1;
  for (let j = h.mode - 1; j >= 0; j = j - 1) {
    while ((h.first[b] as number) > j) b = b - 1;
    h.g[j] = h.mean[b] as number;
  }
}

/** The same for the falling blocks: a block's first point is its highest. */
function stageFalling(h: Hump): void {
  let b = h.blocks - 1;
  for (let j = h.mode; j < h.n; j = j + 1) {
    while ((h.first[b] as number) < j) b = b - 1;
    h.g[j] = h.mean[b] as number;
  }
  h.off = 0;
  h.weighed = 0;
  h.top = 0;
  toStage(h, STAGE_FIT + 2);
}

/** Mean distance of the points from the fit, and its top. */
function stageMisfit(h: Hump): void {
  const end = endOf(h, LIGHT);
  for (let j = h.i; j < end; j = j + 1) {
    const g = h.g[j] as number;
    const r = (h.a[j] as number) - g;
    const w = h.w[j] as number;
    h.off = h.off + w * (r < 0 ? -r : r);
    h.weighed = h.weighed + w;
    if (g > h.top) h.top = g;
  }
  h.i = end;
  if (end < h.n) return;
  h.misfit = h.off / h.weighed;
  toStage(h, STAGE_FIT + 3);
}

/** Points far off the curve lose weight; a floor of 2 % of the top keeps a perfect fit from dividing by nothing. */
function stageWeigh(h: Hump): void {
  const end = endOf(h, LIGHT);
  const scale = 2 * h.misfit + h.top / 50;
  for (let j = h.i; j < end; j = j + 1) {
    const r = ((h.a[j] as number) - (h.g[j] as number)) / scale;
    h.w[j] = (h.v[j] as number) / (1 + r * r);
  }
  h.i = end;
  if (end < h.n) return;
  h.round = h.round + 1;
  toStage(h, h.round < ROUNDS ? STAGE_FIT : STAGE_FIT + 4);
}

function stageSmooth(h: Hump): void {
  const end = endOf(h, SMOOTH);
  for (let i = h.i; i < end; i = i + 1) h.c[i] = smoothAt(h.p, h.g, h.w, h.n, i);
  h.i = end;
  if (end === h.n) h.stage = HUMP_DONE;
}

const STAGES = [
  stageTake,
  stageFirst,
  stageRise,
  stageFall,
  stageMode,
  stageFit,
  stageFalling,
  stageMisfit,
  stageWeigh,
  stageSmooth,
];

/** One slice; true when the curve stands. */
export function workHump(h: Hump, steps: Steps, order: Uint8Array): boolean {
  const stage = STAGES[h.stage] as (h: Hump, steps: Steps, order: Uint8Array) => void;
  stage(h, steps, order);
  return h.stage === HUMP_DONE;
}
