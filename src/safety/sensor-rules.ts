/**
 * Is the sensor to be believed? Counts new conversions, not ticks: a slow part is not a frozen one. Must never take a value
 * that is no number for a reading.
 */

import { DOUBT_LIMIT_MS } from '../limits.ts';
import { lookAtNext, REFUSED_JUMP } from '../sensing/sensing.ts';
import type { AssessTick, ReadTick } from '../tick.ts';
import { trip } from './latch.ts';
import {
  BLEED_WEIGHT,
  ERRATIC_LIMIT,
  REFUSED_WEIGHT,
  TRIP_SENSOR_ERRATIC,
  TRIP_SENSOR_FROZEN,
  TRIP_SENSOR_LOST,
} from './rows/sensor.ts';
import type { Supervisor, Writes } from './state.ts';

export interface SampleDoubt {
  /** ms in a row without a sample that may be pumped on. */
  doubtMs: number;
  /** Score of refused samples, see REFUSED_WEIGHT. */
  refusedScore: number;
  /** When the last sample was refused, ms since boot. */
  refusedAt: number;
}

/** No sensor reads below this, mmHg: a reading that is not above it is none (NaN). */
export const NO_READING_MMHG = -1000;
/** So many equal readings in a row are never judged: the shortest time after which a part counts as frozen is longer. */
export const NEVER_FROZEN = 2;

export function createSampleDoubt(): SampleDoubt {
  return { doubtMs: 0, refusedScore: 0, refusedAt: 0 };
}

/** A tick without a good new sample, or soon after one. True while it is in doubt. */
export function judgeSample(supervisor: Writes<SampleDoubt>, t: ReadTick): boolean {
  if (supervisor.sensing.refused > 0) refused(supervisor, t);
  if (t.doubtful !== false) return doubt(supervisor, t);
  supervisor.doubtMs = 0;
  return false;
}

function doubt(supervisor: Writes<SampleDoubt>, t: ReadTick): boolean {
  supervisor.doubtMs += t.dt;
  if (!(supervisor.doubtMs < DOUBT_LIMIT_MS))
    trip(supervisor, t, TRIP_SENSOR_LOST, supervisor.doubtMs, DOUBT_LIMIT_MS);
  return true;
}

/** A jump soon after a bleed, two ticks at least and a round at most, is what a narrow hose makes of it: in every other tick it must not add up. */
function isOfBleed(supervisor: Readonly<Supervisor>): boolean {
  return (
    supervisor.sensing.reason === REFUSED_JUMP &&
    (supervisor.bledMs !== supervisor.lookBledMs || supervisor.bledMs !== supervisor.surgeBledMs)
  );
}

function refused(supervisor: Writes<SampleDoubt>, t: ReadTick): void {
  const weight = isOfBleed(supervisor) ? BLEED_WEIGHT : REFUSED_WEIGHT;
  const believed = (t.now - supervisor.refusedAt) / t.period - 1;
  supervisor.refusedAt = t.now;
  supervisor.refusedScore =
    believed < supervisor.refusedScore ? supervisor.refusedScore - believed + weight : weight;
  if (!(supervisor.refusedScore < ERRATIC_LIMIT))
    trip(supervisor, t, TRIP_SENSOR_ERRATIC, supervisor.refusedScore, ERRATIC_LIMIT);
}

/** Nobody pumps on this sample, and the next one is looked at whole. */
export function doubtSample(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  t.doubtful = true;
  lookAtNext(supervisor.sensing);
}

/** A new hold begins without the doubts of the last one. */
export function forgetDoubt(supervisor: Writes<SampleDoubt>): void {
  supervisor.doubtMs = 0;
  supervisor.refusedScore = 0;
}

/** The same word for ever. */
export function judgeFrozen(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const limit = Math.ceil(supervisor.sensing.traits.frozenMs / t.period);
  if (limit > 0 && !(supervisor.sensing.same < limit))
    trip(supervisor, t, TRIP_SENSOR_FROZEN, supervisor.sensing.same, limit);
}
