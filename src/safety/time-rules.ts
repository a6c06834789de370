/**
 * Time under pressure, and the release that gives it back. Must never give it back because time has passed: only time with
 * a believed reading of an empty cuff counts.
 */

import { MAX_LEG_MS, OVERRUN_MS, RELEASE_MS, VENTED_MMHG } from '../limits.ts';
import type { ReadTick } from '../tick.ts';
import { trip } from './latch.ts';
import { TRIP_TIME } from './rows/firmware.ts';
import type { Supervisor, Writes } from './state.ts';
import { TRIP_NONE } from './trips.ts';

export interface TimeUsed {
  /** ms under pressure since the last full release. */
  usedMs: number;
  /** ms under pressure since power-up, brought up to date whenever the cuff is found empty; and what of `usedMs` is in it. */
  pressedMs: number;
  countedMs: number;
  /** ms vented in a row. */
  ventedMs: number;
  /** ms in a row for which a believed reading has shown the cuff empty. */
  releasedMs: number;
}

export function createTimeUsed(): TimeUsed {
  return { usedMs: 0, pressedMs: 0, countedMs: 0, ventedMs: 0, releasedMs: 0 };
}

/** Add `ms` under pressure, and trip when the allowed time is used up. */
export function judgeTime(supervisor: Writes<TimeUsed>, t: ReadTick, ms: number): void {
  supervisor.usedMs += ms;
  if (!(supervisor.usedMs <= supervisor.limits.pressureMs))
    trip(supervisor, t, TRIP_TIME, supervisor.usedMs / 1000, supervisor.limits.pressureMs / 1000);
}

/** Add `ms` of a vent: the cuff still holds pressure, but the session is over already. */
export function countVentTime(supervisor: Writes<TimeUsed>, ms: number): void {
  supervisor.usedMs += ms;
}

/** The cuff has just been found empty. */
export function startRelease(supervisor: Writes<TimeUsed>): void {
  supervisor.pressedMs += supervisor.usedMs - supervisor.countedMs;
  supervisor.countedMs = supervisor.usedMs;
  supervisor.ventedMs = 0;
  supervisor.releasedMs = 0;
}

/**
 * A tick on a vented cuff. Without a believed reading nothing counts as release; with one that shows pressure, or while a hazard stands, it
 * begins again. One tick is worth OVERRUN_MS at most: a clock that jumps gives nothing back.
 */
export function countRelease(supervisor: Writes<TimeUsed>, t: ReadTick): void {
  const ms = t.dt <= OVERRUN_MS ? t.dt : OVERRUN_MS;
  supervisor.ventedMs += ms;
  if (t.doubtful !== false) return;
  supervisor.releasedMs =
    t.filteredMmHg <= VENTED_MMHG && supervisor.hazard === TRIP_NONE ? supervisor.releasedMs + ms : 0;
  if (supervisor.releasedMs >= RELEASE_MS) giveBack(supervisor);
}

function giveBack(supervisor: Writes<TimeUsed>): void {
  supervisor.usedMs = 0;
  supervisor.countedMs = 0;
}

/** True once the cuff has been seen empty for as long as a full release takes. */
export function isReleased(supervisor: Readonly<Supervisor>): boolean {
  return supervisor.releasedMs >= RELEASE_MS;
}

/** A restart in the middle of a session: nothing is known of the time used, so all of it counts as used. */
export function startLockout(supervisor: Writes<TimeUsed>): void {
  supervisor.usedMs = MAX_LEG_MS + RELEASE_MS;
  supervisor.countedMs = supervisor.usedMs;
  supervisor.ventedMs = 0;
  supervisor.releasedMs = 0;
}

/** True while the time under pressure is used up and not given back. */
export function isLockedOut(supervisor: Readonly<Supervisor>): boolean {
  return !(supervisor.usedMs < supervisor.limits.pressureMs);
}
