import type { Tick } from '../ports.ts';
import { type Regulator, SLOT_MS, TURN_MASK, type Turns } from './state.ts';

/** A turn smaller than this is noise, mmHg. */
const TURN_MMHG = 1;

export function startTurns(v: Turns, limb: number): void {
  v.count = 0;
  v.next = 0;
  v.falling = false;
  v.edge = limb;
  v.edgeLimb = limb;
  v.edgeSlot = 0;
}

function keepTurn(v: Turns, seen: number): void {
  v.slot[v.count & TURN_MASK] = v.edgeSlot;
  v.limb[v.count & TURN_MASK] = v.edgeLimb;
  v.count += 1;
  v.falling = false;
  v.edge = seen;
}

/** Takes the newest slot into a list of turns; `ramp` is what the actuator does in a slot, mmHg. */
export function followTurns(v: Turns, limb: number, slot: number, ramp: number): void {
  const seen = limb + ramp * slot;
  if (v.falling ? seen < v.edge : seen < v.edge - TURN_MMHG) {
    v.falling = true;
    v.edge = seen;
    v.edgeLimb = limb;
    v.edgeSlot = slot;
  } else if (v.falling) {
    if (seen > v.edge + TURN_MMHG) keepTurn(v, seen);
  } else if (seen > v.edge) v.edge = seen;
}

/** ms from now until the forecast reaches turn `n`. */
export function untilTurn(r: Regulator, t: Tick, v: Turns, n: number): number {
  return r.slotAt - t.now - r.ageMs + r.lag - (r.slot - (v.slot[n & TURN_MASK] as number)) * SLOT_MS;
}

/** Points at the first turn that still lies ahead; after the lag has changed. */
export function aimTurns(r: Regulator, t: Tick, v: Turns): void {
  let n = v.count;
  while (n > 0 && n > v.count - 5 && untilTurn(r, t, v, n - 1) > 0) n -= 1;
  v.next = n;
}
