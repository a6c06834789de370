/** The screen "Try" as somebody uses it: the first minute, a knob, a fork, a fault, a link, and all of it by keyboard. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roundOf } from '../../sim/studio/screens/try/roulette.ts';
import { VENTED_MMHG } from '../../src/limits.ts';
import { SOON, UNHURRIED } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { builtPage, openStudio, type Studio } from './studio-page.ts';

/** What may be fetched before the first picture stands, bytes after gzip. */
const MOST_BYTES = 150_000;

/** Below what the firmware takes for vented, with a margin for how the page rounds and for what the sensor reads beside the truth. */
const EMPTY_MMHG = VENTED_MMHG - 5;

/** Seconds of the session that the page shows. */
async function shownS(page: Page): Promise<number> {
  const text = await page.locator('.clock strong').innerText();
  const [m = '0', s = '0'] = text.split(':');
  return Number(m) * 60 + Number(s);
}

async function until(what: () => Promise<boolean>): Promise<void> {
  await expect.poll(what, { ...SOON, interval: 50 }).toBe(true);
}

/**
 * A session goes on from a pause once the cuff is empty and nothing speaks against it: a press before that is refused, and the page says why. Told by
 * what the page shows, not by a time: how far a session comes between two looks depends on the computer.
 */
async function untilItMayGoOn(page: Page): Promise<void> {
  await page.locator('.says', { hasText: 'paused' }).waitFor();
  await until(async () => Number(await page.locator('.says strong').innerText()) < EMPTY_MMHG);
  await page.locator('.trouble').waitFor({ state: 'detached' });
}

async function overSum(page: Page): Promise<string> {
  await page.getByRole('heading', { name: 'How it went' }).waitFor();
  return /sum ([0-9a-f]{8})/.exec(await page.locator('.sum').innerText())?.[1] ?? '';
}

/** Opens the page on a whole session of 90 s to a trip, which is over at once. */
const SHORT = '#/try?scenario=hose-off&seed=1';

