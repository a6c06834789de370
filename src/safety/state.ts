/**
 * The supervisor's own record, and the one way to latch a trip. Only files of safety/ may write to it. Nothing
 * of it is shared with regulator or session: it is built from samples, commands as sent, and the clock.
 */
import type { Tick } from '../ports.ts';
import type { Sensing } from '../sensing/sensing.ts';
import {
  TRIP_AIR_GONE,
  TRIP_HOSE_BLOCKED,
  TRIP_NONE,
  TRIP_NOT_VENTING,
  TRIP_PUMP_LIVE,
  TRIP_VALVE_IDLE,
  TRIP_VALVE_LIVE,
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
}

/** Often used fields first: the interpreter finds a field by walking the record. */
export interface Supervisor {
  /** First cause, latched; TRIP_NONE = none. With what was measured and what was allowed, for the message. */
  trip: number;
  /** The hazard of which the wearer must be told, found first or after the first cause; TRIP_NONE = none. */
  hazard: number;
  /** True from the first shut command until the cuff is known to be vented. */
  pressurised: boolean;
  /** Next of the slow rules, time of the last round of them, and the time between the last two, ms. */
  slot: number;
  lapAt: number;
  lapMs: number;
  /** ms over the limits, and of doubt. */
  overMs: number;
  faultOverMs: number;
  doubtMs: number;
  /** Leaky count of refused samples. */
  erratic: number;
  /** Mean pressure over ~2 s; level that the reading fell from when nobody let air out; ms far below it. */
  mean: number;
  level: number;
  goneMs: number;
  /** ms for which the pump has been on / off without a break, and the valve shut / open. */
  pumpOnMs: number;
  pumpOffMs: number;
  shutMs: number;
  ventingMs: number;
  /** Reading at the pump's start; the reading has leapt since; leaps in a row. */
  leapFrom: number;
  leapt: boolean;
  leaps: number;
  /** Progress of a fill: the setpoint it is for, where the window began, pump ms in it; deficit in the hold. */
  target: number;
  fillFrom: number;
  fillMs: number;
  reached: boolean;
  deficitMs: number;
  overLopMs: number;
  highMs: number;
  /** Vent: reading at its start, at the start of the present window, and ms in that window. */
  ventFrom: number;
  fallFrom: number;
  fallMs: number;
  /** The reading cannot prove that the cuff is empty: it vanished, or fell faster than air can leave. */
  unproven: boolean;
  /** ms for which a vented cuff has not read zero. */
  offZeroMs: number;
  /** Supply and outputs, judged when they are looked at. */
  lookAt: number;
  railMs: number;
  driverLooks: number;
  outputLooks: number;
  // air bookkeeping, see air-rules.ts
  /** ms since the setpoint was first reached; ms since pump or valve last acted. */
  heldMs: number;
  idleMs: number;
  /** Short mean of the reading while idle, and where the idle stretch began: reading and time. */
  calm: number;
  idleFrom: number;
  idleAt: number;
  /** What the reading did by itself in the window, mmHg, and over how long, ms. */
  passive: number;
  passiveMs: number;
  /** Start of the window, 0 = none; pump ms in it; the valve acted in it. */
  windowAt: number;
  windowPumpMs: number;
  windowBled: boolean;
  /** Usual passive rate, mmHg/s, and windows it rests on; mmHg lost beyond it; gained. */
  usual: number;
  usualCount: number;
  /** Rate of the last window and mean step between two, mmHg/s; windows judged since the last fill. */
  lastRate: number;
  scatter: number;
  holdCount: number;
  /** Setpoint the usual rate is for, mmHg; least usual rate for its setpoint at the end of a hold, mmHg/s, and that setpoint. */
  usualAt: number;
  known: number;
  knownAt: number;
  /** After a fill that was not the first: its size, mmHg, and what is lost without its creep, mmHg/s. */
  fresh: number;
  steady: number;
  lost: number;
  gained: number;
  /** Gain that a lowered setpoint explains, mmHg. */
  recovery: number;
  // air in one direction, see flow-rules.ts
  /** Rise of the last fill, mmHg per second of pump; where its measure began: reading, pump ms. */
  upRate: number;
  upFrom: number;
  upMs: number;
  /** Pump ms since the last bleed, open ms since the pump last ran, and the mean when each began. */
  pumpedMs: number;
  pumpedFrom: number;
  openMs: number;
  openFrom: number;
  /** What the ticks so far have come late by: the next one comes that much early. */
  lateMs: number;
  // rarely used
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
    hazard: TRIP_NONE,
    pressurised: false,
    slot: 0,
    lapAt: 0,
    lapMs: 0,
    overMs: 0,
    faultOverMs: 0,
    doubtMs: 0,
    erratic: 0,
    mean: 0,
    level: 0,
    goneMs: 0,
    pumpOnMs: 0,
    pumpOffMs: 0,
    shutMs: 0,
    ventingMs: 0,
    leapFrom: 0,
    leapt: false,
    leaps: 0,
    target: 0,
    fillFrom: 0,
    fillMs: 0,
    reached: false,
    deficitMs: 0,
    overLopMs: 0,
    highMs: 0,
    ventFrom: 0,
    fallFrom: 0,
    fallMs: 0,
    unproven: false,
    offZeroMs: 0,
    lookAt: 0,
    railMs: 0,
    driverLooks: 0,
    outputLooks: 0,
    heldMs: 0,
    idleMs: 0,
    calm: 0,
    idleFrom: 0,
    idleAt: 0,
    passive: 0,
    passiveMs: 0,
    windowAt: 0,
    windowPumpMs: 0,
    windowBled: false,
    usual: 0,
    usualCount: 0,
    lastRate: 0,
    scatter: 0,
    holdCount: 0,
    usualAt: 0,
    known: 0,
    knownAt: 0,
    fresh: 0,
    steady: 0,
    lost: 0,
    gained: 0,
    recovery: 0,
    upRate: 25,
    upFrom: 0,
    upMs: 0,
    pumpedMs: 0,
    pumpedFrom: 0,
    openMs: 0,
    openFrom: 0,
    lateMs: 0,
    measured: 0,
    allowed: 0,
    tripAt: 0,
    usedMs: 0,
    ventedMs: 0,
    releasedMs: 0,
    slowestVentMs: 0,
    limits: { ceilingMmHg: 0, lopMmHg: 0, pressureMs: 0, minRailMv: 0 },
    sensing: sensing,
  };
}

/** Trips after which opening the valve is not enough: the wearer has to act. */
export function isHazard(code: number): boolean {
  return (
    code === TRIP_NOT_VENTING ||
    code === TRIP_AIR_GONE ||
    code === TRIP_HOSE_BLOCKED ||
    code === TRIP_PUMP_LIVE ||
    code === TRIP_VALVE_LIVE ||
    code === TRIP_VALVE_IDLE
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
