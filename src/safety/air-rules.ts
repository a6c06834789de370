/**
 * Air balance at rest: what does it take to hold a cuff on a limb that is still? In windows of some seconds, from one calm
 * reading to another, the air that the pump put in, less the rise seen, is what the cuff has lost. Healthy cuffs lose little
 * (leak, creep, a fixed bleed), and less and less until they are filled anew. A new leak shows as itself. A sensor that drifts
 * down shows twice: as the fall of the reading, and because the pump that follows it meets a cuff that is fuller than it reads.
 * The pump's speed cancels: the usual loss is measured with it. Must never judge while the limb moves: a window needs calm readings.
 */
import type { AssessTick, ReadTick } from '../tick.ts';
import type { WritesAir } from './air-balance.ts';
import { BOOK_FULL, closeBook, fillBook, judgeFull, keepBook } from './book-rules.ts';
import { forgetFill, judgeFill } from './fill-rules.ts';
import { forgetFlow, forgiveUsual, judgePumped, letOut, measurePump } from './flow-rules.ts';
import { trip } from './latch.ts';
import {
  CREEP_PERCENT,
  GAIN_LIMIT_MMHG,
  GAIN_SLACK,
  LOSS_SHARE,
  LOSS_SLACK,
  MOST_GAINED,
  MOST_LOST,
  TRIP_SLOW_GAIN,
  TURNOVER_MS,
  WINDOW_MS,
} from './rows/air.ts';
import type { Supervisor } from './state.ts';
import { closeTurnover, forgetMovement, forgetTurnover, judgeSlowLoss } from './turnover-rules.ts';

export interface RestLoss {
  /** The supervisor's sum of the pump at the last look, ms. */
  seenPumpMs: number;
  /** The supervisor's sum of the bleeds at the last look, ms. */
  seenBledMs: number;
  /** ms since pump or valve last acted; below 0 after a movement. */
  idleMs: number;
  /** Short mean of the reading meanwhile, mmHg. */
  calmMmHg: number;
  /** When the window began, ms since boot; 0 = none. */
  windowAt: number;
  /** The calm reading then, mmHg. */
  windowFromMmHg: number;
  /** The sum of the pump then, ms. */
  windowPumpMs: number;
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
  /** Gained without the pump, mmHg. */
  gainedMmHg: number;
  /** Gain that a lowered setpoint explains, mmHg. */
  recoveryMmHg: number;
}

export function createRestLoss(): RestLoss {
  return {
    seenPumpMs: 0,
    seenBledMs: 0,
    idleMs: 0,
    calmMmHg: 0,
    windowAt: 0,
    windowFromMmHg: 0,
    windowPumpMs: 0,
    usualMmHgPerS: 0,
    largestFirst: 0,
    smallestFirst: 0,
    usualAtMmHg: 0,
    windows: 0,
    judgedAt: 0,
    usualLowered: false,
    newFillMmHg: 0,
    lostMmHg: 0,
    gainedMmHg: 0,
    recoveryMmHg: 0,
  };
}

/** After pump or valve have acted the reading is left alone for this long, ms: coast-down, hose, rewarming. */
export const SETTLE_MS = 350;
/** Further than this from the short mean and it is movement, mmHg: pulse and breath together stay within 2.5. */
export const CALM_MMHG = 3;
const CALM_MS = 300;
/** After a movement, ms: longer than the still part of a slow repetition. */
const DISTURBED_MS = 1500;
/** Windows are judged from this long after the setpoint was reached, ms: fast creep is nearly over. */
export const AFTER_MS = 6000;
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
/** Of a lowered setpoint's step the cuff may gain so much by itself, percent. */
const RECOVERY_PERCENT = 35;

/** Turn 3. */
export function judgeAir(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  if (!supervisor.reached) return followFill(supervisor, t);
  const air: WritesAir<RestLoss> = supervisor.air;
  if (t.now - air.turnoverAt >= TURNOVER_MS) closeTurnover(supervisor, t);
  if (supervisor.pumpMs === air.seenPumpMs && supervisor.bledMs === air.seenBledMs) rest(supervisor, t);
  else act(supervisor, t);
  if (supervisor.air.bookStage === BOOK_FULL) judgeFull(supervisor, t);
}

/** In a fill the pump is measured, and that the reading answers it is judged. */
function followFill(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  judgeFill(supervisor, t, supervisor.pumpMs - air.seenPumpMs);
  fillBook(supervisor, t);
  air.seenPumpMs = supervisor.pumpMs;
  air.seenBledMs = supervisor.bledMs;
  measurePump(supervisor, t);
}

/** Pump or valve have acted since the last look. */
function act(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  const pumped = supervisor.pumpMs - air.seenPumpMs;
  const bled = supervisor.bledMs - air.seenBledMs;
  air.seenPumpMs = supervisor.pumpMs;
  air.seenBledMs = supervisor.bledMs;
  if (air.idleMs > 0) air.idleMs = 0;
  if (bled === 0) judgePumped(supervisor, t, pumped);
  else {
    if (air.windowAt > 0) cutWindow(supervisor, t);
    letOut(supervisor, t, pumped, bled);
  }
  keepBook(supervisor, t, pumped, bled);
}

function rest(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  const idle = air.idleMs + supervisor.roundMs;
  air.idleMs = idle;
  if (idle < SETTLE_MS) {
    air.calmMmHg = t.filteredMmHg;
    return;
  }
  const off = t.measuredMmHg - air.calmMmHg;
  if (off > CALM_MMHG || off < -CALM_MMHG) return disturb(supervisor);
  air.calmMmHg += (off * supervisor.roundMs) / (supervisor.roundMs + CALM_MS);
  if (air.windowAt === 0) openWindow(supervisor, t);
  else if (t.now - air.windowAt >= WINDOW_MS) closeWindow(supervisor, t);
}

