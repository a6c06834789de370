import { execFileSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { type AnyNode, parse } from 'acorn';
import { transformSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { walk } from '../../tools/dialect/walk.ts';
import { type Import, importsOf, LAYERS, ROOT, sourceFiles, textOf } from './sources.ts';

const FILES = sourceFiles();
const DEVICE_FILES = FILES.filter((file) => /^(src|hal)\//.test(file));

const TOP_LEVEL = new Set(
  `.ci .editorconfig .github .gitignore .node-version .npmrc CHANGELOG.md CONTRIBUTING.md LICENSE README.md
   biome.json docs flash.sh hal package-lock.json package.json sim src test tools
   tsconfig.json vitest.config.ts`.split(/\s+/),
);

/**
 * A slice of these records is declared beside the rules that own it, and the owner takes the whole record as `Readonly`: by their types
 * they and their owners know each other. Nothing else may.
 */
const COMPOSED: ReadonlySet<string> = new Set([
  'src/control/state.ts',
  'src/safety/state.ts',
  'src/safety/air-balance.ts',
]);

const MOST_LINES = 300;

/** What is in the root and under version control; an editor's or a run's own folders are not. Empty where git knows nothing of it. */
function keptAtTop(): string[] {
  try {
    const listed = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' });
    const names = listed.split('\0').filter((path) => path !== '');
    return [...new Set(names.map((path) => path.split('/')[0] ?? ''))];
  } catch {
    return [];
  }
}

function layerOf(file: string): number {
  return LAYERS.findIndex((layer) => file.startsWith(`${layer}/`));
}

describe('the layers', () => {
  test('have been walked', () => {
    expect(FILES.length).toBeGreaterThan(20);
    expect(FILES.flatMap((file) => importsOf(file)).length).toBeGreaterThan(FILES.length / 2);
  });

  test('import only from themselves and from the layers to their left', () => {
    const wrong = FILES.flatMap((file) =>
      importsOf(file)
        .filter((i) => i.isPath && layerOf(i.target) > layerOf(file))
        .filter((i) => !(file === 'src/main.ts' && i.target.startsWith('hal/')))
        .map((i) => `${file} imports ${i.target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('reach nothing outside of them but package.json', () => {
    const wrong = FILES.flatMap((file) =>
      importsOf(file)
        .filter((i) => i.isPath && layerOf(i.target) < 0 && i.target !== 'package.json')
        .map((i) => `${file} imports ${i.target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('on the device know neither Node nor packages', () => {
    const wrong = DEVICE_FILES.flatMap((file) =>
      importsOf(file)
        .filter((i) => !i.isPath)
        .map((i) => `${file} imports ${i.target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('on the device cast nothing past the type checker', () => {
    const casts = DEVICE_FILES.filter((file) => /\bas\s+unknown\s+as\b/.test(textOf(file)));
    expect(casts).toEqual([]);
  });

  test('have no import cycles at run time', () => {
    expect(cycles((_file, i) => !i.typeOnly)).toEqual([]);
  });

  test('have none by types either, but for the records that are put together from slices', () => {
    expect(cycles((file) => !COMPOSED.has(file))).toEqual([]);
  });

  test.each([...COMPOSED])('%s is put together from what the files beside it own', (file) => {
    const beside = importsOf(file).filter((i) => dirname(i.target) === dirname(file));
    expect(beside.length).toBeGreaterThan(5);
    expect(cycles((from) => !COMPOSED.has(from) || from === file)).not.toEqual([]);
  });
});

describe('the files', () => {
  test.skipIf(keptAtTop().length === 0)('at the top are the expected ones', () => {
    expect(keptAtTop().filter((name) => !TOP_LEVEL.has(name))).toEqual([]);
  });

  test(`have at most ${MOST_LINES} lines`, () => {
    const long = FILES.filter((file) => !file.startsWith('test/') && !file.endsWith('.d.ts'))
      .map((file) => ({ file, lines: textOf(file).split('\n').length - 1 }))
      .filter(({ lines }) => lines > MOST_LINES)
      .map(({ file, lines }) => `${file}: ${lines} lines`);
    expect(long).toEqual([]);
  });

  test('have kebab-case names that say what they are', () => {
    const odd = FILES.filter(
      (file) => !/^([a-z0-9]+-)*[a-z0-9]+(\.(test|check|config|worker|d))?\.tsx?$/.test(basename(file)),
    );
    const vague = FILES.filter((file) => /(^|\/)(index|utils?|helpers?|misc|common)(\.ts|\/)/.test(file));
    expect([...odd, ...vague]).toEqual([]);
  });

  test('name every import with its ending', () => {
    const wrong = FILES.flatMap((file) =>
      importsOf(file)
        .filter((i) => i.isPath && !/\.(tsx?|json|css)$/.test(i.target))
        .map((i) => `${file} imports ${i.target}`),
    );
    expect(wrong).toEqual([]);
  });
});

/** Cycles of the imports that `counts` lets count, each once, as `a -> b -> a`. */
function cycles(counts: (file: string, i: Import) => boolean): string[] {
  const targets = new Map(
    FILES.map((file) => [
      file,
      importsOf(file)
        .filter((i) => i.isPath && counts(file, i))
        .map((i) => i.target),
    ]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  function visit(file: string, path: readonly string[]): void {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  }
  for (const file of FILES) visit(file, []);
  return found;
}

/** Lines in functions of a device file that are comments. Lists and interfaces may have some. */
function commentsInFunctions(file: string): string[] {
  let inFunction = false;
  return textOf(file)
    .split('\n')
    .filter((line) => {
      if (/^(export )?(async )?(function|class)\b/.test(line)) inFunction = true;
      else if (/^(export )?(const|interface|type|let)\b/.test(line)) inFunction = line.includes('=>');
      return inFunction && /^\s+\/\//.test(line);
    })
    .map((line) => `${file}: ${line.trim()}`);
}

/** Calls in a source file that hand a bare `true` or `false` to one of its own or an imported function: what it means can be read nowhere. */
function bareAnswers(source: string): string[] {
  const { code } = transformSync(source, { loader: 'ts', target: 'es2022' });
  const found: string[] = [];
  walk(parse(code, { ecmaVersion: 2024, sourceType: 'module' }) as AnyNode, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return;
    if (node.arguments.some((a) => a.type === 'Literal' && typeof a.value === 'boolean'))
      found.push(code.slice(node.start, node.end));
  });
  return found;
}

test('the core hands nobody a bare true or false', () => {
  expect(bareAnswers('step(session, false); on(x, y === 1); o.set(true);')).toEqual(['step(session, false)']);
  expect(
    DEVICE_FILES.filter((file) => file.startsWith('src/')).flatMap((f) => bareAnswers(textOf(f))),
  ).toEqual([]);
});

test('device code has its comments above functions: what stands inside is read in every tick', () => {
  expect(DEVICE_FILES.flatMap(commentsInFunctions)).toEqual([]);
});

test('within a layer of src/ a constant has one value: no two files give one name to two', () => {
  const values = new Map<string, Set<string>>();
  for (const file of DEVICE_FILES)
    for (const [, name, value] of textOf(file).matchAll(
      /^(?:export )?const ([A-Z][A-Z0-9_]+) = ([^;[]+);/gm,
    )) {
      const key = `${file.split('/').slice(0, 2).join('/')} ${name}`;
      values.set(key, (values.get(key) ?? new Set()).add(value ?? ''));
    }
  expect(values.size).toBeGreaterThan(300);
  const two = [...values].filter(([key, all]) => key.startsWith('src/') && all.size > 1).map(([key]) => key);
  expect(two).toEqual([]);
});

describe('JSON from outside', () => {
  /** What reads its own, or a board's answers: no file that a person hands in. */
  const OWN =
    /^(tools\/input\/json|tools\/build\/project|tools\/board\/conversation|tools\/mutate\/|sim\/board\/surface|sim\/report\/page\/|sim\/output\/version|sim\/interpreter\/remote|sim\/bench\/)/;

  test('is read by tools/input/json.ts and by nothing else', () => {
    const others = FILES.filter((file) => /^(tools|sim)\//.test(file) && !OWN.test(file));
    expect(others.length).toBeGreaterThan(100);
    expect(others.filter((file) => textOf(file).includes('JSON.parse('))).toEqual([]);
  });
});
