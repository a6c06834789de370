/** What stands across the pressure chart: the occlusion pressure, presses, trips, faults, differences of a replay. */
import type uPlot from 'uplot';
import type { RunEvent } from '../../run-log.ts';
import { font, type Palette } from './colors.ts';

export interface Mark {
  readonly tMs: number;
  /** `differs`: where a replay decides otherwise; there may be hundreds, so it gets no line. */
  readonly kind: 'press' | 'trip' | 'fault' | 'differs';
  readonly text: string;
}

const SHOWN: readonly string[] = ['press', 'trip', 'fault'];

/** The events that are marked on the chart. */
export function marksOf(events: readonly RunEvent[]): Mark[] {
  return events.filter((event) => SHOWN.includes(event.kind)) as Mark[];
}

/** Text on a patch of paper, so that it can be read over any line. */
function label(ctx: CanvasRenderingContext2D, ink: Palette, text: string, x: number, y: number): void {
  const color = ctx.fillStyle;
  const box = ctx.measureText(text);
  const px = devicePixelRatio;
  ctx.fillStyle = ink.paper;
  ctx.fillRect(
    x - box.actualBoundingBoxLeft - 2 * px,
    y - box.actualBoundingBoxAscent - px,
    box.actualBoundingBoxLeft + box.actualBoundingBoxRight + 4 * px,
    box.actualBoundingBoxAscent + box.actualBoundingBoxDescent + 2 * px,
  );
  ctx.fillStyle = color;
  ctx.fillText(text, x, y);
}

/** The limb occlusion pressure as a dotted line. */
export function drawLop(u: uPlot, ink: Palette, lopMmHg: number): void {
  const y = u.valToPos(lopMmHg, 'y', true);
  if (!(lopMmHg > 0) || y < u.bbox.top || y > u.bbox.top + u.bbox.height) return;
  const { ctx } = u;
  const px = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = ink.lop;
  ctx.fillStyle = ink.lop;
  ctx.lineWidth = 1.5 * px;
  ctx.setLineDash([2 * px, 4 * px]);
  ctx.beginPath();
  ctx.moveTo(u.bbox.left, y);
  ctx.lineTo(u.bbox.left + u.bbox.width, y);
  ctx.stroke();
  ctx.font = font(11);
  // on the left: most trips and their names stand at the end
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  label(ctx, ink, `LOP ${lopMmHg.toFixed(0)} mmHg`, u.bbox.left + 4 * px, y - 3 * px);
  ctx.restore();
}

function drawMark(u: uPlot, ink: Palette, mark: Mark, line: number): void {
  const x = u.valToPos(mark.tMs / 1000, 'x', true);
  if (x < u.bbox.left || x > u.bbox.left + u.bbox.width) return;
  const { ctx } = u;
  const loud = mark.kind === 'trip' || mark.kind === 'fault';
  const px = devicePixelRatio;
  ctx.strokeStyle = mark.kind === 'differs' ? ink.differs : loud ? ink.trip : ink.press;
  ctx.fillStyle = ctx.strokeStyle;
  ctx.lineWidth = (loud ? 2 : 1) * px;
  ctx.setLineDash(loud ? [6 * px, 3 * px] : []);
  if (mark.kind !== 'differs') {
    ctx.beginPath();
    ctx.moveTo(x, u.bbox.top);
    ctx.lineTo(x, u.bbox.top + u.bbox.height);
    ctx.stroke();
  }
  const size = (mark.kind === 'differs' ? 3 : 5) * px;
  const atTop = mark.kind !== 'press';
  const base = atTop ? u.bbox.top : u.bbox.top + u.bbox.height;
  ctx.beginPath();
  ctx.moveTo(x - size, base);
  ctx.lineTo(x + size, base);
  ctx.lineTo(x, atTop ? base + 2 * size : base - 2 * size);
  ctx.fill();
  if (!loud) return;
  ctx.font = font(11);
  ctx.textBaseline = 'top';
  const right = x > u.bbox.left + u.bbox.width * 0.7;
  ctx.textAlign = right ? 'right' : 'left';
  const word = `${mark.kind}: ${mark.text.split(/[:.]/)[0] ?? ''}`;
  label(ctx, ink, word, right ? x - 8 * px : x + 8 * px, u.bbox.top + (2 + 14 * line) * px);
}

/** All marks in view; words of trips and faults stand below each other. */
export function drawMarks(u: uPlot, ink: Palette, marks: readonly Mark[]): void {
  u.ctx.save();
  let line = 0;
  for (const mark of marks) {
    drawMark(u, ink, mark, line % 4);
    if (mark.kind === 'trip' || mark.kind === 'fault') line++;
  }
  u.ctx.restore();
}
