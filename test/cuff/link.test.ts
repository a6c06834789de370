/** The tool and the shipped image, end to end: what is asked over a serial port is answered by the bytes that are flashed. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ImageLevel, type ImageLevelOptions } from '../../sim/board/image-level.ts';
import { recordsOf } from '../../sim/log/records.ts';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { flashed } from '../../sim/setup/image.ts';
import { FILE_PROGRESS, FILE_SETTINGS } from '../../src/files.ts';
import { TICK_MS } from '../../src/limits.ts';
import { phaseName } from '../../src/phases.ts';
import { INHIBIT_NO_LOP } from '../../src/safety/inhibits.ts';
import { defaultSettings, encodeSettings } from '../../src/settings.ts';
import { type FailureKind, FlashFailure } from '../../tools/board/failure.ts';
import { askAfresh, stateIn } from '../../tools/board/frames.ts';
import type { OpenWire } from '../../tools/board/wire.ts';
import { boardObject } from '../../tools/build/board-object.ts';
import { pulled } from '../../tools/cuff/commands.ts';
import { CuffLink } from '../../tools/cuff/cuff-link.ts';
import { keptTexts } from '../../tools/cuff/kept.ts';
import { lopLines } from '../../tools/cuff/lop-words.ts';
import { watch } from '../../tools/cuff/watch.ts';
import { helloLine, inhibitLines, paceLine, stateLine, tripLine } from '../../tools/cuff/words.ts';
import { deviceCode, powered, underPressure } from '../board/on-board.ts';
import { directWire, newBoard } from '../flash/board-server.ts';
import { type SerialKnobs, serialTo } from './over-serial.ts';

let files: Record<string, string>;
beforeAll(async () => {
  files = await flashed('mprls', {
    [FILE_SETTINGS]: encodeSettings({ ...defaultSettings(), lopMmHg: 190, lopSource: 1 }),
    [FILE_PROGRESS]: '1,2,2,1,0,0,0',
  });
}, 60_000);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function power(options: Partial<ImageLevelOptions> = {}): ImageLevel {
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('run'), sensor: 'MPRLS' }, 1);
  rig.setActivity('rest');
  const level = new ImageLevel(rig, {
    files,
    ...options,
    prepare: (board) => {
      board.machine.usb.connected = true;
    },
  });
  level.board.advanceTo(9000);
  return level;
}

function pressed(level: ImageLevel): ImageLevel {
  level.button(1, true, level.board.nowMs + 1);
  level.button(1, false, level.board.nowMs + 150);
  while (level.rig.p2 < 80) {
    if (level.board.nowMs > 60_000) throw new Error(`no pressure: ${phaseName(level.view.phase)}`);
    level.nextTick();
  }
  return level;
}

/** Faked time goes on until the work is over. */
async function over<T>(work: Promise<T>): Promise<T> {
  let done = false;
  const end = (): void => {
    done = true;
  };
  work.then(end, end);
  for (let k = 0; k < 20_000 && !done; k++) await vi.advanceTimersByTimeAsync(20);
  return await work;
}

async function failureOf(work: Promise<unknown>): Promise<FlashFailure> {
  const error = await over(work.catch((e: unknown) => e));
  expect(error).toBeInstanceOf(FlashFailure);
  return error as FlashFailure;
}

const linked = (level: ImageLevel, knobs: SerialKnobs = {}): Promise<CuffLink> =>
  over(CuffLink.open(serialTo(level.board, knobs), 'here'));

