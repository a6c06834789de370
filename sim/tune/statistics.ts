/** Sums over plants: medians, bad ends, paired differences with their error. */
import type { Figures } from './trial.ts';

/** Values of one figure over the plants, without those that have none, sorted. */
function sorted(all: readonly Figures[], name: keyof Figures): number[] {
  return all
    .map((f) => f[name])
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
}

/** Quantile of sorted values, straight lines between them; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const at = share * (values.length - 1);
  const low = Math.floor(at);
  const a = values[low] as number;
  const b = values[Math.min(low + 1, values.length - 1)] as number;
  return a + (b - a) * (at - low);
}

export interface Summary {
  readonly median: number;
  /** 5th and 95th percentile. */
  readonly low: number;
  readonly high: number;
}

export function summaryOf(all: readonly Figures[], name: keyof Figures): Summary {
  const values = sorted(all, name);
  return { median: quantile(values, 0.5), low: quantile(values, 0.05), high: quantile(values, 0.95) };
}

export interface Difference {
  readonly mean: number;
  /** Standard error of the mean. */
  readonly error: number;
  readonly count: number;
}

/** Paired differences after - before; pairs with a missing side are left out. */
export function difference(before: readonly number[], after: readonly number[]): Difference {
  const list = before.map((b, i) => (after[i] ?? Number.NaN) - b).filter((d) => !Number.isNaN(d));
  const n = list.length;
  const mean = list.reduce((sum, d) => sum + d, 0) / n;
  const squares = list.reduce((sum, d) => sum + (d - mean) * (d - mean), 0);
  return { mean, error: n > 1 ? Math.sqrt(squares / (n * (n - 1))) : Number.POSITIVE_INFINITY, count: n };
}

export function pick(all: readonly Figures[], name: keyof Figures): number[] {
  return all.map((f) => f[name]);
}
