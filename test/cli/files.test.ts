import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readNotes } from '../../sim/log/notes.ts';
import { recordsOf } from '../../sim/log/records.ts';
import { readStore } from '../../sim/log/store-file.ts';
import { parseHello, parseSample } from '../../sim/outside/messages.ts';
import { parseFaults } from '../../sim/setup/fault-option.ts';
import { choosePlant } from '../../sim/setup/plant-option.ts';
import { scenarioFile } from '../../sim/setup/scenario-file.ts';
import { parsePairs } from '../../sim/setup/settings-option.ts';
import { readLog } from '../../sim/tune/read-log.ts';
import { combinations } from '../../sim/tune/sweep-plan.ts';
import { checksum, defaultSettings, encodeSettings } from '../../src/settings.ts';
import { makeStorage, storageProblem, writeInto } from '../../tools/board/storage-image.ts';
import { parseSettings } from '../../tools/settings/commands.ts';
import { understand } from '../../tools/settings/migrate.ts';
import { parseSettingsFile } from '../../tools/settings/settings-file.ts';
import { storagePlace } from '../../tools/settings/storage-place.ts';
import { nextFile } from '../../tools/settings/store-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'cuffloop-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function file(contents: string | Uint8Array): string {
  const path = join(folder, `f${count++}.json`);
  writeFileSync(path, contents);
  return path;
}

function said(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return 'taken';
}

/** Every reader of a file that a person may hand in, as: what it says of a text. */
const READERS: Readonly<Record<string, (contents: string | Uint8Array) => string>> = {
  settings: (c) => said(() => parseSettingsFile(file(c), defaultSettings())),
  plant: (c) => said(() => choosePlant(file(c), 'run')),
  scenario: (c) => said(() => scenarioFile(file(c))),
  store: (c) => said(() => readStore(file(c))),
  place: (c) => said(() => storagePlace(file(c))),
  notes: (c) => said(() => readNotes(file(c))),
  log: (c) => said(() => readLog(typeof c === 'string' ? new TextEncoder().encode(c) : c, 'log.json')),
};

const GOOD: Readonly<Record<string, string>> = {
  settings: '{"limb":1}',
  plant: '{"pumpFlow":20}',
  scenario: '{"base":"walk"}',
  store: '{"cuff.lock":"0"}',
  place: '{"cuff.lock":"0"}',
  notes: '[{"date":"2026-01-31"}]',
};

describe('every reader of files', () => {
  it('skips a byte-order mark', () => {
    for (const [name, good] of Object.entries(GOOD)) {
      expect([name, READERS[name]?.(good)]).toEqual([name, 'taken']);
      expect([name, READERS[name]?.(`\ufeff${good}`)]).toEqual([name, 'taken']);
    }
  });

  it.each([
    ['a key twice', '{"a":"1","a":"2"}', /the key "a" is there twice, first at line 1, column 2/],
    ['a key twice, deep', '{"a":[{"b":"1","b":"2"}]}', /the key "b" is there twice/],
    ['__proto__', '{"__proto__":"x"}', /the key "__proto__" is not allowed/],
    ['constructor', '{"constructor":"x"}', /the key "constructor" is not allowed/],
    ['toString', '{"toString":"x"}', /toString|taken|no black box|expected array/],
    ['3,000 levels', '{"a":'.repeat(3000), /nested deeper than the 32 levels/],
    ['1e999', '{"a":1e999}', /"1e999" is larger/],
    ['NaN', '{"a":NaN}', /no number as JSON writes them/],
    ['a comment', '{}// so', /JSON has no comments/],
    ['two values', '{}{}', /unexpected "\{"/],
  ])('answers %s in one line of words', (_what, text, message) => {
    for (const [name, read] of Object.entries(READERS)) {
      const answer = read(text);
      expect(answer, name).toMatch(message);
      expect(answer, name).not.toMatch(/\.ts:|TypeError|RangeError|call stack|is not a function|reading '/);
    }
  });

  it('answers empty, binary and foreign encodings in words', () => {
    const all: readonly (readonly [string | Uint8Array, RegExp])[] = [
      ['', /empty|neither JSON nor a Storage/],
      [new Uint8Array([0x7b, 0x22, 0xe4, 0x22, 0x7d]), /no UTF-8/],
      [new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), /UTF-16|Storage/],
      [new Uint8Array([0x7b, 0x7d, 0x00, 0x01]), /byte 3 is 0/],
    ];
    for (const [contents, message] of all)
      for (const [name, read] of Object.entries(READERS)) expect(read(contents), name).toMatch(message);
  });
});

