/**
 * The images that the page can flash: out of the release that the page came with, or out of files that were chosen by hand. Never hands out what
 * the sums of the manifest do not prove.
 */
import * as z from 'zod';
import type { WantedBoard } from '../../../tools/board/open-board.ts';
import type { Firmware } from '../../../tools/flash/update.ts';
import { textOfBytes } from '../../../tools/input/bytes-text.ts';
import { readJson } from '../../../tools/input/json.ts';
import { textOf } from '../../../tools/latin1.ts';
import {
  fileFor,
  MANIFEST,
  type Manifest,
  manifestSchema,
  type ReleaseFile,
  wrongSum,
} from '../../../tools/release/manifest.ts';
import { PageFailure } from './troubles.ts';

/** Bytes of a file of a release, undefined = it is not there. */
export type ReadFile = (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;

export interface Release {
  readonly manifest: Manifest;
  readonly read: ReadFile;
}

/** Throws PageFailure for what is no release. */
export async function openRelease(read: ReadFile): Promise<Release> {
  const bytes = await read(MANIFEST);
  if (bytes === undefined) throw new PageFailure('bad-release', `there is no ${MANIFEST}`);
  try {
    return { manifest: manifestSchema.parse(readJson(textOfBytes(bytes)).value), read };
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new PageFailure('bad-release', `${MANIFEST}: ${why}`);
  }
}

export interface Choice {
  readonly board: string;
  readonly sensor: string;
}

/** What there is an image for. */
export function choicesOf({ manifest }: Release): Choice[] {
  return manifest.files.filter((f) => f.kind === 'image').map(({ board, sensor }) => ({ board, sensor }));
}

/** Throws PageFailure. */
export async function firmwareFor(
  release: Release,
  { board, sensor }: Choice,
): Promise<{ firmware: Firmware; board: WantedBoard }> {
  const { manifest } = release;
  try {
    const code = await proven(release, fileFor(manifest, 'image', board, sensor));
    const loader = await proven(release, fileFor(manifest, 'loader', board, ''));
    const espruino = manifest.espruinoBoards[board];
    if (espruino === undefined) throw new Error(`the manifest does not say what Espruino calls ${board}`);
    return { firmware: { code, loader, version: manifest.version }, board: { name: board, espruino } };
  } catch (error) {
    throw new PageFailure('bad-release', (error as Error).message);
  }
}

async function proven({ read }: Release, file: ReleaseFile): Promise<string> {
  const bytes = await read(file.file);
  if (bytes === undefined) throw new Error(`${file.file} is missing`);
  const found = await sha256(bytes);
  if (found !== file.sha256) throw wrongSum(file, found);
  return textOf(bytes);
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
