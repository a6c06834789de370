/**
 * The last word before the outputs: a proposal passes only if nothing is tripped, the demand is within the
 * limits and the sample can be believed, and the pump only while the reading is not looked at without it; anything else vents or holds.
 * Must never end in a throw: the command before would stand.
 */

import { MAX_CUFF_MMHG } from '../limits.ts';
import type { GateTick } from '../tick.ts';
import { BOOK_FULL } from './book-rules.ts';
import { trip } from './latch.ts';
import { TRIP_SETPOINT } from './rows/pressure.ts';
import type { Supervisor } from './state.ts';
import { TRIP_NONE } from './trips.ts';

/**
 * Decide what is sent: writes outPump, outBleedMs, outVent, and `changed` where the outputs have to be written. Null is not above 0, and
 * what is no number is not below anything.
 */
export function gate(supervisor: Readonly<Supervisor>, t: GateTick): void {
  if (
    t.vent === false &&
    supervisor.trip === TRIP_NONE &&
    t.measuredMmHg <= MAX_CUFF_MMHG &&
    (t.setpoint as number) > 0 &&
    (t.setpoint as number) <= supervisor.limits.ceilingMmHg
  ) {
    if (t.pump !== t.steady || t.bleedMs !== 0 || t.doubtful !== false) act(supervisor, t, t.bleedMs);
  } else refuse(supervisor, t);
}

/** Not everything is well: a setpoint that must not be trips; what is not a vent is at most held shut. */
function refuse(supervisor: Readonly<Supervisor>, t: GateTick): void {
  const setpoint = t.setpoint;
  const ceiling = supervisor.limits.ceilingMmHg;
  if (setpoint !== null && !(setpoint <= ceiling && setpoint >= 0))
    trip(supervisor, t, TRIP_SETPOINT, setpoint, ceiling);
  if (supervisor.trip !== TRIP_NONE || setpoint === null || t.vent !== false) ventNow(t);
  else act(supervisor, t, t.measuredMmHg <= MAX_CUFF_MMHG ? t.bleedMs : t.period);
}

/** Anything but a doubtless number for the pump is off, and so is the pump in a look. The end of a bleed is the valve's own affair: nothing is written for it. */
function act(supervisor: Readonly<Supervisor>, t: GateTick, bleedMs: number): void {
  if (bleedMs > 0) return bleed(t, bleedMs);
  const pump = t.pump > 0 && t.doubtful === false && mayPump(supervisor) ? wholePump(t.pump) : 0;
  if (pump !== t.outPump || t.outVent !== false) t.changed = true;
  t.outPump = pump;
  t.outBleedMs = 0;
  t.outVent = false;
  t.steady = pump;
}

/** Not while the reading is looked at without the pump, while it shows no life, nor when the cuff may hold enough by the air that went in. */
function mayPump(supervisor: Readonly<Supervisor>): boolean {
  return (
    supervisor.air.lookingSince === 0 &&
    supervisor.air.flatDoubt === false &&
    supervisor.air.bookStage < BOOK_FULL
  );
}

/** Never with the pump. */
function bleed(t: GateTick, ms: number): void {
  t.outPump = 0;
  t.outBleedMs = ms < t.period ? Math.round(ms) : t.period;
  t.outVent = false;
  t.steady = Number.NaN;
  t.changed = true;
}

function wholePump(permille: number): number {
  return permille < 1000 ? Math.round(permille) : 1000;
}

/** Vented, pump off. */
export function ventNow(t: GateTick): void {
  if (t.outVent !== true) t.changed = true;
  t.outPump = 0;
  t.outBleedMs = 0;
  t.outVent = true;
  t.steady = Number.NaN;
}
