/**
 * Air balance at rest: does the reading rise though nothing is pumped? In windows of some seconds, from one calm reading to another, the
 * rise less the air that the pump put in is a gain. A sensor that drifts up shows so, and the valve that follows it empties the cuff.
 * Losses are the air book's (book-rules.ts), which is kept from here. Must never judge while the limb moves: a window needs calm readings.
 */
import type { AssessTick, ReadTick } from '../tick.ts';
import type { WritesAir } from './air-balance.ts';
import { BOOK_FULL, closeBook, fillBook, judgeFull, keepBook, openBook } from './book-rules.ts';
import { noteFall, startFalls } from './fall-rules.ts';
import { forgetFill, judgeFill } from './fill-rules.ts';
import { endOpened, forgetFlow, letOut, measurePump } from './flow-rules.ts';
import { trip } from './latch.ts';
import { addPulse, countedOf, dropPulse, endPulse, startPulse } from './pulse-rules.ts';
import { GAIN_LIMIT_MMHG, GAIN_SLACK, GAIN_WINDOW_MS, MOST_GAINED, TRIP_SLOW_GAIN } from './rows/air.ts';
import type { Supervisor } from './state.ts';

export interface RestGain {
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
  /** Gained without the pump, mmHg. */
  gainedMmHg: number;
  /** Gain that a lowered setpoint explains, mmHg. */
  recoveryMmHg: number;
}

export function createRestGain(): RestGain {
  return {
    seenPumpMs: 0,
    seenBledMs: 0,
    idleMs: 0,
    calmMmHg: 0,
    windowAt: 0,
    windowFromMmHg: 0,
    windowPumpMs: 0,
    gainedMmHg: 0,
    recoveryMmHg: 0,
  };
}

/** After pump or valve have acted the reading is left alone for this long, ms: coast-down, hose, rewarming. */
const SETTLE_MS = 350;
/** Further than this from the short mean and it is movement, mmHg: pulse and breath together stay within 2.5. */
const CALM_MMHG = 3;
const CALM_MEAN_MS = 300;
/** After a movement, ms: longer than the still part of a slow repetition. */
const DISTURBED_MS = 1500;
/** Windows are judged from this long after the setpoint was reached, ms: fast creep is nearly over. */
const AFTER_MS = 6000;
/** Of a lowered setpoint's step the cuff may gain so much by itself, percent. */
const RECOVERY_PERCENT = 35;

/** Turn 3. */
export function judgeAir(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  if (supervisor.reached) followHold(supervisor, t);
  else followFill(supervisor, t);
  if (supervisor.air.bookStage === BOOK_FULL) judgeFull(supervisor, t);
}

/** In a hold the air book is kept from the first seconds on, and what the cuff loses is judged. */
function followHold(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<RestGain> = supervisor.air;
  if (!air.bookKept) openBook(supervisor, t);
  if (supervisor.pumpMs === air.seenPumpMs && supervisor.bledMs === air.seenBledMs) rest(supervisor, t);
  else act(supervisor, t);
}

/**
 * In a fill the pump is measured, and that the reading answers it is judged. The pump may run some ticks before the setpoint is known here:
 * measured against none, the slack cuff would be the pump's measure.
 */
function followFill(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<RestGain> = supervisor.air;
  const pumped = supervisor.pumpMs - air.seenPumpMs;
  const bled = supervisor.bledMs - air.seenBledMs;
  air.seenPumpMs = supervisor.pumpMs;
  air.seenBledMs = supervisor.bledMs;
  if (!(supervisor.targetMmHg > 0)) return;
  judgeFill(supervisor, t, pumped);
  noteFall(supervisor, t, pumped, bled);
  fillBook(supervisor, t, pumped, bled);
  measurePump(supervisor, t, pumped);
}

/** Pump or valve have acted since the last look. */
function act(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<RestGain> = supervisor.air;
  const pumped = supervisor.pumpMs - air.seenPumpMs;
  const bled = supervisor.bledMs - air.seenBledMs;
  air.seenPumpMs = supervisor.pumpMs;
  air.seenBledMs = supervisor.bledMs;
  const begins = air.idleMs >= SETTLE_MS;
  if (begins) startPulse(supervisor, t, air.calmMmHg);
  addPulse(supervisor, pumped);
  if (air.idleMs > 0) air.idleMs = 0;
  if (bled === 0) endOpened(supervisor);
  else {
    dropPulse(supervisor);
    if (air.windowAt > 0) cutWindow(supervisor, t);
    letOut(supervisor, t, pumped, bled);
  }
  keepBook(supervisor, t, begins ? countedOf(supervisor, pumped) : pumped, bled);
}

