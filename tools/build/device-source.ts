/** Bundles device code and refuses what the interpreter cannot run. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { transform } from 'esbuild';
import type { Plugin } from 'rollup';
import { checkAscii, checkDialect } from '../dialect/check.ts';
import { explain, type Finding } from '../dialect/finding.ts';
import { chosenFile, ROOT, shortPath } from './project.ts';

/** Raised when device code steps out of the dialect; every refusal is a line of the message. */
export class DialectError extends Error {
  readonly refusals: readonly string[];

  constructor(refusals: readonly string[]) {
    super(`the device cannot run this (${refusals.length} refused):\n  ${refusals.join('\n  ')}`);
    this.name = 'DialectError';
    this.refusals = refusals;
  }
}

export interface DeviceChoice {
  board: string;
  sensor: string;
  /** Folder with `src` and `hal`. */
  root: string;
}

/** Types removed, nothing else changed; `define` names become the given literals. */
export async function stripTypes(
  file: string,
  source: string,
  define: Record<string, string>,
): Promise<{ code: string; map: string }> {
  return await transform(source, {
    loader: 'ts',
    target: 'es2022',
    sourcefile: file,
    sourcemap: true,
    define,
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true } },
  });
}

/** Refusals in one source file, with the line and column of the TypeScript. */
export function checkSource(file: string, source: string, stripped: { code: string; map: string }): string[] {
  const map = new TraceMap(stripped.map);
  const findings = checkDialect(stripped.code, 'module').filter((f) => f.rule !== 'non-ascii');
  const placed = findings.map((f): Finding => {
    const at = originalPositionFor(map, { line: f.line, column: f.column });
    return { ...f, line: at.line ?? f.line, column: at.column ?? f.column };
  });
  return [...checkAscii(source), ...placed].map((f) => explain(shortPath(file), f));
}

/** Feeds rollup with stripped and checked device files; collects refusals instead of stopping at the first. */
export function deviceSources(
  choice: DeviceChoice,
  define: Record<string, string>,
  refusals: string[],
): Plugin {
  const chosen = new Map([
    [join(choice.root, 'hal/boards/selected.ts'), chosenFile('boards', choice.board, choice.root)],
    [join(choice.root, 'hal/sensors/selected.ts'), chosenFile('sensors', choice.sensor, choice.root)],
  ]);
  return {
    name: 'device-sources',
    resolveId(source, importer) {
      const path = resolve(importer === undefined ? ROOT : dirname(importer), source);
      const file = chosen.get(path) ?? path;
      if (!existsSync(file))
        this.error(`${shortPath(importer ?? '')} imports ${source}, which does not exist`);
      return file;
    },
    async load(file) {
      const source = readFileSync(file, 'utf8');
      const stripped = await stripTypes(file, source, define);
      refusals.push(...checkSource(file, source, stripped));
      return stripped;
    },
  };
}
