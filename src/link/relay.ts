/**
 * Two cuffs of one wearer: each is a whole device, and the STOP of one reaches the other where the radio lets it. Neither depends
 * on it. What comes over the air can stop and nothing else, and is not passed on.
 * Must never do anything with what comes over the air but stop.
 */

import { stopNow } from '../wearer/press.ts';
import type { LinkParts } from './parts.ts';

/** The packets of one stop come for some seconds: within so long of the last one, the same number is the same stop, ms. */
export const SAME_STOP_MS = 5000;

/** The other cuff was stopped; its packets carry `number`. */
export function heardStop(device: LinkParts, number: number): void {
  const now = device.tick.now;
  const same = number === device.relay.heardNumber && now - device.relay.heardAt < SAME_STOP_MS;
  device.relay.heardNumber = number;
  device.relay.heardAt = now;
  if (!same) stopNow(device);
}
