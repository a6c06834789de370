/**
 * What is done on a vented cuff: the zero, gestures, the checks before a fill, lock-out and records. Nothing here begins a
 * fill before the zero is good, nothing speaks against it, and the lock-out stands in flash.
 * Must never begin a fill before the zero is good.
 */
import { FILE_ZERO } from '../files.ts';
import { OVERRUN_MS } from '../limits.ts';
import {
  isPressurePhase,
  PHASE_DONE,
  PHASE_IDLE,
  PHASE_PAUSED,
  PHASE_POSTURE,
  PHASE_READY,
  PHASE_RELEASED,
  PHASE_TRIPPED,
} from '../phases.ts';
import { INHIBIT_BATTERY, INHIBIT_LOCKOUT, INHIBIT_PRESSURE } from '../safety/inhibits.ts';
import { isReleased } from '../safety/time-rules.ts';
import { TRIP_NONE } from '../safety/trips.ts';
import { feedZero, keptText, noteKept, ZERO_OK } from '../sensing/zero.ts';
import { beginMeasurement, endMeasurement } from '../session/measurement.ts';
import { barRefill, noteFinger } from '../session/orders-in.ts';
import { protocolFits } from '../session/protocol.ts';
import { beginSteps, notReady, OWED, toIdle } from '../session/session.ts';
import { isTooLong, keepOwed } from '../session/time-left.ts';
import { keepTripRecord } from './after-trip.ts';
import { isGesturing, takeGesture } from './gestures.ts';
import { closeLock, lockHazard, openLock, unlock } from './lock.ts';
import { orderIn } from './orders.ts';
import type { WearerParts } from './parts.ts';
import { inhibitsNow, inhibitsOf, LONG_AGO_TICKS, lookAhead, lookAtInhibits } from './readiness.ts';

/**
 * A look at everything counts for so many ticks: 150 ms at the board's period when none is late. A fill begins in none that is; those before
 * it may be as late as work on a vented cuff makes them.
 */
const CHECKED_TICKS = 3;
/**
 * No fill begins in a tick that came so long after the last one, ms. [D] Half of an overrun, which the tick after it must not be; at the upper
 * end of the estimate the ticks of a vented cuff come every 80 to 160 ms.
 */
const START_LATEST_MS = OVERRUN_MS / 2;

/** Vented this long before the zero is looked at, ms: a vent's tail is not flat before (docs/sources.md, arm recordings). */
const ZERO_WAIT_MS = 3000;
/** Ticks between two looks at the inhibits while idle. */
const INHIBIT_TICKS = 8;
/** How long the device waits for the posture, ms. */
const POSTURE_MS = 15000;

/** The zero in flash is renewed when it has moved by more than this, mmHg. */
const KEEP_ZERO_MMHG = 1;
/** These do not hold up a refill: pressure is waited for, and a battery too low to begin with may do to go on. */
const NO_BAR = INHIBIT_PRESSURE + INHIBIT_BATTERY;

/** The work of a tick on a vented cuff. */
export function workVented(device: WearerParts): void {
  const sensing = device.sensing;
  if (device.supervisor.ventedMs >= ZERO_WAIT_MS && sensing.arrived) feedZero(sensing.zero, sensing.lastMmHg);
  noteFinger(device.session, isGesturing(device.gestures));
  orderIn(device, device.session.phase, takeGesture(device.gestures, device.tick.now));
  const phase = device.session.phase;
  if (phase === PHASE_READY) getReady(device);
  else if (phase === PHASE_RELEASED) beforeRefill(device);
  else if (!isPressurePhase(phase)) atRest(device, phase);
}

/** A refill begins by itself: what speaks against it is looked at all the time. */
function beforeRefill(device: WearerParts): void {
  lookAtTime(device);
  if (device.tick.count % INHIBIT_TICKS !== 0) return;
  const bits = inhibitsOf(device, device.session.protocol) & ~NO_BAR;
  barRefill(device.session, bits !== 0);
  device.readiness.inhibits = bits;
}

function lookAtTime(device: WearerParts): void {
  const v = device.supervisor;
  keepOwed(device.session, isReleased(v), v.usedMs, v.limits.pressureMs);
}

/**
 * Everything must be well at once: fresh zero, no inhibit, and the lock-out written before any pressure. The looks take longer than a tick
 * has on a slow board, and no fill begins in a late tick: they count for the ticks right after them.
 */
