/** Each field of the regulator's memory is written by the one file that declares it; the type check refuses most of it, this finds all. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyNode, parse } from 'acorn';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type { FlowState } from '../../src/control/flow.ts';
import type { LevelState } from '../../src/control/levels.ts';
import { createRegulator } from '../../src/control/regulator.ts';
import type { ReadonlyRegulator } from '../../src/control/state.ts';
import type { Core } from '../../src/core.ts';
import { walk } from '../../tools/dialect/walk.ts';
import { sourceFiles } from '../structure/sources.ts';
import { type Write, writesIn, writesOf } from '../structure/writes.ts';
import { TRAITS } from './moments.ts';
import { standardControlSettings } from './standard-settings.ts';

const FOLDER = join(import.meta.dirname, '../../src/control');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));
const textOf = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

/** Fields by the file whose slice declares them: the interfaces that state.ts puts together. */
function declaredFields(): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const [, names = '', file = ''] of textOf('state.ts').matchAll(
    /import type \{ ([^}]+) \} from '\.\/(.+)'/g,
  )) {
    if (file === 'settings.ts') continue;
    for (const slice of names.split(', ')) {
      const body = new RegExp(`export interface ${slice} \\{\\n([\\s\\S]*?)\\n\\}`).exec(textOf(file))?.[1];
      if (body === undefined) throw new Error(`${file} does not declare ${slice}`);
      for (const [, field = ''] of body.matchAll(/^ {2}(?:readonly )?(\w+): /gm))
        owners.set(field, [...(owners.get(field) ?? []), file]);
    }
  }
  return owners;
}

/** Names of fields that a file writes: `x.field = `, `x.field++`, and elements, also by way of a `const ring = x.field`. */
function writtenFields(source: string): string[] {
  const code = transformSync(source, { loader: 'ts', format: 'esm' }).code;
  const program = parse(code, { ecmaVersion: 2024, sourceType: 'module' }) as AnyNode;
  const aliases = new Map<string, string>();
  const written: string[] = [];
  const fieldOf = (node: AnyNode): string | undefined => {
    if (node.type === 'Identifier') return aliases.get(node.name);
    if (node.type !== 'MemberExpression') return undefined;
    if (node.computed) return fieldOf(node.object as AnyNode);
    return node.property.type === 'Identifier' ? node.property.name : undefined;
  };
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init) {
      const field = node.init.type === 'MemberExpression' ? fieldOf(node.init) : undefined;
      if (field !== undefined) aliases.set(node.id.name, field);
    }
    const target =
      node.type === 'AssignmentExpression'
        ? node.left
        : node.type === 'UpdateExpression'
          ? node.argument
          : undefined;
    if (target?.type !== 'MemberExpression') return;
    const field = fieldOf(target as AnyNode);
    if (field !== undefined) written.push(field);
  });
  return written;
}

const OWNERS = declaredFields();

/** Writes of a file to what it does not own. */
function wrongWrites(file: string, source: string): string[] {
  return writtenFields(source)
    .filter((field) => OWNERS.has(field) && !OWNERS.get(field)?.includes(file))
    .map((field) => `${file} writes ${field} of ${OWNERS.get(field)?.join()}`);
}

/** Writes into the regulator's memory among those of a file that is no part of it. */
function outsideWrites(writes: readonly Write[]): string[] {
  return writes.filter((w) => /(^|\.)regulator\b/.test(w.record)).map((w) => `${w.record}.${w.field}`);
}

describe('the owners of the regulator', () => {
  it('declare every field of its memory, once', () => {
    const r = createRegulator(standardControlSettings(), TRAITS);
    const fields = [r, r.rhythm, r.fill, r.report].flatMap((record) => Object.keys(record));
    const joints = ['rhythm', 'fill', 'settings', 'report'];
    expect([...OWNERS.keys()].sort()).toEqual(fields.filter((f) => !joints.includes(f)).sort());
    expect([...OWNERS].filter(([, files]) => files.length > 1)).toEqual([]);
  });

  it('alone write their fields', () => {
    const writes = FILES.flatMap((file) => writtenFields(textOf(file)).filter((f) => OWNERS.has(f)));
    expect(writes.length).toBeGreaterThan(100);
    expect(FILES.flatMap((file) => wrongWrites(file, textOf(file)))).toEqual([]);
  });

  it('have no other writer in the firmware', () => {
    const others = sourceFiles().filter((file) => /^src\//.test(file) && !/^src\/control\//.test(file));
    expect(others.flatMap((file) => outsideWrites(writesOf(file)).map((w) => `${file}: ${w}`))).toEqual([]);
    const source = `core.regulator.ownAirMmHg = 0; const r = device.regulator; r.rhythm.cycleSlots++;
      const { regulator } = core; regulator.filled = true;`;
    expect(outsideWrites(writesIn(source))).toHaveLength(3);
  });

  it('are asked for by every way of writing', () => {
    expect(wrongWrites('rest.ts', 'function f(r){ r.ownAirMmHg = 0; }')).toHaveLength(1);
    expect(wrongWrites('rest.ts', 'function f(r){ r.rhythm.cycleSlots += 1; }')).toHaveLength(1);
    expect(wrongWrites('rest.ts', 'function f(r){ r.newestSlot++; }')).toHaveLength(1);
    expect(wrongWrites('rest.ts', 'function f(r){ const ring = r.waveRing; ring[0] = 1; }')).toHaveLength(1);
    expect(wrongWrites('rest.ts', 'function f(r){ r.restMmHg = r.ownAirMmHg; }')).toEqual([]);
  });

  it('give nothing away by type', () => {
    const fromOutside = (core: Core): void => {
      // @ts-expect-error belongs to flow.ts
      core.regulator.ownAirMmHg = 0;
      // @ts-expect-error belongs to rhythm.ts
      core.regulator.rhythm.cycleSlots = 0;
    };
    expect(fromOutside).toBeTypeOf('function');
    const wrong = (r: ReadonlyRegulator & FlowState & { readonly rhythm: LevelState }): void => {
      r.ownAirMmHg = 0;
      r.rhythm.waveLowMmHg = 0;
      // @ts-expect-error belongs to regulator.ts
      r.targetMmHg = 0;
      // @ts-expect-error belongs to rhythm.ts
      r.rhythm.cycleSlots = 0;
      // @ts-expect-error belongs to fill.ts
      r.fill.pumpShare = 0;
    };
    expect(wrong).toBeTypeOf('function');
  });
});
