/**
 * One measurement of the limb occlusion pressure: a sweep up, a way down, and the judgement, in pieces of one tick each. It asks for
 * pressure by its `setpoint`; it drives nothing, and no setpoint of it is above its ceiling.
 * Must never drive an output, or ask for more than its ceiling.
 */
import type { ReadTick } from '../tick.ts';
import type { MmHg, Ms } from '../units.ts';
import { startBeats, workBeats } from './beats.ts';
import { MAX_NOISE_MILLI } from './believed.ts';
import { clearFinding, combine, refusePart } from './findings.ts';
import { leftAfter, startFit, workFit } from './fit.ts';
import {
  LOP_CLOSE,
  LOP_DONE,
  LOP_FILL,
  LOP_FIT,
  LOP_IDLE,
  LOP_JUDGE,
  LOP_NEXT,
  LOP_PLAN,
  LOP_REST,
  LOP_SETTLE,
  LOP_WINDOW,
  type Lop,
  type LopOptions,
} from './lop-state.ts';
import { blameMaximum, highestFor, OVERSHOOT_MMHG, refuseMaximum } from './maximum.ts';
import { nextDown, startPlan, workPlan } from './plan.ts';
import { clearSteps, MAX_STEPS, setSpacing } from './steps.ts';
import { looksOdd, nextUp, recount, startSweep } from './sweep.ts';
import {
  type Finding,
  judgeNumber,
  judgeSignal,
  REFUSED_FILL,
  REFUSED_NOISE,
  REFUSED_TOP,
  refuse,
} from './verdict.ts';
import { addToWindow, closeWindow, openWindow } from './window.ts';

/**
 * Longest time under pressure of one run, ms; the sweep plans to end before it. With the checks before it and the curves after it
 * the answer stands 75 s after the order.
 */
export const RUN_MS = 65000;
/** Then whatever is under way is dropped. */
export const MAX_RUN_MS = 66000;
/** From the start of a run to its number, ms: no further step down where the calculation would end later. */
const ANSWER_MS = 74000;
/** Of so many windows two must be quiet enough, or their noise alone refuses. */
const NOISE_WINDOWS = 4;
/** From quiet to the first sample, and the lengths of a window on the way up and on the way down, ms. */
const SETTLE_MS = 500;
const UP_MS = 2200;
const DOWN_MS = 2800;
/** What a step down takes besides its window: bleed, settling, ms; and a whole step up. */
const STEP_DOWN_MS = SETTLE_MS + DOWN_MS + 700;
const STEP_UP_MS = 6000;
/**
 * A long way down is asked for in parts, each this share of the pressure of now, percent: a pressure far above its setpoint is a fault to the
 * supervisor.
 */
const DOWN_PERCENT = 85;
/** A pressure counts as reached within this, mmHg, for this many ticks. */
const REACHED_MMHG = 3;
const REACHED_TICKS = 2;
/** When the time is up, this is close enough below: the step's own mean pressure counts, mmHg. */
const CLOSE_MMHG = 10;
/** The first fill and a later step may take this long, ms. */
const FIRST_FILL_MS = 20000;
const STEP_FILL_MS = 8000;
/** Vented between the two runs of a careful measurement, ms. */
const REST_MS = 15000;

function toState(l: Lop, state: number): void {
  l.state = state;
  l.inState = 0;
}

/**
 * A slice of what the windows so far leave to do while the next is under way. On the way up their beats, the count anew once their doubts
 * are known; on the way down the calculation itself.
 */
function workBetween(l: Lop): void {
  const b = l.beats;
  if (!l.goingUp) {
    workFit(l.fit, l.steps, b);
    return;
  }
  if (b.lag > 0 && l.counted < l.steps.count) {
    recount(l.sweep, l.steps, l.counted);
    l.counted = l.counted + 1;
  } else if (b.k >= 0) workBeats(b, l.steps);
}