function getReady(device: WearerParts): void {
  if (device.tick.doubtful || device.sensing.zero.refusal !== ZERO_OK) return;
  if (device.tick.count - device.readiness.checkedAt > CHECKED_TICKS) return check(device);
  if (device.tick.dt > START_LATEST_MS) return;
  device.readiness.checkedAt = -LONG_AGO_TICKS;
  if (device.measurement.ordered) beginMeasurement(device);
  else begin(device);
}

function check(device: WearerParts): void {
  device.readiness.inhibits = device.measurement.ordered
    ? inhibitsNow(device)
    : inhibitsOf(device, device.session.protocol);
  if (device.readiness.inhibits !== 0) giveUp(device);
  else if (isZeroMoved(device)) keepZero(device);
  else if (!device.lock.open) lock(device);
  else device.readiness.checkedAt = device.tick.count;
}

/** True when the zero in flash is not the one in use: at most once a session, and never under pressure. */
function isZeroMoved(device: WearerParts): boolean {
  const moved = device.sensing.zero.mmHg - device.sensing.zero.kept;
  return !(moved <= KEEP_ZERO_MMHG && moved >= -KEEP_ZERO_MMHG);
}

/** A write holds the loop up: the start goes on in a later tick. */
function keepZero(device: WearerParts): void {
  const text = keptText(device.sensing.zero);
  if (!device.ports.store.write(FILE_ZERO, text)) return giveUp(device);
  noteKept(device.sensing.zero, text);
}

/** The lock-out is written before any pressure; a write holds the loop up, so that the start goes on in a later tick. */
function lock(device: WearerParts): void {
  if (!openLock(device)) giveUp(device);
}

function giveUp(device: WearerParts): void {
  if (device.measurement.ordered) endMeasurement(device);
  else notReady(device.session);
}

/** The last look at the protocol before the first fill and after every pause. */
function begin(device: WearerParts): void {
  const session = device.session;
  const limits = device.supervisor.limits;
  const fits = protocolFits(session.protocol, session.lopMmHg, limits.ceilingMmHg, limits.pressureMs);
  if (fits && !isTooLong(session, device.supervisor.usedMs, limits.pressureMs)) beginSteps(session);
  else notReady(session);
}

/** Idle, done, tripped, paused: look at the inhibits, write what has to be written, give the lock-out back. */
function atRest(device: WearerParts, phase: number): void {
  if (device.tick.count % INHIBIT_TICKS === 0) lookAround(device, phase);
  if (device.lock.open && isNoted(device, phase)) closeLock(device);
  else if (phase === PHASE_DONE || phase === PHASE_TRIPPED) keepTripRecord(device);
  else device.logbook.recorded = phase !== PHASE_IDLE && device.logbook.recorded;
  if (phase === PHASE_POSTURE && device.session.phaseMs > POSTURE_MS) toIdle(device.session);
  if (mayUnlock(device)) unlock(device);
}

/** Not while a session is open, however long its pause: a power cut would leave no trace of it. */
function mayUnlock(device: WearerParts): boolean {
  const v = device.supervisor;
  return device.lock.written && !device.lock.open && v.hazard === TRIP_NONE && isReleased(v);
}

/** True once nothing of a session is left to be written. */
function isNoted(device: WearerParts, phase: number): boolean {
  if (phase === PHASE_IDLE) return true;
  return (
    (phase === PHASE_DONE || phase === PHASE_TRIPPED) && device.logbook.recorded && device.logbook.boxPart < 0
  );
}

/** What keeps a session from starting, what was asked and is not answered yet, and what the dates advise. */
function lookAround(device: WearerParts, phase: number): void {
  lookAtInhibits(device, phase === PHASE_IDLE);
  if (device.supervisor.hazard !== TRIP_NONE) lockHazard(device);
  if (phase === PHASE_PAUSED) whilePaused(device);
  if (phase === PHASE_IDLE) lookAhead(device);
}

/** What is left of the session may not fit any more: said as long as it is so, and for three minutes at most. */
function whilePaused(device: WearerParts): void {
  lookAtTime(device);
  if (device.session.owed === OWED) device.readiness.inhibits |= INHIBIT_LOCKOUT;
}
