/** The figures of `npm run bench:boards`, as docs/boards.md shows them: read and written here, made nowhere else. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../tools/build/project.ts';

/** A whole default session of a board with a sensor. */
export interface SessionFigures {
  readonly sensor: string;
  readonly imageBytes: number;
  /** Shares of the moving and of the resting time within 10 % and 5 % of the setpoint. */
  readonly moving: number;
  readonly rest: number;
  readonly peakMmHg: number;
  /** Slowest vent to 15 mmHg, s. */
  readonly ventS: number;
  /** What went wrong, '' = nothing. */
  readonly problem: string;
}

/** One fault on a board with a sensor. */
export interface FaultFigures {
  readonly sensor: string;
  readonly fault: string;
  /** The button was pressed: nothing need notice this fault. */
  readonly pressed: boolean;
  /** Until both outputs are off, and by when they have to be, ms. */
  readonly offMs: number;
  readonly withinMs: number;
  readonly ok: boolean;
}

export interface BoardFigures {
  readonly seed: number;
  readonly periodMs: number;
  readonly sessions: readonly SessionFigures[];
  readonly faults: readonly FaultFigures[];
}

/** By name of the board. */
export type AllFigures = Readonly<Record<string, BoardFigures>>;

const FILE = join(ROOT, 'sim/bench/board-figures.json');

export function boardFigures(): AllFigures {
  return JSON.parse(readFileSync(FILE, 'utf8')) as AllFigures;
}

/** Puts `figures` in the place of those boards' older ones. */
export function keepFigures(figures: AllFigures): void {
  const all = { ...boardFigures(), ...figures };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(sorted, null, 1)}\n`);
}
