/** src/safety/trip-table.ts, made from the rows of the safety rules: the little that the image keeps of each. */
import { INHIBIT_ROWS } from '../../src/safety/inhibits.ts';
import { TRIP_ROWS } from '../../src/safety/rows/all.ts';
import { LAMP_CLASSES, type TripRow } from '../../src/safety/rows/row.ts';

/** Widest line of the sources. */
const WIDTH = 110;

/** A constant as the formatter writes it. */
function constant(name: string, what: string, value: string): string {
  const line = `export const ${name} = '${value}';`;
  const broken = `export const ${name} =\n  '${value}';`;
  return `/** ${what} */\n${line.length > WIDTH ? broken : line}\n`;
}

/** What the image keeps of a row. */
type Kept = Pick<TripRow, 'name' | 'severity' | 'clear' | 'lamp'>;

/** What stands in the place of a code that no rule has: a stop that only a restart clears, as an unknown one. */
const GAP: Kept = { name: 'unused', severity: 'stop', clear: 'restart', lamp: 'firmware' };

/** The table for these rows, by code from 1 on. */
export function tableOf(given: readonly TripRow[]): string {
  const last = Math.max(...given.map((row) => row.code));
  const rows: Kept[] = Array.from({ length: last }, (_, i) => given.find((row) => row.code === i + 1) ?? GAP);
  const each = (first: string, of: (row: Kept) => string): string => first + rows.map(of).join('');
  return `/**
 * Made by \`npm run docs\` from the rows in rows/ and inhibits.ts. Must never be edited by hand. What the image keeps of each row, by code; place 0
 * is "no trip". Texts stay out of the image.
 */

${[
  constant('TRIP_NAMES', 'Stable names.', ['none', ...rows.map((row) => row.name)].join(' ')),
  constant(
    'TRIP_SEVERITIES',
    's = stop, h = hazard.',
    each('s', (row) => row.severity.charAt(0)),
  ),
  constant(
    'TRIP_CLEARED_BY',
    'v = by a press once vented, r = by a restart.',
    each('v', (row) => row.clear.charAt(0)),
  ),
  constant(
    'TRIP_LAMPS',
    'Number of the lamp class.',
    each('0', (row) => String(LAMP_CLASSES.indexOf(row.lamp) + 1)),
  ),
  constant('INHIBIT_NAMES', 'Names of the inhibits, by bit.', INHIBIT_ROWS.map((row) => row.name).join(' ')),
].join('\n')}`;
}

export function tripTable(): string {
  return tableOf(TRIP_ROWS);
}
