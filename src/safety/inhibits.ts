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
/** No zero yet: trace not flat, reading outside the ambient range, or shifted since the last one. */
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

const NAMES = 'trip sensor pressure zero settings no-lop lockout battery driver button protocol';

/** Names of the set bits, most important first. */
export function inhibitNames(bits: number): string[] {
  return NAMES.split(' ').filter((_name, i) => (bits & (1 << i)) !== 0);
}
