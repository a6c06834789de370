/** Is the sensor to be believed? Counts new conversions, not ticks: a slow part is not a frozen one. */
import { DOUBT_LIMIT_MS } from '../limits.ts';
import type { Tick } from '../ports.ts';
import { REFUSED_JUMP } from '../sensing/sensing.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_SENSOR_ERRATIC, TRIP_SENSOR_FROZEN, TRIP_SENSOR_LOST } from './trips.ts';

/** A refused sample counts this much, each period between two takes 1 back: more than one in five refused adds up. */
const REFUSED_WEIGHT = 4;
const BLEED_WEIGHT = 1;
/** Where it trips: a blow costs 6 samples, 24; a bad part loses 1 in 170. */
export const ERRATIC_LIMIT = 60;

/** A tick without a good new sample, or soon after one. True while it is in doubt. */
export function judgeSample(s: Supervisor, t: Tick): boolean {
  if (s.sensing.refused > 0) refused(s, t);
  if (t.doubtful !== false) return doubt(s, t);
  s.doubtMs = 0;
  return false;
}

function doubt(s: Supervisor, t: Tick): boolean {
  s.doubtMs += t.dt;
  if (!(s.doubtMs < DOUBT_LIMIT_MS)) trip(s, t, TRIP_SENSOR_LOST, s.doubtMs, DOUBT_LIMIT_MS);
  return true;
}

/** A jump soon after a bleed, two ticks at least and a round at most, is what a narrow hose makes of it: in every other tick it must not add up. */
function isOfBleed(s: Supervisor): boolean {
  return s.sensing.reason === REFUSED_JUMP && (s.bledMs !== s.lookBledMs || s.bledMs !== s.surgeBledMs);
}

function refused(s: Supervisor, t: Tick): void {
  const weight = isOfBleed(s) ? BLEED_WEIGHT : REFUSED_WEIGHT;
  const believed = (t.now - s.refusedAt) / t.period - 1;
  s.refusedAt = t.now;
  s.refusedScore = believed < s.refusedScore ? s.refusedScore - believed + weight : weight;
  if (!(s.refusedScore < ERRATIC_LIMIT)) trip(s, t, TRIP_SENSOR_ERRATIC, s.refusedScore, ERRATIC_LIMIT);
}

/** The same word for ever. */
export function judgeFrozen(s: Supervisor, t: Tick): void {
  const limit = s.sensing.traits.frozenConversions;
  if (limit > 0 && !(s.sensing.same < limit)) trip(s, t, TRIP_SENSOR_FROZEN, s.sensing.same, limit);
}
