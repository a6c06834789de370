/**
 * Each field of the supervisor's record has one owner: the file whose `create...` function begins it. Nobody else writes it, whatever the
 * types let pass: a cast, or the record under another name.
 */
import { type AnyNode, parse } from 'acorn';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { createAirBalance } from '../../src/safety/air-balance.ts';
import { walk } from '../../tools/dialect/walk.ts';
import { importsOf, sourceFiles, textOf } from '../structure/sources.ts';
import { Stand } from './stand.ts';

const FILES = sourceFiles().filter((file) => file.startsWith('src/'));
const SAFETY = FILES.filter((file) => file.startsWith('src/safety/'));

function treeOf(source: string): AnyNode {
  const { code } = transformSync(source, { loader: 'ts', target: 'es2022' });
  return parse(code, { ecmaVersion: 2024, sourceType: 'module' }) as AnyNode;
}

type Kind = 'supervisor' | 'air' | 'limits';

/** Which record a `create...` function begins a part of. */
const PARTS: Readonly<Record<string, Kind>> = {
  createRestGain: 'air',
  createPumpFlow: 'air',
  createFillAnswer: 'air',
  createFlatness: 'air',
  createFillFalls: 'air',
  createPulseStrength: 'air',
  createAirBook: 'air',
  createValveStrength: 'air',
  createLimits: 'limits',
};

type Owners = Record<Kind, Map<string, string>>;

/** Field -> the file that begins it. A field that two files begin is an error of its own. */
function ownersIn(files: ReadonlyMap<string, string>): Owners {
  const owners: Owners = { supervisor: new Map(), air: new Map(), limits: new Map() };
  for (const [file, source] of files)
    walk(treeOf(source), (node) => {
      if (node.type !== 'FunctionDeclaration' || !node.id?.name.startsWith('create')) return;
      const kind = PARTS[node.id.name] ?? 'supervisor';
      for (const statement of node.body.body)
        if (statement.type === 'ReturnStatement' && statement.argument?.type === 'ObjectExpression')
          for (const p of statement.argument.properties)
            if (p.type === 'Property' && p.key.type === 'Identifier') {
              if (owners[kind].has(p.key.name)) throw new Error(`${p.key.name} is begun twice`);
              owners[kind].set(p.key.name, file);
            }
    });
  return owners;
}

/** What is written to in `file`: the record by the name it goes by there, and the field. */
function writesIn(file: string, source: string): { kind: Kind; field: string }[] {
  const found: { kind: Kind; field: string }[] = [];
  const aliases = new Map<string, Kind>();
  const tree = treeOf(source);
  const kindOf = (node: AnyNode): Kind | undefined => {
    if (node.type === 'Identifier') return aliases.get(node.name);
    if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return undefined;
    const name = node.property.name;
    if (name === 'supervisor') return 'supervisor';
    return name === 'air' || name === 'limits' ? name : undefined;
  };
  if (file.startsWith('src/safety/'))
    for (const [name, kind] of [
      ['supervisor', 'supervisor'],
      ['air', 'air'],
    ] as const)
      aliases.set(name, kind);
  walk(tree, (node) => {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init) {
      const kind = kindOf(node.init as AnyNode);
      if (kind !== undefined) aliases.set(node.id.name, kind);
      else if (!file.startsWith('src/safety/')) aliases.delete(node.id.name);
    }
    const target =
      node.type === 'AssignmentExpression'
        ? node.left
        : node.type === 'UpdateExpression'
          ? node.argument
          : undefined;
    if (target?.type !== 'MemberExpression') return;
    const kind = kindOf(target.object as AnyNode);
    if (kind !== undefined)
      found.push({
        kind,
        field: target.property.type === 'Identifier' && !target.computed ? target.property.name : '?',
      });
  });
  return found;
}

function foreignWrites(files: ReadonlyMap<string, string>, owners: Owners): string[] {
  return [...files].flatMap(([file, source]) =>
    writesIn(file, source)
      .filter(({ kind, field }) => owners[kind].get(field) !== file)
      .map(({ kind, field }) => `${file} writes ${kind}.${field} of ${owners[kind].get(field) ?? 'nobody'}`),
  );
}

const sources = new Map(FILES.map((file) => [file, textOf(file)]));
const safety = new Map(SAFETY.map((file) => [file, textOf(file)]));

describe('the supervisor’s record', () => {
  const owners = ownersIn(safety);

  it('is the sum of the slices, in the order in which a tick asks for them', () => {
    const { s } = new Stand();
    const owned = [...owners.supervisor.keys(), 'air', 'limits', 'sensing'];
    expect(Object.keys(s).toSorted()).toEqual(owned.toSorted());
    expect(Object.keys(createAirBalance()).toSorted()).toEqual([...owners.air.keys()].toSorted());
    expect(Object.keys(s.limits).toSorted()).toEqual([...owners.limits.keys()].toSorted());
    expect(Object.keys(s).slice(0, 9)).toEqual([
      ...['trip', 'pressurised', 'unproven', 'pumpMs', 'bledMs', 'longestTickMs', 'shortestTickMs'],
      ...['roundAt', 'roundMs'],
    ]);
  });

  it('is written by the owners of its fields alone', () => {
    expect(foreignWrites(sources, owners)).toEqual([]);
    const count = [...safety].flatMap(([file, source]) => writesIn(file, source)).length;
    expect(count).toBeGreaterThan(150);
  });

  it.each([
    [
      'src/safety/hold.ts',
      'export function f(supervisor: Supervisor) { supervisor.meanMmHg = 0; }',
      'supervisor.meanMmHg',
    ],
    ['src/safety/flow-rules.ts', 'export function f(air: A) { air.gainedMmHg++; }', 'air.gainedMmHg'],
    ['src/wearer/vented.ts', 'function f(core: C) { core.supervisor.usedMs = 0; }', 'supervisor.usedMs'],
    [
      'src/wearer/vented.ts',
      'function f(core: C) { const v = core.supervisor; v.trip = 0; }',
      'supervisor.trip',
    ],
    ['src/core.ts', 'function f(core: C) { core.supervisor.limits.minRailMv = 1; }', 'limits.minRailMv'],
  ])('a foreign write is found: %s', (file, source, what) => {
    expect(foreignWrites(new Map([[file, source]]), owners).join()).toContain(`${file} writes ${what}`);
  });
});

describe('the layer safety/', () => {
  it('knows units, limits, ports, tick, settings and sensing, type imports included', () => {
    const wrong = SAFETY.flatMap((file) =>
      importsOf(file)
        .filter(
          (i) => !/^src\/(safety|sensing)\/|^src\/(units|limits|ports|tick|settings)\.ts$/.test(i.target),
        )
        .map((i) => `${file} imports ${i.target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the rows’ texts out of the files of the image', () => {
    const image = FILES.filter((file) => file !== 'src/safety/rows/all.ts');
    expect(
      image.filter((file) => importsOf(file).some((i) => i.target === 'src/safety/rows/all.ts')),
    ).toEqual([]);
  });
});
