/** What a session record says, in words. */
import { HELD_HIGH, HELD_LOW, HELD_SWINGS, HELD_WEAK } from '../../src/record/held.ts';
import { FELT_HARD, FELT_RIGHT, FELT_TOO_MUCH } from '../../src/session/progress.ts';
import { EXIT_COMPLETE, EXIT_RESTARTED, EXIT_STOPPED, EXIT_TRIPPED } from '../../src/session/session.ts';
import type { SessionRecord } from './records.ts';

export function exitText(r: SessionRecord): string {
  if (r.exit === EXIT_COMPLETE) return 'complete';
  if (r.exit === EXIT_STOPPED) return 'stopped';
  if (r.exit === EXIT_RESTARTED) return 'power gone or restarted with the cuff in use';
  return r.exit === EXIT_TRIPPED ? `trip: ${r.trip}` : `exit ${r.exit}`;
}

export function feltText(felt: number): string {
  if (felt === FELT_RIGHT) return 'right';
  if (felt === FELT_HARD) return 'hard';
  return felt === FELT_TOO_MUCH ? 'too much' : 'not said';
}

const HELD_TEXTS: Readonly<Record<number, string>> = {
  [HELD_WEAK]:
    'the pump ran nearly all the time and was still too weak: charge the battery, strap the cuff tighter, look for a leak; then a stronger pump',
  [HELD_LOW]:
    'mostly too low: strap the cuff tighter so that less air has to move, look for a leak, charge the battery',
  [HELD_HIGH]:
    'mostly too high: the air does not get out fast enough; a wider hose or valve, or a calmer movement',
  [HELD_SWINGS]:
    'it swings further than pump and valve can follow: strap the cuff evenly, a wider hose, or a calmer movement',
};

/** What to do about a plant that could not be held, '' = nothing to say. */
export function heldText(r: SessionRecord): string {
  const text = HELD_TEXTS[r.held];
  return text === undefined
    ? ''
    : `${(r.moveInPermille / 10).toFixed(0)} % of the work in the band: ${text} (npm run tune says which)`;
}

/** Date where it was known, as YYYY-MM-DD. */
export function dateText(dateS: number): string {
  return dateS > 0 ? new Date(dateS * 1000).toISOString().slice(0, 10) : 'no date';
}
