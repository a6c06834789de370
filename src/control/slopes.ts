/**
 * What pump and valve do to the pressure: the two slopes, and everything that is computed once from them and from the control period so
 * that a tick need not. Must never look at a sample: who measured a slope hands it in.
 */
import type { MmHg, Ms } from '../units.ts';
import type { ReadonlyRegulator } from './state.ts';

/** Time constant of the pump's spin-up, ms: typical of 50 to 200 ms (plant model). */
export const SPIN_UP_MS = 100;
/** Time constant of the pump's coast-down, ms: near the typical 70 of 30 to 150 ms (plant model). */
export const SPIN_DOWN_MS = 75;
/** On time that a pulse of the pump loses: the spin-up takes more than the coast-down gives back. */
export const SPIN_LOSS_MS = SPIN_UP_MS - SPIN_DOWN_MS;
/**
 * Own air is counted as the limb's with this time constant, ms: errors of the model must not pile up. docs/lab/control.md: 2.5 or 8 s were
 * the same within 0.5 points.
 */
const AIR_FORGET_MS = 4000;
/**
 * Share of a tick's bleed that is counted on for the tick after: the valve is open in some ticks only. docs/lab/control.md, "The rewrite":
 * 70 % was 0.2 points worse.
 */
const VALVE_COUNTED = 4 / 10;

/** Pump before the first measurement, mmHg/ms: near the plant model's median for a thigh, 32 mmHg/s. */
export const FIRST_PUMP = 30 / 1000;
/** Valve before the first measurement, mmHg/ms: near the plant model's median for a thigh, 77 mmHg/s. */
export const FIRST_VALVE = 80 / 1000;
/** Drop over the hose with the pump at full speed before it is measured, mmHg: near the plant model's median of 1.4. */
export const FIRST_DROP_MMHG = 1;
/** A bleed counts this much longer than commanded, ms: the valve shuts later than it opens. docs/lab/control.md: -15 to +25 ms among sampled valves. */
export const VALVE_DEAD_MS = -4;

/** Written in this file only. Rates in mmHg per ms, at the setpoint's pressure. */
export interface SlopeState {
  /** Share of the own air that is left after a tick. */
  airKept: number;
  /** What the valve is counted on for in a tick ahead. */
  valveTickMmHg: MmHg;
  /** Rise in a tick of the pump at full speed. */
  pumpTickMmHg: MmHg;
  /** Rise while the pump coasts down from full speed. */
  coastMmHg: MmHg;
  /** Rise that the pump loses while it spins up from rest. */
  spinUpMmHg: MmHg;
  /** Slot of the valley that the pump must be ready for. */
  dueSlot: number;
  /** `dueSlot` as a rise: what the pump at full speed, started from rest in slot 0, would have added by then. */
  dueRampMmHg: MmHg;
  /** The limb's pressure expected in that valley. */
  dueMmHg: MmHg;
  /** Share of the pump's missing speed that is still missing a tick later, while it spins up. */
  spinUpKept: number;
  /** Half of `pumpTickMmHg`: a tick's rise is the mean of two speeds. */
  pumpHalfTickMmHg: MmHg;
  /** Share of the pump's speed that is left after a tick without drive. */
  coastKept: number;
  /** Rise per ms of the pump at full speed. */
  pumpMmHgPerMs: number;
  /** Fall per ms of the open valve. */
  valveMmHgPerMs: number;
  /** Reading above the cuff's pressure with the pump at full speed: what the hose takes. */
  pumpDropMmHg: MmHg;
  /** Time of a bleed that does nothing; negative: the valve shuts later than it opens. Constant. */
  readonly valveDeadMs: number;
  /** Age of a sample when it is handed over. Constant. */
  readonly sampleAgeMs: Ms;
  /** How much later the outputs that it leads to are written. */
  actingMs: Ms;
  /** Age of a sample in slots when the outputs that it leads to are written: what is looked ahead by. */
  sampleAgeSlots: number;
  /** Share of a period that a sample does not show yet of what was sent a tick ago, 0 to 1. */
  unseenShare: number;
  /** Control period that all of this was computed for; 0 = not yet. */
  periodMs: Ms;
  /** `pumpMmHgPerMs` as it was identified, or the default: what is learned later stays near it. */
  firstPumpMmHgPerMs: number;
  /** The same of `valveMmHgPerMs`. */
  firstValveMmHgPerMs: number;
  /** True once a fill has measured the pump. */
  pumpKnown: boolean;
  /** True once the valve test has measured the valve. */
  valveKnown: boolean;
}

