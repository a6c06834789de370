/**
 * What a gesture means, phase by phase: one table. Called on a vented cuff only. Everything that can start
 * anything is in start.ts and here. docs/button.md is made from the table.
 */
import type { Core } from '../core.ts';
import { FILE_PROGRESS } from '../files.ts';
import { recordFile, recordText } from '../record/log.ts';
import { clearTrip } from '../safety/latch.ts';
import { isClearedByPress } from '../safety/trips.ts';
import { confirmOpen } from '../sensing/zero.ts';
import { PHASE_IDLE, PHASE_POSTURE, PHASE_READY } from '../session/phases.ts';
import {
  encodeProgress,
  FELT_HARD,
  FELT_RIGHT,
  FELT_TOO_MUCH,
  feltLike,
  LESS_STEP_MMHG,
  MAX_LESS_MMHG,
} from '../session/progress.ts';
import {
  EXIT_NONE,
  EXIT_STOPPED,
  OWED,
  pauseSession,
  resumeSession,
  stopSession,
  toIdle,
} from '../session/session.ts';
import { inhibitsNow } from './inhibited.ts';
import { chooseNext, mayMeasure, startTraining } from './start.ts';

/** What one gesture does in one phase. */
export type Order = (core: Core) => void;

function nothing(_core: Core): void {
  return;
}

function askPosture(core: Core): void {
  if (core.sensing.zero.asks) confirmOpen(core.sensing.zero);
  else if (mayMeasure(core)) setPhase(core, PHASE_POSTURE);
}

function enterService(core: Core): void {
  core.ports.service.request();
}

function lying(core: Core): void {
  takePosture(core, 0);
}

function seated(core: Core): void {
  takePosture(core, 1);
}

function standing(core: Core): void {
  takePosture(core, 2);
}

function takePosture(core: Core, posture: number): void {
  core.posture = posture;
  core.measuring = true;
  core.session.exit = EXIT_NONE;
  setPhase(core, PHASE_READY);
}

function backToIdle(core: Core): void {
  setPhase(core, PHASE_IDLE);
}

function setPhase(core: Core, phase: number): void {
  core.session.phase = phase;
  core.session.phaseMs = 0;
  core.session.step = -1;
}

function goOn(core: Core): void {
  if (inhibitsNow(core) === 0 && core.session.owed !== OWED) resumeSession(core.session);
}

/** Tingling: 10 mmHg less from the next fill on. */
function lowerNext(core: Core): void {
  const s = core.session;
  s.lessMmHg = s.lessMmHg + LESS_STEP_MMHG < MAX_LESS_MMHG ? s.lessMmHg + LESS_STEP_MMHG : MAX_LESS_MMHG;
}

function endSession(core: Core): void {
  stopSession(core.session, EXIT_STOPPED);
}

/** A press in a released rest: the other cuff may be under pressure. */
function pauseNow(core: Core): void {
  pauseSession(core.session);
  core.ports.relay.stop();
}

function feltRight(core: Core): void {
  feel(core, FELT_RIGHT);
}

function feltHard(core: Core): void {
  feel(core, FELT_HARD);
}

function feltTooMuch(core: Core): void {
  feel(core, FELT_TOO_MUCH);
}

function leaveDone(core: Core): void {
  toIdle(core.session);
}

/** How it felt: into the record that is already there, and into what comes next. */
function feel(core: Core, felt: number): void {
  feltLike(core.progress, felt);
  core.ports.store.write(FILE_PROGRESS, encodeProgress(core.progress));
  const n = core.progress.sessions;
  core.ports.store.write(recordFile(n), recordText(core, n, felt));
  toIdle(core.session);
}

function acknowledgeTrip(core: Core): void {
  if (!isClearedByPress(core.supervisor.trip)) return;
  if (clearTrip(core.supervisor)) toIdle(core.session);
}

const NOTHING: ReadonlyArray<Order> = [];

/** Phase by phase (session/phases.ts); in each: no gesture, one, two, three presses, hold of 2 s, of 5 s. */
export const ORDERS: ReadonlyArray<ReadonlyArray<Order>> = [
  [nothing, startTraining, chooseNext, nothing, askPosture, enterService],
  NOTHING,
  NOTHING,
  NOTHING,
  NOTHING,
  [nothing, pauseNow, lowerNext, nothing, endSession, nothing],
  NOTHING,
  [nothing, feltRight, feltHard, feltTooMuch, leaveDone, leaveDone],
  [nothing, acknowledgeTrip],
  NOTHING,
  [nothing, goOn, lowerNext, nothing, endSession, nothing],
  [nothing, lying, seated, standing, backToIdle, backToIdle],
];

/** Do what `gesture` means in `phase`. */
export function orderIn(core: Core, phase: number, gesture: number): void {
  if (gesture === 0) return;
  const row = ORDERS[phase];
  const order = row === undefined ? undefined : row[gesture];
  if (order !== undefined) order(core);
}
