/** Many cuffs like one as a cloud: each adds its range of every second, pale; where many are, it is dark. Grows as they finish. */
import { useEffect, useRef } from 'preact/hooks';
import { onTheme, palette } from '../../../report/page/chart/colors.ts';
import { quantile } from '../../../tune/statistics.ts';
import type { CloudLine } from './messages.ts';

const HEIGHT = 240;
/** Share of the setpoint that the picture reaches, below and above. */
const LOW = 0.6;
const HIGH = 1.4;
const LEFT = 46;
const BOTTOM = 22;
const TOP = 8;

interface Frame {
  readonly ctx: CanvasRenderingContext2D;
  readonly width: number;
  readonly seconds: number;
  readonly x: (s: number) => number;
  readonly y: (share: number) => number;
}

function axes({ ctx, width, seconds, x, y }: Frame): void {
  const ink = palette();
  ctx.font = '12px system-ui, sans-serif';
  ctx.textBaseline = 'middle';
  for (const share of [0.6, 0.8, 1, 1.2, 1.4]) {
    ctx.fillStyle = ink.grid;
    ctx.fillRect(LEFT, y(share), width - LEFT, 1);
    ctx.fillStyle = ink.faint;
    ctx.textAlign = 'right';
    ctx.fillText(`${Math.round(share * 100)} %`, LEFT - 6, y(share));
  }
  ctx.textAlign = 'center';
  for (let s = 0; s <= seconds; s += 20) ctx.fillText(`${s} s`, Math.min(width - 14, x(s)), HEIGHT - 9);
}

function bounds({ ctx, width, y }: Frame): void {
  const ink = palette();
  ctx.strokeStyle = ink.setpoint;
  for (const [share, dash] of [
    [1, [7, 4]],
    [0.9, [2, 3]],
    [1.1, [2, 3]],
  ] as const) {
    ctx.setLineDash([...dash]);
    ctx.beginPath();
    ctx.moveTo(LEFT, y(share));
    ctx.lineTo(width, y(share));
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

/** The middle cuff's lowest and highest, as two lines. */
function middle({ ctx, seconds, x, y }: Frame, lines: readonly CloudLine[]): void {
  ctx.strokeStyle = palette().true;
  ctx.lineWidth = 1.6;
  for (const name of ['low', 'high'] as const) {
    ctx.beginPath();
    for (let s = 0; s < seconds; s++) {
      const values = lines.map((line) => line[name][s] ?? Number.NaN).filter((v) => !Number.isNaN(v));
      const share = quantile(
        values.sort((a, b) => a - b),
        0.5,
      );
      if (!Number.isNaN(share)) ctx.lineTo(x(s + 0.5), y(share));
    }
    ctx.stroke();
  }
}

function draw(canvas: HTMLCanvasElement, lines: readonly CloudLine[], wanted: number): void {
  const width = canvas.clientWidth;
  const ctx = canvas.getContext('2d');
  if (ctx === null || width === 0) return;
  canvas.width = width * devicePixelRatio;
  canvas.height = HEIGHT * devicePixelRatio;
  ctx.scale(devicePixelRatio, devicePixelRatio);
  const seconds = Math.max(1, ...lines.map((line) => line.low.length));
  const frame: Frame = {
    ctx,
    width,
    seconds,
    x: (s) => LEFT + (s / seconds) * (width - LEFT),
    y: (share) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (share - LOW) / (HIGH - LOW)),
  };
  ctx.clearRect(0, 0, width, HEIGHT);
  axes(frame);
  ctx.save();
  ctx.beginPath();
  ctx.rect(LEFT, 0, width - LEFT, HEIGHT - BOTTOM);
  ctx.clip();
  ctx.fillStyle = palette().sensor;
  ctx.globalAlpha = Math.max(0.02, Math.min(0.4, 3 / Math.max(1, wanted)));
  const w = (width - LEFT) / seconds + 0.5;
  for (const { low, high } of lines)
    for (let s = 0; s < low.length; s++) {
      const top = frame.y(high[s] as number);
      if (!Number.isNaN(top)) ctx.fillRect(frame.x(s), top, w, Math.max(1, frame.y(low[s] as number) - top));
    }
  ctx.globalAlpha = 1;
  bounds(frame);
  if (lines.length > 0) middle(frame, lines);
  ctx.restore();
}

export interface CloudProps {
  readonly title: string;
  readonly lines: readonly CloudLine[];
  readonly wanted: number;
}

export function CloudView({ title, lines, wanted }: CloudProps) {
  const place = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = place.current;
    if (canvas === null) return;
    const again = (): void => draw(canvas, lines, wanted);
    again();
    const resized = new ResizeObserver(again);
    resized.observe(canvas);
    const themed = onTheme(again);
    return () => {
      resized.disconnect();
      themed();
    };
  }, [lines, wanted]);
  const label = `${title}: pressure of ${lines.length} of ${wanted} cuffs as a share of the target, over time. The figures are in the table below.`;
  return (
    <figure class="cloud">
      <canvas ref={place} role="img" aria-label={label} />
      <figcaption>
        {title}: {lines.length} of {wanted} cuffs. Pale: each cuff’s lowest to highest of each second, as a
        share of the target; blue: the middle cuff; dotted: ±10 %.
      </figcaption>
    </figure>
  );
}
