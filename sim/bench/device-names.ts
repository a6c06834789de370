/**
 * Which names a tick reads, most first: the order in which the image makes them (tools/build/hot-first.ts). Counted on the virtual board,
 * from the start of the fill through half a minute of running; `--write` puts the list into tools/build/hot-names.json.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyNode, parse } from 'acorn';
import { Command } from 'commander';
import { PHASE_FILL, PHASE_WORK } from '../../src/session/phases.ts';
import { builtInOf } from '../../tools/build/hot-first.ts';
import { buildImage } from '../../tools/build/image.ts';
import { ROOT } from '../../tools/build/project.ts';
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
const NOT_OF_A_TICK = 'src/interface/view.ts viewOf';

/** A place in the code where a name of the image or a built-in is read. */
interface Read {
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

function readsIn(code: string, spelling: ReadonlyMap<string, string>): Read[] {
  const locals = new Map<AnyNode, Set<string>>();
  const reads: Read[] = [];
  walk(parse(code, { ecmaVersion: 2024 }) as AnyNode, (node, parents) => {
    // the outermost function is the image itself
    const functions = parents.filter((p) => p.type.includes('Function')).slice(1);
    const parent = parents.at(-1);
    if (functions.length === 0 || parent === undefined || isSpelling(node, parent)) return;
    const name = node.type === 'Identifier' ? (spelling.get(node.name) ?? builtInOf(node)) : builtInOf(node);
    if (name === undefined || isWritten(node, parent)) return;
    const hidden = functions.some((f) => {
      if (!locals.has(f)) locals.set(f, localsOf(f));
      return node.type === 'Identifier' && locals.get(f)?.has(node.name);
    });
    if (!hidden) reads.push({ name, start: node.start, end: node.end });
  });
  return reads;
}

function isWritten(node: AnyNode, parent: AnyNode): boolean {
  if (parent.type === 'AssignmentExpression') return parent.left === node;
  if (parent.type === 'Property') return parent.shorthand;
  return parent.type === 'UpdateExpression' || parent.type.includes('Function');
}

/** How often a tick comes by each of the places. */
async function countReads(code: string, reads: readonly Read[]): Promise<number[]> {
  const order = reads.map((r, i) => ({ ...r, i })).sort((a, b) => b.start - a.start);
  let counting = code;
  for (const { start, end, i } of order)
    counting = `${counting.slice(0, start)}($reads[${i}]++,${counting.slice(start, end)})${counting.slice(end)}`;
  const spec = resolveSpec({ scenario: 'run', set: [], fault: [], seed: 1, level: 'image' });
  const files = deviceFiles(await loaderText('jolt'), { code: counting, version: '0.0.0' }, spec.files);
  const clear = `for(var $i=0;$i<${reads.length};$i++)$reads[$i]=0;`;
  files['.boot0'] = `var $reads=[];${clear}`;
  const level = new ImageLevel(new Rig(spec.rig, spec.seed), { files });
  const wearer = new Wearer(level, spec.plan);
  const run = (): void => {
    level.nextTick();
    wearer.look();
  };
  while (level.view.phase !== PHASE_FILL) run();
  level.board.evaluate(clear);
  let ticks = 0;
  for (let moving = 0; moving < MOVING_TICKS; ticks++) {
    run();
    if (level.view.phase === PHASE_WORK) moving++;
  }
  const counts = JSON.parse(String(level.board.evaluate('JSON.stringify($reads)'))) as number[];
  level.close();
  return counts.map((n) => n / ticks);
}

const options = new Command('device-names')
  .description('Names that a tick reads, most first.')
  .option('--write', 'write tools/build/hot-names.json')
  .parse()
  .opts<{ write?: boolean }>();

const { code, names } = await buildImage({ unordered: true });
const places = readsIn(code, names);
const counts = await countReads(code, places);
const reads = new Map<string, number>();
places.forEach(({ name }, i) => {
  reads.set(name, (reads.get(name) ?? 0) + (counts[i] ?? 0));
});
const hot = [...reads]
  .filter(([name, n]) => n >= LEAST && name !== NOT_OF_A_TICK)
  .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
const total = hot.reduce((sum, [, n]) => sum + n, 0);
console.log(`${total.toFixed(0)} reads a tick of ${hot.length} names; the image has ${names.size}`);
for (const [name, n] of hot) console.log(`${n.toFixed(2).padStart(7)}  ${name}`);
if (options.write)
  writeFileSync(
    join(ROOT, 'tools/build/hot-names.json'),
    `${JSON.stringify(hot.map(([name]) => name), null, 2)}\n`,
  );
