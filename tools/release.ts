/** `npm run release`: the images for every board and sensor, with checksums and a manifest, and the page that can flash them. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { ROOT, shortPath } from './build/project.ts';
import { makeRelease, type Release } from './release/make-release.ts';
import { SUMS } from './release/manifest.ts';
import { IMAGES, imagesFor, sumLines } from './release/page-files.ts';
import { buildOneFile, buildPage } from './studio/build-page.ts';

const command = new Command('npm run release --')
  .description(
    'Build the images for every supported board and sensor and the page that can flash them, with checksums and a manifest.',
  )
  .option('--out <dir>', 'folder to write to', join(ROOT, 'build/release'))
  .parse();

/** The page, with the images beside it; its files join the sums. */
async function addPage(release: Release): Promise<void> {
  const page = join(folder, 'studio');
  await buildPage(page);
  await buildOneFile(page);
  for (const [name, data] of imagesFor(release)) writeFileSync(join(page, IMAGES, name), data);
  appendFileSync(join(folder, SUMS), sumLines(page, folder));
}

const folder = resolve(command.opts<{ out: string }>().out);
try {
  const release = await makeRelease({}, (text) => console.log(text));
  mkdirSync(folder, { recursive: true });
  for (const [name, data] of release.files) writeFileSync(join(folder, name), data);
  await addPage(release);
  console.log(
    `\nwrote version ${release.manifest.version}, ${release.files.size} files and the page studio/, to ${shortPath(folder)}`,
  );
  console.log('Check them with: sha256sum -c SHA256SUMS. Flash them with: ./flash.sh --from <folder>');
} catch (error) {
  console.error(`release: ${(error as Error).message}`);
  process.exitCode = 1;
}
