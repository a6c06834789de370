/**
 * A run as the chart reads it: typed arrays with `rows` in use, runs of equal values as spans. Unpacked from a report's data, or
 * filled while a run goes on (live-run.ts). The chart reads everything anew at each drawing and writes nothing.
 */
import { NO_PRESSURE, type PageData, PRESSURE_STEP, type Runs } from './page-data.ts';
import type { PhaseName, RunEvent } from './run-log.ts';

export interface PageRun {
  /** Rows in use; the columns may be longer while a run goes on. */
  readonly rows: number;
  /** Another number whenever rows that were there have changed, and not only new ones come. */
  readonly revision: number;
  /** Control period, ms. */
  readonly tickMs: number;
  /** Limb occlusion pressure, mmHg; 0 = unknown. */
  readonly lopMmHg: number;
  /** False where nobody knows the true pressure: a real cuff, or a plant that keeps it to itself. Then p2 and p1 are not drawn. */
  readonly hasTruth: boolean;
  /** Time, s. */
  readonly t: Float64Array;
  /** Pressures, mmHg; NaN = no value. True in the cuff, true at the pump's end of the hose, as read, smoothed, asked for. */
  readonly p2: Float64Array;
  readonly p1: Float64Array;
  readonly raw: Float64Array;
  readonly p: Float64Array;
  readonly setpoint: Float64Array;
  /** Lowest and highest reading around each row, where rows are seconds apart; undefined = each row is one reading. */
  readonly low?: Float64Array;
  readonly high?: Float64Array;
  /** Permille of full power. */
  readonly pump: Uint16Array;
  readonly bleedMs: Uint8Array;
  /** 1 = vented. */
  readonly vent: Uint8Array;
  readonly phase: Runs;
  readonly step: Runs;
  readonly trip: Runs;
  readonly lamps: Runs;
  readonly moving: Runs;
  readonly phases: readonly PhaseName[];
  readonly events: readonly RunEvent[];
  /** Rows further apart than this, s, have nothing between them: the line breaks and the gap is hatched. */
  readonly gapS: number;
  /** When the run is expected to end, s; the whole view reaches at least so far. */
  readonly plannedS: number;
}

/** Time of the last row, s. */
export function endOf(run: PageRun): number {
  return run.rows === 0 ? 0 : (run.t[run.rows - 1] as number);
}

function bytes(text: string): ArrayBuffer {
  const raw = atob(text);
  const out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out.buffer;
}

function pressures(text: string): Float64Array {
  return Float64Array.from(new Int16Array(bytes(text)), (n) =>
    n === NO_PRESSURE ? Number.NaN : n * PRESSURE_STEP,
  );
}

function expanded(runs: Runs, rows: number): Uint8Array {
  const out = new Uint8Array(rows);
  runs.forEach(([row, value], i) => {
    out.fill(value, row, runs[i + 1]?.[0] ?? rows);
  });
  return out;
}

/** The run that a report carries. */
export function decode(data: PageData): PageRun {
  return {
    rows: data.rows,
    revision: 0,
    tickMs: data.tickMs,
    lopMmHg: data.lopMmHg,
    hasTruth: data.hasTruth,
    t: Float64Array.from(new Uint32Array(bytes(data.tMs)), (ms) => ms / 1000),
    p2: pressures(data.p2),
    p1: pressures(data.p1),
    raw: pressures(data.raw),
    p: pressures(data.p),
    setpoint: pressures(data.setpoint),
    pump: new Uint16Array(bytes(data.pump)),
    bleedMs: new Uint8Array(bytes(data.bleedMs)),
    vent: expanded(data.vent, data.rows),
    phase: data.phase,
    step: data.step,
    trip: data.trip,
    lamps: data.lamps,
    moving: data.moving,
    phases: data.phases,
    events: data.events,
    gapS: Number.POSITIVE_INFINITY,
    plannedS: 0,
  };
}

/** Index of the piece that holds a row; 0 where there is none. */
function pieceAt(runs: Runs, row: number): number {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if ((runs[mid]?.[0] ?? 0) <= row) low = mid;
    else high = mid - 1;
  }
  return low;
}

/** Value of a column of runs at a row; 0 where there is none. */
export function valueAt(runs: Runs, row: number): number {
  return runs[pieceAt(runs, row)]?.[1] ?? 0;
}

export interface TimedRun {
  readonly value: number;
  readonly fromS: number;
  readonly toS: number;
}

/** The pieces that touch a stretch of time, with times instead of rows. */
export function timed(
  run: PageRun,
  runs: Runs,
  fromS = Number.NEGATIVE_INFINITY,
  toS = Number.POSITIVE_INFINITY,
): TimedRun[] {
  const pieces: TimedRun[] = [];
  const lastS = endOf(run) + run.tickMs / 1000;
  for (let i = pieceAt(runs, rowAt(run, fromS) - 1); i < runs.length; i++) {
    const [row, value] = runs[i] as readonly [number, number];
    const startS = run.t[row] ?? 0;
    if (row >= run.rows || startS > toS) break;
    const next = runs[i + 1]?.[0] ?? run.rows;
    pieces.push({ value, fromS: startS, toS: next < run.rows ? (run.t[next] as number) : lastS });
  }
  return pieces;
}

/** First row at or after a time, the last row where there is none. */
export function rowAt(run: PageRun, seconds: number): number {
  let low = 0;
  let high = run.rows - 1;
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((run.t[mid] as number) < seconds) low = mid + 1;
    else high = mid;
  }
  return low;
}

/** The row that is nearest to a time. */
export function nearestRow(run: PageRun, seconds: number): number {
  const row = rowAt(run, seconds);
  if (row === 0) return 0;
  const before = seconds - (run.t[row - 1] as number);
  return before < (run.t[row] as number) - seconds ? row - 1 : row;
}
