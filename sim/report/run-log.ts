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
  /** What ran the firmware; `outside`: against a plant of somebody's own; `device`: the log of a device, real or simulated. */
  readonly level: 'core' | 'image' | 'interpreter' | 'outside' | 'device';
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

/** True where the plant told its true pressure; else the reading stands in `p2` and `p1`. */
export function hasTruth(header: Pick<RunHeader, 'level'>): boolean {
  return header.level !== 'outside' && header.level !== 'device';
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

/**
 * Every column of a run, once: the array that keeps it, its heading in a CSV, and how the page gets it. `setpoint` is -1 while
 * vented; `raw` and `p` may be NaN before the first sample.
 */
export const COLUMNS = {
  tMs: { array: Float64Array, head: 't_ms', pack: 'time' },
  p2: { array: Float64Array, head: 'true_cuff_mmhg', pack: 'pressure' },
  p1: { array: Float64Array, head: 'true_pump_end_mmhg', pack: 'pressure' },
  raw: { array: Float64Array, head: 'sensor_mmhg', pack: 'pressure' },
  p: { array: Float64Array, head: 'smoothed_mmhg', pack: 'pressure' },
  setpoint: { array: Float64Array, head: 'setpoint_mmhg', pack: 'pressure' },
  pump: { array: Uint16Array, head: 'pump_permille', pack: 'numbers' },
  bleedMs: { array: Uint8Array, head: 'bleed_ms', pack: 'numbers' },
  vent: { array: Uint8Array, head: 'vent', pack: 'runs' },
  phase: { array: Uint8Array, head: 'phase', pack: 'runs' },
  step: { array: Int16Array, head: 'step', pack: 'runs' },
  trip: { array: Uint8Array, head: 'trip', pack: 'runs' },
  lamps: { array: Uint8Array, head: 'lamps', pack: 'runs' },
  moving: { array: Uint8Array, head: 'moving', pack: 'runs' },
} as const;

export type ColumnName = keyof typeof COLUMNS;
export type Packing = (typeof COLUMNS)[ColumnName]['pack'];
/** Names of the columns that the page gets in one way. */
export type PackedAs<P extends Packing> = {
  [K in ColumnName]: (typeof COLUMNS)[K]['pack'] extends P ? K : never;
}[ColumnName];
export type RunColumns = { [K in ColumnName]: InstanceType<(typeof COLUMNS)[K]['array']> };

export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[];

export function columnsPackedAs<P extends Packing>(pack: P): PackedAs<P>[] {
  return COLUMN_NAMES.filter((name) => COLUMNS[name].pack === pack) as PackedAs<P>[];
}

function columnsBy(make: (name: ColumnName) => RunColumns[ColumnName]): RunColumns {
  return Object.fromEntries(COLUMN_NAMES.map((name) => [name, make(name)])) as RunColumns;
}

/** Columns filled with what `values` gives for each. */
export function columnsFrom(values: (name: ColumnName) => ArrayLike<number>): RunColumns {
  return columnsBy((name) => COLUMNS[name].array.from(values(name)));
}

export interface RunLog {
  readonly header: RunHeader;
  /** Rows in use; the arrays may be longer while the run goes on. */
  rows: number;
  columns: RunColumns;
  readonly events: RunEvent[];
}

function columnsOf(capacity: number): RunColumns {
  return columnsBy((name) => new COLUMNS[name].array(capacity));
}

/** Columns of what the plant alone knows; the firmware's view fills all others. */
type FromPlant = 'tMs' | 'p2' | 'p1' | 'moving';

/** The field of the firmware's view that fills each column. */
const FROM_VIEW: Readonly<Record<Exclude<ColumnName, FromPlant>, keyof View>> = {
  raw: 'measuredMmHg',
  p: 'filteredMmHg',
  setpoint: 'setpoint',
  pump: 'pump',
  bleedMs: 'bleedMs',
  vent: 'vent',
  phase: 'phase',
  step: 'step',
  trip: 'trip',
  lamps: 'lamps',
};
const FILLED = Object.entries(FROM_VIEW) as [keyof typeof FROM_VIEW, keyof View][];

/** An empty log of `capacity` rows (it grows by itself). */
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
  for (const [name, field] of FILLED) c[name][i] = view[field];
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
