/**
 * The way up: from 60 mmHg in steps of 20 until the pulse is small twice, or until no higher pressure could be of use. Works on the
 * pulse's energy (the square of its size), which is known the moment a window ends.
 * Must never ask for more than its ceiling.
 */
import { MAX_NOISE_MILLI, MIN_TOP_PERMILLE } from './believed.ts';
import { MAX_STEPS, type Steps } from './steps.ts';

/** First pressure and the height of a step up, mmHg. */
export const FIRST_MMHG = 60;
export const STEP_MMHG = 20;
/** Energy share of a small pulse: 0.42 of the size, permille of the energy. */
export const SMALL_PERMILLE = 176;
/** Energy share below which the middle of the flank was seen: 0.55 of the size. */
const FALLEN_PERMILLE = 300;
/** Windows before this one cannot show that the pulse falls. */
const FIRST_FALLEN = 4;
/** So far above the place of the largest pulse a small one counts as the end, mmHg. */
const ABOVE_TOP_MMHG = 20;
/** A pulse this many times the largest before (energy) is looked at again, once its energy is above 1/20 mmHg^2 (0.6 p-p). */
const JUMP = 4;
/**
 * Fast noise this many times the quietest window's (variance) is looked at again, once it is above 1/50 mmHg^2 and a
 * third of the pulse's energy (a steep pulse is rough by itself). */
const ROUGH = 6;
/** Before this many windows a small pulse that grows is not the end: what came before was no pulse. */
const EARLY = 9;
/** Most extra windows planned for the way down. */
export const MAX_PLAN = 16;

export interface Sweep {
  /** Highest pressure that may be asked for, mmHg. */
  ceiling: number;
  /** Largest and second largest pulse energy of believed windows; place of the largest. */
  largest: number;
  second: number;
  topMmHg: number;
  secondMmHg: number;
  /** The same while they are counted anew. */
  newLargest: number;
  newSecond: number;
  newTop: number;
  newNext: number;
  /** Least and second least fast noise so far, mmHg^2. */
  quietest: number;
  quiet: number;
  /** Windows whose noise is small enough, or less than half of their pulse (energy): a steep pulse is rough by itself. */
  usable: number;
  /** Small pulses in a row. */
  small: number;
  /** Windows repeated at this pressure. */
  again: number;
  /** Setpoint of the last step up. */
  asked: number;
  /** True when the sweep ended with the pulse gone, false when time or ceiling came first. */
  complete: boolean;
  /** Plan for the way down: pressures and their worth, and the entry that is worth least once the plan is full. */
  plan: Float32Array;
  worth: Float32Array;
  planned: number;
  poorest: number;
  poorestAt: number;
  /** Windows that the time allows on the way down: most entries of the plan. */
  planWindows: number;
  i: number;
}

export function createSweep(): Sweep {
  return {
    ceiling: 0,
    largest: 0,
    second: 0,
    topMmHg: 0,
    secondMmHg: 0,
    newLargest: 0,
    newSecond: 0,
    newTop: 0,
    newNext: 0,
    quietest: 0,
    quiet: 0,
    usable: 0,
    small: 0,
    again: 0,
    asked: 0,
    complete: false,
    plan: new Float32Array(MAX_PLAN),
    worth: new Float32Array(MAX_PLAN),
    planned: 0,
    poorest: 0,
    poorestAt: 0,
    planWindows: 0,
    i: 0,
  };
}

export function startSweep(w: Sweep, ceiling: number): void {
  w.ceiling = ceiling;
  w.largest = 0;
  w.second = 0;
  w.topMmHg = 0;
  w.secondMmHg = 0;
  w.quietest = 1000;
  w.quiet = 1000;
  w.usable = 0;
  w.small = 0;
  w.again = 0;
  w.asked = FIRST_MMHG;
  w.complete = false;
  w.planned = 0;
  w.i = 0;
}

/** Pulse energy of a window. */
export function pulseEnergy(steps: Steps, k: number): number {
  return (steps.energy[k] as number) - (steps.noise[k] as number);
}

