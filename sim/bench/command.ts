/** What all `npm run bench:…` commands share: their common options, the progress bar and the file of figures. It runs no benchmark. */
import { writeFileSync } from 'node:fs';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { whole } from '../setup/numbers.ts';

export interface BenchOptions {
  /** The same seed gives the same figures. */
  readonly seed: number;
  readonly quick: boolean;
  readonly json?: string;
}

/** A command with `--seed`, `--quick` and `--json`; a wrong option ends it with exit code 2, before anything has run. */
export function benchCommand(name: string, description: string, standardSeed: number): Command {
  return new Command(`npm run bench:${name} --`)
    .description(description)
    .option('--seed <n>', 'the same seed gives the same figures', whole(0, 4_294_967_295), standardSeed)
    .option('--quick', 'less of everything, for a first look', false)
    .option('--json <file>', 'write every figure')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .showSuggestionAfterError();
}

/** Writes the figures where `--json` says; does nothing without it. */
export function writeFigures(file: string | undefined, figures: unknown): void {
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(figures, null, 1)}\n`);
}

/** A bar on standard error while `work` runs; silent when that is no terminal. `work` tells how many of `total` are done. */
export async function withBar<T>(
  total: number,
  what: string,
  work: (tell: (done: number) => void) => T | Promise<T>,
): Promise<T> {
  const format = `${what} {bar} {value}/{total}  {eta_formatted} left`;
  const bar = process.stderr.isTTY
    ? new SingleBar({ format, stream: process.stderr, hideCursor: true, clearOnComplete: true })
    : undefined;
  bar?.start(total, 0);
  try {
    return await work((done) => bar?.update(done));
  } finally {
    bar?.stop();
  }
}
