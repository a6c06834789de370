/** A protocol as a picture: pressure over time, one self-contained SVG; and a page with the list around it. */
import { isStepOn, type Protocol, STEP_EASY, STEP_WORK, type Step } from '../../src/session/protocol.ts';
import { forDarkToo } from '../dark-picture.ts';
import { escapeText } from '../markup.ts';
import { clockText, foldedSteps, kindText, pressureText, totalsOf } from './timeline.ts';

const WIDTH = 900;
const LEFT = 56;
const RIGHT = 14;
const TOP = 46;
const PLOT = 170;
const HEIGHT = TOP + PLOT + 74;
const ON = { work: '#5aa9d6', rest: '#9fcbb4' } as const;
const RELEASED = '#d9dde0';

function num(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Grey is released, whatever the wearer does: a released rest must not look like one with the cuff on. */
function fillOf(step: Step): string {
  if (!isStepOn(step)) return RELEASED;
  return step.kind === STEP_WORK ? ON.work : ON.rest;
}

/** Height of a step: percent of LOP, or mmHg where the protocol is in mmHg throughout. */
function levelOf(step: Step, byMmHg: boolean, lopMmHg: number): number {
  if (!isStepOn(step)) return 0;
  if (byMmHg) return step.mmHg > 0 ? step.mmHg : (step.permille * lopMmHg) / 1000;
  return step.permille / 10;
}

interface Axis {
  readonly byMmHg: boolean;
  readonly top: number;
  readonly every: number;
  readonly unit: string;
}

function axisOf(protocol: Protocol, lopMmHg: number): Axis {
  const byMmHg = protocol.steps.some((step) => step.mmHg > 0);
  if (!byMmHg) return { byMmHg, top: 100, every: 20, unit: '% LOP' };
  const high = Math.max(...protocol.steps.map((step) => levelOf(step, true, lopMmHg)));
  return { byMmHg, top: Math.ceil((high * 1.1) / 50) * 50, every: 50, unit: 'mmHg' };
}

/** `lopMmHg` 0 = not known; then shares beside mmHg are drawn for 190 mmHg and the caption says so. */
export function protocolSvg(protocol: Protocol, title: string, lopMmHg: number): string {
  const lop = lopMmHg > 0 ? lopMmHg : 190;
  const axis = axisOf(protocol, lop);
  const totalMs = protocol.steps.reduce((sum, step) => sum + step.ms, 0);
  const x = (ms: number): number => LEFT + (ms / totalMs) * (WIDTH - LEFT - RIGHT);
  const y = (level: number): number => TOP + PLOT * (1 - level / axis.top);
  const parts: string[] = [];
  for (let level = 0; level <= axis.top; level += axis.every) {
    parts.push(`<path d="M${LEFT} ${num(y(level))}H${WIDTH - RIGHT}" stroke="#e2e6e9"/>`);
    parts.push(`<text x="${LEFT - 8}" y="${num(y(level) + 4)}" text-anchor="end">${level}</text>`);
  }
  let at = 0;
  for (const step of protocol.steps) {
    const level = levelOf(step, axis.byMmHg, lop);
    const fill = fillOf(step);
    const width = Math.max(0.5, x(at + step.ms) - x(at) - 0.5);
    const hint = escapeText(`${kindText(step)} ${clockText(step.ms / 1000)}, ${pressureText(step, lopMmHg)}`);
    const height = PLOT * (level / axis.top);
    if (level > 0)
      parts.push(
        `<rect x="${num(x(at))}" y="${num(y(level))}" width="${num(width)}" height="${num(height)}" fill="${fill}"><title>${hint}</title></rect>`,
      );
    parts.push(
      `<rect x="${num(x(at))}" y="${TOP + PLOT + 4}" width="${num(width)}" height="9" fill="${fill}"><title>${hint}</title></rect>`,
    );
    at += step.ms;
  }
  const minutes = totalMs / 60_000;
  const every = minutes > 40 ? 10 : minutes > 15 ? 5 : minutes > 4 ? 1 : 0.5;
  for (let m = 0; m <= minutes; m += every)
    parts.push(
      `<text x="${num(x(m * 60_000))}" y="${TOP + PLOT + 30}" text-anchor="middle">${clockText(m * 60)}</text>`,
    );
  const t = totalsOf(protocol);
  const caption = `${clockText(t.seconds)} in all, ${clockText(t.onSeconds)} with pressure; blue work and green rest with the cuff on, grey released; without the fills`;
  parts.push(`<text x="${LEFT}" y="${HEIGHT - 14}">${escapeText(caption)}</text>`);
  parts.push(`<text x="${LEFT - 8}" y="${TOP - 8}" text-anchor="end">${axis.unit}</text>`);
  return forDarkToo(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="#444"><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/><text x="${LEFT}" y="24" font-size="16" fill="#222">${escapeText(title)}</text>${parts.join('')}</svg>\n`,
  );
}

export function protocolHtml(protocol: Protocol, title: string, source: string, lopMmHg: number): string {
  const rows = foldedSteps(protocol, lopMmHg).map((line) => `<li>${escapeText(line)}</li>`);
  const kinds = protocol.steps.filter((step) => step.kind === STEP_EASY || step.kind === STEP_WORK).length;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeText(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:960px;margin:2em auto;padding:0 1em;color:#222;background:#fff}@media screen and (prefers-color-scheme:dark){body{color:#eef2f4;background:#14181b}}svg{width:100%;height:auto}</style></head>
<body><h1>${escapeText(title)}</h1>${protocolSvg(protocol, protocol.id, lopMmHg)}<ul>${rows.join('')}</ul>
<p>${protocol.steps.length} steps, ${kinds} of them moving. ${escapeText(source)}</p>
<p>A cuff is a tourniquet, not a toy: see docs/screening.md. The device checks every step again before each start.</p></body></html>
`;
}
