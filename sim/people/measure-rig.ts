/**
 * A measurement as the whole device makes it: core in the loop on the full plant, hose, valve edges, heat and conversions
 * included, ordered by the wearer's finger. Slower than the light cuff and there to check it.
 */
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import type { Lop } from '../../src/occlusion/lop-state.ts';
import { PHASE_IDLE, PHASE_POSTURE } from '../../src/phases.ts';
import { createProgress, encodeProgress, sessionDone } from '../../src/session/progress.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';
import { BUTTON_TRAINING } from '../../src/wearer/press.ts';
import { CoreLevel } from '../core/core-level.ts';
import { nominalLimb } from '../plant/limb.ts';
import { REFERENCE_THIGH } from '../plant/params.ts';
import { Rig } from '../plant/rig.ts';
import type { Subject } from './measure.ts';
import { Person } from './person.ts';

/** Vented and zeroed before the order; the order is a hold of 2 s, one press says "lying". ms */
const SETTLE_MS = 9000;
const HOLD_MS = 2300;
const PRESS_MS = 200;
/** A measurement that is not over by then never will be, ms. */
const LIMIT_MS = 280_000;

/** Measure one subject, zero to result. `periodMs` is the control period. */
export function measureOnRig(who: Subject, careful: boolean, periodMs: number): Lop {
  const plant = { ...REFERENCE_THIGH, ...pick(who) };
  const person = new Person(who.person, plant, who.rng.fork('heart and motion'));
  const start = person.volumeMl(0, 0);
  const wearer = { volumeMl: (s: number, mmHg: number): number => person.volumeMl(s, mmHg) - start };
  const rig = new Rig(
    { plant, limb: nominalLimb('rest'), sensor: 'MPRLS', wearer },
    who.rng.fork('rig').int(2 ** 31),
  );
  const level = new CoreLevel(rig, { periodMs, files: filesFor(careful) });
  order(level);
  const { measurement } = level.core;
  while (measurement.ordered && rig.nowMs < LIMIT_MS) level.nextTick();
  return measurement.lop;
}

/** A device whose wearer has trained before: nothing is asked first. */
function filesFor(careful: boolean): Record<string, string> {
  const progress = createProgress();
  sessionDone(progress, true, 0);
  const settings = { ...defaultSettings(), lopCareful: careful ? 1 : 0 };
  return { [FILE_SETTINGS]: encodeSettings(settings), [FILE_PROGRESS]: encodeProgress(progress) };
}

function order(level: CoreLevel): void {
  const { rig, core } = level;
  press(level, SETTLE_MS, HOLD_MS);
  while (core.session.phase === PHASE_IDLE && rig.nowMs < 2 * SETTLE_MS) level.nextTick();
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
