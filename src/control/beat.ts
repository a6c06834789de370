import type { Tick } from '../ports.ts';
import { LEARN_MS, learnEdges, learnSlopes, openBooks, reportCycle } from './learn.ts';
import { type BeatState, MODE_LOCKED, MODE_LOOSE, type Regulator, SLOT_MS, SLOTS } from './state.ts';
import { aimTurns } from './turns.ts';
import { lookBack } from './wave.ts';

/** Shortest and longest cycle that is taken for a rhythm. */
const PERIOD_MIN_MS = 350;
/** An event is a rise through this share of the wave's span, once it has been below the other. */
const EVENT = 75 / 100;
const ARM = 35 / 100;
/** Longest distance of two humps of one stride. */
const HALF_STRIDE_MS = 1000;
/** Time in which the extremes forget a whole span. */
const FORGET_MS = 8000;
const PERIOD_MAX_MS = (SLOTS - 28) * SLOT_MS;

export function startBeat(r: Regulator, t: Tick): void {
  const b = r.beat;
  b.armed = false;
  b.high = r.limb;
  b.low = r.base;
  b.span = 0;
  b.level = r.limb + 1000;
  b.arm = r.limb - 1000;
  r.job = 0;
  b.count = 0;
  b.period = 0;
  b.odd = 0;
  b.pairs = false;
  b.top = r.limb;
  b.unlikeOne = 0;
  b.unlikeTwo = 0;
  openBooks(r, t.now, r.limb + r.air);
  r.lag = 0;
  r.top = -1000;
  r.bottom = 1000;
}

function apart(a: number, b: number): number {
  return a > b ? a - b : b - a;
}

/**
 * A stride may make two events. When a hump is more like the one before the last than like the last, two events make a cycle.
 * Compared are heights, and distances as what they mean in pressure.
 */
function matchPairs(b: BeatState, distance: number): void {
  const steep = (2 * b.span) / b.period;
  const one = apart(b.top0, b.top1) + apart(distance, b.gap1) * steep;
  const two = apart(b.top0, b.top2) + apart(distance, b.gap2) * steep;
  b.unlikeOne += ((one - b.unlikeOne) * 3) / 10;
  b.unlikeTwo += ((two - b.unlikeTwo) * 3) / 10;
  if (b.unlikeOne * 10 > b.unlikeTwo * 15 && b.period < HALF_STRIDE_MS) b.pairs = true;
  else if (b.unlikeOne * 10 < b.unlikeTwo * 11) b.pairs = false;
}

function newHump(b: BeatState, limb: number, distance: number): void {
  b.top2 = b.top1;
  b.top1 = b.top0;
  b.top0 = b.top;
  b.top = limb;
  if (b.count > 3) matchPairs(b, distance);
  b.gap2 = b.gap1;
  b.gap1 = distance;
}

/** The earlier event that lies nearest to one cycle back gives the lag. */
function pickLag(b: BeatState): number {
  const want = b.pairs ? 2 * b.period : b.period;
  const one = b.at0 - b.at1;
  const two = b.at0 - b.at2;
  const three = b.at0 - b.at3;
  let lag = one;
  if (b.count > 2 && apart(two, want) < apart(lag, want)) lag = two;
  if (b.count > 3 && apart(three, want) < apart(lag, want)) lag = three;
  return lag;
}

/** Of the distances to the last two events the one most like the period: a weak second hump comes and goes. */
function nearestDistance(b: BeatState): number {
  const one = b.at0 - b.at1;
  if (b.period === 0 || b.count < 3) return one;
  const two = b.at0 - b.at2;
  return apart(two, b.period) < apart(one, b.period) ? two : one;
}

function meanPeriod(b: BeatState, distance: number): void {
  if (b.period === 0) b.period = distance;
  else if (distance * 10 > b.period * 7 && distance * 10 < b.period * 14) {
    b.period += ((distance - b.period) * 3) / 10;
    b.odd = 0;
  } else {
    b.odd += 1;
    if (b.odd >= 2) b.period = distance;
  }
}

/** The lag of the next cycle; a distance that is no rhythm ends the lock. */
function setLag(r: Regulator, t: Tick): void {
  const b = r.beat;
  const lag = pickLag(b);
  if (lag < PERIOD_MIN_MS || lag > PERIOD_MAX_MS) {
    unlock(r);
    return;
  }
  const first = r.lag === 0;
  r.lag = lag;
  lookBack(r, t.now);
  if (first) {
    r.offset = r.limb - r.lagged;
    r.miss = b.span / 10;
  }
  r.mode = MODE_LOCKED;
}

function jobPeriod(r: Regulator): void {
  meanPeriod(r.beat, nearestDistance(r.beat));
}

function jobHump(r: Regulator): void {
  newHump(r.beat, r.limb, r.beat.at0 - r.beat.at1);
}

function jobValley(r: Regulator, t: Tick): void {
  if (r.lag > 0) aimTurns(r, r.valley, t.now);
}

function jobCrest(r: Regulator, t: Tick): void {
  if (r.lag > 0) aimTurns(r, r.crest, t.now);
}

function jobLearn(r: Regulator, t: Tick): void {
  if (t.now - r.beat.learnAt > LEARN_MS) learnSlopes(r, t.now, r.limb + r.air);
}

/** Work after an event, one piece a tick; the rhythm and the lag come first. */
const JOBS: ((r: Regulator, t: Tick) => void)[] = [
  jobPeriod,
  setLag,
  jobValley,
  jobCrest,
  jobHump,
  jobLearn,
  learnEdges,
  reportCycle,
];

/** Does the next piece of work after an event. */
export function doJob(r: Regulator, t: Tick): void {
  const job = r.job;
  r.job = job < JOBS.length ? job + 1 : 0;
  (JOBS[job - 1] as (r: Regulator, t: Tick) => void)(r, t);
}

function event(r: Regulator, at: number): void {
  const b = r.beat;
  b.armed = false;
  b.at3 = b.at2;
  b.at2 = b.at1;
  b.at1 = b.at0;
  b.at0 = at;
  b.count += 1;
  if (b.count > 1) r.job = 1;
}

export function unlock(r: Regulator): void {
  r.lag = 0;
  r.job = 0;
  r.mode = MODE_LOOSE;
  r.report.losses += 1;
}

/** Once a slot: extremes that forget slowly, and the levels that follow from them. */
export function followSpan(r: Regulator, t: Tick): void {
  const b = r.beat;
  const limb = r.limb;
  const give = (b.span * SLOT_MS) / FORGET_MS;
  const high = b.high - give;
  const low = b.low + give;
  b.high = limb > high ? limb : high;
  b.low = limb < low ? limb : low;
  const span = b.high - b.low;
  b.span = span;
  b.level = b.low + span * EVENT;
  b.arm = span * 20 > r.target ? b.low + span * ARM : b.low - 1;
  if (t.now - b.learnAt > 3 * LEARN_MS) learnSlopes(r, t.now, limb + r.air);
}

/** Every tick: arming and events. */
export function followBeat(r: Regulator, t: Tick): void {
  const b = r.beat;
  const limb = r.limb;
  if (limb > b.top) b.top = limb;
  if (b.armed) {
    if (limb >= b.level)
      event(r, limb > r.limbWas ? t.now - (t.dt * (limb - b.level)) / (limb - r.limbWas) : t.now);
  } else if (limb < b.arm) b.armed = true;
}
