/**
 * The pressure itself: too high, gone, or jumping up when the pump starts. These rules look at every tick. Must never
 * wait for their turn of the four, or raise a limit because something is under way.
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
import { doubtSample, judgeSample, NO_READING_MMHG } from './sensor-rules.ts';
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
    fillLevelMmHg: 0,
    vanishedBelowMmHg: NO_READING_MMHG,
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

/**
 * Our decision, held against `npm run bench:false-alarms`. In a fill no hose makes a level of so much, and no cuff makes a reading below
 * READS_EMPTY_MMHG after it, mmHg.
 */
const SURE_FILL_MMHG = 30;
const READS_EMPTY_MMHG = 4;
/**
 * What a bleed takes at most, mmHg/ms: the fastest arm of sim/plant falls at 700 mmHg/s, a leg at 150 (the fastest twentieth of the reference
 * model, docs/sources.md).
 */
export const ARM_BLEED_MMHG_PER_MS = 7 / 10;
export const LEG_BLEED_MMHG_PER_MS = 3 / 10;
/** Time constant of the level in a fill while it rises, ms: a fast arm is full in a second, a blow is over in 0.6 s. */
const FILL_MS = 400;
/** Pump time without a surge that ends the row, ms. */
const QUIET_PULSE_MS = 80;
/** A bound that no reading passes, mmHg. */
const NEVER = 10000;

/**
 * Only now and then: no good new sample, a reading out of bounds, or such a thing under way. What is under way leaves nothing between
 * the bounds, so that the next tick comes here too.
 */
export function judgeSuspect(supervisor: Writes<Level & LevelTimers>, t: AssessTick): void {
  let suspect = judgeSample(supervisor, t);
  if (t.measuredMmHg <= MAX_CUFF_MMHG) supervisor.overMs = 0;
  else suspect = judgeOver(supervisor, t);
  if (t.measuredMmHg > supervisor.surgeAboveMmHg && t.outPump > 0) countSurge(supervisor, t);
  if (t.measuredMmHg >= supervisor.vanishedBelowMmHg) supervisor.vanishedMs = 0;
  else if (t.outVent === false) suspect = judgeLow(supervisor, t);
  setBounds(supervisor, suspect);
}

/** Bounds for the fast look. */
function setBounds(supervisor: Writes<Level & LevelTimers>, suspect: boolean): void {
  supervisor.lowerMmHg = suspect ? NEVER : supervisor.vanishedBelowMmHg;
  supervisor.upperMmHg =
    supervisor.surgeAboveMmHg < MAX_CUFF_MMHG ? supervisor.surgeAboveMmHg : MAX_CUFF_MMHG;
}

function judgeOver(supervisor: Writes<Level & LevelTimers>, t: AssessTick): boolean {
  if (supervisor.overMs === 0 || t.measuredMmHg <= MAX_FAULT_MMHG) supervisor.faultOverMs = 0;
  supervisor.overMs += t.dt;
  if (!(supervisor.overMs < OVER_MS)) trip(supervisor, t, TRIP_OVER_PRESSURE, t.measuredMmHg, MAX_CUFF_MMHG);
  if (!(t.measuredMmHg <= MAX_FAULT_MMHG)) judgeFarOver(supervisor, t);
  return true;
}

function judgeFarOver(supervisor: Writes<Level & LevelTimers>, t: AssessTick): void {
  supervisor.faultOverMs += t.dt;
  if (!(supervisor.faultOverMs < FAULT_OVER_MS))
    trip(supervisor, t, TRIP_OVER_PRESSURE, t.measuredMmHg, MAX_FAULT_MMHG);
}

/** Pressure that vanishes while the valve is shut: hose off, burst, cuff off, sense line off, valve fallen open. */
function judgeLow(supervisor: Writes<Level & LevelTimers>, t: AssessTick): boolean {
  if (t.outBleedMs > 0) return true;
  if (isLetOut(supervisor, t.measuredMmHg)) {
    supervisor.vanishedMs = 0;
    return true;
  }
  supervisor.vanishedMs += t.dt;
  if (supervisor.reached) judgeVanished(supervisor, t, VANISHED_MS);
  else judgeFillVanished(supervisor, t);
  return true;
}

/**
 * Nothing is pumped meanwhile: the sample is doubtful until the next one is judged whole. A reading that is back at zero from a level that
 * no hose explains has vanished at once. One that is back where a slack cuff may be, after a blow or after what a narrow barb showed, has
 * time until the level has forgotten.
 */
function judgeFillVanished(supervisor: Writes<Level & LevelTimers>, t: AssessTick): void {
  doubtSample(supervisor, t);
  judgeVanished(
    supervisor,
    t,
    t.measuredMmHg < READS_EMPTY_MMHG && supervisor.fillLevelMmHg >= SURE_FILL_MMHG
      ? VANISHED_MS
      : VANISHED_FILL_MS,
  );
}

function judgeVanished(supervisor: Writes<Level & LevelTimers>, t: AssessTick, limit: number): void {
  if (!(supervisor.vanishedMs < limit)) vanished(supervisor, t);
}

/** Our own bleeds explain a low reading, but no more than they can take. */
function isLetOut(supervisor: Readonly<Supervisor>, raw: number): boolean {
  const left =
    levelOf(supervisor) - (supervisor.bledMs - supervisor.lagBledMs) * supervisor.limits.bleedMmHgPerMs;
  return raw * 100 >= left * VANISHED_SHARE;
}

/** What the reading has fallen from. */
export function levelOf(supervisor: Readonly<Supervisor>): number {
  return supervisor.reached ? supervisor.meanMmHg : supervisor.fillLevelMmHg;
}

