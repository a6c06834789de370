/** The pressure itself: too high, gone, or leaping when the pump starts. What must never wait for a turn. */
import { MAX_CUFF_MMHG, MAX_FAULT_MMHG } from '../limits.ts';
import type { Tick } from '../tick.ts';
import { judgeSample } from './sensor-rules.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_AIR_GONE, TRIP_HOSE_BLOCKED, TRIP_OVER_PRESSURE } from './trips.ts';

/** Above MAX_CUFF_MMHG for this long: a blow is shorter (plant.md 3.2: 0.1-0.6 s), a fault is not. */
export const OVER_MS = 1000;
/** Above MAX_FAULT_MMHG for this long: a blow of 150 mmHg and 0.6 s on top of 240 is above it for 0.27 s. */
export const FAULT_OVER_MS = 400;
/** A reading below a third of where it was, with the valve shut, for this long: no limb pulls that much back. */
export const GONE_MS = 200;
const GONE_SHARE = 35;
/** ... in a fill, with the pump held off meanwhile: a blow on a slack cuff lifts the level, and it takes so long to be back. */
export const GONE_FILL_MS = 3000;
/** Level below which nothing can be said to be gone, mmHg: the slack cuff. */
export const GONE_FROM_MMHG = 40;
/** In a fill a level of so much is no hose's doing, and a reading below EMPTY_MMHG after it no cuff's, mmHg. */
const SURE_FILL_MMHG = 30;
const EMPTY_MMHG = 4;
/** ... in a fill, when the limb is still and the pump must be stopped soon. What a narrow barb shows while the pump runs is forgotten in GONE_FILL_MS. */
export const GONE_FILL_MMHG = 18;
/** What a bleed takes at most, mmHg/ms: the fastest arm falls at 700 mmHg/s, a leg at 150 (its fastest twentieth; plant.md 0). */
export const ARM_BLEED_MMHG = 7 / 10;
export const LEG_BLEED_MMHG = 3 / 10;
/** Time constant of the mean, ms. */
const MEAN_MS = 2000;
/** ... and of the level in a fill while it rises: a fast arm is full in a second, a blow is over in 0.6 s. */
const FILL_MS = 400;
/** Rise within a round while the pump runs that no cuff takes, mmHg: fastest arm 25, hose 20, wave 20. */
export const LEAP_MMHG = 75;
/** So many in a row: a bump is one. */
export const LEAP_LIMIT = 3;
/** Pump time without a leap that ends the row, ms. */
const QUIET_PULSE_MS = 80;
/** A bound that no reading passes, mmHg. */
const NEVER = 10000;

/**
 * Only now and then: no good new sample, a reading out of bounds, or such a thing under way. What is under way leaves no room between
 * the bounds, so that the next tick comes here too.
 */
export function judgeUneasy(s: Supervisor, t: Tick): void {
  let uneasy = judgeSample(s, t);
  if (t.measuredMmHg <= MAX_CUFF_MMHG) s.overMs = 0;
  else uneasy = over(s, t);
  if (t.measuredMmHg > s.leapAbove && t.outPump > 0) leapt(s, t);
  if (t.measuredMmHg >= s.goneBelow) s.goneMs = 0;
  else if (t.outVent === false) uneasy = low(s, t);
  setBounds(s, uneasy);
}

/** Bounds for the fast look. */
function setBounds(s: Supervisor, uneasy: boolean): void {
  s.lower = uneasy ? NEVER : s.goneBelow;
  s.upper = s.leapAbove < MAX_CUFF_MMHG ? s.leapAbove : MAX_CUFF_MMHG;
}

function over(s: Supervisor, t: Tick): boolean {
  if (s.overMs === 0 || t.measuredMmHg <= MAX_FAULT_MMHG) s.faultOverMs = 0;
  s.overMs += t.dt;
  if (!(s.overMs < OVER_MS)) trip(s, t, TRIP_OVER_PRESSURE, t.measuredMmHg, MAX_CUFF_MMHG);
  if (!(t.measuredMmHg <= MAX_FAULT_MMHG)) farOver(s, t);
  return true;
}

function farOver(s: Supervisor, t: Tick): void {
  s.faultOverMs += t.dt;
  if (!(s.faultOverMs < FAULT_OVER_MS)) trip(s, t, TRIP_OVER_PRESSURE, t.measuredMmHg, MAX_FAULT_MMHG);
}

/** Pressure that vanishes while the valve is shut: hose off, burst, cuff off, sense line off, valve fallen open. */
function low(s: Supervisor, t: Tick): boolean {
  if (t.outBleedMs > 0) return true;
  if (isLetOut(s, t.measuredMmHg)) {
    s.goneMs = 0;
    return true;
  }
  s.goneMs += t.dt;
  if (s.reached) judgeGone(s, t, GONE_MS);
  else goneInFill(s, t);
  return true;
}

