import type { Tick } from '../ports.ts';
import { learnEdges, learnSlopes } from './learn.ts';
import { type BeatState, MODE_LOCKED, MODE_LOOSE, type Regulator, SLOT_MS, SLOTS } from './state.ts';
import { aimValley } from './valley.ts';
import { forecast } from './wave.ts';

/** Shortest and longest cycle that is taken for a rhythm. */
const PERIOD_MIN_MS = 350;
const PERIOD_MAX_MS = (SLOTS - 28) * SLOT_MS;

export function startBeat(r: Regulator): void {
  const b = r.beat;
  b.armed = false;
  b.high = r.limb;
  b.low = r.base;
  b.span = 0;
  b.count = 0;
  b.period = 0;
  b.odd = 0;
  b.level = r.limb + 1000;
  b.arm = r.limb;
  b.raised = 0;
  b.lowered = 0;
  r.lag = 0;
  r.top = -1000;
}

/** Sets the levels from the extremes of the cycle that has ended, and starts the next. */
function newCycle(r: Regulator, b: BeatState): void {
  const span = b.high - b.low;
  b.span = span;
  b.level = b.low + (span * 65) / 100;
  b.arm = b.low + (span * 35) / 100;
  b.high = r.limb;
  b.low = r.limb;
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
  newCycle(r, b);
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
    learnSlopes(r);
    learnEdges(r);
  }
  if (r.mode === MODE_LOOSE) r.mode = MODE_LOCKED;
}

export function unlock(r: Regulator): void {
  r.lag = 0;
  r.mode = MODE_LOOSE;
  r.beat.count = 0;
}

/** Follows the wave: extremes, arming, events. */
export function followBeat(r: Regulator, t: Tick): void {
  const b = r.beat;
  if (r.limb > b.high) b.high = r.limb;
  if (r.limb < b.low) b.low = r.limb;
  if (b.armed) {
    if (r.limb >= b.level) event(r, t, t.now - (t.dt * (r.limb - b.level)) / (r.limb - r.limbWas));
  } else if (b.span === 0) {
    // first hump: armed once the limb has come down from it
    const span = b.high - b.low;
    if (span * 20 > r.target && r.limb < b.low + (span * 35) / 100) {
      b.armed = true;
      b.level = b.low + (span * 65) / 100;
    }
  } else if (r.limb < b.arm) b.armed = true;
}
