/** Which interpreter to use: the one that `$ESPRUINO` names. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const HOW_TO_GET_ONE =
  "Build Espruino's Linux target as its README_Building.md says (git clone https://github.com/espruino/Espruino, then BOARD=LINUX make)\n" +
  'and set ESPRUINO=path/to/bin/espruino.';

export interface Interpreter {
  readonly path: string;
  readonly version: string;
}

/** The interpreter, or undefined when `$ESPRUINO` is not set. Throws when it is set to something that does not run. */
export function findInterpreter(env: NodeJS.ProcessEnv = process.env): Interpreter | undefined {
  const named = env['ESPRUINO'];
  if (named === undefined || named === '') return undefined;
  const path = resolve(named);
  if (!existsSync(path)) throw new Error(`ESPRUINO names ${path}, which does not exist.\n${HOW_TO_GET_ONE}`);
  return { path, version: askVersion(path) };
}

function askVersion(path: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cuffloop-version-'));
  try {
    writeFileSync(join(folder, 'version.js'), 'print("version="+process.version);');
    const run = spawnSync('timeout', ['-s', 'KILL', '10', path, 'version.js'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'latin1',
    });
    const version = /version=(\S+)/.exec(run.stdout ?? '')?.[1];
    if (run.status === 0 && version !== undefined) return version;
    const said = `${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}`.trim().slice(-200);
    throw new Error(
      `ESPRUINO names ${path}, which does not run as an Espruino (exit ${run.status ?? run.signal}): ${said}\n${HOW_TO_GET_ONE}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
