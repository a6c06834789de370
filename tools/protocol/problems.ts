/** Problems of a protocol file in words: where, what was found, what is allowed. */
import type * as z from 'zod';
import { RANGES, type RangeName } from './schema.ts';

export interface Problem {
  /** Line and column in the file, where they are known. */
  readonly at?: string;
  /** For example `phases[2].seconds`. */
  readonly path: string;
  readonly value: string;
  readonly allowed: string;
}

export function problemText(p: Problem): string {
  const where = p.at === undefined ? p.path : `${p.at}: ${p.path}`;
  return `${where}: ${p.value}; allowed: ${p.allowed}`;
}

function placed(at: string | undefined): { at?: string } {
  return at === undefined ? {} : { at };
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text.replace(/^\./, '') || 'file';
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** What is at `path` of the file as it was given. */
function valueAt(file: unknown, path: readonly PropertyKey[]): unknown {
  let value = file;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

export function rangeText(name: string): string | undefined {
  if (!Object.hasOwn(RANGES, name)) return undefined;
  const [min, max, unit] = RANGES[name as RangeName];
  return `${min}..${max} ${unit}`.trim();
}

const TEXTS: Readonly<Record<string, string>> = {
  cuffloop: '"protocol"',
  version: '1',
  name: 'a-z, 0-9 and "-", at most 20 characters, not beginning with "-"',
  title: 'a text of 1..120 characters, without control characters',
  source: 'a text of at most 400 characters, without control characters',
  phases: '1..60 phases',
  cues: 'true or false',
  openEnd: 'true or false',
};

function allowedText(issue: z.core.$ZodIssue): string {
  const name = String(issue.path.at(-1) ?? '');
  const known = rangeText(name) ?? (Object.hasOwn(TEXTS, name) ? TEXTS[name] : undefined);
  if (known !== undefined) {
    const isWhole = issue.code === 'invalid_type' && issue.expected === 'int';
    return isWhole ? `whole numbers ${known}` : known;
  }
  if (issue.code === 'invalid_value') return issue.values.map((v) => JSON.stringify(v)).join(', ');
  if (issue.code === 'invalid_type') return `a value of type ${issue.expected}`;
  return issue.message.replace(/^must be /, '');
}

/** One problem an issue; every field that is not known is a problem of its own. `at` gives the place of a path, undefined = not known. */
export function problemsOf(
  file: unknown,
  issues: readonly z.core.$ZodIssue[],
  at: (path: readonly PropertyKey[]) => string | undefined = () => undefined,
): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        ...placed(at([...issue.path, key])),
        path: pathText([...issue.path, key]),
        value: 'is not known here',
        allowed: 'the fields that docs/sessions.md lists',
      }));
    const path = pathText(issue.path);
    return [
      {
        ...placed(at(issue.path)),
        path,
        value: shown(valueAt(file, issue.path)),
        allowed: allowedText(issue),
      },
    ];
  });
}
