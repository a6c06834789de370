/** What the page and its workers say to each other: plain data only. Rows travel as arrays that change hands without a copy. */
import type { RunColumns, RunEvent } from '../../report/run-log.ts';
import type { Hunted } from '../screens/try/hunt.ts';
import type { ExplainedLine } from './explain.ts';
import type { TryEvent, TryPress, TrySpec } from './try-spec.ts';

/** Simulated time a second: 1, 10, or as fast as it goes. */
export type Pace = 1 | 10 | 'most';

export type ToRunner =
  /** Begins a run: as fast as it goes up to `fastToMs`, then at `pace`; whatever ran before is dropped. `id` comes back with all that it says. */
  | {
      readonly kind: 'start';
      readonly id: number;
      readonly spec: TrySpec;
      readonly fastToMs: number;
      readonly pace: Pace;
      readonly playing: boolean;
      /** Say the sum of the rows when there are so many; 0 = never. */
      readonly proofRows: number;
    }
  | { readonly kind: 'pace'; readonly pace: Pace; readonly playing: boolean }
  | { readonly kind: 'press'; readonly button: number; readonly down: boolean }
  /** Presses one after the other from now on: pause before each, and its length, ms of simulated time. */
  | { readonly kind: 'presses'; readonly presses: readonly (readonly [pauseMs: number, forMs: number])[] }
  /** The sum of the rows so far is wanted. */
  | { readonly kind: 'sum' }
  | { readonly kind: 'fault'; readonly text: string }
  | { readonly kind: 'event'; readonly event: TryEvent['kind'] };

/** What the device shows on its face, and the numbers beside it. */
export interface Face {
  readonly nowMs: number;
  readonly phase: number;
  /** Step under way, -1 = none; steps in all; ms left in it. */
  readonly step: number;
  readonly steps: number;
  readonly leftMs: number;
  /** -1 = vented. */
  readonly setpoint: number;
  readonly measuredMmHg: number;
  readonly trueMmHg: number;
  readonly pump: number;
  readonly bleedMs: number;
  readonly vent: boolean;
  /** Pattern that the lamps show, and its number where it blinks one. */
  readonly pattern: number;
  readonly number: number;
  readonly trip: number;
  readonly tripName: string;
  /** What was measured and allowed, and the next step. */
  readonly tripText: string;
  /** Why it will not start, a line each. */
  readonly inhibits: readonly string[];
  readonly activity: string;
}

export type FromRunner =
  | {
      readonly kind: 'rows';
      readonly id: number;
      readonly block: RunColumns;
      readonly rows: number;
      readonly events: readonly RunEvent[];
      readonly face: Face;
    }
  /** What was done to the run while it went on, so that a link repeats it. */
  | {
      readonly kind: 'did';
      readonly id: number;
      readonly press?: readonly TryPress[];
      readonly fault?: string;
      readonly event?: TryEvent;
    }
  /** The run has as many rows as a link said: their sum. */
  | { readonly kind: 'sum'; readonly id: number; readonly rows: number; readonly sum: string }
  | {
      readonly kind: 'over';
      readonly id: number;
      readonly sum: string;
      readonly rows: number;
      readonly notStarted: readonly string[];
      readonly figures: readonly {
        readonly label: string;
        readonly value: string;
        readonly note: string;
        readonly verdict: string;
      }[];
      /** How long the computer worked on it, ms. */
      readonly workedMs: number;
    }
  | { readonly kind: 'failed'; readonly id: number; readonly why: string };

/** A question to a worker that explains. */
export interface ExplainAsked {
  readonly kind: 'explain';
  readonly id: number;
  readonly spec: TrySpec;
  /** Row of the run, from 0. */
  readonly row: number;
}

/** A whole session is wanted, and what came of it. */
export interface HuntAsked {
  readonly kind: 'hunt';
  readonly id: number;
  readonly spec: TrySpec;
}

export interface HuntAnswer {
  readonly kind: 'hunted';
  readonly id: number;
  readonly found: Hunted;
}

export interface Explained {
  readonly kind: 'explained';
  readonly id: number;
  readonly row: number;
  readonly atMs: number;
  readonly lines: readonly ExplainedLine[];
}
