/**
 * The pressure itself: too high, vanished, or surging when the pump starts. What must never wait for a turn. Must never
 * loosen a bound while something is under way.
 */

import { MAX_CUFF_MMHG, MAX_FAULT_MMHG } from '../limits.ts';
import type { AssessTick, ReadTick } from '../tick.ts';
import { judgeFlat } from './flat-rules.ts';
import { distrustEmptyReading } from './fullness.ts';
import { trip } from './latch.ts';
import {
  TRIP_PRESSURE_VANISHED,
  VANISHED_FILL_MMHG,
  VANISHED_FILL_MS,
  VANISHED_FROM_MMHG,
  VANISHED_MS,
  VANISHED_SHARE,
} from './rows/air.ts';
import { FAULT_OVER_MS, MEAN_MS, OVER_MS, TRIP_OVER_PRESSURE } from './rows/pressure.ts';
import { SURGE_LIMIT, SURGE_MMHG, TRIP_HOSE_BLOCKED } from './rows/vent.ts';
import { doubtSample, judgeSample } from './sensor-rules.ts';
import type { Supervisor, Writes } from './state.ts';

/** Read in every tick, or once a round. */
export interface Level {
  /** A reading up to this needs no look, mmHg. */
  upperMmHg: number;
  /** A reading down to this needs no look, mmHg; NEVER while something is under way. */
  lowerMmHg: number;
  /** Mean pressure over about 2 s, mmHg. */
  meanMmHg: number;
  /** The sum of the bleeds, lagging as the mean does, ms. */
  lagBledMs: number;
  /** The sum of the pump, lagging as the mean does, ms. */
  lagPumpMs: number;
  /** Level in a fill, mmHg: rises faster than the mean. */
  fillLevelMmHg: number;
  /** A reading below this has vanished, mmHg. */
  vanishedBelowMmHg: number;
  /** A reading above this is a surge, mmHg. */
  surgeAboveMmHg: number;
}

export interface LevelTimers {
  /** The sum of the pump at the start of the pulse, ms; never, once the reading has surged in it. */
  surgePumpMs: number;
  /** The sum of the pump at the last look for surges, ms. */
  surgeSeenMs: number;
  /** The sum of the bleeds then, ms. */
  surgeBledMs: number;
  /** Pulses with a surge in a row. */
  surges: number;
  /** ms above MAX_CUFF_MMHG. */
  overMs: number;
  /** ms above MAX_FAULT_MMHG. */
  faultOverMs: number;
  /** ms for which the reading has vanished. */
  vanishedMs: number;
}

export function createLevel(): Level {
  return {
    upperMmHg: 0,
    lowerMmHg: 0,
    meanMmHg: 0,
    lagBledMs: 0,
    lagPumpMs: 0,
    fillLevelMmHg: 0,
    vanishedBelowMmHg: -1000,
    surgeAboveMmHg: 10000,
  };
}

export function createLevelTimers(): LevelTimers {
  return {
    surgePumpMs: 0,
    surgeSeenMs: 0,
    surgeBledMs: 0,
    surges: 0,
    overMs: 0,
    faultOverMs: 0,
    vanishedMs: 0,
  };
}

/** In a fill no hose makes a level of so much, and no cuff makes a reading below EMPTY_MMHG after it, mmHg. */
const SURE_FILL_MMHG = 30;
const EMPTY_MMHG = 4;
/** What a bleed takes at most, mmHg/ms: the fastest arm falls at 700 mmHg/s, a leg at 150 (its fastest twentieth; plant.md 0). */
export const ARM_BLEED_MMHG_PER_MS = 7 / 10;
export const LEG_BLEED_MMHG_PER_MS = 3 / 10;
/** Time constant of the level in a fill while it rises, ms: a fast arm is full in a second, a blow is over in 0.6 s. */
const FILL_MS = 400;
/** Pump time without a surge that ends the row, ms. */
const QUIET_PULSE_MS = 80;
/** A bound that no reading passes, mmHg. */
const NEVER = 10000;

/**
 * Only now and then: no good new sample, a reading out of bounds, or such a thing under way. What is under way leaves no room between
 * the bounds, so that the next tick comes here too.
 */
