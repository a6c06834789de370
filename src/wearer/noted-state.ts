/** What the recorder was last told of the session. Must never hold what the session is doing now: noted.ts compares the two. */
import { PHASE_IDLE } from '../phases.ts';

/** Phase and step that the recorder has been told of. */
export interface Noted {
  phase: number;
  step: number;
}

export function createNoted(): Noted {
  return { phase: PHASE_IDLE, step: -1 };
}