function vanished(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  distrustEmptyReading(supervisor);
  trip(supervisor, t, TRIP_PRESSURE_VANISHED, t.measuredMmHg, levelOf(supervisor));
}

/**
 * The pump cannot bring the reading back: `code`, or pressure that has vanished where the reading is far below what was asked for. There
 * our own bleeds may have explained the fall at first. A line that is off leaves a full cuff behind.
 */
export function tripOrVanished(
  supervisor: Readonly<Supervisor>,
  t: ReadTick,
  code: number,
  measured: number,
  allowed: number,
): void {
  if (t.filteredMmHg * 100 >= supervisor.targetMmHg * VANISHED_SHARE)
    return trip(supervisor, t, code, measured, allowed);
  distrustEmptyReading(supervisor);
  trip(supervisor, t, TRIP_PRESSURE_VANISHED, t.filteredMmHg, supervisor.targetMmHg);
}

/**
 * Turn 2 of a hold: the mean, the bound below which a reading has vanished, and the bound above which it is a surge. The sum of bleeds
 * is followed as the mean follows the reading: what it lags by was let out lately.
 */
export function keepLevel(supervisor: Writes<Level & LevelTimers>, t: AssessTick): void {
  judgeFlat(supervisor, t);
  if (supervisor.surges > 0) endSurge(supervisor);
  const share = supervisor.roundMs / MEAN_MS;
  const surge = surgeBase(supervisor, t) + SURGE_MMHG;
  supervisor.meanMmHg += (t.filteredMmHg - supervisor.meanMmHg) * share;
  supervisor.lagBledMs += (supervisor.bledMs - supervisor.lagBledMs) * share;
  supervisor.vanishedBelowMmHg =
    supervisor.meanMmHg < VANISHED_FROM_MMHG ? -NEVER : (supervisor.meanMmHg * VANISHED_SHARE) / 100;
  supervisor.surgeAboveMmHg = surge;
  supervisor.upperMmHg = surge < MAX_CUFF_MMHG ? surge : MAX_CUFF_MMHG;
  if (supervisor.lowerMmHg !== NEVER) supervisor.lowerMmHg = supervisor.vanishedBelowMmHg;
}

/** Turn 2 of a fill: the level rises faster than the mean, and there is less to lose. */
export function keepFillLevel(supervisor: Writes<Level & LevelTimers>, t: AssessTick): void {
  const off = t.filteredMmHg - supervisor.fillLevelMmHg;
  supervisor.fillLevelMmHg +=
    (off * supervisor.roundMs) / (supervisor.roundMs + (off < 0 ? MEAN_MS : FILL_MS));
  supervisor.vanishedBelowMmHg =
    supervisor.fillLevelMmHg < VANISHED_FILL_MMHG
      ? -NEVER
      : (supervisor.fillLevelMmHg * VANISHED_SHARE) / 100;
  supervisor.meanMmHg += ((t.filteredMmHg - supervisor.meanMmHg) * supervisor.roundMs) / MEAN_MS;
  supervisor.lagBledMs = supervisor.bledMs;
  if (supervisor.surges > 0) endSurge(supervisor);
  supervisor.surgeAboveMmHg = surgeBase(supervisor, t) + SURGE_MMHG;
  setBounds(supervisor, supervisor.lowerMmHg === NEVER);
}

/** While air flows out, and in a slow sample after it, the manifold reads far too low: what it gains when the valve shuts is no surge. */
function surgeBase(supervisor: Writes<Level & LevelTimers>, t: AssessTick): number {
  const bled = supervisor.bledMs !== supervisor.surgeBledMs;
  supervisor.surgeBledMs = supervisor.bledMs;
  return bled && t.measuredMmHg < supervisor.meanMmHg ? supervisor.meanMmHg : t.measuredMmHg;
}

/** A manifold that fills at once has no cuff behind it: the hose is kinked or blocked. Counted once a round. */
function countSurge(supervisor: Writes<Level & LevelTimers>, t: AssessTick): void {
  supervisor.surgeAboveMmHg = NEVER;
  supervisor.surges++;
  if (supervisor.surges >= SURGE_LIMIT)
    trip(supervisor, t, TRIP_HOSE_BLOCKED, t.measuredMmHg - levelOf(supervisor), SURGE_MMHG);
}

/** A pulse without a surge ends the row; a round without the pump ends a pulse. */
function endSurge(supervisor: Writes<Level & LevelTimers>): void {
  const still = supervisor.pumpMs === supervisor.surgeSeenMs;
  supervisor.surgeSeenMs = supervisor.pumpMs;
  if (still) supervisor.surgePumpMs = supervisor.pumpMs;
  else if (supervisor.surgeAboveMmHg === NEVER) supervisor.surgePumpMs = Number.POSITIVE_INFINITY;
  else if (supervisor.pumpMs - supervisor.surgePumpMs > QUIET_PULSE_MS) supervisor.surges = 0;
}

/** The next fill begins without a past. */
export function forgetLevel(supervisor: Writes<Level & LevelTimers>): void {
  supervisor.meanMmHg = 0;
  supervisor.fillLevelMmHg = 0;
  supervisor.vanishedBelowMmHg = NO_READING_MMHG;
  supervisor.surgeAboveMmHg = NEVER;
  supervisor.vanishedMs = 0;
  supervisor.overMs = 0;
  supervisor.surges = 0;
  supervisor.surgePumpMs = supervisor.pumpMs;
  supervisor.lagBledMs = supervisor.bledMs;
}
