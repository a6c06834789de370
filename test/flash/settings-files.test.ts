import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Flash } from '../../sim/board/flash.ts';
import { checksum, defaultSettings, encodeSettings, SETTINGS_VERSION } from '../../src/settings.ts';
import { wantedBoard } from '../../tools/board/board-names.ts';
import { Conversation } from '../../tools/board/conversation.ts';
import { makeStorage, readStorage, STORAGE_BYTES, writeInto } from '../../tools/board/storage-image.ts';
import { planUpdate, update } from '../../tools/flash/update.ts';
import { boardPlace } from '../../tools/settings/board-place.ts';
import { readPair, writeStored } from '../../tools/settings/board-store.ts';
import {
  diffText,
  parseSettings,
  readSettings,
  settingsText,
  writeSettings,
} from '../../tools/settings/commands.ts';
import { settingsDocument } from '../../tools/settings/document.ts';
import { STEPS, type Steps, understand } from '../../tools/settings/migrate.ts';
import { storagePlace } from '../../tools/settings/storage-place.ts';
import { nextFile, storedText } from '../../tools/settings/store-file.ts';
import { bench } from '../board/support.ts';
import { directWire, newBoard } from './board-server.ts';
import { openService, restart, SILENT, smallFirmware, updateDirectly } from './small-firmware.ts';

