/** What the studio's page is made of, followed through all its imports: nothing of Node, no part of the command line. */
import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROOT, sourceFiles } from './sources.ts';

interface Import {
  readonly from: string;
  readonly path: string;
}

let files: string[] = [];
let outside: Import[] = [];

/** The page itself, and each worker: those are started by address and not imported. */
const ENTRIES = sourceFiles().filter((file) => /^sim\/studio\/(main\.tsx|.*worker\.ts)$/.test(file));

beforeAll(async () => {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES,
    bundle: true,
    write: false,
    outdir: 'build/unwritten',
    metafile: true,
    format: 'esm',
    platform: 'browser',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    external: ['node:*'],
    plugins: [
      { name: 'vite', setup: (b) => b.onResolve({ filter: /\?/ }, ({ path }) => ({ path, external: true })) },
    ],
  });
  files = Object.keys(metafile.inputs);
  outside = Object.entries(metafile.inputs).flatMap(([from, { imports }]) =>
    imports.filter((i) => i.external).map(({ path }) => ({ from, path })),
  );
});

describe("the studio's page", () => {
  test('is made of its screens', () => {
    expect(files.filter((file) => file.endsWith('/screen.tsx')).length).toBeGreaterThanOrEqual(5);
  });

  test('names no module of Node, however far its imports reach', () => {
    expect(outside.filter(({ path }) => !path.includes('?'))).toEqual([]);
  });

  test('takes no part of the command line', () => {
    expect(files.filter((file) => /^(sim\/cli|sim\/bench|sim\/docs|test)\//.test(file))).toEqual([]);
  });
});
