/**
 * A device's store as texts by name, out of bytes: JSON {name: text} as the simulator writes it with `--store`, or a raw dump of the
 * flash. Never guesses: what is not whole is told and left out.
 */
import {
  FILE_COMMISSIONED,
  FILE_DAY,
  FILE_LOCK,
  FILE_LOP,
  FILE_PROGRESS,
  FILE_SETTINGS,
  FILE_ZERO,
} from '../../src/files.ts';
import { BOX_PARTS, FILE_BOX, FILE_RECORD, RECORD_SLOTS } from '../../src/record/box.ts';
import { ENVELOPE_SLOTS, FILE_ENVELOPE } from '../../src/record/envelope.ts';
import { protocolFile, STORED_COUNT } from '../../src/session/stored.ts';
import { readStorage, storageProblem } from '../../tools/board/storage-image.ts';
import { BadInput } from '../../tools/input/bad-input.ts';
import { textOfBytes } from '../../tools/input/bytes-text.ts';
import { looksLikeJson, type Texts, textsOfJson } from '../../tools/settings/json-store.ts';
import { storedText } from '../../tools/settings/store-file.ts';

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
  FILE_DAY,
  ...numbered(FILE_RECORD, RECORD_SLOTS),
  ...numbered(FILE_ENVELOPE, ENVELOPE_SLOTS),
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

/** Texts of a store, and what of it could not be read. */
export interface StoreTexts {
  readonly texts: Texts;
  readonly problems: readonly string[];
}

function fromStorage(bytes: Uint8Array): StoreTexts {
  const files = readStorage(bytes);
  if (Object.keys(files).length === 0)
    throw new BadInput([
      bytes.length === 0 ? 'the file is empty' : 'neither JSON nor a Storage file with anything in it',
    ]);
  const whole = storageProblem(bytes);
  const problems = whole === '' ? [] : [whole];
  const texts: Texts = {};
  for (const name of STORE_NAMES) {
    const pair = { a: files[`${name}.0`], b: files[`${name}.1`] };
    const text = storedText(pair);
    if (text !== undefined) texts[name] = text;
    else if (pair.a !== undefined || pair.b !== undefined)
      problems.push(`${name}: damaged, the check sum of no copy is right`);
  }
  return { texts, problems };
}

/** What a store holds, whichever of its forms the bytes have. Throws BadInput, which does not name the file. */
export function openStore(bytes: Uint8Array): StoreTexts {
  return looksLikeJson(bytes) ? { texts: textsOfJson(textOfBytes(bytes)), problems: [] } : fromStorage(bytes);
}
