/** `npm run bench:lop`: the LOP measurement on simulated people. It says nothing about accuracy on real ones. */
import { existsSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import { TICK_MS } from '../../src/limits.ts';
import type { Lop } from '../../src/occlusion/lop-state.ts';
import { FAMILY_NAMES, type FamilyName, FITTED_FAMILY } from '../people/family.ts';
import { measure, type NoiseModel, subject } from '../people/measure.ts';
import { measureOnRig } from '../people/measure-rig.ts';
import { BLEEDS, cutFiveWays, RECORDINGS } from '../people/recording.ts';
import type { LopSpread } from '../people/sample.ts';
import type { Behaviour } from '../people/traits.ts';
import { whole } from '../setup/numbers.ts';
import { type BenchOptions, benchCommand, withBar, writeFigures } from './command.ts';
import { FIT_SEED, figuresOf, type LopFigures, type Outcome } from './lop-stats.ts';

/** One row of the benchmark: who, with what, how. */
interface Row {
  readonly name: string;
  readonly sensor: NoiseModel;
  readonly behaviour: Behaviour;
  readonly spread: LopSpread;
  readonly careful: boolean;
  /** The whole device on the full plant, or the measurement alone on the light cuff. */
  readonly rig: boolean;
  readonly family: FamilyName;
  /** Share of the people asked for. */
  readonly share: number;
}

const white = (noise: number): NoiseModel => ({ noise, lsb: 0, spikes: 0 });
const base = { behaviour: 'rest', spread: 'even', careful: false, share: 1, rig: true } as const;
/** Every family at every noise, the whole device; then what else is said of the measurement, on the light cuff. */
const all: readonly Row[] = [
  ...FAMILY_NAMES.flatMap((family) =>
    [0.05, 0.1, 0.15].map((noise) => ({
      ...base,
      family,
      name: `${family}${family === FITTED_FAMILY ? ' (fitted on)' : ''}, noise ${noise.toFixed(2)}`,
      sensor: white(noise),
    })),
  ),
  {
    ...base,
    family: FITTED_FAMILY,
    name: 'full plant, careful, MPRLS',
    sensor: white(0.06),
    careful: true,
    share: 0.3,
  },
  ...[
    { name: 'noise 0.26 (worst MPRLS, MPX5050-12)', sensor: { noise: 0.26, lsb: 0.1, spikes: 0 } },
    { name: 'noise 0.08, spikes 0.6 %', sensor: { noise: 0.08, lsb: 0, spikes: 0.006 } },
    { name: 'moving, quick, noise 0.10', sensor: white(0.1), behaviour: 'move' as const },
    { name: 'moving, careful, noise 0.10', sensor: white(0.1), behaviour: 'move' as const, careful: true },
  ].map((row) => ({ ...base, family: FITTED_FAMILY, rig: false, ...row })),
];

/** In place of a refusal: the supervisor has ended the measurement. */
const TRIPPED = 99;

/** Published devices, each named by its study: other people, other references; for orientation only. */
export const PUBLISHED: readonly string[] = [
  'published: Masri 2016, tourniquet cuff against distal PPG: arm 1 +- 8, leg 0 +- 15 mmHg',
  'published: SmartCuffs PRO against Doppler, 2022: about 10 mmHg high',
  'published: AirBands legs, Zhang 2024, against Doppler: 4.1 +- 13.8 mmHg (-23 to 31)',
  'published: AirBands arms, Keller 2023, against Doppler: 7 +- 13 mmHg',
  'published: hand Doppler against ultrasound, legs, 2023: -2.9 (limits +- 5.6) mmHg',
  'published: toe oximeter against Doppler, legs: 6.3 mmHg (-16 to 29)',
  'published: Delfi upright, Rolnick 2025: a result in 29-35 % of attempts, about 51 % seated',
];

function runOne(row: Row, seed: number, index: number, periodMs: number, late: boolean): Outcome {
  const who = subject(seed, index, row.behaviour, row.spread, row.family);
  const { lop, answerS } = row.rig
    ? measureOnRig(who, row.careful, periodMs, row.sensor.noise, late)
    : lightly(measure(who, row.sensor, row.careful, periodMs));
  const { mmHg, refusal, notices } = lop.result;
  return {
    truth: who.person.lopMmHg,
    mmHg,
    // a trip ends a measurement without a finding
    refusal: mmHg > 0 || refusal > 0 ? refusal : TRIPPED,
    notices,
    pressureS: lop.pressureMs / 1000,
    totalS: answerS,
    fibrillation: who.person.fibrillation,
  };
}

/** On the light cuff nothing comes before the sweep. */
function lightly(lop: Lop): { lop: Lop; answerS: number } {
  return { lop, answerS: lop.totalMs / 1000 };
}

/** The real bleeds, if they lie beside the checkout: nothing to compare with, so only plausible and repeatable. */
function recorded(): string[] {
  if (!existsSync(RECORDINGS)) return ['recordings: not here, skipped'];
  return BLEEDS.map((name) => {
    const { mmHg, heartRate } = cutFiveWays(name);
    const all = mmHg.map((x) => (x > 0 ? x.toFixed(0) : 'refused')).join(', ');
    return `recording ${name}, cut five ways: ${all} mmHg, heart rate ${heartRate.toFixed(0)} (no reference reading)`;
  });
}

const HEAD = `${'row'.padEnd(44)} accepted  bias +- SD  in10mm   off by > 25 mmHg  answer s 50/95/max  bias by band of true LOP, 110 140 170 200 240`;

function line(name: string, f: LopFigures): string {
  const n = (x: number, digits: number): string => x.toFixed(digits);
  return [
    name.padEnd(44),
    `${n(f.acceptedPercent, 1)} %`.padStart(8),
    `${n(f.bias, 1)} +- ${n(f.sd, 1)}`.padStart(11),
    `${n(f.within10MmHgPercent, 1)}`.padStart(7),
    `${f.over25} (${n(f.over25Low, 1)}-${n(f.over25High, 1)} %)`.padStart(18),
    `${n(f.totalMedianS, 0)}/${n(f.total95S, 0)}/${n(f.totalMaxS, 0)}`.padStart(18),
    ` ${f.bands.map((b) => n(b.bias, 1).padStart(6)).join('')}`,
  ].join(' ');
}

/** Seeds of the benchmark: any but that of the people whom the constants were fitted on. */
function otherPeople(text: string): number {
  const seed = whole(0, 4_294_967_295)(text);
  if (seed === FIT_SEED)
    throw new InvalidArgumentError('The constants were fitted on these people; take another.');
  return seed;
}

const command = benchCommand('lop', 'LOP measurement against our model of people: not accuracy on people', 1)
  .option('--n <n>', 'people a row (--quick: 20)', whole(10, 100_000), 100)
  .addOption(new Option('--family <name>', 'only the rows of this family').choices([...FAMILY_NAMES]))
  .option('--period <ms>', 'control period: one reading each', whole(10, 100), TICK_MS)
  .option('--late', 'ticks take what they cost on the reference board; not on the light cuff');
const seedOption = command.options.find((option) => option.long === '--seed');
seedOption?.argParser(otherPeople);
const options = command
  .parse()
  .opts<BenchOptions & { n: number; period: number; late?: boolean; family?: FamilyName }>();
const { seed, period } = options;
const n = options.quick ? 20 : options.n;
const rows = all.filter((row) => options.family === undefined || (row.rig && row.family === options.family));
const counts = rows.map((row) => Math.max(10, Math.round(n * row.share)));
const people = counts.reduce((sum, count) => sum + count, 0);
const results = await withBar(people, 'people', (tell) => {
  let done = 0;
  return rows.map((row, i) => {
    const outcomes: Outcome[] = [];
    for (let k = 0; k < (counts[i] ?? 0); k += 1) {
      outcomes.push(runOne(row, seed, k, period, options.late === true));
      tell(++done);
    }
    const fibrillation = figuresOf(outcomes.filter((o) => o.fibrillation));
    return { row, figures: figuresOf(outcomes), fibrillation };
  });
});
console.log(
  `LOP against our model of people, seed ${seed}, a reading every ${period} ms${options.late ? ' or later' : ''}: not accuracy on people`,
);
console.log(HEAD);
for (const r of results) console.log(line(r.row.name, r.figures));
for (const r of results)
  if (r.fibrillation.people > 9) console.log(line(`  fibrillation in ${r.row.name}`, r.fibrillation));
for (const r of results) {
  const why = Object.entries(r.figures.refusals).map(([code, k]) => `${code}: ${k}`);
  if (why.length > 0) console.log(`refused (REFUSED_*: people), ${r.row.name}: ${why.join(', ')}`);
}
const recordings = recorded();
for (const r of recordings) console.log(r);
for (const text of PUBLISHED) console.log(text);
writeFigures(options.json, { seed, n, period, results, recordings, published: PUBLISHED });
