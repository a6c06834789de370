/**
 * Turns a wanted change of pressure into on time of the pump or open time of the valve, and carries a pump pulse over ticks. It only
 * proposes; it must never be asked for pump and bleed in one tick.
 */
import type { RegulateTick } from '../tick.ts';
import type { MmHg, Ms } from '../units.ts';
import { SPIN_LOSS_MS } from './slopes.ts';
import type { ReadonlyRegulator } from './state.ts';

/** Full speed of the pump, permille. Below full speed a pump of this class may not start (plant model, dead zone). */
export const FULL_PUMP = 1000;
/**
 * Longest blind pulse of the pump, ms; what is missing then is looked at with the flow off. 700 ms cost 0.6 mmHg of overshoot
 * (docs/lab/control.md, "Crests near the cap, and the suction of the valve").
 */
const PULSE_MAX_MS = 300;
/** Shorter bleeds are left out, ms: on a third of valves 6 ms do nothing (plant model). */
const BLEED_MIN_MS = 3;

/** Written in this file only. */
export interface PulseState {
  /** What is left of the pump pulse under way, ms; 0 = none. */
  pulseLeftMs: Ms;
}

/** Part of the report that is counted in this file. */
export interface BleedCount {
  /** Bleeds asked for. */
  bleeds: number;
}

type PulseOwner = ReadonlyRegulator & PulseState & { readonly report: BleedCount };

/** Starts a pump pulse that adds `riseMmHg`, as far as the longest pulse goes. */
export function startPulse(r: PulseOwner, riseMmHg: MmHg): void {
  const ms = riseMmHg / r.pumpMmHgPerMs + SPIN_LOSS_MS;
  r.pulseLeftMs = ms > PULSE_MAX_MS ? PULSE_MAX_MS : ms;
}

/** Carries on a pump pulse: on while at least half of a period of it is left. */
export function runPulse(r: PulseOwner, t: RegulateTick): void {
  if (r.pulseLeftMs * 2 >= t.dt) t.pump = FULL_PUMP;
  r.pulseLeftMs -= t.dt;
  if (r.pulseLeftMs < 0) r.pulseLeftMs = 0;
}

/** Ends a pulse at once. */
export function stopPulse(r: PulseOwner): void {
  r.pulseLeftMs = 0;
}

/** Asks for a bleed that takes `fallMmHg` off, at most the whole period; too small a one is left out. */
export function bleedBy(r: PulseOwner, t: RegulateTick, fallMmHg: MmHg): void {
  const ms = Math.round(fallMmHg / r.valveMmHgPerMs + r.valveDeadMs);
  if (ms < BLEED_MIN_MS) return;
  t.bleedMs = ms > t.period ? t.period : ms;
  r.report.bleeds += 1;
}
