/**
 * The rules that trip, one function each, called by the supervisor every tick. Every comparison is written
 * so that a value that is not a number trips.
 */
import {
  DOUBT_LIMIT_MS,
  MAX_CUFF_MMHG,
  MAX_FAULT_MMHG,
  OVERRUN_MS,
  VENT_LIMIT_MS,
  VENTED_MMHG,
} from '../limits.ts';
import type { Tick } from '../ports.ts';
import { type Supervisor, trip } from './state.ts';
import {
  TRIP_BATTERY,
  TRIP_LEAK,
  TRIP_NO_RISE,
  TRIP_NOT_VENTING,
  TRIP_OVER_LOP,
  TRIP_OVER_PRESSURE,
  TRIP_OVERRUN,
  TRIP_SENSOR_FROZEN,
  TRIP_SENSOR_LOST,
  TRIP_TIME,
} from './trips.ts';

/** Above MAX_CUFF_MMHG for this long: a blow is shorter (plant.md 3.2: 0.1-0.6 s), a fault is not. */
const OVER_MS = 1000;
/** Above MAX_FAULT_MMHG for this long, so that one spike does not trip. */
const FAULT_OVER_MS = 200;
/** Mean above LOP for this long; the mean itself runs over ~2 s. */
const OVER_LOP_MS = 3000;
/** Pump time in which a fill must gain RISE_MMHG, above and below the slack part of the cuff. */
const RISE_WINDOW_MS = 5000;
const SLACK_WINDOW_MS = 25000;
const SLACK_MMHG = 20;
const RISE_MMHG = 4;
/** Far below target with the pump on: surgical tourniquets call 9 s of topping up a leak. [S] */
const LEAK_MS = 9000;

/** Rules while there is, or may be, pressure in the cuff. */
export function judgePressurised(s: Supervisor, t: Tick): void {
  s.mean += ((t.p - s.mean) * t.dt) / 2000;
  judgeClock(s, t);
  judgeSensor(s, t);
  judgePressure(s, t);
  judgeTime(s, t);
  judgeSupply(s, t);
  if (t.outVent) judgeVenting(s, t);
  else judgeProgress(s, t);
}

/** Rules on a vented cuff: only that it stays so. */
export function judgeVented(s: Supervisor, t: Tick): void {
  s.mean = 0;
  s.ventingMs = 0;
  s.overMs = 0;
  s.faultOverMs = 0;
  s.overLopMs = 0;
  s.doubtMs = 0;
  s.deficitMs = 0;
  s.fillMs = 0;
  s.fillFrom = t.p > 0 ? t.p : 0;
  s.reached = false;
}

function judgeClock(s: Supervisor, t: Tick): void {
  if (!(t.dt <= OVERRUN_MS)) trip(s, t, TRIP_OVERRUN, t.dt, OVERRUN_MS);
}

function judgeSensor(s: Supervisor, t: Tick): void {
  if (t.doubtful) s.doubtMs += t.dt;
  else s.doubtMs = 0;
  if (!(s.doubtMs < DOUBT_LIMIT_MS)) trip(s, t, TRIP_SENSOR_LOST, s.doubtMs, DOUBT_LIMIT_MS);
  const limit = s.sensing.traits.frozenConversions;
  if (limit > 0 && !(s.sensing.same < limit)) trip(s, t, TRIP_SENSOR_FROZEN, s.sensing.same, limit);
}

function judgePressure(s: Supervisor, t: Tick): void {
  s.overMs = t.raw <= MAX_CUFF_MMHG ? 0 : s.overMs + t.dt;
  s.faultOverMs = t.raw <= MAX_FAULT_MMHG ? 0 : s.faultOverMs + t.dt;
  if (!(s.overMs < OVER_MS)) trip(s, t, TRIP_OVER_PRESSURE, t.raw, MAX_CUFF_MMHG);
  if (!(s.faultOverMs < FAULT_OVER_MS)) trip(s, t, TRIP_OVER_PRESSURE, t.raw, MAX_FAULT_MMHG);
  s.overLopMs = s.mean <= s.limits.lopMmHg ? 0 : s.overLopMs + t.dt;
  if (!(s.overLopMs < OVER_LOP_MS)) trip(s, t, TRIP_OVER_LOP, s.mean, s.limits.lopMmHg);
}

function judgeTime(s: Supervisor, t: Tick): void {
  if (!(s.usedMs <= s.limits.pressureMs) && !t.outVent) {
    trip(s, t, TRIP_TIME, s.usedMs / 1000, s.limits.pressureMs / 1000);
  }
}

function judgeSupply(s: Supervisor, t: Tick): void {
  s.railMs = t.railMv >= s.limits.minRailMv ? 0 : s.railMs + t.dt;
  if (!(s.railMs < 3000)) trip(s, t, TRIP_BATTERY, t.railMv, s.limits.minRailMv);
}

function judgeVenting(s: Supervisor, t: Tick): void {
  s.ventingMs += t.dt;
  if (!(s.ventingMs < VENT_LIMIT_MS)) trip(s, t, TRIP_NOT_VENTING, t.p, VENTED_MMHG);
}

/** Inflation must make progress: in the fill by gain per pump time, in the hold by not staying far below. */
function judgeProgress(s: Supervisor, t: Tick): void {
  const target = t.setpoint ?? 0;
  if (s.reached) return judgeDeficit(s, t, target);
  if (t.p >= (target * 9) / 10) s.reached = true;
  if (t.outPump > 0) s.fillMs += t.dt;
  if (t.p - s.fillFrom >= RISE_MMHG) {
    s.fillFrom = t.p;
    s.fillMs = 0;
  }
  const window = t.p < SLACK_MMHG ? SLACK_WINDOW_MS : RISE_WINDOW_MS;
  if (!(s.fillMs < window)) trip(s, t, TRIP_NO_RISE, t.p, target);
}

function judgeDeficit(s: Supervisor, t: Tick, target: number): void {
  if (s.mean >= (target * 7) / 10) s.deficitMs = 0;
  else if (t.outPump > 0) s.deficitMs += t.dt;
  if (!(s.deficitMs < LEAK_MS)) trip(s, t, TRIP_LEAK, s.mean, target);
}
