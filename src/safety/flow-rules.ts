/**
 * Air in one direction: pumped again and again without a bleed it must show as pressure; let out again and again
 * without the pump it must show as a fall. No model of the valve is needed, and of the pump only what the fill
 * showed. This is what stops a pump that chases a reading which no longer follows the cuff.
 */
import type { Tick } from '../tick.ts';
import type { AirBooks } from './air-books.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_AIR_MISSING, TRIP_VALVE_IDLE } from './trips.ts';

/** Pumped air that may be missing in the reading, mmHg, besides a share of the setpoint: wave, seating, creep. */
export const MISSING_MMHG = 80;
const MISSING_SHARE = 40;
/**
 * Losses that are forgiven, in ms of pump a second of hold: 4 mmHg/s in a pump of 25 mmHg/s; and what this cuff usually loses at rest, if
 * that is more: a weak pump on a cuff with a fixed bleed.
 */
export const FORGIVEN_PERMILLE = 150;
/** ... at most: a pump that runs for half of the time and more only to hold has a fault behind it, whatever was usual. */
export const MOST_FORGIVEN = 500;
/** Part of the fill over which the pump is measured, percent of the setpoint. */
const UP_FROM = 65;
const UP_TO = 92;
const UP_LEAST_MS = 80;
/** Believed speed of a pump, mmHg/s: one that is at its end near the setpoint makes 1 to 3. */
const LEAST_UP = 1;
const MOST_UP = 150;
/** Open time of the valve without any pump and without a fall of FELL_MMHG; the slowest valve takes 15 mmHg/s. */
export const OPEN_LIMIT_MS = 4000;
export const FELL_MMHG = 10;

/** How fast this pump fills this cuff, measured in each fill. */
export function measureUp(s: Supervisor, t: Tick): void {
  const b = s.air;
  const share = t.filteredMmHg * 100;
  b.pumpMs = s.pumpMs;
  b.bledMs = s.bledMs;
  if (share < s.target * UP_FROM) {
    b.upPumpMs = s.pumpMs;
    b.upFrom = t.filteredMmHg;
    b.upKnown = false;
    return;
  }
  const ms = s.pumpMs - b.upPumpMs;
  if (ms < UP_LEAST_MS || (b.upKnown && share > s.target * UP_TO)) return;
  const rate = ((t.filteredMmHg - b.upFrom) * 1000) / ms;
  b.upRate = rate > LEAST_UP ? (rate < MOST_UP ? rate : MOST_UP) : LEAST_UP;
  b.upKnown = true;
}

/** A round in which the pump ran and nothing was let out. */
export function judgePumped(s: Supervisor, t: Tick, ms: number): void {
  const b = s.air;
  const left = b.pumpedMs - ((t.now - b.pumpedAt) * b.forgiven) / 1000;
  b.pumpedAt = t.now;
  b.openMs = 0;
  if (!(left > 0)) return startPumped(s, t, ms);
  b.pumpedMs = left + ms;
  if (!(b.pumpedMs * b.upRate < MISSING_MMHG * 1000)) judgeMissing(s, t);
}

/** What a cuff usually loses is known anew, mmHg/s. */
export function forgiveUsual(b: AirBooks): void {
  const permille = (b.usual * 1000) / b.upRate;
  b.forgiven =
    permille > FORGIVEN_PERMILLE ? (permille < MOST_FORGIVEN ? permille : MOST_FORGIVEN) : FORGIVEN_PERMILLE;
}

function startPumped(s: Supervisor, t: Tick, ms: number): void {
  s.air.pumpedFrom = s.mean < t.filteredMmHg ? s.mean : t.filteredMmHg;
  s.air.pumpedMs = ms;
}

function judgeMissing(s: Supervisor, t: Tick): void {
  const b = s.air;
  const now = s.mean > t.filteredMmHg ? s.mean : t.filteredMmHg;
  const missing = (b.pumpedMs * b.upRate) / 1000 - (now - b.pumpedFrom);
  const allowed = MISSING_MMHG + (s.target * MISSING_SHARE) / 100;
  if (!(missing < allowed)) trip(s, t, TRIP_AIR_MISSING, missing, allowed);
}

/** A round in which the valve let air out and the pump did not run. */
export function judgeOpened(s: Supervisor, t: Tick, ms: number): void {
  const b = s.air;
  if (b.openMs === 0) b.openFrom = s.mean;
  b.openMs += ms;
  if (b.openMs <= OPEN_LIMIT_MS) return;
  if (!(b.openFrom - s.mean >= FELL_MMHG)) trip(s, t, TRIP_VALVE_IDLE, b.openMs, OPEN_LIMIT_MS);
  b.openMs = 0;
}
