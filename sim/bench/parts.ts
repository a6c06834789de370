/**
 * `npm run bench:parts`: what each part is worth: the same devices and wearers with one part changed, and the reference build as a row of
 * its own.
 */
import { whole } from '../setup/numbers.ts';
import { type BenchOptions, benchCommand, withBar, writeFigures } from './command.ts';
import { CHANGES } from './control-changes.ts';
import { SCENARIOS, type ScenarioName } from './control-scenarios.ts';
import { column, pair, textTable } from './control-table.ts';
import { runTasks, type Task } from './control-task.ts';

const options = benchCommand('parts', 'Where to spend money: the same cuffs with one part changed.', 20001)
  .option('--n <n>', 'plants a scenario, 60 (--quick: 6)', whole(4, 2000))
  .parse()
  .opts<BenchOptions & { n?: number }>();
const { seed } = options;
const n = options.n ?? (options.quick ? 6 : 60);

const NAMES: readonly ScenarioName[] = ['legpress', 'walk', 'run'];
const ROWS: readonly { title: string; build: Task['build']; change?: string }[] = [
  ...CHANGES.map((change) => ({ title: change, build: 'rated' as const, change })),
  { title: 'any pump, weak ones too', build: 'any' },
  { title: 'reference build', build: 'reference' },
  { title: "runner's build: the same and 0.5 L", build: 'runner' },
];
const tasks: Task[] = [];
for (const row of ROWS)
  for (const scenario of NAMES)
    for (let index = 0; index < n; index += 1) {
      const task = {
        scenario,
        family: 'first' as const,
        build: row.build,
        seed,
        index,
        keys: ['ours'],
        limit: false,
      };
      tasks.push(row.change === undefined ? task : { ...task, change: row.change });
    }
const done = await withBar(tasks.length, 'plants', (tell) => runTasks(tasks, tell));
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
writeFigures(options.json, { seed, n, done });
