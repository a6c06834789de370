/** `npm run bench:bottle`: what a bottle of half a litre does to the supervisor: alarms for nothing, and what of a fault is still seen. */
import { whole } from '../setup/numbers.ts';
import { type BottleOutcome, type BottleTask, runBottles } from './bottle-job.ts';
import { type BenchOptions, benchCommand, withBar, writeFigures } from './command.ts';
import { quantile, textTable } from './control-table.ts';

const options = benchCommand(
  'bottle',
  'The same devices and wearers without and with a bottle of 0.5 L: alarms for nothing, and what of a fault is still seen.',
  30001,
)
  .option('--n <n>', 'devices a row, 24 (--quick: 4)', whole(2, 2000))
  .parse()
  .opts<BenchOptions & { n?: number }>();
const { seed } = options;
const n = options.n ?? (options.quick ? 4 : 24);

interface Row extends Omit<BottleTask, 'seed' | 'index' | 'atS'> {
  readonly title: string;
}

const HEALTHY: readonly Row[] = ['rest', 'legpress', 'walk', 'run'].map((shape) => ({
  title: `healthy, ${shape}`,
  shape,
  bottle: 'none',
}));
const FAULTS: readonly (readonly [string, object])[] = [
  ['leak 3 mmHg/s', { kind: 'leak', mmHgPerMin: 180 }],
  ['leak 25 mmHg/s', { kind: 'leak', mmHgPerMin: 1500 }],
  ['hose off', { kind: 'hose-off' }],
  ['hose kinked', { kind: 'kink' }],
  ['cuff off the limb', { kind: 'cuff-off' }],
  ['pump dead', { kind: 'pump-dead' }],
  ['pump stuck on', { kind: 'pump-stuck-on' }],
  ['valve stuck shut', { kind: 'valve-stuck-shut' }],
  ['sensor drifts -0.5/s', { kind: 'sensor-drift', mmHgPerS: -0.5 }],
];
const OF_BOTTLE: readonly Row[] = [
  { title: "bottle's line kinked", shape: 'run', bottle: '0.5 L', fault: { kind: 'bottle-kink' } },
  { title: "bottle's line shut", shape: 'run', bottle: '0.5 L', fault: { kind: 'bottle-kink', factor: 1e9 } },
  {
    title: 'bottle off, sealing coupling',
    shape: 'run',
    bottle: '0.5 L',
    coupling: 'sealing',
    fault: { kind: 'bottle-off' },
  },
  {
    title: 'bottle off, plain coupling',
    shape: 'run',
    bottle: '0.5 L',
    coupling: 'plain',
    fault: { kind: 'bottle-off' },
  },
];
const both = (row: Row): Row[] => [
  { ...row, bottle: 'none' },
  { ...row, bottle: '0.5 L' },
];
const rows: Row[] = [
  ...HEALTHY.flatMap(both),
  ...FAULTS.flatMap(([title, fault]) => both({ title, shape: 'run', bottle: 'none', fault })),
  ...OF_BOTTLE,
];
const tasks: BottleTask[] = rows.flatMap(({ title: _title, ...row }) =>
  Array.from({ length: n }, (_, index) => ({ ...row, seed, index, atS: 12 + (index % 20) })),
);
const done = await withBar(tasks.length, 'sessions', (tell) => runBottles(tasks, tell));

const seconds = (ms: readonly number[]): string => {
  const [mid, far] = [quantile(ms, 0.5), quantile(ms, 0.9)];
  return Number.isNaN(mid) ? '-' : `${(mid / 1000).toFixed(1)} / ${(far / 1000).toFixed(1)}`;
};
function tripsOf(list: readonly BottleOutcome[]): string {
  const count = new Map<string, number>();
  for (const o of list) if (o.trip !== '') count.set(o.trip, (count.get(o.trip) ?? 0) + 1);
  return [...count].map(([name, k]) => `${name} ${k}`).join(', ');
}
const table = [['', 'bottle', 'vented', 'delay s', 'to 15 mmHg s', 'peak % LOP', 'left', 'by']];
for (const [k, row] of rows.entries()) {
  const list = done.slice(k * n, (k + 1) * n);
  const fault = row.fault !== undefined;
  table.push([
    row.title,
    row.bottle,
    `${list.filter((o) => o.trip !== '').length} of ${n}`,
    fault ? seconds(list.map((o) => o.delayMs)) : '',
    fault ? seconds(list.map((o) => o.emptyMs)) : '',
    fault ? (100 * Math.max(...list.map((o) => o.peak))).toFixed(0) : '',
    Math.max(...list.map((o) => o.leftMmHg)).toFixed(0),
    tripsOf(list),
  ]);
}
process.stdout.write(
  `Half a litre at the cuff: ${n} devices a row, seed ${seed}; median / nine in ten; left: the most in cuff or bottle while the cuff is called empty, mmHg\n\n${textTable(table)}\n`,
);
writeFigures(options.json, { seed, n, rows, done });
