import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { bootText } from '../../hal/boot/root.ts';
import type { BoardStream } from '../../sim/board/streams.ts';
import { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { bundle, FakeRig } from './support.ts';

/** Who gets in, and what he can do there: the console in the boot, in service mode, without an image. */
let loader = '';

const IMAGE = '(function(){setInterval(function(){},50);return{core:{tick:{count:0}},name:"image"}})()';

beforeAll(() => {
  loader = bootText(bundle(`import boot from '../../hal/boot/loader.ts'; export default boot;`));
});

function files(changes: Record<string, string> = {}): Record<string, string> {
  const record = JSON.stringify({ serial: 1, length: IMAGE.length, crc: crc32(IMAGE), version: '1.0.0' });
  return { '.bootcde': loader, 'cuff.a': IMAGE, 'cuff.a.rec': record, ...changes };
}

function boot(content: Record<string, string>, prepare: (b: VirtualBoard) => void = () => {}): VirtualBoard {
  const board = new VirtualBoard({ rig: new FakeRig() });
  board.machine.usb.connected = true;
  board.write(content);
  prepare(board);
  board.powerOn();
  return board;
}

function type(board: VirtualBoard, device: BoardStream, line: string): void {
  board.machine.receive(device, `${line}\n`);
}

function outputs(board: VirtualBoard): number {
  return board.rig.pump + board.rig.valve;
}

/** Longest time in a row that pump or valve is on, in the next `forMs`, typing `line` again every `everyMs`, ms. */
function longestOn(board: VirtualBoard, line: string, forMs: number, everyMs: number): number {
  let longest = 0;
  let since = -1;
  const end = board.nowMs + forMs;
  for (let k = 0; board.nowMs < end; k++) {
    if (k % everyMs === 0) type(board, board.machine.usb, line);
    if (outputs(board) > 0 && since < 0) since = board.nowMs;
    if (outputs(board) === 0) since = -1;
    if (since >= 0) longest = Math.max(longest, board.nowMs - since);
    board.advanceTo(board.nowMs + 1);
  }
  return longest;
}

const ALL_ON = 'digitalWrite(D21,1);digitalWrite(D23,1);digitalWrite(D22,1);analogWrite(D17,1)';

describe('the boot', () => {
  for (const port of ['usb', 'bluetooth'] as const) {
    it(`is broken by no Ctrl-C on ${port}, whenever it comes`, () => {
      let calls = 0;
      boot(files(), (b) => {
        b.machine.onNative = () => calls++;
      });
      expect(calls).toBeGreaterThan(10);
      for (let at = 1; at < calls; at++) {
        let call = 0;
        const board = boot(files(), (b) => {
          b.machine.onNative = () => {
            if (call++ === at) b.machine.ctrlC(b.machine[port]);
          };
        });
        expect([at, board.evaluate('cuff&&cuff.name'), board.machine.console]).toEqual([at, 'image', null]);
      }
    });
  }

  it('closes the console before anything else', () => {
    const first: string[] = [];
    boot(files(), (b) => {
      b.machine.onNative = (name) => first.push(name);
    });
    expect(first[0]).toBe('setConsole');
  });

  it('takes half lines, garbage and Ctrl-C at every millisecond of the first second, and runs the image', () => {
    const board = boot(files());
    for (let ms = 1; ms <= 1000; ms++) {
      board.machine.receive(board.machine.usb, '\x03');
      board.machine.receive(board.machine.bluetooth, ms % 3 === 0 ? '\x03\x10rese' : '\xff\x00\x03\n');
      board.advanceTo(ms);
    }
    expect([board.evaluate('cuff.name'), board.machine.console, board.machine.resets.length]).toEqual([
      'image',
      null,
      1,
    ]);
  });

  it('opens the console again when the loader itself fails: a board is never lost', () => {
    const broken = bootText('(function(){throw new Error("bad loader")})()');
    const board = boot(files({ '.bootcde': broken }));
    expect(board.machine.console).toBe(board.machine.usb);
    expect(board.machine.usb.take()).toContain('bad loader');
    expect([board.evaluate('cuff'), outputs(board)]).toEqual([undefined, 0]);
  });
});

describe('start-up programs that are not ours', () => {
  for (const name of ['.boot0', '.boot1', '.boot2', '.boot3', '.bootPowerOn']) {
    it(`${name}: no image runs beside it, it is named, and what it left running ends`, () => {
      const board = boot(files({ [name]: `setInterval(function(){${ALL_ON}},10)` }));
      expect([board.evaluate('boot.mode'), board.evaluate('cuff')]).toEqual(['service', undefined]);
      expect(board.machine.usb.take()).toContain(`not ours: ${name}`);
      board.advanceTo(1000);
      expect(outputs(board)).toBe(0);
    });
  }

  it('.bootrst runs in the loader’s place: only flash.sh can find it', () => {
    const board = boot(files({ '.bootrst': 'var other=1' }));
    expect([board.evaluate('typeof boot'), board.evaluate('other')]).toEqual(['undefined', 1]);
  });
});

describe('service mode', () => {
  const service = { 'cuff.svc': 'asked for' };

  it('has its console on USB alone: over Bluetooth nothing is read, whoever connects when', () => {
    const board = boot(files(service));
    board.machine.connect(board.machine.bluetooth);
    type(board, board.machine.bluetooth, ALL_ON);
    expect([board.machine.console, outputs(board)]).toEqual([board.machine.usb, 0]);
    expect(board.machine.radio.uart).toBe(false);
    expect(board.machine.bluetooth.take()).toBe('');
  });

  it('undoes what is switched on by hand, as often as it is', () => {
    const board = boot(files(service));
    expect(longestOn(board, ALL_ON, 5000, 997)).toBeLessThanOrEqual(50);
    expect(outputs(board)).toBe(0);
  });

  for (const line of ['reset()', 'clearInterval()', 'load()']) {
    it(`${line} ends it: the chip resets, or boots`, () => {
      const board = boot(files(service));
      type(board, board.machine.usb, line);
      type(board, board.machine.usb, ALL_ON);
      board.advanceTo(board.nowMs + 1001);
      expect(board.machine.resets.length).toBeGreaterThanOrEqual(2);
      expect([outputs(board), board.evaluate('cuff.name')]).toEqual([0, 'image']);
    });
  }

  it('a program typed there that never ends is ended by the watchdog', () => {
    const board = boot(files(service));
    type(board, board.machine.usb, ALL_ON);
    board.machine.stall(Number.POSITIVE_INFINITY);
    board.advanceTo(board.nowMs + 1001);
    expect([board.machine.resets.map((r) => r.cause), outputs(board)]).toEqual([['power', 'watchdog'], 0]);
  });
});

describe('a board without an image', () => {
  it('has its console on USB, guards its outputs and waits as long as it takes', () => {
    const board = boot({ '.bootcde': loader });
    board.machine.connect(board.machine.bluetooth);
    expect([board.evaluate('boot.mode'), board.machine.console]).toEqual(['empty', board.machine.usb]);
    expect(longestOn(board, ALL_ON, 2000, 300)).toBeLessThanOrEqual(50);
    board.advanceTo(1_000_000);
    expect(board.machine.resets.length).toBe(1);
  });
});
