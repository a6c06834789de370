/** The one version number, for what is written about a run. */
import { readFileSync } from 'node:fs';

/** The one version number, from package.json. */
export function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: unknown }).version);
}
