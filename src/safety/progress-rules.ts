/** Filling must make progress, holding must hold: slow rules, by pump time and by the mean over some cycles. */
import type { Tick } from '../ports.ts';
import { expectCreep, expectRecovery } from './air-rules.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_DEVIATION, TRIP_LEAK, TRIP_NO_RISE, TRIP_OVER_LOP } from './trips.ts';

/** Pump time in which a fill must gain RISE_MMHG; below SLACK_MMHG the slack cuff takes air without pressure. */
export const RISE_WINDOW_MS = 10000;
export const RISE_MMHG = 3;
export const SLACK_MMHG = 20;
export const SLACK_RISE_MMHG = 1;
/** ... in this much pump time: a cuff whose sense line is off fills unseen meanwhile. */
export const SLACK_WINDOW_MS = 5000;
/** Far below target with the pump on: surgical tourniquets call 9 s of topping up a leak. [S] */
export const LEAK_MS = 9000;
const LEAK_SHARE = 70;
/** Mean above LOP for this long; the mean itself runs over ~2 s. */
export const OVER_LOP_MS = 3000;
/** Mean above 125 % of the target + 10 mmHg for this long: the valve does not let out, or the pump does not stop. */
export const HIGH_MS = 6000;
const HIGH_SHARE = 125;
const HIGH_MMHG = 10;
/** A setpoint raised by more than this is a new fill, mmHg. */
const NEW_FILL_MMHG = 3;

/** A round's worth of the fill or of the hold. */
export function judgeProgress(s: Supervisor, t: Tick): void {
  const target = t.setpoint === null ? 0 : t.setpoint;
  const raised = target - s.target;
  if (raised > NEW_FILL_MMHG) newFill(s, t, raised);
  else if (raised < -NEW_FILL_MMHG) expectRecovery(s, -raised);
  s.target = target;
  if (s.reached) judgeDeficit(s, t, target);
  else judgeRise(s, t, target);
}

function newFill(s: Supervisor, t: Tick, raised: number): void {
  s.reached = false;
  s.fillFrom = t.p;
  s.fillMs = 0;
  expectCreep(s, raised, s.target + raised);
}

function judgeRise(s: Supervisor, t: Tick, target: number): void {
  if (s.mean * 100 >= target * 90 && target > 0) s.reached = true;
  if (t.outPump > 0) s.fillMs += s.lapMs;
  const slack = s.fillFrom < SLACK_MMHG || t.p < SLACK_MMHG;
  const need = s.fillFrom < SLACK_MMHG ? SLACK_RISE_MMHG : RISE_MMHG;
  if (t.p - s.fillFrom >= need) {
    s.fillFrom = t.p;
    s.fillMs = 0;
  }
  if (!(s.fillMs < (slack ? SLACK_WINDOW_MS : RISE_WINDOW_MS))) trip(s, t, TRIP_NO_RISE, t.p, target);
}

/** The deficit adds up and is only slowly forgiven. */
function judgeDeficit(s: Supervisor, t: Tick, target: number): void {
  s.heldMs += s.lapMs;
  if (s.mean * 100 >= target * LEAK_SHARE) s.deficitMs = s.deficitMs > s.lapMs ? s.deficitMs - s.lapMs : 0;
  else if (t.outPump > 0) s.deficitMs += s.lapMs;
  if (!(s.deficitMs < LEAK_MS)) trip(s, t, TRIP_LEAK, s.mean, target);
}

/** The mean against what the limb may bear, and against what was asked for. */
export function judgeMean(s: Supervisor, t: Tick): void {
  const limit = s.limits.lopMmHg;
  s.overLopMs = s.mean <= limit ? 0 : s.overLopMs + s.lapMs;
  if (!(s.overLopMs < OVER_LOP_MS)) trip(s, t, TRIP_OVER_LOP, s.mean, limit);
  const high = t.setpoint === null ? limit : (t.setpoint * HIGH_SHARE) / 100 + HIGH_MMHG;
  s.highMs = s.mean <= high || t.quiet ? 0 : s.highMs + s.lapMs;
  if (!(s.highMs < HIGH_MS)) trip(s, t, TRIP_DEVIATION, s.mean, high);
}
