import type { Tick } from '../ports.ts';
import { pulseFor, runPulse } from './act.ts';
import { SPIN_DOWN_MS } from './air.ts';
import { enterRest } from './rest.ts';
import { MODE_FILL, MODE_SETTLE, MODE_TEST, type Regulator, SLOT_MASK, SLOT_MS } from './state.ts';
import { record, restartRing } from './wave.ts';

/** Ms after the pump's start at which the reading's jump is taken for the drop over the hose. */
const JUMP_AT_MS = 320;
/** The reading is looked at with the flow off, this long after the pump has stopped. */
const LOOK_AFTER_MS = 300;
const MOST_PULSES = 8;
/** From this speed on (mmHg/ms) the last 160 ms tell more than longer stretches. */
const QUICK = 60 / 1000;
const DROP_MAX = 22;

/** Starts filling to the target from where the cuff is. */
export function enterFill(r: Regulator, t: Tick): void {
  r.mode = MODE_FILL;
  r.filled = false;
  r.since = t.now;
  r.pulseMs = 0;
  r.fill.startMmHg = t.raw;
  r.fill.jump = -1;
  r.fill.rate = 0;
  r.fill.pulses = 0;
  r.limb = t.raw;
  r.limbWas = t.raw;
  restartRing(r, t, t.raw);
}

/** Speed of the reading over the last `slots` slots, mmHg/ms; 0 while there are not so many yet. */
function rateOver(r: Regulator, reading: number, slots: number): number {
  if (r.slot < slots) return 0;
  return (reading - (r.ring[(r.slot - slots) & SLOT_MASK] as number)) / (slots * SLOT_MS);
}

/** The drop over the hose as far as it is known: measured, or half of the jump at the pump's start. */
function expectedDrop(r: Regulator): number {
  if (r.plant.upKnown) return r.plant.drop;
  const half = r.fill.jump / 2;
  return half < 0 ? 0 : half > DROP_MAX ? DROP_MAX : half;
}

function stopFill(r: Regulator, t: Tick): void {
  r.fill.stopMmHg = t.raw + r.fill.rate * (r.ageMs + SPIN_DOWN_MS);
  r.mode = MODE_SETTLE;
  r.since = t.now + LOOK_AFTER_MS;
}

function pumpWanted(r: Regulator, t: Tick): boolean {
  const limit = r.settings.fillMmHgPerS;
  if (limit === 0) return true;
  return t.raw < r.fill.startMmHg + 2 + (limit * (t.now - r.since)) / 1000;
}

/** Filling: full pump, stopped early by what will still come. */
export function stepFill(r: Regulator, t: Tick): void {
  record(r, t, t.raw, r.limbWas);
  r.limbWas = t.raw;
  const f = r.fill;
  if (f.jump < 0 && t.now - r.since >= JUMP_AT_MS) f.jump = f.startMmHg < 15 ? t.raw - f.startMmHg : 0;
  const long = rateOver(r, t.raw, 20);
  const short = rateOver(r, t.raw, 9);
  f.slow = long > 0 ? long : short;
  f.rate = long > short ? long : short;
  const quick = rateOver(r, t.raw, 4);
  if (quick > f.rate && (short === 0 || quick > QUICK)) f.rate = quick;
  const ahead = t.raw - expectedDrop(r) + f.rate * (r.speed * SPIN_DOWN_MS + r.ageMs + t.dt / 2);
  if (ahead >= r.target - r.target / 200) stopFill(r, t);
  else if (pumpWanted(r, t)) t.pump = 1000;
}

function takeModel(r: Regulator, t: Tick): void {
  const p = r.plant;
  const f = r.fill;
  if (!(f.slow > 2 / 1000)) return;
  if (f.rate > QUICK) f.slow = f.rate;
  const up = f.slow > 200 / 1000 ? 200 / 1000 : f.slow;
  p.down = p.downKnown && p.upKnown ? (p.down * up) / p.up : p.down;
  p.up = up;
  p.upFirst = up;
  const drop = f.stopMmHg - t.raw - 3 / 10;
  p.drop = drop < 0 ? 0 : drop > DROP_MAX ? DROP_MAX : drop;
  if (!p.downKnown) p.down = up * 2;
  p.upKnown = true;
  p.downFirst = p.down;
}

