/**
 * Exact instruction counts of pieces of a script in the interpreter: valgrind's callgrind writes its counter down each time the
 * interpreter enters the native function that stands for `E.getTemperature()`, which nothing else here calls.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Interpreter } from '../interpreter/binary.ts';

/** The call that separates pieces. */
export const MARK = 'E.getTemperature()';
const MARKED = 'jswrap_espruino_getTemperature';
const LIMIT_S = 1500;
const POLL_MS = 200;

export interface Counted {
  /** Instructions between one mark and the next, in order; what came before the first and after the last is left out. */
  readonly pieces: readonly number[];
  readonly printed: string;
}

/** Run `script` in file mode, with `files` beside it. Throws when it does not come to its end. */
export async function countPieces(
  interpreter: Interpreter,
  script: string,
  files: Readonly<Record<string, string>> = {},
): Promise<Counted> {
  const folder = mkdtempSync(join(tmpdir(), 'cuffloop-count-'));
  try {
    for (const [name, text] of Object.entries({ ...files, 'script.js': script }))
      writeFileSync(join(folder, name), text, 'latin1');
    return await run(interpreter, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function valgrindArguments(): string[] {
  return [
    '--tool=callgrind',
    `--dump-before=${MARKED}`,
    '--separate-threads=yes',
    '--dump-line=no',
    '--callgrind-out-file=count',
  ];
}

async function run(interpreter: Interpreter, folder: string): Promise<Counted> {
  const args = [
    '-s',
    'KILL',
    String(LIMIT_S),
    'valgrind',
    ...valgrindArguments(),
    interpreter.path,
    'script.js',
  ];
  const child = spawn('timeout', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString('latin1');
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString('latin1');
  });
  const counts = new Map<number, number>();
  const timer = setInterval(() => collect(folder, counts, false), POLL_MS);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(timer);
  collect(folder, counts, true);
  if (code !== 0 || printed.includes('Uncaught'))
    throw new Error(
      `counting: the script ended with ${code}: ${printed.slice(-500)} ${complaints.slice(-300)}`,
    );
  const pieces = [...counts].sort((a, b) => a[0] - b[0]).map(([, count]) => count);
  if (pieces.length === 0)
    throw new Error(
      `counting: no mark was seen; the interpreter needs its symbols (is ${interpreter.path} stripped?)`,
    );
  return { pieces: pieces.slice(1), printed };
}

/** Read what is whole and remove it; the newest file may still be written to. */
function collect(folder: string, counts: Map<number, number>, all: boolean): void {
  const numbers = readdirSync(folder)
    .map((name) => Number(/^count\.(\d+)-01$/.exec(name)?.[1] ?? Number.NaN))
    .filter((n) => n >= 1)
    .sort((a, b) => a - b);
  for (const n of all ? numbers : numbers.slice(0, -1)) {
    const file = join(folder, `count.${n}-01`);
    const total = /^(?:totals|summary): (\d+)/m.exec(readFileSync(file, 'latin1'))?.[1];
    if (total !== undefined) counts.set(n, Number(total));
    for (const thread of ['01', '02']) rmSync(join(folder, `count.${n}-${thread}`), { force: true });
  }
}

/** True where valgrind is installed. */
export function hasValgrind(): boolean {
  return (process.env['PATH'] ?? '')
    .split(':')
    .some((dir) => dir !== '' && existsSync(join(dir, 'valgrind')));
}
