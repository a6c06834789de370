/**
 * Air bookkeeping: what does the reading do while pump and valve rest and the limb is still? A shut cuff loses a
 * little (leak, creep, a fixed bleed), less and less until it is filled anew, when creep starts again; it never gains
 * for long. A new leak and a sensor that drifts show as a loss beyond what this cuff has lost so far, or as a gain. Needs no model of pump, valve or cuff:
 * their slopes are what false alarms came from (plant.md 8). While the limb moves it says nothing; the stretch
 * between two actions is thrown away whenever the reading leaves its own short mean.
 */
import type { Tick } from '../ports.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_AIR_GAINED, TRIP_AIR_LOST } from './trips.ts';

/** After pump or valve have acted the reading is left alone for this long, ms: coast-down, hose, rewarming. */
export const SETTLE_MS = 320;
/** Further than this from the short mean and it is movement, mmHg: pulse and breath together stay within 2.5. */
export const CALM_MMHG = 3;
const CALM_MS = 300;
/** After a movement, ms: longer than the still part of a slow repetition. */
const DISTURBED_MS = 1500;
/** A window is so much still time, ms. */
export const WINDOW_MS = 4000;
/** Windows are judged from this long after the setpoint was reached, ms: fast creep is over. */
export const AFTER_MS = 8000;
/** The pump of the fill does a little more in short pulses than it did at full length. */
const PUT_SHARE = 13 / 10;
/** What counts as more than usual, mmHg/s; the sum that trips, mmHg. */
const LOSS_SLACK = 2 / 10;
export const LOSS_LIMIT_MMHG = 9;
const GAIN_SLACK = 1 / 10;
export const GAIN_LIMIT_MMHG = 9;
/** What one window may add, mmHg: a wearer who shifts is one window, a fault is all of them. */
const MOST_A_WINDOW = 25 / 10;
/** The usual rate may rise by this a window, mmHg/s: a wearer who shifts must not make the next hour look like a leak. */
const UP_STEP = 4 / 100;
/** Windows that the usual rate rests on before it is used, and at most. */
const USUAL_FIRST = 2;
/** Scatter of the rate from window to window is a mean over so many, and one window adds so much at most, mmHg/s. */
const SCATTER_WINDOWS = 8;
const MOST_SCATTER = 5 / 10;
/**
 * Creep that a fill brings back, percent of the fill, over the time since: whatever its time constant T, a creep of
 * share c runs at c/T exp(-t/T), never above c/(e t). Slow creep is at most 16 %; what is left of the fast one after
 * AFTER_MS is less than LOSS_LIMIT_MMHG. [plant.md]
 */
const CREEP_PERCENT = 6;

/** Every tick with the valve shut. */
export function keepAir(s: Supervisor, t: Tick): void {
  if (t.outPump > 0 || t.outBleedMs > 0) act(s, t);
  else if (t.fresh) rest(s, t);
}

/** Pump or valve act: the idle stretch so far counts, and a new one begins later. */
function act(s: Supervisor, t: Tick): void {
  if (s.idleAt > 0) closeStretch(s, t);
  s.idleMs = 0;
  if (t.outPump > 0) s.windowPumpMs += t.dt;
  else s.windowBled = true;
}

function rest(s: Supervisor, t: Tick): void {
  s.idleMs += t.dt;
  if (s.idleMs < SETTLE_MS) {
    s.calm = t.p;
    return;
  }
  const off = t.raw - s.calm;
  s.calm += (off * t.dt) / CALM_MS;
  if (off > CALM_MMHG || off < -CALM_MMHG) disturb(s);
  else if (s.idleAt === 0) openStretch(s, t);
}

/** The limb moved: forget the stretch and the window. */
function disturb(s: Supervisor): void {
  s.idleAt = 0;
  s.idleMs = -DISTURBED_MS;
  clearWindow(s);
}

function clearWindow(s: Supervisor): void {
  s.passive = 0;
  s.passiveMs = 0;
  s.windowAt = 0;
  s.windowPumpMs = 0;
  s.windowBled = false;
}

function openStretch(s: Supervisor, t: Tick): void {
  if (s.windowAt === 0) {
    clearWindow(s);
    s.windowAt = t.now;
  }
  s.idleAt = t.now;
  s.idleFrom = s.calm;
}

function closeStretch(s: Supervisor, t: Tick): void {
  s.passive += s.calm - s.idleFrom;
  s.passiveMs += t.now - s.idleAt;
  s.idleAt = 0;
}

/** Slow rule: close the stretch under way now and then, and judge a full window. */
export function judgeAir(s: Supervisor, t: Tick): void {
  if (s.idleAt > 0 && s.passiveMs + t.now - s.idleAt >= WINDOW_MS) closeStretch(s, t);
  if (s.passiveMs < WINDOW_MS) return;
  if (s.heldMs >= AFTER_MS && !t.quiet) judgeWindow(s, t);
  clearWindow(s);
}

