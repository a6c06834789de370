/** The chart as a table of some rows of what is in view, for who cannot see it. */
import { type PageRun, rowAt } from '../../page-run.ts';
import { make } from './dom.ts';
import { phaseText } from './readout.ts';
import { timeText, type View } from './view.ts';

const ROWS = 25;

function cellText(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? 'none' : value.toFixed(1);
}

/** Rows at equal distances of time, each once. */
export function tableRows(run: PageRun, view: View): number[] {
  if (run.rows === 0) return [];
  const step = (view.toS - view.fromS) / (ROWS - 1);
  const rows = Array.from({ length: ROWS }, (_, i) => rowAt(run, view.fromS + i * step));
  return [...new Set(rows)];
}

export function fillTable(table: HTMLTableElement, run: PageRun, view: View): void {
  const columns: [string, (row: number) => string][] = [
    ['Time', (r) => timeText(run.t[r] as number, true)],
    ['Phase', (r) => phaseText(run, r)],
    ['Sensor, mmHg', (r) => cellText(run.raw[r])],
    ['Smoothed, mmHg', (r) => cellText(run.p[r])],
    ...(run.hasTruth
      ? [['True, mmHg', (r: number) => cellText(run.p2[r])] as [string, (r: number) => string]]
      : []),
    ['Setpoint, mmHg', (r) => cellText(run.setpoint[r])],
    ['Pump, %', (r) => String(Math.round((run.pump[r] as number) / 10))],
    ['Valve', (r) => (run.vent[r] === 1 ? 'open' : `${run.bleedMs[r]} ms`)],
  ];
  const head = make('tr', {}, ...columns.map(([name]) => make('th', { scope: 'col' }, name)));
  const body = tableRows(run, view).map((row) =>
    make('tr', {}, ...columns.map(([, text]) => make('td', {}, text(row)))),
  );
  const from = `${timeText(view.fromS, false)} to ${timeText(view.toS, false)}`;
  table.replaceChildren(
    make('caption', {}, `Some rows of what the chart shows, ${from}`),
    make('thead', {}, head),
    make('tbody', {}, ...body),
  );
}
