/** Where the files of a run go, and writing them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { toCsv } from '../report/csv.ts';
import type { Expected } from '../report/expected.ts';
import type { Figure } from '../report/figures.ts';
import type { Metrics } from '../report/metrics.ts';
import type { RunLog } from '../report/run-log.ts';
import { toSvg } from '../report/svg.ts';

export const OUTPUT_KINDS = ['html', 'csv', 'svg', 'json'] as const;
export type OutputKind = (typeof OUTPUT_KINDS)[number];

/** A file name, or true for "in the folder, under the usual name". */
export type OutputOptions = { readonly [K in OutputKind]?: string | boolean } & { readonly out: string };

/** What will be written, kind by kind. Without any choice: the page and the rows. */
export function outputPaths(options: OutputOptions, name: string): Map<OutputKind, string> {
  const chosen = OUTPUT_KINDS.filter((kind) => options[kind] !== undefined && options[kind] !== false);
  const kinds = chosen.length > 0 ? chosen : (['html', 'csv'] as const);
  return new Map(
    kinds.map((kind) => {
      const given = options[kind];
      return [kind, resolve(typeof given === 'string' ? given : join(options.out, `${name}.${kind}`))];
    }),
  );
}

export interface Result {
  readonly log: RunLog;
  readonly metrics: Metrics;
  readonly figures: readonly Figure[];
  readonly expected: readonly Expected[];
}

async function textOf(kind: OutputKind, result: Result): Promise<string> {
  if (kind === 'csv') return toCsv(result.log);
  if (kind === 'svg') return toSvg(result.log, result.figures);
  if (kind === 'json') {
    const { log, metrics, expected } = result;
    return `${JSON.stringify({ header: log.header, metrics, expected, events: log.events }, null, 2)}\n`;
  }
  const { toHtml } = await import('./html.ts');
  return toHtml(result.log, result.figures, result.expected);
}

/** Writes all files; returns their paths as a person would type them. */
export async function writeOutputs(
  paths: ReadonlyMap<OutputKind, string>,
  result: Result,
): Promise<string[]> {
  const shown: string[] = [];
  for (const [kind, path] of paths) {
    const text = await textOf(kind, result);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const near = relative(process.cwd(), path);
    shown.push(near.startsWith('..') ? path : near);
  }
  return shown;
}
