/** Runs of equal values in a column: how phases, trips, lamps and lanes are counted and drawn. */
import type { RunLog } from './run-log.ts';

export interface Span {
  readonly value: number;
  readonly startMs: number;
  /** Start of the next span, or the end of the last tick. */
  readonly endMs: number;
  readonly firstRow: number;
  /** One past the last row. */
  readonly endRow: number;
}

/** Splits the run wherever `valueAt(row)` changes. */
export function spansOf(log: RunLog, valueAt: (row: number) => number): Span[] {
  const spans: Span[] = [];
  const { tMs } = log.columns;
  let first = 0;
  for (let row = 1; row <= log.rows; row++) {
    if (row < log.rows && valueAt(row) === valueAt(first)) continue;
    const startMs = tMs[first] ?? 0;
    const endMs = row < log.rows ? (tMs[row] ?? 0) : (tMs[row - 1] ?? 0) + log.header.tickMs;
    spans.push({ value: valueAt(first), startMs, endMs, firstRow: first, endRow: row });
    first = row;
  }
  return log.rows === 0 ? [] : spans;
}

/** Spans of one named column. */
export function columnSpans(
  log: RunLog,
  name: 'phase' | 'step' | 'trip' | 'lamps' | 'vent' | 'moving',
): Span[] {
  const column = log.columns[name];
  return spansOf(log, (row) => column[row] ?? 0);
}
