/**
 * Preflight: every reason that keeps a session from starting, as bits. Asked while vented only. Looks at facts that are handed
 * in; changes nothing.
 */
import { ARM_VENT_LIMIT_MS, VENT_LIMIT_MS, VENTED_MMHG } from '../limits.ts';
import { NO_RAIL } from '../ports.ts';
import type { Sensing } from '../sensing/sensing.ts';
import { isZeroed, ZERO_OUT_OF_RANGE, ZERO_SHIFTED } from '../sensing/zero.ts';
import { LIMB_LEG, type Settings } from '../settings.ts';
import type { ReadTick } from '../tick.ts';
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
  INHIBIT_STOP,
  INHIBIT_STOP_UNTRIED,
  INHIBIT_STORE,
  INHIBIT_TRIP,
  INHIBIT_ZERO,
  INHIBIT_ZERO_RANGE,
} from './inhibits.ts';
import type { Supervisor } from './state.ts';
import { isLockedOut } from './supervisor.ts';
import { TRIP_NONE } from './trips.ts';

/** What preflight is told. */
export interface PreflightFacts {
  readonly tick: ReadTick;
  readonly settings: Readonly<Settings>;
  /** The stored settings were damaged or of another version. */
  readonly settingsBad: boolean;
  readonly sensing: Readonly<Sensing>;
  readonly supervisor: Readonly<Supervisor>;
  /** A measurement was ordered, which needs no occlusion pressure yet. */
  readonly measuring: boolean;
  /** A button is jammed down, or has been down for so long that nobody can mean it. */
  readonly buttonStuck: boolean;
  /** A fitted STOP reads open, or has not been tried since the power came. */
  readonly stopOpen: boolean;
  readonly stopUntried: boolean;
  /** The store has refused a write not long ago. */
  readonly storeRefuses: boolean;
  /** INHIBIT_* bits that stand until the power goes. */
  readonly barred: number;
}

/** Bits INHIBIT_*; 0 = a session may start, or the measurement that was ordered: that needs no occlusion pressure yet. */
export function preflight(facts: PreflightFacts): number {
  const t = facts.tick;
  const s = facts.settings;
  return (
    facts.barred +
    bit(facts.supervisor.trip !== TRIP_NONE, INHIBIT_TRIP) +
    bit(facts.sensing.refused > 0 || !(facts.sensing.staleMs < 1000), INHIBIT_SENSOR) +
    bit(
      facts.supervisor.pressurised || (isZeroed(facts.sensing.zero) && !(t.filteredMmHg <= VENTED_MMHG)),
      INHIBIT_PRESSURE,
    ) +
    bit(!isOutOfRange(facts) && isZeroBad(facts), INHIBIT_ZERO) +
    bit(facts.settingsBad, INHIBIT_SETTINGS) +
    bit(!(s.lopMmHg > 0 || facts.measuring), INHIBIT_NO_LOP) +
    bit(isLockedOut(facts.supervisor), INHIBIT_LOCKOUT) +
    bit(!(t.railMv >= s.minStartMv || t.railMv === NO_RAIL), INHIBIT_BATTERY) +
    bit(t.driverFaults !== 0, INHIBIT_DRIVER) +
    bit(facts.buttonStuck, INHIBIT_BUTTON) +
    bit(isVentSlow(facts), INHIBIT_SLOW_VENT) +
    bit(isOutOfRange(facts), INHIBIT_ZERO_RANGE) +
    bit(facts.stopOpen, INHIBIT_STOP) +
    bit(facts.stopUntried, INHIBIT_STOP_UNTRIED) +
    bit(facts.storeRefuses, INHIBIT_STORE)
  );
}

function bit(is: boolean, value: number): number {
  return is ? value : 0;
}

/** From working pressure, in this power-up: commissioning is the first time, and every session looks again. */
function isVentSlow(facts: PreflightFacts): boolean {
  const limit = facts.settings.limb === LIMB_LEG ? VENT_LIMIT_MS : ARM_VENT_LIMIT_MS;
  return !(facts.supervisor.slowestVentMs <= limit);
}

function isZeroBad(facts: PreflightFacts): boolean {
  const zero = facts.sensing.zero;
  return !isZeroed(zero) || zero.refusal === ZERO_SHIFTED;
}

function isOutOfRange(facts: PreflightFacts): boolean {
  return facts.sensing.zero.refusal === ZERO_OUT_OF_RANGE;
}
