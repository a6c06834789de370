/**
 * The supervisor's own record, and the one way to latch a trip. Only files of safety/ may write to it. Nothing
 * of it is shared with regulator or session: it is built from samples, commands as sent, and the clock.
 */
import type { Tick } from '../ports.ts';
import type { Sensing } from '../sensing/sensing.ts';
import { type AirBalance, createAirBalance } from './air-books.ts';
import {
  TRIP_HOSE_BLOCKED,
  TRIP_NONE,
  TRIP_NOT_VENTING,
  TRIP_PRESSURE_VANISHED,
  TRIP_PUMP_LIVE,
  TRIP_VALVE_LIVE,
  TRIP_VALVE_WITHOUT_EFFECT,
} from './trips.ts';

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
  /** What a bleed takes off this limb's cuff at most, mmHg/ms. */
  bleedMmHgPerMs: number;
}

/** Often used fields first: the interpreter finds a field by walking the record. */
export interface Supervisor {
  /** First cause, latched; TRIP_NONE = none. With what was measured and what was allowed, for the message. */
  trip: number;
  /** True from the first shut command until the cuff is known to be vented. */
  pressurised: boolean;
  /** Sums since boot of what was sent with the valve shut: ms of pump, ms of bleeds. */
  pumpMs: number;
  bledMs: number;
  /** Bounds of the fast look: of a tick, ms (none fits on a vented cuff), and of a reading, mmHg. */
  longestTickMs: number;
  shortestTickMs: number;
  upperMmHg: number;
  lowerMmHg: number;
  /** Time of the last round of the slow rules, and the time between the last two, ms. */
  roundAt: number;
  roundMs: number;
  /** Mean pressure over ~2 s, and the sums of bleeds and pump that lag as much; level in a fill. */
  meanMmHg: number;
  lagBledMs: number;
  lagPumpMs: number;
  fillLevelMmHg: number;
  /** The reading is gone below the one, and leaps above the other, mmHg. */
  vanishedBelowMmHg: number;
  surgeAboveMmHg: number;
  // air books, see air-rules.ts
  readonly air: AirBalance;
  /** Progress of a fill: the setpoint it is for, reading since when it has not risen, sums of the pump at its start and then; deficit in the hold. */
  targetMmHg: number;
  fillFromMmHg: number;
  fillPumpMs: number;
  risePumpMs: number;
  reached: boolean;
  deficitMs: number;
  overLopMs: number;
  highMs: number;
  /** When the setpoint was reached; bounds of the mean that hang on it: a leak below the one, a deviation above the other, mmHg. */
  heldSince: number;
  leakBelowMmHg: number;
  highestMeanMmHg: number;
  /** Leaps in a row; sums of the pump at the start of the pulse (never, once it has countSurge) and at the last look for leaps. */
  surgePumpMs: number;
  surgeSeenMs: number;
  surgeBledMs: number;
  surges: number;
  /** ms over the limits, of doubt, and far below the level. */
  overMs: number;
  faultOverMs: number;
  doubtMs: number;
  vanishedMs: number;
  /** Leaky count of refused samples, and when the last one was. */
  refusedScore: number;
  refusedAt: number;
  /** The last tick that was not as long as it should be; what it came late by, less what early ones took back; late ones in a row. */
  irregularAt: number;
  lateMs: number;
  lateTicks: number;
  /** Vent: last tick of it, ms since its start, reading at its start and of the present window, ms in that window. */
  ventAt: number;
  ventingMs: number;
  ventFromMmHg: number;
  fallFromMmHg: number;
  fallMs: number;
  /** The reading cannot prove that the cuff is empty: it vanished, or fell faster than air can leave. */
  unproven: boolean;
  /** ms for which a vented cuff has not read zero. */
  offZeroMs: number;
  /** Supply and outputs: the sums at the last look, and its time. */
  lookPumpMs: number;
  lookBledMs: number;
  lookAt: number;
  /** Something was not as told in the last look: supply low since, looks with a driver's fault, an output wrong (the trip it would be) since, and when last. */
  lookAgain: boolean;
  railLowSince: number;
  faultLooks: number;
  wrongOutput: number;
  wrongSince: number;
  wrongSeenAt: number;
  // rarely used
  /** The hazard of which the wearer must be told, found first or after the first cause; TRIP_NONE = none. */
  hazard: number;
  measured: number;
  allowed: number;
  tripAt: number;
  /** ms under pressure since the last full release; ms vented in a row. */
  usedMs: number;
  ventedMs: number;
  /** ms in a row for which a believed reading has shown the cuff empty: only that gives the lock-out back. */
  releasedMs: number;
  /** Slowest vent of this power-up, from working pressure to VENTED_MMHG, ms; 0 = none seen. */
  slowestVentMs: number;
  readonly limits: SupervisorLimits;
  readonly sensing: Sensing;
}

