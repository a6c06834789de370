/**
 * The zero of the gauge: what the part reads when the cuff is vented and the trace is flat. Runs only while
 * the session says that the cuff has been open for a while; a zero taken too early after a vent is wrong by
 * 2-8 mmHg (docs/sources.md, arm recordings), so two windows in a row must agree. Must never move while there is pressure.
 * The first zero of a power-up is held against the one kept in flash: a cuff that the valve has not emptied is as
 * flat as the open air and reads higher.
 */
import type { SensorTraits } from '../ports.ts';
import type { MmHg } from '../units.ts';

/** Samples a window: long enough to average noise, short enough to finish in about a second. */
const WINDOW = 16;
/** Spread that a window may have besides the noise, in thousandths of a mmHg: parts are up to 6 times noisier than typical. */
const FLAT_MILLI = 1600;
/** Two windows must agree within this, in hundredths of a mmHg: leaves at most ~0.5 mmHg of a vent's tail. */
const AGREE_CENTI = 12;
/** A new zero may differ from one taken earlier in this power-up by this much, mmHg; more is a drifting part. */
export const MAX_ZERO_SHIFT_MMHG = 6;
/** The first zero may be above the kept one by this, mmHg: the weather of some days. More has to be confirmed. */
export const MAX_ZERO_RISE_MMHG = 8;
/** ... and by this after a session that was cut off or a hazard: the cuff may hold pressure still. */
export const MAX_OPEN_RISE_MMHG = 3;

export interface Zero {
  readonly traits: SensorTraits;
  /** The zero in use, mmHg as the part reads; NaN = none yet. */
  mmHg: number;
  /** The first zero of this power-up: all later ones are measured against it. */
  first: number;
  /** The zero kept in flash, mmHg; Infinity = none, and none is needed; NaN = it should be there and is not. */
  kept: number;
  /** How far above it the first zero may be, mmHg; -Infinity = none is good before the wearer's word. */
  rise: number;
  /** The first zero is too high, or not there yet after what was cut off: is the cuff open? Until the wearer says so, or the reading falls. */
  asks: boolean;
  /** The wearer has opened the cuff by hand and said so. */
  confirmed: boolean;
  /** Mean of the window before; NaN = none. */
  previous: number;
  count: number;
  sum: number;
  min: number;
  max: number;
  /** Conversion count of the last sample used. */
  conversions: number;
  /** Why the last window gave no zero: ZERO_* below. */
  refusal: number;
  /** The mean that was refused, for the message. */
  refusedMmHg: number;
}

export const ZERO_OK = 0;
export const ZERO_WAITING = 1;
export const ZERO_NOT_FLAT = 2;
export const ZERO_OUT_OF_RANGE = 3;
export const ZERO_SHIFTED = 4;
export const ZERO_UNCONFIRMED = 5;

export function createZero(traits: SensorTraits): Zero {
  return {
    traits: traits,
    mmHg: Number.NaN,
    first: Number.NaN,
    kept: Number.POSITIVE_INFINITY,
    rise: MAX_ZERO_RISE_MMHG,
    asks: false,
    confirmed: false,
    previous: Number.NaN,
    count: 0,
    sum: 0,
    min: 0,
    max: 0,
    conversions: -1,
    refusal: ZERO_WAITING,
    refusedMmHg: 0,
  };
}

export function isZeroed(z: Zero): boolean {
  return z.mmHg > -10000;
}

/** How far the first zero is doubted, by what was open when the power went. */
export const DOUBT_NONE = 0;
/** Only the limb's rest was owed. */
export const DOUBT_RESTING = 1;
/** A session was cut off: until there is a good zero the cuff is asked about, also where the trace is never flat. */
export const DOUBT_CUT_OFF = 2;
/** A hazard stood: no zero is good before the wearer has opened the cuff by hand. */
export const DOUBT_HAZARD = 3;

/** What flash says at boot. Without a kept zero the first one is taken as it comes only where nothing was open: a new device. */
export function recallZero(z: Zero, kept: string | undefined, doubt: number): void {
  z.rise = doubt === DOUBT_NONE ? MAX_ZERO_RISE_MMHG : MAX_OPEN_RISE_MMHG;
  if (doubt === DOUBT_HAZARD) z.rise = Number.NEGATIVE_INFINITY;
  z.asks = doubt >= DOUBT_CUT_OFF;
  if (kept !== undefined) z.kept = parseInt(kept, 10) / 10;
  else z.kept = doubt === DOUBT_NONE ? Number.POSITIVE_INFINITY : Number.NaN;
}

/** The zero in use as it is kept in flash: tenths of a mmHg. */
export function keptText(z: Zero): string {
  return Math.round(z.mmHg * 10).toString();
}

/** The wearer has opened the cuff by hand: what is measured from now on is the open air. */
export function confirmOpen(z: Zero): void {
  z.confirmed = true;
  z.asks = false;
  restartZero(z);
}

/** The part is zeroed by its maker or by whoever leads the core: `mmHg` is the open air. */
export function trustZero(z: Zero, mmHg: MmHg): void {
  z.mmHg = mmHg;
}

/** The zero in use stands in flash now, as `text`. */
export function noteKept(z: Zero, text: string): void {
  z.kept = parseInt(text, 10) / 10;
}

/** Forget a window under way: the cuff was shut. */
export function restartZero(z: Zero): void {
  z.count = 0;
  z.previous = Number.NaN;
  z.refusal = ZERO_WAITING;
}

/** Feed one reading of the vented cuff; call only with new conversions free of faults. */
export function feedZero(z: Zero, mmHg: number): void {
  if (z.count === 0) {
    z.sum = 0;
    z.min = mmHg;
    z.max = mmHg;
  }
  if (mmHg < z.min) z.min = mmHg;
  if (mmHg > z.max) z.max = mmHg;
  z.sum += mmHg;
  z.count++;
  if (z.count >= WINDOW) closeWindow(z);
}

function closeWindow(z: Zero): void {
  const mean = z.sum / WINDOW;
  const spread = z.max - z.min;
  const before = z.previous;
  z.count = 0;
  z.previous = mean;
  z.refusal = judge(z, mean, spread, before);
  if (z.refusal === ZERO_OK) z.mmHg = mean;
  else z.refusedMmHg = mean;
}

function judge(z: Zero, mean: number, spread: number, before: number): number {
  if (!(mean >= z.traits.zeroMinMmHg && mean <= z.traits.zeroMaxMmHg)) return ZERO_OUT_OF_RANGE;
  if (!(spread * 1000 <= 8 * z.traits.noiseMilliMmHg + FLAT_MILLI)) return ZERO_NOT_FLAT;
  const step = (mean - before) * 100;
  const allowed = AGREE_CENTI + z.traits.noiseMilliMmHg / 20;
  if (!(step <= allowed && step >= -allowed)) return ZERO_WAITING;
  if (!(z.first > -10000)) {
    z.asks = !z.confirmed && !(mean - z.kept <= z.rise);
    if (z.asks) return ZERO_UNCONFIRMED;
    z.first = mean;
  }
  const shift = mean - z.first;
  if (shift > MAX_ZERO_SHIFT_MMHG || shift < -MAX_ZERO_SHIFT_MMHG) return ZERO_SHIFTED;
  return ZERO_OK;
}
