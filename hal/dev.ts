/**
 * What a `--dev` image has that a shipped one has not: a console on USB, lamps that are never dark, and no pressure unless the board
 * is strapped for the bench. Whoever types there may switch an output on: without the strap it is off again at once.
 */
import type { Board } from './boards/board.ts';
import { holdOff } from './boards/selected.ts';
import { openConsole } from './boot/console.ts';
import { GUARD_MS } from './boot/guard.ts';
import type { Indicator } from './indicator.ts';

/** Once, at the start. True where the bench strap is in place: pressure is allowed. */
export function openBench(board: Board, indicator: Indicator): boolean {
  openConsole();
  indicator.markBench();
  pinMode(board.bench, 'input_pullup');
  if (!digitalRead(board.bench)) return true;
  setInterval(holdOff, GUARD_MS);
  return false;
}
