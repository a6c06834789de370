/**
 * The last word before the outputs: a proposal passes only if nothing is tripped, the demand is within the
 * limits and the sample can be believed; anything else vents or holds. Never throws.
 */
import { MAX_CUFF_MMHG } from '../limits.ts';
import type { Tick } from '../ports.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_NONE, TRIP_SETPOINT } from './trips.ts';

/** Decide what is sent: writes outPump, outBleedMs, outVent. */
export function gate(s: Supervisor, t: Tick): void {
  const setpoint = t.setpoint;
  const ceiling = s.limits.ceilingMmHg;
  if (setpoint !== null && !(setpoint <= ceiling && setpoint >= 0))
    trip(s, t, TRIP_SETPOINT, setpoint, ceiling);
  if (s.trip !== TRIP_NONE || setpoint === null || t.vent !== false) return ventNow(t);
  if (!(t.raw <= MAX_CUFF_MMHG)) return relieve(t);
  t.outVent = false;
  t.outBleedMs = wholeBleed(t.bleedMs, t.period);
  t.outPump = t.outBleedMs === 0 && t.doubtful === false ? wholePump(t.pump) : 0;
}

/** Vented, pump off. */
export function ventNow(t: Tick): void {
  t.outPump = 0;
  t.outBleedMs = 0;
  t.outVent = true;
}

/** Above the ceiling: the valve stands open for the whole tick, whatever the regulator wants. */
function relieve(t: Tick): void {
  t.outPump = 0;
  t.outBleedMs = t.period;
  t.outVent = false;
}

function wholeBleed(ms: number, period: number): number {
  return ms > 0 ? (ms < period ? Math.round(ms) : period) : 0;
}

function wholePump(permille: number): number {
  return permille > 0 ? (permille < 1000 ? Math.round(permille) : 1000) : 0;
}
