/**
 * The calculation: heart rate, pulse sizes, curves and the estimates, a slice a tick. The rate is sought once the way up is over, the
 * windows are sized while those of the way down are recorded, and only the curves are left for the vented cuff. Must never
 * believe its own result: verdict.ts judges it.
 */
import { type Beats, workBeats } from './beats.ts';
import { FITTED, FITTED_SCALE } from './fitted.ts';
import { estimateOf, FEATURES, feature, topOf } from './flank.ts';
import { createHump, type Hump, startHump, workHump } from './hump.ts';
import { createRate, type Rate, startRate, workRate } from './rate.ts';
import { SIZES, startSizing, workSizing } from './sizes.ts';
import { createSizing, type Sizing } from './sizing-state.ts';
import { MAX_STEPS, type Steps } from './steps.ts';

/** Alikeness of successive beats from which the harmonics are trusted to separate pulse and trend, permille. */
const REGULAR_PERMILLE = 400;

/** Windows whose noise is looked at in one slice, and windows put in order. */
const FLOORS = 6;
const ORDERS = 4;

/** The sizes' stage, and the one after the last. */
const STAGE_SIZES = 3;
const FIT_DONE = 8;

/** Fewer windows than this are no sweep: nothing is calculated. */
export const FEWEST_STEPS = 6;

/** The calculation, a slice a tick: rate, pulse sizes, order, three curves, their features. */
export interface Fit {
  stage: number;
  /** False while windows may still come: then the sizes of those that there are is as far as it goes. */
  closed: boolean;
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
    closed: false,
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

/** Begin, with the windows of the way up; more may come until `closed` is set. */
export function startFit(f: Fit, steps: Steps): void {
  f.stage = 0;
  f.closed = false;
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
  startRate(f.rate, steps);
}

/** What is left of the last window's work. */
function stageBeats(f: Fit, steps: Steps, b: Beats): void {
  if (!workBeats(b, steps)) f.stage = 1;
}

function stageRate(f: Fit, steps: Steps): void {
  if (workRate(f.rate, steps)) f.stage = 2;
}

/** The second quietest window stands for the sensor's noise: where the pulse is small, little of it leaks in. */
function stageFloor(f: Fit, steps: Steps): void {
  const end = f.i + FLOORS < steps.count ? f.i + FLOORS : steps.count;
  for (let k = f.i; k < end; k = k + 1) {
    const x = steps.noise[k] as number;
    if (x < f.least) {
      f.floor = f.least;
      f.least = x;
    } else if (x < f.floor) f.floor = x;
  }
  f.i = end;
  if (end === steps.count) endFloor(f, steps);
}

function endFloor(f: Fit, steps: Steps): void {
  f.i = 0;
  f.stage = 3;
  const found = f.rate.perMinute > 0;
  const regular = 1000 * f.rate.regularity > REGULAR_PERMILLE;
  startSizing(f.sizing, steps, found ? f.rate.perMinute : 70, f.floor, regular);
}

function stageSizes(f: Fit, steps: Steps): void {
  if (workSizing(f.sizing, steps) && f.closed) f.stage = 4;
}

function stageOrder(f: Fit, steps: Steps): void {
  const end = f.i + ORDERS < steps.count ? f.i + ORDERS : steps.count;
  while (f.i < end) insert(f, steps, f.i);
  if (f.i < steps.count) return;
  f.stage = 5;
  startHump(f.hump, 0);
}

/** Insertion sort by pressure. */
function insert(f: Fit, steps: Steps, k: number): void {
  const p = steps.pressure[k] as number;
  let j = k;
  while (j > 0 && (steps.pressure[f.order[j - 1] as number] as number) > p) {
    f.order[j] = f.order[j - 1] as number;
    j = j - 1;
  }
  f.order[j] = k;
  f.i = k + 1;
}

function stageHump(f: Fit, steps: Steps): void {
  if (!workHump(f.hump, steps, f.order)) return;
  f.i = 0;
  f.topAt = topOf(f.hump);
  f.stage = 6;
}

function stageFeatures(f: Fit): void {
  const at = f.kind * FEATURES;
  f.features[at + f.i] = feature(f.hump, f.topAt, f.features, at, f.i);
  f.i = f.i + 1;
  if (f.i === FEATURES) f.stage = 7;
}

/** The regression, then the next curve. */
function stageEstimate(f: Fit, steps: Steps): void {
  const h = f.hump;
  const at = f.kind * FEATURES;
  f.estimates[f.kind] = estimateOf(f.features, at, FITTED, at, FITTED_SCALE);
  endCurve(f, h, steps);
  f.kind = f.kind + 1;
  f.stage = f.kind < SIZES ? 5 : FIT_DONE;
  if (f.kind < SIZES) startHump(h, f.kind);
}

function endCurve(f: Fit, h: Hump, steps: Steps): void {
  let weight = 0;
  for (let j = 0; j < h.n; j = j + 1) weight = weight + (h.w[j] as number);
  f.points = h.n;
  f.doubtful = steps.count - h.n;
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

/** One slice; true when the features stand. Before it is closed, windows that come later are waited for. */
export function workFit(f: Fit, steps: Steps, b: Beats): boolean {
  if (f.stage === FIT_DONE || steps.count < FEWEST_STEPS) return f.closed;
  const stage = STAGES[f.stage] as (f: Fit, steps: Steps, b: Beats) => void;
  stage(f, steps, b);
  return false;
}

/** Slices that the rate, a window's sizes and the curves take, at most. */
const RATE_SLICES = 40;
const WINDOW_SLICES = 17;
const CURVE_SLICES = 130;

/** Slices that will be left when one more window has come in `ticks` from now, a slice a tick. */
export function leftAfter(f: Fit, steps: Steps, ticks: number): number {
  const early = f.stage < STAGE_SIZES;
  const open = (steps.count - (early ? 0 : f.sizing.k)) * WINDOW_SLICES + (early ? RATE_SLICES : 0);
  return (open > ticks ? open - ticks : 0) + WINDOW_SLICES + CURVE_SLICES;
}
