/** Every command that a page shows runs, or the table says why not. A renamed script or option breaks the page, and this test says where. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importsOf, ROOT, textOf } from '../structure/sources.ts';
import { COMMANDS, type CommandRow } from './command-table.ts';
import { commandsOf, pages, pageText } from './pages.ts';

interface Shown {
  readonly page: string;
  readonly command: string;
}

interface Job {
  readonly entry: string;
  readonly args: readonly string[];
}

interface Ended {
  readonly code: number;
  readonly out: string;
}

const SCRIPTS = (
  JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
).scripts;

const SHOWN: readonly Shown[] = pages().flatMap((page) =>
  commandsOf(pageText(page)).map((command) => ({ page, command })),
);

function rowOf(command: string): CommandRow | undefined {
  return COMMANDS.find((row) => row.fits.test(command));
}

function named(how: CommandRow['how']): (Shown & { row: CommandRow })[] {
  return SHOWN.flatMap((shown) => {
    const row = rowOf(shown.command);
    return row?.how === how ? [{ ...shown, row }] : [];
  });
}

function flagsOf(command: string): string[] {
  return command.split(/[ =]/).filter((word) => /^--[a-z]/.test(word) && word !== '--import');
}

/** The file that a command starts and what it is given. */
function jobOf(command: string): Job {
  const words = command.split(' ').map((word) => word.replace('ROOT', ROOT));
  if (words[0] === './flash.sh') return { entry: 'tools/flash/flash.ts', args: words.slice(1) };
  if (words[0] === 'npx' && words[1] === 'tsx') return { entry: words[2] ?? '', args: words.slice(3) };
  if (words[0] === 'node') return { entry: words[3] ?? '', args: words.slice(4) };
  const name = words[1] === 'run' ? (words[2] ?? '') : (words[1] ?? '');
  const script = SCRIPTS[name] ?? '';
  const entry = script.startsWith('node sim/start.js')
    ? 'sim/cli.ts'
    : (/\S+\.ts(?= |$)/.exec(script)?.[0] ?? '');
  return { entry, args: words.slice(words.indexOf('--') < 0 ? words.length : words.indexOf('--') + 1) };
}

/** The command that asks for the help of a row. */
function helpOf(row: CommandRow): string {
  const command = row.as ?? '';
  return command.startsWith('npm ') && !command.includes(' -- ')
    ? `${command} -- --help`
    : `${command} --help`;
}

let folder = '';
const ended = new Map<string, Ended>();

/** All in one process, in the order of the pages' needs: what writes a file comes before what reads it. */
async function runAll(commands: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, 'test/docs/run-commands.js')], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '400' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stdin.end(JSON.stringify(commands.map(jobOf)));
  await new Promise((resolve) => child.on('close', resolve));
  const results = JSON.parse(out) as Ended[];
  for (const [i, command] of commands.entries()) ended.set(command, results[i] as Ended);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cuffloop-docs-'));
  writeFileSync(join(folder, 'my.json'), '{ "limb": 1, "lopMmHg": 190, "lopSource": 3, "maxMmHg": 150 }');
  const run = named('run').map(({ command, row }) => row.as ?? command);
  const help = named('help').map(({ row }) => helpOf(row));
  const makers = run.filter((command) => command.startsWith('npm run sim'));
  await runAll([...new Set([...makers, ...run, ...help])]);
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The source of a command line with everything that it imports. */
function sourceOf(entry: string, seen = new Set<string>()): string {
  if (seen.has(entry) || !entry.endsWith('.ts')) return '';
  seen.add(entry);
  const inside = importsOf(entry).filter((i) => i.isPath && !i.typeOnly);
  return [textOf(entry), ...inside.map((i) => sourceOf(i.target, seen))].join('\n');
}

describe('the commands that pages show', () => {
  it('are found', () => {
    expect(SHOWN.length).toBeGreaterThan(60);
    expect(SHOWN.map((s) => s.command)).toContain('npm start');
  });

  it('are each in the table, and the table holds no other', () => {
    expect(SHOWN.filter(({ command }) => rowOf(command) === undefined)).toEqual([]);
    const used = new Set(SHOWN.map(({ command }) => rowOf(command)));
    expect(COMMANDS.filter((row) => !used.has(row)).map((row) => row.fits.source)).toEqual([]);
  });

  it('name npm scripts that there are', () => {
    const wrong = SHOWN.filter(({ command }) => {
      const name = /^npm run (\S+)/.exec(command)?.[1];
      return name !== undefined && SCRIPTS[name] === undefined;
    });
    expect(wrong).toEqual([]);
  });

  it('run to their end', () => {
    const failed = named('run').flatMap(({ page, command, row }) => {
      const result = ended.get(row.as ?? command);
      return result?.code === 0 ? [] : [`${page}: ${command}\n${result?.out}`];
    });
    expect(failed).toEqual([]);
  });

  it('show no option that what is run in their place leaves out', () => {
    const left = named('run').flatMap(({ page, command, row }) =>
      flagsOf(command)
        .filter((flag) => !flagsOf(row.as ?? command).includes(flag))
        .map((flag) => `${page}: ${command}: ${flag}`),
    );
    expect(left).toEqual([]);
  });

  it('show only options that their help knows', () => {
    const unknown = named('help').flatMap(({ page, command, row }) => {
      const key = helpOf(row);
      const result = ended.get(key);
      if (result?.code !== 0) return [`${page}: ${key} fails\n${result?.out}`];
      const words = result.out.split(/[\s,<>[\]()]+/);
      return flagsOf(command)
        .filter((flag) => !words.includes(flag))
        .map((flag) => `${page}: ${command}: ${flag}`);
    });
    expect(unknown).toEqual([]);
  });

  it('show only options that their source knows, where they take too long to be run', () => {
    const sources = new Map<string, string>();
    const unknown = named('read').flatMap(({ page, command }) => {
      if (command.includes('vitest'))
        return existsSync(join(ROOT, command.split(' ').at(-1) ?? '')) ? [] : [page];
      const { entry } = jobOf(command);
      if (!existsSync(join(ROOT, entry))) return [`${page}: ${command}: no ${entry}`];
      const source = sources.get(entry) ?? sourceOf(entry);
      sources.set(entry, source);
      return flagsOf(command)
        .filter((flag) => !source.includes(`'${flag.slice(2)}'`) && !source.includes(flag))
        .map((flag) => `${page}: ${command}: ${flag}`);
    });
    expect(unknown).toEqual([]);
  });
});
