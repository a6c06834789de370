import { describe, expect, it } from 'vitest';
import { Flash } from '../../sim/board/flash.ts';
import type { VirtualBoard } from '../../sim/board/virtual-board.ts';
import { Random } from '../../sim/plant/random.ts';
import { Conversation } from '../../tools/board/conversation.ts';
import { FlashFailure } from '../../tools/board/failure.ts';
import { planUpdate } from '../../tools/flash/update.ts';
import { directWire, newBoard } from './board-server.ts';
import { openService, restart, smallFirmware, updateDirectly } from './small-firmware.ts';

const ONE = smallFirmware('one', '0.1.0');
const TWO = smallFirmware('two', '0.2.0', 4);
const THREE = smallFirmware('three', '0.3.0');

async function boardWith(...firmwares: (typeof ONE)[]): Promise<VirtualBoard> {
  const board = newBoard();
  board.powerOn();
  for (const firmware of firmwares) {
    await updateDirectly(board, firmware);
    openService(board);
  }
  return board;
}

function expectVented(board: VirtualBoard): void {
  expect([board.rig.pump, board.rig.valve]).toEqual([0, 0]);
  expect(board.machine.bridges.map((b) => b.awake)).toEqual([false, false]);
}

/** A board with the same flash content, in service mode. */
function copyOf(board: VirtualBoard): VirtualBoard {
  const flash = new Flash(100);
  flash.bytes.set(board.flash.bytes);
  const copy = newBoard(flash);
  copy.powerOn();
  return copy;
}

describe('an update', () => {
  it('first flash: slot A, loader, record; then slots in turn with growing serials', async () => {
    const board = await boardWith(ONE);
    expect(board.machine.storage.list().sort()).toEqual(['.bootcde', 'cuff.a', 'cuff.a.rec']);
    expect(restart(board)).toBe('one');
    openService(board);
    await updateDirectly(board, TWO);
    expect(restart(board)).toBe('two');
    expect(board.evaluate('boot.slot+boot.version')).toBe('cuff.b0.2.0');
    openService(board);
    await updateDirectly(board, THREE);
    expect(restart(board)).toBe('three');
    expect(JSON.parse(board.machine.storage.read('cuff.a.rec') ?? '')).toMatchObject({
      serial: 3,
      version: '0.3.0',
    });
    expect(board.machine.storage.read('cuff.b')).toBe(TWO.code);
  });

  it('writes the loader where its sum is another, and keeps it where it is the same', async () => {
    const board = await boardWith(ONE);
    const old = board.machine.storage.read('.bootcde') ?? '';
    const words = board.flash.words;
    await updateDirectly(board, TWO);
    expect((board.flash.words - words) * 4).toBeLessThan(TWO.code.length + old.length / 2);
    expect(board.machine.storage.read('.bootcde')).toBe(old);
    openService(board);
    const changed = old.replace('boot=', 'boot= ');
    await updateDirectly(board, { ...THREE, loader: changed });
    expect(board.machine.storage.read('.bootcde')).toBe(changed);
    expect(restart(board)).toBe('three');
  });

  it('of a loader that was there and did not run writes it anew', async () => {
    const board = await boardWith(ONE);
    const conversation = await Conversation.open(directWire(board), 'direct');
    expect((await planUpdate(conversation, TWO)).writeLoader).toBe(false);
    expect((await planUpdate(conversation, TWO, false)).writeLoader).toBe(true);
  });

  it.each(['.boot0', '.boot3', '.bootrst', '.bootPowerOn', '.varimg'])(
    'refuses %s of somebody else by name, and erases it first when it is asked to',
    async (name) => {
      const board = newBoard();
      board.write({ [name]: 'E.setFlags({});' });
      board.powerOn();
      const before = board.flash.words;
      const failure = await updateDirectly(board, ONE).catch((error: unknown) => error as FlashFailure);
      expect([(failure as FlashFailure).kind, (failure as FlashFailure).message]).toEqual([
        'other-programs',
        expect.stringContaining(name),
      ]);
      expect((failure as FlashFailure).next).toMatch(/--erase-foreign/);
      expect(board.flash.words).toBe(before);
      await updateDirectly(board, { ...ONE, eraseForeign: true });
      expect(board.machine.storage.list()).not.toContain(name);
      expect(restart(board)).toBe('one');
    },
  );

  it('takes the place of another program, and of a loader that was cut off', async () => {
    const board = newBoard();
    board.write({ '.bootcde': 'setInterval(function(){},50)' });
    board.powerOn();
    await updateDirectly(board, ONE);
    expect(restart(board)).toBe('one');
    const cut = newBoard();
    cut.write({ '.bootcde': ONE.loader.slice(0, 400) });
    cut.powerOn();
    await updateDirectly(cut, ONE);
    expect(restart(cut)).toBe('one');
  });

  it('one slot corrupted: that one is written, the other stays in use until then', async () => {
    const board = await boardWith(ONE, TWO);
    const text = board.machine.storage.read('cuff.b') ?? '';
    board.machine.storage.write('cuff.b', text.replace('two', 'twp'));
    expect(restart(board)).toBe('one');
    openService(board);
    await updateDirectly(board, THREE);
    expect(board.machine.storage.read('cuff.a')).toBe(ONE.code);
    expect(restart(board)).toBe('three');
  });

  it('both slots corrupted: vented, console open, and an update brings it back', async () => {
    const board = await boardWith(ONE, TWO);
    for (const slot of ['cuff.a', 'cuff.b'])
      board.machine.storage.write(slot, `${board.machine.storage.read(slot)}x`);
    expect(restart(board)).toBeUndefined();
    expectVented(board);
    await updateDirectly(board, THREE);
    expect(restart(board)).toBe('three');
  });

  it('goes on where an interrupted one with the same image has stopped', async () => {
    const board = await boardWith(ONE);
    board.machine.storage.write('cuff.b', TWO.code);
    const words = board.flash.words;
    await updateDirectly(board, TWO);
    expect((board.flash.words - words) * 4).toBeLessThan(TWO.code.length / 2);
    expect(restart(board)).toBe('two');
  });
});

