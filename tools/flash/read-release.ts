/** Reads a release folder. It must never hand out what the sums do not prove. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { HAND_WRITTEN_BYTES } from '../input/bytes-text.ts';
import { textOfFile } from '../input/file-text.ts';
import { readJson } from '../input/json.ts';
import {
  fileFor,
  MANIFEST,
  type Manifest,
  manifestSchema,
  type ReleaseFile,
  wrongSum,
} from '../release/manifest.ts';
import { sha256 } from '../sums.ts';

/** Image and loader for a board and sensor out of a release folder, proven by the manifest's sums. */
export function readRelease(
  folder: string,
  board: string,
  sensor: string,
): { code: string; loader: string; version: string; board: string } {
  const manifest = readManifest(folder);
  const code = proven(folder, fileFor(manifest, 'image', board, sensor));
  const loader = proven(folder, fileFor(manifest, 'loader', board, ''));
  return { code, loader, version: manifest.version, board };
}

function readManifest(folder: string): Manifest {
  try {
    return manifestSchema.parse(readJson(textOfFile(join(folder, MANIFEST), HAND_WRITTEN_BYTES)).value);
  } catch (error) {
    throw new Error(
      `${folder} is no release: ${error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message}; make one with npm run release, or unpack one there`,
    );
  }
}

function proven(folder: string, file: ReleaseFile): string {
  const data = readFileSync(join(folder, file.file));
  const found = sha256(data);
  if (found !== file.sha256) throw wrongSum(file, found);
  return data.toString('latin1');
}
