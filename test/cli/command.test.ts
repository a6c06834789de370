import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runName } from '../../sim/output/outputs.ts';
import { resolveSpec } from '../../sim/setup/spec.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cuffloop-command-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function sim(args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, [join(ROOT, 'sim/start.js'), ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

/** A plant as other people write one: its own process, in another language as far as this one knows. */
function plant(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    `const lines = require('node:readline').createInterface({ input: process.stdin });
const say = (o) => process.stdout.write(JSON.stringify(o) + '\\n');
let p = 0, k = 0, seed = 1;
const read = () => ({ t: k++ * 0.02, p: p + ((seed = seed * 48271 % 2147483647) / 2147483647 - 0.5) * 0.2, cmd: 'hold', sp: 100, vb: 3.9 });
const step = (a) => { p = Math.max(0, p + a.pump * 0.6 - a.valve * p * 0.024 - 0.001); };
say({ hello: 1, dt: 0.02, lop: 190 });
${body}
`,
  );
  return `${JSON.stringify(process.execPath)} ${JSON.stringify(path)}`;
}

test('a run says who must not use a cuff, sums up, and writes page and rows where told', async () => {
  const { out, code } = await sim(['run', '--level', 'core', '--scenario', 'hose-off', '--out', 'made']);
  expect(out.indexOf('Who must not use')).toBeGreaterThan(0);
  expect(out.indexOf('Who must not use')).toBeLessThan(out.indexOf('In band while moving'));
  expect(out).toContain('not a medical device');
  expect([0, 1]).toContain(code);
  expect(out.includes('✗ expected')).toBe(code === 1);
  const name = runName('hose-off', 1, ['core']);
  expect(out).toContain(`wrote ${join('made', `${name}.html`)}`);
  const rows = readFileSync(join(folder, `made/${name}.csv`), 'utf8')
    .trimEnd()
    .split('\n');
  expect(rows.length).toBeGreaterThan(2000);
  expect(rows.some((row) => row.endsWith(',tripped'))).toBe(true);
  expect(readFileSync(join(folder, `made/${name}.html`), 'utf8')).toContain('The hose comes off');
});

test('runs with other options get files with other names, and each says what was chosen', () => {
  expect(runName('run', 1, [])).toBe('run-seed1');
  const choices = [
    [],
    ['walk-5x2'],
    ['maxMmHg=140'],
    ['maxMmHg=14', '0'],
    ['maxMmHg=-140'],
    ['core', 'walk-5x2'],
  ];
  const names = choices.map((words) => runName('run', 1, words));
  expect(new Set(names).size).toBe(choices.length);
  expect(names[2]).toMatch(/^run-seed1-maxMmHg-140-[0-9a-f]{6}$/);
  for (const name of [...names, runName('a/b c', 2, ['/tmp/x.json', 'hose-off@60:2~70', 'y'.repeat(200)])])
    expect(name).toMatch(/^[A-Za-z0-9.-]{1,90}$/);
});

test('a run of another protocol than its scenario’s goes by that protocol’s name', () => {
  const options = { scenario: 'run', set: [], fault: [], seed: 1, level: 'core' } as const;
  const titleOf = (more: object): string => resolveSpec({ ...options, set: [], fault: [], ...more }).title;
  expect(titleOf({})).toBe('Running 5 × 3 min, cuff released in the rests');
  expect(titleOf({ protocol: 'walk-5x2' })).toMatch(/^Walking 5 × 2 min/);
  expect(titleOf({ motion: 'cycle' })).toMatch(/movement: cycle$/);
});

test('the same seed gives the same rows to the last byte, another seed others', async () => {
  const args = (seed: string, file: string) => [
    '--level',
    'core',
    '--quiet',
    '--scenario',
    'hose-off',
    '--seed',
    seed,
    '--csv',
    file,
  ];
  await Promise.all([sim(args('5', 'a.csv')), sim(args('5', 'b.csv'))]);
  await sim(args('6', 'c.csv'));
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  expect(read('a.csv')).toBe(read('b.csv'));
  expect(read('a.csv')).not.toBe(read('c.csv'));
});

test('json and svg are written under the names given', async () => {
  await sim([
    '--level',
    'core',
    '--quiet',
    '--scenario',
    'hose-off',
    '--json',
    'x/j.json',
    '--svg',
    'x/s.svg',
  ]);
  const json = JSON.parse(readFileSync(join(folder, 'x/j.json'), 'utf8'));
  expect(json).toMatchObject({ header: { scenario: 'hose-off', seed: 1 }, expected: expect.any(Array) });
  expect(json.events.some((event: { kind: string }) => event.kind === 'trip')).toBe(true);
  expect(readFileSync(join(folder, 'x/s.svg'), 'utf8')).toMatch(/^<svg /);
  expect(readdirSync(join(folder, 'x')).sort()).toEqual(['j.json', 's.svg']);
});

