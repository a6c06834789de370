/**
 * What the lamps (and a buzzer, where fitted) say. A plain pattern is a cycle of eighths of a second; a number is
 * blinked: a head that says what kind of number it is, long flashes that count five, short ones that count one.
 * States differ by rhythm and not only by colour; docs/indicator.md is made from these tables and a test holds
 * every two of them against each other. Their names stay out of the image: pattern-names.ts. Must never hold two states that look alike.
 */
import { TRIP_LAMPS } from '../safety/trip-table.ts';

export const LAMP_RED = 1;
export const LAMP_GREEN = 2;
export const LAMP_BLUE = 4;
export const LAMP_BUZZER = 8;

/** One slot of a pattern, ms. */
export const SLOT_MS = 125;

export interface Pattern {
  /** Lamp bits shown in the slots that are on. */
  lamps: number;
  /** Length of the cycle in slots, 1..24, and the slots that are on, bit 0 first. */
  slots: number;
  on: number;
}

/** Phases in the order of phases.ts, then the specials below. */
export const PATTERN_HAZARD = 12;
export const PATTERN_LOW_BATTERY = 13;
/** The last seconds of a step. */
export const PATTERN_SOON = 14;
/** Idle, with something that the wearer should know. */
export const PATTERN_ESTIMATED = 15;
export const PATTERN_ADVICE = 16;
/** From here on the blinked numbers, in the order of NUMBERS. */
export const PATTERN_INHIBITED = 17;
export const PATTERN_TRIP = 18;
export const PATTERN_CHOICE = 19;
export const PATTERN_LOP_REFUSED = 20;

function pattern(lamps: number, slots: number, on: number): Pattern {
  return { lamps: lamps, slots: slots, on: on };
}

export const PATTERNS: ReadonlyArray<Pattern> = [
  // idle
  pattern(LAMP_GREEN, 24, 1),
  // ready
  pattern(LAMP_BLUE, 4, 3),
  // fill
  pattern(LAMP_BLUE, 2, 1),
  // work
  pattern(LAMP_BLUE, 1, 1),
  // rest
  pattern(LAMP_BLUE, 16, 255),
  // released
  pattern(LAMP_GREEN, 16, 15),
  // deflate
  pattern(LAMP_GREEN, 4, 1),
  // done
  pattern(LAMP_GREEN, 16, 16383),
  // tripped
  pattern(LAMP_RED, 1, 1),
  // lop
  pattern(LAMP_BLUE + LAMP_GREEN, 8, 15),
  // paused
  pattern(LAMP_GREEN, 16, 5),
  // posture?
  pattern(LAMP_BLUE + LAMP_GREEN, 16, 21),
  // hazard: open the cuff by hand
  pattern(LAMP_RED + LAMP_BUZZER, 6, 31),
  // low battery
  pattern(LAMP_RED, 24, 85),
  // step ends in 3 s
  pattern(LAMP_BLUE + LAMP_BUZZER, 3, 3),
  // idle, pressure estimated
  pattern(LAMP_GREEN, 24, 17),
  // idle, a rest day is advised
  pattern(LAMP_GREEN + LAMP_BLUE, 24, 257),
];

export interface NumberPattern {
  lamps: number;
  /** Flashes of HEAD slots that come first, and their length. */
  heads: number;
  headSlots: number;
}

export const NUMBERS: ReadonlyArray<NumberPattern> = [
  // will not start
  { lamps: LAMP_RED, heads: 0, headSlots: 0 },
  // tripped
  { lamps: LAMP_RED, heads: 1, headSlots: 16 },
  // protocol chosen
  { lamps: LAMP_GREEN, heads: 1, headSlots: 28 },
  // occlusion pressure refused
  { lamps: LAMP_RED + LAMP_BLUE, heads: 2, headSlots: 16 },
];

/** Slots of a short flash, a long one (counts LONG_COUNTS), the gap after either, after a head, and at the end. */
const SHORT_SLOTS = 2;
const LONG_SLOTS = 8;
const GAP_SLOTS = 2;
const HEAD_GAP_SLOTS = 5;
const END_SLOTS = 14;
const LONG_COUNTS = 5;