describe('settings files', () => {
  it('hold whole numbers that are written as such', () => {
    const of = (text: string) => said(() => parseSettings('f', text, defaultSettings()));
    for (const written of ['150.0', '1.5e2', '1e2'])
      expect(of(`{"maxMmHg":${written}}`)).toMatch(
        /line 1, column 12: maxMmHg: .* not written as a whole number; allowed are 50\.\.250 mmHg/,
      );
    expect(of('{"maxMmHg":"150"}')).toMatch(
      /maxMmHg: "150" is not a whole number; allowed are 50\.\.250 mmHg/,
    );
    expect(of('{"toString":1}')).toMatch(/toString: no such setting/);
  });

  it('that lie in a store are read in one way or not at all', () => {
    const stored = (body: string) => understand(`${body}\n${checksum(body)}`);
    expect(stored('{"version":1,"settings":{"maxMmHg":120,"maxMmHg":250}}')).toMatchObject({ state: 'bad' });
    expect(stored('{"version":1,"version":2,"settings":{}}')).toMatchObject({ state: 'bad' });
    expect(stored('{"version":1,"settings":{}}').state).toBe('good');
  });
});

describe('a place for settings', () => {
  it('in a store as JSON is read and written whole', async () => {
    const path = file(`\ufeff${JSON.stringify({ 'cuff.lock': '0', 'cuff.set': 'x' })}`);
    const place = storagePlace(path);
    expect(await place.read('cuff.set')).toBe('x');
    await place.write('cuff.set', encodeSettings(defaultSettings()));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      'cuff.lock': '0',
      'cuff.set': encodeSettings(defaultSettings()),
    });
  });

  it('is no Storage when it is something else, cut off, or holds a file twice', () => {
    const one = { 'cuff.set.0': nextFile({ a: undefined, b: undefined }, 'one').file };
    const good = makeStorage(one);
    expect(storageProblem(good)).toBe('');
    expect(storageProblem(writeInto(good, 'cuff.set.0', 'two'))).toBe('');
    const twice = Uint8Array.from([...good, ...makeStorage({ 'cuff.set.0': 'two' })]);
    expect(storageProblem(twice)).toMatch(/cuff\.set\.0 is there twice/);
    expect(storageProblem(good.slice(0, -8))).toMatch(/cut off|no Storage/);
    for (const bytes of [Buffer.from('settings: limb 1, and so on'), new Uint8Array(64).fill(7)])
      expect(said(() => storagePlace(file(bytes)))).toMatch(/no Storage of a board; nothing was written$/);
    expect(said(() => storagePlace(folder))).toMatch(/a folder, not a file/);
    expect(said(() => storagePlace(join(folder, 'none')))).toMatch(/no such file/);
  });
});

describe('plants, scenarios, notes and records', () => {
  it('list all problems with their places, and know no names but their own', () => {
    expect(READERS['plant']?.('{"pumpFlow":"x",\n"flow":1,"relief":{"crackMmHg":"300","flow":9}}')).toMatch(
      /line 1, column 13: pumpFlow must be a number.*; line 2, column 8: no parameter "flow".*; line 2, column 19: relief must be/,
    );
    for (const name of ['toString', 'constructor', '__proto__']) {
      expect(said(() => choosePlant(name, 'run'))).toMatch(/no such plant/);
      expect(READERS['plant']?.(JSON.stringify({ base: name }))).toMatch(/base must be one of/);
    }
    expect(READERS['scenario']?.('{"presses":[{"button":"1","atS":3}]}')).toMatch(/presses must be a list/);
    expect(READERS['scenario']?.('{"presses":[{"button":1,"atS":3,"for":2}]}')).toMatch(
      /presses must be a list/,
    );
    expect(READERS['scenario']?.('{"expect":{"trip":"none","toString":1}}')).toMatch(
      /expect has no "toString"/,
    );
    expect(READERS['notes']?.('[{"date":"today"}]')).toMatch(/line 1, column 10: 0\.date: .*YYYY-MM-DD/);
  });

  it('a record that is there in two ways is a problem of its own', () => {
    const { records, problems } = recordsOf({ 'cuff.r0': '{"v":1,"n":1,"n":2}' });
    expect(records).toEqual([]);
    expect(problems[0]).toMatch(/^cuff\.r0: .*the key "n" is there twice/);
  });
});

