/** The lamps for people: what is lit, how it blinks, what it means. Read off the firmware's own tables; nothing is blinked here. */
import { INHIBIT_ROWS } from '../../src/safety/inhibits.ts';
import { LAMP_CLASSES } from '../../src/safety/rows/row.ts';
import { NUMBER_NAMES, PATTERN_NAMES } from '../../src/wearer/pattern-names.ts';
import {
  cycleSlots,
  LAMP_BLUE,
  LAMP_BUZZER,
  LAMP_GREEN,
  LAMP_RED,
  lampsIn,
  NUMBERS,
  PATTERN_CHOICE,
  PATTERN_INHIBITED,
  PATTERN_LOP_REFUSED,
  PATTERN_TRIP,
  PATTERNS,
  SLOT_MS,
} from '../../src/wearer/patterns.ts';

const COLORS: readonly (readonly [bit: number, name: string])[] = [
  [LAMP_RED, 'red'],
  [LAMP_GREEN, 'green'],
  [LAMP_BLUE, 'blue'],
];

export function colorName(lamps: number): string {
  const lit = COLORS.filter(([bit]) => (lamps & bit) !== 0).map(([, name]) => name);
  const light = lit.length === 0 ? 'dark' : lit.join(' and ');
  return (lamps & LAMP_BUZZER) === 0 ? light : `${light}, with the buzzer`;
}

/** Lamp bits that a pattern uses at all. */
export function lampsOf(pattern: number): number {
  return PATTERNS[pattern]?.lamps ?? NUMBERS[pattern - PATTERN_INHIBITED]?.lamps ?? 0;
}

/** Lengths of the flashes of one cycle, slots. */
export function flashesOf(pattern: number, number: number): number[] {
  const found: number[] = [];
  let before = false;
  for (let slot = 0; slot < cycleSlots(pattern, number); slot++) {
    const lit = lampsIn(pattern, number, slot) !== 0;
    if (lit && before) found[found.length - 1] = (found[found.length - 1] ?? 0) + 1;
    else if (lit) found.push(1);
    before = lit;
  }
  return found;
}

/** Dark time between the last flash of a cycle and the first of the next, slots. */
export function pauseAfter(pattern: number, number: number): number {
  const length = cycleSlots(pattern, number);
  let dark = 0;
  while (dark < length && lampsIn(pattern, number, length - 1 - dark) === 0) dark++;
  return dark;
}

const COUNTS = ['no', 'one', 'two', 'three', 'four', 'five'];

function seconds(slots: number): string {
  return `${((slots * SLOT_MS) / 1000).toFixed(slots % 8 === 0 ? 0 : 1)} s`;
}

/** "two short flashes every 3 s". */
export function rhythmWords(pattern: number, number: number): string {
  const cycle = cycleSlots(pattern, number);
  const flashes = flashesOf(pattern, number);
  if (flashes.length === 1 && flashes[0] === cycle) return 'steady';
  if (pattern >= PATTERN_INHIBITED) return `a blinked number, again every ${seconds(cycle)}`;
  if (cycle <= 4) return 'blinking fast';
  const count = COUNTS[flashes.length] ?? String(flashes.length);
  const longest = Math.max(...flashes);
  const size = longest <= 2 ? 'short ' : longest >= 8 ? 'long ' : '';
  return `${count} ${size}${flashes.length === 1 ? 'flash' : 'flashes'} every ${seconds(cycle)}`;
}

const MEANINGS: readonly string[] = [
  'Idle and vented. One press starts the session.',
  'Checking the zero before it fills. Keep still.',
  'Filling the cuff.',
  'Work: the cuff is held at its setpoint.',
  'Rest with the cuff on.',
  'Rest with the cuff released.',
  'Letting the air out.',
  'Done. The cuff is empty; take it off.',
  'Tripped: vented until you acknowledge.',
  'Measuring the occlusion pressure. Sit still.',
  'Paused and vented. One press goes on, a hold of 2 s ends the session.',
  'In which posture? One, two or three presses answer.',
  'Open the cuff by hand: venting alone may not empty it.',
  'The battery is too low to start.',
  'The step ends in 3 s.',
  'Idle. The occlusion pressure is only an estimate.',
  'Idle. A rest day is advised.',
];

/** What the device says with it, in a sentence. */
export function meaning(pattern: number, number: number): string {
  if (pattern === PATTERN_INHIBITED) {
    const row = INHIBIT_ROWS[number - 1];
    return row === undefined ? 'It will not start.' : `It will not start: ${row.reason}. ${row.remedy}.`;
  }
  if (pattern === PATTERN_TRIP) return `Tripped, class ${number}: ${LAMP_CLASSES[number - 1] ?? ''}.`;
  if (pattern === PATTERN_CHOICE)
    return number === 0
      ? 'Back to the session that the progression gives.'
      : `Session number ${number} is chosen.`;
  if (pattern === PATTERN_LOP_REFUSED) return `The measurement was refused, reason ${number}.`;
  return MEANINGS[pattern] ?? '';
}

/** "will not start, number 7" or "work". */
export function patternName(pattern: number, number: number): string {
  const plain = PATTERN_NAMES[pattern];
  if (plain !== undefined) return plain;
  return `${NUMBER_NAMES[pattern - PATTERN_INHIBITED] ?? 'unknown'}, number ${number}`;
}
