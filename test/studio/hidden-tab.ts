/**
 * A tab that is hidden, as far as a headless browser can be made to: the page is told so, and its timers and frames stand until it is shown again,
 * as in a browser that puts a hidden tab to sleep. What comes in from elsewhere still comes.
 */
import type { Page } from 'playwright-core';

/** Runs in the page, before its own scripts. */
const HOOK = `(() => {
  let isHidden = false;
  let waiting = [];
  const held = (f) => (...a) => { if (isHidden) waiting.push(() => f(...a)); else f(...a); };
  const { setTimeout, setInterval, requestAnimationFrame } = window;
  window.setTimeout = (f, ms, ...a) => setTimeout(held(f), ms, ...a);
  window.setInterval = (f, ms, ...a) => setInterval(() => { if (!isHidden) f(...a); }, ms);
  window.requestAnimationFrame = (f) => requestAnimationFrame(held(f));
  Object.defineProperty(document, 'hidden', { get: () => isHidden });
  Object.defineProperty(document, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible') });
  window.cuffloopHide = (to) => {
    isHidden = to;
    document.dispatchEvent(new Event('visibilitychange'));
    const due = waiting;
    waiting = [];
    if (!to) for (const f of due) f();
  };
})()`;

/** Before the page is loaded. */
export async function canBeHidden(page: Page): Promise<void> {
  await page.addInitScript(HOOK);
}

export async function hide(page: Page, to: boolean): Promise<void> {
  await page.evaluate(`window.cuffloopHide(${to})`);
}