/** Begin from vented. A part that is too noisy or too slow is refused at once: state `LOP_DONE`, nothing is pumped. */
export function startLop(l: Lop, options: LopOptions): void {
  l.limb = options.limb;
  l.careful = options.careful;
  l.maxMmHg = options.maxMmHg;
  l.run = 0;
  l.pressureMs = 0;
  l.totalMs = 0;
  clearFinding(l.result);
  clearFinding(l.runs[0] as Finding);
  clearFinding(l.runs[1] as Finding);
  l.ceiling = Math.min(l.traits.maxMmHg - OVERSHOOT_MMHG, highestFor(l.maxMmHg));
  if (!refusePart(l.result, l.traits) && !refuseMaximum(l.result, l.maxMmHg)) return startRun(l);
  l.asked = 0;
  toState(l, LOP_DONE);
}

/** Stop and forget; the caller vents. */
export function resetLop(l: Lop): void {
  l.asked = 0;
  toState(l, LOP_IDLE);
}

function startRun(l: Lop): void {
  clearSteps(l.steps);
  l.beats.k = -1;
  startSweep(l.sweep, l.ceiling - OVERSHOOT_MMHG);
  l.inRun = 0;
  l.goingUp = true;
  goTo(l, l.sweep.asked);
}

function goTo(l: Lop, mmHg: MmHg): void {
  l.asked = mmHg;
  l.ticksAtPressure = 0;
  toState(l, LOP_FILL);
}

/** Pump or bleed towards the pressure; reached when the cuff has been near it for a few ticks in a row. */
function stateFill(l: Lop, t: ReadTick): void {
  const gap = t.measuredMmHg - l.asked;
  l.ticksAtPressure = gap < REACHED_MMHG && gap > -REACHED_MMHG ? l.ticksAtPressure + 1 : 0;
  if (l.ticksAtPressure >= REACHED_TICKS) return toState(l, LOP_SETTLE);
  const limit = l.steps.count === 0 ? FIRST_FILL_MS : STEP_FILL_MS;
  if (l.inState < limit) return;
  if (gap > -CLOSE_MMHG || (!l.goingUp && l.steps.count > 4)) return toState(l, LOP_SETTLE);
  refuse(l.runs[l.run] as Finding, REFUSED_FILL, t.measuredMmHg, l.asked);
  endRun(l);
}

function stateSettle(l: Lop, t: ReadTick): void {
  if (l.inState < SETTLE_MS) return;
  openWindow(l.window, l.steps, t.period);
  setSpacing(l.steps, l.window.perSample * t.period);
  l.goal = Math.floor((l.goingUp ? UP_MS : DOWN_MS) / l.steps.spacing);
  toState(l, LOP_WINDOW);
}

function stateWindow(l: Lop, t: ReadTick): void {
  addToWindow(l.window, l.steps.samples, t.measuredMmHg + l.liftMmHg, t.fresh);
  if (l.window.n >= l.goal) toState(l, LOP_CLOSE);
}

/** The window's figures, in the tick after its last sample. */
function stateClose(l: Lop, _t: ReadTick): void {
  const k = closeWindow(l.window, l.steps);
  if (l.goingUp) startBeats(l.beats, k);
  l.counted = 0;
  toState(l, LOP_NEXT);
}

/** Where to go from here, in the tick after that. */
function stateNext(l: Lop, t: ReadTick): void {
  const steps = l.steps;
  const k = steps.count - 1;
  const odd = looksOdd(l.sweep, steps, k);
  if (odd) steps.doubt[k] = 1;
  if (steps.count >= NOISE_WINDOWS && l.sweep.usable < 2) refuseNoise(l);
  else if (l.goingUp) stepUp(l, k, odd);
  else stepDown(l, t.period);
}

/** The second quietest window stands for the sensor's noise, as in the calculation: more windows would not help. */
function refuseNoise(l: Lop): void {
  refuse(l.runs[l.run] as Finding, REFUSED_NOISE, Math.sqrt(l.sweep.quiet), MAX_NOISE_MILLI / 1000);
  endRun(l);
}

/** The pulse is still there at the highest pressure that may be asked for, or that could be of use. */
function refuseTop(l: Lop): void {
  refuse(l.runs[l.run] as Finding, REFUSED_TOP, l.sweep.asked, l.sweep.ceiling);
  endRun(l);
}

