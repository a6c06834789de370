/**
 * `npm run docs`: writes the documents that are made: pages from tables, pictures from simulated runs. A test asserts that they are
 * fresh. `npm run docs:pictures [-- NAME…]`: pictures only. docs/faults.md is made by `npm run bench:faults`, which takes long, and
 * the pictures of the page in a browser by `npm run docs:screens`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Command } from 'commander';
import { ROOT } from '../tools/build/project.ts';
import { MADE_PAGES, MADE_PICTURES, type MadeDoc } from './docs/made-docs.ts';

const NAMES = MADE_PICTURES.map(({ file }) => basename(file, '.svg'));

function kept(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function write({ file, make }: MadeDoc): void {
  const path = join(ROOT, file);
  const text = make();
  if (kept(path) === text) {
    console.log(`${file} is fresh`);
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`wrote ${file}`);
}

const command = new Command('npm run docs --')
  .description('Writes the documents that are made from tables and from simulated runs.')
  .argument('[picture...]', `pictures: ${NAMES.join(', ')}; all when none is named`)
  .option('--pages', 'pages only', false)
  .option('--pictures', 'pictures only', false)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();

const unknown = command.args.find((name) => !NAMES.includes(name));
if (unknown !== undefined) command.error(`error: no picture "${unknown}"; there are ${NAMES.join(', ')}`);
const only = command.opts<{ pages: boolean; pictures: boolean }>();
const pages = command.args.length === 0 && !only.pictures ? MADE_PAGES : [];
const pictures = MADE_PICTURES.filter(
  (_, i) => !only.pages && (command.args.length === 0 || command.args.includes(NAMES[i] ?? '')),
);
for (const doc of [...pages, ...pictures]) write(doc);
