/**
 * The page docs/commissioning.md on a fresh simulated device: the shipped image on the virtual board, over a serial port, and a person who does
 * what the wizard says and nothing else. At the end the device starts sessions; before, none.
 */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImageLevel } from '../../sim/board/image-level.ts';
import type { Person } from '../../sim/commission/bench.ts';
import { BoardBench } from '../../sim/commission/board-bench.ts';
import { HEAT_S } from '../../sim/commission/lines.ts';
import { commissionDevice, NOT_FINISHED, ONE_CELL } from '../../sim/commission/on-device.ts';
import { keptReport, recordOf } from '../../sim/commission/record.ts';
import { commissionBuild, STEPS } from '../../sim/commission/wizard.ts';
import { FILE_COMMISSIONED, FILE_SETTINGS } from '../../src/files.ts';
import { INHIBIT_COMMISSION, INHIBIT_NO_LOP } from '../../src/safety/inhibits.ts';
import { protocolFile } from '../../src/session/stored.ts';
import { decodeSettings, defaultSettings, encodeSettings, LOP_MEASURED } from '../../src/settings.ts';
import { wantedBoard } from '../../tools/board/board-names.ts';
import { serialTo } from '../cuff/over-serial.ts';
import { Builder, fresh, over } from './builder.ts';

const NOBODY = { version: '', board: '', sensor: '' };
const PAGE = new URL('../../docs/commissioning.md', import.meta.url);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a fresh device', { timeout: 120_000 }, () => {
  it('starts nothing, is led through its commissioning, and starts sessions from then on', async () => {
    const level = await fresh();
    level.board.advanceTo(9000);
    expect(level.view.inhibits & INHIBIT_COMMISSION).toBe(INHIBIT_COMMISSION);
    const person = new Builder(level);
    const bench = new BoardBench({
      open: serialTo(level.board),
      port: 'here',
      board: wantedBoard('jolt'),
      person,
    });
    await over(bench.prepare(false));
    const report = await over(commissionBuild(bench));
    const ended = person.heard.filter((text) => text.includes('ended early'));
    expect([report.lines.filter((line) => !line.passed), ended]).toEqual([[], []]);
    expect(report.passed).toBe(true);
    // the coil was heated before the hot run was asked for: the person was told how far it is, and pressed
    expect(report.lines.find((line) => line.id === 'hot-coil')?.value).toBeGreaterThanOrEqual(HEAT_S);
    const hot = person.heard.findIndex((text) => text.startsWith('At once, while the valve is hot'));
    expect(
      person.heard.slice(0, hot).filter((text) => text.startsWith('The valve has been on')).length,
    ).toBeGreaterThan(2);
    expect(person.heard.filter((text) => text.includes('too much, at most 3.50 V'))).toHaveLength(1);
    expect(Math.abs((report.lines.find((line) => line.id === 'hot-rail')?.value ?? 0) - 100)).toBeLessThan(
      60,
    );
    expect(bench.who).toMatchObject({ version: '0.1.0', board: 'jolt', sensor: 'mprls' });
    await over(bench.finish(recordOf(report, 1_790_000_000, bench.who ?? NOBODY)));
    expect(keptReport(level.stored(FILE_COMMISSIONED))).toMatchObject({ passed: true, dateS: 1_790_000_000 });
    expect(decodeSettings(level.stored(FILE_SETTINGS) ?? '').settings).toEqual(defaultSettings());
    level.board.advanceTo(level.board.nowMs + 12_000);
    expect(level.view.inhibits & (INHIBIT_COMMISSION + INHIBIT_NO_LOP)).toBe(INHIBIT_NO_LOP);
    expect(level.board.machine.complaints).toEqual([]);
    for (const text of person.heard.filter((said) => /relief valve.*training button/.test(said)))
      expect(text).toMatch(/sense line/);
    expect(person.heard.filter((said) => /on the bottle\..*training/.test(said)).length).toBeGreaterThan(1);
    // what the page says is what is done, in this order
    const titles = person.heard
      .filter((text) => /^\nStep/.test(text))
      .map((text) => text.replace(/^\nStep \d+ of \d+: /, ''));
    expect(titles).toEqual(STEPS.map((step) => step.title));
    const page = readFileSync(PAGE, 'utf8');
    const headings = [...page.matchAll(/^### \d+\. (.*)$/gm)].map((match) => match[1]);
    expect(headings).toEqual(titles);
  });
});

it('a wizard that was broken off gives settings and protocol back at the end of the next one', {
  timeout: 120_000,
}, async () => {
  const settings = encodeSettings({ ...defaultSettings(), lopMmHg: 150, lopSource: LOP_MEASURED, stop: 1 });
  const level = await fresh({ [FILE_SETTINGS]: settings, [protocolFile(3)]: 'own' });
  const person = new Builder(level);
  const board = { open: serialTo(level.board), port: 'here', board: wantedBoard('jolt'), person };
  await over(new BoardBench(board).prepare(true));
  const broken = decodeSettings(level.stored(FILE_SETTINGS) ?? '').settings;
  expect([broken?.lopMmHg, broken?.stop, level.stored(protocolFile(3)) === 'own']).toEqual([190, 1, false]);
  const next = new BoardBench(board);
  await over(next.prepare(true));
  await over(next.finish('0'));
  expect(level.stored(FILE_SETTINGS)).toBe(settings);
  expect([level.stored(protocolFile(3)), level.stored(FILE_COMMISSIONED)]).toEqual(['own', '0']);
});

