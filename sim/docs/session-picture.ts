/** The picture at the top of the README: the default session, by the very command that stands under it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../tools/build/project.ts';

export function sessionSvg(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cuffloop-picture-'));
  const file = join(folder, 'session.svg');
  try {
    const args = [join(ROOT, 'sim/start.js'), 'run', '--level', 'core', '--quiet', '--svg', file];
    execFileSync(process.execPath, args, { cwd: ROOT });
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