/** Does window k hold something that is not a pulse, as far as its two variances tell? */
export function looksOdd(w: Sweep, steps: Steps, k: number): boolean {
  const noise = steps.noise[k] as number;
  if (noise < w.quietest) {
    w.quiet = w.quietest;
    w.quietest = noise;
  } else if (noise < w.quiet) w.quiet = noise;
  const e = pulseEnergy(steps, k);
  const loud = 2 * noise > e && 1000000 * noise > MAX_NOISE_MILLI * MAX_NOISE_MILLI;
  if (!loud) w.usable = w.usable + 1;
  if (50 * noise > 1 && noise > ROUGH * w.quietest && 3 * noise > e) return true;
  return k > 0 && 20 * e > 1 && e > JUMP * w.largest;
}

/** Take a believed window of the way up into account. */
function learn(w: Sweep, steps: Steps, k: number): void {
  const e = pulseEnergy(steps, k);
  const p = steps.pressure[k] as number;
  if (e > w.largest) {
    w.second = w.largest;
    w.secondMmHg = w.topMmHg;
    w.largest = e;
    w.topMmHg = p;
  } else if (e > w.second) {
    w.second = e;
    w.secondMmHg = p;
  }
  if (k < 2) return;
  const above = p > w.topMmHg + ABOVE_TOP_MMHG;
  const rising = k < EARLY && 2 * e > 3 * pulseEnergy(steps, k - 1);
  w.small = above && !rising && 1000 * e < SMALL_PERMILLE * w.second ? w.small + 1 : 0;
}

/** Two windows at one pressure that show the same: it was the pulse after all. */
function alike(steps: Steps, k: number): boolean {
  const a = pulseEnergy(steps, k);
  const b = pulseEnergy(steps, k - 1);
  return 2 * a < 3 * b && 2 * b < 3 * a;
}

/**
 * Next setpoint on the way up after window k, or 0 when the way up is over. `odd`: the window was doubtful; the same pressure is asked for
 * once more.
 */
export function nextUp(w: Sweep, steps: Steps, k: number, odd: boolean): number {
  if (odd && w.again === 0) {
    w.again = 1;
    return w.asked;
  }
  if (odd && alike(steps, k)) {
    steps.doubt[k] = 0;
    steps.doubt[k - 1] = 0;
  }
  w.again = 0;
  learn(w, steps, k);
  if (w.small > 1) {
    w.complete = true;
    return 0;
  }
  const next = w.asked + STEP_MMHG;
  if (next > w.ceiling || steps.count > MAX_STEPS - 4) return 0;
  if (k >= FIRST_FALLEN && w.topMmHg > 0 && next > highestOfUse(w)) return endAtHighest(w, steps, k);
  w.asked = next;
  return next;
}

/**
 * No higher pressure can be of use, mmHg: of a result that is believed the largest pulse lies at MIN_TOP_PERMILLE or more. The higher one
 * of the two largest counts, so that one odd window low down does not end the way up.
 */
function highestOfUse(w: Sweep): number {
  const top = w.secondMmHg > w.topMmHg ? w.secondMmHg : w.topMmHg;
  return (1000 * top) / MIN_TOP_PERMILLE + STEP_MMHG;
}

/** The way up ends there; it was of use if the pulse has fallen so far that the middle of its flank was seen. */
function endAtHighest(w: Sweep, steps: Steps, k: number): number {
  w.complete = 1000 * pulseEnergy(steps, k) < FALLEN_PERMILLE * w.second;
  return 0;
}

/** Count the largest pulses anew, one window a call, leaving out those found doubtful meanwhile. Call with i from 0 to s.count - 1. */
export function recount(w: Sweep, steps: Steps, i: number): void {
  if (i === 0) {
    w.newLargest = 0;
    w.newSecond = 0;
    w.newTop = 0;
  }
  const e = steps.doubt[i] === 0 ? pulseEnergy(steps, i) : 0;
  if (e > w.newLargest) {
    w.newSecond = w.newLargest;
    w.newNext = w.newTop;
    w.newLargest = e;
    w.newTop = steps.pressure[i] as number;
  } else if (e > w.newSecond) {
    w.newSecond = e;
    w.newNext = steps.pressure[i] as number;
  }
  if (i < steps.count - 1 || w.newSecond === 0) return;
  w.largest = w.newLargest;
  w.second = w.newSecond;
  w.topMmHg = w.newTop;
  w.secondMmHg = w.newNext;
}
