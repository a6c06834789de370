/** The control benchmark as one page with pictures, from the same figures as its table. */
import { escapeText } from '../../tools/markup.ts';
import { drawOne } from './control-draw.ts';
import { drive, LOG_MS, type Run } from './control-drive.ts';
import { type Entry, entryOf } from './control-entries.ts';
import { SCENARIOS, type ScenarioName } from './control-scenarios.ts';
import { column, quantile } from './control-table.ts';
import type { Done } from './control-task.ts';

const WIDTH = 860;

/** One row of dots a controller: every plant's share of time within the band. */
function strip(title: string, values: readonly number[], y: number): string {
  const x = (v: number): number => 240 + (v / 100) * (WIDTH - 260);
  const dots = values
    .map((v, i) => `<circle cx="${x(v).toFixed(1)}" cy="${(y + 8 + ((i * 7) % 9) - 4).toFixed(1)}" r="2"/>`)
    .join('');
  const mid = x(quantile(values, 0.5));
  const low = x(quantile(values, 0.05));
  return (
    `<text x="232" y="${y + 12}" text-anchor="end">${escapeText(title)}</text><g class="dots">${dots}</g>` +
    `<line class="mid" x1="${mid.toFixed(1)}" x2="${mid.toFixed(1)}" y1="${y}" y2="${y + 16}"/>` +
    `<line class="low" x1="${low.toFixed(1)}" x2="${low.toFixed(1)}" y1="${y}" y2="${y + 16}"/>`
  );
}

