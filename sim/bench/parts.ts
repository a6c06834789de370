import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { CHANGES } from './control-changes.ts';
import { runPool, type Task } from './control-pool.ts';
import { SCENARIOS, type ScenarioName } from './control-scenarios.ts';
import { column, pair, textTable } from './control-table.ts';

/** What each part is worth: the same devices and wearers with one part changed, and the reference build as a row of its own. */
const program = new Command('bench:parts')
  .description('Where to spend money: the same cuffs with one part changed')
  .option('--seed <number>', 'seed of the sample', '20001')
  .option('--n <number>', 'plants a scenario', '60')
  .parse();
const opts = program.opts<{ seed: string; n: string }>();
const seed = Number(opts.seed);
const n = Number(opts.n);
if (!Number.isInteger(n) || n < 4 || n > 2000 || !Number.isInteger(seed) || seed < 0) {
  process.stderr.write(
    `--n is ${opts.n} and --seed ${opts.seed}; allowed: 4 to 2000, and whole numbers from 0\n`,
  );
  process.exit(2);
}

const NAMES: readonly ScenarioName[] = ['legpress', 'walk', 'run'];
const ROWS: readonly { title: string; build: Task['build']; change?: string }[] = [
  ...CHANGES.map((change) => ({ title: change, build: 'rated' as const, change })),
  { title: 'any pump, weak ones too', build: 'any' },
  { title: 'reference build', build: 'reference' },
];
const tasks: Task[] = [];
for (const row of ROWS)
  for (const scenario of NAMES)
    for (let index = 0; index < n; index += 1) {
      const task = { scenario, build: row.build, seed, index, keys: ['ours'], limit: false };
      tasks.push(row.change === undefined ? task : { ...task, change: row.change });
    }
const bar = process.stderr.isTTY
  ? new SingleBar({ format: 'plants {bar} {value}/{total}  {eta_formatted} left', stream: process.stderr })
  : null;
bar?.start(tasks.length, 0);
const done = await runPool(tasks, (k) => bar?.update(k));
bar?.stop();
const table: string[][] = [
  ['', ...NAMES.map((s) => `${SCENARIOS[s].title} +-10 %`), 'leg press rests +-5 %'],
];
for (const row of ROWS) {
  const of = (s: ScenarioName): typeof done =>
    done.filter((d) => d.task.build === row.build && d.task.change === row.change && d.task.scenario === s);
  table.push([
    row.title,
    ...NAMES.map((s) => pair(column(of(s), 'ours', 'move10'), true)),
    pair(column(of('legpress'), 'ours', 'rest5'), true),
  ]);
}
process.stdout.write(
  `What each part is worth: ${n} plants a cell, seed ${seed}, median / worst 5 %\n\n${textTable(table)}\n`,
);
