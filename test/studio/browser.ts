/**
 * The one browser of a process that runs tests: started by the first file that needs it and shared by all that follow, as a start costs as much as
 * many a test. It ends with the process. Profiles are never shared: each page is opened in a context of its own.
 */
import { type Browser, chromium, type Page } from 'playwright-core';
import { findChromium } from './chromium.ts';

/** Chromium on Linux has Web Bluetooth behind this switch. */
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--enable-features=WebBluetooth'];

/**
 * How long a test looks again and again for what a page is to show. A computer with other work is slow: no test reads once what an action is still
 * to change, and none gives up before this.
 */
export const SOON = { timeout: 60_000 } as const;

/** For a whole test in a browser: several times what it takes here. */
export const UNHURRIED = { timeout: 240_000 } as const;

const SHARED = globalThis as typeof globalThis & { cuffloopBrowser?: Promise<Browser> | undefined };

/** Fails where there is no browser: ask `withoutBrowser` first. */
export function theBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('no Chromium found: apt-get install chromium, or set CHROMIUM to its path');
  SHARED.cuffloopBrowser ??= chromium.launch({ executablePath, args: ARGS }).then((browser) => {
    // one that has crashed is followed by a new one
    browser.on('disconnected', () => {
      SHARED.cuffloopBrowser = undefined;
    });
    return browser;
  });
  return SHARED.cuffloopBrowser;
}

/** `CUFFLOOP_SLOW=6 npx vitest run test/studio` finds tests that read before the page has followed. */
const SLOW = Number(process.env['CUFFLOOP_SLOW'] ?? 1);

/** The page's processor is as many times slower as CUFFLOOP_SLOW says; without it nothing is changed. */
export async function slowedAsAsked(page: Page): Promise<void> {
  if (SLOW <= 1) return;
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW });
}
