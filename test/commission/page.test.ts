/** docs/commissioning.md and the limits of the wizard are one: what it calls good is what passes. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LINE_RULES, type LineId } from '../../sim/commission/lines.ts';

const PAGE = readFileSync(new URL('../../docs/commissioning.md', import.meta.url), 'utf8');

/** Number in the column "good" of the table of the run by hand. */
function good(line: string): number {
  const row = PAGE.split('\n').find((text) => text.startsWith(`| ${line}`)) ?? '';
  return Number(/[\d.]+/.exec(row.split('|')[2] ?? '')?.[0] ?? Number.NaN);
}

describe('the table of the run by hand', () => {
  it.each([
    ['pump, rise', 'rise', 'min'],
    ['vent', 'vent', 'max'],
    ['leak', 'leak', 'max'],
    ['noise', 'noise', 'max'],
    ['motor rail', 'rail-least', 'min'],
  ] as const)('%s', (line, id: LineId, end) => {
    expect(good(line)).toBe(LINE_RULES[id][end]);
  });
});

it('names one store, which is the one that is judged', () => {
  const pulled = /cuff -- pull (\S+?)`/.exec(PAGE)?.[1];
  expect(pulled).toBeDefined();
  expect(PAGE).toContain(`--log ${pulled}`);
});
