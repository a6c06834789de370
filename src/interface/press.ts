/**
 * Button edges, as they happen. A press during a session or under pressure vents at once, through the ports,
 * without waiting for a tick, and is used up by that. Must never start anything by itself.
 */
import type { Core } from '../core.ts';
import { cutOutputs } from '../safety/cut.ts';
import { ventNow } from '../safety/gate.ts';
import { PHASE_DONE, PHASE_IDLE, PHASE_TRIPPED } from '../session/phases.ts';
import { EXIT_STOPPED, stopSession } from '../session/session.ts';
import type { Ms } from '../units.ts';
import { gestureDown, gestureUp } from './gestures.ts';

/** Service and recovery button; stops like every button, starts nothing. */
export const BUTTON_SERVICE = 0;
/** The training button. */
export const BUTTON_TRAINING = 1;
/** Optional STOP. */
export const BUTTON_STOP = 2;

/** A button went down at `now`. */
export function press(core: Core, button: number, now: Ms): void {
  const stops = core.supervisor.pressurised || isRunning(core.session.phase);
  if (stops) stopNow(core);
  if (button === BUTTON_TRAINING) gestureDown(core.gestures, now, stops);
}

/** A button came up at `now`. */
export function release(core: Core, button: number, now: Ms): void {
  if (button === BUTTON_TRAINING) gestureUp(core.gestures, now);
}

function isRunning(phase: number): boolean {
  return phase !== PHASE_IDLE && phase !== PHASE_DONE && phase !== PHASE_TRIPPED;
}

/** Vent at once and end the session, whoever asked for it. */
export function stopNow(core: Core): void {
  const t = core.tick;
  ventNow(t);
  t.setpoint = null;
  cutOutputs(core.ports);
  if (isRunning(core.session.phase)) stopSession(core.session, EXIT_STOPPED);
}
