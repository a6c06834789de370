import { NEVER, type Regulator, SLOT_MS, TURN_MASK, type Turns } from './state.ts';

/** A turn smaller than this is noise, mmHg. */
const TURN_MMHG = 1;

/** Slower cycles than this have no crest that outruns a valve. */
const STEEP_MS = 1400;

export function startTurns(v: Turns, limb: number): void {
  v.count = 0;
  v.next = 0;
  v.falling = false;
  v.edge = limb;
  v.due = NEVER;
  v.due2 = NEVER;
}

/** Looks up the next two turns of the forecast. */
function lookUp(r: Regulator, v: Turns): void {
  const n = v.next;
  const lag = r.lag - r.ageMs;
  v.due = NEVER;
  v.due2 = NEVER;
  if (n >= v.count) return;
  v.due = (v.at[n & TURN_MASK] as number) + lag;
  v.dueLimb = v.limb[n & TURN_MASK] as number;
  if (n + 1 >= v.count) return;
  v.due2 = (v.at[(n + 1) & TURN_MASK] as number) + lag;
  v.due2Limb = v.limb[(n + 1) & TURN_MASK] as number;
}

/** The next turn has passed. */
export function passTurn(r: Regulator, v: Turns): void {
  v.next += 1;
  lookUp(r, v);
}

function keepTurn(r: Regulator, v: Turns, seen: number): void {
  v.at[v.count & TURN_MASK] = v.edgeAt;
  v.limb[v.count & TURN_MASK] = v.edgeLimb;
  v.count += 1;
  v.falling = false;
  v.edge = seen;
  if (r.lag > 0 && v.due2 === NEVER) lookUp(r, v);
}

/** Takes the newest slot into a list of turns; `ramp` is what the actuator does in a slot, mmHg. */
export function followTurns(r: Regulator, v: Turns, limb: number, ramp: number): void {
  const edge = v.edge - ramp;
  if (limb < (v.falling ? edge : edge - TURN_MMHG)) {
    v.falling = true;
    v.edge = limb;
    v.edgeLimb = limb;
    v.edgeAt = r.slotAt;
  } else if (v.falling) {
    v.edge = edge;
    if (limb > edge + TURN_MMHG) keepTurn(r, v, limb);
  } else v.edge = limb > edge ? limb : edge;
}

/** Points at the first turn that still lies ahead; after the lag has changed. */
export function aimTurns(r: Regulator, v: Turns, now: number): void {
  const limit = now - r.lag + r.ageMs;
  let n = v.count;
  while (n > 0 && n > v.count - 4 && (v.at[(n - 1) & TURN_MASK] as number) > limit) n -= 1;
  v.next = n;
  lookUp(r, v);
}

/** A slot's worth of both actuators is taken into the lists. */
export function followSlot(r: Regulator, limb: number): void {
  followTurns(r, r.valley, limb, r.plant.up * SLOT_MS);
  if (r.beat.period < STEEP_MS) followTurns(r, r.crest, -limb, r.plant.down * SLOT_MS);
}
