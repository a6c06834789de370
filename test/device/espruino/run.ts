/**
 * `npm run test:espruino`: the shipped image in a real interpreter. Without `$ESPRUINO` it says so and how to get one; with one that
 * does not run it fails. Ends with the figures that the runs have found.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findInterpreter, HOW_TO_GET_ONE } from '../../../sim/interpreter/binary.ts';
import { FIGURES } from './figures.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

function runAll(): number {
  const interpreter = findInterpreter();
  if (interpreter === undefined) {
    console.log(`test:espruino skipped: ESPRUINO is not set.\n${HOW_TO_GET_ONE}`);
    return 0;
  }
  console.log(`interpreter: Espruino ${interpreter.version}, ${interpreter.path}`);
  const folder = mkdtempSync(join(tmpdir(), 'cuffloop-figures-'));
  const figures = join(folder, 'figures');
  writeFileSync(figures, '');
  try {
    const args = [
      'vitest',
      'run',
      '--config',
      'test/device/espruino/vitest.config.ts',
      ...process.argv.slice(2),
    ];
    const run = spawnSync('npx', ['--no-install', ...args], {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, [FIGURES]: figures },
    });
    console.log(`\nFigures\n${readFileSync(figures, 'utf8')}`);
    return run.status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = runAll();
} catch (error) {
  console.error(`test:espruino: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
