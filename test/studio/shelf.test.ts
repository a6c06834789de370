/** Runs that are kept over a reload: the newest up to a limit; nothing is lost in silence, whatever the browser's database does. */
import { beforeEach, expect, test } from 'vitest';
import { Shelf, type ShelfStore, type Shelved } from '../../sim/studio/shell/shelf.ts';

/** A database that can be full, or damaged. */
class Memory implements ShelfStore<string> {
  readonly kept = new Map<string, Shelved<string>>();
  fails: Error | undefined;

  async all(): Promise<readonly Shelved<string>[]> {
    await this.#check();
    return [...this.kept.values()];
  }

  async keep(one: Shelved<string>): Promise<void> {
    await this.#check();
    this.kept.set(one.key, one);
  }

  async forget(key: string): Promise<void> {
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

const titles = (): string[] => shelf.list.value.map(({ title }) => title);

beforeEach(async () => {
  memory = new Memory();
  clockMs = 0;
  shelf = new Shelf<string>(memory, 3, () => ++clockMs);
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

test.each([
  ['unreadable', (of: Memory) => (of.fails = new Error('broken')), /broken/],
  [
    'damaged in one entry',
    (of: Memory) => of.kept.set('x', { key: 'x', title: 'X' } as Shelved<string>),
    /damaged/,
  ],
])(
  'a database that is %s is told and left as it is, until the reader deletes it',
  async (_what, damage, said) => {
    await shelf.keep('a', 'A', 'a');
    damage(memory);
    const before = memory.kept.size;
    await shelf.load();
    expect(shelf.trouble.value).toMatch(said);
    expect([shelf.unreadable.value, memory.kept.size]).toEqual([true, before]);
    await shelf.forgetAll();
    expect([shelf.unreadable.value, shelf.trouble.value, titles()]).toEqual([false, '', []]);
  },
);

test('what could not be deleted is told, and still there', async () => {
  await shelf.keep('a', 'A', 'a');
  memory.forget = () => Promise.reject(new Error('locked'));
  await shelf.forget('a');
  expect([shelf.trouble.value, titles()]).toEqual(['It could not be deleted: locked.', ['A']]);
});
