/** Where the project is, its version, and paths as people see them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of `package.json`, with no separator at its end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Path from the project's root with forward slashes, as shown to people. */
export function shortPath(path: string): string {
  return relative(ROOT, path).split(sep).join('/');
}

/** The one version number of the project. */
export function projectVersion(): string {
  const text = readFileSync(join(ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

export type Choice = 'boards' | 'sensors';

/** What a file in `hal/boards` or `hal/sensors` has to export to be a choice. */
const EXPORTED: Record<Choice, RegExp> = {
  boards: /^export function board\b/m,
  sensors: /^export (?:const|function) openSensor\b/m,
};

/** The names that `--board` or `--sensor` take, in the tree at `root`. */
export function choices(kind: Choice, root = ROOT): string[] {
  const folder = join(root, 'hal', kind);
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && name !== 'selected.ts')
    .filter((name) => EXPORTED[kind].test(readFileSync(join(folder, name), 'utf8')))
    .map((name) => name.slice(0, -3));
  return [...new Set([referenceChoice(kind, root), ...names])].sort();
}

/** The part that `selected.ts` stands for as it is, which is that of the reference build. */
export function referenceChoice(kind: Choice, root = ROOT): string {
  const text = readFileSync(join(root, 'hal', kind, 'selected.ts'), 'utf8');
  const name = /^(?:import|export) \{[^}]*\} from '\.\/([\w-]+)\.ts'/m.exec(text)?.[1];
  if (name === undefined) throw new Error(`hal/${kind}/selected.ts names no file of its folder`);
  return name;
}

/** The file to use in place of `selected.ts`. */
export function chosenFile(kind: Choice, name: string, root = ROOT): string {
  return join(root, 'hal', kind, name === referenceChoice(kind, root) ? 'selected.ts' : `${name}.ts`);
}
