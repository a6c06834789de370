/** The texts in a Storage file, or in a store as JSON. The last good text stays beside the new one. */
import { readStorage, storageProblem, writeInto } from '../board/storage-image.ts';
import { BadInput } from '../input/bad-input.ts';
import { STORE_BYTES, textOfBytes } from '../input/bytes-text.ts';
import { bytesOfFile } from '../input/file-text.ts';
import { jsonOfTexts, looksLikeJson, textsOfJson } from './json-store.ts';
import type { Place } from './place.ts';
import { nextFile, type StorePair, storedText } from './store-file.ts';
import { writeWhole } from './write-whole.ts';

/** A file that is no store, or not a whole one. */
export class BadPlace extends Error {}

/** Does `work` on the bytes of `file`; what is wrong with them is told with its name. */
function opened<T>(file: string, work: (bytes: Uint8Array) => T): T {
  try {
    return work(bytesOfFile(file, STORE_BYTES));
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    throw new BadPlace(`${file}: ${error.problems.join('; ')}; nothing was written`);
  }
}

/** A file made by `npm run release`, read out of a board, or a store as JSON. Throws BadPlace for what is none of them. */
export function storagePlace(file: string): Place {
  return opened(file, looksLikeJson) ? jsonPlace(file) : bytesPlace(file);
}

function jsonPlace(file: string): Place {
  const load = () => opened(file, (bytes) => textsOfJson(textOfBytes(bytes)));
  load();
  return {
    name: file,
    read: (name) => Promise.resolve(load()[name]),
    write: (name, text) => {
      writeWhole(file, jsonOfTexts({ ...load(), [name]: text }));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

function bytesPlace(file: string): Place {
  const pairIn = (files: Record<string, string>, name: string): StorePair => ({
    a: files[`${name}.0`],
    b: files[`${name}.1`],
  });
  const load = () =>
    opened(file, (bytes) => {
      const problem = storageProblem(bytes);
      if (problem !== '') throw new BadInput([problem]);
      return bytes;
    });
  load();
  return {
    name: file,
    read: (name) => Promise.resolve(storedText(pairIn(readStorage(load()), name))),
    write: (name, text) => {
      const bytes = load();
      const pair = pairIn(readStorage(bytes), name);
      if (storedText(pair) === text) return Promise.resolve();
      const next = nextFile(pair, text);
      writeWhole(file, writeInto(bytes, `${name}.${next.place}`, next.file));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
