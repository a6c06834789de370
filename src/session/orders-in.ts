/**
 * What the wearer's files may tell a session, besides starting, pausing and stopping it: the only ways to its record from outside of
 * its room. Nothing here begins a step or raises a pressure.
 */
import { LESS_STEP_MMHG, MAX_LESS_MMHG } from './progress.ts';
import { EXIT_NONE, EXIT_RESTARTED, enterPhase, type Session } from './session.ts';
import { RESTART, stepless } from './stepless.ts';

/** A finger is on the button, or was a moment ago: nothing begins by itself. */
export function noteFinger(s: Session, busy: boolean): void {
  s.busy = busy;
}

/** Something speaks against a refill, or nothing any more. */
export function barRefill(s: Session, barred: boolean): void {
  s.barred = barred;
}

/** Into a phase that belongs to no step of a protocol. */
export function enterWithoutStep(s: Session, phase: number): void {
  s.step = -1;
  enterPhase(s, phase);
}

/** A measurement is ordered: what the last session ended for is over. */
export function forgetExit(s: Session): void {
  s.exit = EXIT_NONE;
}

/** Tingling: one step less from the next fill on, down to MAX_LESS_MMHG. */
export function lowerNextFill(s: Session): void {
  s.lessMmHg = s.lessMmHg + LESS_STEP_MMHG < MAX_LESS_MMHG ? s.lessMmHg + LESS_STEP_MMHG : MAX_LESS_MMHG;
}

/** The lasting step down that the wearer's progress asks for, mmHg. */
export function lowerBy(s: Session, lessMmHg: number): void {
  s.lessMmHg = lessMmHg;
}

/** What was open when the power went takes the place of a session in the log. */
export function becomeRestart(s: Session): void {
  s.protocol = stepless(RESTART);
  s.exit = EXIT_RESTARTED;
}
