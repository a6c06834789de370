/** The device image as `npm run build` left it, built again when a source is newer; the loader beside it. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loaderText } from '../../tools/board/loader.ts';
import { deadMan } from '../../tools/build/board-checks.ts';
import { buildImage } from '../../tools/build/image.ts';
import { ROOT } from '../../tools/build/project.ts';
import { deviceFiles } from '../interpreter/device-files.ts';
import { version } from '../output/version.ts';
import { isStale } from './stale.ts';

const SOURCES = ['src', 'hal', 'tools/build', 'package.json'].map((name) => join(ROOT, name));

async function kept(file: string, make: () => Promise<string>): Promise<string> {
  const path = join(ROOT, 'build', file);
  if (!isStale(path, SOURCES)) return readFileSync(path, 'latin1');
  const text = await make();
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  // in one step: others may be reading it
  writeFileSync(`${path}.${process.pid}`, text, 'latin1');
  renameSync(`${path}.${process.pid}`, path);
  return text;
}

/** True for a board that is not worn: it gets a `--dev` image, which holds pressure with the bench strap fitted only. */
export function isBenchOnly(board: string): boolean {
  return deadMan(board) === '';
}

/**
 * What is in the flash of a device that has just been flashed with the image for `sensor` and `board`, with `texts` in its store. An image to wear;
 * for a board that has none, because nothing is known to cut its outputs, the `--dev` image.
 */
export async function flashed(
  sensor: string,
  texts: Readonly<Record<string, string>>,
  board = 'jolt',
): Promise<Record<string, string>> {
  const dev = isBenchOnly(board);
  const code = await kept(
    `cuffloop-${board}-${sensor}${dev ? '-dev' : ''}.js`,
    async () => (await buildImage({ board, sensor, dev })).code,
  );
  const loader = await kept(`loader-${board}.js`, () => loaderText(board));
  return deviceFiles(loader, { code, version: version(), board, sensor }, texts);
}
