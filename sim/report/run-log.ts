/**
 * The record of one run at any level: a header that says what ran, one row per tick in typed arrays, and a
 * list of events. Report, CSV, metrics and comparisons read this and nothing else of the simulator.
 * True pressures come from the plant, everything else from the firmware's own view.
 */
import type { View } from '../../src/ports.ts';

/** How a phase is drawn and counted; the firmware's phases map onto these few kinds. */
export type PhaseKind = 'idle' | 'fill' | 'work' | 'rest' | 'vent' | 'measure' | 'done' | 'trip' | 'service';

export interface PhaseName {
  /** `PHASE_*` of the firmware. */
  readonly code: number;
  readonly name: string;
  readonly kind: PhaseKind;
}

export interface RunHeader {
  /** Version of cuffloop that ran. */
  readonly version: string;
  readonly level: 'core' | 'image' | 'interpreter' | 'outside';
  readonly board: string;
  readonly sensor: string;
  readonly seed: number;
  readonly scenario: string;
  readonly title: string;
  /** Command that repeats the run. */
  readonly command: string;
  readonly tickMs: number;
  /** Limb occlusion pressure of the simulated wearer, mmHg; 0 = unknown. */
  readonly lopMmHg: number;
  readonly plantName: string;
  readonly plant: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly protocol: { readonly name: string; readonly title: string; readonly steps: readonly string[] };
  readonly phases: readonly PhaseName[];
}

export type EventKind = 'phase' | 'press' | 'trip' | 'message' | 'fault' | 'motion';

export interface RunEvent {
  readonly tMs: number;
  readonly kind: EventKind;
  readonly text: string;
}

/** What the plant knows at a tick and the firmware does not. */
export interface Truth {
  /** True cuff pressure and pressure at the pump's end of the hose, gauge mmHg. */
  readonly p2: number;
  readonly p1: number;
  /** True while the limb moves in a repeating way. */
  readonly moving: boolean;
}

/** One entry a tick each. `setpoint` is -1 while vented; `raw` and `p` may be NaN before the first sample. */
export interface RunColumns {
  tMs: Float64Array;
  p2: Float64Array;
  p1: Float64Array;
  raw: Float64Array;
  p: Float64Array;
  setpoint: Float64Array;
  pump: Uint16Array;
  bleedMs: Uint8Array;
  vent: Uint8Array;
  phase: Uint8Array;
  step: Int16Array;
  trip: Uint8Array;
  lamps: Uint8Array;
  moving: Uint8Array;
}

export interface RunLog {
  readonly header: RunHeader;
  /** Rows in use; the arrays may be longer while the run goes on. */
  rows: number;
  columns: RunColumns;
  readonly events: RunEvent[];
}

function columnsOf(capacity: number): RunColumns {
  return {
    tMs: new Float64Array(capacity),
    p2: new Float64Array(capacity),
    p1: new Float64Array(capacity),
    raw: new Float64Array(capacity),
    p: new Float64Array(capacity),
    setpoint: new Float64Array(capacity),
    pump: new Uint16Array(capacity),
    bleedMs: new Uint8Array(capacity),
    vent: new Uint8Array(capacity),
    phase: new Uint8Array(capacity),
    step: new Int16Array(capacity),
    trip: new Uint8Array(capacity),
    lamps: new Uint8Array(capacity),
    moving: new Uint8Array(capacity),
  };
}

export const COLUMN_NAMES: readonly (keyof RunColumns)[] = [
  'tMs',
  'p2',
  'p1',
  'raw',
  'p',
  'setpoint',
  'pump',
  'bleedMs',
  'vent',
  'phase',
  'step',
  'trip',
  'lamps',
  'moving',
];

/** An empty log with room for `capacity` rows (it grows by itself). */
export function createLog(header: RunHeader, capacity = 1 << 14): RunLog {
  return { header, rows: 0, columns: columnsOf(Math.max(16, capacity)), events: [] };
}

/** A log made of columns that exist already; they must all have the same length. */
export function logOf(header: RunHeader, columns: RunColumns, events: readonly RunEvent[]): RunLog {
  for (const name of COLUMN_NAMES) {
    if (columns[name].length !== columns.tMs.length) {
      throw new Error(
        `run log: column ${name} has ${columns[name].length} rows, tMs has ${columns.tMs.length}`,
      );
    }
  }
  return { header, rows: columns.tMs.length, columns, events: [...events] };
}

function grow(log: RunLog): void {
  const bigger = columnsOf(log.columns.tMs.length * 2);
  for (const name of COLUMN_NAMES) bigger[name].set(log.columns[name]);
  log.columns = bigger;
}

/** Appends the state after a tick. `tMs` is the plant's time, which runs on across resets of the device. */
export function appendRow(log: RunLog, tMs: number, view: View, truth: Truth): void {
  if (log.rows === log.columns.tMs.length) grow(log);
  const i = log.rows++;
  const c = log.columns;
  c.tMs[i] = tMs;
  c.p2[i] = truth.p2;
  c.p1[i] = truth.p1;
  c.raw[i] = view.raw;
  c.p[i] = view.p;
  c.setpoint[i] = view.setpoint;
  c.pump[i] = view.pump;
  c.bleedMs[i] = view.bleedMs;
  c.vent[i] = view.vent;
  c.phase[i] = view.phase;
  c.step[i] = view.step;
  c.trip[i] = view.trip;
  c.lamps[i] = view.lamps;
  c.moving[i] = truth.moving ? 1 : 0;
}

export function addEvent(log: RunLog, tMs: number, kind: EventKind, text: string): void {
  log.events.push({ tMs, kind, text });
}

/** Cuts the arrays to the rows in use. Call once, when the run is over. */
export function finishLog(log: RunLog): RunLog {
  const all = log.columns;
  const cut = columnsOf(log.rows);
  for (const name of COLUMN_NAMES) cut[name].set(all[name].subarray(0, log.rows));
  log.columns = cut;
  log.events.sort((a, b) => a.tMs - b.tMs);
  return log;
}

/** Name of a phase code; codes that the header does not know are shown as numbers. */
export function phaseName(header: RunHeader, code: number): PhaseName {
  return header.phases.find((phase) => phase.code === code) ?? { code, name: `phase ${code}`, kind: 'idle' };
}
