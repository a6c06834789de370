/**
 * Air bookkeeping at rest: what does it take to hold a cuff on a limb that is still? In windows of some seconds, from one calm reading
 * to another, the air that the pump put in, less the rise seen, is what the cuff has lost. Healthy cuffs lose little (leak, creep, a
 * fixed bleed), and less and less until they are filled anew. A new leak shows as itself; a sensor that drifts down shows twice: as the
 * fall of the reading, and because the pump that follows it meets a cuff that is fuller than it reads. What is measured of the pump in
 * the fill cancels: the usual loss is measured with the same figure. While the limb moves nothing is said: a window needs calm readings.
 */
import type { Tick } from '../ports.ts';
import type { AirBalance } from './air-books.ts';
import { forgiveUsual, judgeOpened, judgePumped, measurePump } from './flow-rules.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_SLOW_GAIN } from './trips.ts';
import { closeTurnover, forgetTurnover, judgeSlowLoss, TURNOVER_MS } from './turnover-rules.ts';

/** After pump or valve have acted the reading is left alone for this long, ms: coast-down, hose, rewarming. */
export const SETTLE_MS = 350;
/** Further than this from the short mean and it is movement, mmHg: pulse and breath together stay within 2.5. */
export const CALM_MMHG = 3;
const CALM_MS = 300;
/** After a movement, ms: longer than the still part of a slow repetition. */
const DISTURBED_MS = 1500;
/** Length of a window, ms. */
export const WINDOW_MS = 4000;
/** Windows are judged from this long after the setpoint was reached, ms: fast creep is nearly over. */
export const AFTER_MS = 6000;
/** What counts as more than usual: mmHg/s and a share, percent of the usual. */
const LOSS_SLACK = 1 / 8;
const LOSS_SHARE = 10;
/** What one window may add, mmHg: a wearer who shifts is one window, a fault is all of them. */
const MOST_LOST = 16 / 10;
const GAIN_SLACK = 1 / 10;
export const GAIN_LIMIT_MMHG = 9;
const MOST_GAINED = 25 / 10;
/** Windows that the usual loss rests on before it is used; later it follows about so many: when it falls, when it rises. */
const USUAL_FIRST = 3;
const USUAL_DOWN = 8;
const USUAL_UP = 16;
/** ... and rises by so much a window at most, mmHg/s. */
const MOST_UP = 1 / 10;
/**
 * The first windows of a power-up are mostly creep. When no window has been closed for AGE_MS since, because the limb moved, a part of it is
 * over: half of what is usual, and AGE_MOST mmHg/s at most, as a leak stays. Not once AGE_WINDOWS have been seen; and where AGE_BELOW mmHg/s
 * or more are usual, which is a leak or a fixed bleed too, only when AGE_MOVED mmHg were missing in the movement.
 */
const AGE_MS = 25000;
const AGE_MOST = 1 / 5;
const AGE_WINDOWS = 8;
const AGE_BELOW = 7 / 10;
const AGE_MOVED = 3 / 10;
/**
 * Creep that a fill brings back, percent of the fill, over the time since: whatever its time constant T, a creep of share c runs at
 * c/T exp(-t/T), never above c/(e t). Slow creep is at most 16 %. [plant.md]
 */
const CREEP_PERCENT = 6;
/** Of a lowered setpoint's step the cuff may gain so much by itself, percent. */
const RECOVERY_PERCENT = 35;

/** Turn 3. */
export function judgeAir(s: Supervisor, t: Tick): void {
  const b = s.air;
  if (!s.reached) return measurePump(s, t);
  if (t.now - b.turnoverAt >= TURNOVER_MS) closeTurnover(s, t);
  if (s.pumpMs === b.seenPumpMs && s.bledMs === b.seenBledMs) rest(s, t);
  else act(s, t);
}

