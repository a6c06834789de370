/** What is left of a session against what is left of the time under pressure. On a vented cuff only. */

import { PHASE_RELEASED } from '../phases.ts';
import type { Ms } from '../units.ts';
import { ASSUMED_FILL_MS, isFullRelease, pressureLeftMs } from './protocol.ts';
import { OWED, OWED_NOT, OWED_UNKNOWN, type Session } from './session.ts';

/** True when the rest of the session does not fit into `limitMs` without a full release, `usedMs` being gone. Fills count as the last one took. */
export function isTooLong(s: Session, usedMs: Ms, limitMs: Ms): boolean {
  const fillMs = s.fillMs > ASSUMED_FILL_MS ? s.fillMs : ASSUMED_FILL_MS;
  const index = s.step < 0 ? 0 : s.step;
  const step = s.protocol.steps[index];
  if (step === undefined) return false;
  const leftMs = s.step < 0 ? step.ms : s.leftMs;
  return pressureLeftMs(s.protocol, index, leftMs, usedMs, fillMs) > limitMs;
}

/** Does the next fill have to wait for a full release: planned so, or the time under pressure would not do without? Looked at once a phase. */
export function keepOwed(s: Session, released: boolean, usedMs: Ms, limitMs: Ms): void {
  if (s.owed === OWED_UNKNOWN) s.owed = isPlanned(s) || isTooLong(s, usedMs, limitMs) ? OWED : OWED_NOT;
  if (s.owed === OWED && released) s.owed = OWED_NOT;
}

function isPlanned(s: Session): boolean {
  const step = s.protocol.steps[s.step];
  return s.phase === PHASE_RELEASED && step !== undefined && isFullRelease(step);
}
