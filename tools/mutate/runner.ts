/** One group in this process: all its mutants in one bundle behind a switch, its tests run on any of them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { Script } from 'node:vm';
import * as esbuild from 'esbuild';
import * as fastCheck from 'fast-check';
import { ROOT } from '../build/project.ts';
import { asHits, createDeviceBundler, type DeviceBundler } from './device-bundle.ts';
import { type Collected, createShim } from './expect-shim.ts';
import type { Group } from './groups.ts';
import { instrument, type Mutant, SWITCH } from './mutants.ts';

const nodeRequire = createRequire(import.meta.url);
/** A mutant that takes so much longer than all tests do without one hangs: found. */
const PATIENCE = 6;
const LEAST_PATIENCE_MS = 10_000;

interface Outside {
  [SWITCH]: number;
  __mutantHit: (id: number) => boolean;
  __mutantRun: () => void;
}

const outside = globalThis as unknown as Outside;

/** A group with nothing broken, its tests timed and what they reach known. */
export interface Runner {
  readonly mutants: readonly Mutant[];
  /** Tests that reach mutant `id`. */
  reached(id: number): number;
  /** Name of a test that fails on mutant `id`, undefined = none does. */
  killer(id: number): string | undefined;
}

/** Break all targets of a group; in their order, so that every process gives a mutant the same number. */
export async function instrumentAll(
  group: Group,
): Promise<{ mutants: Mutant[]; texts: Map<string, string> }> {
  const mutants: Mutant[] = [];
  const texts = new Map<string, string>();
  for (const file of group.targets)
    texts.set(file, await instrument(file, readFileSync(join(ROOT, file), 'utf8'), mutants));
  return { mutants, texts };
}

async function bundleTests(group: Group, texts: ReadonlyMap<string, string>): Promise<string> {
  const plugin: esbuild.Plugin = {
    name: 'mutants',
    setup(b) {
      b.onLoad({ filter: /\.ts$/ }, (args) => {
        const own = texts.get(relative(ROOT, args.path).replaceAll('\\', '/'));
        return own === undefined ? undefined : { contents: own, loader: 'js' };
      });
    },
  };
  const result = await esbuild.build({
    stdin: {
      contents: group.tests.map((f) => `import './${f}';`).join('\n'),
      resolveDir: ROOT,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    define: { 'import.meta.url': JSON.stringify(`file://${ROOT}/test/board/support.ts`) },
    external: ['vitest', 'fast-check', 'esbuild'],
    plugins: [plugin],
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
}

/** The tests of a bundle, with mutant `id` alive while it loads and after. */
function load(script: Script, id: number, bundler: DeviceBundler): Collected[] {
  outside[SWITCH] = id;
  const collected: Collected[] = [];
  const shim = createShim(collected);
  const need = (name: string): unknown => {
    if (name === 'vitest') return shim;
    if (name === 'esbuild') return bundler.module;
    return name === 'fast-check' ? fastCheck : nodeRequire(name);
  };
  const start = script.runInThisContext() as (r: unknown, m: unknown, e: unknown) => void;
  start(need, { exports: {} }, {});
  return collected;
}

/** `run`, but not for ever: throws when it takes longer than `ms`. */
function withPatience(ms: number, run: () => void): void {
  outside.__mutantRun = run;
  new Script('__mutantRun()').runInThisContext({ timeout: ms });
}

export async function createRunner(group: Group): Promise<Runner> {
  fastCheck.configureGlobal({ endOnFailure: true });
  const { mutants, texts } = await instrumentAll(group);
  const code = await bundleTests(group, texts);
  const wrapped = (text: string): Script => new Script(`(function (require, module, exports) {${text}\n})`);
  const bundler = createDeviceBundler(texts);

  const always = new Set<number>();
  const hits = new Map<string, Set<number>>();
  const took = new Map<string, number>();
  let now = always;
  outside.__mutantHit = (id) => {
    now.add(id);
    return false;
  };
  bundler.hits = true;
  const plain = load(wrapped(asHits(code)), 0, bundler);
  for (const test of plain) {
    now = new Set();
    hits.set(test.name, now);
    attempt(test);
  }
  bundler.hits = false;
  const script = wrapped(code);
  let allMs = 0;
  for (const test of load(script, 0, bundler)) {
    const from = performance.now();
    attempt(test);
    const ms = performance.now() - from;
    took.set(test.name, ms);
    allMs += ms;
  }

  const patience = Math.ceil(Math.max(LEAST_PATIENCE_MS, allMs * PATIENCE));
  /** The tests that found something last, by file. */
  const best = new Map<string, string>();
  const rank = (file: string, name: string): number => (best.get(file) === name ? -1 : (took.get(name) ?? 0));

  const killer = (id: number): string | undefined => {
    const file = mutants[id - 1]?.file ?? '';
    let at = 'loading';
    try {
      withPatience(patience, () => {
        const tests = load(script, id, bundler).filter(
          (t) => always.has(id) || hits.get(t.name)?.has(id) !== false,
        );
        tests.sort((a, b) => rank(file, a.name) - rank(file, b.name));
        for (const test of tests) {
          at = test.name;
          test.run();
        }
        at = '';
      });
    } catch {
      if (at !== '') best.set(file, at);
      return at;
    }
    return undefined;
  };
  const sane = killer(0);
  if (sane !== undefined) throw new Error(`with nothing broken, ${sane} fails here`);
  const reached = (id: number): number =>
    always.has(id) ? plain.length : plain.filter((t) => hits.get(t.name)?.has(id) === true).length;
  return { mutants, reached, killer };
}

function attempt(test: Collected): void {
  try {
    test.run();
  } catch (error) {
    throw new Error(
      `the tests fail without any mutant: ${test.name}: ${String(error)}; make them pass first`,
    );
  }
}