/** Pump or valve have acted since the last look. */
function act(s: Supervisor, t: Tick): void {
  const b = s.air;
  const pumped = s.pumpMs - b.seenPumpMs;
  const bled = s.bledMs - b.seenBledMs;
  b.seenPumpMs = s.pumpMs;
  b.seenBledMs = s.bledMs;
  if (b.idleMs > 0) b.idleMs = 0;
  if (bled === 0) judgePumped(s, t, pumped);
  else letOut(s, t, pumped, bled);
}

function letOut(s: Supervisor, t: Tick, pumped: number, bled: number): void {
  const b = s.air;
  if (b.windowAt > 0) cutWindow(s, t);
  b.pumpedMs = 0;
  if (pumped > 0) b.openMs = 0;
  else judgeOpened(s, t, bled);
}

function rest(s: Supervisor, t: Tick): void {
  const b = s.air;
  const idle = b.idleMs + s.roundMs;
  b.idleMs = idle;
  if (idle < SETTLE_MS) {
    b.calmMmHg = t.p;
    return;
  }
  const off = t.raw - b.calmMmHg;
  if (off > CALM_MMHG || off < -CALM_MMHG) return disturb(s);
  b.calmMmHg += (off * s.roundMs) / (s.roundMs + CALM_MS);
  if (b.windowAt === 0) openWindow(s, t);
  else if (t.now - b.windowAt >= WINDOW_MS) closeWindow(s, t);
}

/** The limb moved: forget the window. */
function disturb(s: Supervisor): void {
  s.air.windowAt = 0;
  s.air.idleMs = -DISTURBED_MS;
}

function openWindow(s: Supervisor, t: Tick): void {
  const b = s.air;
  b.windowAt = t.now;
  b.windowFromMmHg = b.calmMmHg;
  b.windowPumpMs = s.pumpMs;
}

function closeWindow(s: Supervisor, t: Tick): void {
  const b = s.air;
  const seconds = (t.now - b.windowAt) / 1000;
  const put = ((s.pumpMs - b.windowPumpMs) * b.pumpMmHgPerS) / 1000;
  if (t.now - s.heldSince >= AFTER_MS && !t.quiet)
    judgeWindow(s, t, (put - b.calmMmHg + b.windowFromMmHg) / seconds, seconds);
  openWindow(s, t);
}

/**
 * The valve let air out: what the reading did before is a gain at most. Short stretches do not count: the valve ends those that rise, so
 * that they are no fair sample of a limb that moves.
 */
function cutWindow(s: Supervisor, t: Tick): void {
  const b = s.air;
  const ms = t.now - b.windowAt;
  const rise = b.calmMmHg - b.windowFromMmHg - ((s.pumpMs - b.windowPumpMs) * b.pumpMmHgPerS) / 1000;
  if (ms >= WINDOW_MS / 2 && t.now - s.heldSince >= AFTER_MS && !t.quiet) judgeGain(s, t, rise, ms / 1000);
  b.windowAt = 0;
}

function judgeGain(s: Supervisor, t: Tick, rise: number, seconds: number): void {
  const b = s.air;
  const gain = GAIN_LIMIT_MMHG + b.recoveryMmHg;
  b.gainedMmHg = sum(b.gainedMmHg, rise - GAIN_SLACK * seconds, MOST_GAINED);
  if (!(b.gainedMmHg < gain)) trip(s, t, TRIP_SLOW_GAIN, b.gainedMmHg, gain);
}

function judgeWindow(s: Supervisor, t: Tick, loss: number, seconds: number): void {
  const b = s.air;
  judgeGain(s, t, -loss * seconds, seconds);
  if (b.windows >= USUAL_FIRST) judgeLoss(s, t, loss, seconds);
  else learnFirst(s, loss > 0 ? loss : 0);
  b.usualAtMmHg = s.targetMmHg;
  b.judgedAt = t.now;
  b.windows++;
  if (b.windows >= USUAL_FIRST) forgiveUsual(b);
}

