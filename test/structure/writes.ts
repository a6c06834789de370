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

/** All writes to fields in `file`; fields of object literals are no writes. */
export function writesOf(file: string): Write[] {
  return writesIn(textOf(file));
}

export function writesIn(source: string): Write[] {
  const { code } = transformSync(source, { loader: 'ts', target: 'es2022' });
  const found: Write[] = [];
  walk(parse(code, { ecmaVersion: 2024, sourceType: 'module' }) as AnyNode, (node) => {
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
    if (field !== '') found.push({ field, record: code.slice(target.object.start, target.object.end) });
  });
  return found;
}