/** Length of the cycle in which pattern `index` shows `number`, slots. */
export function cycleSlots(index: number, number: number): number {
  const plain = PATTERNS[index];
  if (plain !== undefined) return plain.slots;
  const kind = NUMBERS[index - PATTERN_INHIBITED];
  if (kind === undefined) return 1;
  const longs = Math.floor(number / LONG_COUNTS);
  const shorts = number - longs * LONG_COUNTS;
  const head = kind.heads * (kind.headSlots + HEAD_GAP_SLOTS);
  return head + longs * (LONG_SLOTS + GAP_SLOTS) + shorts * (SHORT_SLOTS + GAP_SLOTS) + END_SLOTS;
}

/** Lamp bits of pattern `index` in slot `slot` of its cycle. */
export function lampsIn(index: number, number: number, slot: number): number {
  const plain = PATTERNS[index];
  if (plain !== undefined) return (plain.on & (1 << slot)) !== 0 ? plain.lamps : 0;
  const kind = NUMBERS[index - PATTERN_INHIBITED];
  if (kind === undefined) return LAMP_RED;
  return isNumberOn(kind, number, slot) ? kind.lamps : 0;
}

function isNumberOn(kind: NumberPattern, number: number, slot: number): boolean {
  const each = kind.headSlots + HEAD_GAP_SLOTS;
  const head = kind.heads * each;
  if (slot < head) return slot % each < kind.headSlots;
  const longs = Math.floor(number / LONG_COUNTS);
  const at = slot - head;
  const long = LONG_SLOTS + GAP_SLOTS;
  if (at < longs * long) return at % long < LONG_SLOTS;
  const inShorts = at - longs * long;
  const short = SHORT_SLOTS + GAP_SLOTS;
  return inShorts < (number - longs * LONG_COUNTS) * short && inShorts % short < SHORT_SLOTS;
}

/** Lamp bits of pattern `index`, with `number` where it blinks one, at `now`. */
export function lampsAt(index: number, number: number, now: number): number {
  const plain = PATTERNS[index];
  const slot = Math.floor(now / SLOT_MS);
  if (plain === undefined) return lampsIn(index, number, slot % cycleSlots(index, number));
  return (plain.on & (1 << (slot % plain.slots))) !== 0 ? plain.lamps : 0;
}

/** A pattern that never changes is looked at again after this, ms. */
const STEADY_MS = 60000;

/** Until when the lamps of pattern `index` stay as they are at `now`, ms. */
export function sameUntil(index: number, number: number, now: number): number {
  const plain = PATTERNS[index];
  return plain === undefined ? numberUntil(index, number, now) : plainUntil(plain, now);
}

/** Under pressure there are no others: one step a slot, and no call. */
function plainUntil(plain: Pattern, now: number): number {
  const length = plain.slots;
  const on = plain.on;
  const from = Math.floor(now / SLOT_MS);
  const first = from % length;
  const lit = (on >> first) & 1;
  let n = 1;
  while (n < length && ((on >> ((first + n) % length)) & 1) === lit) n++;
  return n < length ? (from + n) * SLOT_MS : now + STEADY_MS;
}

function numberUntil(index: number, number: number, now: number): number {
  const length = cycleSlots(index, number);
  const from = Math.floor(now / SLOT_MS);
  const lamps = lampsIn(index, number, from % length);
  let slot = from + 1;
  while (slot < from + length && lampsIn(index, number, slot % length) === lamps) slot++;
  return slot < from + length ? slot * SLOT_MS : now + STEADY_MS;
}

/** What is blinked for a trip that is not in the table: the firmware's own. */
const CLASS_FIRMWARE = 7;

/** Number that is blinked for a trip: the place of its row's lamp class in LAMP_CLASSES of safety/rows/row.ts. */
export function tripClass(code: number): number {
  const digit = TRIP_LAMPS.charCodeAt(code) - 48;
  return digit >= 0 ? digit : CLASS_FIRMWARE;
}
