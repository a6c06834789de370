/**
 * The built page of the tests, kept by the sum of everything that goes into it: a build takes a quarter of a minute, and each process that runs
 * tests wants the same one. Must never hand out a page of other sources, nor one that is half written.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sumOfSources, takeLock } from '../../tools/build/kept-images.ts';
import { ROOT } from '../../tools/build/project.ts';

const SOURCES = ['src', 'hal', 'sim', 'tools', 'package.json', 'package-lock.json'];
const FOLDER = join(ROOT, 'node_modules/.cache/cuffloop-page');
/** Pages kept; those that were used longest ago go first. */
const MOST_KEPT = 6;
/** A lock that is older was left by a process that is gone, ms. */
const STALE_MS = 170_000;
const LOOK_MS = 100;

function dropOld(): void {
  const pages = readdirSync(FOLDER)
    .filter((name) => !name.includes('.'))
    .map((name) => join(FOLDER, name))
    .map((path) => ({ path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }));
  for (const { path } of pages.toSorted((a, b) => b.at - a.at).slice(MOST_KEPT))
    rmSync(path, { recursive: true, force: true });
}

/** Folder of the page that `make` writes into a folder: the kept one, or else made and kept. Not to be written to. `form`: its name. */
export async function keptPage(form: string, make: (folder: string) => Promise<void>): Promise<string> {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${form}-${sumOfSources(ROOT, SOURCES)}`);
  const lock = `${path}.lock`;
  while (!existsSync(path)) {
    if (!takeLock(lock, STALE_MS)) {
      await wait(LOOK_MS);
      continue;
    }
    try {
      const scratch = `${path}.${process.pid}`;
      rmSync(scratch, { recursive: true, force: true });
      mkdirSync(scratch);
      await make(scratch);
      // in one step: whoever sees the name has the whole page
      renameSync(scratch, path);
      dropOld();
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  utimesSync(path, new Date(), new Date());
  return path;
}
