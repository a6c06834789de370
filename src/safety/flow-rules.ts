/**
 * Air in one direction: pumped again and again without a bleed it must show as pressure; let out again and again
 * without the pump it must show as a fall. No model of the valve is needed, and of the pump only what the fill
 * showed. This is what stops a pump that chases a reading which no longer follows the cuff.
 */
import type { Tick } from '../ports.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_AIR_MISSING, TRIP_VALVE_IDLE } from './trips.ts';

/** Pumped air that may be missing in the reading, mmHg, besides a share of the setpoint: wave, seating, creep. */
export const MISSING_MMHG = 80;
const MISSING_SHARE = 40;
/** Losses that are forgiven, in ms of pump a second of hold: 4 mmHg/s in a pump of 25 mmHg/s. */
const FORGIVEN_PERMILLE = 150;
/** Part of the fill over which the pump is measured, percent of the setpoint. */
const UP_FROM = 65;
const UP_TO = 92;
const UP_LEAST_MS = 80;
/** Believed speed of a pump, mmHg/s. */
const LEAST_UP = 4;
const MOST_UP = 150;
/** Open time of the valve without any pump and without a fall of FELL_MMHG; the slowest valve takes 15 mmHg/s. */
export const OPEN_LIMIT_MS = 4000;
export const FELL_MMHG = 10;

/** Every tick with the valve shut or bleeding. */
export function keepFlow(s: Supervisor, t: Tick): void {
  if (t.outPump > 0) pumped(s, t);
  else if (t.outBleedMs > 0) opened(s, t);
}

function pumped(s: Supervisor, t: Tick): void {
  if (s.pumpedMs === 0) s.pumpedFrom = s.mean < t.p ? s.mean : t.p;
  s.pumpedMs += t.dt;
  s.upMs += t.dt;
  s.openMs = 0;
}

function opened(s: Supervisor, t: Tick): void {
  if (s.openMs === 0) s.openFrom = s.mean;
  s.openMs += t.outBleedMs;
  s.pumpedMs = 0;
}

/** Slow rule. The pump is measured while a fill is under way, and judged once the setpoint has been reached. */
export function judgeFlow(s: Supervisor, t: Tick): void {
  if (!s.reached) return measureUp(s, t);
  if (s.pumpedMs > 0) judgePumped(s, t);
  if (s.openMs > OPEN_LIMIT_MS) judgeOpened(s, t);
}

function measureUp(s: Supervisor, t: Tick): void {
  s.pumpedMs = 0;
  s.openMs = 0;
  const target = s.target;
  if (t.p * 100 < target * UP_FROM) {
    s.upMs = 0;
    s.upFrom = t.p;
    return;
  }
  if (t.p * 100 > target * UP_TO || s.upMs < UP_LEAST_MS) return;
  const rate = ((t.p - s.upFrom) * 1000) / s.upMs;
  s.upRate = rate > LEAST_UP ? (rate < MOST_UP ? rate : MOST_UP) : LEAST_UP;
}

function judgePumped(s: Supervisor, t: Tick): void {
  const forgiven = (s.lapMs * FORGIVEN_PERMILLE) / 1000;
  s.pumpedMs = s.pumpedMs > forgiven ? s.pumpedMs - forgiven : 0;
  const now = s.mean > t.p ? s.mean : t.p;
  const missing = (s.pumpedMs * s.upRate) / 1000 - (now - s.pumpedFrom);
  const allowed = MISSING_MMHG + (s.target * MISSING_SHARE) / 100;
  if (!(missing < allowed)) trip(s, t, TRIP_AIR_MISSING, missing, allowed);
}

function judgeOpened(s: Supervisor, t: Tick): void {
  if (!(s.openFrom - s.mean >= FELL_MMHG)) trip(s, t, TRIP_VALVE_IDLE, s.openMs, OPEN_LIMIT_MS);
  s.openMs = 0;
}
