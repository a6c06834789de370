/**
 * The session: which phase the wearer is in and what pressure it asks for (`setpoint`). Stepped in every tick on a vented
 * cuff, under pressure in one of four. Nothing here touches an output, and nothing starts but by a press of the wearer's
 * own button on a vented cuff. Must never touch an output.
 */
import { RELEASE_MS, VENTED_MMHG } from '../limits.ts';
import {
  PHASE_DEFLATE,
  PHASE_DONE,
  PHASE_FILL,
  PHASE_IDLE,
  PHASE_PAUSED,
  PHASE_READY,
  PHASE_RELEASED,
  PHASE_REST,
  PHASE_TRIPPED,
  PHASE_WORK,
} from '../phases.ts';
import type { ReadTick } from '../tick.ts';
import type { MmHg } from '../units.ts';
import { isStepOn, type Protocol, STEP_WORK, type Step, stepSetpoint } from './protocol.ts';
import { followRamp } from './ramp.ts';

/** Time that a start waits for a flat zero before it gives up, ms. */
export const READY_LIMIT_MS = 30000;
/** Vented this long in a row ends the deflation, ms. */
const SETTLED_MS = 1000;
/** A refill that is barred for so long becomes a pause, which says why, ms. */
export const BARRED_LIMIT_MS = 2000;
/** How long the device waits to hear how it felt, ms. */
export const DONE_MS = 60000;
/** A pause longer than this ends the session, ms. */
export const PAUSE_LIMIT_MS = 300000;

/** Why a session ended, for the record. */
export const EXIT_NONE = 0;
export const EXIT_COMPLETE = 1;
export const EXIT_STOPPED = 2;
export const EXIT_TRIPPED = 3;
export const EXIT_NOT_READY = 4;
/** The power went, or the device restarted itself after an exception, with a session open: noted after the next lock-out. */
export const EXIT_RESTARTED = 5;

/** Whether a full release is owed: not looked at since the phase began, no, yes. */
export const OWED_UNKNOWN = 0;
export const OWED_NOT = 1;
export const OWED = 2;

export interface Session {
  phase: number;
  /** ms in this phase. */
  phaseMs: number;
  protocol: Protocol;
  /** Step under way, -1 = none; ms left in it. */
  step: number;
  leftMs: number;
  lopMmHg: number;
  /** Taken off every setpoint, mmHg (the wearer's own step down). */
  lessMmHg: number;
  /** What the session asks for now, mmHg; null = vented. */
  setpoint: MmHg | null;
  /** Setpoint of the step, null = vented; and the one given last, on its way there along a ramp, 0 = vented. */
  target: number | null;
  ramped: number;
  exit: number;
  /** How long the last fill took, ms: a released rest ends that much earlier. */
  fillMs: number;
  /** ms the cuff has been seen vented in a row. */
  settledMs: number;
  /** Times the wearer paused. */
  pauses: number;
  /** Times the cuff was released in the middle for a new zero. */
  releases: number;
  /** True while the wearer's finger is on the button: nothing begins by itself. */
  busy: boolean;
  /** True while something speaks against a refill. */
  barred: boolean;
  /** OWED_*: whether the limb is owed a full release before the next fill. */
  owed: number;
}

export function createSession(protocol: Protocol): Session {
  return {
    phase: PHASE_IDLE,
    phaseMs: 0,
    protocol: protocol,
    step: -1,
    leftMs: 0,
    lopMmHg: 0,
    lessMmHg: 0,
    setpoint: null,
    target: null,
    ramped: 0,
    exit: EXIT_NONE,
    fillMs: 0,
    settledMs: 0,
    pauses: 0,
    releases: 0,
    busy: false,
    barred: false,
    owed: OWED_UNKNOWN,
  };
}

/** Begin: from idle or done, with nothing inhibited (the caller has checked). */
export function startSession(session: Session, protocol: Protocol, lopMmHg: number): void {
  session.protocol = protocol;
  session.lopMmHg = lopMmHg;
  session.step = -1;
  session.leftMs = 0;
  session.exit = EXIT_NONE;
  session.fillMs = 0;
  session.pauses = 0;
  session.releases = 0;
  enterPhase(session, PHASE_READY);
}

/** The start is cleared: zero is good and the lock-out is written. Goes on where a pause left off. */
export function beginSteps(session: Session): void {
  if (session.step < 0) beginStep(session, 0);
  else enterFill(session);
}

/** From a pause back to the checks before a fill. */
export function resumeSession(session: Session): void {
  enterPhase(session, PHASE_READY);
}

/** The wearer's press in mid-session: vented, to be continued or ended. Without a step under way it just ends. */
export function pauseSession(session: Session): void {
  if (session.step < 0) return stopSession(session, EXIT_STOPPED);
  session.pauses++;
  enterPhase(session, PHASE_PAUSED);
}

/** The checks before a fill have failed: a start is given up, what was begun stays paused. */
export function notReady(session: Session): void {
  if (session.step < 0) stopSession(session, EXIT_NOT_READY);
  else enterPhase(session, PHASE_PAUSED);
}

/** End for `exit`: vent, whatever the phase was. */
export function stopSession(session: Session, exit: number): void {
  if (session.exit === EXIT_NONE) session.exit = exit;
  enterPhase(session, exit === EXIT_TRIPPED ? PHASE_TRIPPED : PHASE_DEFLATE);
}

