/** One self-contained HTML page of a run: warning, figures, charts, events, what ran. No network, no other file. */

import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { escapeText } from '../../tools/markup.ts';
import type { Expected } from '../report/expected.ts';
import { clock, type Figure } from '../report/figures.ts';
import { hasTruth, type RunLog } from '../report/run-log.ts';
import { toSvg } from '../report/svg.ts';
import { ASK_FIRST, MUST_NOT, MUST_NOT_TITLE, READINGS_ONLY, SIMULATED } from '../report/warning.ts';
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
    entryPoints: [file('../report/page/page.css')],
    bundle: true,
    minify: true,
    target: 'es2022',
    write: false,
  });
  return built.outputFiles[0]?.text ?? '';
}

/** The page's rule: it runs its own script alone and asks nobody for anything, whatever stands in its data. */
function rule(js: string): string {
  const sum = createHash('sha256').update(js).digest('base64');
  return `default-src 'none'; script-src 'sha256-${sum}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
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

/** What stands above everything that the run has to tell, where it has nothing to tell. */
function notStarted(reasons: readonly string[]): string {
  if (reasons.length === 0) return '';
  const lines = reasons.map((reason) => `<li>${escapeText(reason)}</li>`);
  return `<section class="refused" role="note"><h2>✗ No session was started</h2><p>The device refuses. What stands below shows a device that waits; its figures say nothing of a session.</p><ul>${lines.join('')}</ul></section>`;
}

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

/** Who made the pressures: a simulated cuff, whose true pressure is known, or something that told a reading only. */
function madeBy(log: RunLog): string {
  return hasTruth(log.header) ? SIMULATED : READINGS_ONLY;
}

/** The page as text. `reasons`: why no session was started, a line each; empty = one was. */
export async function toHtml(
  log: RunLog,
  figures: readonly Figure[],
  expected: readonly Expected[] = [],
  reasons: readonly string[] = [],
): Promise<string> {
  const h = log.header;
  const data = JSON.stringify(packRun(log)).replace(/</g, '\\u003c');
  const [js, css] = await Promise.all([script(), style()]);
  const facts = `Protocol ${h.protocol.name}, scenario ${h.scenario}, plant ${h.plantName}, sensor ${h.sensor}, seed ${h.seed}, ${h.level} in the loop, cuffloop ${h.version}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${rule(js)}">
<title>${escapeText(h.title)}: cuffloop report</title><link rel="icon" href="data:,"><style>${css}</style></head>
<body><main>
<header><div><h1>${escapeText(h.title)}</h1><p class="lead">${escapeText(madeBy(log))} <a href="#must-not">${escapeText(MUST_NOT_TITLE)}</a></p></div>
<button type="button" id="theme" class="screen" aria-label="Switch between light and dark">Dark</button></header>
${notStarted(reasons)}
<div id="chart" class="screen" data-label="${escapeText(`Pressure over time: ${h.title}`)}"></div>
<div class="picture">${toSvg(log, figures)}</div>
<noscript><style>body .picture{display:block}body .screen{display:none}</style></noscript>
<p class="faint">${escapeText(facts)}</p>
<section class="warning" role="note" id="must-not"><h2>${escapeText(MUST_NOT_TITLE)}</h2><ul>${MUST_NOT.map((line) => `<li>${escapeText(line)}</li>`).join('')}</ul><p>${escapeText(ASK_FIRST)}</p></section>
<h2>Summary</h2><dl class="figures">${figures.map(figureCard).join('')}</dl>
${expectations(expected)}
<h2>Events</h2>${events(log)}
${about(log)}
</main><script type="application/json" id="run">${data}</script><script>${js}</script></body></html>
`;
}
