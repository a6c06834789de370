/** What the image costs, as a table against its budget. */
import { againstBudget } from '../budgets.ts';
import type { Image } from './image.ts';

const SHOWN_MODULES = 10;

/** A table of what the image costs, and whether it is over its budget. */
export function sizeReport(image: Image): { text: string; over: boolean } {
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
  return { text: [head, ...table.map((row) => row.trimEnd())].join('\n'), over: line.over };
}

function grouped(n: number): string {
  return n.toLocaleString('en-US');
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}
