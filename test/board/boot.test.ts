import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { bootText } from '../../hal/boot/root.ts';
import { Flash } from '../../sim/board/flash.ts';
import { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { bundle, FakeRig } from './support.ts';

let loader = '';

/** A small image that says which it is and drives nothing. */
const IMAGE_ONE = '(function(){return{core:{view:{tick:0}},name:"one"}})()';
const IMAGE_TWO = '(function(){return{core:{view:{tick:0}},name:"two"}})()';
/** An image that has the outputs on and a watchdog running when it throws. */
const IMAGE_THROWS =
  '(function(){Jolt.setDriverMode(0,true);digitalWrite(D17,1);E.enableWatchdog(1,false);setInterval(function(){},40);throw new Error("bad image")})()';

function record(image: string, serial: number, changes: object = {}): string {
  return JSON.stringify({
    serial,
    length: image.length,
    crc: crc32(image),
    version: `0.${serial}.0`,
    ...changes,
  });
}

function slots(a?: [string, string], b?: [string, string]): Record<string, string> {
  const files: Record<string, string> = { '.bootcde': loader };
  if (a !== undefined) Object.assign(files, { 'cuff.a': a[0], 'cuff.a.rec': a[1] });
  if (b !== undefined) Object.assign(files, { 'cuff.b': b[0], 'cuff.b.rec': b[1] });
  return files;
}

function boot(
  files: Record<string, string>,
  prepare: (board: VirtualBoard) => void = () => {},
): VirtualBoard {
  const board = new VirtualBoard({ rig: new FakeRig() });
  board.machine.usb.connected = true;
  board.write(files);
  prepare(board);
  board.powerOn();
  return board;
}

function name(board: VirtualBoard): unknown {
  return board.evaluate('cuff&&cuff.name');
}

function printed(board: VirtualBoard): string {
  return board.machine.bluetooth.take() + board.machine.usb.take();
}

function expectVented(board: VirtualBoard): void {
  expect([board.rig.pump, board.rig.valve]).toEqual([0, 0]);
  expect(board.machine.bridges.map((b) => b.awake)).toEqual([false, false]);
}

describe('the loader', () => {
  beforeAll(() => {
    loader = bootText(bundle(`import boot from '../../hal/boot/loader.ts'; export default boot;`));
  });

  it('runs the slot with the higher serial', () => {
    expect(name(boot(slots([IMAGE_ONE, record(IMAGE_ONE, 1)], [IMAGE_TWO, record(IMAGE_TWO, 2)])))).toBe(
      'two',
    );
    expect(name(boot(slots([IMAGE_ONE, record(IMAGE_ONE, 3)], [IMAGE_TWO, record(IMAGE_TWO, 2)])))).toBe(
      'one',
    );
  });

  it('says in `boot` which slot and version runs, and keeps no image in variables', () => {
    const board = boot(slots(undefined, [IMAGE_TWO, record(IMAGE_TWO, 2)]));
    expect(board.evaluate('[boot.mode,boot.slot,boot.version,boot.image].join()')).toBe(
      'image,cuff.b,0.2.0,',
    );
  });

  it('makes the outputs safe before it reads flash', () => {
    const files = slots([IMAGE_ONE, record(IMAGE_ONE, 1)]);
    const order: string[] = [];
    const board = boot(files, (b) => {
      const read = b.machine.storage.read.bind(b.machine.storage);
      b.machine.storage.read = (file, offset, length) => {
        if (file.startsWith('cuff'))
          order.push(`${file}:${b.machine.pin(21).drives},${b.machine.pin(23).drives}`);
        return read(file, offset, length);
      };
    });
    expect(name(board)).toBe('one');
    expect(order.length).toBeGreaterThan(2);
    expect(order.every((o) => o.endsWith(':0,0'))).toBe(true);
  });

  const damages: [string, string, object][] = [
    ['one bit of the image changed', IMAGE_TWO.replace('two', 'twp'), {}],
    ['a length that is one byte too long', IMAGE_TWO, { length: IMAGE_TWO.length + 1 }],
    ['a CRC of something else', IMAGE_TWO, { crc: 1 }],
    [
      'the tail never written (all ones, full length)',
      `${IMAGE_TWO.slice(0, 20)}${'\xff'.repeat(IMAGE_TWO.length - 20)}`,
      {},
    ],
  ];
  for (const [what, image, changes] of damages) {
    it(`does not run a newer slot with ${what}: the other one runs`, () => {
      const board = boot(slots([IMAGE_ONE, record(IMAGE_ONE, 1)], [image, record(IMAGE_TWO, 2, changes)]));
      expect(name(board)).toBe('one');
    });
  }

  it('does not run a slot whose record is cut off or not JSON', () => {
    const cut = record(IMAGE_TWO, 2).slice(0, 20);
    expect(name(boot(slots([IMAGE_ONE, record(IMAGE_ONE, 1)], [IMAGE_TWO, cut])))).toBe('one');
    expect(name(boot(slots([IMAGE_ONE, record(IMAGE_ONE, 1)], [IMAGE_TWO, '\xff\xff\xff'])))).toBe('one');
  });

  it('with no whole image stays vented with the console open and says what to do', () => {
    const board = boot(slots([IMAGE_ONE, record(IMAGE_TWO, 1)], [IMAGE_TWO, record(IMAGE_ONE, 2)]));
    expect(name(board)).toBeUndefined();
    expectVented(board);
    expect(printed(board)).toMatch(/no whole image.*flash\.sh/);
    board.machine.receive(board.machine.usb, '1+1\n');
    expect(printed(board)).toContain('=2');
  });

  it('an image that throws while loading is undone, and the other slot runs', () => {
    const board = boot(slots([IMAGE_ONE, record(IMAGE_ONE, 1)], [IMAGE_THROWS, record(IMAGE_THROWS, 2)]));
    expect(name(board)).toBe('one');
    expectVented(board);
    expect(board.evaluate('boot.slot')).toBe('cuff.a');
  });

  it('two images that throw end in service mode, and stay there for its ten minutes', () => {
    const board = boot(
      slots([IMAGE_THROWS, record(IMAGE_THROWS, 1)], [IMAGE_THROWS, record(IMAGE_THROWS, 2)]),
    );
    expectVented(board);
    board.advanceTo(1500);
    expect(board.machine.resets.map((r) => r.cause)).toEqual(['power', 'watchdog']);
    expect(board.evaluate('boot.mode')).toBe('service');
    expect(printed(board)).toMatch(/cuff\.a failed while loading.*bad image/);
    board.advanceTo(300_000);
    expect(board.machine.resets.length).toBe(2);
    expectVented(board);
  });

  it('a flash that cannot be read leaves the outputs asleep and the console open', () => {
    const board = boot(slots([IMAGE_ONE, record(IMAGE_ONE, 1)]), (b) => {
      const read = b.machine.storage.read.bind(b.machine.storage);
      b.machine.storage.read = (file, offset, length) => {
        if (file.startsWith('cuff')) throw new Error('flash is damaged');
        return read(file, offset, length);
      };
    });
    expect(board.evaluate('boot.mode')).toBe('service');
    expect(name(board)).toBeUndefined();
    expectVented(board);
    expect(printed(board)).toMatch(/cannot be read.*flash is damaged/);
  });

  it('an image that throws is reset by the watchdog also where the flash refuses the file that asks for service', () => {
    const throws =
      '(function(){Jolt.setDriverMode(0,true);digitalWrite(D17,1);throw new Error("bad image")})()';
    const board = boot(slots([throws, record(throws, 1)]), (b) => {
      b.machine.faults = [{ kind: 'throw', call: 'write', atMs: 0 }];
    });
    for (let ms = 100; ms <= 3500; ms += 100) {
      board.advanceTo(ms);
      expectVented(board);
    }
    expect(board.machine.resets.map((r) => r.cause)).toEqual(['power', 'watchdog', 'watchdog', 'watchdog']);
  });

  it('a service flag opens the console for ten minutes, once, with no image running', () => {
    const files = { ...slots([IMAGE_ONE, record(IMAGE_ONE, 1)]), 'cuff.svc': 'asked for at the device' };
    const board = boot(files);
    expect(board.evaluate('boot.mode')).toBe('service');
    expect(name(board)).toBeUndefined();
    expectVented(board);
    board.advanceTo(599_999);
    expect(board.machine.resets.length).toBe(1);
    board.advanceTo(601_001);
    expect(board.machine.resets.map((r) => r.cause)).toEqual(['power', 'watchdog']);
    expect(name(board)).toBe('one');
  });

  it('a reset in the middle of service mode ends it', () => {
    const board = boot({ ...slots([IMAGE_ONE, record(IMAGE_ONE, 1)]), 'cuff.svc': 'x' });
    board.powerOff();
    board.powerOn();
    expect(name(board)).toBe('one');
  });

  it('the training button held at the start asks for service mode', () => {
    const board = boot(slots([IMAGE_ONE, record(IMAGE_ONE, 1)]), (b) => b.press('D1'));
    expect(board.evaluate('boot.mode')).toBe('service');
    expectVented(board);
  });

  it('a power cut at any word of an update boots the old image or the new one', () => {
    const start = new VirtualBoard({ rig: new FakeRig() });
    start.write(slots([IMAGE_ONE, record(IMAGE_ONE, 1)], [IMAGE_THROWS, record(IMAGE_THROWS, 0)]));
    const before = start.flash.bytes.slice();
    const update = (board: VirtualBoard) => {
      board.machine.storage.erase('cuff.b.rec');
      board.write({ 'cuff.b': IMAGE_TWO });
      board.write({ 'cuff.b.rec': record(IMAGE_TWO, 2) });
    };
    const words = start.flash.words;
    update(start);
    const total = start.flash.words - words;
    const booted = new Set<unknown>();
    for (let cut = 0; cut <= total; cut++) {
      const flash = new Flash(100);
      flash.bytes.set(before);
      const board = new VirtualBoard({ rig: new FakeRig(), flash });
      flash.wordsLeft = cut;
      if (cut < total) expect(() => update(board)).toThrow(/power/);
      else update(board);
      board.powerOn();
      booted.add(name(board));
      expectVented(board);
    }
    expect([...booted].sort()).toEqual(['one', 'two']);
  });
});
