/**
 * A LOP measurement as part of the device: what may be asked for while it runs, and what becomes of its
 * result. The measuring itself is in occlusion/.
 */
import { applySettings, type Core, saveSettings } from '../core.ts';
import { LOP_DONE, lopStep, resetLop, startLop } from '../occlusion/lop.ts';
import { allowMeasurement } from '../safety/supervisor.ts';
import { LOP_MEASURED } from '../settings.ts';
import { PHASE_LOP } from './phases.ts';
import { EXIT_NOT_READY, stopSession } from './session.ts';

/** Begin, from the checks of PHASE_READY. */
export function beginMeasurement(core: Core): void {
  allowMeasurement(core.supervisor);
  startLop(core.lop, { limb: core.settings.limb, careful: false });
  core.session.phase = PHASE_LOP;
  core.session.phaseMs = 0;
}

/** One tick of it: writes the demand; when it is over, the result goes into the settings. */
export function measure(core: Core): void {
  const lop = core.lop;
  core.session.phaseMs += core.tick.dt;
  lopStep(lop, core.tick);
  if (lop.state !== LOP_DONE || core.supervisor.pressurised) return;
  if (lop.result.refusal === 0 && lop.result.mmHg > 0) takeResult(core, Math.round(lop.result.mmHg));
  endMeasurement(core);
}

function takeResult(core: Core, mmHg: number): void {
  core.settings.lopMmHg = mmHg;
  core.settings.lopSource = LOP_MEASURED;
  core.settings.lopPosture = core.posture;
  saveSettings(core);
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
