/**
 * A measurement as the whole device makes it: core in the loop on the full plant, hose, valve edges, heat and conversions
 * included, ordered by the wearer's finger. Slower than the light cuff and there to check it.
 */
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { LOP_DONE, type Lop } from '../../src/occlusion/lop-state.ts';
import { PHASE_IDLE, PHASE_POSTURE } from '../../src/phases.ts';
import { INHIBIT_ZERO } from '../../src/safety/inhibits.ts';
import { createProgress, encodeProgress, sessionDone } from '../../src/session/progress.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';
import { BUTTON_TRAINING } from '../../src/wearer/press.ts';
import { CoreLevel } from '../core/core-level.ts';
import { TickTiming } from '../core/tick-timing.ts';
import type { WearerPlan } from '../level/wearer.ts';
import { nominalLimb } from '../plant/limb.ts';
import { REFERENCE_THIGH } from '../plant/params.ts';
import { Rig } from '../plant/rig.ts';
import { SENSORS } from '../plant/sensor-params.ts';
import type { Subject } from './measure.ts';
import { Person } from './person.ts';

/** Vented and zeroed before the order; the order is a hold of 2 s, one press says "lying". ms */
const SETTLE_MS = 9000;
/** A limb that breathes and trembles moves even a vented cuff: the first zero may take so long. ms */
const LONGEST_ZERO_MS = 40_000;
const HOLD_MS = 2300;
const PRESS_MS = 200;
/** A measurement that is not over by then never will be, ms. */
const LIMIT_MS = 280_000;

/** A wearer who orders a measurement at fixed times and answers "lying": for levels that run side by side. */
export const MEASUREMENT_PLAN: WearerPlan = {
  work: 'rest',
  rest: 'rest',
  presses: [
    { button: BUTTON_TRAINING, atMs: SETTLE_MS, forMs: HOLD_MS },
    { button: BUTTON_TRAINING, atMs: SETTLE_MS + HOLD_MS + 1000, forMs: PRESS_MS },
  ],
  starts: false,
};

export interface RigMeasurement {
  readonly lop: Lop;
  /** From the last press until the number stands, s: checks, sweep and calculation. */
  readonly answerS: number;
  /** ... until it is kept: the cuff has been seen to be empty. */
  readonly keptS: number;
}

/** Measure one subject, zero to result. `periodMs` is the control period, `noise` that of one reading, mmHg; `late`: ticks take what they cost. */
export function measureOnRig(
  who: Subject,
  careful: boolean,
  periodMs: number,
  noise?: number,
  late = false,
): RigMeasurement {
  const level = new CoreLevel(rigOf(who, noise), {
    periodMs,
    files: filesFor(careful),
    ...(late ? { timing: new TickTiming('board', periodMs, who.rng.fork('ticks')) } : {}),
  });
  order(level);
  const { rig, core } = level;
  const orderedMs = rig.nowMs;
  const { measurement } = core;
  let answeredMs = 0;
  while (measurement.ordered && rig.nowMs < LIMIT_MS) {
    level.nextTick();
    if (answeredMs === 0 && measurement.lop.state === LOP_DONE) answeredMs = rig.nowMs;
  }
  const seconds = (ms: number): number => (ms - orderedMs) / 1000;
  return { lop: measurement.lop, answerS: seconds(answeredMs || rig.nowMs), keptS: seconds(rig.nowMs) };
}

/** The bench with the subject in the cuff. */
export function rigOf(who: Subject, noise?: number): Rig {
  const plant = { ...REFERENCE_THIGH, ...pick(who) };
  const person = new Person(who.person, plant, who.rng.fork('heart and motion'));
  const start = person.volumeMl(0, 0);
  const wearer = { volumeMl: (s: number, mmHg: number): number => person.volumeMl(s, mmHg) - start };
  const sensor = noise === undefined ? 'MPRLS' : { ...SENSORS.MPRLS, noiseMmHg: noise };
  return new Rig({ plant, limb: nominalLimb('rest'), sensor, wearer }, who.rng.fork('rig').int(2 ** 31));
}

/** A device whose wearer has trained before: nothing is asked first. */
export function filesFor(careful: boolean): Record<string, string> {
  const progress = createProgress();
  sessionDone(progress, true, 0);
  const settings = { ...defaultSettings(), lopCareful: careful ? 1 : 0 };
  return { [FILE_SETTINGS]: encodeSettings(settings), [FILE_PROGRESS]: encodeProgress(progress) };
}

function order(level: CoreLevel): void {
  const { rig, core } = level;
  while (rig.nowMs < SETTLE_MS || ((level.view.inhibits & INHIBIT_ZERO) > 0 && rig.nowMs < LONGEST_ZERO_MS))
    level.nextTick();
  press(level, rig.nowMs + PRESS_MS, HOLD_MS);
  while (core.session.phase === PHASE_IDLE && rig.nowMs < 2 * LONGEST_ZERO_MS) level.nextTick();
  press(level, rig.nowMs + PRESS_MS, PRESS_MS);
  while (core.session.phase === PHASE_POSTURE) level.nextTick();
}

function press(level: CoreLevel, atMs: number, forMs: number): void {
  level.button(BUTTON_TRAINING, true, atMs);
  level.button(BUTTON_TRAINING, false, atMs + forMs);
}

/** The subject's own cuff: volumes and creep; hose, pump and valve are the reference build's. */
function pick(who: Subject): Partial<typeof REFERENCE_THIGH> {
  const { limb, lopMmHg, residualMl, slackMl, slackMmHg, stretch } = who.plant;
  const { creepFast, creepFastS, creepSlow, creepSlowS, leakMmHgPerMin } = who.plant;
  return {
    limb,
    lopMmHg,
    residualMl,
    slackMl,
    slackMmHg,
    stretch,
    creepFast,
    creepFastS,
    creepSlow,
    creepSlowS,
    leakMmHgPerMin,
  };
}
