/** A picture of a session as SVG: for the README, for print, and where no script runs. Light and dark, self-contained, about 100 kB. */
import { forDarkToo } from '../../tools/dark-picture.ts';
import { escapeText } from '../../tools/markup.ts';
import { clock, type Figure } from './figures.ts';
import { hasTruth, phaseName, type RunLog } from './run-log.ts';
import { columnSpans, spansOf } from './spans.ts';

const WIDTH = 1000;
const LEFT = 52;
const RIGHT = 12;
const TOP = 52;
const PLOT = 260;
const PHASES = TOP + PLOT + 26;
const PUMP = PHASES + 30;
const VALVE = PUMP + 38;
const HEIGHT = VALVE + 50;

const PHASE_FILLS: Readonly<Record<string, string>> = {
  idle: '#eceff1',
  fill: '#f3d98b',
  work: '#9fd3f0',
  rest: '#bfe3d4',
  vent: '#e3e3e3',
  measure: '#e3bcd2',
  done: '#eceff1',
  trip: '#e8a27c',
  service: '#dddddd',
};

function num(value: number): string {
  return String(Math.round(value * 10) / 10);
}

interface Frame {
  readonly x: (ms: number) => number;
  readonly y: (mmHg: number) => number;
  readonly startMs: number;
  readonly endMs: number;
  readonly topMmHg: number;
}

function frameOf(log: RunLog): Frame {
  const { tMs, p2, setpoint } = log.columns;
  const startMs = tMs[0] ?? 0;
  const endMs = Math.max(startMs + 1, tMs[log.rows - 1] ?? 1);
  let high = Math.max(50, log.header.lopMmHg * 1.04);
  for (let row = 0; row < log.rows; row++) high = Math.max(high, p2[row] ?? 0, (setpoint[row] ?? 0) * 1.1);
  const topMmHg = Math.ceil(high / 50) * 50;
  return {
    x: (ms) => LEFT + ((ms - startMs) / (endMs - startMs)) * (WIDTH - LEFT - RIGHT),
    y: (mmHg) => TOP + PLOT * (1 - mmHg / topMmHg),
    startMs,
    endMs,
    topMmHg,
  };
}

/** Lowest and highest value in each half pixel, so that no peak is lost. */
function envelope(log: RunLog, frame: Frame, column: Float64Array): string {
  const { tMs } = log.columns;
  const points: string[] = [];
  let row = 0;
  while (row < log.rows) {
    const slot = Math.floor(frame.x(tMs[row] ?? 0) * 2);
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let lowFirst = true;
    for (; row < log.rows && Math.floor(frame.x(tMs[row] ?? 0) * 2) === slot; row++) {
      const value = column[row] ?? Number.NaN;
      if (value < low) {
        low = value;
        lowFirst = false;
      }
      if (value > high) {
        high = value;
        lowFirst = true;
      }
    }
    if (!Number.isFinite(low)) continue;
    const pair = lowFirst ? [low, high] : [high, low];
    for (const value of low === high ? [low] : pair) points.push(`${num(slot / 2)},${num(frame.y(value))}`);
  }
  return points.join(' ');
}

function bands(log: RunLog, frame: Frame): string {
  const { setpoint } = log.columns;
  const parts: string[] = [];
  for (const span of spansOf(log, (row) => Math.round((setpoint[row] ?? -1) * 10))) {
    if (span.value < 0) continue;
    const target = span.value / 10;
    const x = frame.x(span.startMs);
    const width = Math.max(0.5, frame.x(span.endMs) - x);
    for (const [share, shade] of [
      [0.1, '#d6e9f5'],
      [0.05, '#b3d6ec'],
    ] as const) {
      const y = frame.y(target * (1 + share));
      const height = frame.y(target * (1 - share)) - y;
      parts.push(
        `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" fill="${shade}"/>`,
      );
    }
  }
  return parts.join('');
}

/** The setpoint, drawn over the trace: under it, a moving limb would hide it. */
function setpoints(log: RunLog, frame: Frame): string {
  const { setpoint } = log.columns;
  const parts: string[] = [];
  for (const span of spansOf(log, (row) => Math.round((setpoint[row] ?? -1) * 10))) {
    if (span.value < 0) continue;
    const x = frame.x(span.startMs);
    const width = Math.max(0.5, frame.x(span.endMs) - x);
    const y = num(frame.y(span.value / 10));
    parts.push(`<path d="M${num(x)} ${y}h${num(width)}" stroke="#222" stroke-dasharray="6 4" fill="none"/>`);
  }
  return parts.join('');
}

