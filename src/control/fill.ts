/**
 * Filling: full pump, stopped early by what will still come, then sized pulses looked at with the flow off. What the fill tells of pump and
 * hose is identified here. Must never pump towards a setpoint for longer than the reading says that it is missing.
 */
import type { RegulateTick } from '../tick.ts';
import type { MmHg, Ms } from '../units.ts';
import { FULL_PUMP, runPulse, startPulse, stopPulse } from './act.ts';
import { raiseEdges } from './edges.ts';
import { restartAir, setLimb } from './flow.ts';
import { MODE_FILL, MODE_SETTLE, setMode, setSince } from './mode.ts';
import { enterRest } from './rest.ts';
import { forgetRhythm } from './rhythm.ts';
import { correctPump, identifyPump, SPIN_DOWN_MS, SPIN_LOSS_MS } from './slopes.ts';
import type { Fill, ReadonlyRegulator } from './state.ts';

/** Ms after the pump's start at which the reading's jump is taken for the drop over the hose: three spin-up times. */
const JUMP_AT_MS = 320;
/** A fill that starts below this is one from empty, mmHg: there the cuff is slack and the jump is the hose's. Set by bench:control on the project's draw. */
const FROM_EMPTY_MMHG = 15;
/** One part in 2 of the jump is counted as the drop, less what the cuff rises in this time, ms. Set by bench:control on the project's draw. */
const JUMP_PART = 2;
const JUMP_RISE_MS = 30;
/** The reading is looked at with the flow off, this long after the pump has stopped, ms: four coast-downs. */
const LOOK_AFTER_MS = 300;
/** Settling pulses at most. Set by bench:control on the project's draw. */
const MOST_PULSES = 8;
/** Time constants of the reading's level and speed, ms: they take out the pump's strokes. docs/lab/control.md, "The rewrite": 0.6 points of leg press. */
const LEVEL_MS = 80;
const RATE_MS = 200;
/** A fill is young for this long, ms, and followed faster: a strong pump fills an arm in half a second. */
const YOUNG_MS = 2000;
/** Most that the hose is believed to take, mmHg: twice the 9.6 of the worst 5 % of the plant model, and a little. */
const DROP_MAX_MMHG = 22;
/** The fill aims below the setpoint by one part in 200 of it. Set by bench:control on the project's draw. */
const SHORT_PART = 200;
/** A comfortable fill may be this far ahead of its ramp, mmHg. Set by bench:control on the project's draw. */
const RAMP_LEAD_MMHG = 2;
/** A slower fill, mmHg/ms, tells nothing of the pump. The slowest pumps rise by 7 mmHg/s (plant model). */
const RATE_LEAST = 2 / 1000;
/** A fill in which the pump ran for less than the whole time divided by this tells nothing of the pump. */
const DUTY_PART = 5;
/** Highest slope that is believed of a pump, mmHg/ms; the strongest fill an arm with 141 mmHg/s (plant model). */
const RATE_MOST = 200 / 1000;
/** A later fill moves the pump's slope by one part in so many at most. */
const NEAR_PARTS = 4;
/** What the gas loses by cooling until the reading is looked at, mmHg: 0.1 to 1 (plant model). */
const COOLING_MMHG = 3 / 10;
/** Until it is measured the valve is taken for so many times the pump: 2.4 times in the median of the plant model. */
const VALVE_OF_PUMP = 2;
/** A pulse that was to raise by less than this tells nothing of the pump, mmHg. Set by bench:control on the project's draw. */
const RISE_LEAST_MMHG = 2;
/** Tenths between which the rise of one pulse is believed, against what was expected. As the balance of a cycle keeps the pump's slope. */
const RISE_LEAST = 6;
const RISE_MOST = 16;
/** Settled within one percent of the setpoint. */
const SETTLED = 1;
/** Tenths of what is missing that the first pulse, and the later ones, add: the pump is known better after one. Set by bench:control on the project's draw. */
const FIRST_TENTHS = 6;
const NEXT_TENTHS = 8;

