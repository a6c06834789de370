import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SOON, UNHURRIED } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { openStudio, type Studio } from './studio-page.ts';

const SCREENS = [
  { id: 'try', label: 'Try' },
  { id: 'tune', label: 'Tune' },
  { id: 'logs', label: 'Logs' },
  { id: 'cuff', label: 'My cuff' },
  { id: 'learn', label: 'Learn' },
] as const;

describe.skipIf(withoutBrowser())('the frame of the studio', UNHURRIED, () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio?.close());

  test('opens on the first tab, and each tab opens its screen by click and by address', async () => {
    const { page, problems, close } = await studio.open();
    await page.locator('.tabs a[aria-current=page]', { hasText: 'Try' }).waitFor();
    for (const { id, label } of SCREENS) {
      await page.locator('.tabs a', { hasText: label }).click();
      // the title and the screen follow the click in their own time: the screen before has a heading too
      await expect.poll(() => page.title(), SOON).toBe(`${label}: cuffloop studio`);
      await page.locator(`.tabs a[aria-current=page]`, { hasText: label }).waitFor();
      if (id !== 'try') await page.getByRole('heading', { level: 1, name: label }).waitFor();
    }
    await page.goto(`${studio.address}#/logs`);
    await page.locator('h1', { hasText: 'Logs' }).waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test('asks no other host for anything, and its rule forbids it to', async () => {
    const { page, requests, close } = await studio.open();
    await page.locator('main h1').waitFor();
    expect(requests.length).toBeGreaterThan(2);
    expect(requests.filter((url) => !url.startsWith(studio.address))).toEqual([]);
    const sent = await page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', (e) => String(e))");
    expect(sent).toContain('TypeError');
    await close();
  });
});
