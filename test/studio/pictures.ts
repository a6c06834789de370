/**
 * `npm run docs:screens`: the screenshots of README and docs, taken by the browser tests, each while its screen is being looked at. It runs those tests:
 * what they find wrong is not pictured.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../tools/build/project.ts';
import { SHOWN } from './shown-pictures.ts';

const TESTS = ['screens', 'tune', 'logs', 'cuff.test'].map((name) => `test/studio/${name}`);

const folder = mkdtempSync(join(tmpdir(), 'cuffloop-pictures-'));
try {
  const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...TESTS], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, CUFFLOOP_PICTURES: folder, CI: 'true' },
  });
  if (status !== 0) throw new Error('the tests that take the pictures have failed: nothing was replaced');
  for (const [name, look] of Object.entries(SHOWN))
    copyFileSync(join(folder, `${look}.png`), join(ROOT, 'docs', 'img', `${name}.png`));
} finally {
  rmSync(folder, { recursive: true });
}
