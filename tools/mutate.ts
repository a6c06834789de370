/**
 * `npm run mutate`: breaks every rule of src/safety, src/sensing and limits in every small way (a statement deleted, a
 * comparison turned or moved by its edge, a constant doubled or halved) and runs the behaviour tests of these rooms on
 * each: the tests must notice. All mutants are built into one bundle behind a switch, so that a run takes minutes.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, relative } from 'node:path';
import { Script } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import * as fastCheck from 'fast-check';
import pc from 'picocolors';
import { ROOT } from './build/project.ts';
import { EQUIVALENT } from './mutate/equivalent.ts';
import { type Collected, createShim } from './mutate/expect-shim.ts';
import { instrument, type Mutant, SWITCH } from './mutate/mutants.ts';

const ROOMS = ['src/safety', 'src/sensing'];
/** The table of texts is checked by the safety case's test; here only behaviour counts. */
const TESTS = ['test/safety', 'test/sensing'];
const NOT_BEHAVIOUR = ['safety-case.test.ts', 'closed-loop.test.ts', 'states.test.ts'];

function filesOf(folder: string, end: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(end))
    .map((name) => `${folder}/${name}`);
}

const targets = [...ROOMS.flatMap((room) => filesOf(room, '.ts')), 'src/limits.ts'].sort();
const tests = TESTS.flatMap((room) => filesOf(room, '.test.ts')).filter(
  (f) => !NOT_BEHAVIOUR.includes(basename(f)),
);

async function bundle(mutants: Mutant[]): Promise<Script> {
  const plugin: Plugin = {
    name: 'mutants',
    setup(b) {
      b.onLoad({ filter: /\.ts$/ }, async (args) => {
        const name = relative(ROOT, args.path);
        const text = readFileSync(args.path, 'utf8');
        if (!targets.includes(name)) return { contents: text, loader: 'ts' };
        return { contents: await instrument(name, text, mutants), loader: 'js' };
      });
    },
  };
  const result = await build({
    stdin: { contents: tests.map((f) => `import './${f}';`).join('\n'), resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    external: ['vitest', 'fast-check'],
    plugins: [plugin],
    logLevel: 'silent',
  });
  const code = result.outputFiles[0]?.text ?? '';
  return new Script(`(function (require, module, exports, ${SWITCH}) {${code}\n})`);
}

const nodeRequire = createRequire(import.meta.url);

/** How long each test takes without a mutant, ms. */
const took = new Map<string, number>();

/** Name of the first test that fails with this mutant alive, undefined when none does. */
function firstFailure(script: Script, id: number): string | undefined {
  const collected: Collected[] = [];
  const shim = createShim(collected);
  const need = (name: string): unknown =>
    name === 'vitest' ? shim : name === 'fast-check' ? fastCheck : nodeRequire(name);
  try {
    const run = script.runInThisContext() as (r: unknown, m: unknown, e: unknown, id: number) => void;
    run(need, { exports: {} }, {}, id);
  } catch (error) {
    return `does not load: ${String(error)}`;
  }
  // the quickest first: most mutants die early
  collected.sort((a, b) => (took.get(a.name) ?? 0) - (took.get(b.name) ?? 0));
  for (const test of collected) {
    const from = performance.now();
    try {
      test.run();
    } catch {
      return test.name;
    }
    if (id === 0) took.set(test.name, performance.now() - from);
  }
  return undefined;
}

const mutants: Mutant[] = [];
const script = await bundle(mutants);
const broken = firstFailure(script, 0);
if (broken !== undefined) {
  console.error(`mutate: the tests fail without any mutant: ${broken}; make them pass first`);
  process.exit(2);
}
const share = process.argv.find((a) => a.startsWith('--only='))?.slice(7);
const chosen = share === undefined ? mutants : mutants.filter((m) => m.file.includes(share));
const json = process.argv.indexOf('--json');
console.log(
  `${mutants.length} mutants in ${targets.length} files, ${chosen.length} to run against ${tests.length} test files`,
);
const survivors: Mutant[] = [];
const excused: Mutant[] = [];
let done = 0;
for (const m of chosen) {
  if (firstFailure(script, m.id) === undefined) note(m);
  done++;
  if (done % 50 === 0) console.log(pc.dim(`${done} of ${chosen.length}, ${survivors.length} survive`));
}

function note(m: Mutant): void {
  const reason = EQUIVALENT[keyOf(m)];
  (reason === undefined ? survivors : excused).push(m);
  console.log(
    reason === undefined
      ? `${pc.red('survives')} ${keyOf(m)}`
      : `${pc.yellow('same')} ${keyOf(m)}: ${reason}`,
  );
}

function keyOf(m: Mutant): string {
  return `${m.file} | ${m.what} | ${m.was}`;
}

const killed = chosen.length - survivors.length - excused.length;
console.log(
  `${killed} of ${chosen.length} killed, ${excused.length} the same by reason, ${survivors.length} survive`,
);
const path = json < 0 ? undefined : process.argv[json + 1];
if (path !== undefined) {
  writeFileSync(
    path,
    `${JSON.stringify({ mutants: chosen.length, killed, same: excused.map(keyOf), survivors: survivors.map(keyOf) }, null, 2)}\n`,
  );
}
process.exit(survivors.length === 0 ? 0 : 1);
