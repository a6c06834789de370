/**
 * The edges between which the pressure may move before pump or valve act, as distances from the setpoint, and how they are learned from
 * what came of them. Must never pass the cap: what would, is let out whatever the edges say.
 */
import type { RegulateTick } from '../tick.ts';
import type { MmHg } from '../units.ts';
import { FAST_MS, isFast } from './rhythm.ts';
import type { ReadonlyRegulator } from './state.ts';

/**
 * Edges in percent of the setpoint. Clipping starts at the upper one: a slow crest is worth clipping early, there is time to refill.
 * docs/lab/control.md: 4 points of leg press for the early one, which in running cost 3.
 */
const UPPER_SLOW = 3;
const UPPER_FAST = 4;
/** The lower edge while all is well. Set by bench:control on the project's draw. */
const LOWER_USUAL = 5;
/** In a fast rhythm the usual lower edge is 3 halves as deep. docs/lab/control.md: a point of running, a third less pump. */
const USUAL_FAST_HALVES = 3;
/** Percent of the energy mode that widen the lower edge and the upper edge by one percent of the setpoint. docs/lab/control.md, options: what it saves. */
const SAVE_LOWER = 40;
const SAVE_UPPER = 50;
/** A valley found below this, in thousandths of the setpoint, raises the lower edge. docs/lab/control.md, "The rewrite": better than 10 %. */
const DEEP_SLOW = 90;
const DEEP_FAST = 95;
/** A crest found above this percentage of the setpoint, the end of the band, lowers the lower edge. */
const BAND = 10;
/** Percent of the setpoint between which the lower edge may lie. docs/lab/control.md: the widest edge was flat within 0.5 points. */
const DEEPEST = 10;
const SHALLOWEST = 2;
/** Part of the way, one in 8, that the lower edge goes back in a cycle in which all is well. Set by bench:control on the project's draw. */
const BACK = 8;
/** Percent of the setpoint: how deep a bleed may plan the valley. docs/lab/control.md: leg press gained what running lost. */
const PLANNED = 9;
/** Percent of the setpoint: the most that such a bleed may take beyond what the pump is sure to bring back. */
const ALLOWANCE_SLOW = 5;
const ALLOWANCE_FAST = 2;
/**
 * Percent of the setpoint that crests are kept below the cap: the pressure is known this well while air flows. docs/lab/control.md: 6 % freed
 * no plant, and cost.
 */
const CREST_MARGIN = 3;
/** The cap's edge lies no further from the setpoint than this, tenths of it. Set by bench:control on the project's draw. */
const CAP_TENTHS = 3;
/**
 * A crest that came too near to the cap lowers both edges by so many tenths of what was too much (docs/lab/control.md, "Crests near the cap,
 * and the suction of the valve").
 */
const LOWERED_TENTHS = 7;
/** A crest that stayed clear of the cap raises both edges by what was spare, divided by this. */
const RAISED_PART = 2;
/** Percent of the setpoint by which one crest may lower both edges. docs/lab/control.md, the same. */
const LOWERED_MOST = 8;
/** Thousandths of the setpoint by which one crest may raise them again. */
const RAISED_MOST = 8;
/** Percent of the setpoint that they are lowered at most. */
const LOWEST = 6;

/** Distances from the setpoint. Written in this file only. */
export interface EdgeState {
  /** Lower edge, as a positive distance: the pump must keep the error above minus this. */
  lowerEdgeMmHg: MmHg;
  /** Upper edge: errors above it are let out. */
  upperEdgeMmHg: MmHg;
  /** What a bleed may take beyond what the pump is sure to bring back. */
  bleedAllowanceMmHg: MmHg;
  /** Highest error that is let through whatever it costs. */
  capEdgeMmHg: MmHg;
  /** Crests above this error are too near to the cap. */
  crestLimitMmHg: MmHg;
  /** How much lower both edges lie because of such crests. */
  edgesLoweredMmHg: MmHg;
  /** Lower edge while crests stay inside the band. */
  usualEdgeMmHg: MmHg;
}

type EdgeOwner = ReadonlyRegulator & EdgeState;

