/**
 * How quick the page is on this computer: `node --import tsx test/studio/measure.ts`. Times of a knob's redraw of a whole session, and frames a
 * second while a session runs live, as a share of those of an empty page in the same browser.
 */
import type { Page } from 'playwright-core';
import { openStudio } from './studio-page.ts';

const TURNS = 11;
const FRAMES_MS = 5000;

/** Redraws, ms each, from the turn of the knob to the whole session drawn. */
const REDRAW = `(async () => {
  const over = () => document.querySelector('.sum')?.textContent ?? '';
  const knob = document.querySelector('#knob-savePercent');
  const times = [];
  for (let turn = 1; turn <= ${TURNS}; turn++) {
    const before = over();
    const from = performance.now();
    knob.value = String(turn * 5);
    knob.dispatchEvent(new Event('input', { bubbles: true }));
    while (over() === '' || over() === before) await new Promise(requestAnimationFrame);
    times.push(performance.now() - from);
  }
  return times;
})()`;

const FRAMES = `new Promise((done) => {
  const from = performance.now();
  let frames = 0;
  const count = () => {
    frames++;
    if (performance.now() - from < ${FRAMES_MS}) requestAnimationFrame(count);
    else done((frames * 1000) / (performance.now() - from));
  };
  requestAnimationFrame(count);
})`;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function framesOn(page: Page): Promise<number> {
  return (await page.evaluate(FRAMES)) as number;
}

const studio = await openStudio();
const { page, close } = await studio.open('#/try?scenario=run&seed=1');
await page.getByRole('heading', { name: 'How it went' }).waitFor();
const worked = await page.locator('.sum').innerText();
const times = (await page.evaluate(REDRAW)) as number[];
console.log(`whole session: ${worked}`);
console.log(
  `redraw by a knob, median of ${TURNS}: ${median(times).toFixed(0)} ms; slowest ${Math.max(...times).toFixed(0)} ms`,
);
await page.getByRole('button', { name: '10 ×' }).click();
await page.locator('.chart-bar').getByRole('button', { name: 'Whole session' }).click();
await page.waitForTimeout(3000);
const live = await framesOn(page);
const empty = await studio.browser.newPage();
await empty.goto('about:blank');
const bare = await framesOn(empty);
console.log(
  `live at 10 ×, 20 min on screen: ${live.toFixed(0)} frames/s, an empty page ${bare.toFixed(0)}: ${(live / bare).toFixed(2)}`,
);
await close();
await studio.close();
