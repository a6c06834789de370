/** Small pictures for the documents: pressure over time for one or two runs, the bands, and what pump and valve did. */
import { forDarkToo } from '../../tools/dark-picture.ts';
import { escapeText } from '../../tools/markup.ts';

export interface Line {
  readonly label: string;
  readonly color: string;
  /** Seconds and mmHg. */
  readonly s: readonly number[];
  readonly mmHg: readonly number[];
  /** Share of each row that the pump was on / the valve was open, 0..1; drawn as strips. */
  readonly pump?: readonly number[];
  readonly valve?: readonly number[];
}

export interface Chart {
  readonly title: string;
  /** Command that makes the picture; written under it. */
  readonly command: string;
  readonly fromS: number;
  readonly toS: number;
  readonly lowMmHg: number;
  readonly highMmHg: number;
  /** Setpoint for the bands, mmHg; none when left out. */
  readonly target?: number;
  readonly lines: readonly Line[];
}

const WIDTH = 720;
const LEFT = 46;
const RIGHT = 10;
const TOP = 44;
const PLOT = 200;
const STRIP = 9;

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

class Frame {
  readonly #c: Chart;
  constructor(c: Chart) {
    this.#c = c;
  }

  x(s: number): number {
    const { fromS, toS } = this.#c;
    return LEFT + ((s - fromS) / (toS - fromS)) * (WIDTH - LEFT - RIGHT);
  }

  y(mmHg: number): number {
    const { lowMmHg, highMmHg } = this.#c;
    const share = (mmHg - lowMmHg) / (highMmHg - lowMmHg);
    return TOP + PLOT * (1 - Math.min(1, Math.max(0, share)));
  }
}

function grid(c: Chart, f: Frame): string[] {
  const parts: string[] = [];
  const every = c.highMmHg - c.lowMmHg > 80 ? 50 : 10;
  for (let p = Math.ceil(c.lowMmHg / every) * every; p <= c.highMmHg; p += every) {
    parts.push(`<path d="M${LEFT} ${n(f.y(p))}H${WIDTH - RIGHT}" stroke="#e3e6e8"/>`);
    parts.push(`<text x="${LEFT - 6}" y="${n(f.y(p) + 4)}" text-anchor="end">${p}</text>`);
  }
  const step = c.toS - c.fromS > 60 ? 20 : c.toS - c.fromS > 24 ? 5 : 2;
  for (let s = Math.ceil(c.fromS / step) * step; s <= c.toS; s += step)
    parts.push(
      `<text x="${n(f.x(s))}" y="${TOP + PLOT + 15}" text-anchor="${s === c.toS ? 'end' : 'middle'}">${s} s</text>`,
    );
  return parts;
}

function bands(c: Chart, f: Frame): string[] {
  const target = c.target;
  if (target === undefined) return [];
  const band = (share: number, fill: string): string => {
    const y = f.y(target * (1 + share));
    return `<rect x="${LEFT}" y="${n(y)}" width="${WIDTH - LEFT - RIGHT}" height="${n(f.y(target * (1 - share)) - y)}" fill="${fill}"/>`;
  };
  const y = n(f.y(target));
  return [
    band(0.1, '#e4f0f8'),
    band(0.05, '#c9e0f0'),
    `<path d="M${LEFT} ${y}H${WIDTH - RIGHT}" stroke="#444" stroke-dasharray="5 4"/>`,
  ];
}

/** Steps of one row as a path of vertical bars on a strip. */
function strip(c: Chart, f: Frame, line: Line, shares: readonly number[], y: number, label: string): string {
  const parts: string[] = [];
  let from = -1;
  for (let i = 0; i <= shares.length; i++) {
    const s = line.s[i] ?? c.toS;
    const on = i < shares.length && (shares[i] ?? 0) > 0 && s >= c.fromS && s <= c.toS;
    if (on && from < 0) from = s;
    if (on || from < 0) continue;
    parts.push(`M${n(f.x(from))} ${y}h${n(Math.max(1, f.x(s) - f.x(from)))}`);
    from = -1;
  }
  const path =
    parts.length === 0
      ? ''
      : `<path d="${parts.join('')}" stroke="${line.color}" stroke-width="${STRIP - 2}"/>`;
  return `${path}<text x="${LEFT - 6}" y="${y + 4}" text-anchor="end" font-size="10">${label}</text>`;
}

function curve(c: Chart, f: Frame, line: Line): string {
  const points: string[] = [];
  for (const [i, s] of line.s.entries())
    if (s >= c.fromS && s <= c.toS) points.push(`${n(f.x(s))},${n(f.y(line.mmHg[i] ?? 0))}`);
  return `<polyline points="${points.join(' ')}" fill="none" stroke="${line.color}" stroke-width="1.6"/>`;
}

/** The whole picture as SVG text. */
export function chartSvg(c: Chart): string {
  const f = new Frame(c);
  const parts: string[] = [...bands(c, f), ...grid(c, f)];
  let y = TOP + PLOT + 30;
  let x = LEFT;
  for (const line of c.lines) {
    parts.push(curve(c, f, line));
    parts.push(`<path d="M${x} 31h16" stroke="${line.color}" stroke-width="3"/>`);
    parts.push(`<text x="${x + 21}" y="35">${escapeText(line.label)}</text>`);
    x += 42 + line.label.length * 6.3;
    for (const [label, shares] of [
      ['pump', line.pump],
      ['valve', line.valve],
    ] as const) {
      if (shares === undefined) continue;
      parts.push(strip(c, f, line, shares, y, label));
      y += STRIP + 2;
    }
  }
  const height = y + 14;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12" fill="#333">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="${LEFT}" y="17" font-size="14" font-weight="bold">${escapeText(c.title)}</text>`,
    ...parts,
    `<text x="${LEFT}" y="${y + 6}" font-size="10" fill="#777">simulated; ${escapeText(c.command)}</text>`,
    '</svg>',
    '',
  ];
  return forDarkToo(lines.join('\n'));
}
