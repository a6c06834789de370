/** Runs of Try and results of Tune over a reload, and what the computer finds when it throws faults: in a real browser, with its real database. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SOON, UNHURRIED } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { looksRight } from './looks.ts';
import { openStudio, type Studio } from './studio-page.ts';

/** Does one thing in a table of the page, after whatever the page has asked of it before. */
function inTable(page: Page, database: string, table: string, what: string): Promise<unknown> {
  return page.evaluate(`new Promise((done, no) => {
    const asked = indexedDB.open('${database}');
    asked.onupgradeneeded = () => asked.result.createObjectStore('${table}');
    asked.onerror = () => no(asked.error);
    asked.onsuccess = () => {
      const work = asked.result.transaction('${table}', 'readwrite');
      const request = work.objectStore('${table}').${what};
      work.oncomplete = () => { asked.result.close(); done(request.result); };
    };
  })`);
}

const put = (page: Page, database: string, table: string, what: string) =>
  inTable(page, database, table, `put(${what})`);
const count = (page: Page, database: string, table: string) => inTable(page, database, table, 'count()');

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
    await put(page, 'cuffloop-runs', 'runs', "{ title: 7 }, 'x'");
    await page.reload();
    await kept.getByRole('alert').filter({ hasText: 'damaged and cannot be opened' }).waitFor();
    await looksRight(page, 'try-damaged');
    await kept.getByRole('button', { name: 'Delete it: damaged entry 1' }).click();
    await kept.getByRole('alert').waitFor({ state: 'detached' });
    expect(await kept.getByRole('button', { name: /^Forget .*seed 5/ }).count()).toBeGreaterThan(0);
    await close();
  });

  test('a database without its table is told, can be deleted, and keeps again', async () => {
    const { page, close } = await studio.open('#/learn');
    await page.getByRole('heading', { name: 'Build one' }).waitFor();
    await page.evaluate(`new Promise((done) => {
      const asked = indexedDB.open('cuffloop-runs');
      asked.onsuccess = () => { asked.result.close(); done(); };
    })`);
    await page.goto(`${studio.address}${SHORT}`);
    const kept = shelfOf(page);
    await kept.getByRole('alert').filter({ hasText: 'its table is missing' }).first().waitFor();
    await kept.getByRole('button', { name: 'Delete them and begin anew' }).click();
    await kept.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByRole('slider', { name: 'Highest setpoint' }).fill('80');
    await kept
      .getByRole('button', { name: /maxMmHg=80/ })
      .first()
      .waitFor();
    await close();
  });

  test('a run with a hidden fault is kept once it was told, and not before', async () => {
    const { page, close } = await studio.open(SHORT, {}, async (to) => {
      await to.clock.install();
    });
    const kept = shelfOf(page);
    const many = (): Promise<number> => kept.getByRole('button', { name: /^Forget / }).count();
    await page.getByRole('heading', { name: 'How it went' }).waitFor();
    await page.clock.runFor(5000);
    await expect.poll(many, SOON).toBe(1);
    const card = page.locator('.roulette');
    await card.getByRole('button', { name: 'Hide a fault' }).click();
    await card.getByText('What is wrong in this session?').waitFor();
    await page.getByRole('heading', { name: 'How it went' }).waitFor();
    await card.locator('fieldset button:enabled').first().waitFor();
    await page.clock.runFor(5000);
    // what was asked of the database before this has been done by then
    await put(page, 'cuffloop-runs', 'runs', "{ title: 7 }, 'x'");
    expect(await count(page, 'cuffloop-runs', 'runs')).toBe(2);
    await card.locator('fieldset button:enabled').first().click();
    await page.clock.runFor(5000);
    await expect.poll(many, SOON).toBe(2);
    await close();
  });

  test('damaged results of Tune and damaged logs are told and deleted alone; the screens stand', async () => {
    const { page, problems, close } = await studio.open('#/tune');
    const results = page.getByRole('region', { name: 'Results that are kept' });
    await results.getByText('None yet.').waitFor();
    await put(page, 'cuffloop-tuned', 'runs', "{ key: 'x', title: 'X', atMs: 1, value: {} }, 'x'");
    await page.reload();
    await results.getByRole('alert').waitFor();
    await results.getByRole('button', { name: 'Delete it: damaged entry 1' }).click();
    await results.getByRole('alert').waitFor({ state: 'detached' });
    await page.evaluate("location.hash = '#/logs'");
    await page.locator('.drop').waitFor();
    await put(page, 'cuffloop-logs', 'files', "{ atMs: 1 }, 'x'");
    await page.reload();
    await page.getByRole('alert').filter({ hasText: 'damaged and cannot be opened' }).waitFor();
    await page.getByRole('button', { name: 'Delete it: damaged log 1' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
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

  test('a cloud that was ended early is not kept, a whole one under what was chosen for it; the theme changes it', async () => {
    const { page, close } = await studio.open('#/tune');
    const field = (name: RegExp) => page.locator('label', { hasText: name }).locator('select');
    const paint = page.getByRole('button', { name: 'Show cuffs like it' });
    await paint.waitFor();
    await field(/^Cuffs/).selectOption('200');
    await paint.click();
    await page.getByText(/[1-9]\d* of 200 cuffs/).waitFor();
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByRole('button', { name: 'End it' }).waitFor({ state: 'detached' });
    await field(/^Cuffs/).selectOption('6');
    await paint.click();
    await page.getByRole('button', { name: 'End it' }).waitFor();
    // chosen after the order: it is not what is painted
    await field(/^Movement/).selectOption('legpress');
    const kept = page.getByRole('region', { name: 'Results that are kept' });
    await kept.getByRole('button', { name: 'reference-thigh, run, 6 cuffs' }).first().waitFor();
    expect(await kept.locator('li').count()).toBe(1);
    await page.getByText('Cuffs like yours (run), as it is: 6 of 6 cuffs').waitFor();
    await page.getByText('and in another movement').waitFor();
    const picture = (): Promise<unknown> =>
      page.evaluate("document.querySelector('.cloud canvas').toDataURL()");
    const light = await picture();
    await page.getByRole('button', { name: 'Dark' }).click();
    await expect.poll(async () => (await picture()) === light, SOON).toBe(false);
    await page.getByRole('button', { name: 'Light' }).click();
    await expect.poll(async () => (await picture()) === light, SOON).toBe(true);
    await close();
  });

  test('the computer throws faults, shows the worst with its link, and stops when it is told to', async () => {
    const { page, problems, close } = await studio.open('#/try?scenario=run&protocol=intro&seed=3');
    const card = page.locator('.hunt');
    await card.getByRole('button', { name: 'Throw faults at it' }).press('Enter');
    await card.getByText(/^Without them: 0\.0 s above it/).waitFor();
    await card.getByText(/^[2-9] of 40 sessions/).waitFor();
    await card.getByText(/^Worst: .*@/).waitFor();
    // the end of the run that is shown: the worst one may have nothing there
    const chart = page.locator('.try-chart figure');
    const view = async (): Promise<number[]> =>
      ((await chart.getAttribute('data-view')) ?? '').split('-').map(Number);
    await page.locator('.try-chart .chart-surface').press('End');
    await page.locator('.explain dd').first().waitFor();
    for (let i = 0; i < 4; i++) await page.locator('.try-chart .chart-surface').press('+');
    await expect.poll(async () => (await view())[0], SOON).toBeGreaterThan(60);
    const workers = page.workers().length;
    await card.getByRole('button', { name: 'Stop it' }).press('Enter');
    await card.getByText(/^\d+ of 40 sessions, ended/).waitFor();
    await expect.poll(() => page.workers().length, SOON).toBe(workers - 1);
    await looksRight(page, 'try-hunt');
    await card.getByRole('link', { name: 'Show this session' }).click();
    await page.getByText('The same run as in the link').waitFor();
    const clock = await page.locator('.clock strong').innerText();
    const [m = 0, s = 0] = clock.split(':').map(Number);
    await expect
      .poll(async () => (await view()).map((at) => Math.round(at / 2)), SOON)
      .toEqual([0, expect.closeTo((60 * m + s) / 2, -0.5)]);
    expect(await card.getByText(/^Worst: /).count()).toBe(1);
    expect(problems).toEqual([]);
    await close();
  });
});