/**
 * Nothing is pumped meanwhile: the sample is doubtful until the next one is judged whole. A reading that is back at zero from a level that no hose explains is gone at once; one that is back where
 * a slack cuff may be, after a blow or what a narrow barb showed, has time until the level has forgotten.
 */
function goneInFill(s: Supervisor, t: Tick): void {
  t.doubtful = true;
  s.sensing.smooth = false;
  judgeGone(s, t, t.measuredMmHg < EMPTY_MMHG && s.level >= SURE_FILL_MMHG ? GONE_MS : GONE_FILL_MS);
}

function judgeGone(s: Supervisor, t: Tick, limit: number): void {
  if (!(s.goneMs < limit)) gone(s, t);
}

/** Our own bleeds explain a low reading, but no more than they can take. */
function isLetOut(s: Supervisor, raw: number): boolean {
  const left = levelOf(s) - (s.bledMs - s.lagBledMs) * s.limits.bleedMmHg;
  return raw * 100 >= left * GONE_SHARE;
}

/** What the reading has fallen from. */
export function levelOf(s: Supervisor): number {
  return s.reached ? s.mean : s.level;
}

function gone(s: Supervisor, t: Tick): void {
  s.unproven = true;
  trip(s, t, TRIP_AIR_GONE, t.measuredMmHg, levelOf(s));
}

/**
 * Turn 2 of a hold: the mean, what is gone far below it, and what has leapt since the last round. The sums of bleeds and pump are
 * followed as the mean follows the reading: what they lag by was let out, or put in, lately.
 */
export function keepLevel(s: Supervisor, t: Tick): void {
  if (s.leaps > 0) endLeap(s);
  const share = s.lapMs / MEAN_MS;
  const leap = leapBase(s, t) + LEAP_MMHG;
  s.mean += (t.filteredMmHg - s.mean) * share;
  s.lagBledMs += (s.bledMs - s.lagBledMs) * share;
  s.lagPumpMs += (s.pumpMs - s.lagPumpMs) * share;
  s.goneBelow = s.mean < GONE_FROM_MMHG ? -NEVER : (s.mean * GONE_SHARE) / 100;
  s.leapAbove = leap;
  s.upper = leap < MAX_CUFF_MMHG ? leap : MAX_CUFF_MMHG;
  if (s.lower !== NEVER) s.lower = s.goneBelow;
}

/** Turn 2 of a fill: the level rises faster than the mean, and there is less to lose. */
export function keepFillLevel(s: Supervisor, t: Tick): void {
  const off = t.filteredMmHg - s.level;
  s.level += (off * s.lapMs) / (s.lapMs + (off < 0 ? MEAN_MS : FILL_MS));
  s.goneBelow = s.level < GONE_FILL_MMHG ? -NEVER : (s.level * GONE_SHARE) / 100;
  s.mean += ((t.filteredMmHg - s.mean) * s.lapMs) / MEAN_MS;
  s.lagBledMs = s.bledMs;
  s.lagPumpMs = s.pumpMs;
  if (s.leaps > 0) endLeap(s);
  s.leapAbove = leapBase(s, t) + LEAP_MMHG;
  setBounds(s, s.lower === NEVER);
}

/** While air flows out, and in a slow sample after it, the manifold reads far too low: what it gains when the valve shuts is no leap. */
function leapBase(s: Supervisor, t: Tick): number {
  const bled = s.bledMs !== s.leapBledMs;
  s.leapBledMs = s.bledMs;
  return bled && t.measuredMmHg < s.mean ? s.mean : t.measuredMmHg;
}

/** A manifold that fills at once has no cuff behind it: the hose is kinked or blocked. Counted once a round. */
function leapt(s: Supervisor, t: Tick): void {
  s.leapAbove = NEVER;
  s.leaps++;
  if (s.leaps >= LEAP_LIMIT) trip(s, t, TRIP_HOSE_BLOCKED, t.measuredMmHg - levelOf(s), LEAP_MMHG);
}

/** A pulse without a leap ends the row; a round without the pump ends a pulse. */
function endLeap(s: Supervisor): void {
  const still = s.pumpMs === s.leapSeenMs;
  s.leapSeenMs = s.pumpMs;
  if (still) s.leapPumpMs = s.pumpMs;
  else if (s.leapAbove === NEVER) s.leapPumpMs = Number.POSITIVE_INFINITY;
  else if (s.pumpMs - s.leapPumpMs > QUIET_PULSE_MS) s.leaps = 0;
}
