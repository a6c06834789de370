/**
 * Why a session will not start: one bit a reason, in the order of importance (the lowest set bit is shown and blinked).
 * An inhibit must never act on a session under way; that is what trips are for.
 */
import { INHIBIT_NAMES } from './trip-table.ts';

export const INHIBIT_TRIP = 1;
export const INHIBIT_SENSOR = 2;
export const INHIBIT_PRESSURE = 4;
export const INHIBIT_ZERO = 8;
export const INHIBIT_SETTINGS = 16;
export const INHIBIT_NO_LOP = 32;
export const INHIBIT_LOCKOUT = 64;
export const INHIBIT_BATTERY = 128;
export const INHIBIT_DRIVER = 256;
export const INHIBIT_BUTTON = 512;
export const INHIBIT_PROTOCOL = 1024;
export const INHIBIT_POSTURE = 2048;
export const INHIBIT_SCREENING = 4096;
export const INHIBIT_LOP_OLD = 8192;
export const INHIBIT_LOP_OTHER = 16384;
export const INHIBIT_SLOW_VENT = 32768;
export const INHIBIT_BENCH = 65536;
export const INHIBIT_ZERO_RANGE = 131072;
export const INHIBIT_STOP = 262144;
export const INHIBIT_STOP_UNTRIED = 524288;
export const INHIBIT_STORE = 1048576;
export const INHIBIT_COMMISSION = 2097152;
export const INHIBIT_DAY = 4194304;
export const INHIBIT_PARTS = 8388608;

/** What is to be said about an inhibit. The image keeps the names alone. */
export interface InhibitRow {
  readonly bit: number;
  /** Stable name, in records and documents. */
  readonly name: string;
  /** Why no session starts. */
  readonly reason: string;
  /** What the wearer can do. */
  readonly remedy: string;
}

/** By bit, the first is 1, without a gap; the place in the list is the number that is blinked. */
export const INHIBIT_ROWS: readonly InhibitRow[] = [
  {
    bit: INHIBIT_TRIP,
    name: 'trip',
    reason: 'a trip is latched',
    remedy: 'press to acknowledge, or restart',
  },
  {
    bit: INHIBIT_SENSOR,
    name: 'sensor',
    reason: 'the sensor does not answer, or what it says cannot be',
    remedy: 'check its plug and cable, then replace it',
  },
  {
    bit: INHIBIT_PRESSURE,
    name: 'pressure',
    reason: 'there is pressure in the cuff',
    remedy: 'open it',
  },
  {
    bit: INHIBIT_ZERO,
    name: 'zero',
    reason: 'no good zero yet: the trace is not flat, or it has shifted',
    remedy: 'lay the cuff open and still',
  },
  {
    bit: INHIBIT_SETTINGS,
    name: 'settings',
    reason: 'the stored settings are missing, damaged or of another version',
    remedy: 'write them again',
  },
  {
    bit: INHIBIT_NO_LOP,
    name: 'no-lop',
    reason: 'no occlusion pressure is known',
    remedy: 'hold 2 s to measure it, or enter one',
  },
  {
    bit: INHIBIT_LOCKOUT,
    name: 'lockout',
    reason: 'the time under pressure is used up, or the device was restarted in a session',
    remedy: 'leave the cuff open for 3 min',
  },
  {
    bit: INHIBIT_BATTERY,
    name: 'battery',
    reason: 'the battery is too low to finish a session',
    remedy: 'charge the battery',
  },
  {
    bit: INHIBIT_DRIVER,
    name: 'driver',
    reason: 'a motor driver reports a fault',
    remedy: 'check the wiring',
  },
  {
    bit: INHIBIT_BUTTON,
    name: 'button',
    reason: 'a button is held down or jammed',
    remedy: 'let go; if it stays, the button or its wire is faulty',
  },
  {
    bit: INHIBIT_PROTOCOL,
    name: 'protocol',
    reason: 'the protocol is missing, damaged, or beyond a limit of yours',
    remedy: 'choose another one',
  },
  {
    bit: INHIBIT_POSTURE,
    name: 'posture',
    reason: 'the occlusion pressure was taken in another posture',
    remedy: 'press again to go on with a lower or equal pressure',
  },
  {
    bit: INHIBIT_SCREENING,
    name: 'screening',
    reason: 'first use',
    remedy: 'press again when you have read and answered docs/screening.md',
  },
  {
    bit: INHIBIT_LOP_OLD,
    name: 'lop-old',
    reason: 'the occlusion pressure is more than 4 weeks old',
    remedy: 'press again to use it all the same',
  },
  {
    bit: INHIBIT_LOP_OTHER,
    name: 'lop-other',
    reason: 'the occlusion pressure was measured on another limb or with another cuff',
    remedy: 'measure again',
  },
  {
    bit: INHIBIT_SLOW_VENT,
    name: 'slow-vent',
    reason: 'a vent took longer than 10 s (arm) or 30 s (leg) to 15 mmHg',
    remedy: 'fit a larger valve or hose, then restart; do not train with this build',
  },
  {
    bit: INHIBIT_BENCH,
    name: 'bench',
    reason: 'a --dev image, not for wearing',
    remedy: 'flash the shipped one (./flash.sh), or strap the bench pin to ground before the power comes',
  },
  {
    bit: INHIBIT_ZERO_RANGE,
    name: 'zero-range',
    reason:
      'the open cuff reads what no open air reads (absolute parts 360 to 840 mmHg: 5,700 m high to sea level; gauge parts near 0)',
    remedy: 'open the cuff; if it is open, the sensor is faulty or not the one this image is for',
  },
  {
    bit: INHIBIT_STOP,
    name: 'stop',
    reason: 'STOP reads open: it is pushed or jammed, or its wire is broken',
    remedy: 'let go, or mend it',
  },
  {
    bit: INHIBIT_STOP_UNTRIED,
    name: 'stop-untried',
    reason: 'STOP has not been tried since the power came',
    remedy: 'push it once',
  },
  {
    bit: INHIBIT_STORE,
    name: 'store',
    reason:
      'the memory is full or broken: something could not be written, such as a session that has ended (it is not counted then)',
    remedy: 'free memory in service mode (docs/flashing.md), then restart',
  },
  {
    bit: INHIBIT_COMMISSION,
    name: 'commission',
    reason: 'this build has not passed its commissioning',
    remedy: 'npm run cuff -- commission (docs/commissioning.md)',
  },
  {
    bit: INHIBIT_DAY,
    name: 'day',
    reason: 'another session could pass 2 h under pressure in 24 h',
    remedy: 'go on tomorrow',
  },
  {
    bit: INHIBIT_PARTS,
    name: 'parts',
    reason: 'firmware, board or sensor is another than the one that passed the commissioning',
    remedy:
      'npm run cuff -- status says which; then the short list, npm run cuff -- commission --after firmware, board or sensor',
  },
];

/** Place of the lowest set bit, 1 = the first: the number that is blinked. 0 = none. */
export function inhibitNumber(bits: number): number {
  let n = 0;
  while (bits >> n !== 0 && (bits & (1 << n)) === 0) n++;
  return bits >> n === 0 ? 0 : n + 1;
}

/** Names of the set bits, most important first. */
export function inhibitNames(bits: number): string[] {
  return INHIBIT_NAMES.split(' ').filter((_name, i) => (bits & (1 << i)) !== 0);
}
