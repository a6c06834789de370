/** The command line of `npm run mutate`. It must end badly before anything is broken, not after an hour. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { onlyOnce } from '../input/once.ts';
import { GROUPS } from './groups.ts';

const MOST_JOBS = 64;

export interface MutateOptions {
  /** Only files whose path holds this text; empty = all. */
  readonly only: string;
  /** Only this group; undefined = all. */
  readonly group?: string;
  /** Processes side by side. */
  readonly jobs: number;
  /** Where the figures are written besides. */
  readonly json?: string;
}

function jobsOption(text: string): number {
  const jobs = Number(text);
  if (!/^\d{1,2}$/.test(text) || jobs < 1 || jobs > MOST_JOBS)
    throw new InvalidArgumentError(`Allowed are whole numbers 1..${MOST_JOBS}.`);
  return jobs;
}

function fileOption(path: string): string {
  if (existsSync(dirname(path))) return path;
  throw new InvalidArgumentError(`There is no folder ${dirname(path)}.`);
}

export function mutateCommand(): Command {
  const command = new Command('npm run mutate --')
    .description(
      'Break the code in every small way, one place at a time, and run the tests of its group on each: they must notice.',
    )
    .option('--only <text>', 'only files whose path holds this text', '')
    .addOption(new Option('--group <name>', 'only this group').choices(GROUPS.map((group) => group.name)))
    .option('--jobs <n>', 'processes side by side', jobsOption, availableParallelism())
    .option('--json <file>', 'write the figures and what survives to this file', fileOption)
    .addHelpText(
      'after',
      '\nExit code 1: something survives, or a reason in tools/mutate/equivalent.ts has no need.',
    )
    .exitOverride()
    .showSuggestionAfterError();
  return onlyOnce(command);
}

/** What `command` was told by `argv`, as of a process. Throws CommanderError where it ends here: help, or a wrong option. */
export function readOptions(command: Command, argv: readonly string[]): MutateOptions {
  const options = command.parse(argv).opts<MutateOptions>();
  const groups = GROUPS.filter((group) => options.group === undefined || group.name === options.group);
  if (!groups.some((group) => group.targets.some((file) => file.includes(options.only))))
    command.error(
      `error: option '--only <text>' argument '${options.only}' is in no path of ${options.group ?? 'any group'}`,
    );
  return options;
}
