/**
 * The fields of the firmware's view, listed once for everything outside of the firmware: the build that keeps their names, the frames
 * that carry them out of an interpreter, and the comparison of two levels. The compiler refuses a field too many or too few.
 */
import type { View } from '../src/ports.ts';

/** In the order of travelling. `exact`: equal between levels to the last bit; `near`: a pressure, equal within a rounding. */
const FIELDS = {
  tick: 'exact',
  now: 'exact',
  phase: 'exact',
  step: 'exact',
  leftMs: 'exact',
  setpoint: 'near',
  measuredMmHg: 'near',
  filteredMmHg: 'near',
  pump: 'exact',
  bleedMs: 'exact',
  vent: 'exact',
  trip: 'exact',
  inhibits: 'exact',
  lamps: 'exact',
} as const satisfies Readonly<Record<keyof View, 'exact' | 'near'>>;

export const VIEW_FIELDS = Object.keys(FIELDS) as readonly (keyof View)[];
export const EXACT_FIELDS = VIEW_FIELDS.filter((name) => FIELDS[name] === 'exact');
export const NEAR_FIELDS = VIEW_FIELDS.filter((name) => FIELDS[name] === 'near');
