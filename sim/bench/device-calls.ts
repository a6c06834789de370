/**
 * Which calls are worth writing out (tools/build/inline.ts): counted on the virtual board, from power-up through the fill and
 * half a minute of running. A call that is written out saves its scope and its arguments each time it runs, and costs by the letter
 * each time its caller runs and passes it over. A function that is called from one place only is gone with its call: seven variables less.
 */
import { type AnyNode, parse } from 'acorn';
import { transform } from 'esbuild';
import { PHASE_IDLE } from '../../src/phases.ts';
import { buildBundle } from '../../tools/build/image.ts';
import { inlineCalls } from '../../tools/build/inline.ts';
import { isFunction, isSpelling, walk } from '../../tools/dialect/walk.ts';
import { WEIGHTS } from '../board/cost/weights.ts';
import { countsPerTick } from './device-counted.ts';

const MOVING_TICKS = 600;
/** Thousands of instructions a tick that a call must save to be worth its place in the list. */
const LEAST = 1 / 10;
/** ... and that it may cost where the function is gone with it: what a tick passes over. */
const LEAST_OF_ONE = -1 / 20;
/** Letters of a statement that stay when its call is written out: about as many as the call itself had. */
const LETTERS_OF_CALL = 10;

interface Site {
  readonly caller: string;
  readonly callee: string;
  readonly start: number;
  readonly end: number;
  readonly args: number;
}

export interface CountedCall {
  /** `caller > callee`. */
  readonly name: string;
  /** How often a tick runs it, and what writing it out saves, thousands of instructions. */
  readonly perTick: number;
  readonly saves: number;
}

interface Bodies {
  /** Place after the opening brace, and letters of the body. */
  readonly at: number;
  readonly letters: number;
}

function bodiesIn(program: AnyNode): Map<string, Bodies> {
  const bodies = new Map<string, Bodies>();
  walk(program, (node, parents) => {
    if (node.type !== 'FunctionDeclaration' || parents.filter(isFunction).length !== 1 || !node.id) return;
    bodies.set(node.id.name, { at: node.body.start + 1, letters: node.body.end - node.body.start - 2 });
  });
  return bodies;
}

function sitesIn(program: AnyNode, bodies: ReadonlyMap<string, Bodies>): Site[] {
  const sites: Site[] = [];
  walk(program, (node, parents) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return;
    const around = parents.filter(isFunction);
    const fn = around[1];
    if (around.length !== 2 || fn?.type !== 'FunctionDeclaration' || !bodies.has(node.callee.name)) return;
    const { start, end, name } = node.callee;
    sites.push({ caller: fn.id?.name ?? '', callee: name, start, end, args: node.arguments.length });
  });
  return sites;
}

function counting(code: string, sites: readonly Site[], entries: readonly Bodies[]): string {
  const edits = [
    ...sites.map((s, i) => ({ at: s.start, end: s.end, text: `($counts[${i}]++,${s.callee})` })),
    ...entries.map((b, i) => ({ at: b.at, end: b.at, text: `$counts[${sites.length + i}]++;` })),
  ].sort((a, b) => a.at - b.at || a.end - b.end);
  let out = '';
  let at = 0;
  for (const e of edits) {
    out += code.slice(at, e.at) + e.text;
    at = e.end;
  }
  return out + code.slice(at);
}

/** How often each function of the program's own is named, its declaration left out. */
function namings(program: AnyNode, bodies: ReadonlyMap<string, Bodies>): Map<string, number> {
  const named = new Map<string, number>();
  walk(program, (node, parents) => {
    if (node.type !== 'Identifier' || !bodies.has(node.name) || isSpelling(node, parents.at(-1))) return;
    const parent = parents.at(-1);
    if (parent?.type === 'FunctionDeclaration' && parent.id === node) return;
    named.set(node.name, (named.get(node.name) ?? 0) + 1);
  });
  return named;
}

/** Those of `calls` that are really gone once they are written out: a call of a shape that means something else there stays. */
function thatGo(code: string, calls: readonly CountedCall[]): CountedCall[] {
  const out = new Map<string, string>();
  const names = calls.map((c) => c.name);
  const written = inlineCalls(code, names);
  walk(parse(code, { ecmaVersion: 2022 }) as AnyNode, (node, parents) => {
    if (node.type !== 'FunctionDeclaration' || parents.filter(isFunction).length !== 1 || !node.id) return;
    const body = written.find((r) => r.start === node.body.start + 1);
    out.set(node.id.name, body?.text ?? code.slice(node.body.start + 1, node.body.end - 1));
  });
  return calls.filter(({ name }) => {
    const [caller = '', callee = ''] = name.split(' > ');
    return !(out.get(caller) ?? '').includes(`${callee}(`);
  });
}

/** Calls whose writing out pays, the most first. */
export async function callsWorthWritingOut(): Promise<CountedCall[]> {
  const { code } = await transform(await buildBundle(), { minifyWhitespace: true, target: 'es2022' });
  const program = parse(code, { ecmaVersion: 2022 }) as AnyNode;
  const bodies = bodiesIn(program);
  const sites = sitesIn(program, bodies);
  const callers = [...bodies];
  const counts = await countsPerTick({
    code: counting(
      code.replace(/;\s*$/, ''),
      sites,
      callers.map(([, b]) => b),
    ),
    counters: sites.length + callers.length,
    seed: 1,
    from: PHASE_IDLE,
    settleTicks: 0,
    workTicks: MOVING_TICKS,
  });
  const entered = new Map(callers.map(([name], i) => [name, counts[sites.length + i] ?? 0]));
  const named = namings(program, bodies);
  const calls = new Map<string, CountedCall>();
  sites.forEach((site, i) => {
    const name = `${site.caller} > ${site.callee}`;
    const runs = counts[i] ?? 0;
    const passed = Math.max(0, (entered.get(site.caller) ?? 0) - runs);
    const letters = Math.max(0, (bodies.get(site.callee)?.letters ?? 0) / 2 - LETTERS_OF_CALL);
    const saved = runs * (WEIGHTS.call + 3 * WEIGHTS.token + site.args * (WEIGHTS.argument + WEIGHTS.token));
    const saves = saved - passed * letters * WEIGHTS.skippedLetter;
    const before = calls.get(name);
    calls.set(name, {
      name,
      perTick: runs + (before?.perTick ?? 0),
      saves: saves + (before?.saves ?? 0),
    });
  });
  const least = (name: string): number =>
    named.get(name.replace(/^.* > /, '')) === 1 ? LEAST_OF_ONE : LEAST;
  const worth = [...calls.values()].filter((c) => c.saves >= least(c.name));
  return thatGo(code, worth).sort((a, b) => b.saves - a.saves);
}
