/**
 * The record of a measurement under way: what each tick needs comes first, because a field far back takes longer to find.
 * Must never ask for a pressure by itself: lop.ts decides.
 */
import type { SensorTraits } from '../ports.ts';
import type { MmHg, Ms } from '../units.ts';
import { type Beats, createBeats } from './beats.ts';
import { createFit, type Fit } from './fit.ts';
import { createSteps, type Steps } from './steps.ts';
import { createSweep, type Sweep } from './sweep.ts';
import { createFinding, type Finding } from './verdict.ts';
import { createWindow, type Window } from './window.ts';

/** States of a measurement, in this order: from settling to planning pump and valve stay untouched. */
export const LOP_IDLE = 0;
export const LOP_FILL = 1;
export const LOP_SETTLE = 2;
export const LOP_WINDOW = 3;
export const LOP_CLOSE = 4;
export const LOP_NEXT = 5;
export const LOP_PLAN = 6;
export const LOP_FIT = 7;
export const LOP_JUDGE = 8;
export const LOP_REST = 9;
export const LOP_DONE = 10;

export interface LopOptions {
  /** `LIMB_*` of settings.ts; only carried into the result. */
  limb: number;
  /** Two runs that agree instead of one. */
  careful: boolean;
  /** `maxMmHg` of the settings, mmHg. */
  maxMmHg: MmHg;
}

/** One measurement of the limb occlusion pressure. */
export interface Lop extends LopOptions {
  traits: SensorTraits;
  /** `LOP_*`. */
  state: number;
  /** Run under way, 0 or 1. */
  run: number;
  /** Highest pressure this measurement may reach, mmHg: the highest setpoint allowed and an overshoot, or the part's range. */
  ceiling: MmHg;
  /** Pressure asked for now; 0 = vented. */
  asked: MmHg;
  /** The demand: null = vented; quiet = leave pump and valve alone. */
  setpoint: MmHg | null;
  quiet: boolean;
  /** ms in this state, in this run, under pressure in runs that are over, and since the start. */
  inState: Ms;
  inRun: Ms;
  pressureMs: Ms;
  totalMs: Ms;
  /** What the extra readings since the last tick lift its own by, mmHg; set by who has them, before `lopStep`. */
  liftMmHg: MmHg;
  /** Ticks in a row near the asked pressure. */
  ticksAtPressure: number;
  goingUp: boolean;
  /** Windows counted anew since the last one ended. */
  counted: number;
  /** Samples this window is to have. */
  goal: number;
  steps: Steps;
  window: Window;
  beats: Beats;
  sweep: Sweep;
  fit: Fit;
  /** Result of each run, and of the measurement. */
  runs: Finding[];
  result: Finding;
}

/** A measurement, idle. */
export function createLop(traits: SensorTraits): Lop {
  return {
    state: LOP_IDLE,
    asked: 0,
    setpoint: null,
    quiet: false,
    inState: 0,
    inRun: 0,
    pressureMs: 0,
    totalMs: 0,
    steps: createSteps(),
    window: createWindow(),
    beats: createBeats(),
    goal: 0,
    counted: 0,
    goingUp: true,
    liftMmHg: 0,
    ticksAtPressure: 0,
    sweep: createSweep(),
    fit: createFit(),
    traits: traits,
    limb: 0,
    careful: false,
    maxMmHg: 0,
    run: 0,
    ceiling: 0,
    runs: [createFinding(), createFinding()],
    result: createFinding(),
  };
}
