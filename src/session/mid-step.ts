/** The common case of a session under pressure, in a function of its own because it is short. Must never end a step or move a setpoint. */
import { PHASE_REST, PHASE_WORK } from '../phases.ts';
import type { ReadTick } from '../tick.ts';
import type { Session } from './session.ts';

/**
 * Time runs in the midst of a step whose setpoint stands, and nothing else is to be done. False where the step ends, the setpoint moves, or
 * the phase is another: then `stepSession` has to look.
 */
export function passTime(session: Session, t: ReadTick): boolean {
  const phase = session.phase;
  if (phase !== PHASE_WORK && phase !== PHASE_REST) return false;
  const left = session.leftMs - t.lapMs;
  if (!(left > 0) || session.ramped !== session.target || session.setpoint !== t.setpoint) return false;
  session.phaseMs += t.lapMs;
  session.leftMs = left;
  return true;
}
