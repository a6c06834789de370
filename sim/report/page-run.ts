/** Unpacks the embedded run into the columns that the charts want: numbers, null where there is no value. */
import { NO_PRESSURE, type PageData, PRESSURE_STEP, type Runs } from '../page-data.ts';

export type Gappy = (number | null)[];

export interface PageRun {
  readonly data: PageData;
  /** Seconds. */
  readonly t: number[];
  readonly p2: Gappy;
  readonly p1: Gappy;
  readonly raw: Gappy;
  readonly p: Gappy;
  readonly setpoint: Gappy;
  readonly pump: Uint16Array;
  readonly bleedMs: Uint8Array;
  /** Last time, s. */
  readonly endS: number;
}

function bytes(text: string): ArrayBuffer {
  const raw = atob(text);
  const out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out.buffer;
}

function pressures(text: string): Gappy {
  return Array.from(new Int16Array(bytes(text)), (n) => (n === NO_PRESSURE ? null : n * PRESSURE_STEP));
}

export function decode(data: PageData): PageRun {
  const t = Array.from(new Uint32Array(bytes(data.tMs)), (ms) => ms / 1000);
  return {
    data,
    t,
    p2: pressures(data.p2),
    p1: pressures(data.p1),
    raw: pressures(data.raw),
    p: pressures(data.p),
    setpoint: pressures(data.setpoint),
    pump: new Uint16Array(bytes(data.pump)),
    bleedMs: new Uint8Array(bytes(data.bleedMs)),
    endS: t[t.length - 1] ?? 0,
  };
}

/** Value of a run-length column at a row. */
export function valueAt(runs: Runs, row: number): number {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if ((runs[mid]?.[0] ?? 0) <= row) low = mid;
    else high = mid - 1;
  }
  return runs[low]?.[1] ?? 0;
}

export interface TimedRun {
  readonly value: number;
  readonly fromS: number;
  readonly toS: number;
}

/** Runs with times instead of rows. */
export function timed(run: PageRun, runs: Runs): TimedRun[] {
  return runs.map(([row, value], i) => {
    const next = runs[i + 1];
    const toS = next ? (run.t[next[0]] ?? run.endS) : run.endS + run.data.tickMs / 1000;
    return { value, fromS: run.t[row] ?? 0, toS };
  });
}

/** First row at or after a time. */
export function rowAt(run: PageRun, seconds: number): number {
  let low = 0;
  let high = run.t.length - 1;
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((run.t[mid] ?? 0) < seconds) low = mid + 1;
    else high = mid;
  }
  return low;
}