/** Used in fills only. Written in this file only. */
export interface FillState {
  /** Reading at the pump's start. */
  fillStartMmHg: MmHg;
  /** Jump of the reading just after it, the drop over the hose; -1 = not yet seen. */
  startJumpMmHg: MmHg;
  /** Reading without the pump's strokes. */
  readingMmHg: MmHg;
  /** Its speed, mmHg per ms. */
  readingMmHgPerMs: number;
  /** Share of time that the pump is on, 0 to 1. */
  pumpShare: number;
  /** Reading expected after the coast-down when the pump was stopped, without any drop. */
  stoppedMmHg: MmHg;
  /** The pump was known before this fill. */
  again: boolean;
  /** Settling pulses given. */
  settlePulses: number;
  /** Reading before the last settling pulse. */
  pulseStartMmHg: MmHg;
  /** Rise that was expected of it. */
  pulseRiseMmHg: MmHg;
}

/** Written in this file only. */
export interface FilledState {
  /** True once the setpoint was reached: holding from here on. */
  filled: boolean;
}

type FillOwner = ReadonlyRegulator & FilledState & { readonly fill: FillState };

/** Starts filling to the setpoint from where the cuff is. */
export function enterFill(r: FillOwner, t: RegulateTick): void {
  const f = r.fill;
  setMode(r, MODE_FILL);
  r.filled = false;
  f.again = r.pumpKnown;
  setSince(r, t.now);
  stopPulse(r);
  f.fillStartMmHg = t.measuredMmHg;
  f.startJumpMmHg = -1;
  f.readingMmHgPerMs = 0;
  f.settlePulses = 0;
  setLimb(r, t.measuredMmHg);
  f.readingMmHg = t.measuredMmHg;
  f.pumpShare = 1;
  forgetRhythm(r);
  raiseEdges(r);
}

/** The drop over the hose as far as it is known: measured, or from the jump at the pump's start, less for a pump that rises fast itself. */
function expectedDrop(r: FillOwner): MmHg {
  if (r.pumpKnown) return r.pumpDropMmHg;
  const part = r.fill.startJumpMmHg / JUMP_PART - r.fill.readingMmHgPerMs * JUMP_RISE_MS;
  return part < 0 ? 0 : part > DROP_MAX_MMHG ? DROP_MAX_MMHG : part;
}

/** The pump stops; the reading that will come of it is noted. */
function stopFill(r: FillOwner, t: RegulateTick): void {
  const f = r.fill;
  f.stoppedMmHg =
    f.readingMmHg + f.readingMmHgPerMs * (r.sampleAgeMs + r.actingMs + SPIN_DOWN_MS * r.pumpSpeed);
  setMode(r, MODE_SETTLE);
  setSince(r, t.now + LOOK_AFTER_MS);
}

/** Always in a plain fill; in a comfortable one while the reading is below its ramp. */
function pumpWanted(r: FillOwner, t: RegulateTick): boolean {
  const limit = r.settings.fillMmHgPerS;
  if (limit === 0) return true;
  return t.measuredMmHg < r.fill.fillStartMmHg + RAMP_LEAD_MMHG + (limit * (t.now - r.modeSinceMs)) / 1000;
}

/** Level and speed of the reading, and the share of time that the pump is on. `ageMs`: how long the fill lasts. */
function follow(f: Readonly<Fill> & FillState, t: RegulateTick, ageMs: Ms): void {
  const dt = t.dt;
  const young = ageMs < YOUNG_MS ? ageMs / YOUNG_MS : 1;
  const share = dt / (dt + LEVEL_MS * young);
  const on = dt / (dt + RATE_MS * young);
  f.readingMmHg += f.readingMmHgPerMs * dt;
  const off = (t.measuredMmHg - f.readingMmHg) * share;
  f.readingMmHg += off;
  f.readingMmHgPerMs += (off * on) / dt;
  f.pumpShare += ((t.outPump > 0 ? 1 : 0) - f.pumpShare) * on;
}

/** Filling: full pump, stopped early by what will still come. */
export function stepFill(r: FillOwner, t: RegulateTick): void {
  const f = r.fill;
  const ageMs = t.now - r.modeSinceMs;
  follow(f, t, ageMs);
  if (f.startJumpMmHg < 0 && ageMs >= JUMP_AT_MS)
    f.startJumpMmHg = f.fillStartMmHg < FROM_EMPTY_MMHG ? f.readingMmHg - f.fillStartMmHg : 0;
  const comesMs = r.pumpSpeed * SPIN_DOWN_MS + r.sampleAgeMs + r.actingMs + t.dt / 2;
  const ahead = f.readingMmHg - expectedDrop(r) + f.readingMmHgPerMs * comesMs;
  if (ahead >= r.targetMmHg - r.targetMmHg / SHORT_PART) stopFill(r, t);
  else if (pumpWanted(r, t)) t.pump = FULL_PUMP;
}

