/**
 * What the wearer and the supervisor have ordered since the last tick, turned into session orders; and the
 * housekeeping that belongs to a vented cuff: zero, lock-out file, counters. A press under pressure does not
 * wait for this: see press.ts.
 */
import { type Core, FILE_COUNT, FILE_LOCK } from '../core.ts';
import { RELEASE_MS } from '../limits.ts';
import { resetRecorder } from '../record/recorder.ts';
import { inhibitsNow } from '../safety/preflight.ts';
import { clearTrip, isLockedOut } from '../safety/supervisor.ts';
import { TRIP_NONE, tripRow } from '../safety/trips.ts';
import { feedZero, restartZero, ZERO_OK } from '../sensing/zero.ts';
import { builtInProtocol, INTRO_SESSIONS, PROTOCOL_INTRO } from '../session/library.ts';
import { PHASE_DONE, PHASE_IDLE, PHASE_READY, PHASE_TRIPPED } from '../session/phases.ts';
import {
  beginSteps,
  EXIT_COMPLETE,
  EXIT_NOT_READY,
  EXIT_TRIPPED,
  startSession,
  stopSession,
  toIdle,
} from '../session/session.ts';
import { GESTURE_SERVICE, GESTURE_SHORT, takeGesture } from './gestures.ts';

/** Vented this long before the zero is looked at, ms: a vent's tail is not flat before (plant.md 4). */
const ZERO_WAIT_MS = 3000;
/** Ticks between two looks at the inhibits while idle. */
const INHIBIT_TICKS = 8;

/** Act on trips and gestures. Runs after assess and before the session. */
export function obey(core: Core): void {
  const phase = core.session.phase;
  if (core.supervisor.trip !== TRIP_NONE && phase !== PHASE_TRIPPED) stopSession(core.session, EXIT_TRIPPED);
  if (core.supervisor.pressurised) restartZero(core.sensing.zero);
  else whileVented(core);
}

function whileVented(core: Core): void {
  const sensing = core.sensing;
  if (core.supervisor.ventedMs >= ZERO_WAIT_MS && sensing.arrived) feedZero(sensing.zero, sensing.lastMmHg);
  const gesture = takeGesture(core.gestures, core.tick.now);
  const phase = core.session.phase;
  if (phase === PHASE_READY) getReady(core);
  else if (phase === PHASE_IDLE || phase === PHASE_DONE || phase === PHASE_TRIPPED)
    rest(core, phase, gesture);
}

/** Idle, done or tripped: look at the inhibits, hear the button, give the lock-out back. */
function rest(core: Core, phase: number, gesture: number): void {
  if (phase === PHASE_DONE && core.session.phaseMs === 0) sessionEnded(core);
  if (core.view.tick % INHIBIT_TICKS === 0 || gesture !== 0) core.view.inhibits = inhibitsNow(core);
  if (core.lockWritten && core.supervisor.ventedMs >= RELEASE_MS) unlock(core);
  if (gesture === GESTURE_SERVICE && phase === PHASE_IDLE) core.ports.service.request();
  if (gesture !== GESTURE_SHORT) return;
  if (phase === PHASE_TRIPPED) acknowledge(core);
  else if (core.view.inhibits === 0) start(core);
}

function acknowledge(core: Core): void {
  if (tripRow(core.supervisor.trip).clear === 'vented' && clearTrip(core.supervisor)) toIdle(core.session);
}

function start(core: Core): void {
  const index = core.sessions < INTRO_SESSIONS ? PROTOCOL_INTRO : core.settings.protocol;
  resetRecorder(core.recorder);
  core.tick.capMmHg = core.settings.lopMmHg;
  startSession(core.session, builtInProtocol(index), core.settings.lopMmHg);
}

/** Everything must be well at once: fresh zero, no inhibit, and the lock-out written before any pressure. */
function getReady(core: Core): void {
  if (core.sensing.zero.refusal !== ZERO_OK || core.tick.doubtful) return;
  if (inhibitsNow(core) !== 0 || isLockedOut(core.supervisor))
    return stopSession(core.session, EXIT_NOT_READY);
  if (!core.lockWritten && !core.ports.store.write(FILE_LOCK, '1'))
    return stopSession(core.session, EXIT_NOT_READY);
  core.lockWritten = true;
  beginSteps(core.session);
}

function unlock(core: Core): void {
  core.lockWritten = !core.ports.store.write(FILE_LOCK, '0');
}

/** A session has ended and the cuff is empty: count it if it was completed. */
function sessionEnded(core: Core): void {
  if (core.session.exit !== EXIT_COMPLETE) return;
  core.sessions++;
  core.ports.store.write(FILE_COUNT, core.sessions.toString());
}
