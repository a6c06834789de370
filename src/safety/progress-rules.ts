/**
 * Filling must make progress, holding must hold: once a round, by pump time and by the mean over some cycles. Must never let
 * a fill go on for ever, however the reading moves.
 */

import type { ReadTick } from '../tick.ts';
import { expectCreep, expectRecovery } from './air-rules.ts';
import { forgetFill, isLooking, look, startFill } from './fill-rules.ts';
import { endStillness } from './flat-rules.ts';
import { distrustEmptyReading } from './fullness.ts';
import { trip } from './latch.ts';
import { tripOrVanished } from './level-rules.ts';
import {
  FILL_LIMIT_MS,
  LEAK_MS,
  LEAK_SHARE,
  RISE_MMHG,
  RISE_WINDOW_MS,
  SLACK_MMHG,
  SLACK_RISE_MMHG,
  SLACK_WINDOW_MS,
  TRIP_FILL_UNSEEN,
  TRIP_LEAK,
  TRIP_NO_RISE,
} from './rows/air.ts';
import {
  HIGH_MMHG,
  HIGH_MS,
  HIGH_SHARE,
  OVER_LOP_MS,
  TRIP_DEVIATION,
  TRIP_OVER_LOP,
} from './rows/pressure.ts';
import type { Supervisor, Writes } from './state.ts';

export interface Progress {
  /** The setpoint that the fill or the hold is for, mmHg. */
  targetMmHg: number;
  /** The reading that a fill has not risen from, mmHg. */
  fillFromMmHg: number;
  /** The sum of the pump at the start of the fill, ms. */
  fillPumpMs: number;
  /** The sum of the pump at the last rise, ms. */
  risePumpMs: number;
  /** The setpoint has been reached: it is a hold. */
  reached: boolean;
  /** Time far below the setpoint with the pump on, ms; slowly forgiven. */
  deficitMs: number;
  /** ms with the mean above the occlusion pressure. */
  overLopMs: number;
  /** ms with the mean above what the setpoint allows. */
  highMs: number;
  /** When the setpoint was reached, or last lowered, ms since boot. */
  heldSince: number;
  /** A mean below this is a deficit, mmHg. */
  leakBelowMmHg: number;
  /** A mean above this is looked at, mmHg. */
  highestMeanMmHg: number;
}

export function createProgress(): Progress {
  return {
    targetMmHg: 0,
    fillFromMmHg: 0,
    fillPumpMs: 0,
    risePumpMs: 0,
    reached: false,
    deficitMs: 0,
    overLopMs: 0,
    highMs: 0,
    heldSince: 0,
    leakBelowMmHg: 0,
    highestMeanMmHg: 0,
  };
}

/** A setpoint raised by more than this is a new fill, mmHg. */
const NEW_FILL_MMHG = 3;

/** A round's worth of the fill or of the hold. */
export function judgeProgress(s: Writes<Progress>, t: ReadTick): void {
  if (t.setpoint !== s.targetMmHg) retarget(s, t);
  if (!s.reached) judgeFilling(s, t);
  else if (!(s.meanMmHg >= s.leakBelowMmHg && s.deficitMs === 0)) judgeDeficit(s, t);
}

/** What hangs on the setpoint. */
function retarget(s: Writes<Progress>, t: ReadTick): void {
  const target = t.setpoint === null ? 0 : t.setpoint;
  const raised = target - s.targetMmHg;
  const high = (target * HIGH_SHARE) / 100 + HIGH_MMHG;
  s.targetMmHg = target;
  s.leakBelowMmHg = (target * LEAK_SHARE) / 100;
  s.highestMeanMmHg = high < s.limits.lopMmHg ? high : s.limits.lopMmHg;
  if (raised > NEW_FILL_MMHG) newFill(s, t, raised);
  else if (raised < -NEW_FILL_MMHG) lower(s, t, -raised);
}

/** The setpoint was lowered by `mmHg`: the hold begins anew. */
function lower(s: Writes<Progress>, t: ReadTick, mmHg: number): void {
  s.heldSince = t.now;
  expectRecovery(s, mmHg);
}

