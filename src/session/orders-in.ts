/**
 * What the wearer's files may tell a session, besides starting, pausing and stopping it: the only ways to its record from outside of
 * its layer. Must never begin a step or raise a pressure.
 */
import { LESS_STEP_MMHG, MAX_LESS_MMHG } from './progress.ts';
import { EXIT_NONE, EXIT_RESTARTED, enterPhase, type Session } from './session.ts';
import { RESTART, stepless } from './stepless.ts';

/** A finger is on the button, or was a moment ago: nothing begins by itself. */
export function noteFinger(session: Session, busy: boolean): void {
  session.busy = busy;
}

/** Something speaks against a refill, or nothing any more. */
export function barRefill(session: Session, barred: boolean): void {
  session.barred = barred;
}

/** Into a phase that belongs to no step of a protocol. */
export function enterWithoutStep(session: Session, phase: number): void {
  session.step = -1;
  enterPhase(session, phase);
}

/** A measurement is ordered: what the last session ended for is over. */
export function forgetExit(session: Session): void {
  session.exit = EXIT_NONE;
}

/** Tingling: one step less from the next fill on, down to MAX_LESS_MMHG. */
export function lowerNextFill(session: Session): void {
  session.lessMmHg =
    session.lessMmHg + LESS_STEP_MMHG < MAX_LESS_MMHG ? session.lessMmHg + LESS_STEP_MMHG : MAX_LESS_MMHG;
}

/** The lasting step down that the wearer's progress asks for, mmHg. */
export function lowerBy(session: Session, lessMmHg: number): void {
  session.lessMmHg = lessMmHg;
}

/** What was open when the power went takes the place of a session in the log. */
export function becomeRestart(session: Session): void {
  session.protocol = stepless(RESTART);
  session.exit = EXIT_RESTARTED;
}
