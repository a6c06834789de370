/** The pages that people read, as text, and what they show. Walks the tree; knows nothing of what a command does. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../structure/sources.ts';

const FOLDERS = ['docs', 'src', 'hal', 'sim', 'tools', 'test'];

function below(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : below(path);
    return path.endsWith('.md') ? [path] : [];
  });
}

/** Every page, as a path from the root. */
export function pages(): string[] {
  const top = readdirSync(ROOT).filter((name) => name.endsWith('.md'));
  return [...top, ...FOLDERS.flatMap(below)].sort();
}

export function pageText(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** The page without its fenced blocks. */
export function prose(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, '');
}

const FENCE = /^```(?:sh|bash|)\n([\s\S]*?)^```$/gm;
const STARTS = String.raw`(?:[A-Z]+=\S+ )?(?:npm|npx|node|\./flash\.sh|sha256sum)(?= |$)`;

/** Commands of a page: lines of shell blocks and inline code, without remarks, each of a chain by itself. */
export function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(FENCE)].flatMap((m) => (m[1] ?? '').split('\n'));
  const inline = [...prose(text).matchAll(/`([^`]+)`/g)].map((m) => (m[1] ?? '').replace(/\s+/g, ' '));
  return [...blocks, ...inline]
    .map((line) => line.replace(/\s+#.*$/, ''))
    .flatMap((line) => line.split(' && '))
    .map((line) => line.trim())
    .filter((line) => new RegExp(`^${STARTS}`).test(line) && line !== 'npm');
}
