/** The page without a network: as one file that opens from a disk, and as a page that the browser has kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildOneFile, ONE_FILE } from '../../tools/studio/build-page.ts';
import { SOON, UNHURRIED } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { keptPage } from './kept-page.ts';
import { builtPage, openStudio, type Studio } from './studio-page.ts';

describe.skipIf(withoutBrowser())('without a network', UNHURRIED, () => {
  let studio: Studio;
  let folder: string;
  beforeAll(async () => {
    [studio, folder] = await Promise.all([openStudio(), keptPage('one-file', buildOneFile)]);
  });
  afterAll(() => studio?.close());

  test('one file runs the firmware, whoever has it, and its rule lets it ask nobody', async () => {
    const path = join(folder, ONE_FILE);
    expect(readFileSync(path, 'utf8')).toMatch(/default-src 'none'; script-src 'sha256-/);
    const context = await studio.browser.newContext({ offline: true });
    context.setDefaultTimeout(SOON.timeout);
    const page = await context.newPage();
    const problems: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${pathToFileURL(path).href}#/try?scenario=hose-off&seed=1`);
    await page.getByRole('heading', { name: 'How it went' }).waitFor();
    await page.locator('.trouble', { hasText: 'Trip' }).waitFor();
    await page.goto(`${pathToFileURL(path).href}#/learn`);
    await page.locator('h2', { hasText: 'lamps' }).waitFor();
    expect(problems).toEqual([]);
    expect(requests.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([]);
    await context.close();
  });

  test('a page that was open once opens again, with every screen, when its host is gone', async () => {
    const { page, close } = await studio.open('', { serviceWorkers: 'allow' });
    await page.evaluate('navigator.serviceWorker.ready.then(() => 1)');
    await page.reload();
    const isKept = (): Promise<unknown> => page.evaluate('navigator.serviceWorker.controller !== null');
    await expect.poll(isKept, SOON).toBe(true);
    await page.context().setOffline(true);
    await page.goto(`${studio.address}#/try?scenario=hose-off&seed=1`);
    await page.reload();
    await page.locator('.trouble', { hasText: 'Trip' }).waitFor();
    await page.getByRole('heading', { name: 'How it went' }).waitFor();
    await page.locator('.tabs a', { hasText: 'Learn' }).click();
    await page.locator('h2', { hasText: 'lamps' }).waitFor();
    await close();
  });

  test('the files that are kept are all files there are, under a name that changes with them', async () => {
    const built = await builtPage();
    const { build, version } = JSON.parse(readFileSync(join(built, 'version.json'), 'utf8')) as Record<
      string,
      string
    >;
    const keeper = readFileSync(join(built, 'service-worker.js'), 'utf8');
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(keeper).toContain(`cuffloop-${build}`);
    for (const name of ['index.html', 'manifest.webmanifest', 'engine-worker', 'version.json'])
      expect(keeper).toContain(name);
  });
});
