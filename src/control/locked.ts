/**
 * A tick in a known rhythm, and one in which its next event is late: the decision first, then what the rhythm asks for.
 * Must never keep state of its own.
 */
import type { RegulateTick } from '../tick.ts';
import { cross, letGo, watch } from './events.ts';
import { holdInRhythm } from './forecast.ts';
import { MODE_LATE } from './mode.ts';
import type { ReadonlyRegulator } from './state.ts';
import { watchStill } from './stillness.ts';

/**
 * After so long a stillness a gait has stopped, ms: longer than without rhythm, since a stride has still moments. Set by bench:control on
 * the project's draw.
 */
const STILL_LATE_MS = 500;

/** A tick in rhythm. */
export function stepLocked(r: ReadonlyRegulator, t: RegulateTick): void {
  if (holdInRhythm(r, t) > r.crossingMmHg) cross(r);
  if (r.newestSlot > r.watchSlot) watch(r, t);
}

/** The event of a gait is late: as in rhythm, but a limb that has stopped is noticed. */
export function stepLate(r: ReadonlyRegulator, t: RegulateTick): void {
  stepLocked(r, t);
  watchStill(r, t);
  if (r.mode === MODE_LATE && r.stillMs >= STILL_LATE_MS) letGo(r, t);
}
