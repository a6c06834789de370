/** The rows of the control benchmark's tables: what each controller did on the same plants. */

import { PUBLISHED } from '../report/published.ts';
import type { Entry } from './control-entries.ts';
import type { Metrics } from './control-metrics.ts';
import { SCENARIOS, type ScenarioName } from './control-scenarios.ts';
import { column, pair, spread } from './control-table.ts';
import type { Done } from './control-task.ts';

/** A random whole number below `n`, for resampling. */
type Pick = (n: number) => number;

const moves = (name: ScenarioName): boolean => SCENARIOS[name].stretches.some((s) => s.kind === 'move');

function headOf(name: ScenarioName): string[] {
  const moving = moves(name);
  return [
    '',
    ...(moving ? ['+-10 % moving', '(spread)', '+-10 points LOP', '+-5 % moving'] : []),
    '+-5 % rests',
    ...(moving ? ['peak %LOP', 'valley %LOP', '>LOP 2+ cycles'] : []),
    'overshoot',
    'in 3 s',
    'fill x pump',
    'fill s',
    'vent s',
    'pump s',
    'actions/min',
    'starts/min',
    'rest duty %',
    'rest act/min',
    ...(name === 'rest5' ? ['duty x leak + creep'] : []),
  ];
}

/** One row: `key` on the plants of `done`. */
export function controlRow(
  name: ScenarioName,
  title: string,
  done: readonly Done[],
  key: string,
  pick: Pick,
): string[] {
  const col = (m: keyof Metrics): number[] => column(done, key, m);
  const row = [title];
  if (moves(name)) {
    const v = col('move10');
    row.push(pair(v, true), `${spread(v, 0.5, pick).toFixed(1)} / ${spread(v, 0.05, pick).toFixed(1)}`);
    row.push(pair(col('move10Lop'), true), pair(col('move5'), true));
  }
  row.push(pair(col('rest5'), true));
  if (moves(name)) {
    row.push(pair(col('peak'), false), pair(col('valley'), true));
    row.push(`${((100 * col('aboveLopRun').filter((x) => x > 1).length) / done.length).toFixed(1)} %`);
  }
  row.push(pair(col('overshoot'), false), pair(col('overshoot3'), false));
  const share = done.map((d) => (d.metrics[key]?.fillS ?? Number.NaN) / d.pumpLimitedS);
  row.push(pair(share, false, 2), pair(col('fillS'), false), pair(col('ventS'), false));
  for (const m of ['pumpS', 'actions', 'starts', 'restDuty', 'restActions'] as const)
    row.push(pair(col(m), false));
  if (name === 'rest5')
    row.push(
      pair(
        done.map((d) => (d.metrics[key]?.restDuty ?? Number.NaN) / d.neededDuty),
        false,
        2,
      ),
    );
  return row;
}

function padded(row: string[], width: number): string[] {
  return [...row, ...Array.from({ length: width - row.length }, () => '')];
}

function publishedRows(width: number): string[][] {
  return PUBLISHED.map((p) =>
    padded(
      [
        `${p.name} (as published)`,
        String(p.move10),
        '',
        '',
        '',
        String(p.rest5),
        String(p.peak ?? ''),
        String(p.valley ?? ''),
      ],
      width,
    ),
  );
}

/** The whole table of a scenario: published devices, controllers, and the limit where it was worked out. */
export function controlTable(
  name: ScenarioName,
  done: readonly Done[],
  entries: readonly Entry[],
  pick: Pick,
): string[][] {
  const head = headOf(name);
  const rows = [head];
  if (name === 'legpress') rows.push(...publishedRows(head.length));
  for (const e of entries) rows.push(controlRow(name, e.title, done, e.key, pick));
  if (done.some((d) => d.limit !== null)) {
    const limit = (of: 'move10' | 'rest5'): string =>
      pair(
        done.map((d) => d.limit?.[of] ?? Number.NaN),
        true,
      );
    rows.push(padded(['limit (full knowledge)', limit('move10'), '', '', '', limit('rest5')], head.length));
  }
  return rows;
}

/** Share of the gap between bang-bang 2 mmHg and the limit that a controller closes, of the means over plants. */
export function gap(done: readonly Done[], key: string): number {
  const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0) / v.length;
  const low = mean(column(done, 'bb2', 'move10'));
  const top = mean(done.map((d) => d.limit?.move10 ?? Number.NaN));
  return (100 * (mean(column(done, key, 'move10')) - low)) / (top - low);
}
