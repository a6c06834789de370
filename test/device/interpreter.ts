import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The interpreter named by `$ESPRUINO`, or undefined with one plain line saying so. */
export function interpreter(part: string): string | undefined {
  const binary = process.env['ESPRUINO'];
  if (binary !== undefined && binary !== '') return binary;
  console.log(`skipped: ${part} (set ESPRUINO to a Linux build of Espruino to run it)`);
  return undefined;
}

const MARK = '=>';

/**
 * What the interpreter makes of each program: `String()` of its completion value, or `failed` when it threw,
 * hung or died. Throws when the interpreter itself does not run.
 */
export function evaluateThere(binary: string, programs: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'cuffloop-dialect-'));
  try {
    const probe = evaluateSome(binary, folder, ['1+1'])[0];
    if (probe !== '2') throw new Error(`${binary} does not evaluate 1+1: is it a Linux build of Espruino?`);
    const results: string[] = [];
    while (results.length < programs.length) {
      const some = evaluateSome(binary, folder, programs.slice(results.length));
      results.push(...some);
      // some errors there cannot be caught and end the whole run: that program failed, the next run goes on after it
      if (results.length < programs.length) results.push('failed');
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Results in order, as far as one run of the interpreter came. */
function evaluateSome(binary: string, folder: string, programs: readonly string[]): string[] {
  const file = join(folder, 'programs.js');
  const calls = programs.map((program) => `one(${JSON.stringify(program)});`).join('\n');
  const one = `function one(s){var r="failed";try{r=String(eval(s))}catch(e){}print("${MARK}"+r)}`;
  writeFileSync(file, `${one}\n${calls}\n`);
  const run = spawnSync(binary, [file], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 5000,
    killSignal: 'SIGKILL',
  });
  return (run.stdout ?? '')
    .split(/\r?\n/)
    .filter((text) => text.startsWith(MARK))
    .map((text) => text.slice(MARK.length));
}
