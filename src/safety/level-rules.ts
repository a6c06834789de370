/** The pressure itself: too high, gone, or leaping when the pump starts. What must never wait for a turn. */
import { MAX_CUFF_MMHG, MAX_FAULT_MMHG } from '../limits.ts';
import type { Tick } from '../ports.ts';
import { judgeSample } from './sensor-rules.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_HOSE_BLOCKED, TRIP_OVER_PRESSURE, TRIP_PRESSURE_VANISHED } from './trips.ts';

/** Above MAX_CUFF_MMHG for this long: a blow is shorter (plant.md 3.2: 0.1-0.6 s), a fault is not. */
export const OVER_MS = 1000;
/** Above MAX_FAULT_MMHG for this long: a blow of 150 mmHg and 0.6 s on top of 240 is above it for 0.27 s. */
export const FAULT_OVER_MS = 400;
/** A reading below a third of where it was, with the valve shut, for this long: no limb pulls that much back. */
export const VANISHED_MS = 200;
const VANISHED_SHARE = 35;
/** ... in a fill, with the pump held off meanwhile: a blow on a slack cuff lifts the level, and it takes so long to be back. */
export const VANISHED_FILL_MS = 3000;
/** Level below which nothing can be said to be gone, mmHg: the slack cuff. */
export const VANISHED_FROM_MMHG = 40;
/** In a fill a level of so much is no hose's doing, and a reading below EMPTY_MMHG after it no cuff's, mmHg. */
const SURE_FILL_MMHG = 30;
const EMPTY_MMHG = 4;
/** ... in a fill, when the limb is still and the pump must be stopped soon. What a narrow barb shows while the pump runs is forgotten in VANISHED_FILL_MS. */
export const VANISHED_FILL_MMHG = 18;
/** What a bleed takes at most, mmHg/ms: the fastest arm falls at 700 mmHg/s, a leg at 150 (its fastest twentieth; plant.md 0). */
export const ARM_BLEED_MMHG_PER_MS = 7 / 10;
export const LEG_BLEED_MMHG_PER_MS = 3 / 10;
/** Time constant of the mean, ms. */
const MEAN_MS = 2000;
/** ... and of the level in a fill while it rises: a fast arm is full in a second, a blow is over in 0.6 s. */
const FILL_MS = 400;
/** Rise within a round while the pump runs that no cuff takes, mmHg: fastest arm 25, hose 20, wave 20. */
export const SURGE_MMHG = 75;
/** So many in a row: a bump is one. */
export const SURGE_LIMIT = 3;
/** Pump time without a leap that ends the row, ms. */
const QUIET_PULSE_MS = 80;
/** A bound that no reading passes, mmHg. */
const NEVER = 10000;

/**
 * Only now and then: no good new sample, a reading out of bounds, or such a thing under way. What is under way leaves no room between
 * the bounds, so that the next tick comes here too.
 */
export function judgeSuspect(s: Supervisor, t: Tick): void {
  let suspect = judgeSample(s, t);
  if (t.raw <= MAX_CUFF_MMHG) s.overMs = 0;
  else suspect = judgeOver(s, t);
  if (t.raw > s.surgeAboveMmHg && t.outPump > 0) countSurge(s, t);
  if (t.raw >= s.vanishedBelowMmHg) s.vanishedMs = 0;
  else if (t.outVent === false) suspect = judgeLow(s, t);
  setBounds(s, suspect);
}

/** Bounds for the fast look. */
function setBounds(s: Supervisor, suspect: boolean): void {
  s.lowerMmHg = suspect ? NEVER : s.vanishedBelowMmHg;
  s.upperMmHg = s.surgeAboveMmHg < MAX_CUFF_MMHG ? s.surgeAboveMmHg : MAX_CUFF_MMHG;
}

function judgeOver(s: Supervisor, t: Tick): boolean {
  if (s.overMs === 0 || t.raw <= MAX_FAULT_MMHG) s.faultOverMs = 0;
  s.overMs += t.dt;
  if (!(s.overMs < OVER_MS)) trip(s, t, TRIP_OVER_PRESSURE, t.raw, MAX_CUFF_MMHG);
  if (!(t.raw <= MAX_FAULT_MMHG)) judgeFarOver(s, t);
  return true;
}

function judgeFarOver(s: Supervisor, t: Tick): void {
  s.faultOverMs += t.dt;
  if (!(s.faultOverMs < FAULT_OVER_MS)) trip(s, t, TRIP_OVER_PRESSURE, t.raw, MAX_FAULT_MMHG);
}

/** Pressure that vanishes while the valve is shut: hose off, burst, cuff off, sense line off, valve fallen open. */
function judgeLow(s: Supervisor, t: Tick): boolean {
  if (t.outBleedMs > 0) return true;
  if (isLetOut(s, t.raw)) {
    s.vanishedMs = 0;
    return true;
  }
  s.vanishedMs += t.dt;
  if (s.reached) judgeVanished(s, t, VANISHED_MS);
  else judgeFillVanished(s, t);
  return true;
}

