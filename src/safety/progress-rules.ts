/**
 * Filling must make progress, holding must hold: once a round, by pump time and by the mean over some cycles. Must never let
 * a fill go on for ever, however the reading moves.
 */

import type { ReadTick } from '../tick.ts';
import { endWindow, expectRecovery } from './air-rules.ts';
import { restartFalls } from './fall-rules.ts';
import { forgetFill, isLooking, look, startFill } from './fill-rules.ts';
import { endStillness } from './flat-rules.ts';
import { startRate } from './flow-rules.ts';
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
  /** The setpoint that the last fill was for, mmHg. */
  filledToMmHg: number;
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
    filledToMmHg: 0,
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

/** A setpoint raised by more than this since the last fill is a new one, mmHg: in one step or in a ramp. */
const NEW_FILL_MMHG = 3;

/** A round's worth of the fill or of the hold. */
export function judgeProgress(supervisor: Writes<Progress>, t: ReadTick): void {
  if (t.setpoint !== supervisor.targetMmHg) retarget(supervisor, t);
  if (!supervisor.reached) judgeFilling(supervisor, t);
  else if (!(supervisor.meanMmHg >= supervisor.leakBelowMmHg && supervisor.deficitMs === 0))
    judgeDeficit(supervisor, t);
}

/** What hangs on the setpoint. */
function retarget(supervisor: Writes<Progress>, t: ReadTick): void {
  const target = t.setpoint === null ? 0 : t.setpoint;
  const raised = target - supervisor.filledToMmHg;
  const high = (target * HIGH_SHARE) / 100 + HIGH_MMHG;
  supervisor.targetMmHg = target;
  supervisor.leakBelowMmHg = (target * LEAK_SHARE) / 100;
  supervisor.highestMeanMmHg = high < supervisor.limits.lopMmHg ? high : supervisor.limits.lopMmHg;
  if (!(raised > NEW_FILL_MMHG || raised < -NEW_FILL_MMHG)) return;
  supervisor.filledToMmHg = target;
  if (raised > 0) newFill(supervisor, t);
  else lower(supervisor, t, -raised);
}

/** The setpoint was lowered by `mmHg`: the hold begins anew. */
function lower(supervisor: Writes<Progress>, t: ReadTick, mmHg: number): void {
  supervisor.heldSince = t.now;
  expectRecovery(supervisor, mmHg);
}

function newFill(supervisor: Writes<Progress>, t: ReadTick): void {
  supervisor.reached = false;
  supervisor.fillFromMmHg = t.filteredMmHg;
  supervisor.fillPumpMs = supervisor.pumpMs;
  supervisor.risePumpMs = supervisor.pumpMs;
  endWindow(supervisor);
  startFill(supervisor, t);
  startRate(supervisor, t);
  restartFalls(supervisor);
  endStillness(supervisor);
}

/** A look with the pump off is short: it is followed in two turns of four. */
function judgeFilling(supervisor: Writes<Progress>, t: ReadTick): void {
  if (supervisor.air.lookingSince > 0) look(supervisor, t);
  judgeRise(supervisor, t);
}

/**
 * A reading that falls takes the bound with it: a bump on the slack cuff is no pressure that the pump must top. In a look it is the drop over
 * the hose that goes.
 */
function judgeRise(supervisor: Writes<Progress>, t: ReadTick): void {
  if (supervisor.meanMmHg * 100 >= supervisor.targetMmHg * 90 && supervisor.targetMmHg > 0)
    reach(supervisor, t);
  const from = supervisor.fillFromMmHg;
  const rise = t.filteredMmHg - from;
  if ((rise < 0 && !isLooking(supervisor, t)) || rise >= (from < SLACK_MMHG ? SLACK_RISE_MMHG : RISE_MMHG)) {
    supervisor.fillFromMmHg = t.filteredMmHg;
    if (rise > 0) supervisor.risePumpMs = supervisor.pumpMs;
  }
  const slack = from < SLACK_MMHG || t.filteredMmHg < SLACK_MMHG;
  const rises = supervisor.pumpMs - supervisor.risePumpMs < (slack ? SLACK_WINDOW_MS : RISE_WINDOW_MS);
  if (!(rises && supervisor.pumpMs - supervisor.fillPumpMs < FILL_LIMIT_MS)) noRise(supervisor, t);
}

/** Where nothing was seen of what the pump gave, the reading will not show it leave either: the cuff may be full. */
function noRise(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  trip(supervisor, t, TRIP_NO_RISE, t.filteredMmHg, supervisor.targetMmHg);
  if (t.filteredMmHg >= SLACK_MMHG) return;
  distrustEmptyReading(supervisor);
  trip(supervisor, t, TRIP_FILL_UNSEEN, supervisor.pumpMs - supervisor.fillPumpMs, SLACK_WINDOW_MS);
}

function reach(supervisor: Writes<Progress>, t: ReadTick): void {
  forgetFill(supervisor);
  supervisor.reached = true;
  supervisor.heldSince = t.now;
}

/** The deficit adds up and is only slowly forgiven. */
function judgeDeficit(supervisor: Writes<Progress>, t: ReadTick): void {
  if (supervisor.meanMmHg >= supervisor.leakBelowMmHg)
    supervisor.deficitMs =
      supervisor.deficitMs > supervisor.roundMs ? supervisor.deficitMs - supervisor.roundMs : 0;
  else if (t.outPump > 0) supervisor.deficitMs += supervisor.roundMs;
  if (!(supervisor.deficitMs < LEAK_MS))
    tripOrVanished(supervisor, t, TRIP_LEAK, supervisor.meanMmHg, supervisor.targetMmHg);
}

/** The next fill begins without a past. */
export function forgetProgress(supervisor: Writes<Progress>): void {
  supervisor.targetMmHg = 0;
  supervisor.filledToMmHg = 0;
  supervisor.reached = false;
  supervisor.deficitMs = 0;
  supervisor.overLopMs = 0;
  supervisor.highMs = 0;
}

/** The mean against what the limb may bear, and against what was asked for. */
export function judgeHigh(supervisor: Writes<Progress>, t: ReadTick): void {
  const limit = supervisor.limits.lopMmHg;
  const high = (supervisor.targetMmHg * HIGH_SHARE) / 100 + HIGH_MMHG;
  supervisor.overLopMs = supervisor.meanMmHg <= limit ? 0 : supervisor.overLopMs + supervisor.roundMs;
  if (!(supervisor.overLopMs < OVER_LOP_MS)) trip(supervisor, t, TRIP_OVER_LOP, supervisor.meanMmHg, limit);
  supervisor.highMs = supervisor.meanMmHg <= high || t.quiet ? 0 : supervisor.highMs + supervisor.roundMs;
  if (!(supervisor.highMs < HIGH_MS)) trip(supervisor, t, TRIP_DEVIATION, supervisor.meanMmHg, high);
}
