/**
 * Logs that this browser keeps between two visits, in a database of the page. Nothing of them leaves it. It must never lose one in silence: what
 * goes wrong is thrown.
 */
import { clear, del, entries, set } from 'idb-keyval';
import { crc32 } from '../../../../tools/crc32.ts';
import { deleteDatabase, pageTable } from '../../shell/page-database.ts';

export interface KeptFile {
  readonly key: string;
  readonly file: File;
  /** When it was kept last, ms since 1970. */
  readonly atMs: number;
}

/** Each rejects with what the browser says. */
export interface Keeper {
  /** Everything that is in it, damaged or not, each under its key. */
  all(): Promise<readonly (readonly [key: IDBValidKey, entry: unknown])[]>;
  /** A file that is kept already takes its own place. */
  keep(file: File): Promise<void>;
  forget(key: IDBValidKey): Promise<void>;
  /** Deletes everything, whatever state the database is in. */
  deleteAll(): Promise<void>;
}

const DATABASE = 'cuffloop-logs';

/** Two files of one name are two, unless they hold the same. */
async function keyOf(file: File): Promise<string> {
  return `${file.name} ${file.size} ${crc32(new Uint8Array(await file.arrayBuffer()))}`;
}

export class BrowserKeeper implements Keeper {
  readonly #table = pageTable(DATABASE, 'files');

  all(): Promise<readonly (readonly [key: IDBValidKey, entry: unknown])[]> {
    return entries<IDBValidKey, unknown>(this.#table);
  }

  async keep(file: File): Promise<void> {
    await set(await keyOf(file), { file, atMs: Date.now() }, this.#table);
  }

  forget(key: IDBValidKey): Promise<void> {
    return del(key, this.#table);
  }

  async deleteAll(): Promise<void> {
    await clear(this.#table).catch(() => deleteDatabase(DATABASE));
  }
}
