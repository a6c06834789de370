/**
 * The supervisor: looks at every tick before the session acts (`assess`) and at every command before it
 * reaches an output (`gate`, in gate.ts). Keeps its own timers and shares no state with regulator or
 * session. Compares so that NaN trips. No setting can switch a rule off.
 */
import {
  MAX_ARM_MS,
  MAX_CUFF_MMHG,
  MAX_LEG_MS,
  MAX_LOP_PERMILLE,
  MAX_MEASURE_MMHG,
  MAX_SETPOINT_MMHG,
  RELEASE_MS,
  TRAINING_ONLY_MMHG,
} from '../limits.ts';
import type { Tick } from '../ports.ts';
import { oddTick } from './clock-rules.ts';
import { ARM_BLEED_MMHG, judgeUneasy, LEG_BLEED_MMHG } from './level-rules.ts';
import { assessOpen } from './open-rules.ts';
import { type Rule, SLOW } from './slow-rules.ts';
import type { Supervisor } from './state.ts';
import { TRIP_NONE } from './trips.ts';

/** Set the limits from settings; whatever is asked for, the hard limits hold. NaN gives the tightest value. */
export function tighten(
  s: Supervisor,
  leg: boolean,
  lopMmHg: number,
  userMmHg: number,
  lopPermille: number,
  userMs: number,
): void {
  const hardMs = leg ? MAX_LEG_MS : MAX_ARM_MS;
  const share = lower(lopPermille, MAX_LOP_PERMILLE);
  s.limits.lopMmHg = lopMmHg > 0 ? lopMmHg : 0;
  s.limits.ceilingMmHg = lower(lower(userMmHg, MAX_SETPOINT_MMHG), (s.limits.lopMmHg * share) / 1000);
  s.limits.pressureMs = lower(userMs, hardMs);
  s.limits.bleedMmHg = leg ? LEG_BLEED_MMHG : ARM_BLEED_MMHG;
}

function lower(asked: number, hard: number): number {
  return asked <= hard ? (asked > 0 ? asked : 0) : asked > hard ? hard : 0;
}

/**
 * Judge this tick. Afterwards `s.trip` says whether anything but a vent is allowed. The common case stands here: valve shut, nothing
 * odd. It counts what was sent, looks at what must never wait, and gives a slow rule its turn. On a vented cuff no tick is short enough:
 * the first one with the valve shut is odd, and begins the hold.
 */
export function assess(s: Supervisor, t: Tick): void {
  if (t.outVent !== false) return assessOpen(s, t);
  if (t.outPump > 0) s.pumpMs += t.dt;
  else if (t.outBleedMs > 0) s.bledMs += t.outBleedMs;
  if (!(t.dt <= s.longest && t.dt >= s.shortest)) oddTick(s, t);
  if (!(t.raw <= s.upper && t.raw >= s.lower && t.fresh)) judgeUneasy(s, t);
  (SLOW[t.turn] as Rule)(s, t);
}

/** True once the cuff has been seen empty for as long as a full release takes. */
export function isReleased(s: Supervisor): boolean {
  return s.releasedMs >= RELEASE_MS;
}

/** A restart in the middle of a session: nothing is known of the time used, so all of it counts as used. */
export function startLockout(s: Supervisor): void {
  s.usedMs = MAX_LEG_MS + RELEASE_MS;
  s.ventedMs = 0;
  s.releasedMs = 0;
}

/** True while the time under pressure is used up and not given back. */
export function isLockedOut(s: Supervisor): boolean {
  return !(s.usedMs < s.limits.pressureMs);
}

/** Clear a latched trip: only vented, and never what a restart alone clears. The caller has checked the row. */
export function clearTrip(s: Supervisor): boolean {
  if (s.pressurised) return false;
  s.trip = TRIP_NONE;
  s.hazard = TRIP_NONE;
  return true;
}

/**
 * A LOP measurement goes above the occlusion pressure for some seconds: its setpoint may come near the
 * ceiling, for one and a half minutes at most, twice with a pause. `tighten` takes this back.
 */
export function allowMeasurement(s: Supervisor, userMmHg: number): void {
  s.limits.ceilingMmHg =
    userMmHg >= TRAINING_ONLY_MMHG ? MAX_MEASURE_MMHG : lower(userMmHg, MAX_MEASURE_MMHG);
  s.limits.lopMmHg = MAX_CUFF_MMHG;
}