describe('a wizard that ends by an error', { timeout: 120_000 }, () => {
  async function brokenBy(
    how: (bench: BoardBench, broken: AbortController) => void,
  ): Promise<{ level: ImageLevel; person: Builder; error: unknown }> {
    const level = await fresh();
    const person = new Builder(level);
    const broken = new AbortController();
    const bench = new BoardBench({
      open: serialTo(level.board),
      port: 'here',
      board: wantedBoard('jolt'),
      person,
      signal: broken.signal,
    });
    how(bench, broken);
    const error = await over(commissionDevice(bench, 'sensor')).catch((thrown: unknown) => thrown);
    return { level, person, error };
  }

  it('gives the settings back at once, takes the run away, and a press starts nothing', async () => {
    const { level, person, error } = await brokenBy((_bench, broken) => {
      const say = Builder.prototype.say;
      vi.spyOn(Builder.prototype, 'say').mockImplementation(function (this: Builder, text) {
        say.call(this, text);
        if (text.startsWith('Hose open')) broken.abort(new Error('Ctrl-C'));
      });
    });
    vi.restoreAllMocks();
    expect(error).toMatchObject({ message: 'Ctrl-C' });
    expect(person.heard.join('\n')).toContain(NOT_FINISHED);
    expect(decodeSettings(level.stored(FILE_SETTINGS) ?? '').settings).toEqual(defaultSettings());
    expect([level.stored(protocolFile(3)), keptReport(level.stored(FILE_COMMISSIONED))?.passed]).toEqual([
      '',
      false,
    ]);
    level.board.advanceTo(level.board.nowMs + 12_000);
    const at = level.board.nowMs;
    level.button(1, true, at + 100);
    level.button(1, false, at + 250);
    level.board.advanceTo(at + 15_000);
    expect([level.view.setpoint, level.view.inhibits & INHIBIT_COMMISSION]).toEqual([-1, INHIBIT_COMMISSION]);
  });

  it('says NOT FINISHED when they cannot be given back', async () => {
    const { error } = await brokenBy((bench) => {
      bench.rest = () => Promise.reject(new Error('the link is lost'));
      bench.finish = () => Promise.reject(new Error('no board found'));
    });
    expect(error).toMatchObject({ message: `no board found\n${NOT_FINISHED}` });
  });
});

it('nothing is written before the cuff is said to be off', async () => {
  const person: Person = {
    say: () => {},
    yes: () => Promise.resolve(false),
    number: () => Promise.resolve(Number.NaN),
  };
  const open = vi.fn(() => Promise.reject(new Error('opened')));
  const bench = new BoardBench({ open, port: 'here', board: wantedBoard('jolt'), person });
  expect(await commissionDevice(bench, undefined)).toMatchObject({
    endedBy: 'The cuff is on a limb',
  });
  expect(open).not.toHaveBeenCalled();
});

it('the page says what a wizard that was broken off says', () => {
  const page = readFileSync(PAGE, 'utf8').replaceAll(/\n>?\s*/g, ' ');
  expect(page).toContain(NOT_FINISHED);
});

describe('a STOP that opens when it is pushed', { timeout: 120_000 }, () => {
  async function stepFive(obeys: boolean): Promise<{ seconds: number; heard: readonly string[] }> {
    const level = await fresh({ [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), stop: 1 }) }, true);
    const person = new Builder(level);
    person.obeys = obeys;
    const board = { open: serialTo(level.board), port: 'here', board: wantedBoard('jolt'), person };
    const bench = new BoardBench(board);
    await over(bench.prepare(true));
    return { seconds: await over(bench.stop()), heard: person.heard };
  }

  it('keeps its setting, is asked for, and then the bottle is filled and emptied', async () => {
    const { seconds, heard } = await stepFive(true);
    expect(seconds).toBeLessThan(10);
    expect(heard.filter((text) => text.startsWith('Push STOP once'))).toHaveLength(1);
  });

  it('that nobody has pushed: the step says why nothing was filled', async () => {
    const { seconds, heard } = await stepFive(false);
    expect(seconds).toBeNaN();
    expect(heard.at(-1)).toMatch(/did not fill: will not start: STOP has not been tried/);
  });
});

describe('the settings of the supply', { timeout: 120_000 }, () => {
  it.each([
    ['the defaults, for one cell', {}, true],
    ['those of four cells', { minStartMv: 4700, minRailMv: 4400 }, false],
  ])('%s: said or not', async (_name, supply, said) => {
    const level = await fresh({ [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), ...supply }) });
    const person = new Builder(level);
    const bench = new BoardBench({
      open: serialTo(level.board),
      port: 'here',
      board: wantedBoard('jolt'),
      person,
    });
    bench.rest = () => Promise.resolve(Number.NaN);
    const report = await over(commissionDevice(bench, 'sensor'));
    expect([report.passed, person.heard.includes(ONE_CELL)]).toEqual([false, said]);
    expect(decodeSettings(level.stored(FILE_SETTINGS) ?? '').settings).toEqual({
      ...defaultSettings(),
      ...supply,
    });
  });
});
