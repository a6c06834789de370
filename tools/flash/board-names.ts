/** What Espruino calls the boards that images are made for, and which versions of it will do. */
import { espruinoName } from '../build/board-checks.ts';
import { choices } from '../build/project.ts';

/** What Espruino calls itself (`process.env.BOARD`) on each board that an image is made for. */
export const ESPRUINO_NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  choices('boards').map((board) => [board, espruinoName(board)]),
);

/** The first version with `SET` in the utility timer, on which the outputs' lease rests. */
export const OLDEST_VERSION = '2v29';

/** True when `version` ("2v29", "2v29.277") is at least `oldest`. Anything unreadable is too old. */
export function isNewEnough(version: string, oldest: string): boolean {
  const found = numbers(version);
  const needed = numbers(oldest);
  if (found === undefined || needed === undefined) return false;
  return found[0] !== needed[0] ? found[0] > needed[0] : found[1] >= needed[1];
}

function numbers(version: string): [number, number] | undefined {
  const match = /^(\d+)v(\d+)/.exec(version);
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}
