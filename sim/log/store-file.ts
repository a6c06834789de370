/**
 * A device's store as a file: JSON {name: text} as the simulator writes it with `--store`, or a raw dump of the
 * flash. Never guesses: what is not whole is told and left out.
 */
import {
  FILE_COMMISSIONED,
  FILE_LOCK,
  FILE_LOP,
  FILE_PROGRESS,
  FILE_SETTINGS,
  FILE_ZERO,
} from '../../src/files.ts';
import { BOX_PARTS, FILE_BOX, FILE_RECORD, RECORD_SLOTS } from '../../src/record/box.ts';
import { protocolFile, STORED_COUNT } from '../../src/session/stored.ts';
import { readStorage } from '../../tools/flash/storage-image.ts';
import { BadInput } from '../../tools/input/bad-input.ts';
import { bytesOfFile, STORE_BYTES, textOfBytes } from '../../tools/input/file-text.ts';
import { jsonOfTexts, looksLikeJson, type Texts, textsOfJson } from '../../tools/settings/json-store.ts';
import { storedText } from '../../tools/settings/store-file.ts';
import { writeWhole } from '../../tools/settings/write-whole.ts';

export type { Texts };

/** A file that is no store: says what it is and what is needed. */
export class BadStore extends Error {}

function numbered(base: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => base + i);
}

/** Every name that the firmware writes. */
export const STORE_NAMES: readonly string[] = [
  FILE_SETTINGS,
  FILE_PROGRESS,
  FILE_LOCK,
  FILE_LOP,
  FILE_ZERO,
  FILE_COMMISSIONED,
  ...numbered(FILE_RECORD, RECORD_SLOTS),
  ...numbered(FILE_BOX, BOX_PARTS),
  ...Array.from({ length: STORED_COUNT }, (_, place) => protocolFile(place)),
];

/** What a level of simulation has in its store now. */
export function textsOf(level: { stored(name: string): string | undefined }): Texts {
  const texts: Texts = {};
  for (const name of STORE_NAMES) {
    const text = level.stored(name);
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}

function fromStorage(path: string, bytes: Uint8Array): Texts {
  const files = readStorage(bytes);
  if (Object.keys(files).length === 0)
    throw new BadStore(`${path}: neither JSON nor a Storage file with anything in it`);
  const texts: Texts = {};
  for (const name of STORE_NAMES) {
    const text = storedText({ a: files[`${name}.0`], b: files[`${name}.1`] });
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}

export function readStore(path: string): Texts {
  try {
    const bytes = bytesOfFile(path, STORE_BYTES);
    return looksLikeJson(bytes) ? textsOfJson(textOfBytes(bytes)) : fromStorage(path, bytes);
  } catch (error) {
    throw error instanceof BadInput ? new BadStore(`${path}: ${error.message}`) : error;
  }
}

export function writeStore(path: string, texts: Texts): void {
  writeWhole(path, jsonOfTexts(texts));
}
