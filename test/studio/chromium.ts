/** Finds the browser that the browser tests run in. Nothing is downloaded. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of a Chromium: the one that CHROMIUM names, else the first on the path; undefined = there is none. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const folders = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)].filter(
    (folder) => folder !== '',
  );
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(runs);
}

/** Where a skipped test would hide that nothing was tested, a missing browser is a failure. */
export const BROWSER_IS_A_MUST = process.env['CI'] === 'true';

let said = false;

/** True when the browser tests are left out; says so once. */
export function withoutBrowser(): boolean {
  if (findChromium() !== undefined || BROWSER_IS_A_MUST) return false;
  if (!said)
    console.log(
      'skipped: the browser tests; they need Chromium (apt-get install chromium, or CHROMIUM=path)',
    );
  said = true;
  return true;
}
