/** An image is handed out again only for the same sources and options, and only undamaged. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Image, ImageOptions } from '../../tools/build/image.ts';
import { keptImage } from '../../tools/build/kept-images.ts';

let root: string;
let folder: string;
let made: number;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kept-images-'));
  folder = join(root, 'kept');
  made = 0;
  for (const name of ['src', 'hal', 'tools']) mkdirSync(join(root, name));
  for (const name of ['src/a.ts', 'hal/b.ts', 'tools/c.ts', 'package.json', 'package-lock.json'])
    writeFileSync(join(root, name), name);
});
afterEach(() => rmSync(root, { recursive: true }));

async function image(options: ImageOptions = {}): Promise<Image> {
  return await keptImage(
    options,
    async () => {
      made++;
      const names = new Map([['a', 'src/a.ts a']]);
      return {
        version: '1',
        board: 'b',
        sensor: 's',
        dev: false,
        code: '(1)',
        bytes: 3,
        gzipBytes: 9,
        names,
        modules: [],
      };
    },
    { root, folder },
  );
}

describe('a kept image', () => {
  it('is made once for the same sources and options, and is equal to what was made', async () => {
    const first = await image({ sensor: 'x' });
    expect(await image({ sensor: 'x' })).toEqual(first);
    expect(made).toBe(1);
  });

  it.each(['src/a.ts', 'hal/b.ts', 'tools/c.ts', 'package.json', 'package-lock.json'])(
    'is made anew when %s changes, by content and not by date',
    async (name) => {
      await image();
      writeFileSync(join(root, name), name);
      await image();
      expect(made).toBe(1);
      writeFileSync(join(root, name), `${name}!`);
      await image();
      expect(made).toBe(2);
    },
  );

  it('is made anew when a file comes, goes or takes another name', async () => {
    await image();
    writeFileSync(join(root, 'src/new.ts'), '');
    await image();
    rmSync(join(root, 'src/new.ts'));
    writeFileSync(join(root, 'src/other.ts'), '');
    await image();
    expect(made).toBe(3);
  });

  it('is another one for other options', async () => {
    for (const options of [{}, { sensor: 'x' }, { board: 'x' }, { dev: true }, { plain: true }])
      await image(options);
    expect(made).toBe(5);
    await image({ sensor: 'x', board: 'y' });
    await image({ board: 'y', sensor: 'x' });
    expect(made).toBe(6);
  });

  it.each([
    ['a byte is changed', (text: string) => text.replace('(1)', '(2)')],
    ['the end is missing', (text: string) => text.slice(0, -5)],
    ['it is empty', () => ''],
  ])('is made anew when %s', async (_what, spoil) => {
    await image();
    const file = join(folder, readdirSync(folder)[0] ?? '');
    writeFileSync(file, spoil(readFileSync(file, 'latin1')), 'latin1');
    expect((await image()).code).toBe('(1)');
    expect(made).toBe(2);
  });

  it('is never kept for a firmware from elsewhere', async () => {
    for (let i = 0; i < 2; i++) {
      await image({ entry: join(root, 'src/a.ts') });
      await image({ root });
    }
    expect(made).toBe(4);
  });

  it('is made once where several ask for it at the same time, and nothing of that is left behind', async () => {
    const [a, b, c] = await Promise.all([image(), image(), image()]);
    expect([a, made]).toEqual([c, 1]);
    expect(b).toEqual(a);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('is made by the next one when a build has failed, or was ended and left its lock', async () => {
    await image();
    const file = join(folder, readdirSync(folder)[0] ?? '');
    rmSync(file);
    mkdirSync(`${file}.lock`);
    utimesSync(`${file}.lock`, 0, 0);
    expect((await image()).code).toBe('(1)');
    const fails = (): Promise<Image> => Promise.reject(new Error('no build'));
    await expect(keptImage({ sensor: 'y' } as ImageOptions, fails, { root, folder })).rejects.toThrow();
    await image({ sensor: 'y' });
    expect(made).toBe(3);
  });

  it('makes space: the ones used longest ago go', async () => {
    for (let i = 0; i < 62; i++) await image({ sensor: String(i) });
    expect(readdirSync(folder)).toHaveLength(60);
  });
});
