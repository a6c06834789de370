/**
 * A device's store as a file: JSON {name: text} as the simulator writes it with `--store`, or a raw dump of the
 * flash. Never guesses: what is not whole is told and left out.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { FILE_LOCK, FILE_LOP, FILE_PROGRESS, FILE_SETTINGS, FILE_ZERO } from '../../src/files.ts';
import { BOX_PARTS, FILE_BOX, FILE_RECORD, RECORD_SLOTS } from '../../src/record/box.ts';
import { protocolFile, STORED_COUNT } from '../../src/session/stored.ts';
import { readStorage } from '../../tools/flash/storage-image.ts';
import { storedText } from '../../tools/settings/store-file.ts';

export type Texts = Record<string, string>;

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

function fromJson(path: string, text: string): Texts {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BadStore(`${path}: not JSON (${(error as Error).message})`);
  }
  const good = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!good || !Object.values(value as object).every((v) => typeof v === 'string'))
    throw new BadStore(
      `${path}: needed is one JSON object of names and texts, as "npm run sim -- --store FILE" writes it`,
    );
  return value as Texts;
}

export function readStore(path: string): Texts {
  if (!existsSync(path)) throw new BadStore(`${path}: no such file`);
  const bytes = readFileSync(path);
  if (bytes[0] !== 0x7b && bytes[0] !== 0x5b) return fromStorage(path, new Uint8Array(bytes));
  return fromJson(path, bytes.toString('utf8'));
}

export function writeStore(path: string, texts: Texts): void {
  writeFileSync(path, `${JSON.stringify(texts, null, 1)}\n`);
}
