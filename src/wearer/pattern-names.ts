/**
 * What the patterns of patterns.ts are called on pages, in reports and in tests. Must never be imported by the firmware: the names would
 * take a hundred variables on the board.
 */

/** By place in `PATTERNS`. */
export const PATTERN_NAMES: readonly string[] = [
  'idle',
  'ready',
  'fill',
  'work',
  'rest',
  'released',
  'deflate',
  'done',
  'tripped',
  'lop',
  'paused',
  'posture?',
  'hazard: open the cuff by hand',
  'low battery',
  'step ends in 3 s',
  'idle, pressure estimated',
  'idle, a rest day is advised',
];

/** By place in `NUMBERS`. */
export const NUMBER_NAMES: readonly string[] = [
  'will not start',
  'tripped',
  'protocol chosen',
  'occlusion pressure refused',
];
