/** The pressure chart: true and sensed pressure, setpoint with its bands, LOP, marks for presses and trips. */
import uPlot from 'uplot';
import { color, font } from './colors.ts';
import type { Gappy, PageRun } from './decode.ts';

export const SYNC = 'run';
export const GUTTER = 50;
export const SERIES_PUMP_END = 5;
export const SERIES_SENSOR = 6;
export const SERIES_TRUE = 7;
export const SERIES_SETPOINT = 8;

export function seconds(value: number, fine: boolean): string {
  const sign = value < 0 ? '-' : '';
  const abs = Math.abs(value);
  const m = Math.floor(abs / 60);
  const s = abs - 60 * m;
  return `${sign}${m}:${fine ? s.toFixed(2).padStart(5, '0') : String(Math.floor(s)).padStart(2, '0')}`;
}

/** Steps of the time axis that fall on whole seconds and minutes. */
const TIME_STEPS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

export function timeAxis(withLabels: boolean): uPlot.Axis {
  return {
    stroke: () => color('faint'),
    grid: { stroke: () => color('grid'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
    size: withLabels ? 28 : 0,
    gap: 6,
    space: 64,
    incrs: TIME_STEPS,
    values: (_, ticks, __, ___, step) =>
      ticks.map((tick) => (withLabels ? (step < 1 ? seconds(tick, true) : seconds(tick, false)) : '')),
  };
}

function scaled(column: Gappy, factor: number): Gappy {
  return column.map((value) => (value === null ? null : value * factor));
}

function line(u: uPlot, valueMmHg: number, text: string): void {
  const y = u.valToPos(valueMmHg, 'y', true);
  if (y < u.bbox.top || y > u.bbox.top + u.bbox.height) return;
  const { ctx } = u;
  ctx.save();
  ctx.strokeStyle = color('lop');
  ctx.fillStyle = color('lop');
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(u.bbox.left, y);
  ctx.lineTo(u.bbox.left + u.bbox.width, y);
  ctx.stroke();
  ctx.font = font(11);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  ctx.fillText(text, u.bbox.left + 6 * devicePixelRatio, y - 2 * devicePixelRatio);
  ctx.restore();
}

interface Mark {
  readonly tMs: number;
  readonly kind: string;
  readonly text: string;
}

function drawMark(u: uPlot, mark: Mark): void {
  const x = u.valToPos(mark.tMs / 1000, 'x', true);
  if (x < u.bbox.left || x > u.bbox.left + u.bbox.width) return;
  const { ctx } = u;
  const isTrip = mark.kind === 'trip' || mark.kind === 'fault';
  const px = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = color(isTrip ? 'trip' : 'press');
  ctx.fillStyle = ctx.strokeStyle;
  ctx.lineWidth = (isTrip ? 2 : 1) * px;
  ctx.setLineDash(isTrip ? [6 * px, 3 * px] : []);
  ctx.beginPath();
  ctx.moveTo(x, u.bbox.top);
  ctx.lineTo(x, u.bbox.top + u.bbox.height);
  ctx.stroke();
  ctx.beginPath();
  const size = 5 * px;
  const base = isTrip ? u.bbox.top : u.bbox.top + u.bbox.height;
  const tip = isTrip ? base + 2 * size : base - 2 * size;
  ctx.moveTo(x - size, base);
  ctx.lineTo(x + size, base);
  ctx.lineTo(x, tip);
  ctx.fill();
  if (isTrip) {
    ctx.font = font(11);
    ctx.textBaseline = 'top';
    const right = x > u.bbox.left + u.bbox.width * 0.7;
    ctx.textAlign = right ? 'right' : 'left';
    const word = `${mark.kind}: ${mark.text.split(/[:.]/)[0] ?? ''}`;
    ctx.fillText(word, right ? x - 8 * px : x + 8 * px, u.bbox.top + (mark.kind === 'trip' ? 14 : 28) * px);
  }
  ctx.restore();
}

export function pressureChart(
  run: PageRun,
  into: HTMLElement,
  size: { width: number; height: number },
): uPlot {
  const sp = run.setpoint;
  const data: uPlot.AlignedData = [
    run.t,
    scaled(sp, 1.1),
    scaled(sp, 0.9),
    scaled(sp, 1.05),
    scaled(sp, 0.95),
    run.p1,
    run.raw,
    run.p2,
    sp,
    scaled(sp, 1.1),
    scaled(sp, 0.9),
  ];
  const marks = run.data.events.filter((event) => ['press', 'trip', 'fault'].includes(event.kind));
  const edge: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false } };
  const rim: uPlot.Series = {
    stroke: () => color('setpoint'),
    width: 0.8,
    dash: [2, 3],
    points: { show: false },
  };
  const lop = run.data.lopMmHg;
  return new uPlot(
    {
      ...size,
      padding: [8, 8, 0, 0],
      scales: {
        x: { time: false },
        y: {
          range: (u, _, max) => {
            const { min: from, max: to } = u.scales['x'] ?? {};
            const whole = (to ?? run.endS) - (from ?? 0) >= run.endS * 0.98;
            const low = whole ? 0 : Math.min(...visible(u, run));
            const high = whole ? Math.max(max ?? 0, lop) : Math.max(...visible(u, run));
            const pad = Math.max(2, (high - low) * 0.06);
            return [whole ? Math.min(0, low) : low - pad, high + pad];
          },
        },
      },
      cursor: { sync: { key: SYNC }, points: { size: 7 }, drag: { x: true, y: false, dist: 6 } },
      legend: { show: false },
      axes: [
        timeAxis(true),
        {
          stroke: () => color('faint'),
          grid: { stroke: () => color('grid'), width: 1 },
          ticks: { show: false },
          font: '12px system-ui, sans-serif',
          size: GUTTER,
          gap: 6,
        },
      ],
      series: [
        {},
        edge,
        { ...edge },
        { ...edge },
        { ...edge },
        { stroke: () => color('faint'), width: 1, dash: [2, 2], show: false, points: { show: false } },
        { stroke: () => color('sensor'), width: 1, points: { show: false } },
        { stroke: () => color('true'), width: 1.8, points: { show: false } },
        { stroke: () => color('setpoint'), width: 1.6, dash: [7, 4], points: { show: false } },
        rim,
        { ...rim },
      ],
      bands: [
        { series: [1, 2], fill: () => color('band10') },
        { series: [3, 4], fill: () => color('band5') },
      ],
      hooks: {
        draw: [
          (u) => {
            if (lop > 0) line(u, lop, `LOP ${lop.toFixed(0)} mmHg`);
            for (const mark of marks) drawMark(u, mark);
          },
        ],
      },
    },
    data,
    into,
  );
}

/** Lowest and highest of what is shown in the visible window; a cuff at rest keeps the axis at 0. */
function visible(u: uPlot, run: PageRun): [number, number] {
  const [from, to] = u.series[0]?.idxs ?? [0, run.t.length - 1];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = from ?? 0; i <= (to ?? 0); i++) {
    for (const column of [run.p2, run.raw]) {
      const value = column[i];
      if (value === null || value === undefined) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const sp = run.setpoint[i];
    if (sp === null || sp === undefined) continue;
    if (sp * 0.9 < low) low = sp * 0.9;
    if (sp * 1.1 > high) high = sp * 1.1;
  }
  return Number.isFinite(low) ? [low, high] : [0, 1];
}
