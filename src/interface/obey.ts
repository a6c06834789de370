/**
 * Before the session acts: a trip ends it, and on a vented cuff the housekeeping is done - zero, gestures,
 * lock-out, records. A press under pressure does not wait for this: see press.ts.
 */
import type { Core } from '../core.ts';
import { FILE_ZERO } from '../files.ts';
import { BOX_PARTS, boxText, COMMISSIONING, dateIfKnown, FILE_BOX } from '../record/log.ts';
import { hasRows } from '../record/recorder.ts';
import { INHIBIT_BATTERY, INHIBIT_LOCKOUT, INHIBIT_PRESSURE } from '../safety/inhibits.ts';
import { isReleased } from '../safety/time-rules.ts';
import { TRIP_NONE } from '../safety/trips.ts';
import { feedZero, keptText, restartZero, ZERO_OK } from '../sensing/zero.ts';
import { beginMeasurement, endMeasurement, tripMeasurement } from '../session/measure.ts';
import {
  isPressurePhase,
  PHASE_DONE,
  PHASE_IDLE,
  PHASE_LOP,
  PHASE_PAUSED,
  PHASE_POSTURE,
  PHASE_READY,
  PHASE_RELEASED,
  PHASE_TRIPPED,
} from '../session/phases.ts';
import { adviceNow } from '../session/progress.ts';
import { protocolFits } from '../session/protocol.ts';
import { beginSteps, EXIT_TRIPPED, notReady, OWED, stopSession, toIdle } from '../session/session.ts';
import { isTooLong, keepOwed } from '../session/time-left.ts';
import { LOP_MEASURED } from '../settings.ts';
import { isGesturing, takeGesture } from './gestures.ts';
import { inhibitsNow } from './inhibited.ts';
import { closeLock, lockHazard, logSession, openLock, tripAlone, unlock } from './lock.ts';
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

/** The zero in flash is renewed when it has moved by more than this, mmHg. */
const KEEP_ZERO_MMHG = 1;
/** These do not hold up a refill: pressure is waited for, and a battery too low to begin with may do to go on. */
const NO_BAR = INHIBIT_PRESSURE + INHIBIT_BATTERY;

/** Act on trips and gestures. Runs after assess and before the session. */
export function obey(core: Core): void {
  const phase = core.session.phase;
  if (core.supervisor.trip !== TRIP_NONE && phase !== PHASE_TRIPPED) tripped(core);
  else if (core.measuring && phase !== PHASE_READY && phase !== PHASE_LOP) endMeasurement(core);
  if (core.supervisor.pressurised) underPressure(core);
  else whileVented(core);
}

function tripped(core: Core): void {
  if (core.measuring) tripMeasurement(core);
  else if (core.recorded || core.session.step < 0) tripAlone(core);
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
  const phase = core.session.phase;
  if (phase === PHASE_READY) getReady(core);
  else if (phase === PHASE_RELEASED) beforeRefill(core);
  else if (!isPressurePhase(phase)) atRest(core, phase);
}

/** A refill begins by itself: what speaks against it is looked at all the time. */
function beforeRefill(core: Core): void {
  lookAtTime(core);
  if (core.tick.count % INHIBIT_TICKS !== 0) return;
  const bits = inhibitsNow(core) & ~NO_BAR;
  core.session.barred = bits !== 0;
  core.inhibits = bits;
}

function lookAtTime(core: Core): void {
  const v = core.supervisor;
  keepOwed(core.session, isReleased(v), v.usedMs, v.limits.pressureMs);
}

/** Everything must be well at once: fresh zero, no inhibit, and the lock-out written before any pressure. */
function getReady(core: Core): void {
  if (core.sensing.zero.refusal !== ZERO_OK || core.tick.doubtful) return;
  core.inhibits = inhibitsNow(core);
  if (core.inhibits !== 0) return giveUp(core);
  if (isZeroMoved(core)) return keepZero(core);
  if (!core.lockOpen) return lock(core);
  if (core.tick.dt * 2 > core.tick.period * 3) return;
  if (core.measuring) beginMeasurement(core);
  else begin(core);
}

/** True when the zero in flash is not the one in use: at most once a session, and never under pressure. */
function isZeroMoved(core: Core): boolean {
  const moved = core.sensing.zero.mmHg - core.sensing.zero.kept;
  return !(moved <= KEEP_ZERO_MMHG && moved >= -KEEP_ZERO_MMHG);
}

