/**
 * Draws columns of a run as lines. Where a pixel holds many rows, its lowest and highest value are drawn, so that no peak is lost:
 * as a filled column, or as two edges. Traces lie in each other, the widest at the bottom, and only the bottom one is filled: so all
 * of them are seen at every zoom, where they agree and where one reaches further than another.
 */
import type uPlot from 'uplot';
import type { PageRun } from '../../page-run.ts';
import { type Bar, type BarCache, type Column, isBroken, isDense, type Window, windowOf } from './window.ts';

export interface Stroke {
  readonly color: string;
  /** CSS pixels. */
  readonly width: number;
  readonly alpha?: number;
  readonly dash?: readonly number[];
  /** Drawn under the line, a little wider, so that it stands out from what lies below. */
  readonly casing?: string;
  /** Where pixels hold many rows: only the lowest and highest edge. */
  readonly edges?: boolean;
  /** Marks on single rows when they are far enough apart. */
  readonly points?: 'round' | 'square';
}

/** Rows at least so far apart, CSS pixels, are marked one by one. */
const POINTS_APART_PX = 9;

/** Each column as wide as it takes to reach the one before. Single rectangles: a path of thousands is far slower to fill. */
function denseBars(
  ctx: CanvasRenderingContext2D,
  column: Column,
  w: Window,
  width: number,
  stroke: Stroke,
): void {
  const half = width / 2;
  const dashPx = 4 * devicePixelRatio;
  const { factor = 1, cache } = column;
  const bars = cache.bars(column, w);
  for (const [i, bar] of bars.entries()) {
    if (stroke.dash !== undefined && Math.floor(bar.x / dashPx) % 2 === 1) continue;
    const before = bar.joins && i > 0 ? (bars[i - 1] as Bar) : bar;
    const left = bar.joins && i > 0 ? before.x + 1 : bar.x;
    const wide = bar.x + 1 - left;
    if (stroke.edges !== true) {
      const top = w.y(Math.max(bar.high, before.low) * factor);
      const bottom = w.y(Math.min(bar.low, before.high) * factor);
      ctx.fillRect(left, top - half, wide, bottom - top + width);
      continue;
    }
    for (const edge of ['low', 'high'] as const) {
      const top = w.y(Math.max(bar[edge], before[edge]) * factor);
      const bottom = w.y(Math.min(bar[edge], before[edge]) * factor);
      ctx.fillRect(left, top - half, wide, bottom - top + width);
    }
  }
}

function sparseLine(ctx: CanvasRenderingContext2D, column: Column, w: Window): void {
  const { run, values, factor = 1 } = column;
  let pen = false;
  for (let row = w.first; row < w.end; row++) {
    const value = values[row] as number;
    if (Number.isNaN(value)) {
      pen = false;
      continue;
    }
    if (isBroken(run, row)) pen = false;
    if (pen) ctx.lineTo(w.x(row), w.y(value * factor));
    else ctx.moveTo(w.x(row), w.y(value * factor));
    pen = true;
  }
}

function marks(ctx: CanvasRenderingContext2D, column: Column, w: Window, stroke: Stroke): void {
  const size = (stroke.width / 2 + 1.2) * devicePixelRatio;
  ctx.beginPath();
  for (let row = w.first; row < w.end; row++) {
    const value = column.values[row] as number;
    if (Number.isNaN(value)) continue;
    const x = w.x(row);
    const y = w.y(value);
    if (stroke.points === 'square') ctx.rect(x - size, y - size, 2 * size, 2 * size);
    else {
      ctx.moveTo(x + size, y);
      ctx.arc(x, y, size, 0, 2 * Math.PI);
    }
  }
  ctx.fill();
}

function once(ctx: CanvasRenderingContext2D, column: Column, w: Window, stroke: Stroke, extra: number): void {
  const width = (stroke.width + extra) * devicePixelRatio;
  if (isDense(w)) {
    denseBars(ctx, column, w, width, stroke);
    return;
  }
  ctx.beginPath();
  sparseLine(ctx, column, w);
  ctx.lineWidth = width;
  ctx.stroke();
}

