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

/** Text on a patch of paper, so that it can be read over any line. */
function label(ctx: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  const ink = ctx.fillStyle;
  const box = ctx.measureText(text);
  const px = devicePixelRatio;
  ctx.fillStyle = color('paper');
  ctx.fillRect(
    x - box.actualBoundingBoxLeft - 2 * px,
    y - box.actualBoundingBoxAscent - px,
    box.actualBoundingBoxLeft + box.actualBoundingBoxRight + 4 * px,
    box.actualBoundingBoxAscent + box.actualBoundingBoxDescent + 2 * px,
  );
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y);
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
  ctx.textAlign = 'right';
  ctx.textBaseline = 'bottom';
  label(ctx, text, u.bbox.left + u.bbox.width - 4 * devicePixelRatio, y - 3 * devicePixelRatio);
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
    label(ctx, word, right ? x - 8 * px : x + 8 * px, u.bbox.top + (mark.kind === 'trip' ? 2 : 16) * px);
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
      padding: [8, 20, 0, 0],
      scales: {
        x: { time: false },
        y: {
          range: (u, min, max) => {
            const { min: from, max: to } = u.series[0] ?? {};
            const whole = (to ?? run.endS) - (from ?? 0) >= run.endS * 0.98;
            const low = whole ? Math.min(0, min ?? 0) : (min ?? 0);
            const high = whole ? Math.max(max ?? 0, lop * 1.07) : (max ?? 1);
            const pad = Math.max(2, (high - low) * 0.05);
            return [whole ? low : low - pad, high + pad];
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
