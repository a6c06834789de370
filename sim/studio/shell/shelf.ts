/**
 * What a screen keeps of its runs in this browser, over a reload: the newest, up to a limit, in a database of the page. Nothing leaves it. It must
 * never lose one in silence: a browser that is full, or that cannot read what it has kept, is told of, and nothing is deleted but the oldest of too
 * many, or by the reader.
 */
import { type Signal, signal } from '@preact/signals';
import { clear, createStore, del, entries, set, type UseStore } from 'idb-keyval';
import { deleteDatabase } from './delete-database.ts';

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
  all(): Promise<readonly Shelved<T>[]>;
  keep(one: Shelved<T>): Promise<void>;
  forget(key: string): Promise<void>;
  /** Deletes everything, whatever state the database is in. */
  clear(): Promise<void>;
}

/** In the browser's database of this name. */
export class BrowserShelf<T> implements ShelfStore<T> {
  readonly #name: string;
  #store: UseStore | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  all(): Promise<readonly Shelved<T>[]> {
    return this.#with(async (store) => (await entries<string, Shelved<T>>(store)).map(([, one]) => one));
  }

  keep(one: Shelved<T>): Promise<void> {
    return this.#with((store) => set(one.key, one, store));
  }

  forget(key: string): Promise<void> {
    return this.#with((store) => del(key, store));
  }

  async clear(): Promise<void> {
    await this.#with((store) => clear(store)).catch(() => deleteDatabase(this.#name));
  }

  /** After a failure the database is opened anew: it may have been for the moment alone. */
  async #with<R>(work: (store: UseStore) => Promise<R>): Promise<R> {
    try {
      this.#store ??= createStore(this.#name, 'runs');
      return await work(this.#store);
    } catch (error) {
      this.#store = undefined;
      throw error;
    }
  }
}

function reason(error: unknown): string {
  const { name, message } = Object(error) as { name?: string; message?: string };
  if (name === 'QuotaExceededError') return 'this browser gives the page no more room; forget some';
  return message || name || String(error);
}

/** True for what a page of this version has kept: anything else in the database is damaged. */
function isWhole(one: unknown): boolean {
  const { key, title, atMs, value } = Object(one) as Record<string, unknown>;
  const named = typeof key === 'string' && typeof title === 'string';
  return named && typeof atMs === 'number' && value !== undefined;
}

export class Shelf<T> {
  /** Newest first. */
  readonly list: Signal<readonly Shelved<T>[]> = signal([]);
  /** What went wrong, in words; '' = nothing. */
  readonly trouble = signal('');
  /** What was kept cannot be read: it may be deleted, by the reader alone. */
  readonly unreadable = signal(false);
  readonly most: number;
  readonly #store: ShelfStore<T>;
  readonly #now: () => number;

  /** `most`: runs kept. `now`: the clock, ms since 1970. */
  constructor(store: ShelfStore<T>, most: number, now: () => number) {
    this.#store = store;
    this.most = most;
    this.#now = now;
  }

  async load(): Promise<void> {
    try {
      const all = await this.#store.all();
      if (!all.every(isWhole)) throw new Error('an entry is damaged');
      this.list.value = all.toSorted((a, b) => b.atMs - a.atMs);
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
      const all = (await this.#store.all()).toSorted((a, b) => b.atMs - a.atMs);
      for (const old of all.slice(this.most)) await this.#store.forget(old.key);
    } catch (error) {
      this.trouble.value = `This run is not kept for the next visit: ${reason(error)}.`;
      return;
    }
    await this.load();
  }

  forget(key: string): Promise<void> {
    return this.#change(() => this.#store.forget(key));
  }

  forgetAll(): Promise<void> {
    return this.#change(() => this.#store.clear());
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
