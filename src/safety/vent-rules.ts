/** After a vent the pressure must fall, but not faster than air can leave; and a vented cuff reads zero. */
import { VENT_LIMIT_MS, VENTED_MMHG } from '../limits.ts';
import type { Tick } from '../ports.ts';
import { levelOf } from './level-rules.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_HOSE_BLOCKED, TRIP_NOT_VENTING, TRIP_SENSOR_ZERO } from './trips.ts';

/** From at least BLOCKED_FROM_MMHG to vented within BLOCKED_MS is faster than air can leave. */
export const BLOCKED_FROM_MMHG = 50;
export const BLOCKED_MS = 130;
/** In each window of FALL_MS the pressure must fall by an eighth: the slowest healthy build falls by a quarter. */
export const FALL_MS = 4000;
/** A cuff vented for SETTLED_MS that reads beyond OFF_ZERO_MMHG for OFF_ZERO_MS has a sensor that lies. */
export const SETTLED_MS = 20000;
export const OFF_ZERO_MMHG = 8;
export const OFF_ZERO_MS = 3000;

/** Every tick of a vent with pressure, or the memory of it, in the cuff. */
export function judgeVenting(s: Supervisor, t: Tick): void {
  if (s.ventingMs === 0) startVent(s, t);
  s.ventingMs += t.dt;
  s.fallMs += t.dt;
  if (s.ventingMs <= BLOCKED_MS && t.raw <= VENTED_MMHG && s.ventFromMmHg >= BLOCKED_FROM_MMHG) blocked(s, t);
  if (s.fallMs >= FALL_MS) judgeFall(s, t);
  if (!(s.ventingMs < VENT_LIMIT_MS) && !(t.p <= VENTED_MMHG)) trip(s, t, TRIP_NOT_VENTING, t.p, VENTED_MMHG);
}

/** The reading at the start is that of the tick before the valve opened, or of this one: they are the same. */
function startVent(s: Supervisor, t: Tick): void {
  const level = levelOf(s);
  s.ventFromMmHg = level > t.raw ? level : t.raw;
  s.fallFromMmHg = t.p;
  s.fallMs = 0;
}

function blocked(s: Supervisor, t: Tick): void {
  s.unproven = true;
  trip(s, t, TRIP_HOSE_BLOCKED, s.ventFromMmHg, s.ventingMs);
}

function judgeFall(s: Supervisor, t: Tick): void {
  if (t.p > VENTED_MMHG && !(t.p * 8 <= s.fallFromMmHg * 7)) trip(s, t, TRIP_NOT_VENTING, t.p, VENTED_MMHG);
  s.fallFromMmHg = t.p;
  s.fallMs = 0;
}

/** The cuff has just been found vented: how long did it take from working pressure? */
export function noteVented(s: Supervisor): void {
  if (s.ventFromMmHg >= BLOCKED_FROM_MMHG && s.ventingMs > s.slowestVentMs) s.slowestVentMs = s.ventingMs;
}

/** On a vented cuff: the zero is checked at every release. */
export function judgeZero(s: Supervisor, t: Tick): void {
  if (s.ventedMs < SETTLED_MS) return;
  if (t.p <= OFF_ZERO_MMHG && t.p >= -OFF_ZERO_MMHG) s.offZeroMs = 0;
  else if (t.p > -1000) offZero(s, t);
}

function offZero(s: Supervisor, t: Tick): void {
  s.offZeroMs += t.dt;
  if (!(s.offZeroMs < OFF_ZERO_MS)) trip(s, t, TRIP_SENSOR_ZERO, t.p, OFF_ZERO_MMHG);
}
