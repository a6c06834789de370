/**
 * `npm run fit:lop`: fits the constants of src/occlusion/fitted.ts on simulated people at rest and writes the file anew. Ridge regression,
 * made robust by rounds of down-weighting, one a pulse size; noise drawn over the reference part's range. It must never see the people
 * of the benchmark.
 */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { FEATURES } from '../../src/occlusion/flank.ts';
import type { Lop } from '../../src/occlusion/lop-state.ts';
import { SIZES } from '../../src/occlusion/sizes.ts';
import { measure, type NoiseModel, subject } from '../people/measure.ts';
import { whole } from '../setup/numbers.ts';
import { FIT_SEED } from './lop-stats.ts';

const PEOPLE = 1600;
/** Control periods of the people in turn, ms: most at the board's own. */
const PERIODS = [50, 20, 50, 40] as const;
/** Penalty on standardised factors, as a share of the number of people. */
const RIDGE = 0.0005;
/** Distance at which a person's weight falls to a half, mmHg. */
const FAR_MMHG = 8;
const SCALE = 10_000;

interface Row {
  readonly truth: number;
  readonly x: readonly number[];
}

/** Solve the symmetric system a x = b by Gauss elimination with pivots. */
function solveSystem(a: number[][], b: number[]): number[] {
  const n = b.length;
  const m = a.map((row, i) => [...row, b[i] ?? 0]);
  for (let c = 0; c < n; c += 1) {
    let best = c;
    for (let r = c + 1; r < n; r += 1) if (Math.abs(m[r]?.[c] ?? 0) > Math.abs(m[best]?.[c] ?? 0)) best = r;
    const top = m[best] ?? [];
    m[best] = m[c] ?? [];
    m[c] = top;
    for (let r = 0; r < n; r += 1) {
      if (r === c) continue;
      const row = m[r] ?? [];
      const f = (row[c] ?? 0) / (top[c] ?? 1);
      for (let k = c; k <= n; k += 1) row[k] = (row[k] ?? 0) - f * (top[k] ?? 0);
    }
  }
  return m.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}

/** Intercept and factors. */
function ridge(rows: readonly Row[], penalty: number): number[] {
  const k = rows[0]?.x.length ?? 0;
  let weights = rows.map(() => 1);
  let result: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const total = weights.reduce((s, w) => s + w, 0);
    const mean = (f: (r: Row) => number): number =>
      rows.reduce((s, r, i) => s + (weights[i] ?? 0) * f(r), 0) / total;
    const mx = Array.from({ length: k }, (_, j) => mean((r) => r.x[j] ?? 0));
    const my = mean((r) => r.truth);
    const sx = mx.map((m, j) => Math.sqrt(mean((r) => ((r.x[j] ?? 0) - m) ** 2)) || 1);
    const z = rows.map((r) => r.x.map((x, j) => (x - (mx[j] ?? 0)) / (sx[j] ?? 1)));
    const a = Array.from({ length: k }, () => new Array<number>(k).fill(0));
    const b = new Array<number>(k).fill(0);
    z.forEach((zi, i) => {
      const w = weights[i] ?? 0;
      const y = (rows[i]?.truth ?? 0) - my;
      for (let p = 0; p < k; p += 1) {
        b[p] = (b[p] ?? 0) + w * (zi[p] ?? 0) * y;
        const row = a[p] ?? [];
        for (let q = 0; q < k; q += 1) row[q] = (row[q] ?? 0) + w * (zi[p] ?? 0) * (zi[q] ?? 0);
      }
    });
    for (let p = 0; p < k; p += 1) (a[p] ?? [])[p] = (a[p]?.[p] ?? 0) + penalty * total;
    const beta = solveSystem(a, b).map((v, j) => v / (sx[j] ?? 1));
    const intercept = my - beta.reduce((s, v, j) => s + v * (mx[j] ?? 0), 0);
    result = [intercept, ...beta];
    weights = rows.map((r) => {
      const d = (predict(result, r.x) - r.truth) / FAR_MMHG;
      return 1 / (1 + d * d);
    });
  }
  return result;
}

function predict(constants: readonly number[], x: readonly number[]): number {
  return x.reduce((s, v, j) => s + v * (constants[j + 1] ?? 0), constants[0] ?? 0);
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
    const who = subject(seed, i, 'rest', i % 2 === 0 ? 'natural' : 'even');
    const noise: NoiseModel = { noise: who.rng.fork('noise').range(0.04, 0.2), lsb: 0, spikes: 0 };
    const lop = measure(who, noise, false, PERIODS[Math.floor(i / 2) % PERIODS.length] ?? 50);
    if (!lop.sweep.complete) continue;
    for (let kind = 0; kind < SIZES; kind += 1) {
      const x = features(lop, kind);
      if (x.every((v) => Number.isFinite(v))) rows[kind]?.push({ truth: who.person.lopMmHg, x });
    }
  }
  const constants: number[] = [];
  for (const kind of rows) {
    const c = ridge(kind, RIDGE);
    constants.push(...c.map((v) => Math.round(v * SCALE)));
    const errors = kind.map((r) => predict(c, r.x) - r.truth).sort((p, q) => p - q);
    const at = (share: number): string => (errors[Math.floor(share * (errors.length - 1))] ?? 0).toFixed(1);
    console.log(
      `${kind.length} people: error 2.5/16/50/84/97.5 %: ${[0.025, 0.16, 0.5, 0.84, 0.975].map(at).join(' ')}`,
    );
    console.log(c.map((v) => v.toFixed(3)).join(' '));
  }
  writeFileSync(new URL('../../src/occlusion/fitted.ts', import.meta.url), fileOf(constants, seed, people));
}

function fileOf(constants: readonly number[], seed: number, people: number): string {
  const per = FEATURES + 1;
  const lines: string[] = [];
  for (let i = 0; i < constants.length; i += per) lines.push(`  ${constants.slice(i, i + per).join(', ')},`);
  return `/**
 * Constants of the three regressions, fitted by sim/bench/lop-fit.ts on ${people} simulated people (seed ${seed}); docs/lop.md says on whom.
 * Intercept, then one factor a feature (flank.ts), for each pulse size. Expect a bias on real people.
 */
export const FITTED_SCALE = ${SCALE};
// biome-ignore format: one row a pulse size
export const FITTED: readonly number[] = [
${lines.join('\n')}
];
`;
}
