/** What the page gets of a run: rows packed into base64, runs of equal values as spans. Written by pack.ts, read by the page. */

/** Pressures are whole multiples of this, mmHg; the smallest whole number stands for "no value". */
export const PRESSURE_STEP = 0.02;
export const NO_PRESSURE = -32768;

/** [start row, value] of each run of equal values, in order. */
export type Runs = readonly (readonly [number, number])[];

export interface PageData {
  readonly rows: number;
  readonly tickMs: number;
  readonly lopMmHg: number;
  /** base64 of little-endian arrays. */
  readonly tMs: string;
  readonly p2: string;
  readonly p1: string;
  readonly raw: string;
  readonly p: string;
  readonly setpoint: string;
  readonly pump: string;
  readonly bleedMs: string;
  readonly vent: Runs;
  readonly phase: Runs;
  readonly step: Runs;
  readonly trip: Runs;
  readonly lamps: Runs;
  readonly moving: Runs;
  readonly phases: readonly { readonly code: number; readonly name: string; readonly kind: string }[];
  readonly events: readonly { readonly tMs: number; readonly kind: string; readonly text: string }[];
}
