/** Entry of the report page: builds the charts from the embedded run and wires theme, zoom, cursor and resize. */
import type uPlot from 'uplot';
import type { PageData } from '../page-data.ts';
import { decode, type PageRun, timed } from './decode.ts';
import { LANES_HEIGHT, lanesChart } from './lanes-chart.ts';
import {
  pressureChart,
  SERIES_PUMP_END,
  SERIES_SENSOR,
  SERIES_SETPOINT,
  SERIES_TRUE,
} from './pressure-chart.ts';
import { showReadout } from './readout.ts';

function need(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`report page: element #${id} is missing`);
  return found;
}

function zoomTo(charts: readonly uPlot[], run: PageRun, min: number, max: number): void {
  const width = Math.max(0.4, Math.min(max - min, run.endS));
  const from = Math.max(0, Math.min(min, run.endS - width));
  for (const chart of charts) chart.setScale('x', { min: from, max: from + width });
}

function zoomBy(charts: readonly uPlot[], run: PageRun, factor: number): void {
  const scale = charts[0]?.scales['x'];
  const min = scale?.min ?? 0;
  const max = scale?.max ?? run.endS;
  const half = ((max - min) * factor) / 2;
  const mid = (min + max) / 2;
  zoomTo(charts, run, mid - half, mid + half);
}

function shiftBy(charts: readonly uPlot[], run: PageRun, share: number): void {
  const scale = charts[0]?.scales['x'];
  const min = scale?.min ?? 0;
  const max = scale?.max ?? run.endS;
  const by = (max - min) * share;
  zoomTo(charts, run, min + by, max + by);
}

/** Buttons that jump to each fill and each work phase; names are counted. */
function phaseButtons(run: PageRun, into: HTMLElement, jump: (from: number, to: number) => void): void {
  const counts = new Map<string, number>();
  for (const piece of timed(run, run.data.phase)) {
    const phase = run.data.phases.find((p) => p.code === piece.value);
    if (phase === undefined || !['fill', 'work', 'rest', 'measure', 'trip'].includes(phase.kind)) continue;
    const count = (counts.get(phase.name) ?? 0) + 1;
    counts.set(phase.name, count);
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `${phase.name} ${count}`;
    const pad = Math.min(3, (piece.toS - piece.fromS) * 0.1);
    button.addEventListener('click', () => jump(piece.fromS - pad, piece.toS + pad));
    into.append(button);
  }
}

function wireTheme(redraw: () => void): void {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const button = need('theme');
  const isDark = (): boolean => (root.dataset['theme'] ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  const show = (): void => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    redraw();
  };
  button.addEventListener('click', () => {
    root.dataset['theme'] = isDark() ? 'light' : 'dark';
    show();
  });
  dark.addEventListener('change', show);
  show();
}

function wireSeries(chart: uPlot): void {
  const index: Readonly<Record<string, number>> = {
    true: SERIES_TRUE,
    sensor: SERIES_SENSOR,
    setpoint: SERIES_SETPOINT,
    'pump-end': SERIES_PUMP_END,
  };
  for (const box of document.querySelectorAll<HTMLInputElement>('input[data-series]')) {
    const at = index[box.dataset['series'] ?? ''] ?? 0;
    const set = (): void => chart.setSeries(at, { show: box.checked });
    box.addEventListener('change', set);
    set();
  }
}

function wireKeys(charts: readonly uPlot[], run: PageRun, area: HTMLElement): void {
  const acts: Readonly<Record<string, () => void>> = {
    '+': () => zoomBy(charts, run, 0.5),
    '=': () => zoomBy(charts, run, 0.5),
    '-': () => zoomBy(charts, run, 2),
    '0': () => zoomTo(charts, run, 0, run.endS),
    ArrowLeft: () => shiftBy(charts, run, -0.2),
    ArrowRight: () => shiftBy(charts, run, 0.2),
  };
  area.addEventListener('keydown', (event) => {
    const act = acts[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
}

function start(): void {
  const data = JSON.parse(need('run').textContent ?? '') as PageData;
  const run = decode(data);
  const area = need('charts');
  const width = (): number => area.clientWidth;
  const height = (): number => (width() < 600 ? 260 : 380);
  const pressure = pressureChart(run, need('pressure'), { width: width(), height: height() });
  const lanes = lanesChart(run, need('lanes'), width());
  const charts = [pressure, lanes];
  const readout = need('readout');
  const showRow = (): void => showReadout(readout, run, pressure.cursor.idx ?? null);
  pressure.hooks.setCursor = [...(pressure.hooks.setCursor ?? []), showRow];
  for (const [from, to] of [
    [pressure, lanes],
    [lanes, pressure],
  ] as const) {
    const follow = (u: uPlot, key: string): void => {
      const { min, max } = u.scales['x'] ?? {};
      const other = to.scales['x'];
      if (key !== 'x' || min === undefined || max === undefined) return;
      if (other?.min !== min || other?.max !== max) to.setScale('x', { min, max });
    };
    from.hooks.setScale = [...(from.hooks.setScale ?? []), follow];
  }
  const jump = (from: number, to: number): void => {
    zoomTo(charts, run, from, to);
    area.scrollIntoView({ block: 'nearest' });
  };
  const shared = /^#t=([\d.]+)-([\d.]+)$/.exec(location.hash);
  if (shared !== null) zoomTo(charts, run, Number(shared[1]), Number(shared[2]));
  need('whole').addEventListener('click', () => zoomTo(charts, run, 0, run.endS));
  need('closer').addEventListener('click', () => zoomBy(charts, run, 0.5));
  need('wider').addEventListener('click', () => zoomBy(charts, run, 2));
  need('earlier').addEventListener('click', () => shiftBy(charts, run, -0.5));
  need('later').addEventListener('click', () => shiftBy(charts, run, 0.5));
  phaseButtons(run, need('jumps'), jump);
  for (const button of document.querySelectorAll<HTMLElement>('[data-at]')) {
    const at = Number(button.dataset['at']);
    button.addEventListener('click', () => jump(at - 5, at + 5));
  }
  wireTheme(() => {
    for (const chart of charts) chart.redraw(false, true);
  });
  wireSeries(pressure);
  wireKeys(charts, run, area);
  showReadout(readout, run, null);
  new ResizeObserver(() => {
    if (width() === pressure.width || width() === 0) return;
    pressure.setSize({ width: width(), height: height() });
    lanes.setSize({ width: width(), height: LANES_HEIGHT });
  }).observe(area);
}

start();