/**
 * Nothing is pumped meanwhile: the sample is doubtful until the next one is judged whole. A reading that is back at zero from a level that no hose explains is gone at once; one that is back where
 * a slack cuff may be, after a blow or what a narrow barb showed, has time until the level has forgotten.
 */
function judgeFillVanished(s: Supervisor, t: Tick): void {
  t.doubtful = true;
  s.sensing.smooth = false;
  judgeVanished(
    s,
    t,
    t.raw < EMPTY_MMHG && s.fillLevelMmHg >= SURE_FILL_MMHG ? VANISHED_MS : VANISHED_FILL_MS,
  );
}

function judgeVanished(s: Supervisor, t: Tick, limit: number): void {
  if (!(s.vanishedMs < limit)) vanished(s, t);
}

/** Our own bleeds explain a low reading, but no more than they can take. */
function isLetOut(s: Supervisor, raw: number): boolean {
  const left = levelOf(s) - (s.bledMs - s.lagBledMs) * s.limits.bleedMmHgPerMs;
  return raw * 100 >= left * VANISHED_SHARE;
}

/** What the reading has fallen from. */
export function levelOf(s: Supervisor): number {
  return s.reached ? s.meanMmHg : s.fillLevelMmHg;
}

function vanished(s: Supervisor, t: Tick): void {
  s.unproven = true;
  trip(s, t, TRIP_PRESSURE_VANISHED, t.raw, levelOf(s));
}

/**
 * Turn 2 of a hold: the mean, what is gone far below it, and what has countSurge since the last round. The sums of bleeds and pump are
 * followed as the mean follows the reading: what they lag by was let out, or put in, lately.
 */
export function keepLevel(s: Supervisor, t: Tick): void {
  if (s.surges > 0) endSurge(s);
  const share = s.roundMs / MEAN_MS;
  const leap = surgeBase(s, t) + SURGE_MMHG;
  s.meanMmHg += (t.p - s.meanMmHg) * share;
  s.lagBledMs += (s.bledMs - s.lagBledMs) * share;
  s.lagPumpMs += (s.pumpMs - s.lagPumpMs) * share;
  s.vanishedBelowMmHg = s.meanMmHg < VANISHED_FROM_MMHG ? -NEVER : (s.meanMmHg * VANISHED_SHARE) / 100;
  s.surgeAboveMmHg = leap;
  s.upperMmHg = leap < MAX_CUFF_MMHG ? leap : MAX_CUFF_MMHG;
  if (s.lowerMmHg !== NEVER) s.lowerMmHg = s.vanishedBelowMmHg;
}

/** Turn 2 of a fill: the level rises faster than the mean, and there is less to lose. */
export function keepFillLevel(s: Supervisor, t: Tick): void {
  const off = t.p - s.fillLevelMmHg;
  s.fillLevelMmHg += (off * s.roundMs) / (s.roundMs + (off < 0 ? MEAN_MS : FILL_MS));
  s.vanishedBelowMmHg =
    s.fillLevelMmHg < VANISHED_FILL_MMHG ? -NEVER : (s.fillLevelMmHg * VANISHED_SHARE) / 100;
  s.meanMmHg += ((t.p - s.meanMmHg) * s.roundMs) / MEAN_MS;
  s.lagBledMs = s.bledMs;
  s.lagPumpMs = s.pumpMs;
  if (s.surges > 0) endSurge(s);
  s.surgeAboveMmHg = surgeBase(s, t) + SURGE_MMHG;
  setBounds(s, s.lowerMmHg === NEVER);
}

/** While air flows out, and in a slow sample after it, the manifold reads far too low: what it gains when the valve shuts is no leap. */
function surgeBase(s: Supervisor, t: Tick): number {
  const bled = s.bledMs !== s.surgeBledMs;
  s.surgeBledMs = s.bledMs;
  return bled && t.raw < s.meanMmHg ? s.meanMmHg : t.raw;
}

/** A manifold that fills at once has no cuff behind it: the hose is kinked or blocked. Counted once a round. */
function countSurge(s: Supervisor, t: Tick): void {
  s.surgeAboveMmHg = NEVER;
  s.surges++;
  if (s.surges >= SURGE_LIMIT) trip(s, t, TRIP_HOSE_BLOCKED, t.raw - levelOf(s), SURGE_MMHG);
}

/** A pulse without a leap ends the row; a round without the pump ends a pulse. */
function endSurge(s: Supervisor): void {
  const still = s.pumpMs === s.surgeSeenMs;
  s.surgeSeenMs = s.pumpMs;
  if (still) s.surgePumpMs = s.pumpMs;
  else if (s.surgeAboveMmHg === NEVER) s.surgePumpMs = Number.POSITIVE_INFINITY;
  else if (s.pumpMs - s.surgePumpMs > QUIET_PULSE_MS) s.surges = 0;
}
