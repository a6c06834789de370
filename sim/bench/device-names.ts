/**
 * `npm run build:names`: what the build knows of a tick: which calls are worth writing out (tools/build/inline.ts), which names are used most:
 * the order in which the image makes its own (tools/build/hot-first.ts), and the properties that get short names (tools/build/short-names.ts).
 * Counted on the virtual board, from the start of the fill through half a minute of running; `-- --write` puts the lists into
 * tools/build/inline-calls.json, hot-names.json and short-names.json.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyNode, parse } from 'acorn';
import { Command } from 'commander';
import { MPRLS_TRAITS } from '../../hal/sensors/mprls.ts';
import { createCore } from '../../src/core.ts';
import { TICK_MS } from '../../src/limits.ts';
import { PHASE_FILL } from '../../src/phases.ts';
import { builtInOf } from '../../tools/build/hot-first.ts';
import { buildBundle, buildImage } from '../../tools/build/image.ts';
import { ROOT } from '../../tools/build/project.ts';
import { mayBeShort, propertyNames, refusals } from '../../tools/build/short-names.ts';
import { isSpelling, walk } from '../../tools/dialect/walk.ts';
import { silentPorts } from '../core/silent-ports.ts';
import { callsWorthWritingOut } from './device-calls.ts';
import { countsPerTick } from './device-counted.ts';

const MOVING_TICKS = 600;
/** A name that is read less often than this a tick may stand anywhere. */
const LEAST = 1 / 50;
/** Called by the simulator alone. */
const NOT_OF_A_TICK = 'src/view.ts viewOf';

/** A place in the code that is counted, and what of: a name of the image, a built-in, or a property (`.name`). */
interface Place {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Names that a function declares for itself. */
function localsOf(fn: AnyNode): Set<string> {
  const locals = new Set<string>();
  if ('params' in fn) for (const p of fn.params as AnyNode[]) if (p.type === 'Identifier') locals.add(p.name);
  walk(fn, (node) => {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') locals.add(node.id.name);
    if (node.type === 'CatchClause' && node.param?.type === 'Identifier') locals.add(node.param.name);
  });
  return locals;
}

function placesIn(code: string, spelling: ReadonlyMap<string, string>): Place[] {
  const locals = new Map<AnyNode, Set<string>>();
  const places: Place[] = [];
  walk(parse(code, { ecmaVersion: 2024 }) as AnyNode, (node, parents) => {
    // the outermost function is the image itself
    const functions = parents.filter((p) => p.type.includes('Function')).slice(1);
    const parent = parents.at(-1);
    if (functions.length === 0 || parent === undefined) return;
    if (node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier')
      places.push({ name: `.${node.property.name}`, start: node.object.start, end: node.object.end });
    if (isSpelling(node, parent)) return;
    const name = node.type === 'Identifier' ? (spelling.get(node.name) ?? builtInOf(node)) : builtInOf(node);
    if (name === undefined || isWritten(node, parent)) return;
    const hidden = functions.some((f) => {
      if (!locals.has(f)) locals.set(f, localsOf(f));
      return node.type === 'Identifier' && locals.get(f)?.has(node.name);
    });
    if (!hidden) places.push({ name, start: node.start, end: node.end });
  });
  return places;
}

/** The code with a counter around each place; places lie inside one another. */
function counting(code: string, places: readonly Place[]): string {
  const marks = places.flatMap(({ start, end }, i) => [
    { at: start, order: -end, text: `($counts[${i}]++,` },
    { at: end, order: -Infinity, start, text: ')' },
  ]);
  marks.sort((a, b) => a.at - b.at || a.order - b.order || (b.start ?? 0) - (a.start ?? 0));
  let out = '';
  let at = 0;
  for (const mark of marks) {
    out += code.slice(at, mark.at) + mark.text;
    at = mark.at;
  }
  return out + code.slice(at);
}

function isWritten(node: AnyNode, parent: AnyNode): boolean {
  if (parent.type === 'AssignmentExpression') return parent.left === node;
  if (parent.type === 'Property') return parent.shorthand;
  return parent.type === 'UpdateExpression' || parent.type.includes('Function');
}

/** Fields of what regulator, supervisor and the record of a tick remember, seldom used ones too: full words that never leave the image. */
function memoryFields(): string[] {
  const sensor = { traits: MPRLS_TRAITS, faults: 0, sample: () => Number.NaN };
  const {
    regulator: r,
    supervisor: s,
    tick,
  } = createCore(
    silentPorts(sensor, {}, () => 0),
    { periodMs: TICK_MS, version: '' },
  );
  return [r, r.rhythm, r.fill, s, s.air, s.limits, tick].flatMap((record) => Object.keys(record));
}

const options = new Command('npm run build:names --')
  .description('Names and properties that a tick uses, most first.')
  .option('--write', 'write inline-calls.json, hot-names.json and short-names.json in tools/build')
  .parse()
  .opts<{ write?: boolean }>();

const calls = await callsWorthWritingOut();
list(
  'calls that are worth writing out',
  calls.map((c) => [c.name, c.perTick]),
);
const inline = calls.map((c) => c.name).sort();
const { code, names } = await buildImage({ plain: true, inline });
const places = placesIn(code, names);
const counts = await countsPerTick({
  code: counting(code, places),
  counters: places.length,
  seed: 1,
  from: PHASE_FILL,
  settleTicks: 0,
  workTicks: MOVING_TICKS,
});
const uses = new Map<string, number>();
places.forEach(({ name }, i) => {
  uses.set(name, (uses.get(name) ?? 0) + (counts[i] ?? 0));
});
const hot = [...uses]
  .filter(([name, n]) => n >= LEAST && name !== NOT_OF_A_TICK)
  .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
const own = hot.filter(([name]) => !name.startsWith('.'));
const properties = hot
  .filter(([name]) => name.startsWith('.'))
  .map(([name, n]) => [name.slice(1), n] as const)
  .filter(([name]) => name.length > 1 && mayBeShort(name, code));
list('names of its own and built-ins', own);
list('properties that can be short', properties);
if (options.write) {
  write('inline-calls.json', inline);
  write(
    'hot-names.json',
    own.map(([name]) => name),
  );
  const bundle = await buildBundle();
  const rest = [...memoryFields(), ...[...propertyNames(bundle)].sort()];
  const short = [...new Set([...properties.map(([name]) => name), ...rest])];
  const stays = new Set(refusals(short, bundle));
  write(
    'short-names.json',
    short.filter((name) => name.length > 1 && !stays.has(name)),
  );
}

function list(title: string, rows: readonly (readonly [string, number])[]): void {
  const total = rows.reduce((sum, [, n]) => sum + n, 0);
  console.log(`${title}: ${rows.length}, used ${total.toFixed(0)} times a tick`);
  for (const [name, n] of rows) console.log(`${n.toFixed(2).padStart(7)}  ${name}`);
}

function write(file: string, names: readonly string[]): void {
  writeFileSync(join(ROOT, 'tools/build', file), `${JSON.stringify(names, null, 2)}\n`);
}
