/** A log as a file: by its content, or a dump of a board's flash. */
import { ROWS_BYTES } from '../../tools/input/bytes-text.ts';
import { bytesOfFile } from '../../tools/input/file-text.ts';
import type { Texts } from '../../tools/settings/json-store.ts';
import { PAGE } from '../board/flash.ts';
import { BadStore, readStore } from '../log/store-file.ts';
import { asLog, type ReadLog, readLog, storeOf } from './read-log.ts';
import { BadLog } from './trace.ts';

function storeAt(path: string): Texts {
  try {
    return readStore(path);
  } catch (error) {
    throw error instanceof BadStore ? new BadLog(error.message) : error;
  }
}

/** What `readLog` reads, and dumps too. Throws BadLog. */
export function readLogFile(path: string): ReadLog {
  const bytes = asLog(path, () => bytesOfFile(path, ROWS_BYTES));
  const binary = bytes.length > 0 && bytes.length % PAGE === 0 && bytes.includes(0xff);
  return binary ? storeOf(storeAt(path), path) : readLog(bytes, path);
}
