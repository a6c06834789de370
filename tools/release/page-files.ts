/** The studio's page in a release, with the images that it can flash beside it, and the sums of all of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { sha256 } from '../sums.ts';
import type { Release } from './make-release.ts';
import { MANIFEST } from './manifest.ts';

/** Where the page looks for images, as seen from its `index.html`. */
export const IMAGES = 'images';

/** What the page can flash: the manifest, the images and the loaders of a release; name to bytes. */
export function imagesFor(release: Release): Map<string, Uint8Array> {
  const names = release.manifest.files.filter((f) => f.kind !== 'storage').map((f) => f.file);
  return new Map(
    [MANIFEST, ...names].map((name) => {
      const data = release.files.get(name);
      if (data === undefined) throw new Error(`the release has no ${name}`);
      return [name, data];
    }),
  );
}

/** A line of SHA256SUMS for each file below `folder`, named as seen from `root`. */
export function sumLines(folder: string, root: string): string {
  return filesBelow(folder)
    .sort()
    .map((path) => `${sha256(readFileSync(path))}  ${relative(root, path).split(sep).join('/')}\n`)
    .join('');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
