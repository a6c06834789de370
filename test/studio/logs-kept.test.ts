/** What the screen of logs keeps in the browser: nothing is lost in silence, whatever its database does. */
import { beforeEach, expect, test } from 'vitest';
import {
  allAsText,
  damaged,
  forget,
  forgetAll,
  isAll,
  keepFile,
  keepWith,
  kept,
  keptTrouble,
  loadKept,
  takeAll,
  unreadable,
} from '../../sim/studio/screens/logs/kept.ts';
import type { Keeper } from '../../sim/studio/screens/logs/kept-files.ts';
import { BadInput } from '../../tools/input/bad-input.ts';

/** A database that can be full, or damaged. */
class Memory implements Keeper {
  readonly files = new Map<IDBValidKey, unknown>();
  fails: Error | undefined;

  #check(): void {
    if (this.fails !== undefined) throw this.fails;
  }

  all(): Promise<readonly (readonly [IDBValidKey, unknown])[]> {
    return Promise.resolve().then(() => {
      this.#check();
      return [...this.files];
    });
  }

  async keep(file: File): Promise<void> {
    this.#check();
    const key = `${file.name} ${await file.text()}`;
    this.files.set(key, { file, atMs: 1 });
  }

  forget(key: IDBValidKey): Promise<void> {
    return Promise.resolve().then(() => {
      this.#check();
      this.files.delete(key);
    });
  }

  deleteAll(): Promise<void> {
    this.fails = undefined;
    this.files.clear();
    return Promise.resolve();
  }
}

const ONE = new File(['one'], 'one.json', { lastModified: 5 });
const FULL = Object.assign(new Error('no room'), { name: 'QuotaExceededError' });
let memory: Memory;

const names = (): string[] => kept.value.map(({ file }) => file.name);

beforeEach(async () => {
  memory = new Memory();
  keepWith(memory);
  keptTrouble.value = '';
  await loadKept();
});

test('a full database is told with what to do, and takes nothing away', async () => {
  await keepFile(ONE);
  memory.fails = FULL;
  await keepFile(new File(['two'], 'two.json'));
  expect(keptTrouble.value).toMatch(
    /^two\.json is open, and is not kept.*no more room.*Save all as one file/,
  );
  expect([names(), memory.files.size]).toEqual([['one.json'], 1]);
});

test('one that cannot be read is told and left as it is, until the reader deletes it', async () => {
  await keepFile(ONE);
  memory.fails = new Error('damaged');
  await loadKept();
  expect([unreadable.value, keptTrouble.value]).toEqual([
    true,
    expect.stringMatching(/cannot be read \(damaged\)\. Nothing of it was deleted/),
  ]);
  expect(memory.files.size).toBe(1);
  await forgetAll();
  expect([unreadable.value, keptTrouble.value, names()]).toEqual([false, '', []]);
});

test.each<[what: string, key: IDBValidKey, entry: unknown]>([
  ['without its file', 'x', { atMs: 1 }],
  ['with something else for a file', 'x', { file: { name: 'x' }, atMs: 1 }],
  ['without a moment', 'x', { file: ONE }],
  ['under a number', 7, { file: ONE, atMs: 1 }],
  ['that is nothing', 'x', undefined],
])('an entry %s is told, is deleted alone, and the others stay', async (_what, key, entry) => {
  await keepFile(ONE);
  memory.files.set(key, entry);
  await loadKept();
  expect([names(), damaged.value, unreadable.value]).toEqual([['one.json'], [key], false]);
  await keepFile(new File(['two'], 'two.json'));
  expect([names().sort(), damaged.value]).toEqual([['one.json', 'two.json'], [key]]);
  await forget(key);
  expect([names().sort(), damaged.value, memory.files.size]).toEqual([['one.json', 'two.json'], [], 2]);
});

test('what could not be deleted is told, and still there', async () => {
  await keepFile(ONE);
  const key = kept.value[0]?.key ?? '';
  memory.forget = () => Promise.reject(new Error('locked'));
  await forget(key);
  expect([keptTrouble.value, names()]).toEqual(['It could not be deleted: locked.', ['one.json']]);
});

test('all of it goes out as one text and comes back the same, byte for byte', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  await keepFile(new File([bytes], 'all bytes é.bin', { lastModified: 7 }));
  const text = new TextEncoder().encode(await allAsText());
  expect([isAll(text), isAll(bytes)]).toEqual([true, false]);
  await forgetAll();
  await takeAll(text);
  const [back] = kept.value;
  expect([back?.file.name, back?.file.lastModified]).toEqual(['all bytes é.bin', 7]);
  expect(new Uint8Array((await back?.file.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(bytes);
});

test.each([
  ['{"cuffloop-logs":1,"files":[{"name":"x"}]}'],
  ['{"cuffloop-logs":1,"files":'],
  ['{"cuffloop-logs":1,"files":[{"name":"x","lastModified":1,"base64":"%%"}]}'],
])('a damaged one is refused, and nothing of it is taken: %s', async (text) => {
  await expect(takeAll(new TextEncoder().encode(text))).rejects.toBeInstanceOf(BadInput);
  expect(names()).toEqual([]);
});