/** One column, within the plot. */
export function drawTrace(u: uPlot, column: Column, stroke: Stroke): void {
  if (column.run.rows === 0) return;
  const { ctx } = u;
  const w = windowOf(u, column);
  ctx.save();
  clipToPlot(u);
  ctx.lineJoin = 'round';
  ctx.globalAlpha = stroke.alpha ?? 1;
  if (stroke.casing !== undefined && !isDense(w)) {
    ctx.strokeStyle = stroke.casing;
    ctx.fillStyle = stroke.casing;
    once(ctx, column, w, stroke, 2);
  }
  ctx.strokeStyle = stroke.color;
  ctx.fillStyle = stroke.color;
  ctx.setLineDash((stroke.dash ?? []).map((length) => length * devicePixelRatio));
  once(ctx, column, w, stroke, 0);
  if (stroke.points !== undefined && w.pxPerRow > POINTS_APART_PX * devicePixelRatio)
    marks(ctx, column, w, stroke);
  ctx.restore();
}

export function clipToPlot(u: uPlot): void {
  const { left, top, width, height } = u.bbox;
  u.ctx.beginPath();
  u.ctx.rect(left, top, width, height);
  u.ctx.clip();
}

/** Between two columns, a step for each row: the range of readings around it, or a band around a setpoint. */
export function drawBetween(
  u: uPlot,
  run: PageRun,
  cache: BarCache,
  low: (row: number) => number,
  high: (row: number) => number,
  fill: string,
  alpha = 1,
): void {
  const column = { run, values: run.setpoint, cache, offsetS: 0 };
  const w = windowOf(u, column);
  const { ctx } = u;
  ctx.save();
  clipToPlot(u);
  ctx.globalAlpha = alpha;
  ctx.fillStyle = fill;
  let from = Number.NaN;
  let top = Number.NaN;
  let bottom = Number.NaN;
  const flush = (to: number): void => {
    if (!Number.isNaN(from)) ctx.fillRect(from, top, Math.max(1, to - from), bottom - top);
    from = Number.NaN;
  };
  for (let row = w.first; row < w.end; row++) {
    const newTop = w.y(high(row));
    const newBottom = w.y(low(row));
    if (newTop === top && newBottom === bottom && !Number.isNaN(from)) continue;
    const x = Math.floor(w.x(row));
    if (x === from) {
      // several steps in one pixel: the widest counts
      if (newTop < top) top = newTop;
      if (newBottom > bottom) bottom = newBottom;
      continue;
    }
    flush(x);
    if (Number.isNaN(newTop) || Number.isNaN(newBottom)) continue;
    from = x;
    top = newTop;
    bottom = newBottom;
  }
  flush(w.x(w.end - 1) + Math.max(1, w.pxPerRow));
  ctx.restore();
}

/** A band around a column, from one share of it to another. */
export function drawBand(u: uPlot, column: Column, from: number, to: number, fill: string): void {
  const { run, values, cache } = column;
  const w = windowOf(u, column);
  if (!isDense(w)) {
    const at = (share: number) => (row: number) => (values[row] as number) * share;
    drawBetween(u, run, cache, at(from), at(to), fill);
    return;
  }
  const { ctx } = u;
  ctx.save();
  clipToPlot(u);
  ctx.fillStyle = fill;
  const bars = cache.bars(column, w);
  for (const [i, { x, low, high }] of bars.entries()) {
    const next = bars[i + 1];
    const wide = next?.joins === true ? next.x - x : 1;
    const top = w.y(high * to);
    ctx.fillRect(x, top, wide, w.y(low * from) - top);
  }
  ctx.restore();
}

/** Stretches in which nothing was received: hatched, never bridged. */
export function drawGaps(u: uPlot, run: PageRun, cache: BarCache, color: string): void {
  if (!Number.isFinite(run.gapS)) return;
  const w = windowOf(u, { run, values: run.raw, cache, offsetS: 0 });
  const { ctx } = u;
  ctx.save();
  clipToPlot(u);
  ctx.strokeStyle = color;
  ctx.lineWidth = devicePixelRatio;
  const { top, height } = u.bbox;
  const apart = 8 * devicePixelRatio;
  ctx.beginPath();
  for (let row = Math.max(1, w.first); row < w.end; row++) {
    if (!isBroken(run, row)) continue;
    const from = w.x(row - 1);
    const to = w.x(row);
    for (let x = from; x < to; x += apart) {
      ctx.moveTo(x, top + height);
      ctx.lineTo(Math.min(to, x + apart), top);
    }
  }
  ctx.stroke();
  ctx.restore();
}
