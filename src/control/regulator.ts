import type { SensorTraits } from '../ports.ts';
import type { Tick } from '../tick.ts';
import { createState } from './create-state.ts';
import { enterFill, stepFill, stepSettle } from './fill.ts';
import { seeFlow, setPeriod } from './flow.ts';
import { setUpper } from './learn.ts';
import { stepLocked } from './locked.ts';
import { stepLate, stepLoose } from './loose.ts';
import { enterRest, stepRest } from './rest.ts';
import type { ControlSettings } from './settings.ts';
import { MODE_LOWER, MODE_REST, MODE_VENTED, type Regulator } from './state.ts';
import { enterTest, stepTest } from './valve-test.ts';

export type { Regulator } from './state.ts';

const TEST_WAIT_MS = 1000;
/** Percent of the target that crests are kept below the cap: the pressure is known this well while air flows. */
const ROOM = 3;

/** Rest; the valve test comes in once the cuff has settled near its target. */
function stepHold(r: Regulator, t: Tick): void {
  stepRest(r, t);
  if (r.fill.tested || r.mode !== MODE_REST || r.pulseMs > 0 || t.bleedMs > 0) return;
  if (t.now < r.blankUntil || t.now - r.since < TEST_WAIT_MS) return;
  if ((r.base + r.air - r.target) * 100 > -r.target) enterTest(r, t);
}

function stepNothing(): void {
  return;
}

/** A setpoint far below the pressure: let out half of the excess a tick, then rest. */
function stepLower(r: Regulator, t: Tick): void {
  const over = t.measuredMmHg - r.target;
  if (over * 100 < r.target * 3) {
    r.limb = t.measuredMmHg - r.air;
    enterRest(r, t);
    return;
  }
  if (t.outBleedMs > 0) return;
  const ms = over / (2 * r.down) + r.deadMs;
  t.bleedMs = ms > t.period ? t.period : Math.round(ms);
}

/** What a tick does, by mode. */
const STEPS: ((r: Regulator, t: Tick) => void)[] = [
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

/** A regulator for one cuff, vented. */
export function createRegulator(settings: ControlSettings, traits: SensorTraits): Regulator {
  return createState(settings, traits.ageMs);
}

/** Forgets the wave and the phase, keeps what is known of the parts. Called whenever the setpoint becomes null. */
export function resetRegulator(r: Regulator): void {
  r.mode = MODE_VENTED;
  r.target = -1;
  r.filled = false;
  r.speed = 0;
  r.shows = 0;
  r.air = 0;
  r.pulseMs = 0;
  r.slope = 0;
  r.lag = 0;
  r.lid = 0;
  r.beat.count = 0;
  r.beat.period = 0;
  r.beat.span = 0;
}

function setTarget(r: Regulator, t: Tick, target: number): void {
  const from = r.mode === MODE_VENTED ? 0 : r.target;
  if (r.period !== t.period) setPeriod(r, t.period);
  r.target = target;
  const save = r.settings.savePercent;
  r.normal = (target * (200 + save)) / 4000;
  r.lower = r.normal + r.lid;
  setUpper(r);
  const cap = t.capMmHg - target;
  r.cap = cap * 10 > target * 3 ? (target * 3) / 10 : cap;
  r.room = cap - (target * ROOM) / 100;
  const step = target - from;
  if (step * 100 > target * 6 || !r.filled) enterFill(r, t);
  else if (step * 100 < -target * 6) {
    r.mode = MODE_LOWER;
  }
}

/** A tick that does not just hold: vented, a new setpoint, or a sample that must not be acted on. */
function stepApart(r: Regulator, t: Tick): void {
  const setpoint = t.setpoint;
  t.vent = setpoint === null;
  if (setpoint === null) {
    if (r.mode !== MODE_VENTED) resetRegulator(r);
    return;
  }
  const known = t.measuredMmHg * t.measuredMmHg < 1000000;
  if (known) seeFlow(r, t);
  if (t.doubtful || t.quiet || !known) {
    r.pulseMs = 0;
    return;
  }
  setTarget(r, t, setpoint);
  (STEPS[r.mode] as (r: Regulator, t: Tick) => void)(r, t);
}

/**
 * Proposes pump, bleed and vent for the coming period. Reads the demand, the sample and what was really sent
 * a tick ago; writes `t.pump`, `t.bleedMs`, `t.vent`. Never proposes pump and bleed together.
 */
export function regulate(r: Regulator, t: Tick): void {
  t.pump = 0;
  t.bleedMs = 0;
  const raw = t.measuredMmHg;
  if (t.setpoint !== r.target || t.doubtful || t.quiet || !(raw * raw < 1000000)) return stepApart(r, t);
  seeFlow(r, t);
  (STEPS[r.mode] as (r: Regulator, t: Tick) => void)(r, t);
}
