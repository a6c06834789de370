/**
 * Fewer rows for very long runs: of each bucket the rows with the lowest and highest true and sensed pressure stay, and
 * every row on which something discrete changed. What stays is untouched, so no peak is lost and none invented.
 */
import { columnsPackedAs, type RunLog } from './run-log.ts';

const DISCRETE = columnsPackedAs('runs');

function changesAt(log: RunLog, row: number): boolean {
  if (row === 0 || row === log.rows - 1) return true;
  for (const name of DISCRETE) if (log.columns[name][row] !== log.columns[name][row - 1]) return true;
  return log.columns.setpoint[row] !== log.columns.setpoint[row - 1];
}

/** Rows to keep, ascending; all of them when there are at most `limit`. About `limit` rows are left. */
export function rowsToKeep(log: RunLog, limit: number): number[] {
  if (log.rows <= limit) return Array.from({ length: log.rows }, (_, row) => row);
  const size = Math.ceil((log.rows * 4) / limit);
  const keep = new Set<number>();
  for (let start = 0; start < log.rows; start += size) {
    const end = Math.min(start + size, log.rows);
    for (const column of [log.columns.p2, log.columns.raw]) {
      let low = start;
      let high = start;
      for (let row = start; row < end; row++) {
        if ((column[row] ?? 0) < (column[low] ?? 0)) low = row;
        if ((column[row] ?? 0) > (column[high] ?? 0)) high = row;
      }
      keep.add(low).add(high);
    }
    for (let row = start; row < end; row++) if (changesAt(log, row)) keep.add(row);
  }
  return [...keep].sort((a, b) => a - b);
}
