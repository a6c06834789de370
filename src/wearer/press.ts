/**
 * Button edges, as they happen. A press under pressure vents at once, through the ports, without waiting for
 * a tick, and is used up by that. Must never start anything by itself.
 */
import { dropDemand } from '../demand.ts';
import { cutOutputs } from '../outputs.ts';
import {
  isPressurePhase,
  PHASE_DEFLATE,
  PHASE_LOP,
  PHASE_READY,
  PHASE_RELEASED,
  PHASE_TRIPPED,
} from '../phases.ts';
import { endMeasurement } from '../session/measurement.ts';
import { EXIT_NOT_READY, pauseSession, stopSession } from '../session/session.ts';
import type { Ms } from '../units.ts';
import { noteDown, noteUp } from './buttons.ts';
import { gestureDown, gestureUp } from './gestures.ts';
import type { WearerParts } from './parts.ts';

/** Service and recovery button; stops like every button, starts nothing. */
export const BUTTON_SERVICE = 0;
/** The training button. */
export const BUTTON_TRAINING = 1;
/** Optional STOP. */
export const BUTTON_STOP = 2;

/**
 * A button went down at `now`. What stops here stops the other cuff of a pair too, and a STOP button does so always. After a trip the
 * press has a meaning besides: held, it says that the cuff was opened by hand.
 */
export function press(device: WearerParts, button: number, now: Ms): void {
  const phase = device.session.phase;
  const stops = device.supervisor.pressurised || isPressurePhase(phase) || phase === PHASE_READY;
  if (stops || (button !== BUTTON_TRAINING && phase === PHASE_RELEASED)) stopNow(device);
  if (stops || button !== BUTTON_TRAINING) device.ports.relay.stop();
  noteDown(device.buttons, button);
  const usedUp = (stops && phase !== PHASE_TRIPPED) || phase === PHASE_DEFLATE;
  if (button === BUTTON_TRAINING) gestureDown(device.gestures, now, usedUp);
}

/** A button came up at `now`. */
export function release(device: WearerParts, button: number, now: Ms): void {
  noteUp(device.buttons, button);
  if (button === BUTTON_TRAINING) gestureUp(device.gestures, now);
}

/** Here at once, and the other cuff of a pair as well. */
export function stopBoth(device: WearerParts): void {
  stopNow(device);
  device.ports.relay.stop();
}

/** Vent at once; a session is paused, a measurement or a start given up. Whoever asked for it. */
export function stopNow(device: WearerParts): void {
  const phase = device.session.phase;
  cutOutputs(device.outputs, device.ports, device.tick);
  dropDemand(device.tick);
  if (phase === PHASE_LOP || device.measurement.ordered) endMeasurement(device);
  else if (phase === PHASE_READY && device.session.step < 0) stopSession(device.session, EXIT_NOT_READY);
  else if (isPressurePhase(phase) || phase === PHASE_RELEASED || phase === PHASE_READY)
    pauseSession(device.session);
}
