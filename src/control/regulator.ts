/**
 * The regulator: from demand, sample and what was really sent a tick ago to a proposal of pump, bleed and vent. It only proposes; the
 * supervisor and the gate decide. Must never propose pump and bleed together, nor anything but vent without a setpoint. Nothing in it is
 * relied on for safety: wrong slopes cost time in the band.
 */
import type { SensorTraits } from '../ports.ts';
import type { RegulateTick } from '../tick.ts';
import type { MmHg } from '../units.ts';
import { stopPulse } from './act.ts';
import { createState } from './create-state.ts';
import { resetEdges, setEdges } from './edges.ts';
import { enterFill, resetFill, stepFill, stepSettle } from './fill.ts';
import { resetFlow, seeFlow, setLimb } from './flow.ts';
import { dropForecast } from './forecast.ts';
import { resetLevels } from './levels.ts';
import { stepLate, stepLocked } from './locked.ts';
import { stepLoose } from './loose.ts';
import { MODE_LOWER, MODE_REST, MODE_VENTED, setMode } from './mode.ts';
import { enterRest, stepRest } from './rest.ts';
import { forgetRhythm } from './rhythm.ts';
import type { ControlSettings } from './settings.ts';
import { setPeriod } from './slopes.ts';
import type { ReadonlyRegulator, Regulator } from './state.ts';
import { enterTest, stepTest } from './valve-test.ts';

export type { Regulator } from './state.ts';

/** The valve test comes this long after the fill, ms. Set by bench:control on the project's draw. */
const TEST_WAIT_MS = 1000;
/** ... and only while the cuff is no more than this percentage below its setpoint. */
const TEST_BELOW = 1;
/**
 * A setpoint further away than this, percent of it, is filled to or let down to; a nearer one is held from here. Set by bench:control on the
 * project's draw.
 */
const STEP = 6;
/** Letting down ends this near to the setpoint, percent of it. Set by bench:control on the project's draw. */
const LOWERED = 3;
/** Each tick of letting down lets out the excess divided by this. */
const LOWER_PART = 2;
/** Square of 1000 mmHg: a reading that is further from 0 is none. */
const NO_READING = 1000000;

/** Written in this file only. */
export interface TargetState {
  /** The setpoint held; -1 = vented. */
  targetMmHg: MmHg;
}

type TargetOwner = ReadonlyRegulator & TargetState;

/** Rest; the valve test comes in once the cuff has settled near its setpoint. */
function stepHold(r: ReadonlyRegulator, t: RegulateTick): void {
  stepRest(r, t);
  if (r.fill.valveTested || r.mode !== MODE_REST || r.pulseLeftMs > 0 || t.bleedMs > 0) return;
  if (t.now < r.quietUntilMs || t.now - r.modeSinceMs < TEST_WAIT_MS) return;
  if ((r.restMmHg + r.ownAirMmHg - r.targetMmHg) * 100 > -TEST_BELOW * r.targetMmHg) enterTest(r, t);
}

function stepNothing(): void {
  return;
}

/** A setpoint far below the pressure: let out half of the excess a tick, then rest. */
function stepLower(r: ReadonlyRegulator, t: RegulateTick): void {
  const over = t.measuredMmHg - r.targetMmHg;
  if (over * 100 < r.targetMmHg * LOWERED) {
    setLimb(r, t.measuredMmHg - r.ownAirMmHg);
    enterRest(r, t);
    return;
  }
  if (t.outBleedMs > 0) return;
  const ms = over / (LOWER_PART * r.valveMmHgPerMs) + r.valveDeadMs;
  t.bleedMs = ms > t.period ? t.period : Math.round(ms);
}

/** What a tick does, by mode. */
const STEPS: ((r: ReadonlyRegulator, t: RegulateTick) => void)[] = [
  stepNothing,
  stepFill,
  stepSettle,
  stepTest,
  stepHold,
  stepLoose,
  stepLocked,
  stepLate,
  stepLower,
];

/** A regulator for one cuff, vented. `traits.ageMs` 0 to 100. */
export function createRegulator(settings: ControlSettings, traits: SensorTraits): Regulator {
  return createState(settings, traits.ageMs);
}

/** Forgets the wave and the phase, keeps what is known of the parts. Called whenever the setpoint becomes null. */
export function resetRegulator(r: Regulator): void {
  setMode(r, MODE_VENTED);
  r.targetMmHg = -1;
  resetFill(r);
  resetFlow(r);
  stopPulse(r);
  dropForecast(r);
  resetEdges(r);
  forgetRhythm(r);
  resetLevels(r);
}

/** Takes over a new setpoint, and how to get there. */
function setTarget(r: TargetOwner, t: RegulateTick, target: MmHg): void {
  const from = r.mode === MODE_VENTED ? 0 : r.targetMmHg;
  r.targetMmHg = target;
  setEdges(r, t);
  const step = target - from;
  if (step * 100 > target * STEP || !r.filled) enterFill(r, t);
  else if (step * 100 < -target * STEP) setMode(r, MODE_LOWER);
}

/** A tick that does not just hold: vented, a new setpoint, or a sample that must not be acted on. */
function stepApart(r: Regulator, t: RegulateTick): void {
  const setpoint = t.setpoint;
  t.vent = setpoint === null;
  if (r.periodMs !== t.period) setPeriod(r, t.period);
  if (setpoint === null) {
    if (r.mode !== MODE_VENTED) resetRegulator(r);
    return;
  }
  const known = t.measuredMmHg * t.measuredMmHg < NO_READING;
  if (known) seeFlow(r, t);
  if (t.doubtful || t.quiet || !known) {
    stopPulse(r);
    return;
  }
  setTarget(r, t, setpoint);
  (STEPS[r.mode] as (r: ReadonlyRegulator, t: RegulateTick) => void)(r, t);
}

/**
 * Proposes pump, bleed and vent for the coming period. Reads the demand, the sample and what was really sent
 * a tick ago; writes `t.pump`, `t.bleedMs`, `t.vent`. Never proposes pump and bleed together.
 */
export function regulate(r: Regulator, t: RegulateTick): void {
  t.pump = 0;
  t.bleedMs = 0;
  const raw = t.measuredMmHg;
  if (t.setpoint !== r.targetMmHg || t.doubtful || t.quiet || !(raw * raw < NO_READING))
    return stepApart(r, t);
  seeFlow(r, t);
  (STEPS[r.mode] as (r: ReadonlyRegulator, t: RegulateTick) => void)(r, t);
}
