/**
 * What the lamps (and a buzzer, where fitted) say: one row a state. A pattern is a cycle of eighths of a
 * second; states differ by rhythm as well as by colour, so that nobody needs to see colours. The chart in
 * the documents is made from this table.
 */
export const LAMP_RED = 1;
export const LAMP_GREEN = 2;
export const LAMP_BLUE = 4;
export const LAMP_BUZZER = 8;

/** One slot of a pattern, ms. */
export const SLOT_MS = 125;

export interface Pattern {
  name: string;
  /** Lamp bits shown in the slots that are on. */
  lamps: number;
  /** Length of the cycle in slots, 1..24, and the slots that are on, bit 0 first. */
  slots: number;
  on: number;
}

/** Phases in the order of session/phases.ts, then the specials below. */
export const PATTERN_INHIBITED = 12;
export const PATTERN_HAZARD = 13;
export const PATTERN_LOW_BATTERY = 14;

function pattern(name: string, lamps: number, slots: number, on: number): Pattern {
  return { name: name, lamps: lamps, slots: slots, on: on };
}

export const PATTERNS: ReadonlyArray<Pattern> = [
  pattern('idle', LAMP_GREEN, 24, 1),
  pattern('ready', LAMP_BLUE, 4, 3),
  pattern('fill', LAMP_BLUE, 2, 1),
  pattern('work', LAMP_BLUE, 8, 255),
  pattern('rest', LAMP_BLUE, 16, 255),
  pattern('released', LAMP_GREEN, 16, 255),
  pattern('deflate', LAMP_GREEN, 2, 1),
  pattern('done', LAMP_GREEN, 8, 255),
  pattern('tripped', LAMP_RED, 8, 85),
  pattern('lop', LAMP_BLUE + LAMP_GREEN, 8, 15),
  pattern('paused', LAMP_GREEN, 8, 5),
  pattern('posture?', LAMP_BLUE + LAMP_GREEN, 8, 5),
  pattern('inhibited', LAMP_RED, 16, 5),
  pattern('hazard', LAMP_RED + LAMP_BUZZER, 2, 1),
  pattern('low battery', LAMP_RED, 24, 1),
];

/** Lamp bits of pattern `index` at `now`. */
export function lampsAt(index: number, now: number): number {
  const p = PATTERNS[index];
  if (p === undefined) return LAMP_RED;
  const slot = Math.floor(now / SLOT_MS) % p.slots;
  return (p.on & (1 << slot)) !== 0 ? p.lamps : 0;
}
