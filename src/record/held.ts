/** How well a plant could be held while the wearer moved: for the message after the session only. It must never change a session. */

export const HELD_WELL = 0;
/** The pump ran nearly all the time in many movements and was too weak. */
export const HELD_WEAK = 1;
/** Out of the band mostly below, mostly above, and on both sides. */
export const HELD_LOW = 2;
export const HELD_HIGH = 3;
export const HELD_SWINGS = 4;

/** Nothing is said of less than so much work, ms, nor of a plant that was in the band for this share of it. */
const LEAST_MS = 60000;
const GOOD_PERMILLE = 800;

/** HELD_* of `moveMs` of work of which `inMs` were in the band, and of its movement cycles: valley too low, peak too high, pump too weak. */
export function heldHow(moveMs: number, inMs: number, low: number, high: number, weak: number): number {
  if (!(moveMs >= LEAST_MS) || inMs * 1000 >= moveMs * GOOD_PERMILLE) return HELD_WELL;
  if (weak * 4 > low) return HELD_WEAK;
  if (low > 2 * high) return HELD_LOW;
  return high > 2 * low ? HELD_HIGH : HELD_SWINGS;
}
