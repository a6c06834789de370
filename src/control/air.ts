import type { Tick } from '../ports.ts';
import { type Regulator, SLOT_MS } from './state.ts';

/** Time constants of the pump model: how fast it spins up and coasts down. */
export const SPIN_UP_MS = 100;
export const SPIN_DOWN_MS = 75;
/** Our own air is slowly counted as the limb's: errors of the model must not pile up. */
const FORGET_MS = 4000;
/** Time constants of the limb's offset from the last cycle, and of how far the forecast is off. */
const OFFSET_MS = 1000;
const MISS_MS = 800;
/** From the command until the valve is open. */
const VALVE_LEAD_MS = 12;

/** Share of a speed difference that is left after `dt`, for a first-order lag: (2 tau - dt) / (2 tau + dt). */
function keep(tauMs: number, dtMs: number): number {
  return (2 * tauMs - dtMs) / (2 * tauMs + dtMs);
}

function setStep(r: Regulator, dt: number): void {
  r.stepFor = dt;
  r.keepUp = keep(SPIN_UP_MS, dt);
  r.keepDown = keep(SPIN_DOWN_MS, dt);
  r.forget = dt / FORGET_MS;
  r.ofOffset = dt / OFFSET_MS;
  r.ofMiss = dt / MISS_MS;
  r.ventLead = dt + VALVE_LEAD_MS;
  r.back = r.ageMs < dt ? r.ageMs / dt : 1;
  r.ageSlots = Math.round(r.ageMs / SLOT_MS);
}

/** Pressure that a bleed of `ms` takes off, mmHg >= 0. */
export function bled(r: Regulator, ms: number): number {
  const open = ms - r.plant.deadMs;
  return open > 0 ? open * r.plant.down : 0;
}

/** Own air: what pump and valve, as really driven in the period that has just ended, did to the pressure. */
export function countAir(r: Regulator, t: Tick): void {
  if (t.dt !== r.stepFor) setStep(r, t.dt);
  const was = r.speed;
  r.speedWas = was;
  r.airWas = r.air;
  if (t.outPump > 0) {
    r.speed = 1 - (1 - was) * r.keepUp;
    r.report.pumpMs += t.dt;
  } else if (was > 0) r.speed = was > 1 / 100 ? was * r.keepDown : 0;
  const forgotten = r.air * r.forget;
  r.air -= forgotten;
  r.limb += forgotten;
  if (r.speed > 0) {
    const rise = ((was + r.speed) / 2) * r.plant.up * t.dt;
    r.air += rise;
    r.beat.raised += rise;
  }
  r.bleedWas = r.bleedNow;
  r.bleedNow = t.outBleedMs;
  if (t.outBleedMs > 0) {
    const fall = bled(r, t.outBleedMs);
    r.air -= fall;
    r.beat.lowered += fall;
    r.report.bleeds += 1;
  }
}

/** Pressure that the pump will still add if it is switched off now. */
export function coast(r: Regulator): number {
  return r.speed * r.plant.up * SPIN_DOWN_MS;
}