function strips(done: readonly Done[], entries: readonly Entry[]): string {
  const rows = entries.map((e, k) => strip(e.title, column(done, e.key, 'move10'), 6 + k * 24));
  const limits = done.map((d) => d.limit?.move10 ?? Number.NaN).filter((v) => !Number.isNaN(v));
  if (limits.length > 0) rows.push(strip('limit (full knowledge)', limits, 6 + rows.length * 24));
  const height = rows.length * 24 + 30;
  const ticks = [0, 20, 40, 60, 80, 100]
    .map(
      (v) =>
        `<text x="${240 + (v / 100) * (WIDTH - 260)}" y="${height - 6}" text-anchor="middle">${v} %</text>`,
    )
    .join('');
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="share of moving time within 10 percent of target, a dot a plant">${rows.join('')}${ticks}</svg>`;
}

const TRACE_S = 20;
const TRACE_HEIGHT = 150;
const LEFT = 84;

/** Pump (upper row) and valve (lower row) over the same 20 s, as bars. */
function actions(run: Run, fromMs: number, x: (ms: number) => number): string {
  let bars = '';
  const first = run.at.findIndex((at) => at >= fromMs);
  for (let k = first; (run.at[k] ?? Number.POSITIVE_INFINITY) < fromMs + TRACE_S * 1000; k += 1) {
    const at = run.at[k] as number;
    const on = run.pump[k] as number;
    const open = run.bleed[k] as number;
    if (on > 0)
      bars += `<rect class="pump" x="${x(at).toFixed(1)}" y="${TRACE_HEIGHT + 4}" width="${(x(at + run.periodMs) - x(at) + 0.2).toFixed(1)}" height="8"/>`;
    if (open > 0)
      bars += `<rect class="valve" x="${x(at).toFixed(1)}" y="${TRACE_HEIGHT + 16}" width="${(x(at + open) - x(at) + 0.3).toFixed(1)}" height="8"/>`;
  }
  return bars;
}

/** True pressure of one plant over 20 s of its first movement, with what pump and valve did. */
function trace(done: Done, key: string): string {
  const scenario = SCENARIOS[done.task.scenario];
  const draw = drawOne(scenario, done.task.seed, done.task.index, done.task.build);
  const run = drive(scenario, draw, entryOf(key).make);
  const move = run.spans.find((s) => s.stretch.kind === 'move');
  if (move === undefined) return '';
  const fromMs = move.fromMs + 20_000;
  const from = Math.round(fromMs / LOG_MS);
  const count = (TRACE_S * 1000) / LOG_MS;
  const y = (p: number): number => TRACE_HEIGHT * (1 - (p / run.target - 0.65) / 0.75);
  const x = (ms: number): number => LEFT + ((ms - fromMs) / (TRACE_S * 1000)) * (WIDTH - LEFT);
  let path = '';
  for (let i = 0; i < count; i += 2) {
    const p = run.p2[from + i];
    if (p === undefined) break;
    path += `${i === 0 ? 'M' : 'L'}${x(fromMs + i * LOG_MS).toFixed(1)} ${y(p).toFixed(1)}`;
  }
  const label = (at: number, words: string): string =>
    `<text x="${LEFT - 6}" y="${at}" text-anchor="end">${words}</text>`;
  const band = `<rect class="band" x="${LEFT}" width="${WIDTH - LEFT}" y="${y(1.1 * run.target)}" height="${y(0.9 * run.target) - y(1.1 * run.target)}"/>`;
  const top = run.lop < 1.4 * run.target;
  const lop = top
    ? `<line class="lop" x1="${LEFT}" x2="${WIDTH}" y1="${y(run.lop)}" y2="${y(run.lop)}"/>${label(y(run.lop) + 4, `LOP ${run.lop.toFixed(0)}`)}`
    : '';
  const words = [1.1, 1, 0.9].map((k) =>
    label(y(k * run.target) + 4, `${(k * run.target).toFixed(0)}${k === 1 ? ' mmHg' : ''}`),
  );
  const seconds = [0, 5, 10, 15, 20].map(
    (s) =>
      `<text x="${x(fromMs + s * 1000)}" y="${TRACE_HEIGHT + 40}" text-anchor="${s === 20 ? 'end' : 'middle'}">${s} s</text>`,
  );
  const m = done.metrics[key];
  return (
    `<figure><figcaption>plant ${done.task.index}: ${m?.move10.toFixed(0)} % in the band (limit ${done.limit?.move10.toFixed(0) ?? '-'} %), ` +
    `${draw.sensor.kind} at the ${draw.plant.sensorAt}, target ${run.target} mmHg; 20 s, 20 s into the first movement</figcaption>` +
    `<svg viewBox="0 0 ${WIDTH} ${TRACE_HEIGHT + 44}">${band}${lop}${words.join('')}${label(TRACE_HEIGHT + 12, 'pump')}${label(TRACE_HEIGHT + 24, 'valve')}` +
    `<path d="${path}"/>${actions(run, fromMs, x)}${seconds.join('')}</svg></figure>`
  );
}

const STYLE = `body{font:15px/1.45 system-ui,sans-serif;max-width:1240px;margin:2rem auto;padding:0 1rem;color:#1b2430;background:#fff}
table{border-collapse:collapse;font-size:11.5px;display:block;overflow-x:auto}td,th{padding:.2rem .4rem;border-bottom:1px solid #d8dee6;text-align:right;white-space:nowrap}th{white-space:normal;vertical-align:bottom}figure{margin:1rem 0}td:first-child,th:first-child{text-align:left}
svg{width:100%;font:12px system-ui,sans-serif;fill:#1b2430}.dots{fill:#2f6fb5;fill-opacity:.45}.mid{stroke:#b5482f;stroke-width:2}.low{stroke:#b5482f;stroke-width:2;stroke-dasharray:3 2}
path{fill:none;stroke:#2f6fb5;stroke-width:1.2}.band{fill:#dcebd8}.pump{fill:#2f6fb5}.valve{fill:#b5482f}.lop{stroke:#b5482f;stroke-dasharray:4 3}
@media(prefers-color-scheme:dark){body{background:#12171d;color:#dde4ec}svg{fill:#dde4ec}.band{fill:#26402a}td,th{border-color:#2c3642}}`;

/** The whole benchmark as one page without outside files. */
export function controlPage(
  seed: number,
  build: string,
  byScenario: ReadonlyMap<ScenarioName, readonly Done[]>,
  entries: readonly Entry[],
  tableOf: (name: ScenarioName, done: readonly Done[]) => string[][],
): string {
  const parts: string[] = [];
  for (const [name, done] of byScenario) {
    const [head, ...rows] = tableOf(name, done);
    const cells = (row: readonly string[], tag: string): string =>
      `<tr>${row.map((c) => `<${tag}>${escapeText(c)}</${tag}>`).join('')}</tr>`;
    parts.push(
      `<h2>${escapeText(SCENARIOS[name].title)}</h2><table>${cells(head ?? [], 'th')}${rows.map((r) => cells(r, 'td')).join('')}</table>`,
    );
    if (!SCENARIOS[name].stretches.some((s) => s.kind === 'move')) continue;
    parts.push(`<h3>Every plant</h3>${strips(done, entries)}`);
    const own = entries.find((e) => e.key === 'ours');
    if (own === undefined) continue;
    const worst = [...done]
      .sort((a, b) => (a.metrics['ours']?.move10 ?? 0) - (b.metrics['ours']?.move10 ?? 0))
      .slice(0, 3);
    parts.push(
      `<h3>The worst plants, ${escapeText(own.title)}</h3>${worst.map((d) => trace(d, 'ours')).join('')}`,
    );
  }
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Holding the pressure</title><style>${STYLE}</style><h1>Holding the pressure</h1><p>Seed ${seed}, build "${escapeText(build)}". Shares of time and pressures on the true cuff pressure; median / worst 5 %. A dot is a plant; solid line: median, dashed: worst 5 %. In the traces the band is 10 % of the target on either side; bars: pump on, valve open.</p>${parts.join('')}</html>\n`;
}
