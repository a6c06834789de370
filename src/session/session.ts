/**
 * The session: which phase the wearer is in and what pressure it asks for. Called every tick between the
 * supervisor's assessment and the regulator. It only demands; nothing here touches an output, and nothing
 * starts but by `startSession`, called for a press of the wearer's own button on a vented cuff.
 */
import { VENTED_MMHG } from '../limits.ts';
import type { Tick } from '../ports.ts';
import {
  PHASE_DEFLATE,
  PHASE_DONE,
  PHASE_FILL,
  PHASE_IDLE,
  PHASE_READY,
  PHASE_RELEASED,
  PHASE_REST,
  PHASE_TRIPPED,
  PHASE_WORK,
} from './phases.ts';
import { type Protocol, STEP_WORK, type Step, stepSetpoint } from './protocol.ts';

/** Time that a start waits for a flat zero before it gives up, ms. */
export const READY_LIMIT_MS = 15000;
/** Vented this long in a row ends the deflation, ms. */
const SETTLED_MS = 1000;
/** The summary is shown this long, ms. */
const DONE_MS = 30000;

/** Why a session or a step ended, for the record. */
export const EXIT_NONE = 0;
export const EXIT_COMPLETE = 1;
export const EXIT_STOPPED = 2;
export const EXIT_TRIPPED = 3;
export const EXIT_NOT_READY = 4;

export interface Session {
  phase: number;
  /** ms in this phase. */
  phaseMs: number;
  protocol: Protocol;
  /** Step under way, -1 = none; ms left in it. */
  step: number;
  leftMs: number;
  lopMmHg: number;
  /** Taken off every setpoint of the session, mmHg (the wearer's own step down). */
  lessMmHg: number;
  exit: number;
  /** How long the last fill took, ms: a released rest ends that much earlier. */
  fillMs: number;
  /** ms the cuff has been seen vented in a row. */
  settledMs: number;
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
    exit: EXIT_NONE,
    fillMs: 0,
    settledMs: 0,
  };
}

/** Begin: from idle or done, with nothing inhibited (the caller has checked). */
export function startSession(s: Session, protocol: Protocol, lopMmHg: number): void {
  s.protocol = protocol;
  s.lopMmHg = lopMmHg;
  s.step = -1;
  s.exit = EXIT_NONE;
  s.fillMs = 0;
  enter(s, PHASE_READY);
}

/** The start is cleared: zero is good and the lock-out is written. Called from the loop in PHASE_READY. */
export function beginSteps(s: Session): void {
  beginStep(s, 0);
}

/** End for `exit`: vent, whatever the phase was. */
export function stopSession(s: Session, exit: number): void {
  if (s.exit === EXIT_NONE) s.exit = exit;
  enter(s, exit === EXIT_TRIPPED ? PHASE_TRIPPED : PHASE_DEFLATE);
}

/** Back to idle after a trip has been acknowledged or the summary has been shown. */
export function toIdle(s: Session): void {
  s.step = -1;
  s.leftMs = 0;
  enter(s, PHASE_IDLE);
}

function enter(s: Session, phase: number): void {
  s.phase = phase;
  s.phaseMs = 0;
  s.settledMs = 0;
}

function inIdle(_s: Session, t: Tick): void {
  t.setpoint = null;
}

function inReady(s: Session, t: Tick): void {
  t.setpoint = null;
  if (s.phaseMs > READY_LIMIT_MS) stopSession(s, EXIT_NOT_READY);
}

function inFill(s: Session, t: Tick): void {
  demand(s, t);
  if (!t.filled) return;
  s.fillMs = s.phaseMs;
  const step = s.protocol.steps[s.step];
  enter(s, step !== undefined && step.kind === STEP_WORK ? PHASE_WORK : PHASE_REST);
}

function inWork(s: Session, t: Tick): void {
  demand(s, t);
  s.leftMs -= t.dt;
  if (s.leftMs <= 0) beginStep(s, s.step + 1);
}

/** The refill starts as much before the end of the rest as the last fill took. */
function inReleased(s: Session, t: Tick): void {
  t.setpoint = null;
  s.leftMs -= t.dt;
  const next = s.protocol.steps[s.step + 1];
  const lead = next !== undefined && isOn(s, next) ? s.fillMs : 0;
  if (s.leftMs <= lead) beginStep(s, s.step + 1);
}

function inDeflate(s: Session, t: Tick): void {
  t.setpoint = null;
  s.settledMs = t.p <= VENTED_MMHG && !t.doubtful ? s.settledMs + t.dt : 0;
  if (s.settledMs >= SETTLED_MS) enter(s, PHASE_DONE);
}

function inDone(s: Session, t: Tick): void {
  t.setpoint = null;
  if (s.phaseMs > DONE_MS) toIdle(s);
}

function demand(s: Session, t: Tick): void {
  const step = s.protocol.steps[s.step];
  t.setpoint = step === undefined ? null : stepSetpoint(step, s.lopMmHg, s.lessMmHg);
}

function isOn(s: Session, step: Step): boolean {
  return stepSetpoint(step, s.lopMmHg, s.lessMmHg) !== null;
}

/** Enter step `index`; past the last one the session is complete. */
function beginStep(s: Session, index: number): void {
  const step = s.protocol.steps[index];
  if (step === undefined) return stopSession(s, EXIT_COMPLETE);
  const wasOn = s.phase === PHASE_WORK || s.phase === PHASE_REST;
  s.step = index;
  s.leftMs = step.ms;
  if (!isOn(s, step)) return enter(s, PHASE_RELEASED);
  if (!wasOn) return enter(s, PHASE_FILL);
  enter(s, step.kind === STEP_WORK ? PHASE_WORK : PHASE_REST);
}

/** What a tick does in each phase, in the order of phases.ts. */
const STEPS: ReadonlyArray<(s: Session, t: Tick) => void> = [
  inIdle,
  inReady,
  inFill,
  inWork,
  inWork,
  inReleased,
  inDeflate,
  inDone,
  inIdle,
  inIdle,
  inIdle,
];

/** One tick: time runs, phases change, the demand is written into the tick. */
export function stepSession(s: Session, t: Tick): void {
  s.phaseMs += t.dt;
  const step = STEPS[s.phase] ?? inIdle;
  step(s, t);
}