/** The first windows: the one in the middle, as a wearer who shifts can spoil one. `usual` is their sum meanwhile. */
function learnFirst(s: Supervisor, loss: number): void {
  const b = s.air;
  if (b.windows === 0 || loss > b.largestFirst) b.largestFirst = loss;
  if (b.windows === 0 || loss < b.smallestFirst) b.smallestFirst = loss;
  b.usualMmHgPerS += loss;
  if (b.windows === USUAL_FIRST - 1) b.usualMmHgPerS -= b.largestFirst + b.smallestFirst;
}

function judgeLoss(s: Supervisor, t: Tick, loss: number, seconds: number): void {
  const b = s.air;
  if (t.now - b.judgedAt > AGE_MS) age(b);
  const creep = (b.newFillMmHg * CREEP_PERCENT * 10) / (t.now - s.heldSince);
  const beyond = loss - b.usualMmHgPerS - creep;
  b.lostMmHg = sum(
    b.lostMmHg,
    (beyond - LOSS_SLACK - (b.usualMmHgPerS * LOSS_SHARE) / 100) * seconds,
    MOST_LOST,
  );
  judgeSlowLoss(s, t);
  if (beyond > 0) b.usualMmHgPerS += beyond / USUAL_UP < MOST_UP ? beyond / USUAL_UP : MOST_UP;
  else if (loss < b.usualMmHgPerS)
    b.usualMmHgPerS +=
      ((loss > 0 ? loss : 0) - b.usualMmHgPerS) / (b.windows < USUAL_DOWN ? b.windows + 1 : USUAL_DOWN);
}

/**
 * A set lies between the last window and this one: a fifth of what was missing before it is forgotten. Not more: where a rest has room for one
 * window only, what one adds at most must add up to the limit.
 */
function age(b: AirBalance): void {
  b.lostMmHg = (b.lostMmHg * 4) / 5;
  if (b.usualLowered) return;
  b.usualLowered = true;
  if (b.windows < AGE_WINDOWS && (b.usualMmHgPerS < AGE_BELOW || b.movedMmHg > AGE_MOVED))
    b.usualMmHgPerS -= b.usualMmHgPerS < 2 * AGE_MOST ? b.usualMmHgPerS / 2 : AGE_MOST;
}

function sum(before: number, more: number, most: number): number {
  const now = before + (more < most ? more : most);
  return now > 0 ? now : 0;
}

/**
 * A new fill by `mmHg`, to the target: creep comes back on top of what this cuff is known to lose for its pressure. A leak grows with
 * the pressure at most in proportion, and falls at least as slowly.
 */
export function expectCreep(s: Supervisor, mmHg: number): void {
  const b = s.air;
  b.windowAt = 0;
  if (s.targetMmHg !== b.turnoverTarget) forgetTurnover(b, s.targetMmHg);
  if (b.windows < USUAL_FIRST) return;
  if (s.targetMmHg > b.usualAtMmHg) b.usualMmHgPerS = (b.usualMmHgPerS * s.targetMmHg) / b.usualAtMmHg;
  b.newFillMmHg = mmHg;
}

/** The setpoint was lowered by `mmHg`: creep comes back, the cuff gains by itself. */
export function expectRecovery(s: Supervisor, t: Tick, mmHg: number): void {
  s.heldSince = t.now;
  s.air.windowAt = 0;
  forgetTurnover(s.air, s.targetMmHg);
  s.air.recoveryMmHg += (mmHg * RECOVERY_PERCENT) / 100;
}

/** The cuff was vented: the next fill begins without a past, but what this cuff usually loses stays known. */
export function forgetAir(s: Supervisor): void {
  const b = s.air;
  b.idleMs = 0;
  b.windowAt = 0;
  b.lostMmHg = 0;
  b.movedMmHg = 0;
  b.movingWindows = 0;
  b.gainedMmHg = 0;
  b.recoveryMmHg = 0;
  b.pumpedMs = 0;
  b.openMs = 0;
}