/** How far a pulse raised the pressure, against what was expected of it. */
function judgePulse(r: Regulator, t: Tick): void {
  const wanted = r.fill.rate;
  if (wanted < 2) return;
  const ratio = (t.raw - r.fill.before) / wanted;
  const part = ratio < 6 / 10 ? 6 / 10 : ratio > 16 / 10 ? 16 / 10 : ratio;
  r.plant.up *= (1 + part) / 2;
  r.plant.upFirst = r.plant.up;
}

function holdFromHere(r: Regulator, t: Tick): void {
  r.filled = true;
  r.air = 0;
  r.limb = t.raw;
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
  const missing = r.target - t.raw;
  if (missing * 100 < r.target || f.pulses >= MOST_PULSES) {
    holdFromHere(r, t);
    return;
  }
  const rise = f.pulses === 0 ? (missing * 6) / 10 : (missing * 8) / 10;
  f.pulses += 1;
  f.before = t.raw;
  r.pulseMs = pulseFor(r, rise);
  f.rate = (r.pulseMs - 25) * r.plant.up;
  r.since = t.now + r.pulseMs + LOOK_AFTER_MS;
  runPulse(r, t);
}

/** Open time of a test bleed in all; and the least fall, in thousandths of the target, that tells anything. */
const TEST_OPEN_MS = 40;
const TEST_LEAST = 6;
/** The reading is averaged over this long, before the bleed and after the flow has died down. */
const TEST_MEAN_MS = 320;
const TEST_DIE_MS = 140;
const SUCK_MAX = 40;

/** Starts the valve test: the mean of the next readings is the level before. */
export function enterTest(r: Regulator, t: Tick): void {
  const f = r.fill;
  r.mode = MODE_TEST;
  r.since = t.now + TEST_MEAN_MS;
  f.openMs = 0;
  f.leftMs = -1;
  f.sum = 0;
  f.count = 0;
}

function testDone(r: Regulator, t: Tick): void {
  r.fill.tested = true;
  r.air = 0;
  r.limb = t.raw;
  enterRest(r, t);
}

function stepBleed(r: Regulator, t: Tick): void {
  const f = r.fill;
  t.bleedMs = f.leftMs < t.dt ? f.leftMs : t.dt;
  f.leftMs -= t.bleedMs;
  f.openMs += t.bleedMs;
  if (f.leftMs <= 0) r.since = t.now + TEST_DIE_MS + TEST_MEAN_MS;
}

function startBleed(r: Regulator, t: Tick): void {
  const f = r.fill;
  f.before = f.sum / f.count;
  f.leftMs = TEST_OPEN_MS;
  f.opened = f.before;
  f.sum = 0;
  f.count = 0;
  stepBleed(r, t);
}

function judgeTest(r: Regulator, t: Tick): void {
  const f = r.fill;
  const p = r.plant;
  const fall = f.before - f.sum / f.count;
  if (fall * 1000 > TEST_LEAST * r.target) {
    p.down = fall / (f.openMs - p.deadMs);
    p.downFirst = p.down;
    p.downKnown = true;
    const suck = f.before - (fall * 8) / 10 - f.opened;
    p.suck = suck < 0 ? 0 : suck > SUCK_MAX ? SUCK_MAX : suck;
  }
  testDone(r, t);
}

/** The valve test: a short bleed at rest tells how fast the valve empties the cuff. */
export function stepTest(r: Regulator, t: Tick): void {
  const f = r.fill;
  if (t.outBleedMs >= t.dt - r.ageMs && t.fresh) f.opened = t.raw;
  if (f.leftMs > 0) {
    stepBleed(r, t);
    return;
  }
  if (t.fresh && r.since - t.now < TEST_MEAN_MS) {
    f.sum += t.raw;
    f.count += 1;
  }
  if (t.now < r.since || f.count === 0) return;
  if (f.leftMs < 0) startBleed(r, t);
  else judgeTest(r, t);
}
