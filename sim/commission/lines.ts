/**
 * The lines of a commissioning: what is measured, what is allowed, and what to look at when it is not. A line that was not measured has not
 * passed. Pure data and comparisons.
 */

import { LATE_MS, OVERRUN_MS } from '../../src/limits.ts';

/** One line of the report; NaN = not measured. */
export interface Line {
  readonly id: LineId;
  readonly value: number;
  readonly passed: boolean;
}

interface LineRule {
  readonly what: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** Parts after whose change it has to be measured again. */
  readonly after: readonly Part[];
  /** What to look at when it fails. */
  readonly look: string;
}

/** Parts that a builder may change; `firmware` stands for a new version. */
export const PARTS = [
  'valve',
  'pump',
  'sensor',
  'relief',
  'hose',
  'cuff',
  'battery',
  'board',
  'firmware',
] as const;
export type Part = (typeof PARTS)[number];

function rule(
  what: string,
  unit: string,
  range: readonly [number, number],
  after: readonly Part[],
  look: string,
): LineRule {
  return { what, unit, min: range[0], max: range[1], after, look };
}

/** The coil is on for so long before it counts as hot, s: most of what a small one warms up by (estimate). */
export const HEAT_S = 300;

/**
 * Longest time between two ticks in a run, ms: a collection of memory on top of it, 53 ms at the upper end of the estimate (sim/board/cost), must
 * not make a tick that vents.
 */
export const LONGEST_TICK_MS = OVERRUN_MS - 55;

/** 1 = yes. */
const YES = [1, 1] as const;