type SlopeOwner = ReadonlyRegulator & SlopeState;

/** Share of a first-order lag that is left after `dtMs`, by the trapezoidal rule: (2 tau - dt) / (2 tau + dt). */
function keep(tauMs: number, dtMs: number): number {
  return (2 * tauMs - dtMs) / (2 * tauMs + dtMs);
}

/** Computes what follows from the control period. */
export function setPeriod(r: SlopeOwner, periodMs: Ms): void {
  r.periodMs = periodMs;
  r.spinUpKept = keep(SPIN_UP_MS, periodMs);
  r.coastKept = keep(SPIN_DOWN_MS, periodMs);
  r.airKept = 1 - periodMs / AIR_FORGET_MS;
  setAge(r);
  setSlopes(r, r.pumpMmHgPerMs, r.valveMmHgPerMs);
}

/**
 * The outputs are written `ms` after the sample was handed over: what is looked ahead to is that much later, and the next sample shows that
 * much less of them.
 */
export function setActing(r: SlopeOwner, ms: Ms): void {
  r.actingMs = ms;
  if (r.periodMs > 0) setAge(r);
}

function setAge(r: SlopeOwner): void {
  const slots = (r.sampleAgeMs + r.actingMs) / r.periodMs;
  r.sampleAgeSlots = slots;
  r.unseenShare = slots < 1 ? slots : 1;
}

/** Takes over both slopes, mmHg per ms, and computes what follows from them. */
export function setSlopes(r: SlopeOwner, pumpMmHgPerMs: number, valveMmHgPerMs: number): void {
  r.pumpMmHgPerMs = pumpMmHgPerMs;
  r.valveMmHgPerMs = valveMmHgPerMs;
  r.pumpTickMmHg = pumpMmHgPerMs * r.periodMs;
  r.pumpHalfTickMmHg = r.pumpTickMmHg / 2;
  r.valveTickMmHg = valveMmHgPerMs * r.periodMs * VALVE_COUNTED;
  r.coastMmHg = pumpMmHgPerMs * SPIN_DOWN_MS;
  r.spinUpMmHg = pumpMmHgPerMs * SPIN_UP_MS;
  setDue(r, r.dueSlot);
}

/** The slot of the valley to be ready for. */
export function setDue(r: SlopeOwner, slot: number): void {
  r.dueSlot = slot;
  r.dueRampMmHg = slot * r.pumpTickMmHg - r.spinUpMmHg;
}

/** The valley to be ready for: its slot and the limb's pressure in it. */
export function expectValley(r: SlopeOwner, slot: number, mmHg: MmHg): void {
  setDue(r, slot);
  r.dueMmHg = mmHg;
}

/** What a fill has measured: the pump's slope and the drop over the hose. `valve` is what follows from it for the valve. */
export function identifyPump(r: SlopeOwner, pump: number, valve: number, dropMmHg: MmHg): void {
  r.pumpDropMmHg = dropMmHg;
  setSlopes(r, pump, valve);
  r.firstPumpMmHgPerMs = pump;
  r.firstValveMmHgPerMs = valve;
  r.pumpKnown = true;
}

/** What a settling pulse has shown of the pump's slope. */
export function correctPump(r: SlopeOwner, pump: number): void {
  setSlopes(r, pump, r.valveMmHgPerMs);
  r.firstPumpMmHgPerMs = r.pumpMmHgPerMs;
}

/** What the valve test has measured. `valveTickMmHg` follows with the next `setSlopes`. */
export function identifyValve(r: SlopeOwner, valve: number): void {
  r.valveMmHgPerMs = valve;
  r.firstValveMmHgPerMs = valve;
  r.valveKnown = true;
}
