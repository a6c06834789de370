/**
 * Button edges, as they happen. A press under pressure vents at once, through the ports, without waiting for
 * a tick, and is used up by that. Must never start anything by itself.
 */
import { type Core, NO_LEASE } from '../core.ts';
import { isPressurePhase, PHASE_DEFLATE, PHASE_LOP, PHASE_READY, PHASE_RELEASED } from '../phases.ts';
import { cutOutputs } from '../safety/cut.ts';
import { ventNow } from '../safety/gate.ts';
import { endMeasurement } from '../session/measure.ts';
import { EXIT_NOT_READY, pauseSession, stopSession } from '../session/session.ts';
import type { Ms } from '../units.ts';
import { gestureDown, gestureUp } from './gestures.ts';

/** Service and recovery button; stops like every button, starts nothing. */
export const BUTTON_SERVICE = 0;
/** The training button. */
export const BUTTON_TRAINING = 1;
/** Optional STOP. */
export const BUTTON_STOP = 2;

/** A button went down at `now`. What stops here stops the other cuff of a pair too, and a STOP button does so always. */
export function press(core: Core, button: number, now: Ms): void {
  const phase = core.session.phase;
  const stops = core.supervisor.pressurised || isPressurePhase(phase) || phase === PHASE_READY;
  if (stops || (button !== BUTTON_TRAINING && phase === PHASE_RELEASED)) stopNow(core);
  if (stops || button !== BUTTON_TRAINING) core.ports.relay.stop();
  if (button === BUTTON_TRAINING) gestureDown(core.gestures, now, stops || phase === PHASE_DEFLATE);
}

/** A button came up at `now`. */
export function release(core: Core, button: number, now: Ms): void {
  if (button === BUTTON_TRAINING) gestureUp(core.gestures, now);
}

/** Here at once, and the other cuff of a pair as well. */
export function stopBoth(core: Core): void {
  stopNow(core);
  core.ports.relay.stop();
}

/** Vent at once; a session is paused, a measurement or a start given up. Whoever asked for it. */
export function stopNow(core: Core): void {
  const t = core.tick;
  const phase = core.session.phase;
  ventNow(t);
  t.setpoint = null;
  core.leaseAt = NO_LEASE;
  core.sentPump = 0;
  cutOutputs(core.ports);
  if (phase === PHASE_LOP || core.measuring) endMeasurement(core);
  else if (phase === PHASE_READY && core.session.step < 0) stopSession(core.session, EXIT_NOT_READY);
  else if (isPressurePhase(phase) || phase === PHASE_RELEASED || phase === PHASE_READY)
    pauseSession(core.session);
}
