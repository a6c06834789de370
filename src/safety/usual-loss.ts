/**
 * What a cuff usually loses at rest, and what it loses beyond that: the first windows of a power-up teach it, later it follows slowly, and
 * what is beyond adds up until a rule trips. The figure stays over a vent, as it is the cuff's. Must never follow a loss upwards fast enough
 * to hide a leak.
 */
import type { ReadTick } from '../tick.ts';
import type { WritesAir } from './air-balance.ts';
import { forgiveUsual } from './flow-rules.ts';
import { CREEP_PERCENT, LOSS_SHARE, LOSS_SLACK, MOST_LOST } from './rows/air.ts';
import type { Supervisor } from './state.ts';
import { judgeSlowLoss } from './turnover-rules.ts';

export interface UsualLoss {
  /** What this cuff usually loses at rest, mmHg/s; the sum of the first windows, at first. */
  usualMmHgPerS: number;
  /** Largest loss of the first windows, mmHg/s. */
  largestFirst: number;
  /** Smallest loss of the first windows, mmHg/s. */
  smallestFirst: number;
  /** The setpoint at which the usual loss is known, mmHg. */
  usualAtMmHg: number;
  /** Windows that it rests on. */
  windows: number;
  /** When the last window was judged, ms since boot. */
  judgedAt: number;
  /** The usual loss has been lowered for the creep that a set has seen the end of. */
  usualLowered: boolean;
  /** Size of the last fill that was not the first, mmHg: its creep comes on top. */
  newFillMmHg: number;
  /** Lost beyond that, mmHg. */
  lostMmHg: number;
}

export function createUsualLoss(): UsualLoss {
  return {
    usualMmHgPerS: 0,
    largestFirst: 0,
    smallestFirst: 0,
    usualAtMmHg: 0,
    windows: 0,
    judgedAt: 0,
    usualLowered: false,
    newFillMmHg: 0,
    lostMmHg: 0,
  };
}

/** Windows that the usual loss rests on before it is used; later it follows about so many: when it falls, when it rises. */
const USUAL_FIRST = 3;
const USUAL_DOWN = 8;
const USUAL_UP = 16;
/** ... and rises by so much a window at most, mmHg/s. */
const MOST_UP = 1 / 10;
/**
 * The first windows of a power-up are mostly creep. When none has been closed for AGE_MS since, a part of it is over: half of what is usual, and
 * AGE_MOST mmHg/s at most. Not once AGE_WINDOWS have been seen; from AGE_BELOW mmHg/s on, which is a leak too, only when AGE_MOVED mmHg were missing.
 */
const AGE_MS = 25000;
const AGE_MOST = 1 / 5;
const AGE_WINDOWS = 8;
const AGE_BELOW = 7 / 10;
const AGE_MOVED = 3 / 10;
/** A window of calm in which `loss` mmHg/s were lost. */
export function followLoss(
  supervisor: Readonly<Supervisor>,
  t: ReadTick,
  loss: number,
  seconds: number,
): void {
  const air: WritesAir<UsualLoss> = supervisor.air;
  if (air.windows >= USUAL_FIRST) judgeLoss(supervisor, t, loss, seconds);
  else learnFirst(supervisor, loss > 0 ? loss : 0);
  air.usualAtMmHg = supervisor.targetMmHg;
  air.judgedAt = t.now;
  air.windows++;
  if (air.windows >= USUAL_FIRST) forgiveUsual(air);
}

/** The first windows: the one in the middle, as a wearer who shifts can spoil one. `usual` is their sum meanwhile. */
function learnFirst(supervisor: Readonly<Supervisor>, loss: number): void {
  const air: WritesAir<UsualLoss> = supervisor.air;
  if (air.windows === 0 || loss > air.largestFirst) air.largestFirst = loss;
  if (air.windows === 0 || loss < air.smallestFirst) air.smallestFirst = loss;
  air.usualMmHgPerS += loss;
  if (air.windows === USUAL_FIRST - 1) air.usualMmHgPerS -= air.largestFirst + air.smallestFirst;
}

function judgeLoss(supervisor: Readonly<Supervisor>, t: ReadTick, loss: number, seconds: number): void {
  const air: WritesAir<UsualLoss> = supervisor.air;
  if (t.now - air.judgedAt > AGE_MS) age(air);
  const creep = (air.newFillMmHg * CREEP_PERCENT * 10) / (t.now - supervisor.heldSince);
  const beyond = loss - air.usualMmHgPerS - creep;
  air.lostMmHg = addUp(
    air.lostMmHg,
    (beyond - LOSS_SLACK - (air.usualMmHgPerS * LOSS_SHARE) / 100) * seconds,
    MOST_LOST,
  );
  judgeSlowLoss(supervisor, t);
  if (beyond > 0) air.usualMmHgPerS += beyond / USUAL_UP < MOST_UP ? beyond / USUAL_UP : MOST_UP;
  else if (loss < air.usualMmHgPerS)
    air.usualMmHgPerS +=
      ((loss > 0 ? loss : 0) - air.usualMmHgPerS) / (air.windows < USUAL_DOWN ? air.windows + 1 : USUAL_DOWN);
}

/**
 * A set lies between the last window and this one: a fifth of what was missing is forgotten, so that rests of one window still add up.
 */
function age(air: WritesAir<UsualLoss>): void {
  air.lostMmHg = (air.lostMmHg * 4) / 5;
  if (air.usualLowered) return;
  air.usualLowered = true;
  if (air.windows < AGE_WINDOWS && (air.usualMmHgPerS < AGE_BELOW || air.movedMmHg > AGE_MOVED))
    air.usualMmHgPerS -= air.usualMmHgPerS < 2 * AGE_MOST ? air.usualMmHgPerS / 2 : AGE_MOST;
}

/** A sum that grows by `most` at a time and is never below 0. */
export function addUp(before: number, more: number, most: number): number {
  const now = before + (more < most ? more : most);
  return now > 0 ? now : 0;
}

/**
 * A new fill by `mmHg`, to the target: creep comes back on top of what this cuff is known to lose for its pressure. A leak grows with
 * the pressure at most in proportion, and falls at least as slowly.
 */
export function raiseUsual(supervisor: Readonly<Supervisor>, mmHg: number): void {
  const air: WritesAir<UsualLoss> = supervisor.air;
  if (air.windows < USUAL_FIRST) return;
  if (supervisor.targetMmHg > air.usualAtMmHg)
    air.usualMmHgPerS = (air.usualMmHgPerS * supervisor.targetMmHg) / air.usualAtMmHg;
  air.newFillMmHg = mmHg;
}

/** A vent that was not asked for by the air book: what was missing is forgotten. */
export function forgetLost(air: WritesAir<UsualLoss>): void {
  air.lostMmHg = 0;
}
