/** Pressure against its aim as it comes, the last minutes of it. What did not come is a hatched gap. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LivePoint } from '../../link/live-record.ts';
import { cuff } from '../../link/page-cuff.ts';

const SPANS = [
  { s: 60, label: '1 min' },
  { s: 300, label: '5 min' },
  { s: 1200, label: '20 min' },
] as const;
const HEIGHT = 240;
const LEFT = 38;
const BOTTOM = 20;

interface Frame {
  readonly c: CanvasRenderingContext2D;
  readonly x: (t: number) => number;
  readonly y: (mmHg: number) => number;
  readonly color: (name: string) => string;
}

function line(f: Frame, points: readonly LivePoint[], of: (p: LivePoint) => number): void {
  f.c.beginPath();
  let joined = false;
  for (const p of points) {
    const mmHg = of(p);
    if (!Number.isFinite(mmHg)) joined = false;
    else if (joined) f.c.lineTo(f.x(p.t), f.y(mmHg));
    else {
      f.c.moveTo(f.x(p.t), f.y(mmHg));
      joined = true;
    }
  }
  f.c.stroke();
}

function gaps(f: Frame, points: readonly LivePoint[]): void {
  f.c.fillStyle = f.color('--grid');
  for (const [i, p] of points.entries()) {
    const before = points[i - 1];
    if (!Number.isNaN(p.mmHg) || before === undefined) continue;
    const from = f.x(before.t);
    for (let x = from; x < f.x(p.t); x += 6) f.c.fillRect(x, 0, 2, HEIGHT - BOTTOM);
  }
}

function axes(f: Frame, top: number, width: number, seconds: number): void {
  f.c.fillStyle = f.color('--faint');
  f.c.strokeStyle = f.color('--grid');
  f.c.lineWidth = 1;
  f.c.font = '12px system-ui, sans-serif';
  for (let mmHg = 0; mmHg <= top; mmHg += top > 160 ? 50 : 25) {
    f.c.beginPath();
    f.c.moveTo(LEFT, f.y(mmHg));
    f.c.lineTo(width, f.y(mmHg));
    f.c.stroke();
    f.c.fillText(String(mmHg), 6, f.y(mmHg) + 4);
  }
  f.c.fillText(`${seconds < 120 ? `${seconds} s` : `${seconds / 60} min`} ago`, LEFT, HEIGHT - 4);
  f.c.fillText('now', width - 26, HEIGHT - 4);
}

function draw(canvas: HTMLCanvasElement, all: readonly LivePoint[], seconds: number): void {
  const c = canvas.getContext('2d');
  const width = canvas.clientWidth;
  if (c === null || width === 0) return;
  const ratio = devicePixelRatio;
  canvas.width = width * ratio;
  canvas.height = HEIGHT * ratio;
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  const now = all.at(-1)?.t ?? 0;
  const points = all.filter((p) => p.t >= now - seconds);
  const most = points.reduce((top, p) => Math.max(top, p.mmHg || 0, p.setpoint || 0), 90);
  const top = most * 1.1;
  const styles = getComputedStyle(canvas);
  const f: Frame = {
    c,
    x: (t) => LEFT + ((t - now + seconds) / seconds) * (width - LEFT - 4),
    y: (mmHg) => (HEIGHT - BOTTOM) * (1 - mmHg / top) + 4,
    color: (name) => styles.getPropertyValue(name).trim(),
  };
  axes(f, top, width, seconds);
  gaps(f, points);
  c.lineWidth = 1.5;
  c.setLineDash([5, 4]);
  c.strokeStyle = f.color('--setpoint');
  line(f, points, (p) => p.setpoint);
  c.setLineDash([]);
  c.lineWidth = 2;
  c.strokeStyle = f.color('--true');
  line(f, points, (p) => p.mmHg);
}

/** For who cannot see it. */
function inWords(points: readonly LivePoint[]): string {
  const last = points.at(-1);
  if (last === undefined || Number.isNaN(last.mmHg)) return 'Pressure over time; no reading at the moment.';
  const aim = Number.isFinite(last.setpoint) ? `aim ${Math.round(last.setpoint)} mmHg` : 'vented';
  return `Pressure over time. Now ${Math.round(last.mmHg)} mmHg, ${aim}.`;
}

export function LiveChart() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [seconds, setSeconds] = useState<number>(60);
  const [width, setWidth] = useState(0);
  const changes = cuff.recorded.value;
  const { points } = cuff.record;
  // the record is filled in place; its changes are counted
  useEffect(() => {
    const asked = requestAnimationFrame(() => {
      if (canvas.current !== null) draw(canvas.current, points, seconds);
    });
    return () => cancelAnimationFrame(asked);
  }, [changes, seconds, points, width]);
  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    if (canvas.current !== null) seen.observe(canvas.current);
    return () => seen.disconnect();
  }, []);
  return (
    <figure class="live">
      <figcaption class="row">
        <span class="key key-measured">pressure at the sensor, mmHg</span>
        <span class="key key-aim">aim</span>
        <span class="live-spans">
          {SPANS.map(({ s, label }) => (
            <button key={s} type="button" aria-pressed={seconds === s} onClick={() => setSeconds(s)}>
              {label}
            </button>
          ))}
        </span>
      </figcaption>
      <canvas ref={canvas} role="img" aria-label={inWords(points)} />
    </figure>
  );
}
