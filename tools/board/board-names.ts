/** What Espruino calls the boards that images are made for, as the files of this checkout say it. */
import { espruinoName } from '../build/board-checks.ts';
import { choices } from '../build/project.ts';
import type { WantedBoard } from './open-board.ts';

/** What Espruino calls itself (`process.env.BOARD`) on each board that an image is made for. */
export const ESPRUINO_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  choices('boards').map((board) => [board, espruinoName(board)]),
);

/** The board of this name; throws for one that no image is made for. */
export function wantedBoard(name: string): WantedBoard {
  const espruino = Object.hasOwn(ESPRUINO_NAMES, name) ? ESPRUINO_NAMES[name] : undefined;
  if (espruino === undefined)
    throw new Error(`no board ${name}: known are ${Object.keys(ESPRUINO_NAMES).join(', ')}`);
  return { name, espruino };
}
