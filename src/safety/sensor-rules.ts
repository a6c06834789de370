/** Is the sensor to be believed? Counts new conversions, not ticks: a slow part is not a frozen one. */
import { DOUBT_LIMIT_MS } from '../limits.ts';
import type { Tick } from '../ports.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_SENSOR_ERRATIC, TRIP_SENSOR_FROZEN, TRIP_SENSOR_LOST } from './trips.ts';

/** A refused sample counts this much, a believed one takes 1 back: more than one in five refused adds up. */
const REFUSED_WEIGHT = 4;
/** Where it trips: a blow costs 6 samples, 24; a bad part loses 1 in 170. */
export const ERRATIC_LIMIT = 60;

/** Every tick under pressure. */
export function judgeSensor(s: Supervisor, t: Tick): void {
  if (t.doubtful !== false) doubt(s, t);
  else s.doubtMs = 0;
  if (s.sensing.refused > 0) refused(s, t);
  else if (s.erratic > 0) s.erratic--;
  if (s.sensing.same > 2) frozen(s, t);
}

function doubt(s: Supervisor, t: Tick): void {
  s.doubtMs += t.dt;
  if (!(s.doubtMs < DOUBT_LIMIT_MS)) trip(s, t, TRIP_SENSOR_LOST, s.doubtMs, DOUBT_LIMIT_MS);
}

function refused(s: Supervisor, t: Tick): void {
  s.erratic += REFUSED_WEIGHT;
  if (!(s.erratic < ERRATIC_LIMIT)) trip(s, t, TRIP_SENSOR_ERRATIC, s.erratic, ERRATIC_LIMIT);
}

function frozen(s: Supervisor, t: Tick): void {
  const limit = s.sensing.traits.frozenConversions;
  if (limit > 0 && !(s.sensing.same < limit)) trip(s, t, TRIP_SENSOR_FROZEN, s.sensing.same, limit);
}
