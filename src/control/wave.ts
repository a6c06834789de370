import type { Tick } from '../ports.ts';
import { type Regulator, SLOT_MASK, SLOT_MS } from './state.ts';

/** Trust in a sample, by what flows while it is taken: hose losses are modelled only roughly. */
const TRUST_STILL = 9 / 10;
const TRUST_PUMP = 55 / 100;
const TRUST_BLEED = 4 / 10;
/** The valve shuts this much later than told. */
const SHUT_MS = 8;

/** True when the valve was open while the sample was taken. */
function open(r: Regulator, t: Tick): boolean {
  return r.ageMs < t.dt ? r.bleedNow + SHUT_MS > t.dt - r.ageMs && r.bleedNow > 0 : r.bleedWas > 0;
}

/** Limb pressure from the new sample: the reading less the drop over the hose, less our own air. */
export function seeLimb(r: Regulator, t: Tick): void {
  r.limbWas = r.limb;
  if (r.lag > 0) {
    const was = r.lagged;
    r.lagged = forecast(r, t, 0);
    r.limb += r.lagged - was;
  }
  if (!t.fresh) return;
  const back = r.ageMs < t.dt ? r.ageMs / t.dt : 1;
  const speed = r.speed + (r.speedWas - r.speed) * back;
  const air = t.outBleedMs > 0 ? r.air : r.air + (r.airWas - r.air) * back;
  const seen = t.raw - r.plant.drop * speed * speed - air;
  if (open(r, t)) r.limb += (seen + r.plant.suck - r.limb) * TRUST_BLEED;
  else r.limb += (seen - r.limb) * (speed > 1 / 20 ? TRUST_PUMP : TRUST_STILL);
}

/** Puts a value into the ring at every SLOT_MS, interpolated to the slot's time; true when there was one. */
export function record(r: Regulator, t: Tick, value: number, was: number): boolean {
  if (t.now - r.slotAt < SLOT_MS) return false;
  r.slotAt += SLOT_MS;
  r.slot += 1;
  const behind = t.now - r.slotAt;
  r.ring[r.slot & SLOT_MASK] = value + ((was - value) * behind) / t.dt;
  if (behind >= SLOT_MS) record(r, t, value, was);
  return true;
}

/** Limb one lag before the time `ahead` ms from now, from the ring; the lag must lie inside it. */
export function forecast(r: Regulator, t: Tick, ahead: number): number {
  const back = (r.lag - ahead + r.slotAt - t.now) / SLOT_MS;
  if (back <= 0) return r.ring[r.slot & SLOT_MASK] as number;
  const whole = Math.floor(back);
  const newer = r.ring[(r.slot - whole) & SLOT_MASK] as number;
  return newer + ((r.ring[(r.slot - whole - 1) & SLOT_MASK] as number) - newer) * (back - whole);
}

/** Starts the ring anew at `t.now`. */
export function restartRing(r: Regulator, t: Tick, value: number): void {
  r.slot = 0;
  r.slotAt = t.now;
  r.ring[0] = value;
}
