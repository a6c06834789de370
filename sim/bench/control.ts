/** `npm run bench:control`: how well each controller holds the pressure on sampled cuffs, limbs and motions. */
import { writeFileSync } from 'node:fs';
import { Random } from '../plant/random.ts';
import { among, list, whole } from '../setup/numbers.ts';
import { aboveLop } from './above-lop.ts';
import { type BenchOptions, benchCommand, withBar, writeFigures } from './command.ts';
import { ENTRIES, type Entry, entryOf, PERIOD_MAX_MS, PERIOD_MIN_MS } from './control-entries.ts';
import { controlPage } from './control-page.ts';
import { SCENARIOS, type ScenarioName } from './control-scenarios.ts';
import { column, pair, quantile, spread, textTable } from './control-table.ts';
import { type Done, runTasks, type Task } from './control-task.ts';
import { hardness } from './hardness.ts';
import { PUBLISHED } from './published.ts';

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

const tasks: Task[] = [];
for (const name of names)
  for (let i = 0; i < n; i += 1)
    tasks.push({
      scenario: name,
      build: opts.build,
      seed,
      index: i,
      keys: entries.map((e) => e.key),
      limit: limited(name),
    });

const all = await withBar(tasks.length, 'plants', (tell) => runTasks(tasks, tell));

const byScenario = new Map<ScenarioName, Done[]>();
for (const d of all) byScenario.set(d.task.scenario, [...(byScenario.get(d.task.scenario) ?? []), d]);
const pick = new Random(seed).fork('resample');

function tableOf(name: ScenarioName, done: readonly Done[]): string[][] {
  const moves = SCENARIOS[name].stretches.some((s) => s.kind === 'move');
  const head = ['', ...(moves ? ['+-10 % moving', '(spread)', '+-10 points LOP', '+-5 % moving'] : [])];
  head.push(
    '+-5 % rests',
    ...(moves ? ['peak %LOP', 'valley %LOP', '>LOP 2+ cycles'] : []),
    'overshoot',
    'in 3 s',
    'fill x pump',
  );
  head.push('pump s', 'actions/min', 'starts/min', 'rest duty %', 'rest act/min');
  const long = name === 'rest5';
  if (long) head.push('duty x leak + creep');
  const rows: string[][] = [head];
  if (name === 'legpress')
    for (const p of PUBLISHED) {
      const row = [
        `${p.name} (as published)`,
        String(p.move10),
        '',
        '',
        '',
        String(p.rest5),
        String(p.peak ?? ''),
        String(p.valley ?? ''),
      ];
      rows.push([...row, ...head.slice(row.length).map(() => '')]);
    }
  for (const e of entries) {
    const col = (m: Parameters<typeof column>[2]): number[] => column(done, e.key, m);
    const row = [e.title];
    if (moves) {
      const v = col('move10');
      row.push(pair(v, true));
      row.push(
        `${spread(v, 0.5, (k) => pick.int(k)).toFixed(1)} / ${spread(v, 0.05, (k) => pick.int(k)).toFixed(1)}`,
      );
      row.push(pair(col('move10Lop'), true), pair(col('move5'), true));
    }
    row.push(pair(col('rest5'), true));
    if (moves) {
      row.push(pair(col('peak'), false), pair(col('valley'), true));
      row.push(`${((100 * col('aboveLopRun').filter((x) => x > 1).length) / done.length).toFixed(1)} %`);
    }
    row.push(pair(col('overshoot'), false), pair(col('overshoot3'), false));
    row.push(
      pair(
        done.map((d) => (d.metrics[e.key]?.fillS ?? Number.NaN) / d.pumpLimitedS),
        false,
        2,
      ),
    );
    for (const m of ['pumpS', 'actions', 'starts', 'restDuty', 'restActions'] as const)
      row.push(pair(col(m), false));
    if (long)
      row.push(
        pair(
          done.map((d) => (d.metrics[e.key]?.restDuty ?? Number.NaN) / d.neededDuty),
          false,
          2,
        ),
      );
    rows.push(row);
  }
  if (limited(name)) {
    const row = [
      'limit (full knowledge)',
      pair(
        done.map((d) => d.limit?.move10 ?? Number.NaN),
        true,
      ),
      '',
      '',
      '',
    ];
    row.push(
      pair(
        done.map((d) => d.limit?.rest5 ?? Number.NaN),
        true,
      ),
    );
    rows.push([...row, ...head.slice(row.length).map(() => '')]);
  }
  return rows;
}

/** Share of the gap between bang-bang 2 mmHg and the limit that a controller closes, of the means over plants. */
function gap(done: readonly Done[], key: string): number {
  const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0) / v.length;
  const low = mean(column(done, 'bb2', 'move10'));
  const top = mean(done.map((d) => d.limit?.move10 ?? Number.NaN));
  return (100 * (mean(column(done, key, 'move10')) - low)) / (top - low);
}

const lines: string[] = [];
for (const [name, done] of byScenario) {
  const s = SCENARIOS[name];
  lines.push(
    `\n${s.title}: ${done.length} plants, target ${s.percent} % LOP, build "${opts.build}", seed ${seed}; median / worst 5 %\n`,
  );
  lines.push(textTable(tableOf(name, done)));
  if (limited(name) && entries.some((e) => e.key === 'bb2'))
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
  writeFileSync(opts.html, controlPage(seed, opts.build, byScenario, entries, tableOf));
process.exitCode = verdict.hardEnough ? 0 : 1;
