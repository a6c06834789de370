/**
 * Which rules run when. Every comparison in them is written so that a value that is not a number trips. The fast
 * ones run every tick; the slow ones take turns, one a tick, and count the time of a whole round.
 */
import { OVERRUN_MS } from '../limits.ts';
import type { Tick } from '../ports.ts';
import { forgetAir, judgeAir, keepAir } from './air-rules.ts';
import { judgeFlow, keepFlow } from './flow-rules.ts';
import { judgeGone, judgeLeap, judgeOver } from './level-rules.ts';
import { judgeMean, judgeProgress } from './progress-rules.ts';
import { judgeSensor } from './sensor-rules.ts';
import { type Supervisor, trip } from './state.ts';
import { judgeIdleOutputs, judgeSupply } from './supply-rules.ts';
import { TRIP_CLOCK, TRIP_OVERRUN, TRIP_TIME } from './trips.ts';
import { judgeVenting, judgeZero } from './vent-rules.ts';

/** Time constant of the mean, ms. */
const MEAN_MS = 2000;

/** First of a round: how long the last one took, the time limit, and progress. */
function startLap(s: Supervisor, t: Tick): void {
  s.lapMs = t.now - s.lapAt;
  s.lapAt = t.now;
  const limit = s.limits.pressureMs;
  if (!(s.usedMs <= limit)) trip(s, t, TRIP_TIME, s.usedMs / 1000, limit / 1000);
  judgeProgress(s, t);
}

/** Air at rest and air in one direction. */
function judgeBooks(s: Supervisor, t: Tick): void {
  judgeAir(s, t);
  judgeFlow(s, t);
}

/** The slow rules, in turn. */
const SLOW: ReadonlyArray<(s: Supervisor, t: Tick) => void> = [startLap, judgeMean, judgeBooks];

/** Rules while there is, or may be, pressure in the cuff. */
export function judgePressurised(s: Supervisor, t: Tick): void {
  s.mean += ((t.p - s.mean) * t.dt) / MEAN_MS;
  judgeClock(s, t);
  judgeSensor(s, t);
  judgeOver(s, t);
  judgeLeap(s, t);
  if (t.outVent) judgeOpen(s, t);
  else judgeShut(s, t);
}

function judgeOpen(s: Supervisor, t: Tick): void {
  s.shutMs = s.shutMs > 0 ? 0 : s.shutMs - t.dt;
  judgeVenting(s, t);
  if (t.looked) judgeSupply(s, t);
}

function judgeShut(s: Supervisor, t: Tick): void {
  s.ventingMs = 0;
  s.shutMs = t.outBleedMs > 0 || s.shutMs < 0 ? 0 : s.shutMs + t.dt;
  judgeGone(s, t);
  keepAir(s, t);
  keepFlow(s, t);
  if (t.looked) judgeSupply(s, t);
  else judgeSlow(s, t);
}

function judgeSlow(s: Supervisor, t: Tick): void {
  const rule = SLOW[s.slot] ?? startLap;
  s.slot = s.slot < 2 ? s.slot + 1 : 0;
  rule(s, t);
}

/**
 * Ticks must come one a period: late is an overrun, early or backwards a clock that jumped. The interval keeps its
 * phase: after a late tick the next one may be early by as much.
 */
function judgeClock(s: Supervisor, t: Tick): void {
  if (!(t.dt <= OVERRUN_MS)) trip(s, t, TRIP_OVERRUN, t.dt, OVERRUN_MS);
  else if (!(t.dt >= 0 && (t.dt + s.lateMs) * 2 >= t.period)) trip(s, t, TRIP_CLOCK, t.dt, t.period / 2);
}

/** Last in a tick, vented or not: how late it was, or what is left of the lateness after an early one. */
export function keepClock(s: Supervisor, t: Tick): void {
  const late = t.dt - t.period;
  const left = s.lateMs + late;
  s.lateMs = late >= 0 ? late : left > 0 ? left : 0;
}

/** Rules on a vented cuff: outputs as told, and a zero that is one. */
export function judgeVented(s: Supervisor, t: Tick): void {
  s.pumpOffMs += t.dt;
  s.shutMs = s.shutMs > 0 ? 0 : s.shutMs - t.dt;
  s.lapAt = t.now;
  if (t.looked) judgeIdleOutputs(s, t);
  judgeZero(s, t);
}

/** Start afresh for the next fill. */
export function forgetPressure(s: Supervisor, t: Tick): void {
  s.lapMs = 0;
  s.slot = 0;
  s.mean = 0;
  s.level = 0;
  s.goneMs = 0;
  s.ventingMs = 0;
  s.overMs = 0;
  s.faultOverMs = 0;
  s.overLopMs = 0;
  s.highMs = 0;
  s.doubtMs = 0;
  s.erratic = 0;
  s.deficitMs = 0;
  s.fillMs = 0;
  s.fillFrom = t.p > 0 ? t.p : 0;
  s.target = 0;
  s.reached = false;
  s.leaps = 0;
  s.pumpOnMs = 0;
  s.pumpedMs = 0;
  s.openMs = 0;
  forgetAir(s);
}
