import type { Tick } from '../ports.ts';
import { LEARN_MS, learnEdges, learnSlopes, openBooks } from './learn.ts';
import { type BeatState, MODE_LOCKED, MODE_LOOSE, type Regulator, SLOT_MS, SLOTS } from './state.ts';
import { aimValley } from './valley.ts';
import { forecast } from './wave.ts';

/** Shortest and longest cycle that is taken for a rhythm. */
const PERIOD_MIN_MS = 350;
/** An event is a rise through this share of the wave's span, once it has been below the other. */
const EVENT = 65 / 100;
const ARM = 35 / 100;
/** Time in which the extremes forget a whole span. */
const FORGET_MS = 8000;
const PERIOD_MAX_MS = (SLOTS - 28) * SLOT_MS;

export function startBeat(r: Regulator, t: Tick): void {
  const b = r.beat;
  b.armed = false;
  b.high = r.limb;
  b.low = r.base;
  b.span = 0;
  b.count = 0;
  b.period = 0;
  b.odd = 0;
  openBooks(r, t.now, r.limb + r.air);
  r.lag = 0;
  r.top = -1000;
}

/** The earlier event that lies nearest to one period back gives the lag. */
function pickLag(b: BeatState): number {
  const one = b.at0 - b.at1;
  const two = b.at0 - b.at2;
  const offOne = one > b.period ? one - b.period : b.period - one;
  const offTwo = two > b.period ? two - b.period : b.period - two;
  return b.count > 2 && offTwo < offOne ? two : one;
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

function event(r: Regulator, t: Tick, at: number): void {
  const b = r.beat;
  b.armed = false;
  b.at3 = b.at2;
  b.at2 = b.at1;
  b.at1 = b.at0;
  b.at0 = at;
  b.count += 1;
  if (at - b.learnAt > LEARN_MS) learnSlopes(r, at, r.limb + r.air);
  if (b.count < 2) return;
  meanPeriod(b, b.at0 - b.at1);
  const lag = pickLag(b);
  if (lag < PERIOD_MIN_MS || lag > PERIOD_MAX_MS) {
    unlock(r);
    return;
  }
  const first = r.lag === 0;
  r.lag = lag;
  r.lagged = forecast(r, t, 0);
  if (first) {
    r.offset = r.limb - r.lagged;
    r.miss = b.span / 10;
  }
  aimValley(r, t);
  if (!first) {
    learnEdges(r);
  }
  if (r.mode === MODE_LOOSE) r.mode = MODE_LOCKED;
}

export function unlock(r: Regulator): void {
  r.lag = 0;
  r.mode = MODE_LOOSE;
  r.beat.count = 0;
}

/** Follows the wave: extremes that forget slowly, arming, events. */
export function followBeat(r: Regulator, t: Tick): void {
  const b = r.beat;
  const limb = r.limb;
  const give = (b.span * t.dt) / FORGET_MS;
  b.high = limb > b.high - give ? limb : b.high - give;
  b.low = limb < b.low + give ? limb : b.low + give;
  const span = b.high - b.low;
  b.span = span;
  if (t.now - b.learnAt > 3 * LEARN_MS) learnSlopes(r, t.now, r.limb + r.air);
  if (!b.armed) {
    if (limb < b.low + span * ARM && span * 20 > r.target) b.armed = true;
    return;
  }
  const over = limb - b.low - span * EVENT;
  if (over >= 0) event(r, t, t.now - (t.dt * over) / (limb - r.limbWas));
}
