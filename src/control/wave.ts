import type { Tick } from '../ports.ts';
import { type Regulator, SLOT_MASK, SLOT_MS } from './state.ts';

/** Trust in a sample, by what flows while it is taken: hose losses are modelled only roughly. */
const TRUST_STILL = 9 / 10;
const TRUST_PUMP = 55 / 100;
const TRUST_BLEED = 4 / 10;

function trust(r: Regulator, t: Tick): number {
  if (t.outBleedMs > 0) return TRUST_BLEED;
  return r.speedWas > 1 / 20 ? TRUST_PUMP : TRUST_STILL;
}

/** Limb pressure from the new sample: the reading less the drop over the hose, less our own air. */
export function seeLimb(r: Regulator, t: Tick): void {
  r.limbWas = r.limb;
  if (!t.fresh) return;
  const back = r.ageMs < t.dt ? r.ageMs / t.dt : 1;
  const speed = r.speed + (r.speedWas - r.speed) * back;
  const air = t.outBleedMs > 0 ? r.air : r.air + (r.airWas - r.air) * back;
  const seen = t.raw - r.plant.drop * speed * speed - air;
  r.limb += (seen - r.limb) * trust(r, t);
}

/** Puts a value into the ring at every SLOT_MS, interpolated to the slot's time. */
export function record(r: Regulator, t: Tick, value: number, was: number): void {
  while (t.now - r.slotAt >= SLOT_MS) {
    r.slotAt += SLOT_MS;
    r.slot += 1;
    r.ring[r.slot & SLOT_MASK] = value + ((was - value) * (t.now - r.slotAt)) / t.dt;
  }
}

/** Starts the ring anew at `t.now`. */
export function restartRing(r: Regulator, t: Tick, value: number): void {
  r.slot = 0;
  r.slotAt = t.now;
  r.ring[0] = value;
}
