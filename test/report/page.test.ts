import { stripVTControlCharacters } from 'node:util';
import { Script } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { toHtml } from '../../sim/output/html.ts';
import { packRun } from '../../sim/output/pack.ts';
import { figuresOf } from '../../sim/report/figures.ts';
import { metricsOf } from '../../sim/report/metrics.ts';
import { NO_PRESSURE, type PageData, PRESSURE_STEP } from '../../sim/report/page-data.ts';
import { summaryLines } from '../../sim/report/summary.ts';
import { toSvg } from '../../sim/report/svg.ts';
import { rowsToKeep } from '../../sim/report/thin.ts';
import { MUST_NOT, READINGS_ONLY, SIMULATED } from '../../sim/report/warning.ts';
import { HEADER, runOf, sessionLike } from './synthetic.ts';

const log = sessionLike(5, 180, true, { ...HEADER, title: 'A <b>bold</b> "title" & more' });
const figures = figuresOf(log, metricsOf(log));

/** Tags that stay open, or close what is not open. */
function unbalanced(markup: string): string[] {
  const empty = new Set(['meta', 'link', 'input', 'br', 'path', 'rect', 'polyline', '!doctype']);
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, slash, name = '', own] of markup.matchAll(
    /<(\/?)([a-zA-Z!][\w-]*)(?:"[^"]*"|[^"<>])*?(\/?)>/g,
  )) {
    const tag = name.toLowerCase();
    if (own === '/' || empty.has(tag)) continue;
    if (slash === '') open.push(tag);
    else if (open.pop() !== tag) wrong.push(tag);
  }
  return [...wrong, ...open];
}

