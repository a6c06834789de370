/**
 * The way down: plans which pressures to look at in the time that is left, by what they tell about the upper flank of the pulse curve.
 * Must never ask for more than the sweep's ceiling.
 */
import { MAX_STEPS, type Steps } from './steps.ts';
import { FIRST_MMHG, MAX_PLAN, pulseEnergy, SMALL_PERMILLE, type Sweep } from './sweep.ts';

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
function offerAgain(w: Sweep, steps: Steps, j: number): void {
  const p = steps.pressure[j] as number;
  const e = pulseEnergy(steps, j) / w.largest;
  if (p < w.topMmHg - 5 || 1000 * e < SMALL_PERMILLE) return;
  offer(w, p, 9 + j / MAX_STEPS);
  offer(w, p - 3, 5 + j / MAX_STEPS);
}

/** What a window between j and the next one up is worth: the gap, times how much of the flank lies in it. */
function offerGap(w: Sweep, steps: Steps, j: number): void {
  const a = steps.pressure[j] as number;
  const gap = (steps.pressure[j + 1] as number) - a;
  if (gap < 5) return;
  const e = pulseEnergy(steps, j) / w.largest;
  const f = pulseEnergy(steps, j + 1) / w.largest;
  const high = e > f ? e : f;
  const upper = a > w.topMmHg - 5;
  const drop = e > f ? e - f : f - e;
  if (upper && 1000 * high > SMALL_PERMILLE) offerInside(w, a, gap, drop);
  else if (high > 1 / 4) offer(w, a + gap / 2, gap);
}

/** What one window gives to the plan; true when it is made. */
export function workPlan(w: Sweep, steps: Steps): boolean {
  const j = w.i;
  w.i = j + 1;
  if (j === 0) {
    offer(w, w.topMmHg, 25);
    if (w.topMmHg < FIRST_MMHG + 15) offer(w, FIRST_MMHG - 14, 80);
    return false;
  }
  if (j > steps.count) return true;
  if (steps.doubt[j - 1] === 1) offer(w, steps.pressure[j - 1] as number, 100);
  else offerAgain(w, steps, j - 1);
  if (j < steps.count) offerGap(w, steps, j - 1);
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