function newFill(s: Writes<Progress>, t: ReadTick, raised: number): void {
  s.reached = false;
  s.fillFromMmHg = t.filteredMmHg;
  s.fillPumpMs = s.pumpMs;
  s.risePumpMs = s.pumpMs;
  expectCreep(s, raised);
  startFill(s, t);
  endStillness(s);
}

/** A look with the pump off is short: it is followed in two turns of four. */
function judgeFilling(s: Writes<Progress>, t: ReadTick): void {
  if (s.air.lookingSince > 0) look(s, t);
  judgeRise(s, t);
}

/**
 * A reading that falls takes the bound with it: a bump on the slack cuff is no pressure that the pump must top. In a look it is the drop over
 * the hose that goes.
 */
function judgeRise(s: Writes<Progress>, t: ReadTick): void {
  if (s.meanMmHg * 100 >= s.targetMmHg * 90 && s.targetMmHg > 0) reach(s, t);
  const from = s.fillFromMmHg;
  const rise = t.filteredMmHg - from;
  if ((rise < 0 && !isLooking(s, t)) || rise >= (from < SLACK_MMHG ? SLACK_RISE_MMHG : RISE_MMHG)) {
    s.fillFromMmHg = t.filteredMmHg;
    if (rise > 0) s.risePumpMs = s.pumpMs;
  }
  const slack = from < SLACK_MMHG || t.filteredMmHg < SLACK_MMHG;
  const rises = s.pumpMs - s.risePumpMs < (slack ? SLACK_WINDOW_MS : RISE_WINDOW_MS);
  if (!(rises && s.pumpMs - s.fillPumpMs < FILL_LIMIT_MS)) noRise(s, t);
}

/** Where nothing was seen of what the pump gave, the reading will not show it leave either: the cuff may be full. */
function noRise(s: Readonly<Supervisor>, t: ReadTick): void {
  trip(s, t, TRIP_NO_RISE, t.filteredMmHg, s.targetMmHg);
  if (t.filteredMmHg >= SLACK_MMHG) return;
  distrustEmptyReading(s);
  trip(s, t, TRIP_FILL_UNSEEN, s.pumpMs - s.fillPumpMs, SLACK_WINDOW_MS);
}

function reach(s: Writes<Progress>, t: ReadTick): void {
  forgetFill(s);
  s.reached = true;
  s.heldSince = t.now;
}

/** The deficit adds up and is only slowly forgiven. */
function judgeDeficit(s: Writes<Progress>, t: ReadTick): void {
  if (s.meanMmHg >= s.leakBelowMmHg) s.deficitMs = s.deficitMs > s.roundMs ? s.deficitMs - s.roundMs : 0;
  else if (t.outPump > 0) s.deficitMs += s.roundMs;
  if (!(s.deficitMs < LEAK_MS)) tripOrVanished(s, t, TRIP_LEAK, s.meanMmHg, s.targetMmHg);
}

/** The next fill begins without a past. */
export function forgetProgress(s: Writes<Progress>): void {
  s.targetMmHg = 0;
  s.reached = false;
  s.deficitMs = 0;
  s.overLopMs = 0;
  s.highMs = 0;
}

/** The mean against what the limb may bear, and against what was asked for. */
export function judgeHigh(s: Writes<Progress>, t: ReadTick): void {
  const limit = s.limits.lopMmHg;
  const high = (s.targetMmHg * HIGH_SHARE) / 100 + HIGH_MMHG;
  s.overLopMs = s.meanMmHg <= limit ? 0 : s.overLopMs + s.roundMs;
  if (!(s.overLopMs < OVER_LOP_MS)) trip(s, t, TRIP_OVER_LOP, s.meanMmHg, limit);
  s.highMs = s.meanMmHg <= high || t.quiet ? 0 : s.highMs + s.roundMs;
  if (!(s.highMs < HIGH_MS)) trip(s, t, TRIP_DEVIATION, s.meanMmHg, high);
}
