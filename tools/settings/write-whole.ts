/** A file that is the old one or the new one, whatever happens in between: written beside it, then put in its place. */
import { renameSync, writeFileSync } from 'node:fs';

export function writeWhole(path: string, contents: string | Uint8Array): void {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}