/** The edges of a new setpoint. Edges that crests have lowered stay so. */
export function setEdges(r: EdgeOwner, t: RegulateTick): void {
  const target = r.targetMmHg;
  r.usualEdgeMmHg = (target * (LOWER_USUAL * SAVE_LOWER + r.settings.savePercent)) / (100 * SAVE_LOWER);
  r.lowerEdgeMmHg = r.usualEdgeMmHg + r.edgesLoweredMmHg;
  setUpper(r);
  const cap = t.capMmHg - target;
  r.capEdgeMmHg = cap * 10 > target * CAP_TENTHS ? (target * CAP_TENTHS) / 10 : cap;
  r.crestLimitMmHg = cap - (target * CREST_MARGIN) / 100;
}

/** The upper edge follows from setpoint, rhythm and what crests have taught. */
function setUpper(r: EdgeOwner): void {
  const slow = r.rhythm.cycleSlots * r.periodMs > FAST_MS;
  r.upperEdgeMmHg =
    (r.targetMmHg * ((slow ? UPPER_SLOW : UPPER_FAST) * SAVE_UPPER + r.settings.savePercent)) /
      (100 * SAVE_UPPER) -
    r.edgesLoweredMmHg;
}

/** By how much a crest of this error moves both edges down, within its limits; negative = up. */
function crestStep(r: ReadonlyRegulator): MmHg {
  const over = r.crestErrorMmHg - r.crestLimitMmHg;
  const one = r.targetMmHg / 100;
  const step = over > 0 ? (over * LOWERED_TENTHS) / 10 : over / RAISED_PART;
  if (step > LOWERED_MOST * one) return LOWERED_MOST * one;
  return step * 10 < -RAISED_MOST * one ? (-RAISED_MOST * one) / 10 : step;
}

/**
 * After each crest. One that came too near to the cap lowers both edges by as much, crests that stay clear raise them again, slowly: a wave
 * that outruns the valve must begin lower, whatever its valley loses.
 */
export function learnFromCrest(r: EdgeOwner): void {
  const most = LOWEST * (r.targetMmHg / 100);
  const was = r.edgesLoweredMmHg;
  let lowered = was + crestStep(r);
  if (lowered < 0) lowered = 0;
  else if (lowered > most) lowered = most;
  r.edgesLoweredMmHg = lowered;
  r.lowerEdgeMmHg += lowered - was;
  setUpper(r);
}

/** What a cycle makes of the lower edge, without what crests have lowered. `one` = a percent of the setpoint. */
function nextLower(r: ReadonlyRegulator, fast: boolean, one: MmHg): MmHg {
  const usual = fast ? (r.usualEdgeMmHg * USUAL_FAST_HALVES) / 2 : r.usualEdgeMmHg;
  let lower = r.lowerEdgeMmHg - r.edgesLoweredMmHg;
  if (r.valleyErrorMmHg * 10 < -(fast ? DEEP_FAST : DEEP_SLOW) * one) lower -= fast ? one / 2 : one;
  else if (r.crestErrorMmHg > BAND * one) lower += one;
  else lower += (usual - lower) / BACK;
  if (lower > DEEPEST * one) return DEEPEST * one;
  return lower < SHALLOWEST * one ? SHALLOWEST * one : lower;
}

/**
 * Once a cycle, from what came of it: a valley below the band raises the lower edge, else a peak above the band lowers it; when all is
 * well it goes back to where it was. A bleed may plan the valley a little deeper than the pump does.
 */
export function learnEdges(r: EdgeOwner): void {
  const one = r.targetMmHg / 100;
  const fast = isFast(r);
  const lower = nextLower(r, fast, one);
  r.lowerEdgeMmHg = lower + r.edgesLoweredMmHg;
  const allowance = PLANNED * one - lower;
  const most = (fast ? ALLOWANCE_FAST : ALLOWANCE_SLOW) * one;
  r.bleedAllowanceMmHg = allowance < 0 ? 0 : allowance > most ? most : allowance;
  setUpper(r);
}

/** A fill starts: edges without what crests have lowered. */
export function raiseEdges(r: EdgeOwner): void {
  r.lowerEdgeMmHg -= r.edgesLoweredMmHg;
  r.edgesLoweredMmHg = 0;
  setUpper(r);
}

/** Vented: what crests have taught is forgotten. The edges follow with the next setpoint. */
export function resetEdges(r: EdgeOwner): void {
  r.edgesLoweredMmHg = 0;
}
