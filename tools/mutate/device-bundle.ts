/**
 * Broken drivers on the virtual board: the board's tests bundle device code themselves, from here it comes with the switch in it.
 * The code runs in a scope of its own, and reaches the switch by way of a native of the board.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { ROOT } from '../build/project.ts';
import { SWITCH } from './mutants.ts';

/** The outer scope's `globalThis`. */
const OUTSIDE = 'digitalWrite.constructor("return globalThis")()';

/** What the tests get for `esbuild`; `hits` = tell which mutants are reached instead of choosing one. */
export interface DeviceBundler {
  readonly module: unknown;
  hits: boolean;
}

/** `instrumented`: text by file. */
export function createDeviceBundler(instrumented: ReadonlyMap<string, string>): DeviceBundler {
  const known = new Map<string, string>();
  const bundler: DeviceBundler = {
    hits: false,
    module: {
      ...esbuild,
      buildSync: (options: esbuild.BuildOptions) => {
        const key = JSON.stringify(options.stdin);
        let code = known.get(key);
        if (code === undefined) {
          code = fromCopy(options, instrumented);
          known.set(key, code);
        }
        const head = `const ${SWITCH} = ${OUTSIDE}.${SWITCH}, ${SWITCH}Hit = ${OUTSIDE}.${SWITCH}Hit;`;
        return { outputFiles: [{ text: head + (bundler.hits ? asHits(code) : code) }] };
      },
    },
  };
  return bundler;
}

/** The same code, told of instead of switched: no mutant lives, and each place says that it was reached. */
export function asHits(code: string): string {
  return code
    .replaceAll(new RegExp(`${SWITCH} === ([\\de]+)`, 'g'), `${SWITCH}Hit($1)`)
    .replaceAll(new RegExp(`${SWITCH} !== ([\\de]+)`, 'g'), `!${SWITCH}Hit($1)`);
}

/** Bundled from a copy of the project in which the targets are instrumented: a synchronous build takes no plugins. */
function fromCopy(options: esbuild.BuildOptions, instrumented: ReadonlyMap<string, string>): string {
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  const copy = mkdtempSync(join(ROOT, 'build', 'mutants-'));
  try {
    for (const layer of ['src', 'hal']) cpSync(join(ROOT, layer), join(copy, layer), { recursive: true });
    for (const [file, text] of instrumented) writeFileSync(join(copy, file), text);
    mkdirSync(join(copy, 'test', 'board'), { recursive: true });
    const stdin = { ...(options.stdin as esbuild.StdinOptions), resolveDir: join(copy, 'test', 'board') };
    const result = esbuild.buildSync({ ...options, stdin, write: false });
    return result.outputFiles[0]?.text ?? '';
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
