/** Whole milliseconds since the program started. Must never set the chip's clock: this one would jump with it. */
import type { Ms } from '../src/units.ts';

const startedAt = getTime();

export function now(): Ms {
  return Math.round((getTime() - startedAt) * 1000);
}
