/**
 * Makes the studio's page, in two forms: plain files that any web server serves, with what keeps them for when there is no network; and one
 * file that opens without a server.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { build as bundle } from 'esbuild';
import { build } from 'vite';
import { projectVersion } from '../build/project.ts';
import { MANIFEST } from '../release/manifest.ts';
import { IMAGES } from '../release/page-files.ts';
import { oneFileConfig, PAGE_RULE, pageConfig, STUDIO_ROOT } from './page-config.ts';

/** Name of the page as one file, in the folder of the page. */
export const ONE_FILE = 'cuffloop-studio.html';

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `./${relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')}`)
    .sort();
}

/** A name for exactly these files. */
function buildName(folder: string, files: readonly string[]): string {
  const sum = createHash('sha256');
  for (const file of files) sum.update(file).update(readFileSync(join(folder, file)));
  return sum.digest('hex').slice(0, 12);
}

/** What keeps the page without a network knows all its files by name. */
async function writeKeeper(folder: string): Promise<void> {
  const files = filesOf(folder);
  const name = buildName(folder, files);
  writeFileSync(
    join(folder, 'version.json'),
    `${JSON.stringify({ version: projectVersion(), build: name })}\n`,
  );
  await bundle({
    entryPoints: [join(STUDIO_ROOT, 'offline', 'service-worker.ts')],
    outfile: join(folder, 'service-worker.js'),
    bundle: true,
    minify: true,
    target: 'es2022',
    define: {
      __BUILD__: JSON.stringify(name),
      __FILES__: JSON.stringify([...files, './version.json']),
    },
  });
}

/** The one file may run its own script and nothing else; it asks nobody for anything. */
function ruled(html: string): string {
  const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(
    (match) =>
      `'sha256-${createHash('sha256')
        .update(match[1] ?? '')
        .digest('base64')}'`,
  );
  const rule = `default-src 'none'; script-src ${scripts.join(' ')} blob:; worker-src blob: data:; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'`;
  return html.replace(PAGE_RULE, `$1"${rule}"`).replace(/<link rel="(icon|manifest)"[^>]*>/g, '');
}

/** Writes the page as one file beside the others. */
export async function buildOneFile(folder: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'cuffloop-one-file-'));
  try {
    await build(oneFileConfig(scratch));
    writeFileSync(join(folder, ONE_FILE), ruled(readFileSync(join(scratch, 'index.html'), 'utf8')));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Writes the page to `outDir`, which is emptied first. */
export async function buildPage(outDir: string): Promise<void> {
  await build(pageConfig(outDir));
  await writeKeeper(outDir);
  // a release puts its own in the place of this one; the page asks for it, and a missing file would be an error in its console
  mkdirSync(join(outDir, IMAGES), { recursive: true });
  writeFileSync(join(outDir, IMAGES, MANIFEST), '{}\n');
}
