import type { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { type MutateOptions, mutateCommand, readOptions } from '../../tools/mutate/options.ts';

const EXIT_GOOD = 0;

/** What the command line says, or how it ends: what it printed, and true when that is help. */
function told(...words: string[]): MutateOptions | { text: string; help: boolean } {
  let text = '';
  const write = (more: string): void => {
    text += more;
  };
  const command = mutateCommand().configureOutput({ writeOut: write, writeErr: write });
  try {
    return readOptions(command, ['node', 'mutate', ...words]);
  } catch (error) {
    return { text, help: (error as CommanderError).exitCode === EXIT_GOOD };
  }
}

describe('npm run mutate', () => {
  it('takes its options with a space or an equals sign', () => {
    const options = { only: 'gate.ts', group: 'rules', jobs: 2, json: 'figures.json' };
    expect(told('--only=gate.ts', '--group=rules', '--jobs=2', '--json=figures.json')).toEqual(options);
    const words = ['--only', 'gate.ts', '--group', 'rules', '--jobs', '2', '--json', 'figures.json'];
    expect(told(...words)).toEqual(options);
  });
  it('breaks everything when it is told nothing, in all processes that there are', () => {
    const options = told() as MutateOptions;
    expect([options.only, options.group, options.json]).toEqual(['', undefined, undefined]);
    expect(options.jobs).toBeGreaterThan(0);
  });
  it.each(['--help', '-h'])('shows its help and runs nothing: %s', (word) => {
    const { text, help } = told(word) as { text: string; help: boolean };
    expect(help).toBe(true);
    for (const option of ['--only', '--group', '--jobs', '--json', 'rules', 'wearer'])
      expect(text).toContain(option);
  });
  it.each<[string, string[], RegExp]>([
    ['an option that is not there', ['--onyl', 'gate.ts'], /unknown option '--onyl'\n.*Did you mean --only/],
    ['a word without an option', ['gate.ts'], /too many arguments/],
    ['a group that is not there', ['--group=rule'], /'rule' is invalid\. Allowed choices are rules, limits/],
    ['no processes', ['--jobs=0'], /'0' is invalid\. Allowed are whole numbers 1\.\.64/],
    ['processes that are no number', ['--jobs=two'], /'two' is invalid/],
    ['half a process', ['--jobs=1.5'], /'1\.5' is invalid/],
    ['a file that is broken by no group', ['--only=nowhere.ts'], /'nowhere\.ts' is in no path of any group/],
    ['a file of another group', ['--only=gate.ts', '--group=record'], /'gate\.ts' is in no path of record/],
    ['figures to a folder that is not there', ['--json=nowhere/x.json'], /There is no folder nowhere/],
    ['an option twice', ['--jobs=1', '--jobs=2'], /'--jobs <n>' is there twice/],
    ['an option without its value', ['--only'], /argument missing/],
  ])('refuses %s and says so', (_what, words, says) => {
    const { text, help } = told(...words) as { text: string; help: boolean };
    expect(help).toBe(false);
    expect(text).toMatch(says);
  });
});
