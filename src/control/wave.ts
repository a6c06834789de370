import type { Tick } from '../ports.ts';
import { type Regulator, SLOT_MASK, SLOT_MS, SLOT_PAD, SLOTS } from './state.ts';

/** Trust in a sample, by what flows while it is taken: hose losses are modelled only roughly. */
const TRUST_STILL = 9 / 10;
const TRUST_PUMP = 55 / 100;
const TRUST_BLEED = 4 / 10;
/** The valve shuts this much later than told. */
const SHUT_MS = 8;

/** True when the valve was open while the sample was taken. */
function open(r: Regulator, t: Tick): boolean {
  return r.back < 1 ? r.bleedNow > 0 && r.bleedNow + SHUT_MS > t.dt - r.ageMs : r.bleedWas > 0;
}

/** A sample taken while air flowed or just after: corrected by what the hose takes, and trusted less. */
function seeFlow(r: Regulator, t: Tick): void {
  const speed = r.speed + (r.speedWas - r.speed) * r.back;
  const air = r.bleedNow > 0 ? r.air : r.air + (r.airWas - r.air) * r.back;
  const off = t.raw - r.plant.drop * speed * speed - air - r.limb;
  if (open(r, t)) r.limb += (off + r.plant.suck) * TRUST_BLEED;
  else r.limb += off * (speed > 1 / 20 ? TRUST_PUMP : TRUST_STILL);
}

/** Limb one lag before now, and 40 and 80 ms later, from the ring. */
export function lookBack(r: Regulator, now: number): void {
  const back = (r.lag + r.slotAt - now) / SLOT_MS;
  const whole = back | 0;
  const part = back - whole;
  const ring = r.ring;
  const i = (r.slot - whole - 1) & SLOT_MASK;
  const newer = ring[i + 1] as number;
  r.lagged = newer + ((ring[i] as number) - newer) * part;
  const j = i + r.ageSlots + 1;
  const next = ring[j + 1] as number;
  r.soon = next + ((ring[j] as number) - next) * part;
  const last = ring[j + 2] as number;
  r.later = last + (next - last) * part;
}

/** Limb pressure from the new sample: the reading less the drop over the hose, less our own air. */
export function seeLimb(r: Regulator, t: Tick): void {
  r.limbWas = r.limb;
  if (r.lag > 0) {
    const was = r.lagged;
    lookBack(r, t.now);
    r.limb += r.lagged - was;
  }
  if (!t.fresh) return;
  if (r.speedWas > 0 || r.speed > 0 || r.bleedNow > 0 || r.bleedWas > 0) seeFlow(r, t);
  else r.limb += (t.raw - r.air - r.limb) * TRUST_STILL;
}

function keepSlot(r: Regulator, value: number): void {
  const i = r.slot & SLOT_MASK;
  r.ring[i] = value;
  if (i < SLOT_PAD) r.ring[i + SLOTS] = value;
}

/** Puts a value into the ring at every SLOT_MS, interpolated to the slot's time; true when there was one. */
export function record(r: Regulator, t: Tick, value: number, was: number): boolean {
  if (t.now - r.slotAt < SLOT_MS) return false;
  r.slotAt += SLOT_MS;
  r.slot += 1;
  const behind = t.now - r.slotAt;
  keepSlot(r, behind > 0 ? value + ((was - value) * behind) / t.dt : value);
  if (behind >= SLOT_MS) record(r, t, value, was);
  return true;
}

/** Starts the ring anew at `t.now`. */
export function restartRing(r: Regulator, t: Tick, value: number): void {
  r.slot = 0;
  r.slotAt = t.now;
  keepSlot(r, value);
}
