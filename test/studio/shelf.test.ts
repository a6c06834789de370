/** Runs that are kept over a reload: the newest up to a limit; nothing is lost in silence, whatever the browser's database does. */
import { beforeEach, expect, test } from 'vitest';
import { Shelf, type ShelfStore, type Shelved } from '../../sim/studio/shell/shelf.ts';

/** A database that can be full, or damaged. */
class Memory implements ShelfStore<string> {
  readonly kept = new Map<IDBValidKey, unknown>();
  fails: Error | undefined;

  async all(): Promise<readonly (readonly [IDBValidKey, unknown])[]> {
    await this.#check();
    return [...this.kept];
  }

  async keep(one: Shelved<string>): Promise<void> {
    await this.#check();
    this.kept.set(one.key, one);
  }

  async forget(key: IDBValidKey): Promise<void> {
    await this.#check();
    this.kept.delete(key);
  }

  clear(): Promise<void> {
    this.fails = undefined;
    this.kept.clear();
    return Promise.resolve();
  }

  #check(): Promise<void> {
    return this.fails === undefined ? Promise.resolve() : Promise.reject(this.fails);
  }
}

const FULL = Object.assign(new Error('no room'), { name: 'QuotaExceededError' });
let memory: Memory;
let shelf: Shelf<string>;
let clockMs: number;

const isText = (value: unknown): value is string => typeof value === 'string';
const titles = (): string[] => shelf.list.value.map(({ title }) => title);

beforeEach(async () => {
  memory = new Memory();
  clockMs = 0;
  shelf = new Shelf<string>(memory, isText, 3, () => ++clockMs);
  await shelf.load();
});

test('the newest come first, the same run takes its own place, and the oldest of too many goes', async () => {
  for (const name of ['a', 'b', 'c', 'a', 'd']) await shelf.keep(name, name.toUpperCase(), name);
  expect(titles()).toEqual(['D', 'A', 'C']);
  expect([...memory.kept.keys()].sort()).toEqual(['a', 'c', 'd']);
});

test('a full database is told with what to do, and takes nothing away', async () => {
  await shelf.keep('a', 'A', 'a');
  memory.fails = FULL;
  await shelf.keep('b', 'B', 'b');
  expect(shelf.trouble.value).toMatch(/^This run is not kept.*no more room; forget some/);
  expect([titles(), memory.kept.size]).toEqual([['A'], 1]);
});

test('a database that cannot be read is told and left as it is, until the reader deletes it', async () => {
  await shelf.keep('a', 'A', 'a');
  memory.fails = new Error('broken');
  await shelf.load();
  expect(shelf.trouble.value).toMatch(/broken/);
  expect([shelf.unreadable.value, memory.kept.size]).toEqual([true, 1]);
  await shelf.forgetAll();
  expect([shelf.unreadable.value, shelf.trouble.value, titles()]).toEqual([false, '', []]);
});

test.each<[what: string, key: IDBValidKey, entry: unknown]>([
  ['without a value', 'x', { key: 'x', title: 'X', atMs: 1 }],
  ['with a value of another kind', 'x', { key: 'x', title: 'X', atMs: 1, value: {} }],
  ['without a moment', 'x', { key: 'x', title: 'X', atMs: Number.NaN, value: 'x' }],
  ['under another key', 'y', { key: 'x', title: 'X', atMs: 1, value: 'x' }],
  ['under a number', 7, { key: 7, title: 'X', atMs: 1, value: 'x' }],
  ['that is nothing', 'x', null],
])('an entry %s is told, is deleted alone, and the others stay', async (_what, key, entry) => {
  for (const name of ['a', 'b']) await shelf.keep(name, name.toUpperCase(), name);
  memory.kept.set(key, entry);
  await shelf.load();
  expect([titles(), shelf.damaged.value, shelf.unreadable.value]).toEqual([['B', 'A'], [key], false]);
  await shelf.keep('c', 'C', 'c');
  await shelf.keep('d', 'D', 'd');
  expect([titles(), shelf.damaged.value]).toEqual([['D', 'C', 'B'], [key]]);
  await shelf.forget(key);
  expect([titles(), shelf.damaged.value, memory.kept.size]).toEqual([['D', 'C', 'B'], [], 3]);
});

test('what could not be deleted is told, and still there', async () => {
  await shelf.keep('a', 'A', 'a');
  memory.forget = () => Promise.reject(new Error('locked'));
  await shelf.forget('a');
  expect([shelf.trouble.value, titles()]).toEqual(['It could not be deleted: locked.', ['A']]);
});
