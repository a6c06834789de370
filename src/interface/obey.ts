/**
 * Before the session acts: a trip ends it, and on a vented cuff the housekeeping is done - zero, gestures,
 * lock-out, records. A press under pressure does not wait for this: see press.ts.
 */
import type { Core } from '../core.ts';
import { FILE_LOCK, FILE_PROGRESS } from '../files.ts';
import { RELEASE_MS } from '../limits.ts';
import {
  BOX_PARTS,
  boxText,
  COMMISSIONING,
  dateIfKnown,
  FILE_BOX,
  recordFile,
  recordText,
} from '../record/log.ts';
import { INHIBIT_LOCKOUT, INHIBIT_NO_LOP } from '../safety/inhibits.ts';
import { inhibitsNow } from '../safety/preflight.ts';
import { isLockedOut } from '../safety/supervisor.ts';
import { TRIP_NONE } from '../safety/trips.ts';
import { feedZero, restartZero, ZERO_OK } from '../sensing/zero.ts';
import { beginMeasurement, endMeasurement } from '../session/measure.ts';
import {
  PHASE_DONE,
  PHASE_IDLE,
  PHASE_POSTURE,
  PHASE_READY,
  PHASE_RELEASED,
  PHASE_TRIPPED,
} from '../session/phases.ts';
import { adviceNow, encodeProgress, FELT_UNSAID, sessionDone } from '../session/progress.ts';
import { protocolFits } from '../session/protocol.ts';
import {
  beginSteps,
  EXIT_COMPLETE,
  EXIT_NOT_READY,
  EXIT_TRIPPED,
  stopSession,
  toIdle,
} from '../session/session.ts';
import { LOP_MEASURED } from '../settings.ts';
import { isGesturing, takeGesture } from './gestures.ts';
import { orderIn } from './orders.ts';
import { ANSWER_MS } from './start.ts';

/** Vented this long before the zero is looked at, ms: a vent's tail is not flat before (plant.md 4). */
const ZERO_WAIT_MS = 3000;
/** Ticks between two looks at the inhibits while idle. */
const INHIBIT_TICKS = 8;
/** How long the device waits for the posture, ms. */
const POSTURE_MS = 15000;

/** Valve open this long after a trip: the record is written even if no sensor says that the cuff is empty, ms. */
const BLIND_MS = 60000;

/** Act on trips and gestures. Runs after assess and before the session. */
export function obey(core: Core): void {
  const phase = core.session.phase;
  if (core.supervisor.trip !== TRIP_NONE && phase !== PHASE_TRIPPED) tripped(core);
  if (core.supervisor.pressurised) underPressure(core);
  else whileVented(core);
}

/** A measurement leaves no record of a session, but its black box. */
function tripped(core: Core): void {
  if (core.measuring) {
    endMeasurement(core);
    core.boxPart = 0;
  }
  stopSession(core.session, EXIT_TRIPPED);
}

/** A trip whose vent nobody can see (no sensor) is written down all the same, once the valve has been open for long. */
function underPressure(core: Core): void {
  restartZero(core.sensing.zero);
  if (core.session.phase === PHASE_TRIPPED && core.session.phaseMs > BLIND_MS) keepRecord(core);
}

function whileVented(core: Core): void {
  const sensing = core.sensing;
  if (core.supervisor.ventedMs >= ZERO_WAIT_MS && sensing.arrived) feedZero(sensing.zero, sensing.lastMmHg);
  core.session.busy = isGesturing(core.gestures);
  orderIn(core, core.session.phase, takeGesture(core.gestures, core.tick.now));
  if (core.session.phase === PHASE_READY) getReady(core);
  else if (core.session.phase !== PHASE_RELEASED) atRest(core, core.session.phase);
}

/** Everything must be well at once: fresh zero, no inhibit, and the lock-out written before any pressure. */
function getReady(core: Core): void {
  if (core.sensing.zero.refusal !== ZERO_OK || core.tick.doubtful) return;
  core.view.inhibits = keepsBack(core);
  if (core.view.inhibits !== 0) return giveUp(core);
  if (!core.lockWritten && !core.ports.store.write(FILE_LOCK, '1')) return giveUp(core);
  core.lockWritten = true;
  if (core.measuring) beginMeasurement(core);
  else begin(core);
}

/** What keeps this start back: a measurement needs no occlusion pressure, but the limb's rest all the same. */
function keepsBack(core: Core): number {
  if (isLockedOut(core.supervisor)) return INHIBIT_LOCKOUT;
  const bits = inhibitsNow(core);
  return core.measuring ? bits & ~INHIBIT_NO_LOP : bits;
}

function giveUp(core: Core): void {
  if (core.measuring) endMeasurement(core);
  else stopSession(core.session, EXIT_NOT_READY);
}

/** The last look at the protocol before the first fill and after every pause. */
function begin(core: Core): void {
  const s = core.session;
  const limits = core.supervisor.limits;
  if (protocolFits(s.protocol, s.lopMmHg, limits.ceilingMmHg, limits.pressureMs)) beginSteps(s);
  else stopSession(s, EXIT_NOT_READY);
}

/** Idle, done, tripped, paused: look at the inhibits, write what has to be written, give the lock-out back. */
function atRest(core: Core, phase: number): void {
  if (core.view.tick % INHIBIT_TICKS === 0) lookAround(core, phase);
  if (phase === PHASE_DONE || phase === PHASE_TRIPPED) keepRecord(core);
  else core.recorded = phase !== PHASE_IDLE && core.recorded;
  if (phase === PHASE_POSTURE && core.session.phaseMs > POSTURE_MS) toIdle(core.session);
  if (core.lockWritten && core.supervisor.ventedMs >= RELEASE_MS) unlock(core);
}

/** What keeps a session from starting, what was asked and is not answered yet, and what the dates advise. */
function lookAround(core: Core, phase: number): void {
  if (phase !== PHASE_IDLE || core.tick.now - core.declinedAt > ANSWER_MS) core.declined = 0;
  core.view.inhibits = inhibitsNow(core) | core.declined;
  if (phase !== PHASE_IDLE) return;
  core.advice = adviceNow(core.progress, dateIfKnown(core));
  core.estimated = core.settings.lopMmHg > 0 && core.settings.lopSource !== LOP_MEASURED;
}

/** Once a session: record and progress; after a trip or a commissioning run the black box too, one part a tick. */
function keepRecord(core: Core): void {
  if (core.boxPart >= 0) return keepBox(core);
  if (core.recorded || core.session.step < 0) return;
  core.recorded = true;
  const completed = core.session.exit === EXIT_COMPLETE;
  sessionDone(core.progress, completed, dateIfKnown(core));
  const n = core.progress.sessions;
  core.ports.store.write(recordFile(n), recordText(core, n, FELT_UNSAID));
  core.ports.store.write(FILE_PROGRESS, encodeProgress(core.progress));
  if (core.supervisor.trip !== TRIP_NONE || core.session.protocol.id === COMMISSIONING) core.boxPart = 0;
}

function keepBox(core: Core): void {
  const part = core.boxPart;
  core.ports.store.write(FILE_BOX + part, boxText(core.recorder.ring, core.recorder.row, part));
  core.boxPart = part + 1 < BOX_PARTS ? part + 1 : -1;
}

function unlock(core: Core): void {
  core.lockWritten = !core.ports.store.write(FILE_LOCK, '0');
}