describe.skipIf(withoutBrowser())('Try', UNHURRIED, () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio?.close());

  test('the first minute: a session runs already; press, pull the hose, turn a knob', async () => {
    const { page, problems, requests, close } = await studio.open();
    await until(async () => (await shownS(page)) > 20);
    const coach = page.getByRole('complementary', { name: 'First minute' });
    await coach.getByText('Press the button').waitFor();
    await page.getByRole('button', { name: 'Press', exact: true }).click();
    await page.locator('.says', { hasText: 'paused' }).filter({ hasText: 'vented' }).waitFor();
    await coach.getByText('Press again; when it holds, pull the hose').waitFor();
    await untilItMayGoOn(page);
    await page.getByRole('button', { name: 'Press', exact: true }).click();
    await page.locator('.says', { hasText: 'work' }).waitFor();
    await page.locator('.try[data-next=fault]').waitFor();
    await page.getByRole('button', { name: 'Pull the hose' }).click();
    const trouble = page.locator('.trouble', { hasText: 'Trip' });
    expect(await trouble.innerText()).toMatch(/^Trip: [a-z-]+\s+\S.*\. \S/);
    await page.getByRole('slider', { name: 'Energy saving' }).fill('40');
    await page.getByText('the other run').waitFor();
    await page.getByRole('heading', { name: 'How it went' }).waitFor();
    await coach.getByRole('link', { name: 'I have one' }).waitFor();
    await coach.getByRole('button', { name: 'Play on' }).click();
    await coach.waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(studio.address))).toEqual([]);
    await close();
  });

  test('on a narrow screen the first minute leads to what it asks for', async () => {
    const { page, close } = await studio.open('', { viewport: { width: 360, height: 800 } });
    await until(async () => (await shownS(page)) > 5);
    const inView = (): Promise<unknown> =>
      page.evaluate(
        "(({ top, bottom }) => top > 0 && bottom < innerHeight)(document.querySelector('.training').getBoundingClientRect())",
      );
    expect(await inView()).toBe(false);
    await page.getByRole('button', { name: 'Show me' }).click();
    await until(async () => (await inView()) === true);
    await close();
  });

  test('a knob redraws the whole session, and what cannot be is refused with the reason', async () => {
    const { page, close } = await studio.open(SHORT);
    const before = await overSum(page);
    await page.getByRole('slider', { name: 'Highest setpoint' }).fill('80');
    await until(async () => !['', before].includes(await overSum(page)));
    // once it is over, the chart is as long as the session was
    const shownTo = async (): Promise<number> =>
      Number((await page.getByRole('figure').first().getAttribute('data-view'))?.split('-')[1]);
    await until(async () => Math.abs((await shownTo()) - (await shownS(page))) < 2);
    const after = await overSum(page);
    await page.getByRole('button', { name: 'Highest setpoint as it was' }).click();
    await until(async () => (await overSum(page)) === before);
    expect(after).not.toBe(before);
    await page.getByText('All settings').click();
    await page.getByRole('spinbutton', { name: 'minRailMv, number' }).fill('9000');
    await page.getByRole('spinbutton', { name: 'minRailMv, number' }).press('Enter');
    await page.getByRole('alert').filter({ hasText: 'minStartMv' }).waitFor();
    expect(await overSum(page)).toBe(before);
    await close();
  });

  test.each([
    ['at once', 'At once', undefined],
    ['to its end', '10 ×', 'Pull the hose'],
  ])('a run that was watched live and then wanted %s is shown whole', async (_how, pace, fault) => {
    const { page, close } = await studio.open();
    const view = async (): Promise<number[]> =>
      ((await page.getByRole('figure').first().getAttribute('data-view')) ?? '').split('-').map(Number);
    await until(async () => (await shownS(page)) > 30);
    expect((await view())[1]).toBeLessThan(200);
    await page.getByRole('button', { name: pace, exact: true }).click();
    if (fault !== undefined) await page.getByRole('button', { name: fault }).click();
    await overSum(page);
    const length = await shownS(page);
    await until(async () => {
      const [from = -1, to = -1] = await view();
      return from === 0 && Math.abs(to - length) < 2;
    });
    await close();
  });

  test('goes on from a moment of a run: the same up to there, then another fault', async () => {
    const { page, close } = await studio.open('#/try?scenario=run&protocol=intro&seed=3');
    await overSum(page);
    await page.locator('.chart-surface').hover({ position: { x: 300, y: 80 } });
    const cursorS = async (): Promise<number> =>
      Number(await page.locator('.chart-surface').getAttribute('aria-valuenow'));
    await until(async () => (await cursorS()) > 60);
    const from = Math.floor(await cursorS());
    await page.getByRole('button', { name: 'Go on from here' }).click();
    await page.getByRole('heading', { name: 'What happened so far' }).waitFor();
    await until(async () => (await shownS(page)) >= from);
    await page.getByRole('button', { name: 'Freeze the sensor' }).click();
    await page.getByRole('button', { name: 'Play' }).click();
    const [m = 0, s = 0] = (await page.locator('.events .kind-trip .at').first().innerText())
      .split(':')
      .map(Number);
    expect(m * 60 + s).toBeGreaterThanOrEqual(from);
    await close();
  });

  test('a link repeats a run to the last bit, and says when it does not', async () => {
    const { page, close } = await studio.open('#/try?scenario=hose-off&seed=5');
    const before = await overSum(page);
    await page.getByRole('button', { name: 'Cough' }).click();
    await until(async () => page.url().includes('event=cough@'));
    await until(async () => !['', before].includes(await overSum(page)));
    await page.getByRole('button', { name: 'Copy link' }).click();
    const link = await page.getByRole('textbox', { name: 'Link to this run' }).inputValue();
    expect(link).toMatch(/proof=\d+:[0-9a-f]{8}/);
    await close();
    const again = await studio.open(link.slice(studio.address.length));
    await again.page.getByText('The same run as in the link').waitFor();
    await again.close();
    const other = await studio.open(link.slice(studio.address.length).replace('seed=5', 'seed=6'));
    await other.page.getByText('Not the run of the link').waitFor();
    await other.close();
  });

  test('a hidden fault is told once it was guessed at, with the rule that found it', async () => {
    const { page, problems, close } = await studio.open(SHORT);
    await overSum(page);
    const card = page.locator('.roulette');
    await card.getByRole('button', { name: 'Hide a fault' }).click();
    const { right, choices } = roundOf(1);
    const wrong = choices.find((suspect) => suspect !== right)?.label ?? '';
    await card.getByText('What is wrong in this session?').waitFor();
    await until(async () => await card.getByRole('button', { name: wrong }).isEnabled());
    expect(await page.locator('.events .kind-fault').count()).toBe(0);
    expect(page.url()).not.toContain(right.fault);
    await page.locator('.events .kind-trip', { hasText: 'a rule has tripped' }).waitFor();
    await page.locator('.trouble', { hasText: 'A rule has tripped' }).waitFor();
    expect(await page.locator('.trouble').innerText()).not.toContain('Trip:');
    await card.getByRole('button', { name: wrong }).click();
    const answered = card.getByRole('status');
    const words = await answered.innerText();
    expect(words).toMatch(/^No\. /);
    expect(words).toContain(right.label);
    expect(words).toMatch(/rule/);
    await page.locator('.events .kind-fault').waitFor();
    await page.locator('.events', { hasNotText: 'a rule has tripped' }).waitFor();
    await page.locator('.trouble', { hasText: 'Trip:' }).waitFor();
    await card.getByRole('button', { name: 'Next round' }).click();
    await card.getByText('round 2').waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test('an address that is no run says why, and the first session runs all the same', async () => {
    const broken = await studio.open('#/try?scenario=nothing');
    await broken.page.getByRole('alert').filter({ hasText: 'no such scenario' }).waitFor();
    await until(async () => (await shownS(broken.page)) > 3);
    await broken.close();
  });

  test('a part of the page that does not load is told, in the page and in its workers', async () => {
    const lost = await studio.open('', {}, async (to) => {
      await to.route(/\/panels-[^/]*\.js/, (route) => route.abort());
    });
    await lost.page
      .getByRole('alert')
      .filter({ hasText: 'Faults, knobs and the rest did not load' })
      .waitFor();
    await until(async () => (await shownS(lost.page)) > 3);
    await lost.close();
    const { page, close } = await studio.open(SHORT);
    await overSum(page);
    await page.context().route(/\/(hunt|explain)-orders-[^/]*\.js/, (route) => route.abort());
    await page.getByRole('button', { name: 'Throw faults at it' }).click();
    await page.locator('.hunt [role=alert]', { hasText: 'Start it again' }).waitFor();
    await page.locator('.chart-surface').press('ArrowRight');
    await page.locator('.explain [role=alert]', { hasText: 'could not be explained' }).waitFor();
    await close();
  });

  test('all of it goes by keyboard: the button, a fault, a knob, the cursor and its explanation', async () => {
    const { page, close } = await studio.open('#/try?scenario=run&protocol=intro&seed=3');
    await overSum(page);
    await page.locator('.chart-surface').focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await page.locator('.explain', { hasText: 'Gate' }).waitFor();
    const sum = await overSum(page);
    await page.getByRole('slider', { name: 'Energy saving' }).focus();
    await page.keyboard.press('End');
    await until(async () => !['', sum].includes(await overSum(page)));
    await page.getByRole('button', { name: '10 ×' }).focus();
    await page.keyboard.press('Enter');
    await until(
      async () => (await shownS(page)) > 20 && (await page.locator('.says').innerText()).includes('work'),
    );
    await page.locator('.training').focus();
    await page.keyboard.press('Space');
    await page.locator('.says', { hasText: 'paused' }).waitFor();
    await page.getByRole('button', { name: 'Valve sticks shut' }).focus();
    await page.keyboard.press('Enter');
    await until(async () => (await page.locator('.events').innerText()).includes('valve-stuck-shut'));
    await close();
  });

  test(`the first picture stands after ${MOST_BYTES / 1000} kB`, async () => {
    const { page, close } = await studio.open();
    await page.getByRole('heading', { name: 'Knobs' }).waitFor();
    const before = (await page.evaluate(
      "performance.getEntriesByType('resource').filter((e) => e.startTime < performance.getEntriesByName('first-picture')[0].startTime).map((e) => e.name)",
    )) as string[];
    expect(before.some((url) => url.includes('engine-worker'))).toBe(true);
    const folder = await builtPage();
    const bytes = ['index.html', ...before.map((url) => url.slice(studio.address.length))].map(
      (path) => gzipSync(readFileSync(join(folder, path))).length,
    );
    const sum = bytes.reduce((a, b) => a + b, 0);
    expect(sum).toBeGreaterThan(40_000);
    expect(sum).toBeLessThanOrEqual(MOST_BYTES);
    console.log(
      `studio: ${(sum / 1000).toFixed(1)} kB gzipped before the first picture, in ${bytes.length} files`,
    );
    await close();
  });
});
