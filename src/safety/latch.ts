/**
 * The latched trip: the one way to end a session for safety. The first cause stays with its numbers. A hazard found
 * later is kept beside it, because the wearer must be told of it. Must never be cleared while the cuff may hold pressure.
 */
import type { ReadTick } from '../tick.ts';
import type { Writes } from './state.ts';
import { isHazard, TRIP_NONE } from './trips.ts';

/** Read in every tick. */
export interface Latch {
  /** First cause, latched; TRIP_NONE = none. */
  trip: number;
}

/** What goes with the trip, for its message; rarely read. */
export interface TripDetails {
  /** First hazard found, the trip itself or one found after it; TRIP_NONE = none. */
  hazard: number;
  /** The value that tripped, in the unit of the rule's message. */
  measured: number;
  /** The limit that it broke, in the same unit. */
  allowed: number;
  /** Time of the trip, ms since boot. */
  tripAt: number;
}

export function createLatch(): Latch {
  return { trip: TRIP_NONE };
}

export function createTripDetails(): TripDetails {
  return { hazard: TRIP_NONE, measured: 0, allowed: 0, tripAt: 0 };
}

/** Latch a trip. The first cause stays; a hazard found after it is kept beside it. */
export function trip(
  supervisor: Writes<Latch & TripDetails>,
  t: ReadTick,
  code: number,
  measured: number,
  allowed: number,
): void {
  if (supervisor.hazard === TRIP_NONE && isHazard(code)) supervisor.hazard = code;
  if (supervisor.trip !== TRIP_NONE) return;
  supervisor.trip = code;
  supervisor.measured = measured;
  supervisor.allowed = allowed;
  supervisor.tripAt = t.now;
}

/** Clear a latched trip, on a vented cuff only. The caller has checked that a press may clear it. False when refused. */
export function clearTrip(supervisor: Writes<Latch & TripDetails>): boolean {
  if (supervisor.pressurised) return false;
  supervisor.trip = TRIP_NONE;
  supervisor.hazard = TRIP_NONE;
  return true;
}