const ONE = smallFirmware('one', '0.1.0');
const GOOD = { ...defaultSettings(), lopMmHg: 190, lopSource: 3 };
const folder = mkdtempSync(join(tmpdir(), 'cuffloop-settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('docs/settings.md', () => {
  it('has every command of the tool', () => {
    const tool = readFileSync(new URL('../../tools/settings.ts', import.meta.url), 'utf8');
    const names = [...tool.matchAll(/(?:placed\(|\.command\()'(\w+)/g)].map((match) => match[1]);
    expect(names).toEqual(['print', 'dump', 'check', 'diff', 'write', 'restore']);
    for (const name of names) expect(settingsDocument()).toContain(`npm run settings -- ${name}`);
  });
});

describe('the store from outside', () => {
  const STORE = `import { Store } from '../../hal/store.ts'; export default { store: new Store() };`;

  it('writes what the firmware reads, and reads what the firmware writes', () => {
    const { board } = bench(STORE);
    let pair = { a: undefined as string | undefined, b: undefined as string | undefined };
    for (let k = 0; k < 5; k++) {
      const { place, file } = nextFile(pair, `text ${k}`);
      board.machine.storage.write(`x.${place}`, file);
      expect(board.evaluate('cuff.store.read("x")')).toBe(`text ${k}`);
      board.evaluate(`cuff.store.write("x","own ${k}")`);
      pair = { a: board.machine.storage.read('x.0'), b: board.machine.storage.read('x.1') };
      expect(storedText(pair)).toBe(`own ${k}`);
    }
  });

  it('writes the file that does not count: the last good text stays', () => {
    const first = nextFile({ a: undefined, b: undefined }, 'one');
    expect(first.place).toBe(0);
    const second = nextFile({ a: first.file, b: undefined }, 'two');
    expect(second.place).toBe(1);
    expect(nextFile({ a: first.file, b: second.file }, 'three').place).toBe(0);
    expect(nextFile({ a: first.file, b: second.file.slice(0, -1) }, 'three').place).toBe(1);
  });

  it('is written to a board so that a power cut leaves the old text or the new one', async () => {
    const start = newBoard();
    start.powerOn();
    const talk = async (board: typeof start) => await Conversation.open(directWire(board), 'direct');
    await writeStored(await talk(start), 'cuff.set', 'old');
    await writeStored(await talk(start), 'cuff.set', 'older now');
    for (let cut = 0; cut < 24; cut++) {
      const flash = new Flash(100);
      flash.bytes.set(start.flash.bytes);
      const board = newBoard(flash);
      board.powerOn();
      flash.wordsLeft = cut;
      await writeStored(await talk(board), 'cuff.set', 'the new one').catch(() => {});
      board.powerOff();
      board.powerOn();
      const text = storedText(await readPair(await talk(board), 'cuff.set'));
      expect(['older now', 'the new one']).toContain(text);
    }
  });
});

describe('a Storage file', () => {
  const files = { '.bootcde': ONE.loader, 'cuff.a': ONE.code, x: 'y' };

  it('is what a board makes of these files', () => {
    const flash = new Flash(100);
    flash.bytes.set(makeStorage(files));
    const board = newBoard(flash);
    board.powerOn();
    expect(board.machine.storage.list().sort()).toEqual(Object.keys(files).sort());
    for (const [name, text] of Object.entries(files)) expect(board.machine.storage.read(name)).toBe(text);
  });

  it('read out of a board gives its files, also after a page with a gap', () => {
    const board = newBoard();
    board.powerOn();
    board.write({ a: '1'.repeat(3000), b: '2'.repeat(3000), c: '3' });
    board.machine.storage.erase('b');
    board.write({ b: 'new' });
    expect(readStorage(board.flash.bytes)).toEqual({ a: '1'.repeat(3000), b: 'new', c: '3' });
  });

  it('takes new contents for a name, which a board reads', () => {
    const bytes = writeInto(writeInto(makeStorage(files), 'x', 'z2'), 'x', 'z3');
    const flash = new Flash(100);
    flash.bytes.set(bytes);
    const board = newBoard(flash);
    board.powerOn();
    expect(board.machine.storage.read('x')).toBe('z3');
    expect(readStorage(bytes)['x']).toBe('z3');
  });

  it('refuses what does not fit, an empty file, a name that is too long', () => {
    expect(() => makeStorage({ big: 'b'.repeat(STORAGE_BYTES) })).toThrow(/does not fit: \d+ bytes needed/);
    expect(() => makeStorage({ none: '' })).toThrow(/empty/);
    expect(() => makeStorage({ ['n'.repeat(29)]: 'x' })).toThrow(/1\.\.28/);
  });
});

describe('settings by file', () => {
  const said: string[] = [];
  const open = (board: ReturnType<typeof newBoard>) =>
    boardPlace({
      open: directWire(board),
      port: 'here',
      board: wantedBoard('jolt'),
      waitS: 1,
      say: (text) => said.push(text),
    });

  async function service(): Promise<ReturnType<typeof newBoard>> {
    const board = newBoard();
    board.powerOn();
    await updateDirectly(board, ONE);
    openService(board);
    return board;
  }

  it('are printed, compared and written on a board in service mode', async () => {
    const board = await service();
    const place = await open(board);
    const before = await readSettings(place);
    expect(before.note).toMatch(/no settings yet/);
    const next = parseSettings('f', '{"lopMmHg":190,"lopSource":3}', before.settings);
    expect(diffText(before.settings, next)).toBe('lopMmHg: 0 -> 190 mmHg\nlopSource: 0 -> 3');
    await writeSettings(place, next);
    const after = await readSettings(place);
    expect(after.settings).toEqual(next);
    expect(settingsText(after.settings)).toMatch(/^lopMmHg +190 mmHg$/m);
    expect(diffText(next, after.settings)).toBe('');
    await place.close();
    expect(restart(board)).toBe('one');
  });

  it('are written into a Storage file the same way', async () => {
    const file = join(folder, 'x.storage');
    writeFileSync(file, makeStorage({ '.bootcde': ONE.loader }));
    const place = storagePlace(file);
    await writeSettings(place, GOOD);
    copyFileSync(file, `${file}.1`);
    await writeSettings(place, { ...GOOD, maxMmHg: 150 });
    expect((await readSettings(place)).settings.maxMmHg).toBe(150);
    const files = readStorage(new Uint8Array(readFileSync(file)));
    expect(storedText({ a: files['cuff.set.0'], b: undefined })).toBe(encodeSettings(GOOD));
  });

  it('that break a rule are refused whole, with field and range, and nothing is written', async () => {
    const board = await service();
    const place = await open(board);
    await writeSettings(place, GOOD);
    const words = board.flash.words;
    expect(() => parseSettings('f.json', '{"lopMmHg":900,"nonsense":1,"maxMmHg":150}', GOOD)).toThrow(
      /f\.json is refused\n {2}line 1, column 12: lopMmHg: 900 is outside the allowed 0 or 80\.\.300 mmHg\n {2}line 1, column 27: nonsense: no such setting/,
    );
    expect(() => parseSettings('f.json', '{"lopMmHg":19', GOOD)).toThrow(/not JSON/);
    expect(() => parseSettings('f.json', '[1]', GOOD)).toThrow(/not names and whole numbers/);
    expect(board.flash.words).toBe(words);
    expect((await readSettings(place)).settings).toEqual(GOOD);
  });

  it('that are damaged or of another version are not read as good ones, but can be replaced', async () => {
    const board = await service();
    const place = await open(board);
    await place.write('cuff.set', '{"version":1,"settings":{}}\n123');
    await expect(readSettings(place)).rejects.toThrow(/cannot be used.*--replace\n.*checksum/);
    const body = JSON.stringify({ version: 9, settings: {} });
    await place.write('cuff.set', `${body}\n${checksum(body)}`);
    await expect(readSettings(place)).rejects.toThrow(/version 9 is not known here/);
    await writeSettings(place, GOOD);
    expect((await readSettings(place)).settings).toEqual(GOOD);
  });
});

describe('npm run settings', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['tools/start.js', 'tools/settings.ts', ...args], {
      cwd: new URL('../..', import.meta.url),
      encoding: 'utf8',
    });

  it('exits with 1 and the ranges for a bad file, with 0 for a good one', { timeout: 120_000 }, () => {
    const file = join(folder, 'bad.json');
    writeFileSync(file, '{"lopMmHg":900}');
    const bad = run('check', file);
    expect(bad.stderr).toMatch(
      /^settings: .*bad\.json is refused\n {2}line 1, column 12: lopMmHg: 900.*0 or 80\.\.300 mmHg\n/,
    );
    expect(bad.status).toBe(1);
    writeFileSync(file, '{"lopMmHg":190,"lopSource":3}');
    expect(run('check', file).status).toBe(0);
  });
});

describe('settings of an older version', () => {
  const old = (version: number, settings: Record<string, number>) => {
    const body = JSON.stringify({ version, settings });
    return `${body}\n${checksum(body)}`;
  };
  const two: Steps = {
    [SETTINGS_VERSION - 2]: ({ cuffCm = 0, ...rest }) => ({ ...rest, cuffMm: cuffCm * 10 }),
    [SETTINGS_VERSION - 1]: ({ cuffMm = 0, ...rest }) => ({ ...rest, cuffWidthMm: cuffMm }),
  };

  it('are taken over step by step', () => {
    const text = old(SETTINGS_VERSION - 2, { lopMmHg: 190, lopSource: 3, cuffCm: 12 });
    const result = understand(text, two);
    expect(result).toMatchObject({ state: 'migrated', from: SETTINGS_VERSION - 2 });
    const migrated = result as Extract<typeof result, { state: 'migrated' }>;
    expect(migrated.settings).toEqual({ ...GOOD, cuffWidthMm: 120 });
    expect(understand(migrated.text)).toEqual({ state: 'good', settings: { ...GOOD, cuffWidthMm: 120 } });
  });

  it('are refused whole where a step is missing, a value ends out of range, or they are newer', () => {
    expect(understand(old(SETTINGS_VERSION - 3, {}), two)).toEqual({
      state: 'other-version',
      version: String(SETTINGS_VERSION - 3),
    });
    expect(understand(old(SETTINGS_VERSION - 2, { cuffCm: 90 }), two).state).toBe('bad');
    expect(understand(old(SETTINGS_VERSION + 1, {}), two).state).toBe('other-version');
    expect(understand(`${old(SETTINGS_VERSION - 2, {})}1`, two).state).toBe('bad');
  });

  it('need a step each: the table has one for every version before this one', () => {
    const needed = Array.from({ length: SETTINGS_VERSION - 1 }, (_, i) => String(i + 1));
    expect(Object.keys(STEPS)).toEqual(needed);
  });

  it('are written to the board before the new image is in use', async () => {
    const board = newBoard();
    board.powerOn();
    await updateDirectly(board, ONE);
    openService(board);
    const conversation = await Conversation.open(directWire(board), 'direct');
    const plan = await planUpdate(conversation, smallFirmware('two', '0.2.0'));
    const text = encodeSettings(GOOD);
    const steps: string[] = [];
    const migrating = { ...plan, settings: { state: 'migrated', from: 0, settings: GOOD, text } as const };
    const report = { ...SILENT, step: (step: string) => steps.push(step) };
    await update(conversation, smallFirmware('two', '0.2.0'), migrating, report);
    expect(steps.findIndex((s) => s.startsWith('Settings: from version 0'))).toBe(steps.length - 2);
    expect(storedText(await readPair(conversation, 'cuff.set'))).toBe(text);
    expect(restart(board)).toBe('two');
  });
});
