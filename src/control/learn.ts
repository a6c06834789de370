import { setSlopes } from './flow.ts';
import type { Regulator } from './state.ts';

const STEP_MAX = 1 / 10;

/** Edges as percent of the target. Clipping starts here: a slow crest is worth clipping early, there is time to refill. */
const UPPER_SLOW = 3;
const UPPER_FAST = 4;
/** A valley found below this (in tenths of a percent) raises the lower edge; where that edge may lie; how deep a bleed may plan the valley. */
const DEEP_SLOW = 90;
const DEEP_FAST = 95;
const LOWEST = 10;
const HIGHEST = 2;
const PLANNED = 9;
/** Most that a bleed may take beyond what the pump is sure to bring back. */
const BONUS_SLOW = 5;
const BONUS_FAST = 2;

/** Percent of the target by which one crest may lower both edges, tenths of a percent by which one raises them again, and the lowest they go. */
const LID_UP = 8;
const LID_DOWN = 8;
const LID_MOST = 6;

function limited(x: number): number {
  return x > STEP_MAX ? STEP_MAX : x < -STEP_MAX ? -STEP_MAX : x;
}

/** Kept between `least` and `most` tenths of what was identified. */
function within(x: number, first: number, least: number, most: number): number {
  if (x * 10 < first * least) return (first * least) / 10;
  return x * 10 > first * most ? (first * most) / 10 : x;
}

/** How long the books are kept at least before they are judged, ms. */
export const LEARN_MS = 1500;
/** Cycles shorter than this are fast, ms: gait and cycling. */
export const FAST_MS = 1400;

/** Opens the books of air put in and let out. */
export function openBooks(r: Regulator, now: number): void {
  const b = r.beat;
  r.report.pumpMs += Math.round(r.raised / r.up);
  b.learnAt = now;
  b.learnMmHg = r.limb + r.air;
  b.pumped -= r.raised;
  r.raised = 0;
  r.lowered = 0;
}

/**
 * In a fast rhythm the gas is nearly adiabatic and the books of a cycle are noise: the slopes stay as identified, and the usual lower
 * edge is deeper, because most of what falls below comes back by itself.
 */
function isFast(r: Regulator): boolean {
  const period = r.beat.period;
  return period > 0 && period * r.period < FAST_MS;
}

/** Over whole cycles, what pump and valve are believed to have done must agree with the pressure. */
export function learnSlopes(r: Regulator, now: number): void {
  if (!isFast(r)) {
    const raised = r.raised;
    const lowered = r.lowered;
    const all = raised * raised + lowered * lowered + 25;
    const share = (raised - lowered - r.limb - r.air + r.beat.learnMmHg) / (2 * all);
    setSlopes(
      r,
      within(r.up * (1 - limited((share * raised * 4) / 10)), r.upFirst, 6, 16),
      within(r.down * (1 + limited(share * lowered)), r.downFirst, 4, 25),
    );
  }
  openBooks(r, now);
}

/** The clipping edge. */
export function setUpper(r: Regulator): void {
  const slow = r.beat.period * r.period > FAST_MS;
  r.upper = (r.target * ((slow ? UPPER_SLOW : UPPER_FAST) * 50 + r.settings.savePercent)) / 5000 - r.lid;
}

/**
 * After each crest. One that came too near to LOP lowers both edges by as much, crests that stay clear raise them again, slowly: a wave that
 * outruns the valve must begin lower, whatever its valley loses.
 */
export function learnLid(r: Regulator): void {
  const over = r.top - r.room;
  const one = r.target / 100;
  let step = over > 0 ? (over * 7) / 10 : over / 2;
  if (step > LID_UP * one) step = LID_UP * one;
  else if (step * 10 < -LID_DOWN * one) step = (-LID_DOWN * one) / 10;
  const was = r.lid;
  let lid = was + step;
  if (lid < 0) lid = 0;
  else if (lid > LID_MOST * one) lid = LID_MOST * one;
  r.lid = lid;
  r.lower += lid - was;
  setUpper(r);
}

/**
 * Once a cycle, from what came of it: a valley below the band raises the lower edge, else a peak above the band lowers it; when all is
 * well it goes back to where it was. A bleed may plan the valley a little deeper than the pump does.
 */
function learnEdges(r: Regulator): void {
  const one = r.target / 100;
  const fast = isFast(r);
  const usual = fast ? (r.normal * 3) / 2 : r.normal;
  let lower = r.lower - r.lid;
  if (r.bottom * 10 < -(fast ? DEEP_FAST : DEEP_SLOW) * one) lower -= fast ? one / 2 : one;
  else if (r.top > 10 * one) lower += one;
  else lower += (usual - lower) / 8;
  lower = lower > LOWEST * one ? LOWEST * one : lower < HIGHEST * one ? HIGHEST * one : lower;
  r.lower = lower + r.lid;
  const bonus = PLANNED * one - lower;
  const most = (fast ? BONUS_FAST : BONUS_SLOW) * one;
  r.bonus = bonus < 0 ? 0 : bonus > most ? most : bonus;
  setUpper(r);
}

/** Once a cycle: edges, and what the wearer is told afterwards. A pump that ran for most of a cycle with too low a valley is too weak. */
export function closeCycle(r: Regulator): void {
  learnEdges(r);
  const p = r.report;
  p.cycles += 1;
  if (r.top * 10 > r.target) p.high += 1;
  if (r.bottom * 10 < -r.target) {
    p.low += 1;
    if ((r.raised - r.beat.pumped) * 10 > r.lag * r.upTick * 6) p.weak += 1;
  }
  r.beat.pumped = r.raised;
  r.top = 0;
  r.bottom = 0;
}
