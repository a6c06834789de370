/** What the page gets of a run: rows packed into base64, runs of equal values as spans. Written by pack.ts, read by the page. */
import type { PackedAs, PhaseName, RunEvent } from './run-log.ts';

/** Pressures are whole multiples of this, mmHg; the smallest whole number stands for "no value". */
export const PRESSURE_STEP = 0.02;
export const NO_PRESSURE = -32768;

/** [start row, value] of each run of equal values, in order. */
export type Runs = readonly (readonly [number, number])[];

/** base64 of little-endian arrays. */
type PackedArrays = { readonly [K in PackedAs<'time' | 'pressure' | 'numbers'>]: string };
type PackedRuns = { readonly [K in PackedAs<'runs'>]: Runs };

export interface PageData extends PackedArrays, PackedRuns {
  readonly rows: number;
  readonly tickMs: number;
  readonly lopMmHg: number;
  /** True where the run's plant told its true pressure. */
  readonly hasTruth: boolean;
  readonly phases: readonly PhaseName[];
  readonly events: readonly RunEvent[];
}
