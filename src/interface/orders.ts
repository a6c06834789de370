/**
 * What a gesture means, phase by phase. Called on a
 * vented cuff only. Everything that can start anything is in this file.
 */
import type { Core } from '../core.ts';
import { FILE_PROGRESS } from '../files.ts';
import { recordFile, recordText } from '../record/log.ts';
import { resetRecorder } from '../record/recorder.ts';
import { inhibitsNow } from '../safety/preflight.ts';
import { clearTrip } from '../safety/supervisor.ts';
import { tripRow } from '../safety/trips.ts';
import { builtInProtocol, PROTOCOL_COUNT, PROTOCOL_INTRO } from '../session/library.ts';
import {
  PHASE_DONE,
  PHASE_IDLE,
  PHASE_PAUSED,
  PHASE_POSTURE,
  PHASE_READY,
  PHASE_RELEASED,
  PHASE_TRIPPED,
} from '../session/phases.ts';
import {
  encodeProgress,
  feltLike,
  LESS_STEP_MMHG,
  MAX_LESS_MMHG,
  stageExtra,
  stageProtocol,
} from '../session/progress.ts';
import {
  EXIT_STOPPED,
  pauseSession,
  resumeSession,
  startSession,
  stopSession,
  toIdle,
} from '../session/session.ts';
import {
  GESTURE_HOLD,
  GESTURE_NONE,
  GESTURE_ONE,
  GESTURE_SERVICE,
  GESTURE_THREE,
  GESTURE_TWO,
} from './gestures.ts';

/** Sessions a first-time wearer spends on the introduction before anything else is started. */
export const INTRO_SESSIONS = 2;

export function orderIn(core: Core, phase: number, gesture: number): void {
  if (gesture === GESTURE_NONE) return;
  if (phase === PHASE_IDLE) orderIdle(core, gesture);
  else if (phase === PHASE_DONE) orderDone(core, gesture);
  else if (phase === PHASE_PAUSED) orderPaused(core, gesture);
  else if (phase === PHASE_RELEASED) orderReleased(core, gesture);
  else if (phase === PHASE_TRIPPED) orderTripped(core, gesture);
  else if (phase === PHASE_POSTURE) orderPosture(core, gesture);
}

function orderIdle(core: Core, gesture: number): void {
  if (gesture === GESTURE_ONE) start(core);
  else if (gesture === GESTURE_TWO) chooseNext(core);
  else if (gesture === GESTURE_HOLD) setPhase(core, PHASE_POSTURE);
  else if (gesture === GESTURE_SERVICE) core.ports.service.request();
}

function orderDone(core: Core, gesture: number): void {
  if (gesture <= GESTURE_THREE) feel(core, gesture);
  toIdle(core.session);
}

function orderPaused(core: Core, gesture: number): void {
  if (gesture === GESTURE_ONE && inhibitsNow(core) === 0) resumeSession(core.session);
  else if (gesture === GESTURE_TWO) less(core);
  else if (gesture === GESTURE_HOLD) stopSession(core.session, EXIT_STOPPED);
}

function orderReleased(core: Core, gesture: number): void {
  if (gesture === GESTURE_ONE) pauseSession(core.session);
  else if (gesture === GESTURE_TWO) less(core);
  else if (gesture === GESTURE_HOLD) stopSession(core.session, EXIT_STOPPED);
}

function orderTripped(core: Core, gesture: number): void {
  if (gesture !== GESTURE_ONE || tripRow(core.supervisor.trip).clear !== 'vented') return;
  if (clearTrip(core.supervisor)) toIdle(core.session);
}

/** One press: lying, two: seated, three: standing. Anything else gives up. */
function orderPosture(core: Core, gesture: number): void {
  if (gesture > GESTURE_THREE) return setPhase(core, PHASE_IDLE);
  core.posture = gesture - 1;
  core.measuring = true;
  setPhase(core, PHASE_READY);
}

function setPhase(core: Core, phase: number): void {
  core.session.phase = phase;
  core.session.phaseMs = 0;
  core.session.step = -1;
}

/** Place in the library of the session that one press starts. */
export function chosenProtocol(core: Core): number {
  if (core.choice >= 0) return core.choice;
  if (core.progress.completed < INTRO_SESSIONS) return PROTOCOL_INTRO;
  return core.settings.protocol > 0 ? core.settings.protocol - 1 : stageProtocol(core.progress.stage);
}

/** Share added by the progression: only to the session that the progression itself has chosen. */
function extra(core: Core): number {
  const automatic = core.choice < 0 && core.settings.protocol === 0;
  return automatic && core.progress.completed >= INTRO_SESSIONS ? stageExtra(core.progress.stage) : 0;
}

/** The next protocol that is not beyond the wearer's stage; after the last one back to the progression's own. */
function chooseNext(core: Core): void {
  let next = core.choice + 1;
  while (next < PROTOCOL_COUNT && builtInProtocol(next).stage > core.progress.stage) next++;
  core.choice = next < PROTOCOL_COUNT ? next : -1;
}

function start(core: Core): void {
  core.view.inhibits = inhibitsNow(core);
  if (core.view.inhibits !== 0) return;
  resetRecorder(core.recorder);
  core.tick.capMmHg = core.settings.lopMmHg;
  core.session.lessMmHg = core.progress.lessMmHg;
  startSession(core.session, builtInProtocol(chosenProtocol(core)), core.settings.lopMmHg, extra(core));
}

/** Tingling: 10 mmHg less from the next fill on. */
function less(core: Core): void {
  const s = core.session;
  s.lessMmHg = s.lessMmHg + LESS_STEP_MMHG < MAX_LESS_MMHG ? s.lessMmHg + LESS_STEP_MMHG : MAX_LESS_MMHG;
}

/** How it felt: into the record that is already there, and into what comes next. */
function feel(core: Core, felt: number): void {
  feltLike(core.progress, felt);
  core.ports.store.write(FILE_PROGRESS, encodeProgress(core.progress));
  const n = core.progress.sessions;
  core.ports.store.write(recordFile(n), recordText(core, n, felt));
}
