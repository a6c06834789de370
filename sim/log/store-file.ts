/** A device's store as a file. What is wrong with it is told with its name. */
import { BadInput } from '../../tools/input/bad-input.ts';
import { STORE_BYTES } from '../../tools/input/bytes-text.ts';
import { bytesOfFile } from '../../tools/input/file-text.ts';
import { jsonOfTexts, type Texts } from '../../tools/settings/json-store.ts';
import { writeWhole } from '../../tools/settings/write-whole.ts';
import { openStore, type StoreTexts } from './store-texts.ts';

/** A file that is no store: says what it is and what is needed. */
export class BadStore extends Error {}

export function readStore(path: string): Texts {
  return readStoreWhole(path).texts;
}

/** Its texts, and what of it could not be read. */
export function readStoreWhole(path: string): StoreTexts {
  try {
    return openStore(bytesOfFile(path, STORE_BYTES));
  } catch (error) {
    throw error instanceof BadInput ? new BadStore(`${path}: ${error.message}`) : error;
  }
}

export function writeStore(path: string, texts: Texts): void {
  writeWhole(path, jsonOfTexts(texts));
}