/** The limb moved: forget the window. */
function disturb(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  air.windowAt = 0;
  air.idleMs = -DISTURBED_MS;
}

function openWindow(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  air.windowAt = t.now;
  air.windowFromMmHg = air.calmMmHg;
  air.windowPumpMs = supervisor.pumpMs;
}

function closeWindow(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  const seconds = (t.now - air.windowAt) / 1000;
  const put = ((supervisor.pumpMs - air.windowPumpMs) * air.pumpMmHgPerS) / 1000;
  if (t.now - supervisor.heldSince >= AFTER_MS && !t.quiet)
    judgeWindow(supervisor, t, (put - air.calmMmHg + air.windowFromMmHg) / seconds, seconds);
  openWindow(supervisor, t);
}

/**
 * The valve let air out: what the reading did before is a gain at most. Short stretches do not count: the valve ends those that rise, so
 * that they are no fair sample of a limb that moves.
 */
function cutWindow(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  const ms = t.now - air.windowAt;
  const rise =
    air.calmMmHg - air.windowFromMmHg - ((supervisor.pumpMs - air.windowPumpMs) * air.pumpMmHgPerS) / 1000;
  if (ms >= WINDOW_MS / 2 && t.now - supervisor.heldSince >= AFTER_MS && !t.quiet)
    judgeGain(supervisor, t, rise, ms / 1000);
  air.windowAt = 0;
}

function judgeGain(supervisor: Readonly<Supervisor>, t: ReadTick, rise: number, seconds: number): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  const gain = GAIN_LIMIT_MMHG + air.recoveryMmHg;
  air.gainedMmHg = sum(air.gainedMmHg, rise - GAIN_SLACK * seconds, MOST_GAINED);
  if (!(air.gainedMmHg < gain)) trip(supervisor, t, TRIP_SLOW_GAIN, air.gainedMmHg, gain);
}

function judgeWindow(supervisor: Readonly<Supervisor>, t: ReadTick, loss: number, seconds: number): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  judgeGain(supervisor, t, -loss * seconds, seconds);
  if (air.windows >= USUAL_FIRST) judgeLoss(supervisor, t, loss, seconds);
  else learnFirst(supervisor, loss > 0 ? loss : 0);
  air.usualAtMmHg = supervisor.targetMmHg;
  air.judgedAt = t.now;
  air.windows++;
  if (air.windows >= USUAL_FIRST) forgiveUsual(air);
}

/** The first windows: the one in the middle, as a wearer who shifts can spoil one. `usual` is their sum meanwhile. */
function learnFirst(supervisor: Readonly<Supervisor>, loss: number): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  if (air.windows === 0 || loss > air.largestFirst) air.largestFirst = loss;
  if (air.windows === 0 || loss < air.smallestFirst) air.smallestFirst = loss;
  air.usualMmHgPerS += loss;
  if (air.windows === USUAL_FIRST - 1) air.usualMmHgPerS -= air.largestFirst + air.smallestFirst;
}

function judgeLoss(supervisor: Readonly<Supervisor>, t: ReadTick, loss: number, seconds: number): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  if (t.now - air.judgedAt > AGE_MS) age(air);
  const creep = (air.newFillMmHg * CREEP_PERCENT * 10) / (t.now - supervisor.heldSince);
  const beyond = loss - air.usualMmHgPerS - creep;
  air.lostMmHg = sum(
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
function age(air: WritesAir<RestLoss>): void {
  air.lostMmHg = (air.lostMmHg * 4) / 5;
  if (air.usualLowered) return;
  air.usualLowered = true;
  if (air.windows < AGE_WINDOWS && (air.usualMmHgPerS < AGE_BELOW || air.movedMmHg > AGE_MOVED))
    air.usualMmHgPerS -= air.usualMmHgPerS < 2 * AGE_MOST ? air.usualMmHgPerS / 2 : AGE_MOST;
}

function sum(before: number, more: number, most: number): number {
  const now = before + (more < most ? more : most);
  return now > 0 ? now : 0;
}

/**
 * A new fill by `mmHg`, to the target: creep comes back on top of what this cuff is known to lose for its pressure. A leak grows with
 * the pressure at most in proportion, and falls at least as slowly.
 */
export function expectCreep(supervisor: Readonly<Supervisor>, mmHg: number): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  air.windowAt = 0;
  if (supervisor.targetMmHg !== air.turnoverTarget) forgetTurnover(air, supervisor.targetMmHg);
  if (air.windows < USUAL_FIRST) return;
  if (supervisor.targetMmHg > air.usualAtMmHg)
    air.usualMmHgPerS = (air.usualMmHgPerS * supervisor.targetMmHg) / air.usualAtMmHg;
  air.newFillMmHg = mmHg;
}

/** The setpoint was lowered by `mmHg`: creep comes back, the cuff gains by itself. */
export function expectRecovery(supervisor: Readonly<Supervisor>, mmHg: number): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  air.windowAt = 0;
  forgetTurnover(air, supervisor.targetMmHg);
  air.recoveryMmHg += (mmHg * RECOVERY_PERCENT) / 100;
}

/** The cuff was vented: the next fill begins without a past, but what is usual stays known, and what was missing where the book asked for it. */
export function forgetAir(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<RestLoss> = supervisor.air;
  air.idleMs = 0;
  air.windowAt = 0;
  air.gainedMmHg = 0;
  air.recoveryMmHg = 0;
  closeBook(air);
  if (!air.bookEnded) air.lostMmHg = 0;
  forgetMovement(air);
  forgetFlow(air);
  forgetFill(supervisor);
}
