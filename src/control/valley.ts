import type { Tick } from '../ports.ts';
import { type Regulator, SLOT_MS, VALLEY_MASK } from './state.ts';

/** A turn smaller than this is noise, mmHg. */
const TURN_MMHG = 1;

export function startValleys(r: Regulator): void {
  const v = r.valley;
  v.count = 0;
  v.next = 0;
  v.falling = false;
  v.edge = r.limb;
  v.edgeLimb = r.limb;
  v.edgeSlot = r.slot;
}

/** Takes the newest slot of the ring into the list of valleys. */
export function followValley(r: Regulator, limb: number): void {
  const v = r.valley;
  const seen = limb + r.plant.up * SLOT_MS * r.slot;
  if (v.falling) {
    if (seen < v.edge) {
      v.edge = seen;
      v.edgeLimb = limb;
      v.edgeSlot = r.slot;
    } else if (seen > v.edge + TURN_MMHG) {
      v.slot[v.count & VALLEY_MASK] = v.edgeSlot;
      v.limb[v.count & VALLEY_MASK] = v.edgeLimb;
      v.count += 1;
      v.falling = false;
      v.edge = seen;
    }
  } else if (seen > v.edge) v.edge = seen;
  else if (seen < v.edge - TURN_MMHG) {
    v.falling = true;
    v.edge = seen;
    v.edgeLimb = limb;
    v.edgeSlot = r.slot;
  }
}

/** ms from now until the forecast reaches valley `n`. */
export function untilValley(r: Regulator, t: Tick, n: number): number {
  return r.slotAt - t.now - (r.slot - (r.valley.slot[n & VALLEY_MASK] as number)) * SLOT_MS + r.lag;
}

/** Points at the first valley that still lies ahead; after the lag has changed. */
export function aimValley(r: Regulator, t: Tick): void {
  const v = r.valley;
  let n = v.count;
  while (n > 0 && n > v.count - 5 && untilValley(r, t, n - 1) > 0) n -= 1;
  v.next = n;
}
