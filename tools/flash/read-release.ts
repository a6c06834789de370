/** Reads a release folder. It must never hand out what the sums do not prove. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { HAND_WRITTEN_BYTES } from '../input/bytes-text.ts';
import { textOfFile } from '../input/file-text.ts';
import { readJson } from '../input/json.ts';
import { MANIFEST, type Manifest, manifestSchema, type ReleaseFile } from '../release/manifest.ts';
import { sumsOf } from '../release/sums.ts';

/** Image and loader for a board and sensor out of a release folder, proven by the manifest's sums. */
export function readRelease(
  folder: string,
  board: string,
  sensor: string,
): { code: string; loader: string; version: string; board: string } {
  const manifest = readManifest(folder);
  const code = proven(folder, find(manifest, 'image', board, sensor));
  const loader = proven(folder, find(manifest, 'loader', board, ''));
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

function find(manifest: Manifest, kind: ReleaseFile['kind'], board: string, sensor: string): ReleaseFile {
  const found = manifest.files.find((f) => f.kind === kind && f.board === board && f.sensor === sensor);
  if (found !== undefined) return found;
  const there = manifest.files.filter((f) => f.kind === 'image').map((f) => `${f.board} + ${f.sensor}`);
  throw new Error(`the release has nothing for ${board} + ${sensor}; it has ${there.join(', ')}`);
}

function proven(folder: string, file: ReleaseFile): string {
  const data = readFileSync(join(folder, file.file));
  const found = sumsOf(data);
  if (found.sha256 !== file.sha256)
    throw new Error(
      `${file.file} is not what the manifest says (sha256 ${found.sha256}, expected ${file.sha256}); fetch the release again`,
    );
  return data.toString('latin1');
}
