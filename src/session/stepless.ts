/** What gets a record like a session's and is none: it has no steps, and counts as no training. */
import { ACTIVITY_PASSIVE, type Protocol } from './protocol.ts';
import { EXIT_NONE, type Session } from './session.ts';

/** Names in place of a protocol's: a measurement that tripped, a trip with nothing open, what was open when the power went. */
export const MEASUREMENT = 'lop';
export const TRIP_ALONE = 'trip';
export const RESTART = 'restart';

export function stepless(id: string): Protocol {
  return { id: id, activity: ACTIVITY_PASSIVE, stage: 0, steps: [] };
}

/** The session's record is free for `id`; `lopMmHg` by the settings. */
export function beginStepless(s: Session, id: string, lopMmHg: number): void {
  s.protocol = stepless(id);
  s.lopMmHg = lopMmHg;
  s.lessMmHg = 0;
  s.step = 0;
  s.leftMs = 0;
  s.pauses = 0;
  s.exit = EXIT_NONE;
}

/** True for the name of a record that is a training session's. */
export function isTraining(id: string): boolean {
  return id !== RESTART && id !== MEASUREMENT && id !== TRIP_ALONE;
}
