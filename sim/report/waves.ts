/**
 * Peaks and valleys of the pressure wave while the limb moves: turning points of the true pressure that a reversal of at least
 * 3 % of the setpoint (and 2 mmHg) confirms, so that ripple and noise make no waves.
 */
import type { RunLog } from './run-log.ts';

const MIN_REVERSAL_MMHG = 2;
const REVERSAL_SHARE = 0.03;

export interface Waves {
  readonly count: number;
  /** Mean of the maxima and of the minima, mmHg; null without a wave. */
  readonly peakMmHg: number | null;
  readonly valleyMmHg: number | null;
}

interface Tracker {
  rising: boolean;
  extreme: number;
  peaks: number[];
  valleys: number[];
}

function follow(t: Tracker, value: number, reversal: number): void {
  if (t.rising) {
    if (value > t.extreme) t.extreme = value;
    else if (t.extreme - value >= reversal) {
      t.peaks.push(t.extreme);
      t.rising = false;
      t.extreme = value;
    }
  } else if (value < t.extreme) t.extreme = value;
  else if (value - t.extreme >= reversal) {
    t.valleys.push(t.extreme);
    t.rising = true;
    t.extreme = value;
  }
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Waves on the ticks that count while moving; each uninterrupted stretch is followed afresh. */
export function wavesOf(log: RunLog, counted: Uint8Array): Waves {
  const { p2, setpoint, moving } = log.columns;
  const peaks: number[] = [];
  const valleys: number[] = [];
  let tracker: Tracker | null = null;
  for (let row = 0; row < log.rows; row++) {
    if (counted[row] !== 1 || moving[row] !== 1) {
      tracker = null;
      continue;
    }
    const value = p2[row] ?? 0;
    if (tracker === null) tracker = { rising: true, extreme: value, peaks, valleys };
    follow(tracker, value, Math.max(MIN_REVERSAL_MMHG, (setpoint[row] ?? 0) * REVERSAL_SHARE));
  }
  return { count: peaks.length, peakMmHg: mean(peaks), valleyMmHg: mean(valleys) };
}
