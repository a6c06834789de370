import type { Tick } from '../tick.ts';
import { pulseFor, runPulse } from './act.ts';
import { SPIN_DOWN_MS, setSlopes } from './flow.ts';
import { setUpper } from './learn.ts';
import { enterRest } from './rest.ts';
import { type FillState, MODE_FILL, MODE_SETTLE, type Regulator } from './state.ts';

/** Ms after the pump's start at which the reading's jump is taken for the drop over the hose. */
const JUMP_AT_MS = 320;
/** The reading is looked at with the flow off, this long after the pump has stopped. */
const LOOK_AFTER_MS = 300;
const MOST_PULSES = 8;
/** Time constants of the reading's level and speed. */
const LEVEL_MS = 80;
const RATE_MS = 200;
const YOUNG_MS = 2000;
const DROP_MAX = 22;

/** Starts filling to the target from where the cuff is. */
export function enterFill(r: Regulator, t: Tick): void {
  r.mode = MODE_FILL;
  r.filled = false;
  r.since = t.now;
  r.pulseMs = 0;
  r.fill.startMmHg = t.measuredMmHg;
  r.fill.jump = -1;
  r.fill.rate = 0;
  r.fill.pulses = 0;
  r.limb = t.measuredMmHg;
  r.limbWas = t.measuredMmHg;
  r.fill.level = t.measuredMmHg;
  r.fill.duty = 1;
  r.beat.count = 0;
  r.beat.period = 0;
  r.lower -= r.lid;
  r.lid = 0;
  setUpper(r);
}

/** The drop over the hose as far as it is known: measured, or half of the jump at the pump's start, less for a pump that rises fast itself. */
function expectedDrop(r: Regulator): number {
  if (r.upKnown) return r.drop;
  const half = r.fill.jump / 2 - r.fill.rate * 30;
  return half < 0 ? 0 : half > DROP_MAX ? DROP_MAX : half;
}

function stopFill(r: Regulator, t: Tick): void {
  const f = r.fill;
  f.stopMmHg = f.level + f.rate * (r.ageMs + SPIN_DOWN_MS * r.speed);
  r.mode = MODE_SETTLE;
  r.since = t.now + LOOK_AFTER_MS;
}

function pumpWanted(r: Regulator, t: Tick): boolean {
  const limit = r.settings.fillMmHgPerS;
  if (limit === 0) return true;
  return t.measuredMmHg < r.fill.startMmHg + 2 + (limit * (t.now - r.since)) / 1000;
}

/**
 * Level and speed of the reading, without the pump's strokes, and the share of time that the pump is on. Young fills are followed faster:
 * a strong pump fills an arm in half a second.
 */
function follow(f: FillState, t: Tick, ageMs: number): void {
  const dt = t.dt;
  const young = ageMs < YOUNG_MS ? ageMs / YOUNG_MS : 1;
  const share = dt / (dt + LEVEL_MS * young);
  const on = dt / (dt + RATE_MS * young);
  f.level += f.rate * dt;
  const off = (t.measuredMmHg - f.level) * share;
  f.level += off;
  f.rate += (off * on) / dt;
  f.duty += ((t.outPump > 0 ? 1 : 0) - f.duty) * on;
}

/** Filling: full pump, stopped early by what will still come. */
export function stepFill(r: Regulator, t: Tick): void {
  const f = r.fill;
  follow(f, t, t.now - r.since);
  if (f.jump < 0 && t.now - r.since >= JUMP_AT_MS) f.jump = f.startMmHg < 15 ? f.level - f.startMmHg : 0;
  const ahead = f.level - expectedDrop(r) + f.rate * (r.speed * SPIN_DOWN_MS + r.ageMs + t.dt / 2);
  if (ahead >= r.target - r.target / 200) stopFill(r, t);
  else if (pumpWanted(r, t)) t.pump = 1000;
}

/** What the fill tells of pump and hose. A comfortable fill runs the pump for a part of the time only. */
function takeModel(r: Regulator, t: Tick): void {
  const f = r.fill;
  if (!(f.rate > 2 / 1000) || f.duty * 5 < 1) return;
  const rate = f.rate / f.duty;
  const up = rate > 200 / 1000 ? 200 / 1000 : rate;
  const drop = f.stopMmHg - t.measuredMmHg - 3 / 10;
  r.drop = drop < 0 ? 0 : drop > DROP_MAX ? DROP_MAX : drop;
  const down = !r.downKnown ? up * 2 : r.upKnown ? (r.down * up) / r.up : r.down;
  setSlopes(r, up, down);
  r.upFirst = up;
  r.upKnown = true;
  r.downFirst = down;
}

/** How far a pulse raised the pressure, against what was expected of it. */
function judgePulse(r: Regulator, t: Tick): void {
  const wanted = r.fill.rate;
  if (wanted < 2) return;
  const ratio = (t.measuredMmHg - r.fill.before) / wanted;
  const part = ratio < 6 / 10 ? 6 / 10 : ratio > 16 / 10 ? 16 / 10 : ratio;
  setSlopes(r, (r.up * (1 + part)) / 2, r.down);
  r.upFirst = r.up;
}

function holdFromHere(r: Regulator, t: Tick): void {
  r.filled = true;
  r.air = 0;
  r.limb = t.measuredMmHg;
  r.since = t.now;
  enterRest(r, t);
}

/** After the pump has stopped: look with the flow off, add what is missing by sized pulses. */
export function stepSettle(r: Regulator, t: Tick): void {
  if (r.pulseMs > 0) {
    runPulse(r, t);
    return;
  }
  if (t.now < r.since) return;
  const f = r.fill;
  if (f.pulses === 0) takeModel(r, t);
  else judgePulse(r, t);
  const missing = r.target - t.measuredMmHg;
  if (missing * 100 < r.target || f.pulses >= MOST_PULSES) {
    holdFromHere(r, t);
    return;
  }
  const rise = f.pulses === 0 ? (missing * 6) / 10 : (missing * 8) / 10;
  f.pulses += 1;
  f.before = t.measuredMmHg;
  r.pulseMs = pulseFor(r, rise);
  f.rate = (r.pulseMs - 25) * r.up;
  r.since = t.now + r.pulseMs + LOOK_AFTER_MS;
  runPulse(r, t);
}
