/** Whole milliseconds since the program started. Nothing in the firmware sets the chip's clock, so this never jumps. Must never jump. */
import type { Ms } from '../src/units.ts';

const startedAt = getTime();

export function now(): Ms {
  return Math.round((getTime() - startedAt) * 1000);
}
