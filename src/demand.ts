/**
 * The one writer of the demand: what pressure is asked for, by a session, a measurement or an outside plant. The regulator
 * and the gate read it. Must never ask for pressure by itself: every caller says what it wants.
 */
import type { DemandTick } from './tick.ts';
import type { MmHg, Ms } from './units.ts';

/** Ask for `setpoint`; null vents. */
export function demand(t: DemandTick, setpoint: MmHg | null): void {
  t.setpoint = setpoint;
  t.quiet = false;
}

/** As a measurement asks: `quiet` = it is listening, and nobody touches pump or valve. */
export function demandQuiet(t: DemandTick, setpoint: MmHg | null, quiet: boolean): void {
  t.setpoint = setpoint;
  t.quiet = quiet;
}

/** Ask for a vent, from now on and until somebody asks for something else. */
export function dropDemand(t: DemandTick): void {
  t.setpoint = null;
  t.quiet = false;
}

/** Pressure that no peak should pass from now on, mmHg. */
export function capDemand(t: DemandTick, mmHg: MmHg): void {
  t.capMmHg = mmHg;
}

/** The demand is worked out anew now. Gives the time since the last time, ms. */
export function markAsked(t: DemandTick): Ms {
  t.lapMs = t.now - t.askedAt;
  t.askedAt = t.now;
  return t.lapMs;
}
