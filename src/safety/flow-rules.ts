/**
 * Air in one direction: pumped again and again without a bleed it must show as pressure; let out again and again
 * without the pump it must show as a fall. No model of the valve is needed, and of the pump only what the fill
 * showed. This is what stops a pump that chases a reading which no longer follows the cuff.
 */
import type { Tick } from '../ports.ts';
import type { AirBalance } from './air-books.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_PUMP_WITHOUT_EFFECT, TRIP_VALVE_WITHOUT_EFFECT } from './trips.ts';

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
const RATE_FROM_PERCENT = 65;
const RATE_TO_PERCENT = 92;
const RATE_LEAST_MS = 80;
/** Believed speed of a pump, mmHg/s: one that is at its end near the setpoint makes 1 to 3. */
const LEAST_PUMP_MMHG_PER_S = 1;
const MOST_PUMP_MMHG_PER_S = 150;
/** Open time of the valve without any pump and without a fall of FELL_MMHG; the slowest valve takes 15 mmHg/s. */
export const OPEN_LIMIT_MS = 4000;
export const FELL_MMHG = 10;

/** How fast this pump fills this cuff, measured in each fill. */
export function measurePump(s: Supervisor, t: Tick): void {
  const b = s.air;
  const share = t.p * 100;
  b.seenPumpMs = s.pumpMs;
  b.seenBledMs = s.bledMs;
  if (share < s.targetMmHg * RATE_FROM_PERCENT) {
    b.ratePumpMs = s.pumpMs;
    b.rateFromMmHg = t.p;
    b.rateKnown = false;
    return;
  }
  const ms = s.pumpMs - b.ratePumpMs;
  if (ms < RATE_LEAST_MS || (b.rateKnown && share > s.targetMmHg * RATE_TO_PERCENT)) return;
  const rate = ((t.p - b.rateFromMmHg) * 1000) / ms;
  b.pumpMmHgPerS =
    rate > LEAST_PUMP_MMHG_PER_S
      ? rate < MOST_PUMP_MMHG_PER_S
        ? rate
        : MOST_PUMP_MMHG_PER_S
      : LEAST_PUMP_MMHG_PER_S;
  b.rateKnown = true;
}

/** A round in which the pump ran and nothing was let out. */
export function judgePumped(s: Supervisor, t: Tick, ms: number): void {
  const b = s.air;
  const left = b.pumpedMs - ((t.now - b.pumpedAt) * b.forgivenPermille) / 1000;
  b.pumpedAt = t.now;
  b.openMs = 0;
  if (!(left > 0)) return startPumped(s, t, ms);
  b.pumpedMs = left + ms;
  if (!(b.pumpedMs * b.pumpMmHgPerS < MISSING_MMHG * 1000)) judgeMissing(s, t);
}

/** What a cuff usually loses is known anew, mmHg/s. */
export function forgiveUsual(b: AirBalance): void {
  const permille = (b.usualMmHgPerS * 1000) / b.pumpMmHgPerS;
  b.forgivenPermille =
    permille > FORGIVEN_PERMILLE ? (permille < MOST_FORGIVEN ? permille : MOST_FORGIVEN) : FORGIVEN_PERMILLE;
}

function startPumped(s: Supervisor, t: Tick, ms: number): void {
  s.air.pumpedFromMmHg = s.meanMmHg < t.p ? s.meanMmHg : t.p;
  s.air.pumpedMs = ms;
}

function judgeMissing(s: Supervisor, t: Tick): void {
  const b = s.air;
  const now = s.meanMmHg > t.p ? s.meanMmHg : t.p;
  const missing = (b.pumpedMs * b.pumpMmHgPerS) / 1000 - (now - b.pumpedFromMmHg);
  const allowed = MISSING_MMHG + (s.targetMmHg * MISSING_SHARE) / 100;
  if (!(missing < allowed)) trip(s, t, TRIP_PUMP_WITHOUT_EFFECT, missing, allowed);
}

/** A round in which the valve let air out and the pump did not run. */
export function judgeOpened(s: Supervisor, t: Tick, ms: number): void {
  const b = s.air;
  if (b.openMs === 0) b.openFromMmHg = s.meanMmHg;
  b.openMs += ms;
  if (b.openMs <= OPEN_LIMIT_MS) return;
  if (!(b.openFromMmHg - s.meanMmHg >= FELL_MMHG))
    trip(s, t, TRIP_VALVE_WITHOUT_EFFECT, b.openMs, OPEN_LIMIT_MS);
  b.openMs = 0;
}