describe('a cuff at rest, over a serial port', () => {
  it('says who it is, what it does and what comes next', async () => {
    const link = await linked(power());
    expect(link.hello).toMatchObject({ link: 5, board: 'jolt', sensor: 'mprls', periodMs: TICK_MS });
    expect(helloLine(link.hello)).toMatch(
      /^firmware \d+\.\d+\.\d+, jolt \+ mprls, serial \w+, motor rail 3\.\d+ V/,
    );
    const state = await over(link.state());
    expect(stateLine(state)).toBe('idle: 0 mmHg, vented');
    expect(inhibitLines({ ...state, inhibits: INHIBIT_NO_LOP })).toEqual([
      'will not start: no occlusion pressure is known; hold 2 s to measure it, or enter one',
    ]);
    expect(await over(lopLines(link))).toEqual([
      'occlusion pressure 190 mmHg, measured by this cuff, standing',
    ]);
    expect(await over(link.question('N'))).toMatch(/Next: /);
    expect(tripLine(await over(link.question('E')))).toBe('');
    expect(paceLine(await over(link.question('P')), link.hello.periodMs)).toBe('');
    expect(paceLine('38,49,2', 50)).toBe(
      'since power-up a tick under pressure took 38 ms of 50 in the mean, and 49 at most (one in 7 is timed); 2 came late',
    );
    expect(paceLine('51,80,2,97,0', 50)).toBe(
      'since power-up a tick under pressure took 51 ms of 50 in the mean, longer than the period, and 80 at most (one in 7 is timed); 2 came late, at most 97 ms after the one before',
    );
    expect(paceLine('50,80,2,97,1', 50)).toMatch(
      /50 in the mean, and .*; 1 stood still in between, as for a collection of memory$/,
    );
    await link.close();
  });

  it('takes the date', async () => {
    const level = power();
    const link = await linked(level);
    await over(link.date(1_790_000_000));
    expect(await over(link.question('N'))).toMatch(/^\d,17900000\d\d,/);
    await link.close();
  });

  it('gives out its log after a session, and npm run log reads it', async () => {
    const level = pressed(power());
    const link = await linked(level);
    await over(link.stop());
    await over(vi.advanceTimersByTimeAsync(8000));
    level.button(1, true, level.board.nowMs + 1);
    level.button(1, false, level.board.nowMs + 3500);
    await over(vi.advanceTimersByTimeAsync(30_000));
    expect(phaseName(level.view.phase)).toBe('done');
    const seen: number[] = [];
    const texts = await over(keptTexts(link, (done) => seen.push(done)));
    expect(seen.length).toBeGreaterThan(40);
    expect(texts[FILE_SETTINGS]).toBe(level.stored(FILE_SETTINGS));
    const { records, problems } = recordsOf(texts);
    expect([records.length, problems]).toEqual([1, []]);
    await link.close();
  });

  it('gives it out by the console where that is open, as on a board for the bench: vented only', async () => {
    const choice = { board: 'esp32s3', sensor: 'mprls', dev: true };
    const strap = Number(boardObject('esp32s3').bench?.slice(1));
    const level = powered(choice, await deviceCode(choice), {
      prepare: (board) => {
        board.machine.outside(strap, 0);
        board.machine.usb.connected = true;
      },
    });
    level.board.evaluate('globalThis.boot={mode:"image",slot:"a",version:"0"}');
    level.board.advanceTo(9000);
    const texts = await over(pulled(serialTo(level.board), 'here', () => {}));
    expect(texts[FILE_SETTINGS]).toBe(level.stored(FILE_SETTINGS));
    expect(texts[FILE_PROGRESS]).toBe(level.stored(FILE_PROGRESS));
    underPressure(level);
    expect(await failureOf(pulled(serialTo(level.board), 'here', () => {}))).toMatchObject({
      kind: 'no-answer',
    });
    expect([level.rig.p2 > 50, level.board.machine.complaints]).toEqual([true, []]);
  });

  it('noise on the line costs a repeat, never a wrong text', async () => {
    const level = power();
    let n = 0;
    const link = await linked(level, {
      fromBoard: (text) => (text.startsWith('~R') && n++ % 3 === 1 ? text.replace(/[a-z]/, '#') : text),
    });
    expect(await over(link.text(0))).toBe(level.stored(FILE_SETTINGS));
    await link.close();
  });
});

