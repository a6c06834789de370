/** `npm run release`: the images for every board and sensor, with checksums and a manifest. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { ROOT, shortPath } from './build/project.ts';
import { makeRelease } from './release/make-release.ts';

const command = new Command('npm run release --')
  .description('Build the images for every supported board and sensor, with checksums and a manifest.')
  .option('--out <dir>', 'folder to write to', join(ROOT, 'build/release'))
  .parse();

const folder = resolve(command.opts<{ out: string }>().out);
try {
  const release = await makeRelease({}, (text) => console.log(text));
  mkdirSync(folder, { recursive: true });
  for (const [name, data] of release.files) writeFileSync(join(folder, name), data);
  console.log(
    `\nwrote version ${release.manifest.version}, ${release.files.size} files, to ${shortPath(folder)}`,
  );
  console.log('Check them with: sha256sum -c SHA256SUMS. Flash them with: ./flash.sh --from <folder>');
} catch (error) {
  console.error(`release: ${(error as Error).message}`);
  process.exitCode = 1;
}
