/** One number over every bit of a run's rows: two runs with the same number are the same run. */
import { crc32 } from '../../../tools/crc32.ts';
import { COLUMN_NAMES, type RunLog } from '../../report/run-log.ts';

/** Sum of the first `rows` rows, eight digits. */
export function rowSum(log: RunLog, rows: number): string {
  const parts = new Uint32Array(COLUMN_NAMES.length);
  COLUMN_NAMES.forEach((name, i) => {
    const column = log.columns[name].subarray(0, rows);
    parts[i] = crc32(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  });
  return crc32(new Uint8Array(parts.buffer)).toString(16).padStart(8, '0');
}