export function judgeSuspect(s: Writes<Level & LevelTimers>, t: AssessTick): void {
  let suspect = judgeSample(s, t);
  if (t.measuredMmHg <= MAX_CUFF_MMHG) s.overMs = 0;
  else suspect = judgeOver(s, t);
  if (t.measuredMmHg > s.surgeAboveMmHg && t.outPump > 0) countSurge(s, t);
  if (t.measuredMmHg >= s.vanishedBelowMmHg) s.vanishedMs = 0;
  else if (t.outVent === false) suspect = judgeLow(s, t);
  setBounds(s, suspect);
}

/** Bounds for the fast look. */
function setBounds(s: Writes<Level & LevelTimers>, suspect: boolean): void {
  s.lowerMmHg = suspect ? NEVER : s.vanishedBelowMmHg;
  s.upperMmHg = s.surgeAboveMmHg < MAX_CUFF_MMHG ? s.surgeAboveMmHg : MAX_CUFF_MMHG;
}

function judgeOver(s: Writes<Level & LevelTimers>, t: AssessTick): boolean {
  if (s.overMs === 0 || t.measuredMmHg <= MAX_FAULT_MMHG) s.faultOverMs = 0;
  s.overMs += t.dt;
  if (!(s.overMs < OVER_MS)) trip(s, t, TRIP_OVER_PRESSURE, t.measuredMmHg, MAX_CUFF_MMHG);
  if (!(t.measuredMmHg <= MAX_FAULT_MMHG)) judgeFarOver(s, t);
  return true;
}

function judgeFarOver(s: Writes<Level & LevelTimers>, t: AssessTick): void {
  s.faultOverMs += t.dt;
  if (!(s.faultOverMs < FAULT_OVER_MS)) trip(s, t, TRIP_OVER_PRESSURE, t.measuredMmHg, MAX_FAULT_MMHG);
}

/** Pressure that vanishes while the valve is shut: hose off, burst, cuff off, sense line off, valve fallen open. */
function judgeLow(s: Writes<Level & LevelTimers>, t: AssessTick): boolean {
  if (t.outBleedMs > 0) return true;
  if (isLetOut(s, t.measuredMmHg)) {
    s.vanishedMs = 0;
    return true;
  }
  s.vanishedMs += t.dt;
  if (s.reached) judgeVanished(s, t, VANISHED_MS);
  else judgeFillVanished(s, t);
  return true;
}

/**
 * Nothing is pumped meanwhile: the sample is doubtful until the next one is judged whole. A reading that is back at zero from a level that
 * no hose explains has vanished at once. One that is back where a slack cuff may be, after a blow or after what a narrow barb showed, has
 * time until the level has forgotten.
 */
function judgeFillVanished(s: Writes<Level & LevelTimers>, t: AssessTick): void {
  doubtSample(s, t);
  judgeVanished(
    s,
    t,
    t.measuredMmHg < EMPTY_MMHG && s.fillLevelMmHg >= SURE_FILL_MMHG ? VANISHED_MS : VANISHED_FILL_MS,
  );
}

function judgeVanished(s: Writes<Level & LevelTimers>, t: AssessTick, limit: number): void {
  if (!(s.vanishedMs < limit)) vanished(s, t);
}

/** Our own bleeds explain a low reading, but no more than they can take. */
function isLetOut(s: Readonly<Supervisor>, raw: number): boolean {
  const left = levelOf(s) - (s.bledMs - s.lagBledMs) * s.limits.bleedMmHgPerMs;
  return raw * 100 >= left * VANISHED_SHARE;
}

/** What the reading has fallen from. */
export function levelOf(s: Readonly<Supervisor>): number {
  return s.reached ? s.meanMmHg : s.fillLevelMmHg;
}

function vanished(s: Readonly<Supervisor>, t: AssessTick): void {
  distrustEmptyReading(s);
  trip(s, t, TRIP_PRESSURE_VANISHED, t.measuredMmHg, levelOf(s));
}

/**
 * The pump cannot bring the reading back: `code`, or pressure that has vanished where the reading is far below what was asked for. There
 * our own bleeds may have explained the fall at first. A line that is off leaves a full cuff behind.
 */
export function tripOrVanished(
  s: Readonly<Supervisor>,
  t: ReadTick,
  code: number,
  measured: number,
  allowed: number,
): void {
  if (t.filteredMmHg * 100 >= s.targetMmHg * VANISHED_SHARE) return trip(s, t, code, measured, allowed);
  distrustEmptyReading(s);
  trip(s, t, TRIP_PRESSURE_VANISHED, t.filteredMmHg, s.targetMmHg);
}

