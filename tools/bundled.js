/**
 * Starts a command line from a bundle, made anew whenever a source is newer: it starts in a fraction of a second, which a plant of
 * one's own that waits for its first answer needs. Plain JavaScript, because nothing has been compiled yet.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['src', 'hal', 'tools', 'sim', 'package.json'];
/** Bundles of older sources are kept this long: a run that still goes on may load parts of one. */
const KEEP_MS = 3_600_000;

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(path).map((name) => newest(join(path, name)));
  return Math.max(stat.mtimeMs, ...inside);
}

/** Each source keeps the address it had before it was bundled. */
const ownAddress = {
  name: 'own-address',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const { readFile } = await import('node:fs/promises');
      const text = await readFile(path, 'utf8');
      const address = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll('import.meta.url', address), loader: 'ts' };
    });
  },
};

async function bundle(entry, folder) {
  const { build } = await import('esbuild');
  const draft = `${folder}.${process.pid}`;
  await build({
    entryPoints: [join(ROOT, entry)],
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    outdir: draft,
    logLevel: 'error',
    plugins: [ownAddress],
  });
  try {
    renameSync(draft, folder);
  } catch (error) {
    // another process was faster with the same
    rmSync(draft, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

function tidy(bundles, current) {
  for (const name of readdirSync(bundles)) {
    const path = join(bundles, name);
    if (path === current) continue;
    // a draft of another process may have become its bundle in between
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > KEEP_MS)
      rmSync(path, { recursive: true, force: true });
  }
}

/** Bundle of `entry`, a path from the project's root; made anew when a source is newer. Gives the path of the file to import. */
export async function bundled(entry) {
  const bundles = join(ROOT, 'build/start', entry.replaceAll('/', '-').replace(/\.ts$/, ''));
  const stamp = Math.max(...SOURCES.map((name) => newest(join(ROOT, name))));
  const folder = join(bundles, String(Math.round(stamp)));
  if (!existsSync(folder)) {
    mkdirSync(bundles, { recursive: true });
    await bundle(entry, folder);
    tidy(bundles, folder);
  }
  return join(folder, `${basename(entry, '.ts')}.js`);
}

/** Runs `entry`, a path from the project's root, in this process. */
export async function start(entry) {
  await import(pathToFileURL(await bundled(entry)).href);
}
