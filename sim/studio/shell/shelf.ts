/**
 * What a screen keeps of its runs in this browser, over a reload: the newest, up to a limit, in a database of the page. Nothing leaves it. It must
 * never lose one in silence: a browser that is full, or that cannot read what it has kept, is told of, and nothing is deleted but the oldest of too
 * many, or by the reader.
 */
import { type Signal, signal } from '@preact/signals';
import { clear, del, entries, set, type UseStore } from 'idb-keyval';
import { deleteDatabase, pageTable } from './page-database.ts';

export interface Shelved<T> {
  /** The same run takes its own place again. */
  readonly key: string;
  readonly title: string;
  /** When it was kept last, ms since 1970. */
  readonly atMs: number;
  readonly value: T;
}

/** Where it is kept. Each rejects with what the browser says. */
export interface ShelfStore<T> {
  /** Everything that is in it, damaged or not, each under its key. */
  all(): Promise<readonly (readonly [key: IDBValidKey, one: unknown])[]>;
  keep(one: Shelved<T>): Promise<void>;
  forget(key: IDBValidKey): Promise<void>;
  /** Deletes everything, whatever state the database is in. */
  clear(): Promise<void>;
}

/** In the browser's database of this name. */
export class BrowserShelf<T> implements ShelfStore<T> {
  readonly #name: string;
  readonly #table: UseStore;

  constructor(name: string) {
    this.#name = name;
    this.#table = pageTable(name, 'runs');
  }

  all(): Promise<readonly (readonly [key: IDBValidKey, one: unknown])[]> {
    return entries<IDBValidKey, unknown>(this.#table);
  }

  keep(one: Shelved<T>): Promise<void> {
    return set(one.key, one, this.#table);
  }

  forget(key: IDBValidKey): Promise<void> {
    return del(key, this.#table);
  }

  async clear(): Promise<void> {
    await clear(this.#table).catch(() => deleteDatabase(this.#name));
  }
}

function reason(error: unknown): string {
  const { name, message } = Object(error) as { name?: string; message?: string };
  if (name === 'QuotaExceededError') return 'this browser gives the page no more room; forget some';
  return message || name || String(error);
}

export class Shelf<T> {
  /** Newest first. */
  readonly list: Signal<readonly Shelved<T>[]> = signal([]);
  /** What went wrong, in words; '' = nothing. */
  readonly trouble = signal('');
  /** What was kept cannot be read: it may be deleted, by the reader alone. */
  readonly unreadable = signal(false);
  /** Keys of the entries that are damaged: each can be deleted alone. */
  readonly damaged: Signal<readonly IDBValidKey[]> = signal([]);
  readonly most: number;
  readonly #store: ShelfStore<T>;
  readonly #isValue: (value: unknown) => value is T;
  readonly #now: () => number;

  /** `isValue`: true for a value that this version has kept, whole. `most`: runs kept. `now`: the clock, ms since 1970. */
  constructor(
    store: ShelfStore<T>,
    isValue: (value: unknown) => value is T,
    most: number,
    now: () => number,
  ) {
    this.#store = store;
    this.#isValue = isValue;
    this.most = most;
    this.#now = now;
  }

  async load(): Promise<void> {
    try {
      const { whole, damaged } = await this.#read();
      this.list.value = whole;
      this.damaged.value = damaged;
      this.unreadable.value = false;
    } catch (error) {
      this.unreadable.value = true;
      this.trouble.value = `The runs that this browser has kept cannot be read (${reason(error)}). Nothing of them was deleted. Load the page again; if it stays so, delete them and begin anew.`;
    }
  }

  /** Keeps a run as the newest; the oldest goes once there are more than `most`. */
  async keep(key: string, title: string, value: T): Promise<void> {
    try {
      await this.#store.keep({ key, title, atMs: this.#now(), value });
      const { whole } = await this.#read();
      for (const old of whole.slice(this.most)) await this.#store.forget(old.key);
    } catch (error) {
      this.trouble.value = `This run is not kept for the next visit: ${reason(error)}.`;
      return;
    }
    await this.load();
  }

  forget(key: IDBValidKey): Promise<void> {
    return this.#change(() => this.#store.forget(key));
  }

  forgetAll(): Promise<void> {
    return this.#change(() => this.#store.clear());
  }

  /** Newest first; what is damaged is told apart, and stays. */
  async #read(): Promise<{ readonly whole: readonly Shelved<T>[]; readonly damaged: IDBValidKey[] }> {
    const whole: Shelved<T>[] = [];
    const damaged: IDBValidKey[] = [];
    for (const [key, one] of await this.#store.all()) {
      if (this.#isWhole(key, one)) whole.push(one);
      else damaged.push(key);
    }
    return { whole: whole.sort((a, b) => b.atMs - a.atMs), damaged };
  }

  #isWhole(under: IDBValidKey, one: unknown): one is Shelved<T> {
    const { key, title, atMs, value } = Object(one) as Record<string, unknown>;
    const named = key === under && typeof key === 'string' && typeof title === 'string';
    return named && Number.isFinite(atMs) && this.#isValue(value);
  }

  async #change(what: () => Promise<void>): Promise<void> {
    try {
      await what();
      this.trouble.value = '';
    } catch (error) {
      this.trouble.value = `It could not be deleted: ${reason(error)}.`;
    }
    await this.load();
  }
}
