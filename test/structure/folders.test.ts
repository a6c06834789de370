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
  /** From the ground up, as above. */
  const TOOLS: readonly string[] = [
    'device-lib',
    'dialect',
    'build',
    'input',
    'board',
    'settings',
    'protocol',
    'cuff',
    'release',
    'flash',
    'studio',
    'mutate',
  ];

  /** Folder below `tools/`; undefined = a file beside the folders. */
  const toolOf = (file: string): string | undefined => /^tools\/([^/]+)\//.exec(file)?.[1];

  test('are all named in the order', () => {
    const folders = new Set(sourceFiles().flatMap((file) => toolOf(file) ?? []));
    expect([...folders].sort()).toEqual([...TOOLS].sort());
  });

  test('import only from those before them, types included', () => {
    const arrows = sourceFiles().flatMap((file) => {
      const own = toolOf(file);
      if (own === undefined) return [];
      return importsOf(file).flatMap((i) => {
        const other = toolOf(i.target);
        return other === undefined || other === own
          ? []
          : [{ own, other, text: `${file} imports ${i.target}` }];
      });
    });
    expect(arrows.length).toBeGreaterThan(40);
    const up = arrows.filter(({ own, other }) => TOOLS.indexOf(other) > TOOLS.indexOf(own));
    expect(up.map(({ text }) => text)).toEqual([]);
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

/** Text of the comment that a file begins with, lines joined. */
function headerOf(file: string): string {
  return (textOf(file).split('*/')[0] ?? '').replace(/\s*\n \*\s?/g, ' ');
}

describe('the header of each file of the device', () => {
  const HEADED = sourceFiles().filter((file) => /^(src|hal)\//.test(file) && !file.endsWith('.d.ts'));

  /** The words after `must never`, up to the end of the sentence. */
  const prohibitions = (file: string): string[] =>
    [...headerOf(file).matchAll(/\bmust never ([^.:;]*)/gi)].map(([, words = '']) => words.trim());

  test('says what the file must never do, in three words at least and not in those of a dozen others', () => {
    expect(HEADED.length).toBeGreaterThan(150);
    const short = HEADED.filter(
      (file) => !prohibitions(file).some((words) => words.split(/\s+/).length >= 3),
    );
    expect(short).toEqual([]);
    const said = HEADED.flatMap((file) => prohibitions(file).slice(0, 1));
    const often = said.filter((words) => said.filter((other) => other === words).length > 8);
    expect([...new Set(often)]).toEqual([]);
  });

  /** What a file that is forbidden to do something would have to say in order to do it. */
  const KEPT: readonly (readonly [RegExp, RegExp])[] = [
    [
      /^(touch|drive) (a|an) (output|pin)|wake a driver or/,
      /\b(digitalWrite|analogWrite)\(|\.out(Pump|Vent|BleedMs) = /,
    ],
    [/^begin a (session|run) by itself/, /\b(startSession|beginSteps)\(/],
    [/^write (to flash|a text)/, /\bsaveSettings\(|\.store\.write\(|flash\.write\(/],
    [/^hold a condition/, /\bif \(|\bfunction\b|=>/],
    [/^set the chip's clock/, /\bsetTime\(/],
    [/^be edited by hand/, /^(?![\s\S]*npm run )/],
  ];

  test.each(KEPT)('keeps it, where its words are %s', (words, code) => {
    const bound = HEADED.filter((file) => prohibitions(file).some((said) => words.test(said)));
    expect(bound.length).toBeGreaterThan(0);
    expect(bound.filter((file) => code.test(textOf(file)))).toEqual([]);
  });

  test('says what it does before that, and has six lines at most', () => {
    const wrong = HEADED.filter((file) => {
      const lines = (textOf(file).split('*/')[0] ?? '').split('\n').length - 2;
      return headerOf(file).search(/must never/i) < 20 || lines > 6;
    });
    expect(wrong).toEqual([]);
  });
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
