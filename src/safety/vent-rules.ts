/**
 * After a vent the pressure must fall, but not faster than air can leave; and a vented cuff reads zero. Must never take a
 * reading of zero alone for an empty cuff.
 */

import { VENT_LIMIT_MS, VENTED_MMHG } from '../limits.ts';
import type { ReadTick } from '../tick.ts';
import { distrustEmptyReading } from './fullness.ts';
import { trip } from './latch.ts';
import { levelOf } from './level-rules.ts';
import {
  OFF_LOW_MMHG,
  OFF_LOW_MS,
  OFF_ZERO_MMHG,
  OFF_ZERO_MS,
  SETTLED_MS,
  TRIP_SENSOR_ZERO,
} from './rows/sensor.ts';
import {
  BLOCKED_FROM_MMHG,
  BLOCKED_MS,
  DROP_MS,
  DROP_TIMES,
  FALL_MS,
  FALL_PARTS,
  TRIP_HOSE_BLOCKED,
  TRIP_NOT_VENTING,
} from './rows/vent.ts';
import { NO_READING_MMHG } from './sensor-rules.ts';
import type { Writes } from './state.ts';

export interface Vent {
  /** Reading at the start of the vent, or the level before it if that was higher, mmHg. */
  ventFromMmHg: number;
  /** Lowest good reading of the vent so far, mmHg, and when the last good one was, ms since boot. */
  ventLowMmHg: number;
  ventLastAt: number;
  /** Reading at the start of the present window, mmHg. */
  fallFromMmHg: number;
  /** ms in the present window. */
  fallMs: number;
  /** ms for which a vented cuff has not read zero. */
  offZeroMs: number;
  /** Slowest vent of this power-up, from working pressure to VENTED_MMHG, ms; 0 = none seen. */
  slowestVentMs: number;
}

export function createVent(): Vent {
  return {
    ventFromMmHg: 0,
    ventLowMmHg: 0,
    ventLastAt: 0,
    fallFromMmHg: 0,
    fallMs: 0,
    offZeroMs: 0,
    slowestVentMs: 0,
  };
}

/**
 * Every tick of a vent with pressure, or the memory of it, in the cuff; `ventingMs` counts this tick too. Where the wearer has
 * to end it, how long he takes says nothing of how long a vent takes: it is not measured.
 */
export function judgeVenting(supervisor: Writes<Vent>, t: ReadTick): void {
  supervisor.fallMs += t.dt;
  if (
    supervisor.ventingMs <= BLOCKED_MS &&
    t.measuredMmHg <= VENTED_MMHG &&
    supervisor.ventFromMmHg >= BLOCKED_FROM_MMHG
  )
    blocked(supervisor, t);
  judgeDrop(supervisor, t);
  if (supervisor.fallMs >= FALL_MS) judgeFall(supervisor, t);
  if (supervisor.unproven) supervisor.ventFromMmHg = 0;
  if (!(supervisor.ventingMs < VENT_LIMIT_MS) && !(t.filteredMmHg <= VENTED_MMHG))
    trip(supervisor, t, TRIP_NOT_VENTING, t.filteredMmHg, VENTED_MMHG);
}

/** The reading at the start is that of the tick before the valve opened, or of this one: they are the same. */
export function startVent(supervisor: Writes<Vent>, t: ReadTick): void {
  const level = levelOf(supervisor);
  supervisor.ventFromMmHg = level > t.measuredMmHg ? level : t.measuredMmHg;
  supervisor.ventLowMmHg = t.measuredMmHg;
  supervisor.ventLastAt = t.now - t.dt;
  supervisor.fallFromMmHg = t.filteredMmHg;
  supervisor.fallMs = 0;
}

/**
 * The hose may fold when the vent has begun: from one good reading to the next no cuff loses so much. Against the lowest one: a blow on
 * the cuff comes down fast, too, but not below that.
 */
function judgeDrop(supervisor: Writes<Vent>, t: ReadTick): void {
  if (!t.fresh) return;
  if (hasDropped(supervisor, t)) blocked(supervisor, t);
  if (t.measuredMmHg < supervisor.ventLowMmHg) supervisor.ventLowMmHg = t.measuredMmHg;
  supervisor.ventLastAt = t.now;
}

/** True when this reading has fallen faster than air can leave: it proves nothing. */
export function hasDropped(supervisor: Readonly<Vent>, t: ReadTick): boolean {
  const ms = t.now - supervisor.ventLastAt;
  if (!(supervisor.ventLowMmHg > VENTED_MMHG && ms <= 2 * DROP_MS)) return false;
  return t.measuredMmHg * (ms <= DROP_MS ? DROP_TIMES : DROP_TIMES * DROP_TIMES) < supervisor.ventLowMmHg;
}

function blocked(supervisor: Writes<Vent>, t: ReadTick): void {
  distrustEmptyReading(supervisor);
  trip(supervisor, t, TRIP_HOSE_BLOCKED, supervisor.ventFromMmHg, supervisor.ventingMs);
}

function judgeFall(supervisor: Writes<Vent>, t: ReadTick): void {
  if (
    t.filteredMmHg > VENTED_MMHG &&
    !(t.filteredMmHg * FALL_PARTS <= supervisor.fallFromMmHg * (FALL_PARTS - 1))
  )
    trip(supervisor, t, TRIP_NOT_VENTING, t.filteredMmHg, VENTED_MMHG);
  supervisor.fallFromMmHg = t.filteredMmHg;
  supervisor.fallMs = 0;
}

/** The cuff has just been found vented: how long did it take from working pressure? */
export function noteVented(supervisor: Writes<Vent>): void {
  if (supervisor.ventFromMmHg >= BLOCKED_FROM_MMHG && supervisor.ventingMs > supervisor.slowestVentMs)
    supervisor.slowestVentMs = supervisor.ventingMs;
}

/**
 * On a vented cuff: the zero is checked at every release. The tail of a vent reads too high for some seconds and is waited for; a reading
 * below the open air is the part's, and pressure that comes back is looked at at once.
 */
export function judgeZero(supervisor: Writes<Vent>, t: ReadTick): void {
  const low = t.filteredMmHg < -OFF_LOW_MMHG;
  if (supervisor.ventedMs < SETTLED_MS && !(low || t.filteredMmHg > VENTED_MMHG)) supervisor.offZeroMs = 0;
  else if (t.filteredMmHg <= OFF_ZERO_MMHG && t.filteredMmHg >= -OFF_ZERO_MMHG) supervisor.offZeroMs = 0;
  else if (t.filteredMmHg > NO_READING_MMHG) offZero(supervisor, t);
}

/** What is above vented may be pressure: a pump that runs by itself against the open valve. The rest is the part. */
function offZero(supervisor: Writes<Vent>, t: ReadTick): void {
  supervisor.offZeroMs += t.dt;
  if (supervisor.offZeroMs < (t.filteredMmHg < -OFF_LOW_MMHG ? OFF_LOW_MS : OFF_ZERO_MS)) return;
  if (t.filteredMmHg > VENTED_MMHG) trip(supervisor, t, TRIP_NOT_VENTING, t.filteredMmHg, VENTED_MMHG);
  else trip(supervisor, t, TRIP_SENSOR_ZERO, t.filteredMmHg, OFF_ZERO_MMHG);
}
