/**
 * How a page looks in every colour and width that counts: nothing for axe to find, no sideways scrolling. Each look can be kept as a picture: the
 * pictures of README and docs are these (pictures.ts).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeProblems } from './axe.ts';

/** Neighbours differ in one thing, so that the page is laid out anew twice and not four times. */
const LOOKS = [
  ['light', 1280],
  ['dark', 1280],
  ['dark', 360],
  ['light', 360],
] as const;

/** CSS pixels. */
const HEIGHT = 800;
/** A folder where the pictures are kept; undefined = none are taken. */
const INTO = process.env['CUFFLOOP_PICTURES'];

/** True when the pictures are kept: then a live chart is given time, so that there is something to see on it. */
export const TAKES_PICTURES = INTO !== undefined;

async function keep(page: Page, name: string): Promise<void> {
  if (INTO === undefined) return;
  mkdirSync(INTO, { recursive: true });
  await page.screenshot({ path: join(INTO, `${name}.png`) });
}

/** The page has taken up the colours and drawn itself in them, and what followed its width has come to rest: two frames after that. */
function drawn(page: Page, scheme: string): Promise<unknown> {
  return page.evaluate(`new Promise((done) => {
    const isUp = () => (document.documentElement.dataset.theme ?? '${scheme}') === '${scheme}';
    const look = () => requestAnimationFrame(() => (isUp() ? requestAnimationFrame(done) : look()));
    look();
  })`);
}

/** All looks of what stands on the page now; it ends as it was opened: light and wide. `name`: of the picture, and of what fails. */
export async function looksRight(page: Page, name: string): Promise<void> {
  for (const [colorScheme, width] of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: HEIGHT });
    await drawn(page, colorScheme);
    await keep(page, `${name}-${colorScheme}-${width}`);
    const look = `${name}, ${colorScheme}, ${width} px`;
    const fits = await page.evaluate('document.documentElement.scrollWidth <= innerWidth');
    expect([look, await axeProblems(page), fits]).toEqual([look, [], true]);
  }
  await page.setViewportSize({ width: 1280, height: HEIGHT });
}
