/** Runs of Try and results of Tune over a reload, and what the computer finds when it throws faults: in a real browser, with its real database. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SOON, UNHURRIED } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { looksRight } from './looks.ts';
import { openStudio, type Studio } from './studio-page.ts';

const SHORT = '#/try?scenario=hose-off&seed=5';

describe.skipIf(withoutBrowser())('what is kept, and what is broken', UNHURRIED, () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio?.close());

  const shelfOf = (page: Page) => page.getByRole('region', { name: 'Runs that are kept' });

  test('a run of Try is there after a reload, repeats to the last bit, and can be forgotten', async () => {
    const { page, problems, close } = await studio.open(SHORT);
    const kept = shelfOf(page);
    await kept
      .getByRole('button', { name: /seed 5/ })
      .first()
      .waitFor();
    await page.goto(`${studio.address}#/try?scenario=run&protocol=intro&seed=3`);
    await page.reload();
    await kept
      .getByRole('button', { name: /seed 5/ })
      .first()
      .click();
    await page.getByText('The same run as in the link').waitFor();
    await kept.getByRole('button', { name: /^Forget .*seed 5/ }).click();
    await kept
      .getByRole('button', { name: /seed 5/ })
      .first()
      .waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await close();
  });

  test('a browser without room says so, one whose database is damaged too, and the run stands all the same', async () => {
    const { page, close } = await studio.open(SHORT);
    const kept = shelfOf(page);
    await kept
      .getByRole('button', { name: /seed 5/ })
      .first()
      .waitFor();
    await page.evaluate(
      "IDBObjectStore.prototype.put = () => { throw new DOMException('no room', 'QuotaExceededError'); }",
    );
    await page.getByRole('slider', { name: 'Highest setpoint' }).fill('80');
    await kept.getByRole('alert').filter({ hasText: 'no more room; forget some' }).waitFor();
    await page.getByRole('heading', { name: 'How it went' }).waitFor();
    // the page as it is loaded anew has the browser's own again
    await page.reload();
    await kept
      .getByRole('button', { name: /seed 5/ })
      .first()
      .waitFor();
    await page.evaluate(`new Promise((done, no) => {
      const asked = indexedDB.open('cuffloop-runs');
      asked.onerror = () => no(asked.error);
      asked.onsuccess = () => {
        const work = asked.result.transaction('runs', 'readwrite');
        work.objectStore('runs').put({ title: 7 }, 'x');
        work.oncomplete = done;
      };
    })`);
    await page.reload();
    await kept.getByRole('alert').filter({ hasText: 'an entry is damaged' }).waitFor();
    await looksRight(page, 'try-damaged');
    await kept.getByRole('button', { name: 'Delete them and begin anew' }).click();
    await kept.getByRole('alert').waitFor({ state: 'detached' });
    await close();
  });

  test('a result of Tune is there after a reload, with the cloud that was painted', async () => {
    const { page, problems, close } = await studio.open('#/tune');
    await page.getByRole('button', { name: 'Show cuffs like it' }).waitFor();
    await page
      .locator('label', { hasText: /^Cuffs/ })
      .locator('select')
      .selectOption('6');
    await page.getByRole('button', { name: 'Show cuffs like it' }).click();
    const kept = page.getByRole('region', { name: 'Results that are kept' });
    await kept
      .getByRole('button', { name: /6 cuffs$/ })
      .first()
      .waitFor({ timeout: 2 * SOON.timeout });
    await page.reload();
    await kept
      .getByRole('button', { name: /6 cuffs$/ })
      .first()
      .click();
    await page.getByText(/6 of 6 cuffs/).waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test('the computer throws faults, shows the worst with its link, and stops when it is told to', async () => {
    const { page, problems, close } = await studio.open('#/try?scenario=run&protocol=intro&seed=3');
    const card = page.locator('.hunt');
    await card.getByRole('button', { name: 'Throw faults at it' }).press('Enter');
    await card.getByText(/^Without them: 0\.0 s above it/).waitFor();
    await card.getByText(/^[2-9] of 40 sessions/).waitFor();
    await card.getByText(/^Worst: .*@/).waitFor();
    const workers = page.workers().length;
    await card.getByRole('button', { name: 'Stop it' }).press('Enter');
    await card.getByText(/^\d+ of 40 sessions, ended/).waitFor();
    await expect.poll(() => page.workers().length, SOON).toBe(workers - 1);
    await looksRight(page, 'try-hunt');
    await card.getByRole('link', { name: 'Show this session' }).click();
    await page.getByText('The same run as in the link').waitFor();
    expect(await card.getByText(/^Worst: /).count()).toBe(1);
    expect(problems).toEqual([]);
    await close();
  });
});