/** Back to idle after a trip has been acknowledged or the summary has been shown. */
export function toIdle(session: Session): void {
  session.step = -1;
  session.leftMs = 0;
  enterPhase(session, PHASE_IDLE);
}

/** The one way into a phase. */
export function enterPhase(session: Session, phase: number): void {
  session.phase = phase;
  session.phaseMs = 0;
  session.settledMs = 0;
  session.owed = OWED_UNKNOWN;
}

function inVented(session: Session): void {
  session.ramped = 0;
  session.setpoint = null;
}

function inReady(session: Session): void {
  inVented(session);
  if (session.phaseMs > READY_LIMIT_MS) notReady(session);
}

function inFill(session: Session, t: ReadTick, filled: boolean): void {
  askForStep(session, t);
  if (!filled) return;
  session.fillMs = session.phaseMs;
  enterStep(session);
}

function inWork(session: Session, t: ReadTick): void {
  askForStep(session, t);
  session.leftMs -= t.lapMs;
  if (session.leftMs <= 0) beginStep(session, session.step + 1);
}

/**
 * The refill starts as much before the end of the rest as the last fill took, never before the cuff is empty, and
 * not under the wearer's finger.
 */
function inReleased(session: Session, t: ReadTick): void {
  inVented(session);
  session.leftMs -= t.lapMs;
  const next = session.protocol.steps[session.step + 1];
  const fills = next !== undefined && isStepOn(next);
  const due = fills ? session.fillMs : 0;
  if (session.leftMs > due || session.busy) return;
  if (fills && session.owed !== OWED_NOT) return waitForRelease(session, due);
  if (fills && session.barred) holdRefill(session, due);
  else if (!fills || isEmpty(t)) beginStep(session, session.step + 1);
}

/** The rest is over, the full release is not: it takes three minutes of a cuff that is seen empty. What takes much longer is asked about. */
function waitForRelease(session: Session, due: number): void {
  if (session.owed === OWED) session.leftMs = due;
  const step = session.protocol.steps[session.step];
  if (step === undefined || session.phaseMs > step.ms + 2 * RELEASE_MS) enterPhase(session, PHASE_PAUSED);
}

/** One refused reading is waited for; what lasts is the wearer's affair. */
function holdRefill(session: Session, due: number): void {
  if (session.leftMs <= due - BARRED_LIMIT_MS && session.phaseMs > BARRED_LIMIT_MS)
    enterPhase(session, PHASE_PAUSED);
}

function isEmpty(t: ReadTick): boolean {
  return t.filteredMmHg <= VENTED_MMHG && t.doubtful === false;
}

function inPaused(session: Session): void {
  inVented(session);
  if (session.phaseMs > PAUSE_LIMIT_MS) stopSession(session, EXIT_STOPPED);
}

function inDeflate(session: Session, t: ReadTick): void {
  inVented(session);
  session.settledMs = isEmpty(t) ? session.settledMs + t.lapMs : 0;
  if (session.settledMs >= SETTLED_MS)
    enterPhase(session, session.exit === EXIT_NOT_READY ? PHASE_IDLE : PHASE_DONE);
}

function inDone(session: Session): void {
  inVented(session);
  if (session.phaseMs > DONE_MS) toIdle(session);
}

/** The step's setpoint. */
function askForStep(session: Session, t: ReadTick): void {
  if (session.target === null) return inVented(session);
  if (session.ramped !== session.target) followRamp(session, t, session.target);
  session.setpoint = session.ramped;
}

/** Enter step `index`; past the last one the session is complete. */
function beginStep(session: Session, index: number): void {
  const step = session.protocol.steps[index];
  if (step === undefined) return stopSession(session, EXIT_COMPLETE);
  const inflated = session.phase === PHASE_WORK || session.phase === PHASE_REST;
  session.step = index;
  session.leftMs = step.ms;
  if (inflated) enterStep(session);
  else enterFill(session);
}

/** The step under way with its pressure set; undefined = none that holds pressure. */
function aimAtStep(session: Session): Step | undefined {
  const step = session.protocol.steps[session.step];
  session.target = step === undefined ? null : stepSetpoint(step, session.lopMmHg, session.lessMmHg);
  return step !== undefined && isStepOn(step) ? step : undefined;
}

/** The fill for the step under way; without pressure it is entered as it is. */
function enterFill(session: Session): void {
  enterPhase(session, aimAtStep(session) === undefined ? PHASE_RELEASED : PHASE_FILL);
}

/** The phase of the step under way, the cuff being filled. */
function enterStep(session: Session): void {
  const step = aimAtStep(session);
  if (step === undefined) return enterPhase(session, PHASE_RELEASED);
  enterPhase(session, step.kind === STEP_WORK ? PHASE_WORK : PHASE_REST);
}

function keepAsking(): void {
  return;
}

type InPhase = (session: Session, t: ReadTick, filled: boolean) => void;

/** What a step of time does in each phase, in the order of phases.ts; a LOP measurement asks for itself. */
const STEPS: ReadonlyArray<InPhase> = [
  inVented,
  inReady,
  inFill,
  inWork,
  inWork,
  inReleased,
  inDeflate,
  inDone,
  inVented,
  keepAsking,
  inPaused,
  inVented,
];

/** Time runs by `t.lapMs`, phases change, the demand is worked out. `filled`: the setpoint was reached since the cuff was last vented. */
export function stepSession(session: Session, t: ReadTick, filled: boolean): void {
  session.phaseMs += t.lapMs;
  const step = STEPS[session.phase] ?? inVented;
  step(session, t, filled);
}
