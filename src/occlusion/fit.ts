import { type Beats, workBeats } from './beats.ts';
import { FEATURES, feature, topOf } from './flank.ts';
import { createHump, type Hump, startHump, workHump } from './hump.ts';
import { createRate, type Rate, startRate, workRate } from './rate.ts';
import { createSizing, SIZES, type Sizing, startSizing, workSizing } from './sizes.ts';
import { MAX_STEPS, type Steps } from './steps.ts';

/** Alikeness of successive beats from which the harmonics are trusted to separate pulse and trend, permille. */
const REGULAR_PERMILLE = 400;

/** Fewer windows than this are no sweep: nothing is calculated. */
export const FEWEST_STEPS = 6;

/** The calculation after the sweep, vented, a slice a tick: rate, pulse sizes, order, three curves, their features. */
export interface Fit {
  stage: number;
  i: number;
  rate: Rate;
  sizing: Sizing;
  order: Uint8Array;
  hump: Hump;
  kind: number;
  /** Least and second least fast noise of the windows, mmHg^2. */
  floor: number;
  least: number;
  /** Windows without doubt. */
  points: number;
  /** Windows with doubt. */
  doubtful: number;
  /** Features of the three curves. */
  features: Float32Array;
  /** Of each curve: its top, mmHg; mean distance of the points from it as a share of the top; share of the weight taken away. */
  top: Float32Array;
  misfit: Float32Array;
  lost: Float32Array;
}

export function createFit(): Fit {
  return {
    stage: 0,
    i: 0,
    rate: createRate(),
    sizing: createSizing(),
    order: new Uint8Array(MAX_STEPS),
    hump: createHump(),
    kind: 0,
    floor: 0,
    least: 0,
    points: 0,
    doubtful: 0,
    features: new Float32Array(SIZES * FEATURES),
    top: new Float32Array(SIZES),
    misfit: new Float32Array(SIZES),
    lost: new Float32Array(SIZES),
  };
}

export function startFit(f: Fit): void {
  f.stage = 0;
  f.i = 0;
  f.kind = 0;
  f.points = 0;
  f.doubtful = 0;
  f.floor = 1000;
  f.least = 1000;
  f.features.fill(Number.NaN);
  f.top.fill(0);
  f.misfit.fill(1);
  f.lost.fill(0);
  startRate(f.rate);
}

/** What is left of the last window's work. */
function stageBeats(f: Fit, s: Steps, b: Beats): void {
  if (!workBeats(b, s)) f.stage = 1;
}

function stageRate(f: Fit, s: Steps): void {
  if (workRate(f.rate, s)) f.stage = 2;
}

/** The second quietest window stands for the sensor's noise: where the pulse is small, little of it leaks in. */
function stageFloor(f: Fit, s: Steps): void {
  const x = s.noise[f.i] as number;
  if (x < f.least) {
    f.floor = f.least;
    f.least = x;
  } else if (x < f.floor) f.floor = x;
  f.i = f.i + 1;
  if (f.i < s.count) return;
  f.i = 0;
  f.stage = 3;
  const found = f.rate.perMinute > 0;
  const regular = 1000 * f.rate.regularity > REGULAR_PERMILLE;
  startSizing(f.sizing, s, found ? f.rate.perMinute : 70, f.floor, regular);
}

function stageSizes(f: Fit, s: Steps): void {
  if (workSizing(f.sizing, s)) f.stage = 4;
}

/** Insertion sort by pressure, one window a slice. */
function stageOrder(f: Fit, s: Steps): void {
  const k = f.i;
  const p = s.pressure[k] as number;
  let j = k;
  while (j > 0 && (s.pressure[f.order[j - 1] as number] as number) > p) {
    f.order[j] = f.order[j - 1] as number;
    j = j - 1;
  }
  f.order[j] = k;
  f.i = k + 1;
  if (f.i < s.count) return;
  f.stage = 5;
  startHump(f.hump, s, f.order, 0);
}

function stageHump(f: Fit, _s: Steps): void {
  if (!workHump(f.hump)) return;
  f.i = 0;
  f.stage = 6;
}

function stageFeatures(f: Fit, s: Steps): void {
  const h = f.hump;
  f.features[f.kind * FEATURES + f.i] = feature(h, topOf(h), f.i);
  f.i = f.i + 1;
  if (f.i < FEATURES) return;
  endCurve(f, h, s);
  f.kind = f.kind + 1;
  f.stage = f.kind < SIZES ? 5 : 7;
  if (f.kind < SIZES) startHump(h, s, f.order, f.kind);
}

function endCurve(f: Fit, h: Hump, s: Steps): void {
  let weight = 0;
  for (let j = 0; j < h.n; j = j + 1) weight = weight + (h.w[j] as number);
  f.points = h.n;
  f.doubtful = s.count - h.n;
  f.top[f.kind] = h.top;
  f.misfit[f.kind] = h.top > 0 ? h.misfit / h.top : 1;
  f.lost[f.kind] = 1 - weight / h.n;
}

const STAGES = [stageBeats, stageRate, stageFloor, stageSizes, stageOrder, stageHump, stageFeatures];

/** One slice; true when the features stand. */
export function workFit(f: Fit, s: Steps, b: Beats): boolean {
  if (s.count < FEWEST_STEPS || f.stage >= STAGES.length) return true;
  const stage = STAGES[f.stage] as (f: Fit, s: Steps, b: Beats) => void;
  stage(f, s, b);
  return false;
}
