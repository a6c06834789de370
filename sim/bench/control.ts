/** `npm run bench:control`: how well each controller holds the pressure on sampled cuffs, limbs and motions. */
import { writeFileSync } from 'node:fs';
import { Random } from '../plant/random.ts';
import { among, list, whole } from '../setup/numbers.ts';
import { aboveLop } from './above-lop.ts';
import { type BenchOptions, benchCommand, withBar, writeFigures } from './command.ts';
import type { Build, Family } from './control-draw.ts';
import { ENTRIES, type Entry, entryOf, PERIOD_MAX_MS, PERIOD_MIN_MS } from './control-entries.ts';
import { controlPage } from './control-page.ts';
import { controlRow, controlTable, gap } from './control-rows.ts';
import { SCENARIOS, type ScenarioName } from './control-scenarios.ts';
import { quantile, textTable } from './control-table.ts';
import { type Done, runTasks, type Task } from './control-task.ts';
import { hardness } from './hardness.ts';

/** One table: a scenario on a build of a family. */
type Group = Omit<Task, 'seed' | 'index'>;

const SCENARIO_NAMES: readonly ScenarioName[] = [
  'legpress',
  'walk',
  'run',
  'rest',
  'rest5',
  'intervals',
  'cycle',
  'curl',
];
const BUILDS = ['rated', 'any', 'bottled', 'reference', 'runner'] as const;
/** The same devices with a bottle, whose rows stand below those of a build. */
const BOTTLED: Readonly<Record<(typeof BUILDS)[number], readonly Build[]>> = {
  rated: ['bottled', 'runner'],
  any: ['runner'],
  bottled: [],
  reference: ['runner'],
  runner: [],
};
const BOTTLE_TITLES: Readonly<Record<string, string>> = {
  bottled: 'the same with 0.5 L',
  runner: "the runner's build (reference with 0.5 L)",
};
const FAMILIES: readonly Family[] = ['first', 'second'];
const FAMILY_TITLES: Readonly<Record<Family, string>> = {
  first: 'first family of plants',
  second: 'second family of plants',
};
const KEYS = ENTRIES.map((e) => e.key);

const opts = benchCommand(
  'control',
  'How well the pressure is held: sampled cuffs, limbs and motions, all metrics on the true cuff pressure. The regulator was designed on seeds 1 to 1000. --quick: 24 plants, leg press and running only, no limit.',
  20001,
)
  .option('--n <n>', 'plants a scenario', whole(4, 5000), 200)
  .option('--scenarios <list>', 'comma list', list(among(SCENARIO_NAMES)), [...SCENARIO_NAMES])
  .option('--only <list>', 'controllers, comma list; --period adds rows', list(among(KEYS)), KEYS)
  .option(
    '--period <list>',
    'the firmware at these control periods besides, ms, comma list',
    list(whole(PERIOD_MIN_MS, PERIOD_MAX_MS)),
    [],
  )
  .option(
    '--build <name>',
    'rated (devices like those of the reference), any (weak pumps too), bottled (rated with 0.5 L), reference (the recommended build), runner (reference with 0.5 L)',
    among(BUILDS),
    'rated',
  )
  .option('--family <list>', 'families of plants, comma list', list(among(FAMILIES)), [...FAMILIES])
  .option('--no-limit', 'leave the limit out')
  .option('--html <file>', 'write a page with pictures')
  .parse()
  .opts<
    BenchOptions & {
      n: number;
      scenarios: ScenarioName[];
      only: string[];
      period: number[];
      build: (typeof BUILDS)[number];
      family: Family[];
      limit: boolean;
      html?: string;
    }
  >();

const { seed } = opts;
const n = opts.quick ? 24 : opts.n;
const names: ScenarioName[] = opts.quick ? ['legpress', 'run'] : opts.scenarios;
const entries: Entry[] = ENTRIES.filter((e) => opts.only.includes(e.key));
for (const ms of opts.period)
  if (!entries.some((e) => e.key === `ours${ms}`)) entries.push(entryOf(`ours${ms}`));
const limited = (name: ScenarioName): boolean =>
  opts.limit && !opts.quick && name !== 'rest' && name !== 'rest5';

const groups: Group[] = names.flatMap((scenario) =>
  opts.family.flatMap((family) => {
    // the second family has no arms and no cycling
    if (family === 'second' && (scenario === 'curl' || scenario === 'cycle')) return [];
    const keys = entries.map((e) => e.key);
    const own = { scenario, family, build: opts.build, keys, limit: limited(scenario) && family === 'first' };
    const more = BOTTLED[opts.build].map((build) => ({
      scenario,
      family,
      build,
      keys: keys.filter((k) => k === 'ours'),
      limit: false,
    }));
    return [own, ...more.filter((g) => g.keys.length > 0)];
  }),
);
const tasks: Task[] = groups.flatMap((g) => Array.from({ length: n }, (_, index) => ({ ...g, seed, index })));
const all = await withBar(tasks.length, 'plants', (tell) => runTasks(tasks, tell));
/** What was run of a scenario, a family and a build. */
const doneOf = (scenario: ScenarioName, family: Family, build: Build): Done[] =>
  all.filter((d) => d.task.scenario === scenario && d.task.family === family && d.task.build === build);

const byScenario = new Map(names.map((name) => [name, doneOf(name, 'first', opts.build)] as const));
const pick = new Random(seed).fork('resample');
const again = (k: number): number => pick.int(k);
const tableFor = (name: ScenarioName, done: readonly Done[]): string[][] =>
  controlTable(name, done, entries, again);

const lines: string[] = [];
for (const group of groups.filter((g) => g.build === opts.build)) {
  const { scenario: name, family } = group;
  const s = SCENARIOS[name];
  const done = doneOf(name, family, opts.build);
  lines.push(
    `\n${s.title}, ${FAMILY_TITLES[family]}: ${done.length} plants, target ${s.percent} % LOP, build "${opts.build}", seed ${seed}; median / worst 5 %\n`,
  );
  const table = tableFor(name, done);
  for (const build of BOTTLED[opts.build]) {
    const bottled = doneOf(name, family, build);
    if (bottled.length > 0)
      table.push(controlRow(name, BOTTLE_TITLES[build] ?? build, bottled, 'ours', again));
  }
  lines.push(textTable(table));
  if (group.limit && entries.some((e) => e.key === 'bb2'))
    for (const e of entries.filter((x) => x.key.startsWith('ours')))
      lines.push(
        `gap between bang-bang 2 mmHg and the limit closed by ${e.title}: ${gap(done, e.key).toFixed(0)} %`,
      );
  for (const e of entries.filter((x) => x.key.startsWith('ours')))
    lines.push(...aboveLop(done, e.key, e.title));
}
const verdict = hardness(byScenario, quantile);
lines.push('', ...verdict.lines);
process.stdout.write(`${lines.join('\n')}\n`);
writeFigures(opts.json, { seed, n, build: opts.build, done: all });
if (opts.html !== undefined)
  writeFileSync(opts.html, controlPage(seed, opts.build, byScenario, entries, tableFor));
process.exitCode = verdict.hardEnough ? 0 : 1;
