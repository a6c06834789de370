/**
 * Where the cuff was being filled, and how that went, on the true pressure. A fill begins when a setpoint appears
 * or jumps up and ends when the true pressure reaches 97 % of the goal; only then does the time in band begin to count.
 */
import type { RunLog } from './run-log.ts';
import { spansOf } from './spans.ts';

/** Share of the goal at which a fill is over. */
export const REACHED = 0.97;
/** A fill that takes longer is no fill any more: the time after it counts as time outside the band. s */
export const FILL_LIMIT_S = 60;
/** Overshoot is looked for until this long after reaching, or until the limb moves. s */
export const OVERSHOOT_WINDOW_S = 3;
/** A jump of the setpoint by more than this share begins a new fill or a controlled step down. */
const JUMP = 0.05;

export interface Fill {
  readonly startMs: number;
  readonly goalMmHg: number;
  /** Seconds to 97 % of the goal; null when it was never reached. */
  readonly seconds: number | null;
  /** Highest true pressure over the goal, mmHg, never below 0. */
  readonly overshootMmHg: number;
}

export interface Fills {
  readonly fills: readonly Fill[];
  /** 1 for each tick on which time in band counts. */
  readonly counted: Uint8Array;
  /** 1 for each tick under a setpoint and without a trip. */
  readonly pressurised: Uint8Array;
}

/** The value at which a setpoint that starts on `row` has stopped rising for a second, seen until `endRow`. */
function goalFrom(log: RunLog, row: number, endRow: number): number {
  const { setpoint, tMs } = log.columns;
  let goal = setpoint[row] ?? 0;
  let roseMs = tMs[row] ?? 0;
  for (let i = row + 1; i < endRow && (tMs[i] ?? 0) - roseMs <= 1000; i++) {
    const next = setpoint[i] ?? 0;
    if (next < goal) break;
    if (next > goal) roseMs = tMs[i] ?? 0;
    goal = next;
  }
  return goal;
}

interface Reach {
  readonly fill: Fill;
  readonly row: number;
}

function fillFrom(log: RunLog, row: number, endRow: number): Reach {
  const { tMs, p2, moving } = log.columns;
  const goal = goalFrom(log, row, endRow);
  const startMs = tMs[row] ?? 0;
  let reached = row;
  while (reached < endRow && (p2[reached] ?? 0) < REACHED * goal) {
    if ((tMs[reached] ?? 0) - startMs > FILL_LIMIT_S * 1000) break;
    reached++;
  }
  const found = reached < endRow && (p2[reached] ?? 0) >= REACHED * goal;
  const reachedMs = tMs[Math.min(reached, endRow - 1)] ?? 0;
  let peak = 0;
  for (let i = row; i < endRow && (tMs[i] ?? 0) <= reachedMs + OVERSHOOT_WINDOW_S * 1000; i++) {
    if (i > reached && moving[i] === 1) break;
    peak = Math.max(peak, p2[i] ?? 0);
  }
  const seconds = found ? (reachedMs - startMs) / 1000 : null;
  return {
    fill: { startMs, goalMmHg: goal, seconds, overshootMmHg: Math.max(0, peak - goal) },
    row: reached,
  };
}

/** First row from `row` on where the true pressure is within 3 % of a lowered setpoint. */
function settledFrom(log: RunLog, row: number, endRow: number): number {
  const { tMs, p2, setpoint } = log.columns;
  const limitMs = (tMs[row] ?? 0) + FILL_LIMIT_S * 1000;
  let i = row;
  while (i < endRow && (tMs[i] ?? 0) < limitMs && (p2[i] ?? 0) > (2 - REACHED) * (setpoint[i] ?? 0)) i++;
  return i;
}

/** Finds every fill and marks the ticks that count. */
export function findFills(log: RunLog): Fills {
  const { setpoint, trip } = log.columns;
  const counted = new Uint8Array(log.rows);
  const pressurised = new Uint8Array(log.rows);
  const fills: Fill[] = [];
  for (const span of spansOf(log, (row) => ((setpoint[row] ?? -1) >= 0 && trip[row] === 0 ? 1 : 0))) {
    if (span.value === 0) continue;
    pressurised.fill(1, span.firstRow, span.endRow);
    const first = fillFrom(log, span.firstRow, span.endRow);
    fills.push(first.fill);
    let row = first.row;
    while (row < span.endRow) {
      const before = setpoint[Math.max(row - 1, span.firstRow)] ?? 0;
      const now = setpoint[row] ?? 0;
      if (now > before * (1 + JUMP)) {
        const next = fillFrom(log, row, span.endRow);
        fills.push(next.fill);
        row = Math.max(next.row, row + 1);
      } else if (now < before * (1 - JUMP)) {
        row = Math.max(settledFrom(log, row, span.endRow), row + 1);
      } else {
        counted[row++] = 1;
      }
    }
  }
  return { fills, counted, pressurised };
}
