/** docs/indicator.md, made from src/wearer/patterns.ts and the rows of src/safety/. */

import { INHIBIT_ROWS } from '../../src/safety/inhibits.ts';
import { TRIP_ROWS } from '../../src/safety/rows/all.ts';
import { LAMP_CLASSES } from '../../src/safety/rows/row.ts';
import { PATTERN_NAMES } from '../../src/wearer/pattern-names.ts';
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

const LAMPS: readonly (readonly [number, string])[] = [
  [LAMP_RED, 'red'],
  [LAMP_GREEN, 'green'],
  [LAMP_BLUE, 'blue'],
  [LAMP_BUZZER, 'buzzer'],
];

/** Refusals of a measurement, in the order of REFUSED_* of src/occlusion/verdict.ts. */
export const REFUSALS = [
  'the sensor is too noisy or too slow for it',
  'a pressure was not reached: leak, pump or strap',
  'no end of the pulses was found below the ceiling',
  'the pulses are too weak: strap the cuff tighter, sit still',
  'too much noise',
  'the curve is not complete',
  'three ways to read it differ too much',
  'too much movement: sit still, do not talk',
  'above what a sweep of this cuff can show: a wider cuff, or Doppler',
  'two runs disagree (careful mode)',
  'no regular beat was found',
  'the largest pulse lies in an unlikely place: again, sitting still',
  'movement noticed: sit still, or measure in careful mode',
  'your own maximum (maxMmHg) is too low for it: raise it, or enter a Doppler reading',
] as const;

function lampText(bits: number): string {
  return LAMPS.filter(([bit]) => (bits & bit) !== 0)
    .map(([, name]) => name)
    .join(' + ');
}

/** One cycle, a sign a slot. */
export function rhythm(index: number, number: number): string {
  let text = '';
  for (let slot = 0; slot < cycleSlots(index, number); slot++)
    text += lampsIn(index, number, slot) !== 0 ? '█' : '·';
  return text;
}

function row(number: number, pattern: number, name: string, what: string): string {
  return `| ${number} | ${name} | \`${rhythm(pattern, number)}\` | ${what} |`;
}

function numberedRows(): string[] {
  const inhibits = INHIBIT_ROWS.map(({ name, reason, remedy }, i) =>
    row(i + 1, PATTERN_INHIBITED, name, `${reason}: ${remedy}`),
  );
  const trips = LAMP_CLASSES.map((name, i) => {
    const names = TRIP_ROWS.filter((trip) => trip.lamp === name).map((trip) => trip.name);
    return row(i + 1, PATTERN_TRIP, name, names.join(', '));
  });
  const refusals = REFUSALS.map((text, i) => row(i + 1, PATTERN_LOP_REFUSED, 'refused', text));
  const head = '| number | name | one cycle | what |\n|---|---|---|---|';
  return [
    `## Will not start (${lampText(NUMBERS[0]?.lamps ?? 0)}), no flash in front`,
    '',
    head,
    ...inhibits,
    '',
    `Number 8, low battery, has a pattern of its own (above).`,
    '',
    `## Tripped (${lampText(NUMBERS[1]?.lamps ?? 0)}), one flash of 2 s in front: the class of the trip`,
    '',
    head,
    ...trips,
    '',
    'When venting alone may not empty the cuff, the trip shows the hazard pattern in place of its class, with the buzzer.',
    '',
    `## Protocol chosen (${lampText(NUMBERS[2]?.lamps ?? 0)}), one flash of 3.5 s in front`,
    '',
    'The flash is followed by the number in [protocols.md](protocols.md). The flash alone means: back to the one that the progression gives. Number 7, for example:',
    '',
    `\`${rhythm(PATTERN_CHOICE, 7)}\``,
    '',
    `## Occlusion pressure refused (${lampText(NUMBERS[3]?.lamps ?? 0)}), two flashes of 2 s in front`,
    '',
    head,
    ...refusals,
  ];
}

export function indicatorDoc(): string {
  const plain = PATTERNS.map(
    (p, i) => `| ${PATTERN_NAMES[i]} | ${lampText(p.lamps)} | \`${rhythm(i, 0)}\` |`,
  ).filter((_, i) => PATTERN_NAMES[i] !== 'tripped');
  return `# What the lamps say

Made by \`npm run docs\` from \`src/wearer/patterns.ts\` and the rows of \`src/safety/\`; do not edit. Each sign is ${SLOT_MS} ms:
█ is on, · is off. One cycle is shown; it repeats. Patterns can be told apart without their colour: any two differ in the number of
flashes, or in a length by half or more. A test compares every two.

| state | lamp | one cycle |
|---|---|---|
${plain.join('\n')}

Numbers are blinked. A long flash of 1 s counts five, a short one of 0.25 s counts one. When there are several reasons, the lowest
number is shown.

${numberedRows().join('\n')}
`;
}
