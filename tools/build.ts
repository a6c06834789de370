/** `npm run build`: one device image for a board and sensor choice, with its size against the budget, and the studio's page. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { lacksOf } from './build/board-checks.ts';
import { DialectError } from './build/device-source.ts';
import { buildImage, type Image } from './build/image.ts';
import { choices, ROOT, referenceChoice, shortPath } from './build/project.ts';
import { sizeReport } from './build/size-report.ts';

const command = new Command('npm run build --')
  .description('Build the device image: one file for a board and a sensor.')
  .option('--board <name>', `board: ${choices('boards').join(', ')}`, referenceChoice('boards'))
  .option('--sensor <name>', `pressure sensor: ${choices('sensors').join(', ')}`, referenceChoice('sensors'))
  .option('--dev', 'keep the console of the board (never for wearing)', false)
  .option('--out <dir>', 'folder to write to', join(ROOT, 'build'))
  .option('--studio', "make the studio's page too, in the folder studio", false)
  .option('--quiet', 'print nothing but errors', false)
  .parse();

const options = command.opts<{
  board: string;
  sensor: string;
  dev: boolean;
  out: string;
  studio: boolean;
  quiet: boolean;
}>();

/** The page; its tools are loaded only when it is asked for, so that an image alone is made at once. */
async function writePage(): Promise<string> {
  const folder = join(resolve(options.out), 'studio');
  const { buildOneFile, buildPage } = await import('./studio/build-page.ts');
  await buildPage(folder);
  await buildOneFile(folder);
  return folder;
}

function writeImage(image: Image): string {
  const folder = resolve(options.out);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `cuffloop-${image.board}-${image.sensor}${image.dev ? '-dev' : ''}.js`);
  writeFileSync(file, image.code);
  return file;
}

try {
  const image = await buildImage(options);
  const file = writeImage(image);
  const report = sizeReport(image);
  const lacks = lacksOf(image.board);
  if (lacks !== '') console.error(`build: ${image.board} has ${lacks}`);
  if (!options.quiet) console.log(`${report.text}\n\nwrote ${shortPath(file)}`);
  const page = options.studio ? await writePage() : null;
  if (page !== null && !options.quiet) console.log(`wrote ${shortPath(page)}`);
  if (report.over) {
    console.error(`build: ${report.problem}`);
    process.exitCode = 1;
  }
} catch (error) {
  const known = error instanceof DialectError || error instanceof Error;
  console.error(`build: ${known ? error.message : String(error)}`);
  process.exitCode = 1;
}
