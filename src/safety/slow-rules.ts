/**
 * The rules that take turns while the valve is shut, one a tick: what takes 200 ms or more to show needs no look in every
 * tick. They go by the time since their last look and by the sums that `assess` keeps. A rule that must never wait does not
 * belong here.
 */
import type { ReadTick } from '../tick.ts';
import { judgeAir } from './air-rules.ts';
import { judgeSuspect, keepFillLevel, keepLevel } from './level-rules.ts';
import { judgeHigh } from './progress-rules.ts';
import { judgeFrozen, NEVER_FROZEN, NO_READING_MMHG } from './sensor-rules.ts';
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
export type Rule = (supervisor: Readonly<Supervisor>, t: ReadTick) => void;

/**
 * How long the last round took, the time limit and the sensor. A doubtful sample is judged once a tick: with nothing between
 * the bounds it has been judged already.
 */
function startRound(supervisor: Writes<Round>, t: ReadTick): void {
  const lap = t.now - supervisor.roundAt;
  supervisor.roundMs = lap;
  supervisor.roundAt = t.now;
  judgeTime(supervisor, t, lap);
  if (supervisor.sensing.same > NEVER_FROZEN) judgeFrozen(supervisor, t);
  if (t.doubtful !== false && t.fresh && supervisor.lowerMmHg < supervisor.upperMmHg)
    judgeSuspect(supervisor, t);
}

/** The valve was shut at `at`, ms since boot: the first round begins. */
export function startRounds(supervisor: Writes<Round>, at: number): void {
  supervisor.roundAt = at;
}

/** A tick of a vent: no rule takes a turn. */
export function skipRound(supervisor: Writes<Round>, t: ReadTick): void {
  supervisor.roundAt = t.now;
  supervisor.roundMs = 0;
}

/** Level and mean, against what is allowed. */
function judgeLevel(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  if (!(t.filteredMmHg > NO_READING_MMHG)) return;
  if (supervisor.reached) keepLevel(supervisor, t);
  else keepFillLevel(supervisor, t);
  if (
    !(
      supervisor.meanMmHg <= supervisor.highestMeanMmHg &&
      supervisor.highMs === 0 &&
      supervisor.overLopMs === 0
    )
  )
    judgeHigh(supervisor, t);
}

/** By `Tick.turn`. */
export const SLOW: readonly Rule[] = [judgeSupply, startRound, judgeLevel, judgeAir];
