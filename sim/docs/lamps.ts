/**
 * Picture of what the lamps say, from the same tables as the firmware and docs/indicator.md: a row a state, eight seconds of it. Each bar is
 * named in words too, so that it reads in grey.
 */
import { NUMBER_NAMES, PATTERN_NAMES } from '../../src/wearer/pattern-names.ts';
import {
  cycleSlots,
  LAMP_BLUE,
  LAMP_BUZZER,
  LAMP_GREEN,
  LAMP_RED,
  lampsIn,
  NUMBERS,
  PATTERN_INHIBITED,
  PATTERNS,
  SLOT_MS,
} from '../../src/wearer/patterns.ts';
import { escaped, picture, words } from './drawing.ts';

const LAMPS: readonly (readonly [bit: number, name: string, look: string])[] = [
  [LAMP_RED, 'red', 'lr'],
  [LAMP_GREEN, 'green', 'lg'],
  [LAMP_BLUE, 'blue', 'lb'],
  [LAMP_BUZZER, 'buzzer', 'lz'],
];
/** Slots shown, and their width. */
const SHOWN = 64;
const SLOT = 8;
const LEFT = 430;
const TOP = 74;
const ROW = 28;
const BAR = 16;
/** The number that stands for all that are blinked: one long flash and two short ones. */
const EXAMPLE = 7;

interface Shown {
  readonly name: string;
  readonly lamps: number;
  readonly pattern: number;
  readonly number: number;
}

function shown(): Shown[] {
  const plain = PATTERNS.map(({ lamps }, i) => ({
    name: PATTERN_NAMES[i] ?? '',
    lamps,
    pattern: i,
    number: 0,
  }));
  const numbers = NUMBERS.map(({ lamps }, i) => ({
    name: `${NUMBER_NAMES[i]}: number ${EXAMPLE}`,
    lamps,
    pattern: PATTERN_INHIBITED + i,
    number: EXAMPLE,
  }));
  return [...plain.filter(({ name }) => name !== 'tripped'), ...numbers];
}

/** Where the lamp is on: first slot and number of slots of each flash, over the time shown. */
function flashes(row: Shown): [from: number, slots: number][] {
  const cycle = cycleSlots(row.pattern, row.number);
  const found: [number, number][] = [];
  for (let slot = 0; slot < SHOWN; slot++) {
    if (lampsIn(row.pattern, row.number, slot % cycle) === 0) continue;
    const last = found.at(-1);
    if (last !== undefined && last[0] + last[1] === slot) last[1]++;
    else found.push([slot, 1]);
  }
  return found;
}

function drawn(row: Shown, y: number): string {
  const lit = LAMPS.filter(([bit]) => (row.lamps & bit) !== 0);
  const h = BAR / lit.length;
  const bars = flashes(row).flatMap(([from, slots]) =>
    lit.map(
      ([, , look], i) =>
        `<rect x="${LEFT + from * SLOT}" y="${y + i * h}" width="${slots * SLOT}" height="${h}" class="l ${look}"/>`,
    ),
  );
  const base = `<path class="w" d="M${LEFT} ${y + BAR}H${LEFT + SHOWN * SLOT}"/>`;
  const lamps = escaped(lit.map(([, name]) => name).join(' + '));
  return [
    words(20, y + 13, row.name, false),
    `<text class="s" x="${LEFT - 130}" y="${y + 13}">${lamps}</text>`,
    base,
    ...bars,
  ].join('');
}

/** The picture; its rows are the rows of the table of patterns. */
export function lampsSvg(): string {
  const rows = shown();
  const seconds = (SHOWN * SLOT_MS) / 1000;
  const marks = Array.from({ length: seconds + 1 }, (_, s) =>
    words(LEFT + (s * SHOWN * SLOT) / seconds - 4, TOP - 12, String(s)),
  );
  const height = TOP + rows.length * ROW + 20;
  return picture(LEFT + SHOWN * SLOT + 30, height, 'What the lamps say', [
    words(
      20,
      30,
      'What the lamps say. Seconds run to the right; each state repeats. Two lamps at once: two bars.',
      false,
    ),
    ...marks,
    ...rows.map((row, i) => drawn(row, TOP + i * ROW)),
  ]);
}