describe('lines of an outside plant', () => {
  it('are refused when they can be read in two ways', () => {
    expect(said(() => parseSample('{"t":0,"p":10,"p":200}'))).toMatch(
      /column 15: the key "p" is there twice/,
    );
    expect(said(() => parseSample('{"t":0,"p":1e999}'))).toMatch(/larger than any number/);
    expect(said(() => parseSample(`{"t":0,"p":${'['.repeat(60)}`))).toMatch(/nested deeper/);
    expect(said(() => parseSample(`{"t":0,"p":1,"x":"${'y'.repeat(5000)}"}`))).toMatch(
      /more than 4096 characters/,
    );
    expect(said(() => parseHello('{"hello":1,"dt":0.02,"careful":"no"}'))).toMatch(
      /careful: "no" is not allowed/,
    );
    expect(parseHello('\ufeff{"hello":1,"dt":0.02}').periodMs).toBe(20);
    expect(parseSample('{"t":0,"p":-0.0}')?.p).toBe(-0);
  });
});

describe('options', () => {
  it('a setting that is there twice is refused, and so is a number that is not decimal', () => {
    expect(said(() => parsePairs(['maxMmHg=120', 'maxMmHg=250']))).toMatch(
      /maxMmHg is there twice, 120 before it/,
    );
    for (const text of ['0x64', '1e2', ' 100', 'Infinity', '१'])
      expect(said(() => parsePairs([`maxMmHg=${text}`]))).toMatch(/is no number/);
    const vary = (...list: string[]) => said(() => combinations(defaultSettings(), list));
    expect(vary('savePercent=0,50', 'savePercent=100')).toMatch(/savePercent is there twice/);
    expect(vary('savePercent=0x10,50')).toMatch(/"0x10" is no number/);
  });

  it('faults that exclude each other at the same time are refused, those that add up are not', () => {
    const of = (...list: string[]) => said(() => parseFaults(list));
    for (const pair of [
      ['leak@10', 'leak@10'],
      ['leak@10:100', 'leak@10:200'],
      ['kink@10', 'kink@20:5'],
      ['pump-dead@10', 'pump-stuck-on@20'],
      ['valve-stuck-open@10~30', 'valve-stuck-shut@29'],
    ])
      expect(of(...pair), pair.join(' ')).toMatch(/at the same time, and only one of them can hold/);
    expect(of('valve-stuck-open@10~30', 'valve-stuck-shut@30')).toBe('taken');
    expect(of('leak@10', 'leak@20', 'sensor-jump@5', 'sensor-jump@6')).toBe('taken');
    for (const fault of ['leak@0x10', 'leak@1e1', 'leak@10:1e3', 'leak@10:', 'leak@-1', 'leak@10~Infinity'])
      expect(of(fault)).toMatch(/^--fault/);
  });
});

describe('a command line', () => {
  const run = (tool: string, ...args: string[]) =>
    spawnSync(
      process.execPath,
      [
        tool.startsWith('sim') ? 'sim/start.js' : 'tools/start.js',
        ...(tool === 'sim' ? [] : [tool]),
        ...args,
      ],
      {
        cwd: new URL('../..', import.meta.url),
        encoding: 'utf8',
      },
    );

  it('refuses an option that is there twice, and never shows a stack trace', { timeout: 240_000 }, () => {
    const twice = run('tools/protocol.ts', 'check', 'run-5x3', '--lop', '190', '--lop', '100');
    expect([twice.status, twice.stderr]).toEqual([
      2,
      "error: option '--lop <mmHg>' is there twice; give it once\n",
    ]);
    const seeds = run('sim', '--seed', '1', '--seed', '2');
    expect([seeds.status, seeds.stderr]).toEqual([
      2,
      "error: option '--seed <n>' is there twice; give it once\n",
    ]);
    const deep = file('{"a":'.repeat(3000));
    for (const [tool, ...args] of [
      ['tools/protocol.ts', 'check', deep],
      ['tools/settings.ts', 'check', deep],
      ['tools/settings.ts', 'print', '--image', deep],
      ['tools/settings.ts', 'check', join(folder, 'none')],
    ] as const) {
      const { status, stderr } = run(tool, ...args);
      expect(status).toBe(1);
      expect(stderr).toMatch(/nested deeper|no such file/);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });

  it('asks, and says so, when an occlusion pressure is hardly right', { timeout: 120_000 }, () => {
    const { status, stdout, stderr } = run(
      'tools/settings.ts',
      'check',
      file('{"lopMmHg":300,"lopSource":3,"maxMmHg":250}'),
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/is good, but ask yourself: 1 question\(s\)/);
    expect(stderr).toMatch(/^question: lopMmHg: is 300 right\?/);
    const path = file(
      JSON.stringify({ 'cuff.set': encodeSettings({ ...defaultSettings(), lopMmHg: 150, lopSource: 3 }) }),
    );
    const written = run('tools/settings.ts', 'write', file('{"lopMmHg":240}'), '--image', path);
    expect(written.stderr).toMatch(/question: lopMmHg: is 240 right\? the settings of .* says 150 mmHg/);
    expect(written.status).toBe(0);
  });
});
