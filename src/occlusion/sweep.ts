/**
 * Decides which pressure comes next: up from 60 mmHg in steps of 20 until the pulse is small twice, then down, where the time that is
 * left tells most. Works on the pulse's energy (the square of its size), which is known the moment a window ends. Must never ask
 * for more than its ceiling.
 */
import { MAX_STEPS, type Steps } from './steps.ts';

/** First pressure and the height of a step up, mmHg. */
export const FIRST_MMHG = 60;
export const STEP_MMHG = 20;
/** Energy share of a small pulse: 0.42 of the size, permille of the energy. */
const SMALL_PERMILLE = 176;
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
  /** The same while they are counted anew. */
  newLargest: number;
  newSecond: number;
  newTop: number;
  /** Least fast noise so far, mmHg^2. */
  quietest: number;
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
    newLargest: 0,
    newSecond: 0,
    newTop: 0,
    quietest: 0,
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
  w.quietest = 1000;
  w.small = 0;
  w.again = 0;
  w.asked = FIRST_MMHG;
  w.complete = false;
  w.planned = 0;
  w.i = 0;
}

/** Pulse energy of a window. */
export function pulseEnergy(s: Steps, k: number): number {
  return (s.energy[k] as number) - (s.noise[k] as number);
}

/** Does window k hold something that is not a pulse, as far as its two variances tell? */
export function looksOdd(w: Sweep, s: Steps, k: number): boolean {
  const noise = s.noise[k] as number;
  if (noise < w.quietest) w.quietest = noise;
  const e = pulseEnergy(s, k);
  if (50 * noise > 1 && noise > ROUGH * w.quietest && 3 * noise > e) return true;
  return k > 0 && 20 * e > 1 && e > JUMP * w.largest;
}

/** Take a believed window of the way up into account. */
function learn(w: Sweep, s: Steps, k: number): void {
  const e = pulseEnergy(s, k);
  const p = s.pressure[k] as number;
  if (e > w.largest) {
    w.second = w.largest;
    w.largest = e;
    w.topMmHg = p;
  } else if (e > w.second) w.second = e;
  if (k < 2) return;
  const above = p > w.topMmHg + ABOVE_TOP_MMHG;
  const rising = k < EARLY && 2 * e > 3 * pulseEnergy(s, k - 1);
  w.small = above && !rising && 1000 * e < SMALL_PERMILLE * w.second ? w.small + 1 : 0;
}

/** Two windows at one pressure that show the same: it was the pulse after all. */
function alike(s: Steps, k: number): boolean {
  const a = pulseEnergy(s, k);
  const b = pulseEnergy(s, k - 1);
  return 2 * a < 3 * b && 2 * b < 3 * a;
}

/**
 * Next setpoint on the way up after window k, or 0 when the way up is over. `odd`: the window was doubtful; the same pressure is asked for
 * once more.
 */
export function nextUp(w: Sweep, s: Steps, k: number, odd: boolean): number {
  if (odd && w.again === 0) {
    w.again = 1;
    return w.asked;
  }
  if (odd && alike(s, k)) {
    s.doubt[k] = 0;
    s.doubt[k - 1] = 0;
  }
  w.again = 0;
  learn(w, s, k);
  if (w.small > 1) {
    w.complete = true;
    return 0;
  }
  const next = w.asked + STEP_MMHG;
  if (next > w.ceiling || s.count > MAX_STEPS - 4) return 0;
  w.asked = next;
  return next;
}

/** Count the largest pulses anew, one window a call, leaving out those found doubtful meanwhile. Call with i from 0 to s.count - 1. */
export function recount(w: Sweep, s: Steps, i: number): void {
  if (i === 0) {
    w.newLargest = 0;
    w.newSecond = 0;
  }
  const e = s.doubt[i] === 0 ? pulseEnergy(s, i) : 0;
  if (e > w.newLargest) {
    w.newSecond = w.newLargest;
    w.newLargest = e;
    w.newTop = s.pressure[i] as number;
  } else if (e > w.newSecond) w.newSecond = e;
  if (i < s.count - 1 || w.newSecond === 0) return;
  w.largest = w.newLargest;
  w.second = w.newSecond;
  w.topMmHg = w.newTop;
}