function grid(log: RunLog, frame: Frame): string {
  const parts: string[] = [];
  for (let mmHg = 0; mmHg <= frame.topMmHg; mmHg += 50) {
    const y = num(frame.y(mmHg));
    parts.push(`<path d="M${LEFT} ${y}H${WIDTH - RIGHT}" stroke="#dfe3e6"/>`);
    parts.push(`<text x="${LEFT - 8}" y="${y}" dy="4" text-anchor="end">${mmHg}</text>`);
  }
  const minutes = (frame.endMs - frame.startMs) / 60_000;
  const every = minutes > 12 ? 2 : minutes > 4 ? 1 : minutes > 1.5 ? 0.5 : 0.25;
  for (let m = 0; m <= minutes; m += every) {
    const ms = frame.startMs + m * 60_000;
    const x = num(frame.x(ms));
    const anchor = frame.x(ms) > WIDTH - 2 * RIGHT ? 'end' : 'middle';
    parts.push(`<path d="M${x} ${TOP}V${TOP + PLOT}" stroke="#eef0f2"/>`);
    parts.push(`<text x="${x}" y="${TOP + PLOT + 16}" text-anchor="${anchor}">${clock(m * 60)}</text>`);
  }
  const lop = log.header.lopMmHg;
  if (lop > 0) {
    const y = frame.y(lop);
    parts.push(`<path d="M${LEFT} ${num(y)}H${WIDTH - RIGHT}" stroke="#a05a00" stroke-dasharray="2 4"/>`);
    parts.push(
      `<text x="${WIDTH - RIGHT}" y="${num(y - 5)}" text-anchor="end" fill="#8a4d00">LOP ${num(lop)} mmHg</text>`,
    );
  }
  return parts.join('');
}

function phaseStrip(log: RunLog, frame: Frame): string {
  const parts: string[] = [];
  for (const span of columnSpans(log, 'phase')) {
    const phase = phaseName(log.header, span.value);
    const x = frame.x(span.startMs);
    const width = frame.x(span.endMs) - x;
    const fill = PHASE_FILLS[phase.kind] ?? '#dddddd';
    parts.push(
      `<rect x="${num(x)}" y="${PHASES}" width="${num(Math.max(0.5, width - 0.5))}" height="20" fill="${fill}"><title>${escapeText(phase.name)}</title></rect>`,
    );
    if (width > phase.name.length * 6.4 + 6) {
      parts.push(
        `<text x="${num(x + width / 2)}" y="${PHASES + 14}" text-anchor="middle" fill="#222">${escapeText(phase.name)}</text>`,
      );
    }
  }
  return parts.join('');
}

/** Mean of a share in each pixel, as an area that stands on `base`. */
function area(
  log: RunLog,
  frame: Frame,
  base: number,
  height: number,
  share: (row: number) => number,
): string {
  const { tMs } = log.columns;
  const parts: string[] = [`M${LEFT} ${base}`];
  let row = 0;
  let before = 0;
  for (let x = LEFT; x < WIDTH - RIGHT && row < log.rows; x++) {
    let sum = 0;
    let count = 0;
    for (; row < log.rows && frame.x(tMs[row] ?? 0) < x + 1; row++) {
      sum += share(row);
      count++;
    }
    const mean = count === 0 ? before : sum / count;
    if (mean !== before || x === LEFT) parts.push(`H${x}V${num(base - mean * height)}`);
    before = mean;
  }
  return `${parts.join('')}H${WIDTH - RIGHT}V${base}Z`;
}

function lanes(log: RunLog, frame: Frame): string {
  const { pump, bleedMs, vent } = log.columns;
  const pumpPath = area(log, frame, PUMP + 30, 30, (row) => (pump[row] ?? 0) / 1000);
  const open = (row: number): number =>
    vent[row] === 1 ? 1 : Math.min(1, (bleedMs[row] ?? 0) / log.header.tickMs);
  const valvePath = area(log, frame, VALVE + 30, 30, open);
  return (
    `<text x="${LEFT - 8}" y="${PHASES + 14}" text-anchor="end">phase</text>` +
    `<text x="${LEFT - 8}" y="${PUMP + 20}" text-anchor="end">pump</text>` +
    `<text x="${LEFT - 8}" y="${VALVE + 20}" text-anchor="end">valve</text>` +
    `<path d="${pumpPath}" fill="#e69f00"/><path d="${valvePath}" fill="#56b4e9"/>` +
    `<path d="M${LEFT} ${PUMP + 30}H${WIDTH - RIGHT}M${LEFT} ${VALVE + 30}H${WIDTH - RIGHT}" stroke="#aab2b8"/>`
  );
}

