/**
 * Preflight: every reason that keeps a session from starting, as bits. Asked on a vented cuff only. It takes facts.
 * Must never ask another layer for its state.
 */
import { ARM_VENT_LIMIT_MS, VENT_LIMIT_MS, VENTED_MMHG } from '../limits.ts';
import { NO_RAIL } from '../ports.ts';
import { isZeroed, ZERO_OUT_OF_RANGE, ZERO_SHIFTED, type Zero } from '../sensing/zero.ts';
import { LIMB_LEG, LOP_BENCH, type Settings } from '../settings.ts';
import type { ReadTick } from '../tick.ts';
import {
  INHIBIT_BATTERY,
  INHIBIT_BUTTON,
  INHIBIT_COMMISSION,
  INHIBIT_DAY,
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
import { isLockedOut } from './time-rules.ts';
import { TRIP_NONE } from './trips.ts';

/** A sample that is older than this is no reading, ms. */
const STALE_MS = 1000;

/** What the device around the supervisor knows and the supervisor does not. */
export interface PreflightFacts {
  /** The stored settings are missing, damaged or of another version. */
  readonly settingsBad: boolean;
  /** A measurement of the occlusion pressure is to begin: none is needed yet. */
  readonly measuring: boolean;
  /** A button is jammed down, or has been down for so long that nobody can mean it. */
  readonly buttonStuck: boolean;
  /** A fitted STOP reads open, or has not been tried since the power came. */
  readonly stopOpen: boolean;
  readonly stopUntried: boolean;
  /** The store has refused a write not long ago. */
  readonly storeRefuses: boolean;
  /** No session is under way, and the time under pressure that a day has is used up. */
  readonly dayUsed: boolean;
  /** INHIBIT_* bits that stand until the power goes. */
  readonly barred: number;
}

/** Bits INHIBIT_*; 0 = a session, or the measurement that was ordered, may start. */
export function preflight(
  supervisor: Readonly<Supervisor>,
  t: ReadTick,
  settings: Readonly<Settings>,
  facts: PreflightFacts,
): number {
  const zero = supervisor.sensing.zero;
  return (
    facts.barred +
    bit(supervisor.trip !== TRIP_NONE, INHIBIT_TRIP) +
    bit(supervisor.sensing.refused > 0 || !(supervisor.sensing.staleMs < STALE_MS), INHIBIT_SENSOR) +
    bit(supervisor.pressurised || (isZeroed(zero) && !(t.filteredMmHg <= VENTED_MMHG)), INHIBIT_PRESSURE) +
    bit(!isOutOfRange(zero) && isZeroBad(zero), INHIBIT_ZERO) +
    bit(facts.settingsBad, INHIBIT_SETTINGS) +
    bit(!(facts.measuring || isLopKnown(settings) || isUnproven(facts)), INHIBIT_NO_LOP) +
    bit(isLockedOut(supervisor), INHIBIT_LOCKOUT) +
    bit(!(t.railMv >= settings.minStartMv || t.railMv === NO_RAIL), INHIBIT_BATTERY) +
    bit(t.driverFaults !== 0, INHIBIT_DRIVER) +
    bit(facts.buttonStuck, INHIBIT_BUTTON) +
    bit(isVentSlow(supervisor, settings.limb), INHIBIT_SLOW_VENT) +
    bit(isOutOfRange(zero), INHIBIT_ZERO_RANGE) +
    bit(facts.stopOpen, INHIBIT_STOP) +
    bit(facts.stopUntried, INHIBIT_STOP_UNTRIED) +
    bit(facts.storeRefuses, INHIBIT_STORE) +
    bit(facts.dayUsed, INHIBIT_DAY)
  );
}

function bit(is: boolean, value: number): number {
  return is ? value : 0;
}

/** One that the commissioning has left behind belongs to nobody. */
function isLopKnown(settings: Readonly<Settings>): boolean {
  return settings.lopMmHg > 0 && settings.lopSource !== LOP_BENCH;
}

/** A build that has not passed is told that first: nothing may be measured on it. Its own run fits no pressure that is not known. */
function isUnproven(facts: Readonly<PreflightFacts>): boolean {
  return (facts.barred & INHIBIT_COMMISSION) !== 0;
}

/** From working pressure, in this power-up: commissioning is the first time, and every session looks again. */
function isVentSlow(supervisor: Readonly<Supervisor>, limb: number): boolean {
  const limit = limb === LIMB_LEG ? VENT_LIMIT_MS : ARM_VENT_LIMIT_MS;
  return !(supervisor.slowestVentMs <= limit);
}

function isZeroBad(zero: Readonly<Zero>): boolean {
  return !isZeroed(zero) || zero.refusal === ZERO_SHIFTED;
}

function isOutOfRange(zero: Readonly<Zero>): boolean {
  return zero.refusal === ZERO_OUT_OF_RANGE;
}
