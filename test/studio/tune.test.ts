/** The screen "Tune" in a browser: a cuff identified, cuffs like it painted, other parts, a proposal, a log that is none. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SOON } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { looksRight } from './looks.ts';
import { openStudio, type Studio } from './studio-page.ts';

/** For what works through many simulated sessions. */
const LONG = 120_000;

describe.skipIf(withoutBrowser())('the screen of tuning', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio?.close());

  test('paints cuffs like the chosen one as they finish, proposes, and applies nothing', {
    timeout: 3 * LONG,
  }, async () => {
    const { page, problems, close } = await studio.open('#/tune');
    await page.getByRole('button', { name: 'Show cuffs like it' }).waitFor({ timeout: LONG });
    await page.getByRole('row', { name: /^vent.*ok/ }).waitFor();
    await page
      .locator('label', { hasText: /^Cuffs/ })
      .locator('select')
      .selectOption('6');
    await page.getByLabel('0.5 L of air at the cuff').check();
    await page.getByRole('button', { name: 'Show cuffs like it' }).click();
    await page.getByText(/with 0.5 L of air at the cuff: 6 of 6 cuffs/).waitFor({ timeout: LONG });
    const moving = async (name: RegExp): Promise<number> =>
      Number.parseFloat((await page.getByRole('row', { name }).locator('td').first().textContent()) ?? '');
    await expect.poll(() => moving(/yours, as it is/), SOON).toBeGreaterThan(50);
    const asItIs = await moving(/yours, as it is/);
    await expect.poll(() => moving(/with 0.5 L of air/), SOON).toBeGreaterThanOrEqual(asItIs);
    expect(await moving(/Delfi PTS/)).toBe(95);
    await page.getByLabel('What should be better').selectOption('gentle');
    await page.getByRole('button', { name: 'Propose settings' }).click();
    await page.locator('.proposal ins').waitFor({ timeout: LONG });
    await expect
      .poll(() => page.locator('.proposal ins').textContent(), SOON)
      .toMatch(/fillMmHgPerS: \d+ mmHg\/s/);
    await page.evaluate('scrollTo(0, 0)');
    await looksRight(page, 'tune-cloud');
    expect(problems).toEqual([]);
    await page.getByRole('button', { name: 'Send to My cuff' }).click();
    await page.locator('h1', { hasText: 'My cuff' }).waitFor();
    await close();
  });

  test('says why a file is no log, and keeps the cuff that was chosen; what is under way can be ended', {
    timeout: 2 * LONG,
  }, async () => {
    const { page, close } = await studio.open('#/tune');
    await page.getByRole('button', { name: 'Show cuffs like it' }).waitFor({ timeout: LONG });
    await page
      .locator('label', { hasText: /^Cuffs/ })
      .locator('select')
      .selectOption('200');
    await page.getByRole('button', { name: 'Show cuffs like it' }).click();
    await page.getByText(/[1-9]\d* of 200 cuffs/).waitFor({ timeout: LONG });
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByRole('button', { name: 'End it' }).waitFor({ state: 'detached' });
    expect(await page.getByText(/200 of 200 cuffs/).count()).toBe(0);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'no.json', mimeType: 'application/json', buffer: Buffer.from('{"a":') });
    await page.getByRole('alert').filter({ hasText: 'no.json: not JSON' }).waitFor();
    await page.getByRole('button', { name: 'Show cuffs like it' }).waitFor();
    await close();
  });
});