describe('a run in which the device starts nothing ends with code 1 and says why, soon', () => {
  test.each([
    ['lopMmHg=0', 'no-lop: no occlusion pressure'],
    ['maxMmHg=60', 'protocol: the protocol is missing, damaged, or beyond a limit'],
    ['limb=0', 'protocol: the protocol is missing, damaged, or beyond a limit'],
  ])('--set %s', async (setting, reason) => {
    const args = ['--level', 'core', '--set', setting, '--json', 'refused.json'];
    const loud = await sim(args);
    expect(loud.out).toMatch(/✗ no session was started/);
    expect(loud.out).toContain(reason);
    expect(loud.code).toBe(1);
    expect(Number(/(\d+) s simulated/.exec(loud.out)?.[1])).toBeLessThan(100);
    const quiet = await sim([...args, '--quiet']);
    expect(quiet.err).toContain(`no session was started: ${reason}`);
    expect(quiet.code).toBe(1);
  });
});

describe('a wrong option ends with code 2, one clear line, and nothing written', () => {
  test.each([
    [['--seed', '-1'], /--seed.*Allowed are whole numbers 0\.\.999999999/],
    [['--level', 'moon'], /--level.*Allowed choices are core, image, interpreter/],
    [['--plnat', 'x'], /unknown option '--plnat'[\s\S]*--plant/],
    [['jog'], /command "jog": allowed is run/],
    [['--set', 'maxMmHg=999'], /--set "maxMmHg=999": maxMmHg: 999 is outside the allowed 50\.\.250 mmHg/],
    [['--list', 'shoes'], /--list "shoes": allowed are scenarios, plants/],
    [['--stdio', '--seed', '4'], /--seed "4": does not go with --stdio/],
    [['--timeout', '0'], /--timeout "0": allowed are 0\.1\.\.3600 s/],
    [['--timeout', '5'], /--timeout "5": means nothing without a plant outside/],
    [['--stdio', '--timeout', 'soon'], /--timeout "soon": allowed are 0\.1\.\.3600 s/],
  ])('%s', async (args, message) => {
    const { code, out, err } = await sim([...args, '--out', 'never']);
    expect(err).toMatch(message);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(existsSync(join(folder, 'never'))).toBe(false);
  });
});

test('the help names every scenario, plant, protocol, setting and fault', async () => {
  const { code, out } = await sim(['--help']);
  expect(code).toBe(0);
  for (const word of [
    'run-cuff-on',
    'sampled:SEED',
    'walk-5x2',
    'lopMmHg',
    'valve-stuck-open',
    '--stdio',
    '--plant-cmd',
  ]) {
    expect(out).toContain(word);
  }
});

test('--stdio: answers alone on standard output, the rest on standard error', async () => {
  const lines = [
    '{"hello":1,"dt":0.04,"lop":190}',
    '{"t":0,"p":0.2,"cmd":"hold","sp":90}',
    '{"t":0.04,"p":0.5,"cmd":"deflate"}',
    '{"end":1}',
  ];
  const { code, out, err } = await sim(['--stdio'], `${lines.join('\n')}\n`);
  expect(code).toBe(0);
  const answers = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(answers).toMatchObject([
    { pump: 1, valve: 0 },
    { pump: 0, valve: 1 },
  ]);
  expect(err).toContain('2 answers');
});

test('--stdio: nonsense ends vented with code 3', async () => {
  const { code, out, err } = await sim(['--stdio'], '{"hello":1,"dt":0.2}\n');
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({ pump: 0, valve: 1, error: expect.stringContaining('0.01..0.05') });
  expect(err).toMatch(/^error: dt: 0\.2 is not allowed/);
});

describe('--plant-cmd', () => {
  const loop = `lines.on('line', (line) => { step(JSON.parse(line)); BODY });\nsay(read());`;
  test('a good plant is held, summed up and written', async () => {
    const good = plant(
      'good.cjs',
      loop.replace('BODY', 'if (k < 600) say(read()); else { say({ end: 1 }); lines.close(); }'),
    );
    const { code, out } = await sim(['--plant-cmd', good, '--csv', 'own.csv']);
    expect(code).toBe(0);
    expect(out).toMatch(/Trips\s+none/);
    expect(readFileSync(join(folder, 'own.csv'), 'utf8').split('\n').length).toBe(602);
  });

  test.each([
    ['dies', 'if (k < 50) say(read()); else process.exit(7);', '20', /closed without .*exit code 7/],
    ['stalls', 'if (k < 50) say(read());', '1.5', /sent no line for 1\.5 s; vented/],
    [
      'talks nonsense',
      "if (k < 50) say(read()); else process.stdout.write('ready?\\n');",
      '20',
      /not JSON: "ready\?"/,
    ],
  ])('a plant that %s ends vented with code 3', async (name, body, seconds, message) => {
    const bad = plant(
      `${name.replace(' ', '-')}.cjs`,
      loop.replace('BODY', () => body),
    );
    const { code, err } = await sim([
      '--plant-cmd',
      bad,
      '--quiet',
      '--timeout',
      seconds,
      '--json',
      'bad.json',
    ]);
    expect(err).toMatch(message);
    expect(code).toBe(3);
  });

  test('a command that does not exist is said so', async () => {
    const { code, err } = await sim(['--plant-cmd', 'no-such-plant-anywhere']);
    expect(code).toBe(3);
    expect(err).toMatch(/exit code 127/);
  });
});
