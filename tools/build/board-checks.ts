/** What the build refuses of a board, and what it says of one. The facts are the board's own (hal/boards). It must not know a board by name. */
import { boardObject } from './board-object.ts';
import { ROOT } from './project.ts';

/** What Espruino calls a board (`process.env.BOARD`). */
export function espruinoName(board: string, root = ROOT): string {
  return boardObject(board, root).facts.espruino;
}

/** What cuts pump and valve of a board when the program stands still, in words of its file; empty = nothing that was shown to. */
export function deadMan(board: string, root = ROOT): string {
  return boardObject(board, root).facts.deadMan ?? '';
}

/** What a board has not that others have, in a line; empty = nothing is missing. */
export function lacksOf(board: string, root = ROOT): string {
  return boardObject(board, root).facts.lacks.join('; ');
}

/** Throws for an image to wear on a board whose outputs nothing cuts when the program stands still. */
export function refuseUnguarded(board: string, dev: boolean, root = ROOT): void {
  if (dev || deadMan(board, root) !== '') return;
  throw new Error(
    `--board ${board}: for the bench only, add --dev: nothing is known to cut its pump and valve when the program stands still ` +
      `(deadMan in hal/boards/${board}.ts)`,
  );
}

/** Control periods at which the rules were shown to hold, ms. At 70 and 80 some find a fault too late, and LOP is less exact: docs/lab/tick-cost.md. */
const SHOWN_PERIODS_MS: readonly number[] = [50, 60];

/** The control period of a board, ms. Throws for one at which nothing was shown. */
export function periodOf(board: string, root = ROOT): number {
  const { periodMs } = boardObject(board, root).facts;
  if (SHOWN_PERIODS_MS.includes(periodMs)) return periodMs;
  throw new Error(
    `--board ${board}: a control period of ${periodMs} ms: rules and regulator were measured at ${SHOWN_PERIODS_MS.join(', ')} ms ` +
      `(periodMs in hal/boards/${board}.ts)`,
  );
}
