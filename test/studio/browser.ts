/**
 * The one browser of a process that runs tests: started by the first file that needs it and shared by all that follow, as a start costs as much as
 * many a test. It ends with the process. Profiles are never shared: each page is opened in a context of its own.
 */
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from './chromium.ts';

/** Chromium on Linux has Web Bluetooth behind this switch. */
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--enable-features=WebBluetooth'];

/** How long a test looks again and again for what a page is to show: a computer with other work is slow. */
export const SOON = { timeout: 20_000 } as const;

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
