/** What is left of a session against what is left of the time under pressure, on a vented cuff. Must never raise what is left. */

import { PHASE_RELEASED } from '../phases.ts';
import type { Ms } from '../units.ts';
import { ASSUMED_FILL_MS, isFullRelease, pressureLeftMs } from './protocol.ts';
import { OWED, OWED_NOT, OWED_UNKNOWN, type Session } from './session.ts';

/** True when the rest of the session does not fit into `limitMs` without a full release, `usedMs` being gone. Fills count as the last one took. */
export function isTooLong(session: Session, usedMs: Ms, limitMs: Ms): boolean {
  const fillMs = session.fillMs > ASSUMED_FILL_MS ? session.fillMs : ASSUMED_FILL_MS;
  const index = session.step < 0 ? 0 : session.step;
  const step = session.protocol.steps[index];
  if (step === undefined) return false;
  const leftMs = session.step < 0 ? step.ms : session.leftMs;
  return pressureLeftMs(session.protocol, index, leftMs, usedMs, fillMs) > limitMs;
}

/** Does the next fill have to wait for a full release: planned so, or the time under pressure would not do without? Looked at once a phase. */
export function keepOwed(session: Session, released: boolean, usedMs: Ms, limitMs: Ms): void {
  if (session.owed === OWED_UNKNOWN)
    session.owed = isPlanned(session) || isTooLong(session, usedMs, limitMs) ? OWED : OWED_NOT;
  if (session.owed === OWED && released) session.owed = OWED_NOT;
}

function isPlanned(session: Session): boolean {
  const step = session.protocol.steps[session.step];
  return session.phase === PHASE_RELEASED && step !== undefined && isFullRelease(step);
}
