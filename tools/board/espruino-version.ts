/** Which versions of Espruino will do. */

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
