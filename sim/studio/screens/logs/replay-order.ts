/** What of a replay is told first. Pure. */
import type { Difference } from '../../../log/replay.ts';

export interface Weighed {
  /** Whether the cuff holds or is vented differs. */
  readonly vents: readonly Difference[];
  /** A pulse of the pump or a bleed of the valve has another size or moment. */
  readonly pulses: readonly Difference[];
}

export function weighed(differences: readonly Difference[]): Weighed {
  return {
    vents: differences.filter(({ field }) => field === 'valve'),
    pulses: differences.filter(({ field }) => field !== 'valve'),
  };
}
