/** What is told by ear and by hand: the tone of the pressure, and a lamp that is tapped along. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flashesOf, pauseAfter } from '../../sim/studio/lamps-in-words.ts';
import { isTapped } from '../../sim/studio/screens/learn/taps.ts';
import { notesOf, toneOf } from '../../sim/studio/screens/try/listen.ts';
import { PHASE_DEFLATE, PHASE_FILL, PHASE_TRIPPED, PHASE_WORK } from '../../src/phases.ts';
import { PATTERN_TRIP, PATTERNS } from '../../src/wearer/patterns.ts';
import { SOON, UNHURRIED } from './browser.ts';
import { withoutBrowser } from './chromium.ts';
import { openStudio, type Studio } from './studio-page.ts';

test('the tone is an A at the setpoint, an octave up for half as much again, and silent when vented', () => {
  expect(toneOf({ setpoint: 100, measuredMmHg: 100 })).toBe(440);
  expect(toneOf({ setpoint: 100, measuredMmHg: 150 })).toBeCloseTo(880, 6);
  expect(toneOf({ setpoint: 100, measuredMmHg: 90 })).toBeLessThan(440 / 2 ** (2 / 12));
  expect(toneOf({ setpoint: 100, measuredMmHg: 1000 })).toBeLessThan(1300);
  expect(toneOf({ setpoint: -1, measuredMmHg: 80 })).toBe(0);
  expect(toneOf({ setpoint: 100, measuredMmHg: Number.NaN })).toBe(0);
});

test('the notes rise into pressure, fall out of it, and furthest at a trip', () => {
  const step = (phase: number): number => notesOf(phase)[1] / notesOf(phase)[0];
  expect([step(PHASE_FILL) > 1, step(PHASE_DEFLATE) < 1, step(PHASE_TRIPPED)]).toEqual([true, true, 0.5]);
});

test('taps are as many as the flashes, long where those are long', () => {
  expect(isTapped([200, 180], [1, 2], 20)).toBe(true);
  expect(isTapped([200, 900], [1, 8], 20)).toBe(true);
  expect(isTapped([200, 200], [1, 8], 20)).toBe(false);
  expect(isTapped([200], [1, 1], 20)).toBe(false);
  // a row that its pause ends is one cycle; one that goes on may be several
  expect(isTapped([200, 200], [1], 20)).toBe(false);
  expect(isTapped([200, 200], [1], 3)).toBe(true);
  // class 1 of the trips: two seconds, then one short
  expect(isTapped([1900, 200], flashesOf(PATTERN_TRIP, 1), pauseAfter(PATTERN_TRIP, 1))).toBe(true);
});

test('a lamp that is never dark cannot be tapped along, a fast one can', () => {
  const steady = PATTERNS.map((_, pattern) => pattern).filter((pattern) => pauseAfter(pattern, 0) === 0);
  expect(steady).toContain(PHASE_WORK);
  for (const pattern of steady)
    for (const taps of [[200], [200, 200, 200], [2000]])
      expect(isTapped(taps, flashesOf(pattern, 0), pauseAfter(pattern, 0))).toBe(false);
  expect(isTapped([120, 130, 110], flashesOf(PHASE_FILL, 0), pauseAfter(PHASE_FILL, 0))).toBe(true);
});

/** Notes what is set to sound. */
async function fakeAudio(page: Page): Promise<void> {
  await page.addInitScript(`
    window.heard = [];
    window.ended = 0;
    const param = (tell) => ({ value: 0, setValueAtTime: tell, setTargetAtTime: tell });
    const node = (tell) => ({ frequency: param(tell), gain: param(() => {}), start() {}, connect: (to) => to });
    window.AudioContext = class {
      get currentTime() { return performance.now() / 1000; }
      createOscillator() { return node((hz) => window.heard.push(hz)); }
      createGain() { return node(() => {}); }
      close() { window.ended++; return Promise.resolve(); }
    };`);
}

describe.skipIf(withoutBrowser())('in a browser', UNHURRIED, () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio?.close());

  test('a row that is tapped by keyboard leaves the signs that blink so', async () => {
    const { page, problems, close } = await studio.open('#/learn', {}, async (to) => {
      await to.clock.install();
    });
    const signs = page.locator('.learn-signs li');
    await signs.first().waitFor();
    const all = await signs.count();
    const tap = page.getByRole('button', { name: 'Tap along with it' });
    await tap.focus();
    for (const ms of [2000, 200]) {
      await page.keyboard.down('Space');
      await page.clock.runFor(ms);
      await page.keyboard.up('Space');
      await page.clock.runFor(300);
    }
    await page.getByText('long, short').waitFor();
    expect(await signs.count()).toBe(all);
    await page.clock.runFor(2000);
    await expect.poll(() => signs.count(), SOON).toBeLessThan(all / 4);
    await signs.filter({ hasText: 'Tripped, class 1' }).waitFor();
    await page.getByRole('button', { name: 'Forget the taps' }).click();
    await expect.poll(() => signs.count(), SOON).toBe(all);
    expect(problems).toEqual([]);
    await close();
  });

  test('the pressure is heard while it is asked for, and no longer', async () => {
    const { page, problems, close } = await studio.open(
      '#/try?scenario=run&protocol=intro&seed=3',
      {},
      (to) => fakeAudio(to),
    );
    await page.getByRole('button', { name: '10 ×' }).click();
    const listen = page.getByRole('button', { name: 'Listen to the pressure' });
    expect(await page.evaluate('heard.length')).toBe(0);
    await listen.press('Enter');
    const nearA = 'heard.filter((hz) => hz > 400 && hz < 480 && hz !== 440).length';
    await expect.poll(() => page.evaluate(nearA), SOON).toBeGreaterThan(10);
    await listen.press('Enter');
    await expect.poll(() => page.evaluate('ended'), SOON).toBe(1);
    expect(problems).toEqual([]);
    await close();
  });
});
