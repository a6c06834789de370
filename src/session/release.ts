/** A release in the middle of a step, for a new zero: the cuff is vented and filled anew, and the step goes on. Must never end a session. */
import { resumeSession, type Session } from './session.ts';

export function releaseSession(session: Session): void {
  session.releases++;
  resumeSession(session);
}
