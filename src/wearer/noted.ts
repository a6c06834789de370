/**
 * What is done when the session's phase or step has changed: it goes into the recorder, and no press outlives the phase that
 * it was meant for. Must never change the session.
 */
import { dropDemand } from '../demand.ts';
import { PHASE_DONE, PHASE_POSTURE } from '../phases.ts';
import { recordPhase } from '../record/recorder.ts';
import { dropGestures } from './gestures.ts';
import type { WearerParts } from './parts.ts';

/** Called after each step of the session. */
export function noteChange(device: WearerParts): void {
  const session = device.session;
  if (session.phase !== device.noted.phase || session.step !== device.noted.step) note(device);
}

/** A fill begins a tick later: the checks before it make this one long, and the first tick with the valve shut must not be late. */
function note(device: WearerParts): void {
  const noted = device.noted;
  const before = noted.phase;
  if (!device.supervisor.pressurised) dropDemand(device.tick);
  recordPhase(device.recorder, before, noted.step, device.tick.now);
  noted.phase = device.session.phase;
  noted.step = device.session.step;
  if (before !== noted.phase) dropGestures(device.gestures, device.tick.now, isQuestion(before));
}

/** Phases that ask the wearer something. */
function isQuestion(phase: number): boolean {
  return phase === PHASE_DONE || phase === PHASE_POSTURE;
}