describe('the page', () => {
  let html = '';
  beforeAll(async () => {
    html = await toHtml(log, figures, [{ what: 'no trip', found: 'leak', met: false }]);
  });

  test('names no address outside itself: no http, no src, no import, no url()', () => {
    const outside = html
      .replaceAll('http://www.w3.org/2000/svg', '')
      .match(
        /https?:\/\/|\bsrc=|\/\/[a-z]+\.[a-z]+\/|@import|url\((?!data:)|import\(|fetch\(|XMLHttpRequest/g,
      );
    expect(outside).toBeNull();
    expect([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual(['data:,', '#must-not']);
  });

  test('is well-formed, and its script parses', () => {
    const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '');
    expect(scripts).toHaveLength(1);
    expect(() => new Script(scripts[0] ?? '')).not.toThrow();
    const markup = html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<style>[\s\S]*?<\/style>/g, '');
    expect(unbalanced(markup)).toEqual([]);
  });

  test('opens with who must not use a cuff, before any figure', () => {
    const figuresAt = html.indexOf('Summary');
    expect(html.indexOf(SIMULATED)).toBeGreaterThan(0);
    expect(html.indexOf(SIMULATED)).toBeLessThan(figuresAt);
    for (const line of MUST_NOT) expect(html.indexOf(line)).toBeLessThan(figuresAt);
  });

  test('takes a title with markup in it as text', () => {
    expect(html).not.toContain('<b>bold</b>');
    expect(html).toContain('A &lt;b&gt;bold&lt;/b&gt;');
  });

  test('has an element for every id its script asks for', () => {
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    for (const id of ['run', 'chart', 'theme']) {
      expect(script, id).toContain(`"${id}"`);
      expect(html, id).toContain(`id="${id}"`);
    }
  });

  test('shows the chart first: above who must not use a cuff, and that above the figures', () => {
    const places = ['id="chart"', 'id="must-not"', '<h2>Summary', '<h2>Events'].map((text) =>
      html.indexOf(text),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(html.indexOf('href="#must-not"')).toBeLessThan(places[0] as number);
  });

  test('says above the chart that no session was started, and why', async () => {
    const page = await toHtml(log, figures, [], ['battery: too low: charge it']);
    expect(page.indexOf('No session was started')).toBeGreaterThan(0);
    expect(page.indexOf('battery: too low: charge it')).toBeLessThan(page.indexOf('id="chart"'));
    expect(html).not.toContain('No session was started');
  });

  test('says what was expected and not found', () => {
    expect(html).toContain('✗</span> no trip</td><td>leak');
  });

  test('a session of 20 min at 20 ms stays below 3 MB', async () => {
    const long = sessionLike(5, 186, false, { ...HEADER, tickMs: 20 });
    expect(long.rows).toBeGreaterThan(60_000);
    const page = await toHtml(long, figuresOf(long, metricsOf(long)));
    expect(Buffer.byteLength(page)).toBeLessThan(3_000_000);
  });
});

function pressuresOf(text: string): number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i));
}

describe('a log of a device', () => {
  const box = sessionLike(1, 60, true, { ...HEADER, level: 'device', title: 'Black box of session 4' });

  test('is not called simulated, and nothing in it is called true', async () => {
    const html = (await toHtml(box, []))
      .replace(/<script>[\s\S]*?<\/script>/g, '')
      .replace(/<style>[\s\S]*?<\/style>/g, '');
    expect(html).toContain(READINGS_ONLY);
    expect(html.match(/simulated|true cuff/i)).toBeNull();
    const svg = toSvg(box, []);
    expect(svg).toContain('Black box of session 4 (readings of a sensor)');
    expect(svg.match(/simulated|true cuff|stroke="#0072b2"/)).toBeNull();
  });

  test('carries to the page that its true pressure is not known', () => {
    expect(packRun(box).hasTruth).toBe(false);
    expect(packRun(log).hasTruth).toBe(true);
  });
});

test('a run that was never under pressure has no tick of approval', () => {
  const idle = runOf([{ seconds: 60, phase: 1, step: -1, setpoint: -1, pressure: () => 0.1 }]);
  const all = figuresOf(idle, metricsOf(idle));
  expect(all.find((figure) => figure.label === 'Trips')?.value).toBe('none');
  expect(all.filter((figure) => figure.verdict === 'good')).toEqual([]);
});

test('the picture has a second set of colours for dark screens, and none when it is printed', () => {
  const svg = toSvg(log, figures);
  expect(svg).toContain('@media screen and (prefers-color-scheme:dark)');
  expect(svg).toContain('[fill="#ffffff"]{fill:#14181b}');
  for (const [, color = ''] of svg.matchAll(/fill="(#[0-9a-f]+)"/g))
    expect(svg.includes(`[fill="${color}"]`) || ['#e69f00', '#56b4e9'].includes(color), color).toBe(true);
});

test('packed pressures are within half a step, and no value is no value', () => {
  const data: PageData = packRun(log);
  expect(data.rows).toBe(log.rows);
  const p2 = pressuresOf(data.p2);
  const off = log.columns.p2.map((mmHg, row) => Math.abs((p2[row] ?? 0) * PRESSURE_STEP - mmHg));
  expect(Math.max(...off)).toBeLessThanOrEqual(PRESSURE_STEP / 2 + 1e-9);
  expect(pressuresOf(data.setpoint)[0]).toBe(NO_PRESSURE);
});

test('thinning keeps the highest and lowest pressure and every change', () => {
  const spiked = sessionLike(3, 120, true);
  spiked.columns.p2[1234] = 291;
  spiked.columns.raw[2345] = -12;
  const rows = rowsToKeep(spiked, 2000);
  expect(rows.length).toBeLessThan(2200);
  expect(rows).toContain(1234);
  expect(rows).toContain(2345);
  const kept = new Set(rows);
  for (let row = 1; row < spiked.rows; row++) {
    if (spiked.columns.phase[row] !== spiked.columns.phase[row - 1]) expect(kept.has(row)).toBe(true);
  }
  expect(rowsToKeep(spiked, spiked.rows)).toHaveLength(spiked.rows);
});

test('the picture is well-formed, self-contained, and shows the highest value', () => {
  const svg = toSvg(log, figures);
  expect(unbalanced(svg)).toEqual([]);
  expect(svg.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|href|url\(/);
  expect(Buffer.byteLength(svg)).toBeLessThan(250_000);
  const ys = [...svg.matchAll(/<polyline points="([^"]*)"[^>]*#0072b2/g)].flatMap((match) =>
    (match[1] ?? '').split(' ').map((pair) => Number(pair.split(',')[1])),
  );
  const top = 52;
  const plot = 260;
  const scale = 200;
  expect(Math.min(...ys)).toBeCloseTo(top + plot * (1 - metricsOf(log).peakMmHg / scale), 0);
});

test('summary lines stay within the width and mark what missed its goal', () => {
  const lines = summaryLines(figures, 80).map(stripVTControlCharacters);
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(82);
  expect(lines.find((line) => line.includes('Trips'))).toContain('✗');
  expect(lines.find((line) => line.includes('Vent to'))).toContain('✓');
});

test('a few seconds of settling make no figure of rest', () => {
  const short = runOf([
    { seconds: 3, phase: 2, step: 0, setpoint: 100, pressure: () => 100 },
    { seconds: 20, phase: 3, step: 0, setpoint: 100, pressure: () => 100, moving: true },
  ]);
  const labels = figuresOf(short, metricsOf(short)).map((figure) => figure.label);
  expect(labels).not.toContain('In band at rest, ±5 %');
  expect(labels).toContain('In band while moving, ±10 %');
});
