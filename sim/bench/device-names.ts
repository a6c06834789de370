/**
 * Which names a tick uses, most first: the order in which the image makes its own (tools/build/hot-first.ts), and the properties that
 * get short names (tools/build/short-names.ts). Counted on the virtual board, from the start of the fill through half a minute of running;
 * `--write` puts the lists into tools/build/hot-names.json and short-names.json.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyNode, parse } from 'acorn';
import { Command } from 'commander';
import { createRegulator } from '../../src/control/regulator.ts';
import { standardControlSettings } from '../../src/control/settings.ts';
import { PHASE_FILL, PHASE_WORK } from '../../src/phases.ts';
import { builtInOf } from '../../tools/build/hot-first.ts';
import { buildImage } from '../../tools/build/image.ts';
import { ROOT } from '../../tools/build/project.ts';
import { mayBeShort } from '../../tools/build/short-names.ts';
import { isSpelling, walk } from '../../tools/dialect/walk.ts';
import { loaderText } from '../../tools/flash/loader.ts';
import { ImageLevel } from '../board/image-level.ts';
import { resolveSpec } from '../cli/spec.ts';
import { deviceFiles } from '../interpreter/device-files.ts';
import { Rig } from '../plant/rig.ts';
import { Wearer } from '../run/wearer.ts';

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
    { at: start, order: -end, text: `($reads[${i}]++,` },
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

/** How often a tick comes by each of the places. */
async function countPlaces(code: string, places: readonly Place[]): Promise<number[]> {
  const spec = resolveSpec({ scenario: 'run', set: [], fault: [], seed: 1, level: 'image' });
  const files = deviceFiles(
    await loaderText('jolt'),
    { code: counting(code, places), version: '0.0.0' },
    spec.files,
  );
  const clear = `for(var $i=0;$i<${places.length};$i++)$reads[$i]=0;`;
  const level = new ImageLevel(new Rig(spec.rig, spec.seed), { files, before: `var $reads=[];${clear}` });
  const wearer = new Wearer(level, spec.plan);
  const run = (): void => {
    level.nextTick();
    wearer.look();
  };
  const inPhase = (phase: number): boolean => level.view.phase === phase;
  while (!inPhase(PHASE_FILL)) run();
  level.board.evaluate(clear);
  let ticks = 0;
  for (let moving = 0; moving < MOVING_TICKS; ticks++) {
    run();
    if (inPhase(PHASE_WORK)) moving++;
  }
  const counts = JSON.parse(String(level.board.evaluate('JSON.stringify($reads)'))) as number[];
  level.close();
  return counts.map((n) => n / ticks);
}

/** Fields of the regulator's memory, seldom used ones too: full words that never leave the image. Not its settings and its report. */
function regulatorFields(): string[] {
  const r = createRegulator(standardControlSettings(), {
    ageMs: 0,
    zeroMinMmHg: 0,
    zeroMaxMmHg: 0,
    noiseMilliMmHg: 0,
    maxPeriodMs: 0,
    frozenConversions: 0,
    maxMmHg: 0,
  });
  return [r, r.rhythm, r.fill].flatMap((record) => Object.keys(record));
}

const options = new Command('device-names')
  .description('Names and properties that a tick uses, most first.')
  .option('--write', 'write tools/build/hot-names.json and short-names.json')
  .parse()
  .opts<{ write?: boolean }>();

const { code, names } = await buildImage({ plain: true });
const places = placesIn(code, names);
const counts = await countPlaces(code, places);
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
const short = [...new Set([...properties.map(([name]) => name), ...regulatorFields()])].filter((name) =>
  mayBeShort(name, code),
);
list('names of its own and built-ins', own);
list('properties that can be short', properties);
if (options.write) {
  write(
    'hot-names.json',
    own.map(([name]) => name),
  );
  write('short-names.json', short);
}

function list(title: string, rows: readonly (readonly [string, number])[]): void {
  const total = rows.reduce((sum, [, n]) => sum + n, 0);
  console.log(`${title}: ${rows.length}, used ${total.toFixed(0)} times a tick`);
  for (const [name, n] of rows) console.log(`${n.toFixed(2).padStart(7)}  ${name}`);
}

function write(file: string, names: readonly string[]): void {
  writeFileSync(join(ROOT, 'tools/build', file), `${JSON.stringify(names, null, 2)}\n`);
}
