/** Quantiles and plain text tables of the benchmarks. */
import type { Metrics } from './control-metrics.ts';
import type { Done } from './control-task.ts';

/** Value at share `p` of the sorted list. What has no value is left out: NaN, and the time of a fill that never ended. */
export function quantile(values: readonly number[], p: number): number {
  const v = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (v.length === 0) return Number.NaN;
  return v[Math.min(v.length - 1, Math.floor(p * v.length))] as number;
}

/** Median and worst 5 %: the 5th percentile where more is better, the 95th where less is. */
export function pair(values: readonly number[], moreIsBetter: boolean, digits = 1): string {
  const mid = quantile(values, 0.5);
  if (Number.isNaN(mid)) return '-';
  return `${mid.toFixed(digits)} / ${quantile(values, moreIsBetter ? 0.05 : 0.95).toFixed(digits)}`;
}

export function column(done: readonly Done[], key: string, metric: keyof Metrics): number[] {
  return done.map((d) => (d.metrics[key] as Metrics)[metric]);
}

/** Plain text table; the first row is the head. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number)))
      .join('  ')
      .trimEnd();
  const [head, ...rest] = rows;
  return [line(head ?? []), widths.map((w) => '-'.repeat(w)).join('  '), ...rest.map(line)].join('\n');
}

/** Spread of a median over fresh seeds: half the range between the 16th and the 84th percentile of resampled plants. */
export function spread(values: readonly number[], p: number, pick: (n: number) => number): number {
  const v = values.filter((x) => !Number.isNaN(x));
  if (v.length < 4) return Number.NaN;
  const found: number[] = [];
  for (let k = 0; k < 200; k += 1) {
    const again: number[] = [];
    for (let i = 0; i < v.length; i += 1) again.push(v[pick(v.length)] as number);
    found.push(quantile(again, p));
  }
  return (quantile(found, 0.84) - quantile(found, 0.16)) / 2;
}