describe('a cuff under pressure', () => {
  it('shows live what it does, tick by tick, and goes on', async () => {
    const level = pressed(power());
    const link = await linked(level);
    const frames = (await over(link.live())).concat(await over(link.live()));
    expect(frames.length).toBe(4);
    for (const f of frames) expect(f.rows).toHaveLength(16);
    const bases = frames.map((f) => f.base);
    expect(bases.slice(1).map((b, i) => (b - (bases[i] as number) + 2048) % 2048)).toEqual([16, 16, 16]);
    const last = frames.at(-1)?.rows.at(-1);
    expect(Math.abs((last?.mmHg ?? 0) - level.rig.p1)).toBeLessThan(12);
    expect(frames.at(-1)?.railMv).toBeGreaterThan(3000);
    expect([level.view.trip, level.board.machine.complaints]).toEqual([0, []]);
    await link.close();
  });

  it('watch prints a line a frame, and its key s stops the cuff', async () => {
    const level = pressed(power());
    const link = await linked(level);
    const lines: string[] = [];
    let type: (bytes: Buffer) => void = () => {};
    const keys = {
      isTTY: true,
      setRawMode: () => {},
      pause: () => {},
      on: (_event: 'data', heard: (bytes: Buffer) => void) => {
        type = heard;
      },
    };
    const watching = watch(link, { say: (line) => lines.push(line), seconds: 60, keys });
    await over(vi.advanceTimersByTimeAsync(4000));
    expect(lines[0]).toMatch(/^(fill|work) +\d+\.\d mmHg of +95 {2}\d.* pump +\d+ % {2}valve /);
    type(Buffer.from('s'));
    await over(vi.advanceTimersByTimeAsync(25_000));
    type(Buffer.from('q'));
    await over(watching);
    expect(lines).toContain('STOP sent, waiting ...');
    expect(lines.find((line) => line.startsWith('Vented.'))).toMatch(/paused: \d+ mmHg, vented/);
    expect(level.rig.p2).toBeLessThan(20);
    await link.close();
  });

  it('watch says what did not come between two frames, and shows the rest', async () => {
    const level = pressed(power());
    let n = 0;
    const link = await linked(level, {
      fromBoard: (text) => (text.includes('~T') && n++ === 2 ? text.replace('~T', '~#') : text),
    });
    const lines: string[] = [];
    const watching = watch(link, { say: (line) => lines.push(line), seconds: 14 });
    await over(watching);
    const at = lines.findIndex((line) => line.startsWith('--'));
    expect([at > 0, lines[at], lines.length > at + 3]).toEqual([true, '-- 0.8 s did not come', true]);
    await link.close();
  });

  it('stops, and says so only when it is empty', async () => {
    const level = pressed(power());
    const link = await linked(level);
    const state = await over(link.stop());
    expect([phaseName(state.phase), state.mmHg <= 15]).toEqual(['paused', true]);
    await link.close();
  });

  it('a dead peer that has asked for live frames ends them by itself, and holds nothing up', async () => {
    const level = pressed(power());
    const { usb } = level.board.machine;
    usb.reads = false;
    level.board.machine.receive(usb, '~T\n');
    level.board.advanceTo(level.board.nowMs + 20_000);
    expect(usb.used).toBeGreaterThan(150);
    expect([level.board.machine.hung, level.board.machine.complaints]).toEqual([false, []]);
  });

  it.each(['2v29', '2v30'] as const)(
    'a peer that goes on asking and reads nothing never fills the output buffer (%s)',
    async (version) => {
      const level = pressed(power({ version }));
      const { usb } = level.board.machine;
      usb.reads = false;
      for (let k = 0; k < 120; k++) {
        level.board.machine.receive(usb, k % 3 === 2 ? '~T\n' : k % 3 === 1 ? '~H\n' : '~?\n');
        level.board.advanceTo(level.board.nowMs + 500);
      }
      expect(usb.used).toBeGreaterThan(150);
      expect([level.board.machine.hung, level.board.machine.complaints]).toEqual([false, []]);
      expect([level.view.trip, level.board.machine.resets.length]).toEqual([0, 1]);
      // one that is there and has read all is answered again
      usb.reads = true;
      usb.take();
      level.board.machine.receive(usb, askAfresh('?'));
      level.board.advanceTo(level.board.nowMs + 1000);
      expect(stateIn(usb.take())?.phase).toBe(level.view.phase);
    },
  );

  it('goes on answering for ever whoever tells what it has read', async () => {
    const link = await linked(pressed(power({ version: '2v29' })));
    for (let k = 0; k < 12; k++) expect((await over(link.state())).setpoint).toBe(95);
    for (let k = 0; k < 6; k++) expect(await over(link.live())).toHaveLength(2);
    await link.close();
  });

  it('its log waits: the tool says what to do', async () => {
    const link = await linked(pressed(power()));
    const failure = await failureOf(link.text(0));
    expect([failure.kind, failure.next]).toEqual(['no-answer', expect.stringMatching(/vented cuff at rest/)]);
    await link.close();
  });
});