/** A later fill moves the slope a little: a limb that moves meanwhile makes its rate anything. */
function keptNear(rate: number, known: number): number {
  if (rate * NEAR_PARTS < known * (NEAR_PARTS - 1)) return (known * (NEAR_PARTS - 1)) / NEAR_PARTS;
  return rate * NEAR_PARTS > known * (NEAR_PARTS + 1) ? (known * (NEAR_PARTS + 1)) / NEAR_PARTS : rate;
}

/** What the fill tells of pump and hose. A comfortable fill runs the pump for a part of the time only. */
function takeModel(r: FillOwner, t: RegulateTick): void {
  const f = r.fill;
  if (!(f.readingMmHgPerMs > RATE_LEAST) || f.pumpShare * DUTY_PART < 1) return;
  const rate = f.readingMmHgPerMs / f.pumpShare;
  const pump = r.pumpKnown ? keptNear(rate, r.firstPumpMmHgPerMs) : rate > RATE_MOST ? RATE_MOST : rate;
  const drop = f.stoppedMmHg - t.measuredMmHg - COOLING_MMHG;
  let valve = r.valveMmHgPerMs;
  if (!r.valveKnown) valve = pump * VALVE_OF_PUMP;
  else if (r.pumpKnown) valve = (valve * pump) / r.pumpMmHgPerMs;
  identifyPump(r, pump, valve, drop < 0 ? 0 : drop > DROP_MAX_MMHG ? DROP_MAX_MMHG : drop);
}

/** How far a pulse raised the pressure, against what was expected of it. */
function judgePulse(r: FillOwner, t: RegulateTick): void {
  const wanted = r.fill.pulseRiseMmHg;
  if (wanted < RISE_LEAST_MMHG || r.fill.again) return;
  const ratio = (t.measuredMmHg - r.fill.pulseStartMmHg) / wanted;
  const part = ratio < RISE_LEAST / 10 ? RISE_LEAST / 10 : ratio > RISE_MOST / 10 ? RISE_MOST / 10 : ratio;
  correctPump(r, (r.pumpMmHgPerMs * (1 + part)) / 2);
}

/** The setpoint is reached. */
function holdFromHere(r: FillOwner, t: RegulateTick): void {
  r.filled = true;
  restartAir(r, t.measuredMmHg);
  setSince(r, t.now);
  enterRest(r, t);
}

/** Starts a settling pulse for a part of what is missing. */
function addMissing(r: FillOwner, t: RegulateTick, missing: MmHg): void {
  const f = r.fill;
  startPulse(r, (missing * (f.settlePulses === 0 ? FIRST_TENTHS : NEXT_TENTHS)) / 10);
  f.settlePulses += 1;
  f.pulseStartMmHg = t.measuredMmHg;
  f.pulseRiseMmHg = (r.pulseLeftMs - SPIN_LOSS_MS) * r.pumpMmHgPerMs;
  setSince(r, t.now + r.pulseLeftMs + LOOK_AFTER_MS);
  runPulse(r, t);
}

/** After the pump has stopped: look with the flow off, add what is missing by sized pulses. */
export function stepSettle(r: FillOwner, t: RegulateTick): void {
  if (r.pulseLeftMs > 0) {
    runPulse(r, t);
    return;
  }
  if (t.now < r.modeSinceMs) return;
  const pulses = r.fill.settlePulses;
  if (pulses === 0) takeModel(r, t);
  else judgePulse(r, t);
  const missing = r.targetMmHg - t.measuredMmHg;
  if (missing * 100 < r.targetMmHg * SETTLED || pulses >= MOST_PULSES) holdFromHere(r, t);
  else addMissing(r, t, missing);
}

/** Vented: nothing is filled. */
export function resetFill(r: FillOwner): void {
  r.filled = false;
}
