/**
 * Images that were built before, kept by the sum of everything that goes into one: a build takes seconds, and a test run wants the same image
 * in many places and in several processes at once: one builds, the others wait for it. Must never hand out an image of other sources, or one
 * that is damaged: the key covers every file that a build reads and its options, and the text has a sum of its own.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { ROOT } from './project.ts';

/** What a build reads: the firmware, the build itself and, by the lock, the packages that it calls. */
const SOURCES = ['src', 'hal', 'tools', 'package.json', 'package-lock.json'];
/** Where the sources are, and where images are kept. */
const PLACE = { root: ROOT, folder: join(ROOT, 'node_modules/.cache/cuffloop') };
/** Images kept, about 130 kB each; those that were used longest ago go first. */
const MOST_KEPT = 60;
/** Longer than a build takes on a busy computer: a lock that is older was left by a process that is gone, ms. */
const STALE_MS = 60_000;
const LOOK_MS = 50;
/** Node's own, as it was at the start: a test may have put another in its place while an image is built. */
const realTimeout = setTimeout;

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const SUM_LENGTH = sha256('').length;

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => filesIn(join(path, name)));
}

/** The sum of all files that `names` in `root` hold, by name and content. */
export function sumOfSources(root: string, names: readonly string[]): string {
  const sum = createHash('sha256');
  for (const file of names.flatMap((name) => filesIn(join(root, name)))) {
    const content = readFileSync(file);
    sum.update(`${file.slice(root.length)}\0${content.length}\0`).update(content);
  }
  return sum.digest('hex');
}

/** True when the caller is the one to build. A `lock` older than `staleMs` was left by a process that is gone, and is taken away. */
export function takeLock(lock: string, staleMs: number): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (since !== undefined && Date.now() - since > staleMs) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

/** What of a build's options says where its sources are; all of them are in the key. */
interface Sources {
  readonly root?: string;
  readonly entry?: string;
}

/** What was kept, if it is there and whole: it is what `keep` was given under this path. */
function read<Image>(path: string): Image | undefined {
  if (!existsSync(path)) return undefined;
  const file = readFileSync(path);
  const body = file.subarray(SUM_LENGTH);
  if (sha256(body) !== file.toString('latin1', 0, SUM_LENGTH)) return undefined;
  utimesSync(path, new Date(), new Date());
  try {
    return deserialize(body) as Image;
  } catch {
    // written by a newer Node
    return undefined;
  }
}

function keep(folder: string, path: string, image: unknown): void {
  const body = serialize(image);
  // in one step: others may be reading it
  writeFileSync(`${path}.${process.pid}`, Buffer.concat([Buffer.from(sha256(body)), body]));
  renameSync(`${path}.${process.pid}`, path);
  const kept = readdirSync(folder)
    .filter((name) => !name.endsWith('.lock'))
    .map((name) => join(folder, name));
  const oldest = kept.map((file) => ({ file, at: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }));
  for (const { file } of oldest.toSorted((a, b) => b.at - a.at).slice(MOST_KEPT))
    rmSync(file, { force: true });
}

/**
 * The image for `options` as it was kept in `place`, or else made by `make` and kept. One whose sources are not the project's own (`root`, or
 * an `entry` outside `hal`) is always made.
 */
export async function keptImage<Image>(
  options: Sources,
  make: () => Promise<Image>,
  place = PLACE,
): Promise<Image> {
  const entries = join(ROOT, 'hal');
  if (options.root !== undefined || !(options.entry ?? entries).startsWith(entries)) return await make();
  const key = sha256(
    process.versions.v8 + sumOfSources(place.root, SOURCES) + JSON.stringify(Object.entries(options).sort()),
  );
  const path = join(place.folder, `image-${key}`);
  mkdirSync(place.folder, { recursive: true });
  const lock = `${path}.lock`;
  for (;;) {
    const before = read<Image>(path);
    if (before !== undefined) return before;
    if (takeLock(lock, STALE_MS)) break;
    await new Promise((resolve) => realTimeout(resolve, LOOK_MS));
  }
  try {
    const image = await make();
    keep(place.folder, path, image);
    return image;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
