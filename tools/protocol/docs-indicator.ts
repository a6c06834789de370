/** docs/indicator.md, made from src/wearer/patterns.ts. */

import { inhibitNames } from '../../src/safety/inhibits.ts';
import { TRIP_COUNT, tripRow } from '../../src/safety/trips.ts';
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
  TRIP_CLASS_NAMES,
  tripClass,
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
] as const;

/** What a wearer can do about each inhibit, in the order of its bit. */
export const INHIBIT_HELP: Readonly<Record<string, string>> = {
  trip: 'a trip is latched: press to acknowledge, or restart',
  sensor: 'the sensor does not answer, or what it says cannot be: check its plug and cable, then replace it',
  pressure: 'there is pressure in the cuff: open it',
  zero: 'no good zero yet: lay the cuff open and still',
  settings: 'the stored settings are damaged: write them again',
  'no-lop': 'no occlusion pressure: hold 2 s to measure it, or enter one',
  lockout: 'time is used up, or it was restarted in a session: 3 min open',
  battery: 'charge the battery',
  driver: 'a motor driver reports a fault: check the wiring',
  button: 'a button is held down or jammed: let go; if it stays, the button or its wire is faulty',
  protocol: 'the protocol is missing, damaged, or beyond a limit of yours',
  posture:
    'the occlusion pressure was taken in another posture: press again to go on with a lower or equal pressure',
  screening: 'first use: press again when you have read and answered docs/screening.md',
  'lop-old': 'the occlusion pressure is more than 4 weeks old: press again to use it all the same',
  'lop-other': 'measured on another limb or cuff: measure again',
  'slow-vent':
    'a vent took longer than 10 s (arm) or 30 s (leg) to 15 mmHg: fit a larger valve or hose, then restart; do not train with this build',
  'zero-range':
    'the open cuff reads what no open air reads (absolute parts 360 to 840 mmHg: 5,700 m high to sea level; gauge parts near 0): open the cuff; if it is open, the sensor is faulty or not the one this image is for',
  stop: 'STOP reads open: it is pushed or jammed, or its wire is broken',
  'stop-untried': 'STOP has not been tried since the power came: push it once',
  store:
    'the memory is full or broken: something could not be written, such as a session that has ended (it is not counted then); make room in service mode (docs/flashing.md), then restart',
  bench:
    'a --dev image, not for wearing: flash the shipped one (./flash.sh), or strap the bench pin to ground before the power comes',
};

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
  const inhibits = inhibitNames(0x7fffffff).map((name, i) =>
    row(i + 1, PATTERN_INHIBITED, name, INHIBIT_HELP[name] ?? ''),
  );
  const trips = TRIP_CLASS_NAMES.split(',').map((name, i) => {
    const codes = Array.from({ length: TRIP_COUNT }, (_, code) => code).filter(
      (code) => code > 0 && tripClass(code) === i + 1,
    );
    return row(i + 1, PATTERN_TRIP, name, codes.map((code) => tripRow(code).code).join(', '));
  });
  const refusals = REFUSALS.map((text, i) => row(i + 1, PATTERN_LOP_REFUSED, 'refused', text));
  const head = '| number | name | one cycle | what |\n|---|---|---|---|';
  return [
    `## Will not start (${lampText(NUMBERS[0]?.lamps ?? 0)}), no head`,
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
    'A trip for which the vent alone may not do shows the hazard pattern instead, with the buzzer.',
    '',
    `## Protocol chosen (${lampText(NUMBERS[2]?.lamps ?? 0)}), one flash of 3.5 s in front`,
    '',
    'Its number in [protocols.md](protocols.md); only the flash: back to the one that the progression gives. For example number 7:',
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
  const plain = PATTERNS.map((p, i) => `| ${p.name} | ${lampText(p.lamps)} | \`${rhythm(i, 0)}\` |`).filter(
    (_, i) => PATTERNS[i]?.name !== 'tripped',
  );
  return `# What the lamps say

Made by \`npm run docs\` from \`src/wearer/patterns.ts\`; do not edit. Each sign is ${SLOT_MS} ms, █ on, · off; a cycle is shown
once and repeats. No two patterns are alike without their colour (a test holds every two against each other): each differs in
the number of flashes, or in a length by half or more.

| state | lamp | one cycle |
|---|---|---|
${plain.join('\n')}

Numbers are blinked: a long flash of 1 s counts five, a short one of 0.25 s counts one. Of several reasons the lowest number
is shown.

${numberedRows().join('\n')}
`;
}
