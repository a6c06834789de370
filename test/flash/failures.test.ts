import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { checksum } from '../../src/settings.ts';
import { wantedBoard } from '../../tools/board/board-names.ts';
import { Conversation } from '../../tools/board/conversation.ts';
import { whyNotOpen } from '../../tools/board/espruino-cli.ts';
import { type FailureKind, FlashFailure, failureText } from '../../tools/board/failure.ts';
import { onlyPort } from '../../tools/board/find-port.ts';
import { openBoard } from '../../tools/board/open-board.ts';
import { openWire } from '../../tools/board/open-wire.ts';
import type { OpenWire } from '../../tools/board/wire.ts';
import { startImage } from '../../tools/flash/start-image.ts';
import { planUpdate, update } from '../../tools/flash/update.ts';
import { nextFile } from '../../tools/settings/store-file.ts';
import { type DirectOptions, directWire, newBoard } from './board-server.ts';
import { openService, restart, SILENT, smallFirmware, updateDirectly } from './small-firmware.ts';

const ONE = smallFirmware('one', '0.1.0');
const TWO = smallFirmware('two', '0.2.0');

/** Every way to fail, with its words, its next step, and what it leaves on the board. */
async function failureOf(work: Promise<unknown>): Promise<FlashFailure> {
  let result: unknown;
  let over = false;
  work.then(
    () => {
      over = true;
    },
    (error: unknown) => {
      result = error;
      over = true;
    },
  );
  for (let k = 0; k < 2000 && !over; k++) await vi.advanceTimersByTimeAsync(200);
  expect(result).toBeInstanceOf(FlashFailure);
  return result as FlashFailure;
}

function expectWords(
  failure: FlashFailure,
  kind: FailureKind,
  what: RegExp,
  next: RegExp,
  board: RegExp,
): void {
  expect(failure.kind).toBe(kind);
  expect(failure.message).toMatch(what);
  expect(failure.next).toMatch(next);
  expect(failure.board).toMatch(board);
  expect(failureText(failure)).toBe(
    `flash: ${failure.message}\n  Next: ${failure.next}\n  Board: ${failure.board}`,
  );
}

function expectOldRuns(board: VirtualBoard, name = 'one'): void {
  expect(restart(board)).toBe(name);
  expect([board.rig.pump, board.rig.valve]).toEqual([0, 0]);
}

function seek(open: OpenWire, said: string[] = [], waitS = 5): Promise<unknown> {
  return openBoard({ open, port: 'here', board: wantedBoard('jolt'), waitS, say: (text) => said.push(text) });
}

async function inService(): Promise<VirtualBoard> {
  const board = newBoard();
  board.powerOn();
  await updateDirectly(board, ONE);
  openService(board);
  return board;
}

/** A board whose image, once it is there, keeps its console or closes it. */
async function running(code: string): Promise<VirtualBoard> {
  const board = newBoard();
  board.powerOn();
  await updateDirectly(board, { ...ONE, code });
  restart(board);
  return board;
}

const UNTOUCHED = /as it was/;
const STILL = /still in use/;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('finding the board', () => {
  it('no port at all', async () => {
    const failure = await failureOf(Promise.resolve().then(() => onlyPort([])));
    expectWords(failure, 'no-board', /no serial port with anything on it/, /carries data.*--port/, UNTOUCHED);
  });

  it('ports that are never a board do not count', () => {
    const ports = ['/dev/tty.Bluetooth-Incoming-Port', '/dev/ttyS0', '/dev/ttyACM0'];
    expect(onlyPort(ports.map((path) => ({ path, description: '', usb: '' })))).toBe('/dev/ttyACM0');
  });

  it('a port with the USB id of an Espruino board is taken before all others', () => {
    const ports = [
      { path: '/dev/ttyUSB0', description: 'FTDI', usb: '0403:6001' },
      { path: '/dev/ttyACM1', description: '', usb: '1915:520f' },
    ];
    expect(onlyPort(ports)).toBe('/dev/ttyACM1');
  });

  it('two ports: named, not guessed', async () => {
    const ports = ['/dev/ttyACM0', '/dev/ttyACM1'].map((path) => ({
      path,
      description: 'Espruino',
      usb: '1915:520f',
    }));
    const failure = await failureOf(Promise.resolve().then(() => onlyPort(ports)));
    expectWords(
      failure,
      'two-boards',
      /2 ports.*takes one.*ACM0, .*ACM1/,
      /--port \/dev\/ttyACM0/,
      UNTOUCHED,
    );
  });

  it('nothing listens at the named address', async () => {
    vi.useRealTimers();
    const error = await openWire('tcp://127.0.0.1:1', { onText: () => {}, onEnd: () => {} }).catch(
      (e: unknown) => e,
    );
    expectWords(error as FlashFailure, 'no-board', /nothing listens at tcp/, /plug the board in/, UNTOUCHED);
  });

  const refusals: [string, string, FailureKind, RegExp][] = [
    [
      'the port does not exist',
      'serial: Port "/dev/ttyX" not found\nUnable to connect!',
      'no-board',
      /no port/,
    ],
    [
      'the port is busy (Linux)',
      'Error: Error Resource temporarily unavailable Cannot lock port',
      'port-busy',
      /in use by another program/,
    ],
    ['the port is busy (Windows)', 'Error: Opening COM3: Access denied', 'port-busy', /in use/],
    [
      'no right to open the port',
      'Error: Error: Permission denied, cannot open /dev/ttyX',
      'port-denied',
      /not allowed/,
    ],
  ];
  for (const [what, said, kind, words] of refusals) {
    it(what, () => {
      const next = { 'no-board': /plug/, 'port-busy': /close the Web IDE/, 'port-denied': /dialout/ };
      const step = next[kind as keyof typeof next];
      expectWords(whyNotOpen('/dev/ttyX', said), kind, words, step, UNTOUCHED);
    });
  }
});

