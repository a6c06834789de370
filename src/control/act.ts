import type { Tick } from '../tick.ts';
import { SPIN_DOWN_MS, SPIN_UP_MS } from './flow.ts';
import type { Regulator } from './state.ts';

/** Longest blind pulse of the pump, ms; what is missing then is looked at with the flow off. */
export const PULSE_MAX_MS = 300;

/** Pump on time that adds `rise` mmHg: the spin-up loses a little more than the coast-down gives back. */
export function pulseFor(r: Regulator, rise: number): number {
  const ms = rise / r.up + (SPIN_UP_MS - SPIN_DOWN_MS);
  return ms > PULSE_MAX_MS ? PULSE_MAX_MS : ms;
}

/** Carries on a pump pulse: on while more than half of a period of it is left. */
export function runPulse(r: Regulator, t: Tick): void {
  if (r.pulseMs * 2 >= t.dt) t.pump = 1000;
  r.pulseMs -= t.dt;
  if (r.pulseMs < 0) r.pulseMs = 0;
}

/** Asks for a bleed that takes `fall` mmHg off, at most the whole period; too small a one is left out. */
export function bleedBy(r: Regulator, t: Tick, fall: number): void {
  const ms = Math.round(fall / r.down + r.deadMs);
  if (ms < 3) return;
  t.bleedMs = ms > t.period ? t.period : ms;
  r.report.bleeds += 1;
}
