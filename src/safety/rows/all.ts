/**
 * Every row, and a trip put into words. For people and documents: must never be imported by a file of the image, which
 * would then carry every text.
 */
import { TRIP_NONE } from '../trips.ts';
import { AIR_ROWS } from './air.ts';
import { BOOK_ROWS } from './book.ts';
import { FILL_ROWS } from './fill.ts';
import { FIRMWARE_ROWS, TRIP_INTERNAL } from './firmware.ts';
import { OUTPUT_ROWS } from './outputs.ts';
import { PRESSURE_ROWS } from './pressure.ts';
import type { TripRow } from './row.ts';
import { SENSOR_ROWS } from './sensor.ts';
import { VENT_ROWS } from './vent.ts';

/** All rules, in the order of their codes. A code that no rule has any more, or not yet, is a gap. */
export const TRIP_ROWS: readonly TripRow[] = [
  ...PRESSURE_ROWS,
  ...SENSOR_ROWS,
  ...AIR_ROWS,
  ...FILL_ROWS,
  ...BOOK_ROWS,
  ...VENT_ROWS,
  ...OUTPUT_ROWS,
  ...FIRMWARE_ROWS,
].sort((a, b) => a.code - b.code);

/** Codes of rules that are gone. They are never given to another: an old record would then say what did not happen. */
export const RETIRED_CODES: readonly number[] = [18, 27, 31];

/** The row of a trip; an unknown code gives that of `internal-error`. Throws on TRIP_NONE. */
export function tripRow(code: number): TripRow {
  if (code === TRIP_NONE) throw new Error('no trip has no row');
  return (TRIP_ROWS.find((row) => row.code === code) ??
    TRIP_ROWS.find((row) => row.code === TRIP_INTERNAL)) as TripRow;
}

/** The whole sentence for the wearer: what, measured, allowed, next step. */
export function tripText(code: number, measured: number, allowed: number): string {
  const row = tripRow(code);
  const said = row.message
    .replace('{m}', Math.round(measured).toString())
    .replace('{a}', Math.round(allowed).toString());
  return `${said} ${row.hint}`;
}

/** Today's name of a trip in a record: older firmware wrote other names for some. What is not known stays as it is. */
export function nameToday(name: string): string {
  return TRIP_ROWS.find((row) => row.formerName === name)?.name ?? name;
}
