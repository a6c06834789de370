/**
 * What the wearer's session or measurement asks for: the demand of a device that is worn. A trip ends what is under way; on
 * a vented cuff the work between sessions is done first (vented.ts). Asks for pressure only in phases that a press began.
 * Must never ask for pressure in a phase that no press began.
 */
import { demand, markAsked } from '../demand.ts';
import { VENT_LIMIT_MS, VENTED_MMHG } from '../limits.ts';
import {
  isPressurePhase,
  PHASE_FILL,
  PHASE_LOP,
  PHASE_PAUSED,
  PHASE_READY,
  PHASE_RELEASED,
  PHASE_REST,
  PHASE_TRIPPED,
  PHASE_WORK,
} from '../phases.ts';
import { BOOK_FULL, BOOK_OPEN } from '../safety/book-rules.ts';
import { confirmOpened } from '../safety/fullness.ts';
import { TRIP_NONE } from '../safety/trips.ts';
import { restartZero } from '../sensing/zero.ts';
import { isBenchAsked } from '../session/bench-lease.ts';
import { endMeasurement, measure } from '../session/measurement.ts';
import { passTime } from '../session/mid-step.ts';
import { releaseSession } from '../session/release.ts';
import { EXIT_STOPPED, stepSession, stopSession } from '../session/session.ts';
import { TURN_ASK } from '../tick.ts';
import { endByTrip, keepTripRecord } from './after-trip.ts';
import { GESTURE_HOLD, takeGesture } from './gestures.ts';
import { showNotice } from './lamps.ts';
import { lockHazard } from './lock.ts';
import { noteChange } from './noted.ts';
import type { WearerParts } from './parts.ts';
import { PATTERN_LOP_REFUSED } from './patterns.ts';
import { workVented } from './vented.ts';

/** Valve open this long after a trip: the record is written even if no sensor says that the cuff is empty, ms. */
const BLIND_MS = 60000;
/**
 * A hazard goes into the lock when the valve has been open for so long, ms: a write holds the loop up while the fall is watched. A hold of
 * the button before that is a hand that was startled, not the wearer's word.
 */
const HAZARD_MS = 5000;
/** How long the reason of a refused measurement is shown, ms. */
const REFUSAL_MS = 60000;

/** The demand of this tick. A session is asked in every tick on a vented cuff, else in TURN_ASK; a measurement in every tick. */
export function sessionDemand(device: WearerParts): void {
  if (device.tick.turn === TURN_ASK || !device.supervisor.pressurised) ask(device);
  if (device.measurement.ordered && device.session.phase === PHASE_LOP) listen(device);
}

function ask(device: WearerParts): void {
  markAsked(device.tick);
  if (device.readiness.barred !== 0) endUnasked(device);
  if (isUneventful(device) && passTime(device.session, device.tick)) return;
  endWhatIsOver(device);
  if (device.supervisor.pressurised) workUnderPressure(device);
  else if (device.session.phase !== PHASE_FILL) workVented(device);
  if (device.session.phase !== PHASE_LOP) askSession(device);
  noteChange(device);
}

/** A build that has not passed runs on the lease of the link alone: without it what is under way ends, vented, a pause too. */
function endUnasked(device: WearerParts): void {
  const phase = device.session.phase;
  const open = isPressurePhase(phase) || phase === PHASE_RELEASED || phase === PHASE_PAUSED;
  if (open && !isBenchAsked(device.bench, device.tick.now)) stopSession(device.session, EXIT_STOPPED);
}

/** Under pressure, and neither a trip, a measurement nor the air book asks for more than that time passes. */
function isUneventful(device: WearerParts): boolean {
  const supervisor = device.supervisor;
  return (
    supervisor.trip === TRIP_NONE &&
    !device.measurement.ordered &&
    supervisor.pressurised &&
    supervisor.air.bookStage === BOOK_OPEN
  );
}

function askSession(device: WearerParts): void {
  stepSession(device.session, device.tick, device.regulator.filled);
  demand(device.tick, device.session.setpoint);
}

function listen(device: WearerParts): void {
  const refusal = measure(device);
  if (refusal > 0) showNotice(device.lamps, PATTERN_LOP_REFUSED, refusal, device.tick.now + REFUSAL_MS);
}

/** A trip ends a session or a measurement; so does a stop that has taken a measurement out of its phases. */
function endWhatIsOver(device: WearerParts): void {
  const phase = device.session.phase;
  if (device.supervisor.trip !== TRIP_NONE && phase !== PHASE_TRIPPED) endByTrip(device);
  else if (device.measurement.ordered && phase !== PHASE_READY && phase !== PHASE_LOP) endMeasurement(device);
}

function workUnderPressure(device: WearerParts): void {
  restartZero(device.sensing.zero);
  if (device.session.phase === PHASE_TRIPPED) workTripped(device);
  else if (device.supervisor.air.bookStage > BOOK_OPEN) releaseForZero(device);
}

/** The air book comes to its end: in a rest, or at once where it is full, the cuff is vented, zeroed and filled anew, and the step goes on. */
function releaseForZero(device: WearerParts): void {
  const phase = device.session.phase;
  const full = device.supervisor.air.bookStage === BOOK_FULL;
  if (phase === PHASE_REST || (full && (phase === PHASE_WORK || phase === PHASE_FILL)))
    releaseSession(device.session);
}

/**
 * A hold of the button says that the cuff was opened by hand: nothing else does where no reading can. A trip whose vent nobody can see is
 * written down all the same, once the valve has been open for long; sooner where the reading at least is that of a vented cuff.
 */
function workTripped(device: WearerParts): void {
  const held = takeGesture(device.gestures, device.tick.now) === GESTURE_HOLD;
  if (device.session.phaseMs <= HAZARD_MS) return;
  if (held) confirmOpened(device.supervisor);
  if (device.supervisor.hazard !== TRIP_NONE) lockHazard(device);
  const low = device.tick.filteredMmHg <= VENTED_MMHG;
  if (device.session.phaseMs > (low ? VENT_LIMIT_MS : BLIND_MS)) keepTripRecord(device);
}
