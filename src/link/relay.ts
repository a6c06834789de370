/**
 * Two cuffs of one wearer: each is a whole device, and the STOP of one reaches the other where the radio lets it. Neither depends
 * on it. What comes over the air can stop and nothing else, and is not passed on.
 */
import type { Core } from '../core.ts';
import { stopNow } from '../wearer/press.ts';

/** The packets of one stop come for some seconds: within so long of the last one, the same number is the same stop, ms. */
export const SAME_STOP_MS = 5000;

/** The other cuff was stopped; its packets carry `number`. */
export function heardStop(core: Core, number: number): void {
  const now = core.tick.now;
  const same = number === core.heardNumber && now - core.heardAt < SAME_STOP_MS;
  core.heardNumber = number;
  core.heardAt = now;
  if (!same) stopNow(core);
}
