/**
 * The rules that take turns while the valve is shut, one a tick: what takes 200 ms or more to show needs no look in every
 * tick. They go by the time since their last look and by the sums that `assess` keeps. A rule that must never wait does not
 * belong here.
 */
import type { ReadTick } from '../tick.ts';
import { judgeAir } from './air-rules.ts';
import { judgeSuspect, keepFillLevel, keepLevel } from './level-rules.ts';
import { judgeHigh } from './progress-rules.ts';
import { judgeFrozen } from './sensor-rules.ts';
import type { Supervisor, Writes } from './state.ts';
import { judgeSupply } from './supply-rules.ts';

import { judgeTime } from './time-rules.ts';

export interface Round {
  /** When the rules that take turns began their last round, ms since boot. */
  roundAt: number;
  /** Time between the last two rounds, ms. */
  roundMs: number;
}

export function createRound(): Round {
  return { roundAt: 0, roundMs: 0 };
}

/** A rule that takes turns; each writes its own slice alone. */
export type Rule = (s: Readonly<Supervisor>, t: ReadTick) => void;

/**
 * How long the last round took, the time limit and the sensor. A doubtful sample is judged once a tick: with no room between
 * the bounds it has been judged already.
 */
function startRound(s: Writes<Round>, t: ReadTick): void {
  const lap = t.now - s.roundAt;
  s.roundMs = lap;
  s.roundAt = t.now;
  judgeTime(s, t, lap);
  if (s.sensing.same > 2) judgeFrozen(s, t);
  if (t.doubtful !== false && t.fresh && s.lowerMmHg < s.upperMmHg) judgeSuspect(s, t);
}

/** The valve was shut at `at`, ms since boot: the first round begins. */
export function startRounds(s: Writes<Round>, at: number): void {
  s.roundAt = at;
}

/** A tick of a vent: no rule takes a turn. */
export function skipRound(s: Writes<Round>, t: ReadTick): void {
  s.roundAt = t.now;
  s.roundMs = 0;
}

/** Level and mean, against what is allowed. */
function judgeLevel(s: Readonly<Supervisor>, t: ReadTick): void {
  if (!(t.filteredMmHg > -1000)) return;
  if (s.reached) keepLevel(s, t);
  else keepFillLevel(s, t);
  if (!(s.meanMmHg <= s.highestMeanMmHg && s.highMs === 0 && s.overLopMs === 0)) judgeHigh(s, t);
}

/** By `Tick.turn`. */
export const SLOW: readonly Rule[] = [judgeSupply, startRound, judgeLevel, judgeAir];
