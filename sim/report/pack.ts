/** Packs a run for the page. A session of 20 minutes at 20 ms stays under 1.5 MB. */
import { NO_PRESSURE, type PageData, PRESSURE_STEP, type Runs } from './page-data.ts';
import type { RunLog } from './run-log.ts';
import { rowsToKeep } from './thin.ts';

/** More rows than this are thinned. */
export const MAX_ROWS = 70_000;

function base64(bytes: ArrayBufferView): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function pressures(column: Float64Array, rows: readonly number[], none: (value: number) => boolean): string {
  const packed = new Int16Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const value = column[rows[i] ?? 0] ?? Number.NaN;
    const steps = Math.round(value / PRESSURE_STEP);
    packed[i] =
      none(value) || !Number.isFinite(value) ? NO_PRESSURE : Math.max(-32767, Math.min(32767, steps));
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

export function packRun(log: RunLog, maxRows: number = MAX_ROWS): PageData {
  const rows = rowsToKeep(log, maxRows);
  const c = log.columns;
  const always = (): boolean => false;
  return {
    rows: rows.length,
    tickMs: log.header.tickMs,
    lopMmHg: log.header.lopMmHg,
    tMs: base64(Uint32Array.from(rows, (row) => c.tMs[row] ?? 0)),
    p2: pressures(c.p2, rows, always),
    p1: pressures(c.p1, rows, always),
    raw: pressures(c.raw, rows, always),
    p: pressures(c.p, rows, always),
    setpoint: pressures(c.setpoint, rows, (value) => value < 0),
    pump: base64(Uint16Array.from(rows, (row) => c.pump[row] ?? 0)),
    bleedMs: base64(Uint8Array.from(rows, (row) => c.bleedMs[row] ?? 0)),
    vent: runs(c.vent, rows),
    phase: runs(c.phase, rows),
    step: runs(c.step, rows),
    trip: runs(c.trip, rows),
    lamps: runs(c.lamps, rows),
    moving: runs(c.moving, rows),
    phases: log.header.phases,
    events: log.events,
  };
}
