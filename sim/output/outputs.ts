/** Where the files of a run go, and writing them. */
import { createHash } from 'node:crypto';
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

/** Longest part of a name that says what was chosen, characters. */
const LONGEST_CHOICE = 48;

/**
 * Name of a run's files without their ending: scenario, seed, and what was chosen beside them, with a sum over all of it. Runs with
 * other options get other names, so that none takes the place of another.
 */
export function runName(scenario: string, seed: number, choices: readonly string[]): string {
  const plain = (text: string): string => text.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-|-$/g, '');
  const name = `${plain(scenario)}-seed${seed}`;
  if (choices.length === 0) return name;
  const sum = createHash('sha256').update(JSON.stringify(choices)).digest('hex').slice(0, 6);
  return `${name}-${plain(choices.join('-')).slice(0, LONGEST_CHOICE)}-${sum}`;
}

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
  /** Why no session was started, a line each; empty = one was. */
  readonly notStarted: readonly string[];
}

async function textOf(kind: OutputKind, result: Result): Promise<string> {
  if (kind === 'csv') return toCsv(result.log);
  if (kind === 'svg') return toSvg(result.log, result.figures);
  if (kind === 'json') {
    const { log, metrics, expected, notStarted } = result;
    const { header, events } = log;
    return `${JSON.stringify({ header, metrics, expected, notStarted, events }, null, 2)}\n`;
  }
  const { toHtml } = await import('./html.ts');
  return toHtml(result.log, result.figures, result.expected, result.notStarted);
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
