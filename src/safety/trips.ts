/**
 * What the device itself asks about a trip: its name for the record, and how it is cleared. By code, from the table that
 * is made from the rows in rows/. Must never be called in a tick under pressure that trips nothing.
 */
import { TRIP_CLEARED_BY, TRIP_NAMES, TRIP_SEVERITIES } from './trip-table.ts';

/** No trip is latched. */
export const TRIP_NONE = 0;

/** The place of an unknown code in the table: `internal-error`. */
const UNKNOWN = 10;

/** Stable name of a trip, `none` without one. An unknown code gives `internal-error`. */
export function tripName(code: number): string {
  const names = TRIP_NAMES.split(' ');
  return names[code] ?? (names[UNKNOWN] as string);
}

/** True for trips after which opening the valve is not enough: the wearer has to act. */
export function isHazard(code: number): boolean {
  return TRIP_SEVERITIES.charAt(code) === 'h';
}

/** True where a press on a vented cuff clears the latch; else only a restart does. An unknown code is not cleared by a press. */
export function isClearedByPress(code: number): boolean {
  return TRIP_CLEARED_BY.charAt(code) === 'v';
}
