/** Filling must make progress, holding must hold: once a round, by pump time and by the mean over some cycles. */
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
/** Pump time of a whole fill: the largest cuff on the weakest pump takes 90 s. A limb that moves can look like a rise, but not for ever. */
export const FILL_LIMIT_MS = 180000;
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
  if (t.setpoint !== s.targetMmHg) retarget(s, t);
  if (!s.reached) judgeRise(s, t);
  else if (!(s.meanMmHg >= s.leakBelowMmHg && s.deficitMs === 0)) judgeDeficit(s, t);
}

/** What hangs on the setpoint. */
function retarget(s: Supervisor, t: Tick): void {
  const target = t.setpoint === null ? 0 : t.setpoint;
  const raised = target - s.targetMmHg;
  const high = (target * HIGH_SHARE) / 100 + HIGH_MMHG;
  s.targetMmHg = target;
  s.leakBelowMmHg = (target * LEAK_SHARE) / 100;
  s.highestMeanMmHg = high < s.limits.lopMmHg ? high : s.limits.lopMmHg;
  if (raised > NEW_FILL_MMHG) newFill(s, t, raised);
  else if (raised < -NEW_FILL_MMHG) expectRecovery(s, t, -raised);
}

function newFill(s: Supervisor, t: Tick, raised: number): void {
  s.reached = false;
  s.fillFromMmHg = t.p;
  s.fillPumpMs = s.pumpMs;
  s.risePumpMs = s.pumpMs;
  expectCreep(s, raised);
}

/** A reading that falls takes the bound with it: a bump on the slack cuff is no pressure that the pump must top. */
function judgeRise(s: Supervisor, t: Tick): void {
  if (s.meanMmHg * 100 >= s.targetMmHg * 90 && s.targetMmHg > 0) reach(s, t);
  const from = s.fillFromMmHg;
  const rise = t.p - from;
  if (rise < 0 || rise >= (from < SLACK_MMHG ? SLACK_RISE_MMHG : RISE_MMHG)) {
    s.fillFromMmHg = t.p;
    if (rise > 0) s.risePumpMs = s.pumpMs;
  }
  const slack = from < SLACK_MMHG || t.p < SLACK_MMHG;
  const rises = s.pumpMs - s.risePumpMs < (slack ? SLACK_WINDOW_MS : RISE_WINDOW_MS);
  if (!(rises && s.pumpMs - s.fillPumpMs < FILL_LIMIT_MS)) trip(s, t, TRIP_NO_RISE, t.p, s.targetMmHg);
}

function reach(s: Supervisor, t: Tick): void {
  s.reached = true;
  s.heldSince = t.now;
}

/** The deficit adds up and is only slowly forgiven. */
function judgeDeficit(s: Supervisor, t: Tick): void {
  if (s.meanMmHg >= s.leakBelowMmHg) s.deficitMs = s.deficitMs > s.roundMs ? s.deficitMs - s.roundMs : 0;
  else if (t.outPump > 0) s.deficitMs += s.roundMs;
  if (!(s.deficitMs < LEAK_MS)) trip(s, t, TRIP_LEAK, s.meanMmHg, s.targetMmHg);
}

/** The mean against what the limb may bear, and against what was asked for. */
export function judgeHigh(s: Supervisor, t: Tick): void {
  const limit = s.limits.lopMmHg;
  const high = (s.targetMmHg * HIGH_SHARE) / 100 + HIGH_MMHG;
  s.overLopMs = s.meanMmHg <= limit ? 0 : s.overLopMs + s.roundMs;
  if (!(s.overLopMs < OVER_LOP_MS)) trip(s, t, TRIP_OVER_LOP, s.meanMmHg, limit);
  s.highMs = s.meanMmHg <= high || t.quiet ? 0 : s.highMs + s.roundMs;
  if (!(s.highMs < HIGH_MS)) trip(s, t, TRIP_DEVIATION, s.meanMmHg, high);
}
