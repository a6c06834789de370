/** The order of the folders inside `sim/`: what a newcomer may read from top to bottom, and a browser page may take without Node. */
import { describe, expect, test } from 'vitest';
import { importsOf, sourceFiles, textOf } from './sources.ts';

/** From the ground up: each folder imports only from itself and from those before it. Type imports count. */
const ORDER: readonly string[] = [
  'plant',
  'second-plant',
  'level',
  'board',
  'core',
  'people',
  'interpreter',
  'report',
  'output',
  'scenarios',
  'outside',
  'log',
  'setup',
  'simulate',
  'bench',
  'tune',
  'commission',
  'docs',
  'cli',
  'studio',
];

/** These run in a browser too. */
const WITHOUT_NODE = ['plant', 'second-plant', 'level', 'core', 'report', 'scenarios', 'simulate'] as const;

const FILES = sourceFiles().filter((file) => file.startsWith('sim/'));

/** Folder below `sim/`; undefined = a command of its own, which nothing may import. */
function folderOf(file: string): string | undefined {
  return /^sim\/([^/]+)\//.exec(file)?.[1];
}

describe('the folders of sim/', () => {
  test('are all named in the order', () => {
    const folders = new Set(FILES.flatMap((file) => folderOf(file) ?? []));
    expect([...folders].sort()).toEqual([...ORDER].sort());
  });

  test('import only from those before them, types included', () => {
    const place = (folder: string): number => ORDER.indexOf(folder);
    const up = FILES.flatMap((file) => {
      const own = folderOf(file);
      if (own === undefined) return [];
      return importsOf(file)
        .filter((i) => i.isPath && i.target.startsWith('sim/'))
        .filter((i) => {
          const other = folderOf(i.target);
          return other === undefined || place(other) > place(own);
        })
        .map((i) => `${file} imports ${i.target}`);
    });
    expect(up).toEqual([]);
  });

  test.each(WITHOUT_NODE)('%s needs no Node', (folder) => {
    const found = FILES.filter((file) => folderOf(file) === folder).flatMap((file) =>
      importsOf(file)
        .filter((i) => i.target.startsWith('node:'))
        .map((i) => `${file} imports ${i.target}`),
    );
    expect(found).toEqual([]);
  });
});

describe('the folders of tools/', () => {
  /**
   * Two that know each other, and why: writing a board and talking to it are one conversation, a release holds what
   * is flashed and is read where it is flashed, and an update takes the settings along.
   */
  const PAIRS = ['cuff, flash', 'flash, release', 'flash, settings'];

  /** Folder below `tools/`; undefined = a file beside the folders. */
  const toolOf = (file: string): string | undefined => /^tools\/([^/]+)\//.exec(file)?.[1];

  test('know each other in these pairs only', () => {
    const arrows = new Set(
      sourceFiles().flatMap((file) => {
        const own = toolOf(file);
        const others = importsOf(file).flatMap((i) => toolOf(i.target) ?? []);
        return own === undefined
          ? []
          : others.filter((other) => other !== own).map((other) => `${own}, ${other}`);
      }),
    );
    expect(arrows.size).toBeGreaterThan(10);
    const mutual = [...arrows].filter((pair) => arrows.has(pair.split(', ').toReversed().join(', ')));
    expect(mutual.filter((pair) => pair === pair.split(', ').sort().join(', ')).sort()).toEqual(PAIRS);
  });
});

describe('a folder inside a folder of sim/', () => {
  /** They take types and shared data from the folder that they are a part of; no other does. */
  const PARTS_OF = ['bench/baselines', 'board/parts', 'board/cost', 'report/page', 'report/page/chart'];

  test('imports from the one around it only where it is a part of it', () => {
    const up = FILES.filter((file) => !file.startsWith('sim/studio/')).flatMap((file) => {
      const own = file.split('/').slice(1, -1);
      return importsOf(file)
        .filter((i) => i.isPath && own.length > 1)
        .map((i) => i.target.split('/').slice(1, -1))
        .filter((to) => to.length > 0 && to.length < own.length && to.every((name, k) => name === own[k]))
        .map(() => own.join('/'));
    });
    expect([...new Set(up)].sort()).toEqual([...PARTS_OF].sort());
  });
});

test('each file of src/, hal/, tools/ and sim/ says at the top what it does', () => {
  const silent = sourceFiles()
    .filter((file) => /^(src|hal|tools|sim)\//.test(file))
    .filter((file) => !textOf(file).startsWith('/**'));
  expect(silent).toEqual([]);
});

test('each file of the device says at the top what it must not do, or what it does only', () => {
  const open = sourceFiles()
    .filter((file) => /^(src|hal)\//.test(file) && !file.endsWith('.d.ts'))
    .filter(
      (file) => !/\b(never|nothing|nobody|no|none|not|only)\b/i.test(textOf(file).split('*/')[0] ?? ''),
    );
  expect(open).toEqual([]);
});

test('each bench: command takes the common options from one place', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const benches = Object.entries(scripts).filter(([name]) => name.startsWith('bench:'));
  expect(benches.length).toBeGreaterThan(8);
  for (const [name, script] of benches) {
    const file = script.split(' ').at(-1) ?? '';
    const title = name.slice('bench:'.length);
    expect(textOf(file).replace(/\s+/g, ' '), name).toMatch(new RegExp(`benchCommand\\( ?'${title}'`));
    expect(textOf(file), name).not.toContain('process.argv');
  }
});
