/**
 * What a tick of this very device takes: the board measures it and the regulator looks ahead by it. Must never hold up a tick or decide
 * anything: a tick that is too late is the supervisor's affair.
 */

import { setActing } from './control/slopes.ts';
import type { ReadonlyRegulator } from './control/state.ts';
import type { Tick } from './tick.ts';
import type { Ms } from './units.ts';

/**
 * Share of a tick after which its outputs are written, as counted by stage (`npm run bench:device`). On the nominal plant, ticks at their
 * cost, two seeds: 90 % of running and 89 % of leg press in the band; 86 and 83 % without looking ahead by it, and no more at 5 or 9 tenths.
 */
const ACT_SHARE = 7 / 10;
/** The mean follows a tick by this part. */
const FOLLOW = 16;
/** One tick in so many is timed: no multiple of the four turns, so that each of them is. */
export const TIMED_EVERY = 7;
/** More is no tick: the supervisor vents before. */
const MOST_MS = 250;
/**
 * A tick that takes so much longer than the mean has stood still in between, ms: a collection of the interpreter's memory takes 37 to 42 ms on
 * the reference board, as counted. The interpreter does not tell of one.
 */
const STALL_MS = 35;

export interface Pace {
  /** Mean and longest of the ticks under pressure that were looked at since power-up, ms; 0 before the first. */
  meanMs: Ms;
  worstMs: Ms;
  /** How many of those took STALL_MS longer than the mean. One tick in TIMED_EVERY is looked at: of so many collections this is one. */
  stalls: number;
}

interface PaceParts {
  readonly pace: Pace;
  readonly tick: Readonly<Tick>;
  readonly regulator: ReadonlyRegulator;
}

export function createPace(): Pace {
  return { meanMs: 0, worstMs: 0, stalls: 0 };
}

/** A tick has taken `ms`; the board tells of one in a few. A vented cuff's do not count: they have other work. */
export function noteTook(core: PaceParts, ms: Ms): void {
  if (core.tick.outVent !== false || !(ms >= 0 && ms <= MOST_MS)) return;
  const pace = core.pace;
  if (ms > pace.worstMs) pace.worstMs = ms;
  if (pace.meanMs > 0 && ms - pace.meanMs > STALL_MS) pace.stalls++;
  pace.meanMs = pace.meanMs > 0 ? pace.meanMs + (ms - pace.meanMs) / FOLLOW : ms;
  setActing(core.regulator, pace.meanMs * ACT_SHARE);
}
