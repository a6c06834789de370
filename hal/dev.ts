/**
 * What a `--dev` image has that a shipped one has not: a console on USB, lamps that are never dark, and no pressure unless the board
 * is strapped for the bench. Whoever types there may switch an output on: without the strap it is off again at once.
 * Must never be in an image that is worn.
 */
import type { Board } from './boards/board.ts';
import { holdOff } from './boards/selected.ts';
import { openConsole } from './boot/console.ts';
import { GUARD_MS } from './boot/guard.ts';
import type { Indicator } from './indicator.ts';

/** Once, at the start. True where the bench strap is in place: pressure is allowed. */
export function openBench(board: Board, indicator: Indicator): boolean {
  openConsole();
  if (BUILD_LACKS !== '') print('cuffloop: this board has ' + BUILD_LACKS);
  indicator.markBench();
  if (isStrapped(board.bench)) return true;
  setInterval(holdOff, GUARD_MS);
  return false;
}

function isStrapped(bench: Pin | undefined): boolean {
  if (bench === undefined) return false;
  pinMode(bench, 'input_pullup');
  return !digitalRead(bench);
}
