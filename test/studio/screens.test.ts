/**
 * Every screen in every look, one after the other on one page that is loaded once: nothing for axe to find, no sideways scrolling, and the
 * pictures. What takes long to reach (a painted cloud, a replay, a cuff at work) is looked at where it is tested.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SOON, UNHURRIED } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { looksRight } from './looks.ts';
import { type OpenPage, openStudio, type Studio } from './studio-page.ts';

const OVER = 'scenario=run&protocol=intro&seed=3';
const TRIPPED = 'scenario=hose-off&seed=1';

/** `heading`: of the screen itself, as the one before has a heading too. */
async function show(page: Page, screen: string, heading: string): Promise<void> {
  await page.evaluate(`location.hash = '#/${screen}'`);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

/** A run that is over is followed by one that is over: told apart by the sum over its ticks. */
async function showRun(page: Page, words: string): Promise<void> {
  const sum = page.locator('.sum');
  const before = (await sum.count()) === 0 ? '' : await sum.innerText();
  await page.evaluate(`location.hash = '#/try?${words}'`);
  const other = async (): Promise<boolean> => (await sum.count()) === 1 && (await sum.innerText()) !== before;
  await expect.poll(other, SOON).toBe(true);
}

/** How each state is reached from the one before. */
const STATES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'try-live': async (page) => {
    const clock = page.locator('.clock strong');
    const shownS = async (): Promise<number> => {
      const [m = 0, s = 0] = (await clock.innerText()).split(':').map(Number);
      return 60 * m + s;
    };
    await expect.poll(shownS, SOON).toBeGreaterThanOrEqual(100);
    await page.getByRole('button', { name: 'Pause' }).click();
  },
  'try-over': async (page) => {
    await page.getByRole('button', { name: 'Skip', exact: true }).click();
    await showRun(page, OVER);
  },
  'try-ghost': async (page) => {
    await page.getByRole('slider', { name: 'Energy saving' }).fill('40');
    await page.getByText('the other run').waitFor();
    await page.locator('.clock', { hasText: 'over' }).waitFor();
    await page.locator('.chart-surface').hover({ position: { x: 470, y: 80 } });
    await page.locator('.explain dd').first().waitFor();
    await page.evaluate("document.querySelector('.try-side').scrollTop = 0");
  },
  'try-refused': async (page) => {
    await page.getByText('All settings').click();
    await page.getByRole('spinbutton', { name: 'minRailMv, number' }).fill('9000');
    await page.getByRole('spinbutton', { name: 'minRailMv, number' }).press('Enter');
    await page.getByRole('alert').waitFor();
  },
  'try-tripped': async (page) => {
    await showRun(page, TRIPPED);
    await page.locator('.trouble', { hasText: 'Trip' }).waitFor();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('textbox', { name: 'Link to this run' }).waitFor();
  },
  'try-riddle': async (page) => {
    await page.getByRole('button', { name: 'Hide a fault' }).click();
    // a guess can be made once the session is over
    await page.locator('.roulette fieldset button:enabled').first().waitFor();
    await page.getByRole('heading', { name: 'How it went' }).waitFor();
  },
  logs: (page) => show(page, 'logs', 'Logs'),
  'logs-none': async (page) => {
    const file = { name: 'no.json', mimeType: 'application/json', buffer: Buffer.from('{"a":') };
    await page.locator('input[type=file]').first().setInputFiles(file);
    await page.getByRole('alert').waitFor();
  },
  learn: (page) => show(page, 'learn', 'Learn'),
  cuff: async (page) => {
    await show(page, 'cuff', 'My cuff');
    for (const why of await page.locator('.why-not summary').all()) await why.click();
  },
};

describe.skipIf(withoutBrowser())('every screen in light and dark, narrow and wide', UNHURRIED, () => {
  let studio: Studio;
  let open: OpenPage;
  beforeAll(async () => {
    studio = await openStudio();
    open = await studio.open('', {}, async (page) => {
      // a browser without Bluetooth has more to say than one that has it
      await page.addInitScript('delete Navigator.prototype.bluetooth');
    });
  });
  afterAll(() => studio?.close());

  test.each(Object.entries(STATES))('%s', async (name, reach) => {
    await reach(open.page);
    await looksRight(open.page, name);
  });

  test('all of it without a word in the console, or to another host', () => {
    expect(open.problems).toEqual([]);
    expect(open.requests.filter((url) => !url.startsWith(studio.address))).toEqual([]);
  });
});
