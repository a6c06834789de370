/** Figures of a series of measurements against the model's own truth. They say nothing about accuracy on people. */

/** Seed of the people whom the constants were fitted on: the benchmark refuses it. */
export const FIT_SEED = 710_001;

export interface Outcome {
  readonly truth: number;
  /** Result, mmHg; 0 = refused. */
  readonly mmHg: number;
  readonly refusal: number;
  readonly notices: number;
  /** Under pressure, and from the order to the answer, s. */
  readonly pressureS: number;
  readonly totalS: number;
  readonly fibrillation: boolean;
}

/** Bands of true occlusion pressure, mmHg. */
export const BANDS = [
  [110, 140],
  [140, 170],
  [170, 200],
  [200, 241],
] as const;

export interface Band {
  readonly from: number;
  readonly to: number;
  readonly people: number;
  readonly bias: number;
  readonly sd: number;
}

function bandOf(good: readonly Outcome[], from: number, to: number): Band {
  const errors = good.filter((o) => o.truth >= from && o.truth < to).map((o) => o.mmHg - o.truth);
  const n = errors.length;
  const bias = n > 0 ? errors.reduce((s, e) => s + e, 0) / n : 0;
  const sd = n > 1 ? Math.sqrt(errors.reduce((s, e) => s + (e - bias) ** 2, 0) / (n - 1)) : 0;
  return { from, to, people: n, bias, sd };
}

export interface LopFigures {
  readonly people: number;
  readonly accepted: number;
  readonly acceptedPercent: number;
  readonly bias: number;
  readonly sd: number;
  /** Limits of agreement, bias +- 1.96 SD. */
  readonly lower: number;
  readonly upper: number;
  readonly within10MmHgPercent: number;
  readonly within10PercentPercent: number;
  readonly over25: number;
  /** Exact 95 % interval of the share off by more than 25 mmHg, percent (Clopper-Pearson). */
  readonly over25Low: number;
  readonly over25High: number;
  readonly pressureMedianS: number;
  readonly pressure95S: number;
  readonly pressureMaxS: number;
  readonly totalMedianS: number;
  readonly total95S: number;
  readonly totalMaxS: number;
  /** By band of true pressure: mean error and its SD. */
  readonly bands: readonly Band[];
  readonly refusals: Readonly<Record<string, number>>;
}

/** log of the binomial coefficient, by sums of logarithms. */
function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i += 1) sum += Math.log(n - k + i) - Math.log(i);
  return sum;
}

/** Chance of at most k hits in n at share p. */
function cumulative(k: number, n: number, p: number): number {
  if (p <= 0) return 1;
  if (p >= 1) return k >= n ? 1 : 0;
  let sum = 0;
  for (let i = 0; i <= k; i += 1)
    sum += Math.exp(logChoose(n, i) + i * Math.log(p) + (n - i) * Math.log(1 - p));
  return Math.min(1, sum);
}

function bisect(f: (p: number) => boolean): number {
  let lo = 0;
  let hi = 1;
  for (let i = 0; i < 60; i += 1) {
    const mid = (lo + hi) / 2;
    if (f(mid)) lo = mid;
    else hi = mid;
  }
  return (lo + hi) / 2;
}

/** Exact 95 % interval of a share, k of n. */
export function clopperPearson(k: number, n: number): readonly [number, number] {
  if (n === 0) return [0, 1];
  const low = k === 0 ? 0 : bisect((p) => 1 - cumulative(k - 1, n, p) < 0.025);
  const high = k === n ? 1 : bisect((p) => cumulative(k, n, p) > 0.025);
  return [low, high];
}

function percentile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))] ?? 0;
}

export function figuresOf(outcomes: readonly Outcome[]): LopFigures {
  const good = outcomes.filter((o) => o.refusal === 0);
  const errors = good.map((o) => o.mmHg - o.truth);
  const n = good.length;
  const share = (k: number, of: number): number => (of > 0 ? (100 * k) / of : 0);
  const bias = n > 0 ? errors.reduce((s, e) => s + e, 0) / n : 0;
  const sd = n > 1 ? Math.sqrt(errors.reduce((s, e) => s + (e - bias) ** 2, 0) / (n - 1)) : 0;
  const over25 = errors.filter((e) => Math.abs(e) > 25).length;
  const [low, high] = clopperPearson(over25, n);
  const pressure = outcomes.map((o) => o.pressureS).sort((a, b) => a - b);
  const total = outcomes.map((o) => o.totalS).sort((a, b) => a - b);
  const refusals: Record<string, number> = {};
  for (const o of outcomes) if (o.refusal > 0) refusals[o.refusal] = (refusals[o.refusal] ?? 0) + 1;
  return {
    people: outcomes.length,
    accepted: n,
    acceptedPercent: share(n, outcomes.length),
    bias,
    sd,
    lower: bias - 1.96 * sd,
    upper: bias + 1.96 * sd,
    within10MmHgPercent: share(errors.filter((e) => Math.abs(e) <= 10).length, n),
    within10PercentPercent: share(good.filter((o) => Math.abs(o.mmHg - o.truth) <= 0.1 * o.truth).length, n),
    over25,
    over25Low: 100 * low,
    over25High: 100 * high,
    pressureMedianS: percentile(pressure, 0.5),
    pressure95S: percentile(pressure, 0.95),
    pressureMaxS: percentile(pressure, 1),
    totalMedianS: percentile(total, 0.5),
    total95S: percentile(total, 0.95),
    totalMaxS: percentile(total, 1),
    bands: BANDS.map(([from, to]) => bandOf(good, from, to)),
    refusals,
  };
}
