/** The rows of the control benchmark: each controller with its name and how it is made. */
import { TICK_MS } from '../../src/limits.ts';
import type { TimingKind } from '../core/tick-timing.ts';
import { bangBang2, bangBang5, inflateOnce, pidOf, SIMC, simcOf, TEXTBOOK } from './baselines/simple.ts';
import { TUNED_PID, TUNED_SIMC } from './baselines/tuned.ts';
import type { ControlMaker } from './control-drive.ts';
import { oursAt } from './control-ours.ts';

/** A row of the benchmark. */
export interface Entry {
  readonly key: string;
  readonly title: string;
  readonly make: ControlMaker;
  /** When its ticks come. Baselines cost nothing. */
  readonly timing: TimingKind;
}

export const ENTRIES: readonly Entry[] = [
  { key: 'once', title: 'inflate once', make: inflateOnce, timing: 'exact' },
  { key: 'bb5', title: 'bang-bang 5 mmHg', make: bangBang5, timing: 'exact' },
  { key: 'bb2', title: 'bang-bang 2 mmHg', make: bangBang2, timing: 'exact' },
  { key: 'pid', title: 'textbook PID', make: pidOf(TEXTBOOK), timing: 'exact' },
  { key: 'pidTuned', title: 'textbook PID, tuned', make: pidOf(TUNED_PID), timing: 'exact' },
  { key: 'simc', title: 'SIMC PI', make: simcOf(SIMC), timing: 'exact' },
  { key: 'simcTuned', title: 'SIMC PI, tuned', make: simcOf(TUNED_SIMC), timing: 'exact' },
  { key: 'ours', title: `ours, ${TICK_MS} ms, late as on the board`, make: oursAt(TICK_MS), timing: 'board' },
  { key: 'oursExact', title: `ours, ${TICK_MS} ms, on time`, make: oursAt(TICK_MS), timing: 'exact' },
];

/** Control periods that the rows `ours<ms>` may have, ms: a driver that takes longer is late in every tick. */
export const PERIOD_MIN_MS = 10;
export const PERIOD_MAX_MS = 120;

/** One of the rows above, or ours at any control period: `ours60`, its ticks at their cost. Throws RangeError for a key that is neither. */
export function entryOf(key: string): Entry {
  const found = ENTRIES.find((e) => e.key === key);
  const ms = /^ours(\d+)$/.exec(key)?.[1];
  if (found === undefined && ms !== undefined && Number(ms) >= PERIOD_MIN_MS && Number(ms) <= PERIOD_MAX_MS)
    return { key, title: `ours, ${ms} ms, late as on the board`, make: oursAt(Number(ms)), timing: 'board' };
  if (found === undefined)
    throw new RangeError(`no controller "${key}": ${ENTRIES.map((e) => e.key).join(', ')}`);
  return found;
}
