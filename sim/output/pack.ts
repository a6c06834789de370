/** Packs a run for the page. A session of 20 minutes at 20 ms stays under 1.5 MB. */
import { NO_PRESSURE, type PageData, PRESSURE_STEP, type Runs } from '../report/page-data.ts';
import { COLUMNS, columnsPackedAs, hasTruth, type RunLog } from '../report/run-log.ts';
import { rowsToKeep } from '../report/thin.ts';

/** More rows than this are thinned. */
export const MAX_ROWS = 70_000;

function base64(bytes: ArrayBufferView): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function pressures(column: Float64Array, rows: readonly number[], canBeVented: boolean): string {
  const packed = new Int16Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = column[rows[i] ?? 0] ?? Number.NaN;
    const steps = Math.round(value / PRESSURE_STEP);
    packed[i] =
      !Number.isFinite(value) || (canBeVented && value < 0)
        ? NO_PRESSURE
        : Math.max(-32767, Math.min(32767, steps));
  }
  return base64(packed);
}

function runs(column: ArrayLike<number>, rows: readonly number[]): Runs {
  const out: [number, number][] = [];
  for (let i = 0; i < rows.length; i++) {
    const value = column[rows[i] ?? 0] ?? 0;
    if (i === 0 || value !== out[out.length - 1]?.[1]) out.push([i, value]);
  }
  return out;
}

function record<K extends string, V>(names: readonly K[], of: (name: K) => V): Record<K, V> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<K, V>;
}

export function packRun(log: RunLog, maxRows: number = MAX_ROWS): PageData {
  const rows = rowsToKeep(log, maxRows);
  const c = log.columns;
  return {
    rows: rows.length,
    tickMs: log.header.tickMs,
    lopMmHg: log.header.lopMmHg,
    ...record(columnsPackedAs('time'), (name) => base64(Uint32Array.from(rows, (row) => c[name][row] ?? 0))),
    ...record(columnsPackedAs('pressure'), (name) => pressures(c[name], rows, name === 'setpoint')),
    ...record(columnsPackedAs('numbers'), (name) =>
      base64(COLUMNS[name].array.from(rows.map((row) => c[name][row] ?? 0))),
    ),
    ...record(columnsPackedAs('runs'), (name) => runs(c[name], rows)),
    hasTruth: hasTruth(log.header),
    phases: log.header.phases,
    events: log.events,
  };
}