describe('looking at the board', () => {
  it('something that is no Espruino', async () => {
    const modem: OpenWire = (_port, events) =>
      Promise.resolve({
        send: (text) => queueMicrotask(() => events.onText(`${text}\r\nERROR\r\n`)),
        close: () => Promise.resolve(),
      });
    const failure = await failureOf(seek(modem));
    expectWords(failure, 'not-espruino', /here does not answer as an Espruino.*ERROR/, /unplug/, UNTOUCHED);
  });

  it('a line that is dead', async () => {
    const dead: OpenWire = () => Promise.resolve({ send: () => {}, close: () => Promise.resolve() });
    expectWords(await failureOf(seek(dead)), 'not-espruino', /nothing came back/, /unplug/, UNTOUCHED);
  });

  it('an Espruino that is too old, or has no timer module', async () => {
    const board = newBoard();
    board.powerOn();
    board.evaluate('process.env.VERSION="2v25"');
    const failure = await failureOf(seek(directWire(board)));
    expectWords(failure, 'too-old', /2v25 is too old, 2v29 or newer/, /take pump and valve off/, UNTOUCHED);
    board.evaluate('process.env.VERSION="2v29.1";require=function(n){throw new Error("Module not found")}');
    expect((await failureOf(seek(directWire(board)))).kind).toBe('too-old');
    expect(board.machine.storage.list()).toEqual([]);
  });

  it('another board than the image is for', async () => {
    const board = newBoard();
    board.powerOn();
    board.evaluate('process.env.BOARD="PICO_R1_3"');
    const failure = await failureOf(seek(directWire(board)));
    expectWords(failure, 'wrong-board', /PICO_R1_3.*--board jolt needs a JOLTJS/, /--board/, UNTOUCHED);
  });

  it('a shipped image that nobody puts into service mode: it is told how, then the time is over', async () => {
    const answering =
      '(function(){E.setConsole(null,{force:true});var c="0.1.0";USB.on("data",function(d){if(d.indexOf("~?")>=0)USB.write("~0,-1,0,-1,0,0,0\\n")});return{core:{view:{tick:0,phase:0}},name:"one"}})()';
    const board = await running(answering);
    const said: string[] = [];
    const failure = await failureOf(seek(directWire(board, { live: true }), said));
    expectWords(failure, 'not-in-service', /within 5 s/, /hold the training button 5 s/, UNTOUCHED);
    expect(said.join()).toMatch(/take the cuff off.*\n.*hold the training button 5 s/);
    expectOldRuns(board);
  });

  it('a --dev image in a session, and one with pressure in the cuff', async () => {
    const dev = (phase: number, pressurised: boolean) =>
      `(function(){E.setConsole(USB,{force:true});var v="0.1.0";return{core:{view:{tick:0,phase:${phase}},supervisor:{pressurised:${pressurised}}},name:"one"}})()`;
    const work = await failureOf(seek(directWire(await running(dev(4, true)), { live: true })));
    expectWords(work, 'under-pressure', /phase: \w+/, /end the session/, UNTOUCHED);
    const idle = await failureOf(seek(directWire(await running(dev(0, true)), { live: true })));
    expect(idle.message).toMatch(/there is pressure in the cuff/);
  });
});

