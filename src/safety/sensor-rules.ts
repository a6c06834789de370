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

export function createSampleDoubt(): SampleDoubt {
  return { doubtMs: 0, refusedScore: 0, refusedAt: 0 };
}

/** A tick without a good new sample, or soon after one. True while it is in doubt. */
export function judgeSample(s: Writes<SampleDoubt>, t: ReadTick): boolean {
  if (s.sensing.refused > 0) refused(s, t);
  if (t.doubtful !== false) return doubt(s, t);
  s.doubtMs = 0;
  return false;
}

function doubt(s: Writes<SampleDoubt>, t: ReadTick): boolean {
  s.doubtMs += t.dt;
  if (!(s.doubtMs < DOUBT_LIMIT_MS)) trip(s, t, TRIP_SENSOR_LOST, s.doubtMs, DOUBT_LIMIT_MS);
  return true;
}

/** A jump soon after a bleed, two ticks at least and a round at most, is what a narrow hose makes of it: in every other tick it must not add up. */
function isOfBleed(s: Readonly<Supervisor>): boolean {
  return s.sensing.reason === REFUSED_JUMP && (s.bledMs !== s.lookBledMs || s.bledMs !== s.surgeBledMs);
}

function refused(s: Writes<SampleDoubt>, t: ReadTick): void {
  const weight = isOfBleed(s) ? BLEED_WEIGHT : REFUSED_WEIGHT;
  const believed = (t.now - s.refusedAt) / t.period - 1;
  s.refusedAt = t.now;
  s.refusedScore = believed < s.refusedScore ? s.refusedScore - believed + weight : weight;
  if (!(s.refusedScore < ERRATIC_LIMIT)) trip(s, t, TRIP_SENSOR_ERRATIC, s.refusedScore, ERRATIC_LIMIT);
}

/** Nobody pumps on this sample, and the next one is looked at whole. */
export function doubtSample(s: Readonly<Supervisor>, t: AssessTick): void {
  t.doubtful = true;
  lookAtNext(s.sensing);
}

/** A new hold begins without the doubts of the last one. */
export function forgetDoubt(s: Writes<SampleDoubt>): void {
  s.doubtMs = 0;
  s.refusedScore = 0;
}

/** The same word for ever. */
export function judgeFrozen(s: Readonly<Supervisor>, t: ReadTick): void {
  const limit = s.sensing.traits.frozenConversions;
  if (limit > 0 && !(s.sensing.same < limit)) trip(s, t, TRIP_SENSOR_FROZEN, s.sensing.same, limit);
}
