/** One self-contained HTML page of a run: warning, figures, charts, events, what ran. No network, no other file. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { escapeText } from '../../tools/markup.ts';
import type { Expected } from '../report/expected.ts';
import { clock, type Figure } from '../report/figures.ts';
import type { RunLog } from '../report/run-log.ts';
import { toSvg } from '../report/svg.ts';
import { ASK_FIRST, MUST_NOT, MUST_NOT_TITLE, SIMULATED } from '../report/warning.ts';
import { packRun } from './pack.ts';

const MARK: Readonly<Record<Figure['verdict'], string>> = { good: '✓', bad: '✗', plain: '' };

function file(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** The page's script with the chart library in it. */
async function script(): Promise<string> {
  const built = await build({
    entryPoints: [file('../report/page/page.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
  });
  return (built.outputFiles[0]?.text ?? '').replace(/<\/script/gi, '<\\/script');
}

async function style(): Promise<string> {
  const built = await build({
    stdin: {
      contents: `@import 'uplot/dist/uPlot.min.css';\n@import '../report/page/tokens.css';\n${readFileSync(file('../report/page/page.css'), 'utf8')}`,
      resolveDir: file('.'),
      loader: 'css',
    },
    bundle: true,
    minify: true,
    target: 'es2022',
    write: false,
  });
  return built.outputFiles[0]?.text ?? '';
}

function figureCard(figure: Figure): string {
  const mark = MARK[figure.verdict];
  const said =
    mark === ''
      ? ''
      : ` <span class="mark" aria-label="${figure.verdict === 'good' ? 'goal met' : 'goal missed'}">${mark}</span>`;
  const note = figure.note === '' ? '' : `<div class="note">${escapeText(figure.note)}</div>`;
  return `<div class="${figure.verdict}"><dt>${escapeText(figure.label)}</dt><dd><div class="value">${escapeText(figure.value)}${said}</div>${note}</dd></div>`;
}

function table(entries: readonly (readonly [string, unknown])[]): string {
  const rows = entries.map(([key, value]) => {
    const shown = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
    return `<tr><td>${escapeText(key)}</td><td>${escapeText(shown)}</td></tr>`;
  });
  return `<div class="scroll"><table>${rows.join('')}</table></div>`;
}

function events(log: RunLog): string {
  const rows = log.events.map((event) => {
    const at = event.tMs / 1000;
    const jump = `<button type="button" class="jump" data-at="${at}" title="Show this moment">${clock(at)}</button>`;
    return `<tr class="kind-${event.kind}"><td class="num">${jump}</td><td>${event.kind}</td><td>${escapeText(event.text)}</td></tr>`;
  });
  return `<div class="scroll"><table><thead><tr><th class="num">Time</th><th>What</th><th>Detail</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function expectations(expected: readonly Expected[]): string {
  if (expected.length === 0) return '';
  const rows = expected.map(
    (e) =>
      `<tr class="${e.met ? 'good' : 'bad'}"><td><span class="mark">${e.met ? '✓' : '✗'}</span> ${escapeText(e.what)}</td><td>${escapeText(e.found)}</td></tr>`,
  );
  return `<h2>What this scenario expects</h2><div class="scroll"><table class="expects">${rows.join('')}</table></div>`;
}

const LEGEND = `<div class="legend screen">
<label><input type="checkbox" data-series="true" checked><i style="border-color:var(--true)"></i>true cuff pressure</label>
<label><input type="checkbox" data-series="sensor" checked><i style="border-color:var(--sensor)"></i>sensor</label>
<label><input type="checkbox" data-series="setpoint" checked><i class="dash" style="border-color:var(--setpoint)"></i>setpoint</label>
<label><input type="checkbox" data-series="pump-end"><i class="dots" style="border-color:var(--faint)"></i>pump end of the hose</label>
<span><i class="shade"></i>±10 % and ±5 %</span><span><i class="press"></i>press</span><span><i class="stop"></i>trip or fault</span></div>`;

const TOOLS = `<div class="bar screen"><button type="button" id="whole">Whole session</button>
<button type="button" id="closer" aria-label="Zoom in">+</button><button type="button" id="wider" aria-label="Zoom out">−</button>
<button type="button" id="earlier" aria-label="Earlier">◀</button><button type="button" id="later" aria-label="Later">▶</button>
<span class="unit">Drag to zoom, double click for the whole session. Pressures in mmHg.</span></div>
<div class="jumps screen" id="jumps" aria-label="Jump to a phase"></div>`;

function about(log: RunLog): string {
  const h = log.header;
  const what: [string, unknown][] = [
    ['version', h.version],
    ['level', h.level],
    ['board', h.board],
    ['sensor', h.sensor],
    ['seed', h.seed],
    ['control period', `${h.tickMs} ms`],
    ['protocol', `${h.protocol.title} (${h.protocol.name})`],
    ['steps', h.protocol.steps.join(' · ')],
  ];
  return `<h2>What ran</h2>${table(what)}
<p style="margin-top:10px">Run it again: <code>${escapeText(h.command)}</code></p>
<details><summary>Settings</summary>${table(Object.entries(h.settings))}</details>
<details><summary>Plant: ${escapeText(h.plantName)}</summary>${table(Object.entries(h.plant))}</details>`;
}

/** The page as text. */
export async function toHtml(
  log: RunLog,
  figures: readonly Figure[],
  expected: readonly Expected[] = [],
): Promise<string> {
  const h = log.header;
  const data = JSON.stringify(packRun(log)).replace(/</g, '\\u003c');
  const [js, css] = await Promise.all([script(), style()]);
  const facts = `Scenario ${h.scenario}, plant ${h.plantName}, sensor ${h.sensor}, seed ${h.seed}, ${h.level} in the loop, cuffloop ${h.version}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(h.title)}: cuffloop report</title><link rel="icon" href="data:,"><style>${css}</style></head>
<body><main>
<header><div><h1>${escapeText(h.title)}</h1><p class="simulated">${escapeText(SIMULATED)}</p><p class="faint">${escapeText(facts)}</p></div>
<button type="button" id="theme" class="screen" aria-label="Switch between light and dark">Dark</button></header>
<section class="warning" role="note"><h2>${escapeText(MUST_NOT_TITLE)}</h2><ul>${MUST_NOT.map((line) => `<li>${escapeText(line)}</li>`).join('')}</ul><p>${escapeText(ASK_FIRST)}</p></section>
<h2>Summary</h2><dl class="figures">${figures.map(figureCard).join('')}</dl>
${expectations(expected)}
<h2>Pressure</h2>${TOOLS}${LEGEND}<dl class="readout screen" id="readout" aria-label="Values under the cursor"></dl>
<div id="charts" class="screen" tabindex="0" role="img" aria-label="Chart of pressure, setpoint, phases, limb, pump, valve and lamps over time. Keys: plus, minus, 0, arrows."><div id="pressure"></div><div id="lanes"></div></div>
<p class="unit screen">Lanes: solid is the mean, pale the highest value of each column of pixels; a filled valve is open.</p>
<div class="picture">${toSvg(log, figures)}</div>
<noscript><style>body .picture{display:block}body .screen{display:none}</style></noscript>
<h2>Events</h2>${events(log)}
${about(log)}
</main><script type="application/json" id="run">${data}</script><script>${js}</script></body></html>
`;
}