describe('a power cut', () => {
  /** Flash words programmed so far at the beginning and in the middle of each thing that an update writes. */
  async function momentsOf(start: VirtualBoard, firmware: typeof ONE): Promise<number[]> {
    const board = copyOf(start);
    const before = board.flash.words + board.flash.erases;
    const moments = new Set<number>();
    let last = 0;
    board.flash.onBusy = () => {
      const now = board.flash.words + board.flash.erases - before;
      for (const at of [last, Math.floor((last + now) / 2)]) moments.add(at);
      last = now;
    };
    await updateDirectly(board, firmware);
    moments.add(last);
    return [...moments].filter((at) => at >= 0).sort((a, b) => a - b);
  }

  async function cutAt(start: VirtualBoard, firmware: typeof ONE, at: number): Promise<VirtualBoard> {
    const board = copyOf(start);
    board.flash.wordsLeft = at;
    const result = await updateDirectly(board, firmware).catch((e: unknown) => e);
    if (result !== undefined) {
      expect(result).toBeInstanceOf(FlashFailure);
      expect((result as FlashFailure).kind).toBe('unplugged');
    }
    return board;
  }

  it('at every Storage write of a first flash: vented or the new image, and it can be flashed again', async () => {
    const start = newBoard();
    start.powerOn();
    const seen = new Set<unknown>();
    for (const at of await momentsOf(start, ONE)) {
      const board = await cutAt(start, ONE, at);
      seen.add(restart(board));
      expectVented(board);
      openService(board);
      await updateDirectly(board, ONE);
      expect(restart(board)).toBe('one');
    }
    expect(seen).toEqual(new Set([undefined, 'one']));
  });

  it('at every Storage write of an update: the old image or the new one, and it can be flashed again', async () => {
    const start = await boardWith(ONE, TWO);
    const seen = new Set<unknown>();
    for (const at of await momentsOf(start, THREE)) {
      const board = await cutAt(start, THREE, at);
      seen.add(restart(board));
      expectVented(board);
      openService(board);
      await updateDirectly(board, THREE);
      expect(restart(board)).toBe('three');
    }
    expect(seen).toEqual(new Set(['two', 'three']));
  });

  it('while the Storage is packed: an image or vented, and --erase brings back what nothing else does', async () => {
    const start = await boardWith(ONE, TWO);
    const { storage } = start.machine;
    storage.write('log.1', 'l'.repeat(9000));
    storage.write('junk', 'j'.repeat(storage.getFree() - 12_600));
    storage.erase('junk');
    const seen = new Set<unknown>();
    let packed = false;
    const moments = await momentsOf(start, THREE);
    for (const at of moments.filter((_, i) => i % 7 === 0 || i === moments.length - 1)) {
      const board = await cutAt(start, THREE, at);
      seen.add(restart(board) ?? 'vented');
      packed ||= board.flash.erases > 0;
      expectVented(board);
      openService(board);
      const again = await updateDirectly(board, THREE).catch((e: unknown) => e);
      if (again !== undefined) {
        expect((again as FlashFailure).next).toContain('--erase');
        await updateDirectly(board, { ...THREE, erase: true });
      }
      expect(restart(board)).toBe('three');
    }
    expect(packed).toBe(true);
    expect(seen.has('two')).toBe(true);
    expect(seen.has('three')).toBe(true);
  });

  it('three in a row, at random moments, leave a board that can be flashed', async () => {
    const start = await boardWith(ONE, TWO);
    const moments = await momentsOf(start, THREE);
    const random = new Random(11);
    for (let run = 0; run < 12; run++) {
      let board = copyOf(start);
      for (let cut = 0; cut < 3; cut++) {
        board = await cutAt(board, THREE, moments[Math.floor(random.next() * moments.length)] ?? 0);
        expect(['two', 'three']).toContain(restart(board));
        expectVented(board);
        openService(board);
      }
      await updateDirectly(board, THREE);
      expect(restart(board)).toBe('three');
    }
  });
});

