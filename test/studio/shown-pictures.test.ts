/** The screenshots of README and docs are those that the browser tests take, and each of them is shown. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../tools/build/project.ts';
import { SHOWN } from './shown-pictures.ts';

/** Bytes: a page with pictures is read on a phone too. */
const MOST = 200_000;

test('every screenshot of the docs is one that the tests take', () => {
  const kept = readdirSync(join(ROOT, 'docs/img')).filter((name) => name.endsWith('.png'));
  expect(kept.sort()).toEqual(
    Object.keys(SHOWN)
      .map((name) => `${name}.png`)
      .sort(),
  );
  for (const name of kept) expect(statSync(join(ROOT, 'docs/img', name)).size).toBeLessThan(MOST);
});

test('and every one is shown', () => {
  const pages = [
    'README.md',
    'docs/studio.md',
    'docs/studio-cuff.md',
    'docs/tuning.md',
    'docs/log-format.md',
  ];
  const text = pages.map((page) => readFileSync(join(ROOT, page), 'utf8')).join('\n');
  expect(Object.keys(SHOWN).filter((name) => !text.includes(`img/${name}.png`))).toEqual([]);
});

test('every look is one that a test takes', () => {
  const tests = readdirSync(join(ROOT, 'test/studio'))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(ROOT, 'test/studio', name), 'utf8'))
    .join('\n');
  for (const look of Object.values(SHOWN)) {
    const [, name] = /^(.+)-(?:light|dark)-(?:1280|360)$/.exec(look) ?? [];
    expect(tests, look).toMatch(new RegExp(`'${name}'`));
  }
});