/** In the order in which they are measured: the valve is proven before the pump runs. Within a step the cause comes before what it brings about. */
export const LINE_RULES = {
  'open-unpowered': rule(
    'air passes the valve without power (1 = yes)',
    '',
    YES,
    ['valve', 'hose', 'board'],
    'the valve is on the wrong port, or normally closed: with the battery off, the cuff side must be joined to the open air. Three-port valves: swap the ports',
  ),
  'enables-off': rule(
    'output with both enables low',
    'mV',
    [0, 300],
    ['board'],
    'an enable pin does not switch its driver off: look for a bridge that is tied awake (EEP, SLP, STBY)',
  ),
  'enables-floating': rule(
    'output with the enables let go, as in a reset',
    'mV',
    [0, 300],
    ['board'],
    'a pull-down is missing: 4.7 kΩ from each enable to ground, at the driver, and where a 74HC08 sits before it at its input too',
  ),
  'pump-alone': rule(
    'the pump output moves the pump and nothing else (1 = yes)',
    '',
    YES,
    ['pump', 'valve', 'board'],
    'a missing pull-down first, where the line of the enables let go has failed too; else pump and valve are on each other’s outputs, or a lead is off: wiring in docs/build.md',
  ),
  'valve-alone': rule(
    'the valve output moves the valve and nothing else (1 = yes)',
    '',
    YES,
    ['pump', 'valve', 'board'],
    'a missing pull-down first, where the line of the enables let go has failed too; else pump and valve are on each other’s outputs, or a lead is off: wiring in docs/build.md',
  ),
  'dead-man': rule(
    'outputs fall by hardware while no program renews them (ms)',
    'ms',
    [200, 330],
    ['board', 'firmware'],
    'the timer that cuts the outputs does not: wrong Espruino version, or a board without it; do not use this board',
  ),
  watchdog: rule(
    'the chip resets when nothing feeds its watchdog (1 = yes)',
    '',
    YES,
    ['board', 'firmware'],
    'the watchdog does not bite: wrong Espruino version, or a board without it; do not use this board',
  ),
  rest: rule(
    'reading at rest, open hose',
    'mmHg',
    [-1, 1],
    ['sensor', 'board', 'firmware'],
    'the reading at rest is not zero, or the device refuses its zero: another range printed on the sensor than this image is for, supply, cable',
  ),
  'relief-crack': rule(
    'relief valve begins to open (second gauge, hand bulb)',
    'mmHg',
    [280, 320],
    ['relief', 'cuff'],
    'set the relief valve again: docs/build.md#relief-valve; without one nobody wears this cuff',
  ),
  'relief-full': rule(
    'highest pressure with the pump full on into the relief valve',
    'mmHg',
    // a pump that gives up before the valve opens is no fault: the hand bulb has proven where it opens. Near zero nobody blew
    [100, 330],
    ['relief', 'pump', 'cuff'],
    'above: the relief valve is too small for the pump, missing, or its line is narrow: a larger one, at the cuff. Below: the pump did not blow into it',
  ),
  stop: rule(
    'a press empties the bottle (s)',
    's',
    [0, 10],
    ['valve', 'board', 'firmware'],
    'not measured: it did not fill. The hose is on the pump’s inlet, the pump does not turn, or the sense line is blocked or off the bottle. Too slow: the button and its wire (D1 to ground), then the valve',
  ),
  rise: rule(
    'pump full on, rise on the bottle',
    'mmHg/s',
    [20, 400],
    ['pump', 'hose', 'battery'],
    'no rise: the hose is on the pump’s inlet, the pump does not turn, or the sense line is blocked. A slow one: weak pump or battery, leak',
  ),
  gauge: rule(
    'reading against the second gauge, at the hold',
    '%',
    [-3, 3],
    ['sensor'],
    'the sensor is off, or of another range than this image is for: compare what is printed on it; change it',
  ),
  noise: rule(
    'noise of a reading',
    'mmHg',
    [0, 0.3],
    ['sensor', 'board'],
    'supply and lead of the sensor; keep its cable away from the pump’s',
  ),
  leak: rule(
    'loss on the bottle',
    'mmHg/min',
    [-2, 10],
    ['hose', 'pump', 'valve', 'cuff'],
    'fittings first, then the check valve of the pump, then the valve’s seat',
  ),
  'tick-longest': rule(
    'longest time between two ticks under pressure, 0 = none came late',
    'ms',
    [0, LONGEST_TICK_MS],
    ['board', 'firmware'],
    'this board is too slow or stands still in between, and a session on it would end as tick-overrun. Nothing else may run on it (no .boot files, no other Bluetooth work); Espruino 2v29 or later; else another board: docs/boards.md',
  ),
  'tick-mean': rule(
    'a tick under pressure, mean of those that were timed',
    'ms',
    [0, LATE_MS],
    ['board', 'firmware'],
    'every tick comes so late that three in a row vent: another board, docs/boards.md',
  ),
  'rail-least': rule(
    'motor rail at its lowest, above the setting minRailMv',
    'mV',
    [100, 12_000],
    ['battery', 'pump', 'board'],
    'charge the battery; shorter and thicker leads; a capacitor at the driver: the pump pulls the rail down',
  ),
  'hot-rail': rule(
    'motor rail at rest in the hot run, above the setting minStartMv',
    'mV',
    [-50, 200],
    ['valve', 'battery', 'board'],
    'this is not the battery at its lowest: take the emptiest one with which the device still starts, and no USB power at the motor (jumper). With more volts a hot valve pulls in that will not on a low battery',
  ),
  'hot-coil': rule(
    'the coil was on right before the next run (s)',
    's',
    [HEAT_S, 10 * HEAT_S],
    ['valve', 'battery', 'board'],
    'the runs that heat the valve did not come to their end, or were not watched by live frames. A cold coil proves nothing',
  ),
  'hot-hold': rule(
    'loss with the valve hot and the battery at its lowest',
    'mmHg/min',
    [-2, 10],
    ['valve', 'battery', 'board'],
    'the valve does not pull in when it is hot: a higher supply, or a valve with a lower pull-in voltage',
  ),
  'cuff-loss': rule(
    'loss of the cuff, rolled on a dummy',
    'mmHg/min',
    [-2, 120],
    ['cuff', 'hose'],
    'back to the bottle; then the bladder under water',
  ),
  vent: rule(
    'vent of the cuff to 15 mmHg',
    's',
    [0, 10],
    ['valve', 'hose', 'cuff'],
    'a larger normally open valve, a wider or shorter hose; look for a narrow barb',
  ),
  'damping-ml': rule(
    'damping volume at the cuff, 0 = none',
    'mL',
    [0, 2000],
    ['cuff'],
    'measure the bottle by the weight of the water in it (docs/damping-volume.md)',
  ),
} as const satisfies Readonly<Record<string, LineRule>>;

export type LineId = keyof typeof LINE_RULES;
export const LINE_IDS = Object.keys(LINE_RULES) as readonly LineId[];

/** What of an earlier report a short list may take over, and which parts have changed since, told or not. */
export interface Earlier {
  readonly values: Readonly<Partial<Record<LineId, number>>>;
  readonly changed: readonly Part[];
}

/** The line with its verdict. */
export function lineOf(id: LineId, value: number): Line {
  const { min, max } = LINE_RULES[id];
  return { id, value, passed: value >= min && value <= max };
}

/** Lines that have to be measured after a change of `parts`; all of them where nothing is named. */
export function linesAfter(parts: readonly Part[] | undefined): readonly LineId[] {
  return LINE_IDS.filter(
    (id) =>
      parts === undefined || parts.some((part) => (LINE_RULES[id].after as readonly Part[]).includes(part)),
  );
}

/** What a person reads of a line. */
export function lineText(line: Line): string {
  const { what, unit, min, max, look } = LINE_RULES[line.id];
  const value = Number.isNaN(line.value)
    ? 'not measured'
    : `${Math.round(line.value * 100) / 100} ${unit}`.trimEnd();
  const allowed = `allowed ${min} to ${max} ${unit}`.trimEnd();
  const verdict = line.passed ? 'ok    ' : 'FAILED';
  return `  ${verdict} ${what}: ${value} (${allowed})${line.passed ? '' : `\n         Look at: ${look}`}`;
}
