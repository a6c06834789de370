/**
 * The rules that take turns while the valve is shut, one a tick: what takes 200 ms or more to show needs no look in every tick.
 * They live by the time since their last look and by the sums that `assess` keeps.
 */
import type { Tick } from '../ports.ts';
import { judgeAir } from './air-rules.ts';
import { judgeSuspect, keepFillLevel, keepLevel } from './level-rules.ts';
import { judgeHigh, judgeProgress } from './progress-rules.ts';
import { judgeFrozen } from './sensor-rules.ts';
import { type Supervisor, trip } from './state.ts';
import { judgeSupply } from './supply-rules.ts';
import { TRIP_TIME } from './trips.ts';

export type Rule = (s: Supervisor, t: Tick) => void;

/** How long the last round took, the time limit, what a sensor may hide (once a tick: with no room between the bounds it has been judged), and progress. */
function startRound(s: Supervisor, t: Tick): void {
  const lap = t.now - s.roundAt;
  s.roundMs = lap;
  s.roundAt = t.now;
  s.usedMs += lap;
  if (!(s.usedMs <= s.limits.pressureMs)) timeUp(s, t);
  if (s.sensing.same > 2) judgeFrozen(s, t);
  if (t.doubtful !== false && t.fresh && s.lowerMmHg < s.upperMmHg) judgeSuspect(s, t);
  judgeProgress(s, t);
}

function timeUp(s: Supervisor, t: Tick): void {
  trip(s, t, TRIP_TIME, s.usedMs / 1000, s.limits.pressureMs / 1000);
}

/** Level and mean, against what is allowed. */
function judgeLevel(s: Supervisor, t: Tick): void {
  if (!(t.p > -1000)) return;
  if (s.reached) keepLevel(s, t);
  else keepFillLevel(s, t);
  if (!(s.meanMmHg <= s.highestMeanMmHg && s.highMs === 0 && s.overLopMs === 0)) judgeHigh(s, t);
}

/** By `Tick.turn`. */
export const SLOW: readonly Rule[] = [judgeSupply, startRound, judgeLevel, judgeAir];
