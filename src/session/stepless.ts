/** What gets a record like a session's and is none: it has no steps. Must never count as training, nor name a protocol that can be started. */
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
export function beginStepless(session: Session, id: string, lopMmHg: number): void {
  session.protocol = stepless(id);
  session.lopMmHg = lopMmHg;
  session.lessMmHg = 0;
  session.step = 0;
  session.leftMs = 0;
  session.pauses = 0;
  session.releases = 0;
  session.exit = EXIT_NONE;
}

/** True for the name of a record that is a training session's. */
export function isTraining(id: string): boolean {
  return id !== RESTART && id !== MEASUREMENT && id !== TRIP_ALONE;
}
