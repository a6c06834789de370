/**
 * The tables of docs/safety-case.md, made from the rows of the safety rules. The text around them is written by hand: each
 * table stands between two marks. Must never touch what stands outside of them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INHIBIT_ROWS } from '../../src/safety/inhibits.ts';
import { TRIP_ROWS } from '../../src/safety/rows/all.ts';
import type { Limit, TripRow } from '../../src/safety/rows/row.ts';
import { ROOT } from '../../tools/build/project.ts';

/** The mark before a table; `<!-- end -->` stands after it. */
function mark(name: string): string {
  return `<!-- made by npm run docs: ${name} -->`;
}

const END = '<!-- end -->';

/** `page` with the part between the marks of `name` replaced. Throws when the marks are missing. */
export function replaced(page: string, name: string, table: string): string {
  const start = page.indexOf(mark(name));
  const end = page.indexOf(END, start);
  if (start < 0 || end < 0) throw new Error(`docs/safety-case.md: no "${mark(name)}" with "${END}" after it`);
  return `${page.slice(0, start)}${mark(name)}\n\n${table}\n\n${page.slice(end)}`;
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.map((cell) => (cell === '' ? '–' : cell)).join(' | ')} |`;
}

/** A limit's value for people: seconds and minutes where they are whole, at most three decimals. */
function valueText([, value, unit]: Limit): string {
  if (typeof value === 'string') return value;
  if (unit === 'ms' && value >= 60_000 && value % 60_000 === 0) return `${value / 60_000} min`;
  if (unit === 'ms' && value >= 1000) return `${value / 1000} s`;
  return `${Number(value.toFixed(3))}${unit === '' || unit === '%' ? unit : ` ${unit}`}`.replace(/%$/, ' %');
}

export function hazardTable(rows: readonly TripRow[]): string {
  return [
    tableLine([
      'rule',
      'code',
      'hazard and cause',
      'harm',
      'severity',
      'control in hardware',
      'control in firmware',
      'test',
    ]),
    '|---|--:|---|---|---|---|---|---|',
    ...rows.map((row) =>
      tableLine([
        `\`${row.name}\``,
        String(row.code),
        row.hazard,
        row.harm,
        row.severity,
        row.hardware,
        row.control,
        row.test,
      ]),
    ),
  ].join('\n');
}

export function limitTable(rows: readonly TripRow[]): string {
  return [
    '| rule | limit | value | source |',
    '|---|---|---|---|',
    ...rows.flatMap((row) =>
      row.limits.map((limit) => tableLine([`\`${row.name}\``, limit[0], valueText(limit), limit[3]])),
    ),
  ].join('\n');
}

function inhibitTable(): string {
  return [
    '| number | name | why | what to do |',
    '|--:|---|---|---|',
    ...INHIBIT_ROWS.map(({ name, reason, remedy }, i) => tableLine([String(i + 1), name, reason, remedy])),
  ].join('\n');
}

export function safetyCaseDoc(): string {
  const page = readFileSync(join(ROOT, 'docs/safety-case.md'), 'utf8');
  const limits = replaced(page, 'limits', limitTable(TRIP_ROWS));
  const hazards = replaced(limits, 'hazards', hazardTable(TRIP_ROWS));
  return replaced(hazards, 'inhibits', inhibitTable());
}