/** A write holds the loop up: the start goes on in a later tick. */
function keepZero(core: Core): void {
  const text = keptText(core.sensing.zero);
  if (!core.ports.store.write(FILE_ZERO, text)) return giveUp(core);
  core.sensing.zero.kept = parseInt(text, 10) / 10;
}

/** As above. */
function lock(core: Core): void {
  if (!openLock(core)) giveUp(core);
}

function giveUp(core: Core): void {
  if (core.measuring) endMeasurement(core);
  else notReady(core.session);
}

/** The last look at the protocol before the first fill and after every pause. */
function begin(core: Core): void {
  const s = core.session;
  const limits = core.supervisor.limits;
  const fits = protocolFits(s.protocol, s.lopMmHg, limits.ceilingMmHg, limits.pressureMs);
  if (fits && !isTooLong(s, core.supervisor.usedMs, limits.pressureMs)) beginSteps(s);
  else notReady(s);
}

/** Idle, done, tripped, paused: look at the inhibits, write what has to be written, give the lock-out back. */
function atRest(core: Core, phase: number): void {
  if (core.tick.count % INHIBIT_TICKS === 0) lookAround(core, phase);
  if (core.lockOpen && isNoted(core, phase)) closeLock(core);
  else if (phase === PHASE_DONE || phase === PHASE_TRIPPED) keepRecord(core);
  else core.recorded = phase !== PHASE_IDLE && core.recorded;
  if (phase === PHASE_POSTURE && core.session.phaseMs > POSTURE_MS) toIdle(core.session);
  if (mayUnlock(core)) unlock(core);
}

/** Not while a session is open, however long its pause: a power cut would leave no trace of it. */
function mayUnlock(core: Core): boolean {
  const v = core.supervisor;
  return core.lockWritten && !core.lockOpen && v.hazard === TRIP_NONE && isReleased(v);
}

/** True once nothing of a session is left to be written. */
function isNoted(core: Core, phase: number): boolean {
  if (phase === PHASE_IDLE) return true;
  return (phase === PHASE_DONE || phase === PHASE_TRIPPED) && core.recorded && core.boxPart < 0;
}

/** What keeps a session from starting, what was asked and is not answered yet, and what the dates advise. */
function lookAround(core: Core, phase: number): void {
  if (phase !== PHASE_IDLE || core.tick.now - core.declinedAt > ANSWER_MS) core.declined = 0;
  core.inhibits = inhibitsNow(core) | core.declined;
  if (core.supervisor.hazard !== TRIP_NONE) lockHazard(core);
  if (phase === PHASE_PAUSED) whilePaused(core);
  if (phase !== PHASE_IDLE) return;
  core.advice = adviceNow(core.progress, dateIfKnown(core));
  core.estimated = core.settings.lopMmHg > 0 && core.settings.lopSource !== LOP_MEASURED;
}

/** What is left of the session may not fit any more: said as long as it is so, and for three minutes at most. */
function whilePaused(core: Core): void {
  lookAtTime(core);
  if (core.session.owed === OWED) core.inhibits |= INHIBIT_LOCKOUT;
}

/**
 * Once a session: record and progress; after a trip or a commissioning run the black box too, one part a tick. One with nothing in it
 * would take the place of the last trip's.
 */
function keepRecord(core: Core): void {
  if (core.boxPart >= 0) return keepBox(core);
  if (core.recorded) return lookForHazard(core);
  if (core.session.step < 0) return;
  core.recorded = true;
  logSession(core);
  const kept = core.supervisor.trip !== TRIP_NONE || core.session.protocol.id === COMMISSIONING;
  if (kept && hasRows(core.recorder)) core.boxPart = 0;
}

/** A hazard found after the trip was written down is written down too. */
function lookForHazard(core: Core): void {
  if (core.supervisor.hazard !== core.loggedHazard) tripped(core);
}

function keepBox(core: Core): void {
  const part = core.boxPart;
  core.ports.store.write(FILE_BOX + part, boxText(core.recorder, core.tick.period, part));
  core.boxPart = part + 1 < BOX_PARTS ? part + 1 : -1;
}
