/**
 * Holding a limb that moves with no known rhythm: clip what leaves the band, refill what falls below. Must never lower its own clipping by
 * what crests near the cap have taught: a limb that only stirs at rest must not lose its pressure.
 */
import type { RegulateTick } from '../tick.ts';
import { bleedBy, FULL_PUMP } from './act.ts';
import { LEARN_LOOSE_MS, learnSlopes } from './cycle-balance.ts';
import { cross, watch } from './events.ts';
import { noteCrestError, recordWave } from './forecast.ts';
import { followSpan } from './levels.ts';
import { enterRest } from './rest.ts';
import type { ReadonlyRegulator } from './state.ts';
import { followSpeed, watchStill } from './stillness.ts';

/** After so long a stillness the limb rests, ms. docs/lab/control.md: rests after running 94 to 98 % in the worst 5 %; 300 ms was worse. */
const STILL_MS = 400;
/** So far ahead the limb is thought to go on as it moves, ms. Set by bench:control on the project's draw. */
const LEAD_MS = 60;
/** Percent of the setpoint below which the limb is pumped up. docs/lab/control.md: 4 % beside letting go after 0.4 s. */
const LOWER = 4;

/** A tick of movement without rhythm. */
export function stepLoose(r: ReadonlyRegulator, t: RegulateTick): void {
  recordWave(r);
  followSpeed(r, t);
  const error = r.limbMmHg + r.ownAirMmHg - r.targetMmHg;
  if (error > r.crestErrorMmHg) noteCrestError(r, error);
  const ahead = error + r.limbMmHgPerMs * LEAD_MS;
  const lowered = r.edgesLoweredMmHg;
  const edge = r.upperEdgeMmHg + lowered;
  if (ahead > edge) bleedBy(r, t, ahead - edge);
  else if ((ahead + lowered + r.pumpSpeed * r.coastMmHg) * 100 < -LOWER * r.targetMmHg) t.pump = FULL_PUMP;
  followSpan(r, t);
  if (t.now - r.rhythm.cycleOpenedMs > LEARN_LOOSE_MS) learnSlopes(r, t.now);
  watchStill(r, t);
  if (r.stillMs > STILL_MS) enterRest(r, t);
  else if (r.limbMmHg * r.crossingSign > r.crossingMmHg) cross(r);
  else if (r.eventJob > 0) watch(r, t);
}
