/** What the image costs, as a table against its budget. */
import { againstBudget, type BudgetLine } from '../budgets.ts';
import type { Image } from './image.ts';

const SHOWN_MODULES = 10;

export interface SizeReport {
  /** A table of what the image costs. */
  text: string;
  over: boolean;
  /** Over the budget: measured and allowed bytes and the next step, in one line; else empty. */
  problem: string;
}

/** What the image costs, and whether it is over its budget. */
export function sizeReport(image: Image): SizeReport {
  const line = againstBudget('imageBytes', image.bytes);
  const head = `cuffloop ${image.version}, ${image.board} + ${image.sensor}${image.dev ? ' (dev)' : ''}`;
  const rows: [string, number, string][] = [
    [
      'image',
      image.bytes,
      `${percent(line.value, line.limit)} of ${grouped(line.limit)}${line.over ? '  OVER' : ''}`,
    ],
    ['gzipped', image.gzipBytes, ''],
    ...image.modules
      .slice(0, SHOWN_MODULES)
      .map((m): [string, number, string] => [m.file, m.bytes, percent(m.bytes, image.bytes)]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(
    ([name, bytes, note]) => `  ${name.padEnd(width)}  ${grouped(bytes).padStart(8)} B  ${note}`,
  );
  const text = [head, ...table.map((row) => row.trimEnd())].join('\n');
  return { text, over: line.over, problem: line.over ? problemOf(line) : '' };
}

function problemOf({ value, limit }: BudgetLine): string {
  return (
    `the image has ${grouped(value)} bytes, allowed are ${grouped(limit)}. Take something out: the table without --quiet has the largest files; ` +
    'or raise imageBytes in tools/budgets.ts, only with a reason'
  );
}

function grouped(n: number): string {
  return n.toLocaleString('en-US');
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
