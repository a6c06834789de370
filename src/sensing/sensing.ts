/**
 * From a raw reading to a believed gauge pressure. Sits first in the tick. Must never hand on a value that
 * is not a finite number from a new conversion: what it does not believe leaves `measuredMmHg` as it was and
 * sets `doubtful`, on which nobody pumps.
 */
import type { PressureSensor, SensorTraits } from '../ports.ts';
import type { SenseTick } from '../tick.ts';
import { isZeroed, type Zero } from './zero.ts';

/** Lowest gauge pressure that is believed, mmHg: a vented, cooling cuff can sit a little below zero. */
const MIN_GAUGE_MMHG = -30;
/** A step larger than this between two conversions is believed only when the next one confirms it, mmHg. */
const JUMP_MMHG = 40;
/** ... and confirms means: within this of the first, mmHg. */
const CONFIRM_MMHG = 25;
/** So many samples in a row may be parked. */
const PARK_LIMIT = 2;
/** Time constant of the smoothed pressure, ms. */
const SMOOTH_MS = 80;

/** State of the sensing stage; its counters are what the supervisor judges the sensor by. Often used fields first. */
export interface Sensing {
  readonly sensor: PressureSensor;
  readonly zero: Zero;
  /** The last tick brought a believed value like any other: then a common step is all that has to be looked for. */
  smooth: boolean;
  /** The last new value as the part gave it. */
  lastMmHg: number;
  /** Highest gauge pressure that is believed, mmHg. */
  maxMmHg: number;
  /** Share of a step that the smoothed pressure takes in a period. */
  share: number;
  /** True on ticks that brought a new conversion free of faults, believed or not; `lastMmHg` is its value. */
  arrived: boolean;
  /** Consecutive new conversions with exactly the same value. */
  same: number;
  /** ms since the last believed new conversion; before the first zero: since the last new one. */
  staleMs: number;
  /** Consecutive samples refused, and the `FAULT_*` bits or REFUSED_* reason of the last refusal. */
  refused: number;
  reason: number;
  /** A sample beyond JUMP_MMHG that waits for confirmation, and how many have been parked in a row. */
  pending: number;
  parked: number;
  /** Confirmed steps beyond JUMP_MMHG since boot. */
  jumps: number;
  readonly traits: SensorTraits;
}

/** `Sensing.reason` beyond the FAULT_* bits: not a pressure, out of range, an unconfirmed jump. */
export const REFUSED_NAN = 16;
export const REFUSED_RANGE = 32;
export const REFUSED_JUMP = 64;

export function createSensing(sensor: PressureSensor, zero: Zero): Sensing {
  return {
    sensor: sensor,
    zero: zero,
    smooth: false,
    lastMmHg: Number.NaN,
    maxMmHg: sensor.traits.maxMmHg,
    share: 0,
    arrived: false,
    same: 0,
    staleMs: 0,
    refused: 0,
    reason: 0,
    pending: 0,
    parked: 0,
    jumps: 0,
    traits: sensor.traits,
  };
}

/**
 * Take one sample into the tick: writes `measuredMmHg`, `filteredMmHg`, `fresh` and `doubtful`. Common is a value near the last one, after
 * a believed one; a value that is not a number is never that.
 */
export function sense(sensing: Sensing, t: SenseTick): void {
  const mmHg = sensing.sensor.sample();
  const gauge = mmHg - sensing.zero.mmHg;
  const step = gauge - t.measuredMmHg;
  if (
    sensing.smooth &&
    step * step <= JUMP_MMHG * JUMP_MMHG &&
    gauge >= MIN_GAUGE_MMHG &&
    gauge <= sensing.maxMmHg &&
    mmHg !== sensing.lastMmHg
  ) {
    sensing.lastMmHg = mmHg;
    t.measuredMmHg = gauge;
    t.filteredMmHg += (gauge - t.filteredMmHg) * sensing.share;
  } else senseRare(sensing, t, mmHg);
}

/** All that is not common: faults, nothing new, the same value again, the first values, and the way back. */
function senseRare(sensing: Sensing, t: SenseTick, mmHg: number): void {
  sensing.share = t.period / (t.period + SMOOTH_MS);
  t.fresh = false;
  sensing.arrived = false;
  sensing.staleMs += t.dt;
  if (mmHg > -2000 && mmHg < 3000) takeNew(sensing, t, mmHg);
  else if (sensing.sensor.faults !== 0) refuse(sensing, sensing.sensor.faults);
  else if (mmHg < 0 || mmHg > 0) refuse(sensing, REFUSED_NAN);
  t.doubtful = !(sensing.staleMs <= sensing.traits.maxPeriodMs + t.period) || !isZeroed(sensing.zero);
  sensing.smooth = t.fresh && sensing.same === 0 && t.doubtful === false;
}

/** A rule doubts this sample: the next one is looked at whole, however common it seems. */
export function lookAtNext(sensing: Sensing): void {
  sensing.smooth = false;
}

function refuse(sensing: Sensing, reason: number): void {
  sensing.refused++;
  sensing.reason = reason;
}

function takeNew(sensing: Sensing, t: SenseTick, mmHg: number): void {
  sensing.same = mmHg === sensing.lastMmHg ? sensing.same + 1 : 0;
  sensing.lastMmHg = mmHg;
  sensing.arrived = true;
  if (isZeroed(sensing.zero)) believe(sensing, t, mmHg - sensing.zero.mmHg);
  else sensing.staleMs = 0;
}

function believe(sensing: Sensing, t: SenseTick, gauge: number): void {
  if (!(gauge >= MIN_GAUGE_MMHG && gauge <= sensing.maxMmHg)) return refuse(sensing, REFUSED_RANGE);
  if (isJump(sensing, t, gauge)) return refuse(sensing, REFUSED_JUMP);
  accept(sensing, t, gauge);
}

/**
 * An unconfirmed step is parked; a second sample near it confirms it, and a third is taken as it comes: gas can
 * jump (hose off, kink, a blow), a spike is one sample. A part that jumps all the time is the supervisor's affair.
 */
function isJump(sensing: Sensing, t: SenseTick, gauge: number): boolean {
  const step = gauge - t.measuredMmHg;
  if (!(step > JUMP_MMHG || step < -JUMP_MMHG)) {
    sensing.parked = 0;
    return false;
  }
  const off = gauge - sensing.pending;
  sensing.pending = gauge;
  sensing.parked++;
  const confirmed = sensing.parked === 2 && off >= -CONFIRM_MMHG && off <= CONFIRM_MMHG;
  if (!confirmed && sensing.parked <= PARK_LIMIT) return true;
  sensing.parked = 0;
  sensing.jumps++;
  return false;
}

function accept(sensing: Sensing, t: SenseTick, gauge: number): void {
  sensing.refused = 0;
  sensing.reason = 0;
  sensing.staleMs = 0;
  t.fresh = true;
  t.measuredMmHg = gauge;
  if (t.filteredMmHg > -1000) t.filteredMmHg += (gauge - t.filteredMmHg) * sensing.share;
  else t.filteredMmHg = gauge;
}
