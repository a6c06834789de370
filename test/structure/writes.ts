/** Where a source file writes to a field: `t.setpoint = ...`, `core.session.phase++`, `t['pump'] += ...`. */

import { type AnyNode, parse } from 'acorn';
import { transformSync } from 'esbuild';
import { walk } from '../../tools/dialect/walk.ts';
import { textOf } from './sources.ts';

export interface Write {
  /** Name of the field that is written. */
  readonly field: string;
  /** The record it is written to, as the source spells it: `t`, `core.session`. */
  readonly record: string;
}

/** Other names in the source for a record: `const q = t`, `const { tick: w } = core`. */
function aliasesIn(program: AnyNode, code: string): Map<string, string> {
  const aliases = new Map<string, string>();
  const text = (node: { start: number; end: number }): string => code.slice(node.start, node.end);
  walk(program, (node) => {
    if (node.type !== 'VariableDeclarator' || node.init === null || node.init === undefined) return;
    const from = node.init;
    if (from.type !== 'Identifier' && from.type !== 'MemberExpression') return;
    if (node.id.type === 'Identifier') aliases.set(node.id.name, text(from));
    if (node.id.type !== 'ObjectPattern') return;
    for (const part of node.id.properties)
      if (part.type === 'Property' && part.value.type === 'Identifier')
        aliases.set(part.value.name, `${text(from)}.${text(part.key)}`);
  });
  return aliases;
}

/** `q.rhythm` with `const q = core.regulator` is `core.regulator.rhythm`. */
function unaliased(record: string, aliases: ReadonlyMap<string, string>): string {
  const [first = ''] = /^\w+/.exec(record) ?? [];
  return aliases.has(first) ? `${aliases.get(first)}${record.slice(first.length)}` : record;
}

/** Files that were read already: several tests ask for the same ones, which stay as they are while tests run. */
const read = new Map<string, readonly Write[]>();

/** All writes to fields in `file`; fields of object literals are no writes. */
export function writesOf(file: string): readonly Write[] {
  const writes = read.get(file) ?? writesIn(textOf(file), file.endsWith('x') ? 'tsx' : 'ts');
  read.set(file, writes);
  return writes;
}

export function writesIn(source: string, loader: 'ts' | 'tsx' = 'ts'): Write[] {
  const { code } = transformSync(source, { loader, target: 'es2022' });
  const found: Write[] = [];
  const program = parse(code, { ecmaVersion: 2024, sourceType: 'module' }) as AnyNode;
  const aliases = aliasesIn(program, code);
  walk(program, (node) => {
    const target =
      node.type === 'AssignmentExpression'
        ? node.left
        : node.type === 'UpdateExpression'
          ? node.argument
          : undefined;
    if (target?.type !== 'MemberExpression') return;
    const { property } = target;
    const field =
      property.type === 'Identifier' && !target.computed
        ? property.name
        : property.type === 'Literal'
          ? String(property.value)
          : '';
    const record = code.slice(target.object.start, target.object.end);
    if (field !== '') found.push({ field, record: unaliased(record, aliases) });
  });
  return found;
}
