/**
 * The calculation after the sweep: heart rate, pulse sizes, curves and the estimates. Runs on a vented cuff, a slice a tick. Must never
 * believe its own result: verdict.ts judges it.
 */
import { type Beats, workBeats } from './beats.ts';
import { FITTED, FITTED_SCALE } from './fitted.ts';
import { FEATURES, feature, topOf } from './flank.ts';
import { createHump, type Hump, startHump, workHump } from './hump.ts';
import { createRate, type Rate, startRate, workRate } from './rate.ts';
import { createSizing, SIZES, type Sizing, startSizing, workSizing } from './sizes.ts';
import { MAX_STEPS, type Steps } from './steps.ts';

/** Alikeness of successive beats from which the harmonics are trusted to separate pulse and trend, permille. */
const REGULAR_PERMILLE = 400;

/** Features read off a curve in one slice: a divisor of FEATURES. */
const READINGS = 2;
/** Windows whose noise is looked at in one slice. */
const FLOORS = 6;

/** The stage after the last. */
const DONE = 8;

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
  /** Point of the curve's top. */
  topAt: number;
  /** Least and second least fast noise of the windows, mmHg^2. */
  floor: number;
  least: number;
  /** Windows without doubt. */
  points: number;
  /** Windows with doubt. */
  doubtful: number;
  /** Features of the three curves. */
  features: Float32Array;
  /** Occlusion pressure by each curve, mmHg; NaN when a feature it needs lies outside the sweep. */
  estimates: Float32Array;
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
    topAt: 0,
    floor: 0,
    least: 0,
    points: 0,
    doubtful: 0,
    features: new Float32Array(SIZES * FEATURES),
    estimates: new Float32Array(SIZES),
    top: new Float32Array(SIZES),
    misfit: new Float32Array(SIZES),
    lost: new Float32Array(SIZES),
  };
}

export function startFit(f: Fit, s: Steps): void {
  f.stage = 0;
  f.i = 0;
  f.kind = 0;
  f.points = 0;
  f.doubtful = 0;
  f.floor = 1000;
  f.least = 1000;
  f.features.fill(Number.NaN);
  f.estimates.fill(Number.NaN);
  f.top.fill(0);
  f.misfit.fill(1);
  f.lost.fill(0);
  startRate(f.rate, s);
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
  const end = f.i + FLOORS < s.count ? f.i + FLOORS : s.count;
  for (let k = f.i; k < end; k = k + 1) {
    const x = s.noise[k] as number;
    if (x < f.least) {
      f.floor = f.least;
      f.least = x;
    } else if (x < f.floor) f.floor = x;
  }
  f.i = end;
  if (end === s.count) endFloor(f, s);
}

function endFloor(f: Fit, s: Steps): void {
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
  startHump(f.hump, 0);
}

function stageHump(f: Fit, s: Steps): void {
  if (!workHump(f.hump, s, f.order)) return;
  f.i = 0;
  f.topAt = topOf(f.hump);
  f.stage = 6;
}

function stageFeatures(f: Fit): void {
  const h = f.hump;
  const at = f.kind * FEATURES;
  const end = f.i + READINGS;
  for (let i = f.i; i < end; i = i + 1) f.features[at + i] = feature(h, f.topAt, f.features, at, i);
  f.i = end;
  if (f.i < FEATURES) return;
  f.stage = 7;
}

/** The regression, then the next curve. */
function stageEstimate(f: Fit, s: Steps): void {
  const h = f.hump;
  f.estimates[f.kind] = estimate(f.features, f.kind);
  endCurve(f, h, s);
  f.kind = f.kind + 1;
  f.stage = f.kind < SIZES ? 5 : DONE;
  if (f.kind < SIZES) startHump(h, f.kind);
}

/** Occlusion pressure by the features of one curve, mmHg. */
function estimate(features: Float32Array, kind: number): number {
  const from = kind * FEATURES;
  let at = kind * (FEATURES + 1);
  let sum = FITTED[at] as number;
  for (let i = from; i < from + FEATURES; i = i + 1) {
    at = at + 1;
    sum = sum + (FITTED[at] as number) * (features[i] as number);
  }
  return sum / FITTED_SCALE;
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

const STAGES = [
  stageBeats,
  stageRate,
  stageFloor,
  stageSizes,
  stageOrder,
  stageHump,
  stageFeatures,
  stageEstimate,
];

/** One slice; true when the features stand. */
export function workFit(f: Fit, s: Steps, b: Beats): boolean {
  if (s.count < FEWEST_STEPS || f.stage === DONE) return true;
  const stage = STAGES[f.stage] as (f: Fit, s: Steps, b: Beats) => void;
  stage(f, s, b);
  return false;
}
