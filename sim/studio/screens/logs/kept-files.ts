/**
 * Logs that this browser keeps between two visits, in a database of the page. Nothing of them leaves it. It must never lose one in silence: what
 * goes wrong is thrown.
 */
import { createStore, del, entries, set, type UseStore } from 'idb-keyval';
import { crc32 } from '../../../../tools/crc32.ts';
import { deleteDatabase } from '../../shell/delete-database.ts';

export interface KeptFile {
  readonly key: string;
  readonly file: File;
  /** When it was kept last, ms since 1970. */
  readonly atMs: number;
}

/** Each rejects with what the browser says. */
export interface Keeper {
  /** The one that was kept last comes first. */
  all(): Promise<readonly KeptFile[]>;
  /** A file that is kept already takes its own place. */
  keep(file: File): Promise<void>;
  forget(key: string): Promise<void>;
  /** Deletes everything, whatever state the database is in. */
  deleteAll(): Promise<void>;
}

const DATABASE = 'cuffloop-logs';

/** Two files of one name are two, unless they hold the same. */
async function keyOf(file: File): Promise<string> {
  return `${file.name} ${file.size} ${crc32(new Uint8Array(await file.arrayBuffer()))}`;
}

export class BrowserKeeper implements Keeper {
  #store: UseStore | undefined;

  async all(): Promise<readonly KeptFile[]> {
    const found = await this.#with((store) => entries<string, Omit<KeptFile, 'key'>>(store));
    return found.map(([key, rest]) => ({ key, ...rest })).sort((a, b) => b.atMs - a.atMs);
  }

  async keep(file: File): Promise<void> {
    const key = await keyOf(file);
    await this.#with((store) => set(key, { file, atMs: Date.now() }, store));
  }

  forget(key: string): Promise<void> {
    return this.#with((store) => del(key, store));
  }

  async deleteAll(): Promise<void> {
    for (const { key } of await this.all().catch(() => [])) await this.forget(key);
    await this.all().catch(() => deleteDatabase(DATABASE));
  }

  /** After a failure the database is opened anew: it may have been for the moment alone. */
  async #with<T>(work: (store: UseStore) => Promise<T>): Promise<T> {
    try {
      this.#store ??= createStore(DATABASE, 'files');
      return await work(this.#store);
    } catch (error) {
      this.#store = undefined;
      throw error;
    }
  }
}
