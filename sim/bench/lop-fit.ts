/**
 * `npm run fit:lop`: fits the constants of src/occlusion/fitted.ts on simulated people of one family at rest, measured by the whole device,
 * and writes the file anew. Ridge regression, made robust by rounds of down-weighting, one a pulse size; noise drawn over the reference
 * part's range. It must never see the people of the benchmark, nor another family.
 */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { TICK_MS } from '../../src/limits.ts';
import { FEATURE_MIDDLE, FEATURE_TAIL, FEATURES } from '../../src/occlusion/flank.ts';
import type { Lop } from '../../src/occlusion/lop-state.ts';
import { SIZES } from '../../src/occlusion/sizes.ts';
import { subject } from '../people/measure.ts';
import { measureOnRig } from '../people/measure-rig.ts';
import { whole } from '../setup/numbers.ts';
import { FIT_SEED } from './lop-stats.ts';
import { System } from './system.ts';

const PEOPLE = 650;
/** Penalty on scaled factors, as a share of the number of people. */
const RIDGE = 0.00001;
/** Distance at which a person's weight falls to a half, mmHg. */
const FAR_MMHG = 12;
const SCALE = 10_000;

interface Row {
  readonly truth: number;
  readonly x: readonly number[];
}

/** The constants are found on people of all LOPs alike, so that none stand for the whole. */
const BANDS = { from: 110, to: 240, width: 13 };
/** Weight of a band's mean error against the errors of its people. */
const EVEN = 6;

/** What the constants of flank.ts are multiplied with. */
function termsOf(f: readonly number[]): number[] {
  const middle = f[FEATURE_MIDDLE] ?? 0;
  return f.map((x, i) => {
    if (i === FEATURE_MIDDLE) return middle;
    return i === FEATURE_TAIL ? (middle * x) / 100 : x - middle;
  });
}

/**
 * Ridge regression of the relative error. Least squares alone draws every result towards the middle of the people it was found on, so that
 * low pressures read high and high ones low: the mean error of each band of true pressure counts as well.
 */
function fitConstants(rows: readonly Row[]): number[] {
  const terms = rows.map((r) => termsOf(r.x));
  const bands = bandsOf(rows);
  let weights = rows.map(() => 1);
  let result: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    const system = new System(FEATURES);
    terms.forEach((t, i) => {
      const truth = rows[i]?.truth ?? 1;
      system.add(
        t.map((x) => x / truth),
        1,
        weights[i] ?? 0,
      );
    });
    for (const band of bands) addBand(system, band, terms, rows, weights);
    result = system.solve(RIDGE * rows.length);
    weights = rows.map((r, i) => {
      const d = (dot(result, terms[i] ?? []) - r.truth) / FAR_MMHG;
      return 1 / (1 + d * d);
    });
  }
  return result;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
}

/** Which people lie in each band of true pressure. */
function bandsOf(rows: readonly Row[]): number[][] {
  const bands: number[][] = [];
  for (let low = BANDS.from; low < BANDS.to; low += BANDS.width)
    bands.push(rows.flatMap((r, i) => (r.truth >= low && r.truth < low + BANDS.width ? [i] : [])));
  return bands.filter((b) => b.length > 4);
}

function addBand(
  system: System,
  band: readonly number[],
  terms: readonly (readonly number[])[],
  rows: readonly Row[],
  weights: readonly number[],
): void {
  const total = band.reduce((sum, i) => sum + (weights[i] ?? 0), 0);
  const mean = (f: (i: number) => number): number =>
    band.reduce((sum, i) => sum + (weights[i] ?? 0) * f(i), 0) / total;
  const truth = mean((i) => rows[i]?.truth ?? 0);
  const middle = Array.from({ length: FEATURES }, (_, j) => mean((i) => terms[i]?.[j] ?? 0) / truth);
  system.add(middle, 1, EVEN * band.length);
}

function features(lop: Lop, kind: number): number[] {
  return [...lop.fit.features.slice(kind * FEATURES, (kind + 1) * FEATURES)];
}

const { people, seed } = new Command('npm run fit:lop --')
  .description(
    'Fits the constants of the LOP measurement on simulated people and writes src/occlusion/fitted.ts.',
  )
  .option('--people <n>', 'how many', whole(100, 1_000_000), PEOPLE)
  .option('--seed <n>', 'whose people', whole(0, 4_294_967_295), FIT_SEED)
  .parse()
  .opts<{ people: number; seed: number }>();

writeConstants();

function writeConstants(): void {
  const rows: Row[][] = Array.from({ length: SIZES }, () => []);
  for (let i = 0; i < people; i += 1) {
    const who = subject(seed, i, 'rest', 'even');
    const noise = who.rng.fork('noise').range(0.04, 0.15);
    const { lop } = measureOnRig(who, false, TICK_MS, noise);
    if (!lop.sweep.complete) continue;
    for (let kind = 0; kind < SIZES; kind += 1) {
      const x = features(lop, kind);
      if (x.every((v) => Number.isFinite(v))) rows[kind]?.push({ truth: who.person.lopMmHg, x });
    }
  }
  const constants: number[] = [];
  for (const kind of rows) {
    const c = fitConstants(kind);
    constants.push(...c.map((v) => Math.round(v * SCALE)));
    const errors = kind.map((r) => dot(c, termsOf(r.x)) - r.truth).sort((p, q) => p - q);
    const at = (share: number): string => (errors[Math.floor(share * (errors.length - 1))] ?? 0).toFixed(1);
    console.log(
      `${kind.length} people: error 2.5/16/50/84/97.5 %: ${[0.025, 0.16, 0.5, 0.84, 0.975].map(at).join(' ')}`,
    );
    console.log(c.map((v) => v.toFixed(3)).join(' '));
  }
  writeFileSync(new URL('../../src/occlusion/fitted.ts', import.meta.url), fileOf(constants, seed, people));
}

function fileOf(constants: readonly number[], seed: number, people: number): string {
  const per = FEATURES;
  const lines: string[] = [];
  for (let i = 0; i < constants.length; i += per) lines.push(`  ${constants.slice(i, i + per).join(', ')},`);
  return `/**
 * Constants of the three regressions, fitted by sim/bench/lop-fit.ts on ${people} simulated people of one family (seed ${seed});
 * docs/lab/lop.md says on whom. One factor a feature (flank.ts), for each pulse size. Expect a bias on real people.
 * Must never be edited by hand: the command fits them anew.
 */
export const FITTED_SCALE = ${SCALE};
// biome-ignore format: one row a pulse size
export const FITTED: readonly number[] = [
${lines.join('\n')}
];
`;
}
