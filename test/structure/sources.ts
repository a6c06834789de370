import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Layers from left to right: each may import from itself and from those to its left. */
export const LAYERS = ['src', 'hal', 'tools', 'sim', 'test'] as const;

/** All TypeScript files below the layers, as paths from the root with forward slashes. */
export function sourceFiles(): string[] {
  return LAYERS.flatMap((layer) => filesBelow(join(ROOT, layer)))
    .map((path) => relative(ROOT, path).split(sep).join('/'))
    .filter((path) => /\.tsx?$/.test(path));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

export function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

export interface Import {
  /** A path from the root, or the bare name of a package or Node module. */
  target: string;
  isPath: boolean;
  typeOnly: boolean;
}

/** Static imports, re-exports and literal dynamic imports of a file. */
export function importsOf(file: string): Import[] {
  const pattern =
    /^\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...textOf(file).matchAll(pattern)].map((match) => {
    const specifier = match[2] ?? match[3] ?? match[4] ?? '';
    const isPath = specifier.startsWith('.');
    const target = isPath
      ? relative(ROOT, resolve(ROOT, dirname(file), specifier))
          .split(sep)
          .join('/')
      : specifier;
    return { target, isPath, typeOnly: match[1] !== undefined };
  });
}
