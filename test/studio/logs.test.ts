/** The screen "Logs" in a browser: each kind of file, the replay, and files that are none. */

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toCsv } from '../../sim/report/csv.ts';
import { sessionLike } from '../report/synthetic.ts';
import { SOON, UNHURRIED } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { looksRight } from './looks.ts';
import { openStudio, type Studio } from './studio-page.ts';

const CSV = toCsv(sessionLike(1, 30, true));

async function give(page: Page, name: string, text: string): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
}

describe.skipIf(withoutBrowser())('the screen of logs', UNHURRIED, () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio?.close());

  test('opens an example store, draws it and replays its black box', async () => {
    const { page, problems, requests, close } = await studio.open('#/logs');
    await page.getByRole('button', { name: 'Show me an example' }).click();
    await page.getByRole('figure', { name: /^Phases and readings of session/ }).waitFor();
    await page.getByRole('figure', { name: 'Black box' }).waitFor();
    await expect.poll(() => page.locator('.sessions button').count(), SOON).toBe(1);
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByText(/Trip then: pressure-vanished; today: pressure-vanished at/).waitFor();
    await page.getByText(/^It holds and vents where the device did. The box reaches back/).waitFor();
    await page.getByText(/^Other pulses, in (one stretch|\d+ stretches)/).click();
    await page.evaluate('scrollTo(0, 0)');
    await looksRight(page, 'logs-store');
    expect(problems).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(studio.address) && !url.startsWith('blob:'))).toEqual([]);
    await close();
  });

  test('opens rows, and the differences of a replay lead to their moment on the chart', async () => {
    const { page, close } = await studio.open('#/logs');
    await give(page, 'rows.csv', CSV);
    await page.getByRole('figure', { name: 'Rows of rows.csv' }).waitFor();
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    const first = page.locator('.replay tbody tr').first();
    await first.waitFor();
    const time = (await first.locator('td').nth(0).textContent()) ?? '';
    await first.getByRole('button').click();
    const at = async (): Promise<number> =>
      Number(await page.getByRole('slider').first().getAttribute('aria-valuenow'));
    await expect.poll(at, SOON).toBeCloseTo(Number.parseFloat(time), 1);
    await close();
  });

  test('says what is wrong with a file that is no log, and keeps what is open', async () => {
    const { page, close } = await studio.open('#/logs');
    await give(page, 'rows.csv', CSV);
    await page.getByRole('figure').waitFor();
    const wrong: readonly [string, string, RegExp][] = [
      ['empty.json', '', /the file is empty/],
      ['cut.json', '{"cuff.set": "x', /line 1, column \d+/],
      ['cut.csv', CSV.slice(0, -30), /csv line \d+: \d+ cells, needed 15/],
    ];
    for (const [name, text, said] of wrong) {
      await give(page, name, text);
      await page.getByRole('alert').filter({ hasText: name }).filter({ hasText: said }).waitFor();
      expect(await page.getByRole('figure', { name: 'Rows of rows.csv' }).count()).toBe(1);
    }
    await close();
  });

  test('what was opened is there again at the next visit, goes out as one file and comes back, and can be deleted', async () => {
    const { page, problems, close } = await studio.open('#/logs');
    await give(page, 'rows.csv', CSV);
    const kept = page.locator('.kept');
    await kept.getByRole('button', { name: 'rows.csv', exact: true }).waitFor();
    await give(page, 'rows.csv', CSV);
    await page.reload();
    await kept.getByRole('button', { name: 'rows.csv', exact: true }).click();
    await page.getByRole('figure', { name: 'Rows of rows.csv' }).waitFor();
    await expect.poll(() => kept.locator('li').count(), SOON).toBe(1);
    await looksRight(page, 'logs-kept');
    const [out] = await Promise.all([
      page.waitForEvent('download'),
      kept.getByRole('button', { name: 'Save all as one file' }).click(),
    ]);
    const all = readFileSync(await out.path(), 'utf8');
    await kept.getByRole('button', { name: 'Forget all' }).click();
    await kept.getByRole('button', { name: 'Yes, delete them all' }).click();
    await kept.waitFor({ state: 'detached' });
    await give(page, out.suggestedFilename(), all);
    await kept.getByRole('button', { name: 'rows.csv', exact: true }).waitFor();
    await kept.getByRole('button', { name: 'Forget rows.csv' }).click();
    await kept.waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('.drop').waitFor();
    // what is kept comes up some time after the screen: with one more file it is all there
    await give(page, 'other.csv', CSV);
    await kept.getByRole('button', { name: 'other.csv', exact: true }).waitFor();
    expect(await kept.locator('li').count()).toBe(1);
    expect(problems).toEqual([]);
    await close();
  });

  test('a browser that keeps nothing is told of; what is opened is open all the same', async () => {
    const { page, close } = await studio.open('#/logs', {}, async (made) => {
      await made.addInitScript(
        "indexedDB.open = () => { throw new DOMException('broken', 'UnknownError'); }",
      );
    });
    const told = page.getByRole('alert').filter({ hasText: 'cannot be read (broken)' });
    await told.waitFor();
    await looksRight(page, 'logs-unreadable');
    await give(page, 'rows.csv', CSV);
    await page.getByRole('figure', { name: 'Rows of rows.csv' }).waitFor();
    await page.getByRole('alert').filter({ hasText: 'rows.csv is open, and is not kept' }).waitFor();
    await close();
  });

  test('takes a file that is dropped, and does not read one that is too large', async () => {
    const { page, close } = await studio.open('#/logs');
    await page.locator('.drop').waitFor();
    await page.evaluate(
      `(() => {
        const files = new DataTransfer();
        files.items.add(new File([new ArrayBuffer(65e6)], 'huge.bin'));
        document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
      })()`,
    );
    const alert = page.getByRole('alert').filter({ hasText: 'huge.bin' });
    await alert.filter({ hasText: '65 MB; a log has at most 64 MB' }).waitFor();
    await close();
  });
});
