/**
 * `npm run bench:device-profile`: which functions a tick spends itself on, without an interpreter: calls a tick times tokens of the body, while holding in motion. The
 * interpreter pays about 0.8 thousand board instructions a token (`npm run bench:device` counts them), and for skipped ones too.
 */
import { join } from 'node:path';
import { parse, tokenizer } from 'acorn';
import { buildSync } from 'esbuild';
import { PHASE_WORK } from '../../src/phases.ts';
import { ROOT } from '../../tools/build/project.ts';
import { version } from '../output/version.ts';
import { whole } from '../setup/numbers.ts';
import { type BenchOptions, benchCommand, writeFigures } from './command.ts';
import { countsPerTick } from './device-counted.ts';

const SETTLE_TICKS = 500;
const TICKS = 1000;

interface Body {
  readonly name: string;
  readonly file: string;
  readonly at: number;
  readonly tokens: number;
}

/** The firmware as one readable text, names kept. */
function readable(): string {
  const built = buildSync({
    entryPoints: [join(ROOT, 'src/main.ts')],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'bundled',
    target: 'es2022',
    external: ['Storage', 'timer'],
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true } },
    define: {
      BUILD_DEV: 'false',
      BUILD_VERSION: JSON.stringify(version()),
      BUILD_BOARD: '"jolt"',
      BUILD_SENSOR: '"mprls"',
    },
  });
  return built.outputFiles[0]?.text ?? '';
}

interface Walked {
  readonly type?: string;
  readonly start?: number;
  readonly id?: { readonly name: string } | null;
  readonly key?: { readonly name: string };
  readonly body?: { readonly type: string; readonly start: number; readonly end: number };
}

function bodiesOf(text: string): Body[] {
  const files = [...text.matchAll(/^ {2}\/\/ ((?:src|hal)\/.*)$/gm)].map((m) => ({
    at: m.index,
    name: m[1] ?? '',
  }));
  const bodies: Body[] = [];
  const visit = (node: unknown, name: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const n = node as Walked;
    if (n.type?.includes('Function') && n.body?.type === 'BlockStatement') {
      const inside = text.slice(n.body.start, n.body.end);
      const tokens = [...tokenizer(inside, { ecmaVersion: 2022 })].length;
      const file = files.findLast((f) => f.at <= (n.start ?? 0))?.name ?? '';
      if (file !== '') bodies.push({ name: n.id?.name ?? name, file, at: n.body.start + 1, tokens });
    }
    const own = n.key?.name ?? n.id?.name ?? name;
    for (const child of Object.values(node)) visit(child, own);
  };
  visit(parse(text, { ecmaVersion: 2022 }), '');
  return bodies;
}

/** The text with a counter at the start of each body. */
function counting(text: string, bodies: readonly Body[]): string {
  const order = bodies.map((b, i) => ({ at: b.at, i })).sort((a, b) => b.at - a.at);
  let out = text;
  for (const { at, i } of order) out = `${out.slice(0, at)}$counts[${i}]++;${out.slice(at)}`;
  return `(function(){${out}\nreturn bundled.default;})()`;
}

const options = benchCommand(
  'device-profile',
  'Tokens a tick runs through while holding in motion, by file and by function. --quick: 200 ticks instead of 1000.',
  1,
)
  .option('--top <n>', 'functions to show', whole(1, 10_000), 40)
  .parse()
  .opts<BenchOptions & { top: number }>();

const text = readable();
const bodies = bodiesOf(text);
const calls = await countsPerTick({
  code: counting(text, bodies),
  counters: bodies.length,
  seed: options.seed,
  from: PHASE_WORK,
  settleTicks: SETTLE_TICKS,
  workTicks: options.quick ? 200 : TICKS,
});
const rows = bodies
  .map((b, i) => ({ ...b, calls: calls[i] ?? 0, perTick: (calls[i] ?? 0) * b.tokens }))
  .filter((r) => r.calls > 0 && r.file !== 'src/view.ts')
  .sort((a, b) => b.perTick - a.perTick);
const byFile = new Map<string, number>();
for (const r of rows) byFile.set(r.file, (byFile.get(r.file) ?? 0) + r.perTick);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
console.log(
  `${sum(rows.map((r) => r.calls)).toFixed(0)} calls and ${sum(rows.map((r) => r.perTick)).toFixed(0)} tokens a tick\n`,
);
for (const [file, tokens] of [...byFile].sort((a, b) => b[1] - a[1]))
  console.log(`${tokens.toFixed(0).padStart(7)}  ${file}`);
console.log('\n tokens   calls  length');
for (const r of rows.slice(0, options.top))
  console.log(
    `${r.perTick.toFixed(0).padStart(7)} ${r.calls.toFixed(2).padStart(7)} ${String(r.tokens).padStart(7)}  ${r.name}  ${r.file}`,
  );
writeFigures(options.json, { seed: options.seed, functions: rows });
