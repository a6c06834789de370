/**
 * After a vent the pressure must fall, but not faster than air can leave; and a vented cuff reads zero. Must never take a
 * reading of zero alone for an empty cuff.
 */

import { VENT_LIMIT_MS, VENTED_MMHG } from '../limits.ts';
import type { ReadTick } from '../tick.ts';
import { distrustEmptyReading } from './fullness.ts';
import { trip } from './latch.ts';
import { levelOf } from './level-rules.ts';
import { OFF_ZERO_MMHG, OFF_ZERO_MS, SETTLED_MS, TRIP_SENSOR_ZERO } from './rows/sensor.ts';
import {
  BLOCKED_FROM_MMHG,
  BLOCKED_MS,
  DROP_MS,
  DROP_TIMES,
  FALL_MS,
  TRIP_HOSE_BLOCKED,
  TRIP_NOT_VENTING,
} from './rows/vent.ts';
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

/** Every tick of a vent with pressure, or the memory of it, in the cuff; `ventingMs` counts this tick too. */
export function judgeVenting(s: Writes<Vent>, t: ReadTick): void {
  s.fallMs += t.dt;
  if (s.ventingMs <= BLOCKED_MS && t.measuredMmHg <= VENTED_MMHG && s.ventFromMmHg >= BLOCKED_FROM_MMHG)
    blocked(s, t);
  judgeDrop(s, t);
  if (s.fallMs >= FALL_MS) judgeFall(s, t);
  // the wearer ends it: how long he takes says nothing of how long a vent takes
  if (s.unproven) s.ventFromMmHg = 0;
  if (!(s.ventingMs < VENT_LIMIT_MS) && !(t.filteredMmHg <= VENTED_MMHG))
    trip(s, t, TRIP_NOT_VENTING, t.filteredMmHg, VENTED_MMHG);
}

/** The reading at the start is that of the tick before the valve opened, or of this one: they are the same. */
export function startVent(s: Writes<Vent>, t: ReadTick): void {
  const level = levelOf(s);
  s.ventFromMmHg = level > t.measuredMmHg ? level : t.measuredMmHg;
  s.ventLowMmHg = t.measuredMmHg;
  s.ventLastAt = t.now - t.dt;
  s.fallFromMmHg = t.filteredMmHg;
  s.fallMs = 0;
}

/**
 * The hose may fold when the vent has begun: from one good reading to the next no cuff loses so much. Against the lowest one: a blow on
 * the cuff comes down fast, too, but not below that.
 */
function judgeDrop(s: Writes<Vent>, t: ReadTick): void {
  if (!t.fresh) return;
  if (hasDropped(s, t)) blocked(s, t);
  if (t.measuredMmHg < s.ventLowMmHg) s.ventLowMmHg = t.measuredMmHg;
  s.ventLastAt = t.now;
}

/** True when this reading has fallen faster than air can leave: it proves nothing. */
export function hasDropped(s: Readonly<Vent>, t: ReadTick): boolean {
  const ms = t.now - s.ventLastAt;
  if (!(s.ventLowMmHg > VENTED_MMHG && ms <= 2 * DROP_MS)) return false;
  return t.measuredMmHg * (ms <= DROP_MS ? DROP_TIMES : DROP_TIMES * DROP_TIMES) < s.ventLowMmHg;
}

function blocked(s: Writes<Vent>, t: ReadTick): void {
  distrustEmptyReading(s);
  trip(s, t, TRIP_HOSE_BLOCKED, s.ventFromMmHg, s.ventingMs);
}

function judgeFall(s: Writes<Vent>, t: ReadTick): void {
  if (t.filteredMmHg > VENTED_MMHG && !(t.filteredMmHg * 8 <= s.fallFromMmHg * 7))
    trip(s, t, TRIP_NOT_VENTING, t.filteredMmHg, VENTED_MMHG);
  s.fallFromMmHg = t.filteredMmHg;
  s.fallMs = 0;
}

/** The cuff has just been found vented: how long did it take from working pressure? */
export function noteVented(s: Writes<Vent>): void {
  if (s.ventFromMmHg >= BLOCKED_FROM_MMHG && s.ventingMs > s.slowestVentMs) s.slowestVentMs = s.ventingMs;
}

/** On a vented cuff: the zero is checked at every release, and pressure that comes back is looked at at once. */
export function judgeZero(s: Writes<Vent>, t: ReadTick): void {
  if (s.ventedMs < SETTLED_MS && !(t.filteredMmHg > VENTED_MMHG)) s.offZeroMs = 0;
  else if (t.filteredMmHg <= OFF_ZERO_MMHG && t.filteredMmHg >= -OFF_ZERO_MMHG) s.offZeroMs = 0;
  else if (t.filteredMmHg > -1000) offZero(s, t);
}

/** What is above vented may be pressure: a pump that runs by itself against the open valve. The rest is the part. */
function offZero(s: Writes<Vent>, t: ReadTick): void {
  s.offZeroMs += t.dt;
  if (s.offZeroMs < OFF_ZERO_MS) return;
  if (t.filteredMmHg > VENTED_MMHG) trip(s, t, TRIP_NOT_VENTING, t.filteredMmHg, VENTED_MMHG);
  else trip(s, t, TRIP_SENSOR_ZERO, t.filteredMmHg, OFF_ZERO_MMHG);
}