export function createSupervisor(sensing: Sensing): Supervisor {
  return {
    trip: TRIP_NONE,
    pressurised: false,
    pumpMs: 0,
    bledMs: 0,
    longestTickMs: -1,
    shortestTickMs: 0,
    upperMmHg: 0,
    lowerMmHg: 0,
    roundAt: 0,
    roundMs: 0,
    meanMmHg: 0,
    lagBledMs: 0,
    lagPumpMs: 0,
    fillLevelMmHg: 0,
    vanishedBelowMmHg: -1000,
    surgeAboveMmHg: 10000,
    air: createAirBalance(),
    targetMmHg: 0,
    fillFromMmHg: 0,
    fillPumpMs: 0,
    risePumpMs: 0,
    reached: false,
    deficitMs: 0,
    overLopMs: 0,
    highMs: 0,
    heldSince: 0,
    leakBelowMmHg: 0,
    highestMeanMmHg: 0,
    surgePumpMs: 0,
    surgeSeenMs: 0,
    surgeBledMs: 0,
    surges: 0,
    overMs: 0,
    faultOverMs: 0,
    doubtMs: 0,
    vanishedMs: 0,
    refusedScore: 0,
    refusedAt: 0,
    irregularAt: 0,
    lateMs: 0,
    lateTicks: 0,
    ventAt: -1000,
    ventingMs: 0,
    ventFromMmHg: 0,
    fallFromMmHg: 0,
    fallMs: 0,
    unproven: false,
    offZeroMs: 0,
    lookPumpMs: 0,
    lookBledMs: 0,
    lookAt: 0,
    lookAgain: false,
    railLowSince: 0,
    faultLooks: 0,
    wrongOutput: TRIP_NONE,
    wrongSince: 0,
    wrongSeenAt: 0,
    hazard: TRIP_NONE,
    measured: 0,
    allowed: 0,
    tripAt: 0,
    usedMs: 0,
    ventedMs: 0,
    releasedMs: 0,
    slowestVentMs: 0,
    limits: { ceilingMmHg: 0, lopMmHg: 0, pressureMs: 0, minRailMv: 0, bleedMmHgPerMs: 1 },
    sensing: sensing,
  };
}

/** Trips after which opening the valve is not enough: the wearer has to act. */
export function isHazard(code: number): boolean {
  return (
    code === TRIP_NOT_VENTING ||
    code === TRIP_PRESSURE_VANISHED ||
    code === TRIP_HOSE_BLOCKED ||
    code === TRIP_PUMP_LIVE ||
    code === TRIP_VALVE_LIVE ||
    code === TRIP_VALVE_WITHOUT_EFFECT
  );
}

/** Latch a trip. The first cause stays; a hazard found after it is kept beside it. */
export function trip(s: Supervisor, t: Tick, code: number, measured: number, allowed: number): void {
  if (s.hazard === TRIP_NONE && isHazard(code)) s.hazard = code;
  if (s.trip !== TRIP_NONE) return;
  s.trip = code;
  s.measured = measured;
  s.allowed = allowed;
  s.tripAt = t.now;
}
