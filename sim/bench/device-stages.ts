/** Marks between the stages of the tick, put into the very image that ships, so that each stage can be counted where it stands. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Node, parse } from 'acorn';
import { ROOT } from '../../tools/build/project.ts';

export interface Staged {
  readonly code: string;
  /** Names of the stages, in order. */
  readonly stages: readonly string[];
}

interface Statement extends Node {
  readonly expression?: Node & { readonly expressions?: Node[] };
}

/** The image, whose function `tick` is the loop's, with `$stage()` before each stage and after the last, and twice before the first (the cost of a mark). */
export function markStages(image: string, tick: string): Staged {
  const pieces = stagePieces(image, tick);
  const names = sourceStages();
  let code = '';
  let at = 0;
  pieces.forEach((p, i) => {
    const mark = i === 0 ? ['$stage()', '$stage()'] : ['$stage()'];
    const glue = p.inSequence ? ',' : ';';
    code += image.slice(at, p.start) + mark.map((m) => m + glue).join('');
    at = p.start;
  });
  const last = pieces.at(-1);
  if (last === undefined) throw new Error('stages: the tick of the image has none');
  code += `${image.slice(at, last.end)}${last.inSequence ? ',' : ';'}$stage()${image.slice(last.end)}`;
  const stages = pieces.map((p, i) =>
    names.length === pieces.length ? (names[i] ?? '') : image.slice(p.start, Math.min(p.end, p.start + 40)),
  );
  return { code, stages };
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly inSequence: boolean;
}

/** A name that is made as an arrow function. */
interface Declared {
  readonly body?: { readonly body?: Statement[] };
}

/** The body of `tick`, cut into its steps. */
function stagePieces(image: string, tick: string): Piece[] {
  return bodyOf(image, tick).flatMap((s): Piece[] => {
    if (s.type === 'VariableDeclaration') return [];
    const parts = s.expression?.expressions;
    if (parts === undefined) return [{ start: s.start, end: s.end, inSequence: false }];
    return parts.map((p) => ({ start: p.start, end: p.end, inSequence: true }));
  });
}

function bodyOf(image: string, name: string): Statement[] {
  let found: Statement[] | undefined;
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const n = node as { type?: string; id?: { name?: string }; init?: Declared };
    if (n.type === 'VariableDeclarator' && n.id?.name === name) found ??= n.init?.body?.body;
    for (const child of Object.values(node)) Array.isArray(child) ? child.forEach(walk) : walk(child);
  };
  walk(parse(image, { ecmaVersion: 2022 }));
  if (found === undefined) throw new Error(`stages: the image has no function ${name}`);
  return found;
}

/** The steps as src/loop.ts names them. */
function sourceStages(): string[] {
  const text = readFileSync(join(ROOT, 'src/loop.ts'), 'utf8');
  const body = /function run\([^)]*\): void \{\n([\s\S]*?)\n\}/.exec(text)?.[1] ?? '';
  return body
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) =>
        line !== '' && !line.startsWith('const') && !line.startsWith('else') && !line.startsWith('//'),
    )
    .map((line) => stageName(line));
}

/** The last function that a line calls; a line without a call only writes the clock. */
function stageName(line: string): string {
  if (line.includes('HOUSEKEEPING')) return 'housekeeping';
  return /(\w+)\([^()]*\);$/.exec(line)?.[1] ?? 'clock';
}
