/**
 * Why a session will not start: one bit a reason, in the order of importance (the lowest set bit is shown).
 * An inhibit never acts on a session under way; that is what trips are for.
 */

/** A trip is latched and not acknowledged. */
export const INHIBIT_TRIP = 1;
/** The sensor gives nothing that can be believed. */
export const INHIBIT_SENSOR = 2;
/** There is pressure in the cuff. */
export const INHIBIT_PRESSURE = 4;
/** No zero yet: trace not flat, or shifted since the last one. */
export const INHIBIT_ZERO = 8;
/** Settings missing, damaged or of another version. */
export const INHIBIT_SETTINGS = 16;
/** No occlusion pressure known for this limb. */
export const INHIBIT_NO_LOP = 32;
/** Time under pressure is used up, or the device was restarted with a session open. */
export const INHIBIT_LOCKOUT = 64;
/** Battery too low to finish a session. */
export const INHIBIT_BATTERY = 128;
/** A driver reports a fault. */
export const INHIBIT_DRIVER = 256;
/** A button is held or stuck. */
export const INHIBIT_BUTTON = 512;
/** The protocol asks for more than the limits allow. */
export const INHIBIT_PROTOCOL = 1024;
// the rest are asked of the wearer: another press within half a minute is the answer "yes, go on"
/** The occlusion pressure was taken in another posture than the session's. */
export const INHIBIT_POSTURE = 2048;
/** First use: have the screening questions been read and answered? */
export const INHIBIT_SCREENING = 4096;
/** The occlusion pressure is more than four weeks old. */
export const INHIBIT_LOP_OLD = 8192;
/** Not asked: the occlusion pressure was measured on another limb or with another cuff. */
export const INHIBIT_LOP_OTHER = 16384;
/** The last vents were too slow: this build cannot let go of the limb in time. */
export const INHIBIT_SLOW_VENT = 32768;
/** A `--dev` image on a board that is not strapped for the bench: it is not for wearing. */
export const INHIBIT_BENCH = 65536;
/** The open cuff reads what this part cannot read in open air: not a zero, at any place on Earth. */
export const INHIBIT_ZERO_RANGE = 131072;
/** A fitted STOP reads open: pushed, jammed, or its wire is broken. */
export const INHIBIT_STOP = 262144;
/** A fitted STOP has not been tried since the power came. */
export const INHIBIT_STOP_UNTRIED = 524288;
/** The flash has refused a write: it is full or broken, and something was not kept. */
export const INHIBIT_STORE = 1048576;

const NAMES =
  'trip sensor pressure zero settings no-lop lockout battery driver button protocol posture screening lop-old lop-other slow-vent bench zero-range stop stop-untried store';

/** Place of the lowest set bit, 1 = the first: the number that is blinked. 0 = none. */
export function inhibitNumber(bits: number): number {
  let n = 0;
  while (bits >> n !== 0 && (bits & (1 << n)) === 0) n++;
  return bits >> n === 0 ? 0 : n + 1;
}

/** Names of the set bits, most important first. */
export function inhibitNames(bits: number): string[] {
  return NAMES.split(' ').filter((_name, i) => (bits & (1 << i)) !== 0);
}
