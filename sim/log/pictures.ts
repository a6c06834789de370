/** Pictures of records: one session, and progress over sessions. Self-contained SVG. */

import { forDarkToo } from '../../tools/dark-picture.ts';
import { escapeText } from '../../tools/markup.ts';
import { clock } from '../report/figures.ts';
import type { Span } from './envelope.ts';
import type { Note } from './notes.ts';
import { dateText, exitText, feltText, heldText } from './record-words.ts';
import type { SessionRecord } from './records.ts';
import { phasesOf } from './text.ts';

const WIDTH = 900;
const LEFT = 64;
const RIGHT = 16;
const FILLS: Readonly<Record<string, string>> = {
  fill: '#f3d98b',
  work: '#5aa9d6',
  rest: '#9fcbb4',
  released: '#e3e3e3',
  deflate: '#e3e3e3',
  paused: '#d9d2e9',
  lop: '#e3bcd2',
  tripped: '#e8a27c',
};
const FELT_FILLS = ['#9aa5ad', '#4f9d69', '#d9a441', '#c0504d'];

function num(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function svg(height: number, title: string, parts: readonly string[]): string {
  return forDarkToo(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#444"><rect width="${WIDTH}" height="${height}" fill="#fff"/><text x="${LEFT}" y="24" font-size="16" fill="#222">${escapeText(title)}</text>${parts.join('')}</svg>\n`,
  );
}

/** The first phase is the wait before the session, which may have been hours: so much of it is drawn, s. */
const WAIT_S = 5;
const BAND = { top: 132, height: 110 };

interface Strip {
  /** Where the session begins on the strip, s. */
  readonly beginS: number;
  readonly x: (seconds: number) => number;
}

/** Lowest to highest reading as a band, the mean as a line; nothing where nothing was kept. */
function envelopeParts(spans: readonly Span[], strip: Strip, lop: number): string[] {
  const max = ceilTo(Math.max(...spans.map((span) => span.high)) * 1.05, 50);
  const p: Panel = { ...BAND, max, unit: 'mmHg' };
  const y = (mmHg: number): string => num(p.top + p.height * (1 - Math.max(0, mmHg) / max));
  const parts = panel(p, 'Readings: lowest to highest of each few seconds, and their mean');
  let path = '';
  for (const [i, { fromS, toS, low, mean, high }] of spans.entries()) {
    const [from, to] = [strip.x(strip.beginS + fromS), strip.x(strip.beginS + toS)];
    const label = `${clock(fromS)}: ${low.toFixed(0)} to ${high.toFixed(0)}, mean ${mean.toFixed(0)} mmHg`;
    parts.push(
      `<rect x="${num(from)}" y="${y(high)}" width="${num(Math.max(0.5, to - from))}" height="${num(Math.max(1, Number(y(low)) - Number(y(high))))}" fill="#a9d1ea"><title>${label}</title></rect>`,
    );
    path += `${spans[i - 1]?.toS === fromS ? 'L' : 'M'}${num((from + to) / 2)} ${y(mean)}`;
  }
  parts.push(`<path d="${path}" fill="none" stroke="#2b6c99" stroke-width="1.5"/>`);
  if (lop > 0 && lop <= max)
    parts.push(
      `<path d="M${LEFT} ${y(lop)}H${WIDTH - RIGHT}" stroke="#a05a00" stroke-dasharray="4 3"/><text x="${WIDTH - RIGHT}" y="${num(Number(y(lop)) - 4)}" text-anchor="end">LOP</text>`,
    );
  return parts;
}

/** The phases of a session as a strip, its envelope where one was kept, and its figures. */
export function sessionSvg(r: SessionRecord, spans: readonly Span[] = []): string {
  const phases = phasesOf(r).map((p, i) => (i === 0 ? { ...p, seconds: Math.min(WAIT_S, p.seconds) } : p));
  const total = Math.max(
    1,
    phases.reduce((sum, p) => sum + p.seconds, 0),
  );
  const scale = (WIDTH - LEFT - RIGHT) / total;
  const parts: string[] = [];
  let at = 0;
  for (const p of phases) {
    const width = Math.max(0.5, p.seconds * scale - 0.5);
    const label = `${p.name}, step ${p.step + 1}, ${clock(p.seconds)}`;
    parts.push(
      `<rect x="${num(LEFT + at * scale)}" y="44" width="${num(width)}" height="46" fill="${FILLS[p.name] ?? '#eceff1'}"><title>${escapeText(label)}</title></rect>`,
    );
    if (width > p.name.length * 7 + 6)
      parts.push(
        `<text x="${num(LEFT + at * scale + width / 2)}" y="71" text-anchor="middle" fill="#222">${p.name}</text>`,
      );
    at += p.seconds;
  }
  const minutes = total / 60;
  const every = minutes > 30 ? 5 : minutes > 8 ? 2 : 1;
  for (let m = 0; m <= minutes; m += every)
    parts.push(
      `<text x="${num(LEFT + m * 60 * scale)}" y="106" text-anchor="middle">${clock(m * 60)}</text>`,
    );
  const strip = { beginS: phases[0]?.seconds ?? 0, x: (s: number) => LEFT + s * scale };
  if (spans.length > 0) parts.push(...envelopeParts(spans, strip, r.lop));
  const below = spans.length > 0 ? BAND.height + 30 : 0;
  const facts = [
    `LOP ${r.lop} mmHg${r.estimated === 1 ? ' (estimated)' : ''}${r.less > 0 ? `, ${r.less} taken off` : ''}, peak ${r.peak} mmHg, mean error ${(r.meanErrorTenths / 10).toFixed(1)} mmHg`,
    `work ${clock(r.moveS)}, ${(r.moveInPermille / 10).toFixed(1)} % within ±10 %; rest with the cuff on ${clock(r.restS)}, ${(r.restInPermille / 10).toFixed(1)} % within ±5 %`,
    `pump ${r.pumpS} s in ${r.pumpStarts} starts, ${r.bleeds} bleeds; end: ${exitText(r)}; felt: ${feltText(r.felt)}`,
    ...(heldText(r) === '' ? [] : [heldText(r)]),
  ];
  for (const [i, text] of facts.entries())
    parts.push(`<text x="${LEFT}" y="${134 + below + i * 20}">${escapeText(text)}</text>`);
  return svg(130 + below + facts.length * 20, `Session ${r.n}: ${r.protocol}, ${dateText(r.dateS)}`, parts);
}

interface Panel {
  readonly top: number;
  readonly height: number;
  readonly max: number;
  readonly unit: string;
}

function panel(p: Panel, title: string): string[] {
  const parts = [
    `<text x="${LEFT}" y="${p.top - 8}" fill="#222">${escapeText(`${title}, ${p.unit}`)}</text>`,
  ];
  for (let i = 0; i <= 2; i++) {
    const y = p.top + p.height * (1 - i / 2);
    parts.push(`<path d="M${LEFT} ${num(y)}H${WIDTH - RIGHT}" stroke="#e2e6e9"/>`);
    parts.push(`<text x="${LEFT - 8}" y="${num(y + 4)}" text-anchor="end">${num((p.max * i) / 2)}</text>`);
  }
  return parts;
}

function ceilTo(value: number, step: number): number {
  return Math.max(step, Math.ceil(value / step) * step);
}

function notePanel(
  top: number,
  notes: readonly Note[],
  pick: (n: Note) => number | undefined,
  unit: string,
  title: string,
): string[] {
  const values = notes.flatMap((n) =>
    pick(n) === undefined ? [] : [{ date: n.date, value: pick(n) as number }],
  );
  if (values.length === 0) return [];
  const max = ceilTo(Math.max(...values.map((v) => v.value)) * 1.1, 10);
  const p: Panel = { top, height: 80, max, unit };
  const days = values.map((v) => Date.parse(v.date) / 86_400_000);
  const first = days[0] ?? 0;
  const span = Math.max(1, (days.at(-1) ?? 0) - first);
  const parts = panel(p, title);
  for (const [i, v] of values.entries()) {
    const x = LEFT + 20 + (((days[i] ?? 0) - first) / span) * (WIDTH - LEFT - RIGHT - 60);
    const y = top + p.height * (1 - v.value / max);
    parts.push(
      `<circle cx="${num(x)}" cy="${num(y)}" r="4" fill="#7a4f9d"><title>${v.date}: ${v.value} ${unit}</title></circle>`,
    );
    parts.push(`<text x="${num(x + 7)}" y="${num(y + 4)}">${v.value} (${v.date})</text>`);
  }
  return parts;
}

/** Dose, pressure, time in band and how it felt, session by session; outcomes that were entered by hand below. */
export function progressSvg(records: readonly SessionRecord[], notes: readonly Note[]): string {
  const each = (WIDTH - LEFT - RIGHT) / Math.max(1, records.length);
  const x = (i: number): number => LEFT + (i + 0.5) * each;
  const dose: Panel = {
    top: 66,
    height: 110,
    max: ceilTo(Math.max(0, ...records.map((r) => r.pressureS / 60)), 5),
    unit: 'min',
  };
  const press: Panel = {
    top: 222,
    height: 110,
    max: ceilTo(Math.max(0, ...records.flatMap((r) => [r.peak, r.lop])), 50),
    unit: 'mmHg',
  };
  const parts = [
    ...panel(dose, 'Time under pressure (colour: how it felt)'),
    ...panel(press, 'Occlusion pressure (line) and highest reading (dot)'),
  ];
  const line: string[] = [];
  for (const [i, r] of records.entries()) {
    const h = (dose.height * (r.pressureS / 60)) / dose.max;
    const label = `session ${r.n}, ${r.protocol}, ${dateText(r.dateS)}: ${clock(r.pressureS)}, felt ${feltText(r.felt)}, ${exitText(r)}`;
    const edge = r.exit === 1 ? '' : ' stroke="#444" stroke-dasharray="3 2"';
    parts.push(
      `<rect x="${num(x(i) - each * 0.35)}" y="${num(dose.top + dose.height - h)}" width="${num(each * 0.7)}" height="${num(h)}" fill="${FELT_FILLS[r.felt] ?? '#9aa5ad'}"${edge}><title>${escapeText(label)}</title></rect>`,
    );
    const y = (value: number): number => press.top + press.height * (1 - value / press.max);
    line.push(`${num(x(i))},${num(y(r.lop))}`);
    parts.push(`<circle cx="${num(x(i))}" cy="${num(y(r.peak))}" r="3" fill="#2b6c99"/>`);
    parts.push(
      `<text x="${num(x(i))}" y="${press.top + press.height + 16}" text-anchor="middle">${r.n}</text>`,
    );
  }
  parts.push(`<polyline points="${line.join(' ')}" fill="none" stroke="#a05a00" stroke-dasharray="4 3"/>`);
  for (const [i, name] of ['not said', 'right', 'hard', 'too much'].entries())
    parts.push(
      `<rect x="${LEFT + i * 100}" y="364" width="10" height="10" fill="${FELT_FILLS[i]}"/><text x="${LEFT + 15 + i * 100}" y="373">${name}</text>`,
    );
  parts.push(`<text x="${LEFT + 410}" y="373">dashed edge: not completed; numbers: sessions</text>`);
  const outcomes = [
    ...notePanel(416, notes, (n) => n.vo2max, 'mL/min/kg', 'VO2max estimate, entered by hand'),
    ...notePanel(536, notes, (n) => n.jumpCm, 'cm', 'Jump height, entered by hand'),
  ];
  const said = 'A picture of what was done and noted, not proof that one caused the other.';
  const bottom = outcomes.length > 0 ? 640 : 400;
  parts.push(...outcomes, `<text x="${LEFT}" y="${bottom}" fill="#666">${said}</text>`);
  return svg(bottom + 16, `Progress over ${records.length} sessions`, parts);
}
