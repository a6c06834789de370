/**
 * The lock in flash, as it was found and as it is now: '1' while something is open under which pressure may stand, '2' once that is in the log
 * and only the limb's rest is owed, '0' after a full release. '3' and '4' are the same as '1' and '2' with a hazard: the next power-up does not
 * believe its first zero before the wearer has opened the cuff. Must never take a mark that it does not know for '0'.
 */
import type { Ms } from '../units.ts';

/** A store that has refused a write is not asked again for so long, ms. */
export const RETRY_MS = 60000;

export interface Lock {
  /** True while the store says that a session is open. */
  written: boolean;
  /** True while it says '1' or '3', from this power-up on. */
  open: boolean;
  /** True while it says '3' or '4': there was a hazard, and no full release since. */
  hazard: boolean;
  /** Found anything but '0' or '2' at boot, or a damaged copy: pressure may have stood when the power went. */
  readonly unclear: boolean;
  /** Found '1' or '3' at boot: what was open then has not been noted yet. */
  wasOpen: boolean;
  /** When the store last refused to write the lock, ms: not asked again at once. */
  refusedAt: Ms;
}

/**
 * What flash says at boot. Only a plain '0' says that all is over, and not where a copy is damaged: the newest may be the one that was lost,
 * with a hazard in it.
 */
export function createLock(kept: string | undefined, damaged: boolean): Lock {
  return {
    written: damaged || (kept !== undefined && kept !== '0'),
    open: false,
    hazard: damaged || kept === '3' || kept === '4',
    unclear: damaged || (kept !== undefined && kept !== '0' && kept !== '2'),
    wasOpen: kept === '1' || kept === '3',
    refusedAt: -RETRY_MS,
  };
}
