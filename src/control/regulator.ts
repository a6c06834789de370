import type { SensorTraits, Tick } from '../ports.ts';
import { countAir } from './air.ts';
import { createState } from './create-state.ts';
import { enterFill, enterTest, stepFill, stepSettle, stepTest } from './fill.ts';
import { setUpper } from './learn.ts';
import { stepMove } from './loose.ts';
import { enterRest, stepRest } from './rest.ts';
import type { ControlSettings } from './settings.ts';
import { MODE_FILL, MODE_LOWER, MODE_REST, MODE_VENTED, type Regulator } from './state.ts';

export type { Regulator } from './state.ts';

const TEST_WAIT_MS = 1000;

/** Rest; the valve test comes in once the cuff has settled near its target. */
function stepHold(r: Regulator, t: Tick): void {
  stepRest(r, t);
  if (r.fill.tested || r.mode !== MODE_REST || r.pulseMs > 0 || t.bleedMs > 0) return;
  if (t.now < r.blankUntil || t.now - r.since < TEST_WAIT_MS) return;
  if ((r.base + r.air - r.target) * 100 > -r.target) enterTest(r, t);
}

type Step = (r: Regulator, t: Tick) => void;

function stepNothing(): void {
  return;
}

/** A setpoint far below the pressure: let out half of the excess a tick, then rest. */
function stepLower(r: Regulator, t: Tick): void {
  const over = t.raw - r.target;
  if (over * 100 < r.target * 3) {
    r.limb = t.raw - r.air;
    enterRest(r, t);
    return;
  }
  if (t.outBleedMs > 0) return;
  const ms = over / (2 * r.plant.down) + r.plant.deadMs;
  t.bleedMs = ms > t.dt ? t.dt : Math.round(ms);
}

/** What a tick does, by mode. */
const STEPS: Step[] = [stepNothing, stepFill, stepSettle, stepTest, stepHold, stepMove, stepMove, stepLower];

/** A regulator for one cuff, vented. */
export function createRegulator(settings: ControlSettings, traits: SensorTraits): Regulator {
  return createState(settings, traits.ageMs);
}

/** Forgets the wave and the phase, keeps what is known of the parts. Called whenever the setpoint becomes null. */
export function resetRegulator(r: Regulator): void {
  r.mode = MODE_VENTED;
  r.filled = false;
  r.speed = 0;
  r.air = 0;
  r.pulseMs = 0;
  r.slope = 0;
  r.lag = 0;
}

function setTarget(r: Regulator, t: Tick, target: number): void {
  const from = r.mode === MODE_VENTED ? 0 : r.target;
  r.target = target;
  const save = r.settings.savePercent;
  r.normal = (target * (200 + save)) / 4000;
  r.lower = r.normal;
  setUpper(r);
  const cap = t.capMmHg - target;
  r.cap = cap * 10 > target * 3 ? (target * 3) / 10 : cap;
  const step = target - from;
  if (step * 100 > target * 6 || !r.filled) enterFill(r, t);
  else if (step * 100 < -target * 6) {
    r.mode = MODE_LOWER;
  }
}

function hold(r: Regulator, t: Tick): void {
  if (r.pulseMs > 0) r.pulseMs = 0;
  if (r.mode === MODE_FILL && t.raw > -100 && t.raw < 1000) r.limbWas = t.raw;
}

/**
 * Proposes pump, bleed and vent for the coming period. Reads the demand, the sample and what was really sent
 * a tick ago; writes `t.pump`, `t.bleedMs`, `t.vent`. Never proposes pump and bleed together.
 */
export function regulate(r: Regulator, t: Tick): void {
  t.pump = 0;
  t.bleedMs = 0;
  t.vent = t.setpoint === null;
  if (t.setpoint === null) {
    if (r.mode !== MODE_VENTED) resetRegulator(r);
    t.filled = false;
    return;
  }
  countAir(r, t);
  if (t.doubtful || t.quiet || !(t.raw > -100 && t.raw < 1000)) {
    hold(r, t);
    return;
  }
  if (t.setpoint !== r.target || r.mode === MODE_VENTED) setTarget(r, t, t.setpoint);
  (STEPS[r.mode] as Step)(r, t);
  t.filled = r.filled;
}