/** Begin the plan for a way down of at most `windows` windows. */
export function startPlan(w: Sweep, windows: number): void {
  w.planWindows = windows > MAX_PLAN ? MAX_PLAN : windows;
  w.planned = 0;
  w.poorest = w.planWindows > 0 ? 0 : 1000;
  w.i = 0;
}

/** Keep the best entries; when the plan is full, instead of the one that is worth least. */
function offer(w: Sweep, mmHg: number, worth: number): void {
  let at = w.planned;
  if (at < w.planWindows) w.planned = at + 1;
  else if (worth <= w.poorest) return;
  else at = w.poorestAt;
  w.plan[at] = mmHg;
  w.worth[at] = worth;
  if (w.planned === w.planWindows) findPoorest(w);
}

function findPoorest(w: Sweep): void {
  let at = 0;
  for (let i = 1; i < w.planWindows; i = i + 1) if ((w.worth[i] as number) < (w.worth[at] as number)) at = i;
  w.poorestAt = at;
  w.poorest = w.worth[at] as number;
}

/** Two windows into a wide gap of the upper flank, else one. */
function offerInside(w: Sweep, from: number, gap: number, drop: number): void {
  const worth = 2 * gap * (1 + 3 * drop);
  if (gap > 15 || 4 * drop > 1) {
    offer(w, from + gap / 3, worth);
    offer(w, from + (2 * gap) / 3, worth);
  } else offer(w, from + gap / 2, worth);
}

/** A second look at a window of the upper flank. */
function offerAgain(w: Sweep, s: Steps, j: number): void {
  const p = s.pressure[j] as number;
  const e = pulseEnergy(s, j) / w.largest;
  if (p < w.topMmHg - 5 || 1000 * e < SMALL_PERMILLE) return;
  offer(w, p, 9 + j / MAX_STEPS);
  offer(w, p - 3, 5 + j / MAX_STEPS);
}

/** What a window between j and the next one up is worth: the gap, times how much of the flank lies in it. */
function offerGap(w: Sweep, s: Steps, j: number): void {
  const a = s.pressure[j] as number;
  const gap = (s.pressure[j + 1] as number) - a;
  if (gap < 5) return;
  const e = pulseEnergy(s, j) / w.largest;
  const f = pulseEnergy(s, j + 1) / w.largest;
  const high = e > f ? e : f;
  const upper = a > w.topMmHg - 5;
  const drop = e > f ? e - f : f - e;
  if (upper && 1000 * high > SMALL_PERMILLE) offerInside(w, a, gap, drop);
  else if (high > 1 / 4) offer(w, a + gap / 2, gap);
}

/** What one window gives to the plan; true when it is made. */
export function workPlan(w: Sweep, s: Steps): boolean {
  const j = w.i;
  w.i = j + 1;
  if (j === 0) {
    offer(w, w.topMmHg, 25);
    if (w.topMmHg < FIRST_MMHG + 15) offer(w, FIRST_MMHG - 14, 80);
    return false;
  }
  if (j > s.count) return true;
  if (s.doubt[j - 1] === 1) offer(w, s.pressure[j - 1] as number, 100);
  else offerAgain(w, s, j - 1);
  if (j < s.count) offerGap(w, s, j - 1);
  return false;
}

/**
 * Take the highest pressure out of the plan; 0 when the plan is empty. Never above the ceiling: a window may lie above what was asked for.
 * Windows found doubtful meanwhile are the caller's to add.
 */
export function nextDown(w: Sweep): number {
  if (w.planned === 0) return 0;
  let best = 0;
  for (let i = 1; i < w.planned; i = i + 1) {
    if ((w.plan[i] as number) > (w.plan[best] as number)) best = i;
  }
  const mmHg = w.plan[best] as number;
  w.planned = w.planned - 1;
  w.plan[best] = w.plan[w.planned] as number;
  return mmHg < w.ceiling ? mmHg : w.ceiling;
}
