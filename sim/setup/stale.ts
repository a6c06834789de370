/** Is a built file older than any of its sources? */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  let latest = 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue;
    latest = Math.max(latest, newest(join(path, entry.name)));
  }
  return latest;
}

/** True when `file` is missing or older than any of `sources` (files or folders). */
export function isStale(file: string, sources: readonly string[]): boolean {
  try {
    const builtAt = statSync(file).mtimeMs;
    return sources.some((source) => newest(source) > builtAt);
  } catch {
    return true;
  }
}
