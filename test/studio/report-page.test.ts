/** The report of a run in a browser: its chart by wheel, drag, fingers and keys, its colours and widths, and what axe says of it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toHtml } from '../../sim/output/html.ts';
import { figuresOf } from '../../sim/report/figures.ts';
import { metricsOf } from '../../sim/report/metrics.ts';
import { sessionLike } from '../report/synthetic.ts';
import { SOON, slowedAsAsked, theBrowser, UNHURRIED } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { looksRight } from './looks.ts';

const log = sessionLike(3, 60, true);
const END_S = (log.columns.tMs[log.rows - 1] as number) / 1000;

describe.skipIf(withoutBrowser())('the report of a run', UNHURRIED, () => {
  let browser: Browser;
  let folder = '';
  let address = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cuffloop-report-'));
    const file = join(folder, 'report.html');
    await writeFile(file, await toHtml(log, figuresOf(log, metricsOf(log))));
    address = `file://${file}`;
    browser = await theBrowser();
  });
  afterAll(async () => {
    if (folder !== '') await rm(folder, { recursive: true });
  });

  async function open(width: number, colorScheme: 'light' | 'dark', hash = ''): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, hasTouch: true });
    page.setDefaultTimeout(SOON.timeout);
    await slowedAsAsked(page);
    await page.goto(`${address}${hash}`);
    await page.getByRole('slider').waitFor();
    return page;
  }

  /** What the chart shows now, s. It follows wheel, fingers and keys a frame or more later: what an action is to bring is polled for. */
  async function view(page: Page): Promise<{ fromS: number; toS: number }> {
    const shown = (await page.getByRole('figure').getAttribute('data-view')) ?? '';
    const [fromS = Number.NaN, toS = Number.NaN] = shown.split('-').map(Number);
    return { fromS, toS };
  }

  const fromS = (page: Page) => async (): Promise<number> => (await view(page)).fromS;
  const toS = (page: Page) => async (): Promise<number> => (await view(page)).toS;
  const lengthS = (page: Page) => async (): Promise<number> => {
    const { fromS: from, toS: to } = await view(page);
    return to - from;
  };

  test('looks right in every colour and width, and begins with its chart', async () => {
    const page = await open(1280, 'light');
    await looksRight(page, 'report');
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const top = async (): Promise<number | undefined> => (await page.getByRole('figure').boundingBox())?.y;
      await expect.poll(top, SOON).toBeLessThan(300);
    }
    await page.close();
  });

  test('asks nobody for anything, and its rule forbids it to', async () => {
    const requests: string[] = [];
    const page = await browser.newPage();
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(address);
    await page.getByRole('slider').waitFor();
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([address]);
    const tried = (script: string): Promise<unknown> => page.evaluate(script);
    expect(await tried("fetch('http://127.0.0.1:9/').then(() => 'sent', (e) => e.name)")).toBe('TypeError');
    expect(
      await tried(
        "{ const s = document.createElement('script'); s.text = 'window.ran = 1'; document.body.append(s); window.ran }",
      ),
    ).toBeUndefined();
    await page.close();
  });

  test('zooms by wheel where the pointer is, and back by a double click', async () => {
    const page = await open(1280, 'light');
    const box = await page.locator('.u-over').first().boundingBox();
    if (box === null) throw new Error('no plot');
    await page.mouse.move(box.x + box.width / 4, box.y + 50);
    await page.mouse.wheel(0, -400);
    await expect.poll(lengthS(page), SOON).toBeLessThan(0.7 * END_S);
    expect(await fromS(page)()).toBeLessThan(END_S / 4);
    expect(await toS(page)()).toBeLessThan(0.9 * END_S);
    await page.mouse.dblclick(box.x + 100, box.y + 50);
    await expect.poll(toS(page), SOON).toBeCloseTo(END_S, -1);
    await page.close();
  });

  test('zooms to what is dragged over', async () => {
    const page = await open(1280, 'light');
    const box = await page.locator('.u-over').first().boundingBox();
    if (box === null) throw new Error('no plot');
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.75 * box.width, box.y + 70, { steps: 4 });
    await page.mouse.up();
    await expect.poll(fromS(page), SOON).toBeGreaterThan(0.4 * END_S);
    const dragged = await view(page);
    expect(dragged.fromS / END_S).toBeCloseTo(0.5, 1);
    expect(dragged.toS / END_S).toBeCloseTo(0.75, 1);
    await page.close();
  });

  test('zooms under two fingers', async () => {
    const page = await open(360, 'light');
    const box = await page.locator('.u-over').first().boundingBox();
    if (box === null) throw new Error('no plot');
    const touch = await page.context().newCDPSession(page);
    const at = (share: number) => ({ x: box.x + share * box.width, y: box.y + 60 });
    const points = (a: number, b: number) => [
      { ...at(a), id: 1 },
      { ...at(b), id: 2 },
    ];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points(0.4, 0.6) });
    for (const step of [0.05, 0.1, 0.15, 0.2])
      await touch.send('Input.dispatchTouchEvent', {
        type: 'touchMove',
        touchPoints: points(0.4 - step, 0.6 + step),
      });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(async () => (await lengthS(page)()) / END_S, SOON).toBeCloseTo(1 / 3, 1);
    const near = await view(page);
    expect((near.fromS + near.toS) / 2 / END_S).toBeCloseTo(0.5, 1);
    await page.close();
  });

  test('is read by keys alone: the cursor moves, leaps to marks, and says where it is', async () => {
    const page = await open(1280, 'light');
    const slider = page.getByRole('slider');
    const now = async (): Promise<number> => Number(await slider.getAttribute('aria-valuenow'));
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(now, SOON).toBeCloseTo(0.04, 2);
    await page.keyboard.press('.');
    await expect.poll(now, SOON).toBeCloseTo(3, 1);
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(now, SOON).toBeCloseTo(3.04, 2);
    await page.keyboard.press('ArrowRight');
    await expect.poll(now, SOON).toBeGreaterThan(3.1);
    await page.keyboard.press('End');
    await expect.poll(now, SOON).toBeCloseTo(END_S, 1);
    const said = (): Promise<string | null> => slider.getAttribute('aria-valuetext');
    await expect.poll(said, SOON).toMatch(/tripped, .*sensor \d+, true \d+/);
    await page.keyboard.press(',');
    await page.locator('.chart-readout', { hasText: 'tripped' }).waitFor();
    for (let i = 0; i < 4; i++) await page.keyboard.press('+');
    await expect.poll(lengthS(page), SOON).toBeLessThan(0.1 * END_S);
    expect(await now()).toBeGreaterThanOrEqual(await fromS(page)());
    await page.close();
  });

  test('opens at the stretch that a link names, and an event leads to its moment', async () => {
    const page = await open(1280, 'dark', '#t=10-20');
    await expect.poll(() => view(page), SOON).toEqual({ fromS: 10, toS: 20 });
    await page.locator('tr.kind-trip button').click();
    const tripS = (log.events.find((event) => event.kind === 'trip')?.tMs ?? 0) / 1000;
    await expect.poll(toS(page), SOON).toBeGreaterThan(Math.max(tripS - 1, 20));
    expect(await fromS(page)()).toBeLessThan(tripS);
    await page.close();
  });
});