describe('what can go wrong has a message and a next step of its own', () => {
  async function expectKind(open: OpenWire, kind: FailureKind, message: RegExp, next: RegExp): Promise<void> {
    const failure = await failureOf(CuffLink.open(open, 'here'));
    expect([failure.kind, failure.message, failure.next]).toEqual([
      kind,
      expect.stringMatching(message),
      expect.stringMatching(next),
    ]);
    expect(failure.next).not.toMatch(/flash\.sh again/);
  }

  it('the cable is pulled while it is watched: the cuff runs on by itself', async () => {
    const level = pressed(power());
    let pulled = false;
    const link = await linked(level, { pulled: () => pulled });
    pulled = true;
    const failure = await failureOf(link.live());
    expect([failure.kind, failure.board]).toEqual(['unplugged', expect.stringMatching(/its own button/)]);
    expect(level.view.vent).toBe(0);
  });

  it('another device', async () => {
    const open: OpenWire = async (_port, events) => ({
      send: (text) => queueMicrotask(() => events.onText(`AT+ERROR ${text.length}\r\n`)),
      close: async () => {},
    });
    await expectKind(open, 'not-a-cuff', /does not answer as a cuff.*AT\+ERROR/, /cuff -- list/);
  });

  it('a board without firmware, and one in service mode', async () => {
    const empty = newBoard();
    empty.powerOn();
    await expectKind(
      directWire(empty, { live: true }),
      'not-a-cuff',
      /no firmware of this project/,
      /\.\/flash\.sh/,
    );
    const level = power();
    level.board.press('D1');
    level.board.advanceTo(level.board.nowMs + 9000);
    level.board.release('D1');
    await expectKind(
      directWire(level.board, { live: true }),
      'not-a-cuff',
      /service mode/,
      /without holding a button/,
    );
  });

  it('a firmware from before the hello: status and stop work, the rest says what is too old', async () => {
    const open: OpenWire = async (_port, events) => ({
      send: (text) => {
        if (text.includes('~?')) queueMicrotask(() => events.onText('~0,-1,0,-1,0,0,0\n'));
        if (text.includes('~V')) queueMicrotask(() => events.onText('~V0.1.0\n'));
      },
      close: async () => {},
    });
    const link = await over(CuffLink.open(open, 'here'));
    expect(stateLine(await over(link.stop()))).toBe('idle: 0 mmHg, vented');
    const failure = await failureOf(link.live());
    expect([failure.kind, failure.message]).toEqual([
      'too-old',
      expect.stringMatching(/0\.1\.0.*live readings/),
    ]);
  });

  it('a cuff that does not empty: by hand', async () => {
    const open: OpenWire = async (_port, events) => ({
      send: (text) => {
        if (text.includes('~?')) queueMicrotask(() => events.onText('~10,-1,0,-1,140,0,0\n'));
      },
      close: async () => {},
    });
    const link = await over(CuffLink.open(open, 'here'));
    const failure = await failureOf(link.stop());
    expect([failure.kind, failure.message, failure.next]).toEqual([
      'not-stopped',
      expect.stringMatching(/140 mmHg/),
      expect.stringMatching(/open the strap/),
    ]);
  });
});