describe('service mode', () => {
  it('a watchdog reset in the middle of an update: the old image, and the rest is not taken for whole', async () => {
    const board = await boardWith(ONE);
    board.evaluate('clearInterval();E.enableWatchdog(1,false)');
    let sent = 0;
    const disturb = (bytes: string) => {
      if (!bytes.includes('cuffWrite("cuff.b"') || ++sent !== 3) return bytes;
      board.advanceTo(board.nowMs + 1500);
      return '';
    };
    const failing = updateDirectly(board, TWO, { disturb });
    await expect(failing).rejects.toMatchObject({ kind: 'board-error' });
    expect(board.machine.resets.at(-1)?.cause).toBe('watchdog');
    expect(board.evaluate('cuff.name')).toBe('one');
    expectVented(board);
  });

  it('a flag left behind by an update costs one start, then the image runs', async () => {
    const board = await boardWith(ONE);
    board.machine.storage.write('cuff.svc', 'left behind');
    expect(restart(board)).toBeUndefined();
    expectVented(board);
    expect(board.evaluate('boot.mode')).toBe('service');
    expect(restart(board)).toBe('one');
  });
});

describe('garbage on the line', () => {
  it('costs repeats, never a wrong image: one byte in 3,000 changed, both ways', async () => {
    const random = new Random(5);
    const board = await boardWith(ONE);
    let garbled = 0;
    const noisy = (bytes: string) =>
      [...bytes]
        .map((c) => {
          if (random.next() >= 1 / 3000) return c;
          garbled++;
          return String.fromCharCode(33 + random.next() * 90);
        })
        .join('');
    await updateDirectly(board, TWO, { disturb: noisy, disturbBack: noisy });
    expect(garbled).toBeGreaterThan(2);
    expect(board.machine.storage.read('cuff.b')).toBe(TWO.code);
    expect(restart(board)).toBe('two');
  });
});
