/**
 * A LOP measurement as part of the device: what may be asked for while it runs, and what becomes of its
 * result. The measuring itself is in occlusion/.
 */
import { applySettings, type Core, saveSettings } from '../core.ts';
import { PATTERN_LOP_REFUSED } from '../interface/patterns.ts';
import { MAX_CUFF_MMHG, MAX_LOP_MMHG, MIN_LOP_MMHG } from '../limits.ts';
import { LOP_DONE, lopStep, resetLop, startLop } from '../occlusion/lop.ts';
import { dateIfKnown } from '../record/log.ts';
import { resetRecorder } from '../record/recorder.ts';
import { allowMeasurement } from '../safety/supervisor.ts';
import { LOP_MEASURED } from '../settings.ts';
import { keepLop } from './lop-record.ts';
import { PHASE_LOP } from './phases.ts';
import { EXIT_NOT_READY, stopSession } from './session.ts';
import { beginStepless, MEASUREMENT } from './stepless.ts';

/** How long the reason of a refusal is shown, ms. */
const TELL_MS = 60000;

/** Begin, from the checks of PHASE_READY: in the next tick, this one is long. */
export function beginMeasurement(core: Core): void {
  allowMeasurement(core.supervisor, core.settings.maxMmHg);
  resetRecorder(core.recorder, core.regulator.report, core.supervisor.pumpMs);
  const s = core.settings;
  startLop(core.lop, { limb: s.limb, careful: s.lopCareful === 1, maxMmHg: s.maxMmHg });
  core.tick.capMmHg = MAX_CUFF_MMHG;
  core.session.phase = PHASE_LOP;
  core.session.phaseMs = -1;
}

/** One tick of it: writes the demand; when it is over, the result goes into the settings. */
export function measure(core: Core): void {
  const lop = core.lop;
  core.session.phaseMs += core.tick.dt;
  lopStep(lop, core.tick);
  if (lop.state !== LOP_DONE || core.supervisor.pressurised) return;
  const mmHg = Math.round(lop.result.mmHg);
  const good = lop.result.refusal === 0 && mmHg >= MIN_LOP_MMHG && mmHg <= MAX_LOP_MMHG;
  if (good) takeResult(core, mmHg);
  else sayRefused(core);
  endMeasurement(core);
}

/** What it was measured with is written first: a power cut in between leaves no new pressure without its limb, cuff and date. */
function takeResult(core: Core, mmHg: number): void {
  core.settings.lopMmHg = mmHg;
  core.settings.lopSource = LOP_MEASURED;
  core.settings.lopPosture = core.posture;
  keepLop(core, dateIfKnown(core));
  saveSettings(core);
}

/** The reason is blinked, REFUSED_* of occlusion/verdict.ts; the old occlusion pressure stays. */
function sayRefused(core: Core): void {
  core.told = PATTERN_LOP_REFUSED;
  core.toldNumber = core.lop.result.refusal;
  core.toldUntil = core.tick.now + TELL_MS;
}

/** A trip ends a measurement: it gets a record like a session's, and the black box. */
export function tripMeasurement(core: Core): void {
  endMeasurement(core);
  beginStepless(core.session, MEASUREMENT, core.settings.lopMmHg);
}

/** Over or given up: back to training limits, vented. */
export function endMeasurement(core: Core): void {
  core.measuring = false;
  core.tick.quiet = false;
  core.tick.setpoint = null;
  resetLop(core.lop);
  applySettings(core);
  stopSession(core.session, EXIT_NOT_READY);
}
