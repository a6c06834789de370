/**
 * The supervisor's own record, and the one way to latch a trip. Only files of safety/ may write to it.
 */
import type { Tick } from '../ports.ts';
import type { Sensing } from '../sensing/sensing.ts';
import { TRIP_NONE } from './trips.ts';

/** What the supervisor may be told from outside, at boot and at a start: limits, only ever tightened. */
export interface SupervisorLimits {
  /** Highest setpoint, mmHg: min(hard limit, user limit, share of LOP). */
  ceilingMmHg: number;
  /** Limb occlusion pressure, mmHg. */
  lopMmHg: number;
  /** Time allowed under pressure, ms. */
  pressureMs: number;
  /** Supply below which a session ends, mV. */
  minRailMv: number;
}

export interface Supervisor {
  readonly sensing: Sensing;
  readonly limits: SupervisorLimits;
  /** First cause, latched; TRIP_NONE = none. With what was measured and what was allowed, for the message. */
  trip: number;
  measured: number;
  allowed: number;
  tripAt: number;
  /** True from the first shut command until the cuff is known to be vented. */
  pressurised: boolean;
  /** ms under pressure since the last full release; ms vented in a row. */
  usedMs: number;
  ventedMs: number;
  /** ms since the valve was opened for good with pressure still in the cuff. */
  ventingMs: number;
  /** ms over the limits, of doubt, and of low supply. */
  overMs: number;
  faultOverMs: number;
  overLopMs: number;
  doubtMs: number;
  railMs: number;
  /** Progress of a fill: where the window began, pump ms in it; deficit in the hold. */
  fillFrom: number;
  fillMs: number;
  reached: boolean;
  deficitMs: number;
  /** Mean pressure over ~2 s, for rules on the mean. */
  mean: number;
}

export function createSupervisor(sensing: Sensing): Supervisor {
  return {
    sensing: sensing,
    limits: { ceilingMmHg: 0, lopMmHg: 0, pressureMs: 0, minRailMv: 0 },
    trip: TRIP_NONE,
    measured: 0,
    allowed: 0,
    tripAt: 0,
    pressurised: false,
    usedMs: 0,
    ventedMs: 0,
    ventingMs: 0,
    overMs: 0,
    faultOverMs: 0,
    overLopMs: 0,
    doubtMs: 0,
    railMs: 0,
    fillFrom: 0,
    fillMs: 0,
    reached: false,
    deficitMs: 0,
    mean: 0,
  };
}

/** Latch a trip. The first cause stays. */
export function trip(s: Supervisor, t: Tick, code: number, measured: number, allowed: number): void {
  if (s.trip !== TRIP_NONE) return;
  s.trip = code;
  s.measured = measured;
  s.allowed = allowed;
  s.tripAt = t.now;
}
