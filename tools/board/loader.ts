/** The loader as it is flashed. */
import { join } from 'node:path';
import { bootText } from '../../hal/boot/root.ts';
import { buildImage } from '../build/image.ts';
import { ROOT } from '../build/project.ts';

/** The loader for a board as it is flashed: the text of `.bootcde`. */
export async function loaderText(board: string): Promise<string> {
  const loader = await buildImage({ board, entry: join(ROOT, 'hal/boot/loader.ts') });
  return bootText(loader.code);
}
