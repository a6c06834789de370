/** What the screen of logs keeps in the browser: nothing is lost in silence, whatever its database does. */
import { beforeEach, expect, test } from 'vitest';
import {
  allAsText,
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
import type { Keeper, KeptFile } from '../../sim/studio/screens/logs/kept-files.ts';
import { BadInput } from '../../tools/input/bad-input.ts';

/** A database that can be full, or damaged. */
class Memory implements Keeper {
  readonly files = new Map<string, KeptFile>();
  fails: Error | undefined;

  #check(): void {
    if (this.fails !== undefined) throw this.fails;
  }

  all(): Promise<readonly KeptFile[]> {
    return Promise.resolve().then(() => {
      this.#check();
      return [...this.files.values()];
    });
  }

  async keep(file: File): Promise<void> {
    this.#check();
    const key = `${file.name} ${await file.text()}`;
    this.files.set(key, { key, file, atMs: 1 });
  }

  forget(key: string): Promise<void> {
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