function judgeWindow(s: Supervisor, t: Tick): void {
  const seconds = (t.now - s.windowAt) / 1000;
  const rate = (s.passive * 1000) / s.passiveMs;
  judgeGain(s, t, rate, s.passiveMs / 1000);
  judgeLoss(s, t, lossSeen(s, rate, seconds), seconds);
  learn(s, rate);
  s.usualAt = s.target;
}

/** Two signs must agree: the reading falls by itself, and the pump had to put air back, with nothing let out. mmHg/s. */
function lossSeen(s: Supervisor, rate: number, seconds: number): number {
  if (s.windowBled) return 0;
  const put = (s.windowPumpMs * s.upRate) / 1000 / seconds;
  return put * PUT_SHARE < -rate ? put * PUT_SHARE : -rate;
}

function judgeGain(s: Supervisor, t: Tick, rate: number, seconds: number): void {
  s.gained = sum(s.gained, (rate - GAIN_SLACK) * seconds);
  const gain = GAIN_LIMIT_MMHG + s.recovery;
  if (!(s.gained < gain)) trip(s, t, TRIP_AIR_GAINED, s.gained, gain);
}

function judgeLoss(s: Supervisor, t: Tick, loss: number, seconds: number): void {
  if (s.usualCount < USUAL_FIRST) return;
  if (s.fresh > 0) allowCreep(s);
  s.lost = sum(s.lost, (loss + s.usual - LOSS_SLACK) * seconds);
  if (!(s.lost < LOSS_LIMIT_MMHG)) trip(s, t, TRIP_AIR_LOST, s.lost, LOSS_LIMIT_MMHG);
}

/** After a new fill: what the cuff is known to lose, and at most the creep that can be left by now. */
function allowCreep(s: Supervisor): void {
  const least = s.steady - (s.fresh * CREEP_PERCENT * 10) / s.heldMs;
  if (s.holdCount === 0 || s.usual < least) s.usual = least;
}

function sum(before: number, more: number): number {
  const now = before + (more < MOST_A_WINDOW ? more : MOST_A_WINDOW);
  return now > 0 ? now : 0;
}

/** The usual rate: mean of the first windows, later only followed upwards (creep dies away), and never above zero. */
function learn(s: Supervisor, rate: number): void {
  const r = rate > 0 ? 0 : rate;
  if (s.holdCount > 0) scatter(s, r - s.lastRate);
  s.lastRate = r;
  const up = r - covered(s) - s.usual;
  if (s.usualCount < USUAL_FIRST) s.usual += (r - s.usual) / (s.usualCount + 1);
  else if (up > 0) s.usual += up > UP_STEP ? UP_STEP : up;
  s.usualCount++;
  s.holdCount++;
}

/** From one window to the next: a loss that begins is one step, and widens this once. */
function scatter(s: Supervisor, step: number): void {
  const size = step < 0 ? -step : step;
  s.scatter += ((size < MOST_SCATTER ? size : MOST_SCATTER) - s.scatter) / SCATTER_WINDOWS;
}

/** The least of many scattered losses is not what is usual: it is one to two steps better. The slack covers some of it. */
function covered(s: Supervisor): number {
  const best = (s.scatter * 3) / 2;
  return best > LOSS_SLACK ? best - LOSS_SLACK : 0;
}

/**
 * A new fill, by `mmHg` to `target`: creep comes back, on top of the least that this cuff has been seen to lose for its
 * pressure. A leak grows with the pressure at most in proportion, and falls at least as slowly.
 */
export function expectCreep(s: Supervisor, mmHg: number, target: number): void {
  s.heldMs = 0;
  s.holdCount = 0;
  if (s.usualCount < USUAL_FIRST) return;
  if (s.knownAt === 0 || s.usual * s.knownAt > s.known * s.usualAt) {
    s.known = s.usual;
    s.knownAt = s.usualAt;
  }
  s.steady = target > s.knownAt ? (s.known * target) / s.knownAt : s.known;
  s.fresh = mmHg;
}

/** The setpoint was lowered by `mmHg`: creep comes back, the cuff gains up to a quarter of the step by itself. */
export function expectRecovery(s: Supervisor, mmHg: number): void {
  s.heldMs = 0;
  s.fresh = 0;
  s.recovery += (mmHg * 35) / 100;
}

/** The cuff was vented: the next fill begins without a past, but what this cuff usually loses stays known. */
export function forgetAir(s: Supervisor): void {
  s.heldMs = 0;
  s.idleMs = 0;
  s.idleAt = 0;
  clearWindow(s);
  s.lost = 0;
  s.gained = 0;
  s.recovery = 0;
}
