/** A run that grows while it is drawn: blocks of rows are appended to typed arrays. `runOf` turns a finished log into one. */
import type { PageRun } from './page-run.ts';
import { hasTruth, type PhaseName, type RunColumns, type RunEvent, type RunLog } from './run-log.ts';

export interface LiveOptions {
  readonly tickMs: number;
  readonly lopMmHg: number;
  readonly hasTruth: boolean;
  readonly phases: readonly PhaseName[];
  /** Capacity at the start, rows; it grows by itself. */
  readonly capacity?: number;
  /** See PageRun; without it a gap of 20 ticks is one. */
  readonly gapS?: number;
  readonly plannedS?: number;
}

/** What a block must have: the columns of a run log, of which the first `rows` count. */
export type Block = Readonly<RunColumns>;

type GrowingRuns = [number, number][];

const FLOATS = ['t', 'p2', 'p1', 'raw', 'p', 'setpoint'] as const;
const RUNS = ['phase', 'step', 'trip', 'lamps', 'moving'] as const;

export class LiveRun implements PageRun {
  rows = 0;
  revision = 0;
  readonly tickMs: number;
  lopMmHg: number;
  readonly hasTruth: boolean;
  readonly phases: readonly PhaseName[];
  readonly gapS: number;
  plannedS: number;
  t: Float64Array;
  p2: Float64Array;
  p1: Float64Array;
  raw: Float64Array;
  p: Float64Array;
  setpoint: Float64Array;
  /** Set by who has them, at least as long as the rows. */
  low?: Float64Array;
  high?: Float64Array;
  pump: Uint16Array;
  bleedMs: Uint8Array;
  vent: Uint8Array;
  readonly phase: GrowingRuns = [];
  readonly step: GrowingRuns = [];
  readonly trip: GrowingRuns = [];
  readonly lamps: GrowingRuns = [];
  readonly moving: GrowingRuns = [];
  readonly events: RunEvent[] = [];

  constructor(options: LiveOptions) {
    const rows = Math.max(16, options.capacity ?? 1 << 14);
    this.tickMs = options.tickMs;
    this.lopMmHg = options.lopMmHg;
    this.hasTruth = options.hasTruth;
    this.phases = options.phases;
    this.gapS = options.gapS ?? (20 * options.tickMs) / 1000;
    this.plannedS = options.plannedS ?? 0;
    this.t = new Float64Array(rows);
    this.p2 = new Float64Array(rows);
    this.p1 = new Float64Array(rows);
    this.raw = new Float64Array(rows);
    this.p = new Float64Array(rows);
    this.setpoint = new Float64Array(rows);
    this.pump = new Uint16Array(rows);
    this.bleedMs = new Uint8Array(rows);
    this.vent = new Uint8Array(rows);
  }

  /** Appends the first `count` rows of a block; times must go on from the last row. */
  append(block: Block, count: number): void {
    this.#grow(this.rows + count);
    const at = this.rows;
    for (let i = 0; i < count; i++) {
      const setpoint = block.setpoint[i] as number;
      this.t[at + i] = (block.tMs[i] as number) / 1000;
      this.setpoint[at + i] = setpoint < 0 ? Number.NaN : setpoint;
    }
    for (const name of ['p2', 'p1', 'raw', 'p', 'pump', 'bleedMs', 'vent'] as const)
      this[name].set(block[name].subarray(0, count), at);
    for (const name of RUNS) {
      const runs = this[name];
      for (let i = 0; i < count; i++) {
        const value = block[name][i] as number;
        if (runs.length === 0 || value !== runs[runs.length - 1]?.[1]) runs.push([at + i, value]);
      }
    }
    this.rows = at + count;
  }

  /** Goes back to the first `count` rows, for a run that is taken up again from an earlier tick. Events after them go too. */
  cutTo(count: number): void {
    const endS = count === 0 ? Number.NEGATIVE_INFINITY : (this.t[count - 1] as number);
    for (const name of RUNS) {
      const runs = this[name];
      while (runs.length > 0 && (runs[runs.length - 1]?.[0] ?? 0) >= count) runs.pop();
    }
    const kept = this.events.filter((event) => event.tMs / 1000 <= endS);
    this.events.splice(0, this.events.length, ...kept);
    this.rows = Math.min(this.rows, count);
    this.revision++;
  }

  /** Forgets the first `count` rows, of a run that goes on for longer than anybody looks back. */
  dropFirst(count: number): void {
    for (const name of [...FLOATS, 'pump', 'bleedMs', 'vent'] as const)
      this[name].copyWithin(0, count, this.rows);
    for (const name of RUNS) {
      const runs = this[name];
      const first = runs.findLastIndex(([row]) => row <= count);
      const kept = runs.slice(Math.max(0, first));
      runs.splice(
        0,
        runs.length,
        ...kept.map(([row, value]): [number, number] => [Math.max(0, row - count), value]),
      );
    }
    this.rows = Math.max(0, this.rows - count);
    this.revision++;
  }

  #grow(needed: number): void {
    if (needed <= this.t.length) return;
    const rows = Math.max(needed, 2 * this.t.length);
    for (const name of FLOATS) {
      const bigger = new Float64Array(rows);
      bigger.set(this[name]);
      this[name] = bigger;
    }
    const pump = new Uint16Array(rows);
    pump.set(this.pump);
    this.pump = pump;
    for (const name of ['bleedMs', 'vent'] as const) {
      const bigger = new Uint8Array(rows);
      bigger.set(this[name]);
      this[name] = bigger;
    }
  }
}

/** A finished or growing log as the chart reads it; rows that come later are not seen. */
export function runOf(log: RunLog): LiveRun {
  const { header } = log;
  const run = new LiveRun({
    tickMs: header.tickMs,
    lopMmHg: header.lopMmHg,
    hasTruth: hasTruth(header),
    phases: header.phases,
    capacity: log.rows,
    gapS: Number.POSITIVE_INFINITY,
  });
  run.append(log.columns, log.rows);
  run.events.push(...log.events);
  return run;
}