/**
 * Turn 2 of a hold: the mean, the bound below which a reading has vanished, and the bound above which it is a surge. The sums of bleeds
 * and pump are followed as the mean follows the reading: what they lag by was let out, or put in, lately.
 */
export function keepLevel(s: Writes<Level & LevelTimers>, t: AssessTick): void {
  judgeFlat(s, t);
  if (s.surges > 0) endSurge(s);
  const share = s.roundMs / MEAN_MS;
  const surge = surgeBase(s, t) + SURGE_MMHG;
  s.meanMmHg += (t.filteredMmHg - s.meanMmHg) * share;
  s.lagBledMs += (s.bledMs - s.lagBledMs) * share;
  s.lagPumpMs += (s.pumpMs - s.lagPumpMs) * share;
  s.vanishedBelowMmHg = s.meanMmHg < VANISHED_FROM_MMHG ? -NEVER : (s.meanMmHg * VANISHED_SHARE) / 100;
  s.surgeAboveMmHg = surge;
  s.upperMmHg = surge < MAX_CUFF_MMHG ? surge : MAX_CUFF_MMHG;
  if (s.lowerMmHg !== NEVER) s.lowerMmHg = s.vanishedBelowMmHg;
}

/** Turn 2 of a fill: the level rises faster than the mean, and there is less to lose. */
export function keepFillLevel(s: Writes<Level & LevelTimers>, t: AssessTick): void {
  const off = t.filteredMmHg - s.fillLevelMmHg;
  s.fillLevelMmHg += (off * s.roundMs) / (s.roundMs + (off < 0 ? MEAN_MS : FILL_MS));
  s.vanishedBelowMmHg =
    s.fillLevelMmHg < VANISHED_FILL_MMHG ? -NEVER : (s.fillLevelMmHg * VANISHED_SHARE) / 100;
  s.meanMmHg += ((t.filteredMmHg - s.meanMmHg) * s.roundMs) / MEAN_MS;
  s.lagBledMs = s.bledMs;
  s.lagPumpMs = s.pumpMs;
  if (s.surges > 0) endSurge(s);
  s.surgeAboveMmHg = surgeBase(s, t) + SURGE_MMHG;
  setBounds(s, s.lowerMmHg === NEVER);
}

/** While air flows out, and in a slow sample after it, the manifold reads far too low: what it gains when the valve shuts is no surge. */
function surgeBase(s: Writes<Level & LevelTimers>, t: AssessTick): number {
  const bled = s.bledMs !== s.surgeBledMs;
  s.surgeBledMs = s.bledMs;
  return bled && t.measuredMmHg < s.meanMmHg ? s.meanMmHg : t.measuredMmHg;
}

/** A manifold that fills at once has no cuff behind it: the hose is kinked or blocked. Counted once a round. */
function countSurge(s: Writes<Level & LevelTimers>, t: AssessTick): void {
  s.surgeAboveMmHg = NEVER;
  s.surges++;
  if (s.surges >= SURGE_LIMIT) trip(s, t, TRIP_HOSE_BLOCKED, t.measuredMmHg - levelOf(s), SURGE_MMHG);
}

/** A pulse without a surge ends the row; a round without the pump ends a pulse. */
function endSurge(s: Writes<Level & LevelTimers>): void {
  const still = s.pumpMs === s.surgeSeenMs;
  s.surgeSeenMs = s.pumpMs;
  if (still) s.surgePumpMs = s.pumpMs;
  else if (s.surgeAboveMmHg === NEVER) s.surgePumpMs = Number.POSITIVE_INFINITY;
  else if (s.pumpMs - s.surgePumpMs > QUIET_PULSE_MS) s.surges = 0;
}

/** The next fill begins without a past. */
export function forgetLevel(s: Writes<Level & LevelTimers>): void {
  s.meanMmHg = 0;
  s.fillLevelMmHg = 0;
  s.vanishedBelowMmHg = -1000;
  s.surgeAboveMmHg = NEVER;
  s.vanishedMs = 0;
  s.overMs = 0;
  s.surges = 0;
  s.surgePumpMs = s.pumpMs;
  s.lagBledMs = s.bledMs;
}