function rest(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<RestGain> = supervisor.air;
  const idle = air.idleMs + supervisor.roundMs;
  air.idleMs = idle;
  if (idle < SETTLE_MS) {
    air.calmMmHg = t.filteredMmHg;
    return;
  }
  const off = t.measuredMmHg - air.calmMmHg;
  if (off > CALM_MMHG || off < -CALM_MMHG) return disturb(supervisor);
  if (idle - supervisor.roundMs < SETTLE_MS) endPulse(supervisor, t);
  air.calmMmHg += (off * supervisor.roundMs) / (supervisor.roundMs + CALM_MEAN_MS);
  if (air.windowAt === 0) openWindow(supervisor, t);
  else if (t.now - air.windowAt >= GAIN_WINDOW_MS) closeWindow(supervisor, t);
}

/** The limb moved: forget the window. */
function disturb(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<RestGain> = supervisor.air;
  air.windowAt = 0;
  air.idleMs = -DISTURBED_MS;
  dropPulse(supervisor);
}

function openWindow(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<RestGain> = supervisor.air;
  air.windowAt = t.now;
  air.windowFromMmHg = air.calmMmHg;
  air.windowPumpMs = supervisor.pumpMs;
}

function closeWindow(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<RestGain> = supervisor.air;
  const seconds = (t.now - air.windowAt) / 1000;
  const put = ((supervisor.pumpMs - air.windowPumpMs) * air.pumpMmHgPerS) / 1000;
  if (t.now - supervisor.heldSince >= AFTER_MS && !t.quiet)
    judgeGain(supervisor, t, air.calmMmHg - air.windowFromMmHg - put, seconds);
  openWindow(supervisor, t);
}

/**
 * The valve let air out: what the reading did before is a gain at most. Short stretches do not count: the valve ends those that rise, so
 * that they are no fair sample of a limb that moves.
 */
function cutWindow(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<RestGain> = supervisor.air;
  const ms = t.now - air.windowAt;
  const rise =
    air.calmMmHg - air.windowFromMmHg - ((supervisor.pumpMs - air.windowPumpMs) * air.pumpMmHgPerS) / 1000;
  if (ms >= GAIN_WINDOW_MS / 2 && t.now - supervisor.heldSince >= AFTER_MS && !t.quiet)
    judgeGain(supervisor, t, rise, ms / 1000);
  air.windowAt = 0;
}

function judgeGain(supervisor: Readonly<Supervisor>, t: ReadTick, rise: number, seconds: number): void {
  const air: WritesAir<RestGain> = supervisor.air;
  const gain = GAIN_LIMIT_MMHG + air.recoveryMmHg;
  const more = rise - GAIN_SLACK * seconds;
  const gained = air.gainedMmHg + (more < MOST_GAINED ? more : MOST_GAINED);
  air.gainedMmHg = gained > 0 ? gained : 0;
  if (!(air.gainedMmHg < gain)) trip(supervisor, t, TRIP_SLOW_GAIN, air.gainedMmHg, gain);
}

/** A new fill: the window ends. */
export function endWindow(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<RestGain> = supervisor.air;
  air.windowAt = 0;
  dropPulse(supervisor);
}

/** The setpoint was lowered by `mmHg`: creep comes back, the cuff gains by itself. */
export function expectRecovery(supervisor: Readonly<Supervisor>, mmHg: number): void {
  const air: WritesAir<RestGain> = supervisor.air;
  air.windowAt = 0;
  air.recoveryMmHg += (mmHg * RECOVERY_PERCENT) / 100;
}

/** The cuff was vented: the next fill begins without a past. */
export function forgetAir(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<RestGain> = supervisor.air;
  air.idleMs = 0;
  air.windowAt = 0;
  air.gainedMmHg = 0;
  air.recoveryMmHg = 0;
  closeBook(supervisor);
  forgetFlow(air);
  startFalls(supervisor);
  forgetFill(supervisor);
}
