/**
 * Ticks must come one a period: a late one is an overrun, an early or backward one a clock that jumped. The interval keeps
 * its phase: after a late tick the next one may be early by as much. A collection of the platform's memory makes one tick
 * late by 40 ms; a loop that is too slow makes every tick late. Must never let a tick pass whose length is no number.
 */

import { LATE_MS, OVERRUN_MS } from '../limits.ts';
import type { ReadTick } from '../tick.ts';
import { countAsFull } from './fullness.ts';
import { trip } from './latch.ts';
import { LATE_TICKS, TRIP_CLOCK, TRIP_OVERRUN } from './rows/firmware.ts';
import { startRounds } from './slow-rules.ts';
import type { Writes } from './state.ts';

/** Read in every tick with the valve shut. */
export interface IntervalBounds {
  /** Longest tick that needs no look, ms; -1 on a vented cuff, where none is short enough. */
  longestTickMs: number;
  /** Shortest tick that needs no look, ms. */
  shortestTickMs: number;
}

export interface Lateness {
  /** Time of the last tick that was not as long as it should be, ms since boot. */
  irregularAt: number;
  /** What it came late by, less what early ones took back, ms. */
  lateMs: number;
  /** Late ticks in a row. */
  lateTicks: number;
  /** Ticks under pressure that came more than ODD_MS late, since power-up. A collection of the platform's memory shows as one. */
  lateSeen: number;
  /** Longest time between two ticks under pressure since power-up, ms; 0 before the first late one. What the rules of this file judge by. */
  longestSeenMs: number;
}

export function createIntervalBounds(): IntervalBounds {
  return { longestTickMs: -1, shortestTickMs: 0 };
}

export function createLateness(): Lateness {
  return { irregularAt: 0, lateMs: 0, lateTicks: 0, lateSeen: 0, longestSeenMs: 0 };
}

/** A tick that is longer than the period by more than this, ms, is noted: the next one may come early by as much. */
const ODD_MS = 10;

/** A tick with the valve shut that is not as long as it should be, or the first one of a hold. */
export function judgeInterval(supervisor: Writes<IntervalBounds & Lateness>, t: ReadTick): void {
  if (!supervisor.pressurised) begin(supervisor, t);
  if (t.dt > supervisor.longestTickMs && t.dt <= LATE_MS) noteLate(supervisor, t);
  else if (!(t.dt <= supervisor.longestTickMs && t.dt >= supervisor.shortestTickMs))
    judgeIrregular(supervisor, t);
}

/**
 * The valve was shut in the tick before: from now on there may be pressure. Half a period late needs no note: what the next tick is
 * early by then is still none.
 */
function begin(supervisor: Writes<IntervalBounds & Lateness>, t: ReadTick): void {
  countAsFull(supervisor);
  supervisor.longestTickMs = t.period + ODD_MS;
  supervisor.shortestTickMs = t.period / 2;
  supervisor.lateTicks = 0;
  startRounds(supervisor, t.now - t.dt);
}

/** Later than it should be, and not by much: most ticks of a slow board. Nothing is to be judged, only what the next one may be early by. */
function noteLate(supervisor: Writes<Lateness>, t: ReadTick): void {
  supervisor.irregularAt = t.now;
  supervisor.lateMs = t.dt - t.period;
  supervisor.lateTicks = 0;
  countLate(supervisor, t.dt);
}

function countLate(supervisor: Writes<Lateness>, dt: number): void {
  supervisor.lateSeen++;
  if (dt > supervisor.longestSeenMs) supervisor.longestSeenMs = dt;
}

/** An early tick, one that is no number, or one that is later than any should be. */
function judgeIrregular(supervisor: Writes<IntervalBounds & Lateness>, t: ReadTick): void {
  const early = noteInterval(supervisor, t) * 2 < t.period;
  if (t.dt > supervisor.longestTickMs) countLate(supervisor, t.dt);
  if (!(t.dt <= OVERRUN_MS)) trip(supervisor, t, TRIP_OVERRUN, t.dt, OVERRUN_MS);
  else if (supervisor.lateTicks >= LATE_TICKS) trip(supervisor, t, TRIP_OVERRUN, t.dt, LATE_MS);
  else if (!(t.dt >= 0) || early) trip(supervisor, t, TRIP_CLOCK, t.dt, t.period / 2);
}

/** The cuff is empty: the first tick with the valve shut again begins a new hold. */
export function expectFirstTick(supervisor: Writes<IntervalBounds>): void {
  supervisor.longestTickMs = -1;
}

/** How late it was, or what is left of the lateness after an early one. Gives dt with the lateness that explains it, ms. */
export function noteInterval(supervisor: Writes<Lateness>, t: ReadTick): number {
  const since = t.now - t.dt - supervisor.irregularAt;
  const follows = since < 1 && since > -1;
  const explained = follows ? t.dt + supervisor.lateMs : t.dt;
  const late = t.dt - t.period;
  supervisor.irregularAt = t.now;
  supervisor.lateTicks = t.dt > LATE_MS ? (follows ? supervisor.lateTicks + 1 : 1) : 0;
  supervisor.lateMs = late > 0 ? late : explained > t.period ? explained - t.period : 0;
  return explained;
}