describe('a --dev image that idles', () => {
  it('is asked for service mode itself, once, without a button', async () => {
    const code =
      '(function(){E.setConsole(USB,{force:true});var v="0.1.0",n=0;return{core:{view:{tick:0,phase:0},supervisor:{pressurised:false},ports:{service:{request:function(){n++;require("Storage").write("cuff.svc","asked "+n);E.enableWatchdog(1,false)}}}},name:"one"}})()';
    const board = await running(code);
    let opened: unknown;
    void seek(directWire(board, { live: true }), [], 20).then((result) => {
      opened = result;
    });
    for (let k = 0; k < 100 && opened === undefined; k++) await vi.advanceTimersByTimeAsync(200);
    expect(opened).toMatchObject({ identity: { mode: 'service' } });
    expect(board.machine.resets.map((r) => r.cause).slice(-1)).toEqual(['watchdog']);
    expect(board.machine.usb.take()).not.toContain('asked 2');
    expectOldRuns(board);
  });
});

describe('writing', () => {
  it('the cable is pulled half-way', async () => {
    const board = await inService();
    let pieces = 0;
    const disturb = (bytes: string) => {
      if (bytes.includes('cuffWrite("cuff.b"') && ++pieces === 2) board.powerOff();
      return board.machine.powered ? bytes : '';
    };
    const failure = await failureOf(updateDirectly(board, TWO, { disturb }));
    expectWords(failure, 'unplugged', /lost while writing cuff\.b/, /plug the board in again/, STILL);
    expectOldRuns(board);
  });

  it('the Storage is full', async () => {
    const board = await inService();
    const { storage } = board.machine;
    storage.write('music', 'm'.repeat(storage.getFree() - 8000));
    const failure = await failureOf(updateDirectly(board, TWO));
    expectWords(
      failure,
      'storage-full',
      /\d+ bytes free after packing, \d+ needed\. The largest other files: music \(\d+\)/,
      /Web IDE.*--erase/,
      STILL,
    );
    expectOldRuns(board);
  });

  it('the CRC on the board is wrong', async () => {
    const board = await inService();
    const { storage } = board.machine;
    const read = storage.read.bind(storage);
    storage.read = (name, offset, length) => {
      const text = read(name, offset, length);
      return name === 'cuff.b' && offset === undefined ? text?.replace('two', 'twp') : text;
    };
    const failure = await failureOf(updateDirectly(board, TWO));
    expectWords(
      failure,
      'crc-wrong',
      /cuff\.b.*not what was sent: 1\d+ bytes with CRC [0-9a-f]{8} found, 1\d+ bytes/,
      /again.*--erase/,
      STILL,
    );
    expect(storage.list()).not.toContain('cuff.b.rec');
    expectOldRuns(board);
  });

  it('the version in the image is not the one that was built', async () => {
    const board = await inService();
    const failure = await failureOf(updateDirectly(board, { ...TWO, version: '0.9.9' }));
    expectWords(
      failure,
      'crc-wrong',
      /an image of another version found, version 0\.9\.9 exp/,
      /again/,
      STILL,
    );
    expectOldRuns(board);
  });

  it('the board prints an error', async () => {
    const board = await inService();
    board.machine.faults = [{ kind: 'throw', call: 'write', atMs: 0 }];
    const failure = await failureOf(updateDirectly(board, TWO));
    expectWords(failure, 'board-error', /error while writing cuff\.b: .*injected/, /unplug.*--erase/, STILL);
    board.machine.faults = [];
    expectOldRuns(board);
  });

  for (const name of ['.boot0', '.boot3', '.bootrst', '.bootPowerOn']) {
    it(`a start-up program that is not ours, ${name}: named, and nothing is written`, async () => {
      const board = await inService();
      board.write({ [name]: 'digitalWrite(D17,1)' });
      const words = board.flash.words;
      const conversation = await Conversation.open(directWire(board), 'here');
      const failure = await failureOf(planUpdate(conversation, TWO));
      expectWords(failure, 'other-programs', new RegExp(`\\${name}`), /--erase/, UNTOUCHED);
      expect(board.flash.words).toBe(words);
      expect((await planUpdate(conversation, { ...TWO, erase: true })).writeLoader).toBe(true);
    });
  }

  it('the line is too noisy', async () => {
    const board = await inService();
    const disturb = (bytes: string) => (bytes.includes('cuffWrite("cuff.b"') ? bytes.slice(0, 40) : bytes);
    const failure = await failureOf(updateDirectly(board, TWO, { disturb }));
    expectWords(failure, 'line-noise', /too noisy while writing cuff\.b/, /another cable/, STILL);
    expectOldRuns(board);
  });

  it('settings of a version that no migration leads from: refused before anything is written', async () => {
    const board = await inService();
    const body = JSON.stringify({ version: 7, settings: { lopMmHg: 190 } });
    const { file } = nextFile({ a: undefined, b: undefined }, `${body}\n${checksum(body)}`);
    board.machine.storage.write('cuff.set.0', file);
    const words = board.flash.words;
    const failure = await failureOf(updateDirectly(board, TWO));
    expectWords(
      failure,
      'other-settings',
      /version 7, this firmware reads version 1/,
      /--replace/,
      UNTOUCHED,
    );
    expect(board.flash.words).toBe(words);
    expectOldRuns(board);
  });
});

