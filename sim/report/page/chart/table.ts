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

function fillTable(table: HTMLTableElement, run: PageRun, view: View): void {
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

/** How long a view must stand before it is told, ms: a zoom under way would be read out at each step. */
const SETTLED_MS = 400;

/** The table, and what is read out of the view, follow when the view has stood for a while. */
export class Settled {
  readonly #table: HTMLTableElement;
  readonly #status: HTMLElement;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(table: HTMLTableElement, status: HTMLElement) {
    this.#table = table;
    this.#status = status;
  }

  /** `aloud`: somebody has chosen this view. */
  later(run: PageRun, view: View, aloud: boolean): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      fillTable(this.#table, run, view);
      const text = `Shows ${timeText(view.fromS, false)} to ${timeText(view.toS, false)}`;
      if (aloud && this.#status.textContent !== text) this.#status.textContent = text;
    }, SETTLED_MS);
  }

  stop(): void {
    clearTimeout(this.#waiting);
  }
}
