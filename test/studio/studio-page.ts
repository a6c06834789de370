/**
 * The built page in a headless browser: built once for its sources, served as by any static host, in the browser that all files share, with a
 * fresh profile for each page. Every request is noted, and what the page's console reports as an error.
 */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { buildPage } from '../../tools/studio/build-page.ts';
import { SOON, slowedAsAsked, theBrowser } from './browser.ts';
import { keptPage } from './kept-page.ts';
import { hostFolder, type StaticHost } from './static-host.ts';

let built: Promise<string> | undefined;

/** Folder of the built page; not to be written to. */
export function builtPage(): Promise<string> {
  built ??= keptPage('page', buildPage);
  return built;
}

export interface OpenPage {
  readonly page: Page;
  /** Addresses that the page asked for. */
  readonly requests: string[];
  /** What its console called an error, and what was thrown and not caught. */
  readonly problems: string[];
  close(): Promise<void>;
}

export interface Studio {
  readonly browser: Browser;
  readonly address: string;
  /** Opens the page at `#...` in a fresh profile; `prepare` runs before the page's own scripts are loaded. */
  open(
    hash?: string,
    options?: BrowserContextOptions,
    prepare?: (page: Page) => Promise<void>,
  ): Promise<OpenPage>;
  close(): Promise<void>;
}

async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
  prepare?: (page: Page) => Promise<void>,
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    serviceWorkers: 'block',
    ...options,
  });
  context.setDefaultTimeout(SOON.timeout);
  const page = await context.newPage();
  const requests: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await slowedAsAsked(page);
  await prepare?.(page);
  await page.goto(url);
  return { page, requests, problems, close: () => context.close() };
}

/** The built page, served. Fails where there is no browser: ask `withoutBrowser` first. */
export async function openStudio(): Promise<Studio> {
  const [folder, browser] = await Promise.all([builtPage(), theBrowser()]);
  const host: StaticHost = await hostFolder(folder);
  const contexts = new Set<BrowserContext>();
  return {
    browser,
    address: host.address,
    open: async (hash = '', options = {}, prepare) => {
      const opened = await openPage(browser, `${host.address}${hash}`, options, prepare);
      contexts.add(opened.page.context());
      return opened;
    },
    close: async () => {
      // what a failed test has left open
      await Promise.all([...contexts].map((context) => context.close()));
      await host.close();
    },
  };
}