describe('starting', () => {
  async function flashed(
    code: string,
    options: DirectOptions = {},
  ): Promise<{ board: VirtualBoard; failure: FlashFailure }> {
    const board = await inService();
    const open = directWire(board, { live: true, ...options });
    const conversation = await Conversation.open(open, 'here');
    const firmware = { ...TWO, code };
    const plan = await planUpdate(conversation, firmware);
    await update(conversation, firmware, plan, SILENT);
    const expected = { open, port: 'here', slot: plan.slot, version: TWO.version, waitS: 10 };
    return { board, failure: await failureOf(startImage(conversation, expected)) };
  }

  it('the image prints an error while it is loading: the one before runs', async () => {
    const { board, failure } = await flashed(`(function(){var v="0.2.0";nonsense()})()`);
    expectWords(failure, 'image-failed', /slot "cuff\.a"|nonsense/, /flash again/, /vented.*image before/);
    expectOldRuns(board);
  });

  it('a shipped image prints an error while it is loading: found by the version of the one that runs instead', async () => {
    const board = newBoard();
    board.powerOn();
    const answering =
      '(function(){var v="0.1.0";E.setConsole(null,{force:true});USB.on("data",function(d){if(d.indexOf("~?")>=0)USB.write("~0,-1,0,-1,0,0,0\\n");if(d.indexOf("~V")>=0)USB.write("~V"+v+"\\n")});return{core:{view:{tick:0,phase:0}},name:"one"}})()';
    await updateDirectly(board, { ...ONE, code: answering });
    openService(board);
    const open = directWire(board, { live: true });
    const conversation = await Conversation.open(open, 'here');
    const firmware = { ...TWO, code: '(function(){var v="0.2.0";nonsense()})()' };
    const plan = await planUpdate(conversation, firmware);
    await update(conversation, firmware, plan, SILENT);
    const expected = { open, port: 'here', slot: plan.slot, version: TWO.version, waitS: 10 };
    const failure = await failureOf(startImage(conversation, expected));
    expectWords(failure, 'image-failed', /version 0\.1\.0 runs, 0\.2\.0 was/, /flash again/, /image before/);
    expectOldRuns(board);
  });

  it('both images fail: service mode, with the reason', async () => {
    const board = await inService();
    board.machine.storage.write('cuff.a', `${board.machine.storage.read('cuff.a')}x`);
    const open = directWire(board, { live: true });
    const conversation = await Conversation.open(open, 'here');
    const firmware = { ...TWO, code: `(function(){var v="0.2.0";nonsense()})()` };
    const plan = await planUpdate(conversation, firmware);
    await update(conversation, firmware, plan, SILENT);
    const expected = { open, port: 'here', slot: plan.slot, version: TWO.version, waitS: 10 };
    const failure = await failureOf(startImage(conversation, expected));
    expectWords(failure, 'image-failed', /nonsense|mode "(service|empty)"/, /flash again/, /vented/);
    expect([board.rig.pump, board.rig.valve]).toEqual([0, 0]);
  });

  it('nothing answers after the restart', async () => {
    let restarted = false;
    const disturb = (bytes: string) => {
      restarted ||= bytes.includes('clearInterval()');
      return bytes;
    };
    const disturbBack = (bytes: string) => (restarted ? '' : bytes);
    const { failure } = await flashed(TWO.code, { disturb, disturbBack });
    expectWords(
      failure,
      'not-started',
      /nothing answered within 10 s/,
      /training button/,
      /new image is in use/,
    );
  });
});
