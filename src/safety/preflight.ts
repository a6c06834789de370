/** Preflight: every reason that keeps a session from starting, as bits. Asked while vented only. */
import type { Core } from '../core.ts';
import { ARM_VENT_LIMIT_MS, VENT_LIMIT_MS, VENTED_MMHG } from '../limits.ts';
import { NO_RAIL } from '../ports.ts';
import { isZeroed, ZERO_OUT_OF_RANGE, ZERO_SHIFTED } from '../sensing/zero.ts';
import { LIMB_LEG } from '../settings.ts';
import { isStuck } from '../wearer/gestures.ts';
import {
  INHIBIT_BATTERY,
  INHIBIT_BUTTON,
  INHIBIT_DRIVER,
  INHIBIT_LOCKOUT,
  INHIBIT_NO_LOP,
  INHIBIT_PRESSURE,
  INHIBIT_SENSOR,
  INHIBIT_SETTINGS,
  INHIBIT_SLOW_VENT,
  INHIBIT_TRIP,
  INHIBIT_ZERO,
} from './inhibits.ts';
import { isLockedOut } from './supervisor.ts';
import { TRIP_NONE } from './trips.ts';

/** Bits INHIBIT_*; 0 = a session may start, or the measurement that was ordered: that needs no occlusion pressure yet. */
export function inhibitsNow(core: Core): number {
  const t = core.tick;
  const s = core.settings;
  return (
    bit(core.supervisor.trip !== TRIP_NONE, INHIBIT_TRIP) +
    bit(core.sensing.refused > 0 || !(core.sensing.staleMs < 1000), INHIBIT_SENSOR) +
    bit(
      core.supervisor.pressurised || (isZeroed(core.sensing.zero) && !(t.p <= VENTED_MMHG)),
      INHIBIT_PRESSURE,
    ) +
    bit(isZeroBad(core), INHIBIT_ZERO) +
    bit(core.settingsProblems.length > 0, INHIBIT_SETTINGS) +
    bit(!(s.lopMmHg > 0 || core.measuring), INHIBIT_NO_LOP) +
    bit(isLockedOut(core.supervisor), INHIBIT_LOCKOUT) +
    bit(!(t.railMv >= s.minStartMv || t.railMv === NO_RAIL), INHIBIT_BATTERY) +
    bit(t.driverFaults !== 0, INHIBIT_DRIVER) +
    bit(isStuck(core.gestures, t.now), INHIBIT_BUTTON) +
    bit(isVentSlow(core), INHIBIT_SLOW_VENT)
  );
}

function bit(is: boolean, value: number): number {
  return is ? value : 0;
}

/** From working pressure, in this power-up: commissioning is the first time, and every session looks again. */
function isVentSlow(core: Core): boolean {
  const limit = core.settings.limb === LIMB_LEG ? VENT_LIMIT_MS : ARM_VENT_LIMIT_MS;
  return !(core.supervisor.slowestVentMs <= limit);
}

function isZeroBad(core: Core): boolean {
  const zero = core.sensing.zero;
  return !isZeroed(zero) || zero.refusal === ZERO_OUT_OF_RANGE || zero.refusal === ZERO_SHIFTED;
}