function marks(log: RunLog, frame: Frame): string {
  const parts: string[] = [];
  for (const event of log.events) {
    const x = num(frame.x(event.tMs));
    if (event.kind === 'press') {
      parts.push(
        `<path d="M${x} ${TOP + PLOT}l-5 0 5 -9 5 9z" fill="#cc79a7"><title>${escapeText(`${clock(event.tMs / 1000)} ${event.text}`)}</title></path>`,
      );
    }
    if (event.kind === 'trip' || event.kind === 'fault') {
      const word = escapeText(`${event.kind}: ${event.text.split(/[:.]/)[0] ?? ''}`);
      const end = frame.x(event.tMs) > WIDTH * 0.7;
      const anchor = end ? 'text-anchor="end"' : '';
      const at = num(frame.x(event.tMs) + (end ? -8 : 8));
      const y = TOP + (event.kind === 'trip' ? 14 : 30);
      parts.push(
        `<path d="M${x} ${TOP}V${TOP + PLOT}" stroke="#d55e00" stroke-width="2" stroke-dasharray="6 3"/>`,
      );
      parts.push(`<text x="${at}" y="${y}" fill="#a84a00" font-weight="600" ${anchor}>${word}</text>`);
    }
  }
  return parts.join('');
}

/** Where each word of the legend begins; a run whose true pressure nobody knows has no line for it. */
function legend(truth: boolean): string {
  const line = (x: number, color: string, width: number): string =>
    `<path d="M${x} 0h18" stroke="${color}" stroke-width="${width}"/>`;
  const known = truth ? `${line(0, '#0072b2', 2.5)}<text x="24" y="4">true cuff pressure</text>` : '';
  return (
    `<g transform="translate(${WIDTH - RIGHT - 430} 36)">${known}` +
    `${line(150, '#e69f00', 4)}<text x="174" y="4">sensor</text>` +
    '<path d="M232 0h18" stroke="#222" stroke-dasharray="6 4"/><text x="256" y="4">setpoint</text>' +
    '<rect x="318" y="-6" width="18" height="12" fill="#d6e9f5"/><rect x="318" y="-3" width="18" height="6" fill="#b3d6ec"/>' +
    '<text x="342" y="4">±10 %, ±5 %</text></g>'
  );
}

/** What was read lies under what was true, wider: where they agree both are seen. */
function traces(log: RunLog, frame: Frame, truth: boolean): string {
  const sensed = `<polyline points="${envelope(log, frame, log.columns.raw)}" fill="none" stroke="#e69f00" stroke-width="${truth ? 2.6 : 1.1}" stroke-linejoin="round"/>`;
  if (!truth) return sensed;
  return `${sensed}\n<polyline points="${envelope(log, frame, log.columns.p2)}" fill="none" stroke="#0072b2" stroke-width="1.1"/>`;
}

/** The picture; `figures` give the line under the title. */
export function toSvg(log: RunLog, figures: readonly Figure[]): string {
  const frame = frameOf(log);
  const truth = hasTruth(log.header);
  const facts = figures
    .filter(
      (figure) =>
        figure.label.startsWith('In band') || figure.label === 'Highest pressure' || figure.label === 'Trips',
    )
    .map((figure) => `${figure.label}: ${figure.value}`)
    .join('   ·   ');
  const title = `${log.header.title} (${truth ? 'simulated' : 'readings of a sensor'})`;
  return forDarkToo(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escapeText(`${title}. ${facts}`)}" font-family="system-ui,-apple-system,Segoe UI,Roboto,sans-serif" font-size="12" fill="#4a545c">
<rect width="${WIDTH}" height="${HEIGHT}" rx="6" fill="#ffffff"/>
<text x="${LEFT}" y="22" font-size="16" font-weight="600" fill="#111">${escapeText(title)}</text>
<text x="${LEFT}" y="40">${escapeText(facts)}</text>
<text x="14" y="${TOP + PLOT / 2}" text-anchor="middle" transform="rotate(-90 14 ${TOP + PLOT / 2})">mmHg</text>
${bands(log, frame)}
${grid(log, frame)}
${traces(log, frame, truth)}
${setpoints(log, frame)}
${phaseStrip(log, frame)}
${lanes(log, frame)}
${marks(log, frame)}
${legend(truth)}
</svg>
`);
}