function stepUp(l: Lop, k: number, odd: boolean): void {
  const next = nextUp(l.sweep, l.steps, k, odd);
  if (next > 0 && l.inRun < RUN_MS - STEP_UP_MS) return goTo(l, next);
  if (l.sweep.small > 0 && next > 0) l.sweep.complete = true;
  if (!l.sweep.complete) return refuseTop(l);
  startFit(l.fit, l.steps);
  if (next > 0) return endSweep(l);
  const planWindows = Math.floor((RUN_MS - l.inRun) / (STEP_DOWN_MS - 100));
  const left = MAX_STEPS - l.steps.count;
  startPlan(l.sweep, planWindows < left ? planWindows : left);
  l.goingUp = false;
  toState(l, LOP_PLAN);
}

function statePlan(l: Lop, t: ReadTick): void {
  if (workPlan(l.sweep, l.steps)) stepDown(l, t.period);
}

function stepDown(l: Lop, period: Ms): void {
  const next = nextDown(l.sweep);
  const end = l.inRun + STEP_DOWN_MS;
  const inTime = end < RUN_MS && end + leftAfter(l.fit, l.steps, STEP_DOWN_MS / period) * period < ANSWER_MS;
  if (next > 0 && l.steps.count < MAX_STEPS && inTime) return goTo(l, next);
  endSweep(l);
}

function endSweep(l: Lop): void {
  release(l);
  if (l.goingUp) startFit(l.fit, l.steps);
  l.fit.closed = true;
  toState(l, LOP_FIT);
}

/** Vented from now on: the run's time under pressure counts. */
function release(l: Lop): void {
  if (l.asked > 0) l.pressureMs = l.pressureMs + l.inRun;
  l.asked = 0;
}

function stateFit(l: Lop, _t: ReadTick): void {
  if (!workFit(l.fit, l.steps, l.beats)) return;
  const d = l.runs[l.run] as Finding;
  if (l.state === LOP_FIT) {
    judgeSignal(d, l.fit, l.sweep, l.careful);
    return toState(l, LOP_JUDGE);
  }
  judgeNumber(d, l.fit, l.sweep);
  endRun(l);
}

/** After a run: the second one of a careful measurement, or the end. A refusal ends it at once. */
function endRun(l: Lop): void {
  release(l);
  const d = l.runs[l.run] as Finding;
  blameMaximum(d, l.maxMmHg);
  if (l.careful && l.run === 0 && d.refusal === 0) return toState(l, LOP_REST);
  combine(l.result, l.runs[0] as Finding, l.runs[l.run] as Finding, l.run);
  toState(l, LOP_DONE);
}

function stateRest(l: Lop, _t: ReadTick): void {
  if (l.inState < REST_MS) return;
  l.run = 1;
  startRun(l);
}

function stateIdle(): void {}

// biome-ignore format: in the order of LOP_*
const STATES = [stateIdle, stateFill, stateSettle, stateWindow, stateClose, stateNext, statePlan, stateFit, stateFit, stateRest, stateIdle];

/** The pressure asked for, or a part of the way down to it. */
function partOf(l: Lop, mmHg: MmHg): MmHg {
  const part = (mmHg * DOWN_PERCENT) / 100;
  return l.state === LOP_FILL && part > l.asked && part < l.sweep.ceiling ? part : l.asked;
}

/**
 * One tick of a measurement: what it asks for stands in `setpoint` and `quiet` afterwards. To abort, stop calling it and `resetLop`.
 */
export function lopStep(l: Lop, t: ReadTick): void {
  l.inState = l.inState + t.dt;
  l.totalMs = l.totalMs + t.dt;
  if (l.asked > 0) l.inRun = l.inRun + t.dt;
  if (l.state > LOP_IDLE && l.state < LOP_CLOSE) workBetween(l);
  const state = STATES[l.state] as (l: Lop, t: ReadTick) => void;
  state(l, t);
  if (l.inRun >= MAX_RUN_MS && l.asked > 0) endSweep(l);
  l.setpoint = l.asked > 0 ? partOf(l, t.measuredMmHg) : null;
  l.quiet = l.state > LOP_FILL && l.state < LOP_FIT;
}
