/** Tapping along with a blinking lamp: rows of taps, and which patterns they can be. Pure: times come from the caller. */
import { SLOT_MS } from '../../../../src/wearer/patterns.ts';

/** How long the key or the finger was down, ms. */
export type Taps = readonly number[];

/** A pause that is longer ends the row, ms: no pattern waits for so long between two flashes of one cycle. */
export const ROW_ENDS_MS = 1400;
/** From here on a flash is a long one, ms: a short one is at most 500, a long one at least 625. */
const LONG_MS = 600;

/**
 * `flashes`: lengths of the flashes of a cycle, slots; `pause`: dark slots after them. A row that is tapped is as many, each long where that is long;
 * where the pause does not end the row it is one cycle or several. A lamp that is never dark is no row at all: there is nothing to tap along with.
 */
export function isTapped(taps: Taps, flashes: readonly number[], pause: number): boolean {
  const many = flashes.length;
  const goesOn = pause * SLOT_MS < ROW_ENDS_MS;
  if (taps.length === 0 || many === 0 || pause === 0) return false;
  if (goesOn ? taps.length % many !== 0 : taps.length !== many) return false;
  return taps.every((ms, i) => ms >= LONG_MS === (flashes[i % many] ?? 0) * SLOT_MS >= LONG_MS);
}

/** "long, short, short". */
export function tapWords(taps: Taps): string {
  return taps.map((ms) => (ms >= LONG_MS ? 'long' : 'short')).join(', ');
}
