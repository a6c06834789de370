/**
 * Air bookkeeping: what does the reading do while pump and valve rest and the limb is still? A shut cuff loses a
 * little (leak, creep), less and less; it never gains for long. A leak shows as a fast loss; a sensor that drifts
 * shows as a loss beyond what this cuff has lost so far, or as a gain. Needs no model of pump, valve or cuff:
 * their slopes are what false alarms came from (plant.md 8). While the limb moves it says nothing; the stretch
 * between two actions is thrown away whenever the reading leaves its own short mean.
 */
import type { Tick } from '../ports.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_AIR_GAINED, TRIP_AIR_LOST, TRIP_LEAK } from './trips.ts';

/** After pump or valve have acted the reading is left alone for this long, ms: coast-down, hose, rewarming. */
export const SETTLE_MS = 500;
/** Further than this from the short mean and it is movement, mmHg: pulse and breath together stay within 2.5. */
export const CALM_MMHG = 3;
const CALM_MS = 500;
/** A window is so much still time, ms. */
export const WINDOW_MS = 6000;
/** Windows are judged from this long after the setpoint was reached, ms: fast creep is over. */
export const AFTER_MS = 12000;
/** Loss that no tight cuff has, mmHg/s, and windows in a row of it. */
export const FAST_LOSS = 18 / 10;
export const FAST_WINDOWS = 2;
/** What counts as more than usual, mmHg/s; the sum that trips, mmHg. */
const LOSS_SLACK = 2 / 10;
export const LOSS_LIMIT_MMHG = 5;
const GAIN_SLACK = 1 / 10;
export const GAIN_LIMIT_MMHG = 5;
/** Windows that the usual rate rests on before it is used, and at most. */
const USUAL_FIRST = 2;

/** Every tick with the valve shut. */
export function keepAir(s: Supervisor, t: Tick): void {
  if (t.outPump > 0 || t.outBleedMs > 0) act(s, t);
  else if (t.fresh) rest(s, t);
}

/** Pump or valve act: the idle stretch so far counts, and a new one begins later. */
function act(s: Supervisor, t: Tick): void {
  if (s.idleAt > 0) closeStretch(s, t);
  s.idleMs = 0;
}

function rest(s: Supervisor, t: Tick): void {
  s.idleMs += t.dt;
  if (s.idleMs < SETTLE_MS) {
    s.calm = t.raw;
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
  s.idleMs = -SETTLE_MS;
  s.passive = 0;
  s.passiveMs = 0;
  s.fastLoss = 0;
}

function openStretch(s: Supervisor, t: Tick): void {
  if (s.idleMs < 2 * SETTLE_MS) return;
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
  const rate = (s.passive * 1000) / s.passiveMs;
  const ms = s.passiveMs;
  s.passive = 0;
  s.passiveMs = 0;
  if (s.heldMs >= AFTER_MS && !t.quiet) judgeWindow(s, t, rate, ms / 1000);
}

function judgeWindow(s: Supervisor, t: Tick, rate: number, seconds: number): void {
  s.fastLoss = -rate < FAST_LOSS ? 0 : s.fastLoss + 1;
  if (s.fastLoss >= FAST_WINDOWS) trip(s, t, TRIP_LEAK, -rate * 60, FAST_LOSS * 60);
  s.gained = sum(s.gained, (rate - GAIN_SLACK) * seconds);
  const gain = GAIN_LIMIT_MMHG + s.recovery;
  if (!(s.gained < gain)) trip(s, t, TRIP_AIR_GAINED, s.gained, gain);
  if (s.usualCount >= USUAL_FIRST) {
    s.lost = sum(s.lost, (s.usual - LOSS_SLACK - rate) * seconds);
    if (!(s.lost < LOSS_LIMIT_MMHG)) trip(s, t, TRIP_AIR_LOST, s.lost, LOSS_LIMIT_MMHG);
  }
  learn(s, rate);
}

function sum(before: number, more: number): number {
  const now = before + more;
  return now > 0 ? now : 0;
}

/** The usual rate: mean of the first windows, later only followed upwards (creep dies away), and never above zero. */
function learn(s: Supervisor, rate: number): void {
  const r = rate > 0 ? 0 : rate;
  if (s.usualCount === 0) s.usual = r;
  else if (s.usualCount < USUAL_FIRST || r > s.usual) s.usual += (r - s.usual) / 2;
  s.usualCount++;
}

/** The setpoint was lowered by `mmHg`: creep comes back, the cuff gains up to a quarter of the step by itself. */
export function expectRecovery(s: Supervisor, mmHg: number): void {
  s.heldMs = 0;
  s.recovery += (mmHg * 35) / 100;
}

/** The cuff was vented: the next fill begins without a past, but what this cuff usually loses stays known. */
export function forgetAir(s: Supervisor): void {
  s.heldMs = 0;
  s.idleMs = 0;
  s.idleAt = 0;
  s.passive = 0;
  s.passiveMs = 0;
  s.lost = 0;
  s.gained = 0;
  s.fastLoss = 0;
  s.recovery = 0;
}
