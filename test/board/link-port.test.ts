import { describe, expect, it } from 'vitest';
import type { EspruinoVersion } from '../../sim/board/chip.ts';
import { bench } from './support.ts';

/** The raw link on both interpreters: 2v29, which does not tell how full its output buffer is, and later ones. */
const LINK = `
import { Link } from '../../hal/link.ts';
const link = new Link({ streams: [USB, Bluetooth], onReceive: (bytes) => link.write('got ' + bytes) });
export default link;`;

const VERSIONS: EspruinoVersion[] = ['2v29', '2v30'];

describe.each(VERSIONS)('the link on %s', (version) => {
  function linked() {
    const { board } = bench(LINK, { version });
    const { usb, bluetooth } = board.machine;
    board.machine.setConsole(null, true);
    board.machine.connect(usb);
    board.machine.connect(bluetooth);
    return { board, usb, bluetooth, dropped: () => board.evaluate('cuff.dropped') };
  }

  it('answers who spoke last', () => {
    const { board, usb, bluetooth } = linked();
    board.machine.receive(usb, 'a');
    board.machine.receive(bluetooth, 'b');
    board.evaluate('cuff.write("c")');
    expect([usb.take(), bluetooth.take(), board.machine.complaints]).toEqual(['got a', 'got bc', []]);
  });

  it('drops what a peer that does not read leaves no space for, and never waits', () => {
    const { board, usb, dropped } = linked();
    board.machine.receive(usb, 'a');
    usb.reads = false;
    for (let k = 0; k < 10; k++) board.evaluate(`cuff.write("${'x'.repeat(60)}")`);
    expect(dropped()).toBeGreaterThan(5);
    expect([board.machine.hung, board.machine.complaints]).toEqual([false, []]);
  });

  it('goes on once the peer has read', () => {
    const { board, usb } = linked();
    board.machine.receive(usb, 'a');
    for (let k = 0; k < 10; k++) board.evaluate(`cuff.write("${'x'.repeat(60)}")`);
    board.advanceTo(1000);
    usb.take();
    if (version === '2v29') {
      board.evaluate('cuff.write("nobody has said so")');
      expect(usb.take()).toBe('');
    }
    board.evaluate('cuff.taken(100)');
    board.evaluate('cuff.write("back")');
    expect(usb.take()).toBe('back');
  });

  it('takes no more rows than the other side has said to have taken, and one byte less than the buffer has', () => {
    const { board, usb, dropped } = linked();
    board.machine.receive(usb, 'a');
    usb.reads = false;
    const row = 'cuff.writeRows("x".repeat(160), new Int16Array(16), new Int16Array(16), 0)';
    board.evaluate(row);
    // with the answer before it as many as there may be
    expect([usb.used, dropped()]).toEqual([249, 0]);
    board.evaluate('cuff.writeRows("", new Int16Array(16), new Int16Array(16), 0)');
    expect([usb.used, dropped(), board.machine.complaints]).toEqual([249, 1, []]);
    usb.reads = true;
    usb.take();
    board.evaluate('cuff.taken(255)');
    board.evaluate(row);
    expect(usb.take()).toHaveLength(249);
  });

  it('spells rows as base64 has them, every value there is and at the end of the ring', () => {
    const { board, usb } = linked();
    board.machine.receive(usb, 'a');
    usb.take();
    const ring = Int16Array.from({ length: 64 }, (_, i) => ((i * 7919) % 65536) - 32768);
    const other = Int16Array.from(ring, (value) => -1 - value);
    const text = (values: Int16Array, row: number): string =>
      Buffer.from(values.slice(row, row + 16).buffer).toString('base64');
    for (const row of [0, 4, 32, 48]) {
      board.evaluate(`cuff.writeRows("h", new Int16Array([${ring}]), new Int16Array([${other}]), ${row})`);
      expect(usb.take()).toBe(`h${text(ring, row)}${text(other, row)}\n`);
      board.evaluate('cuff.taken(255)');
    }
  });

  it('throws nothing when the interpreter does', () => {
    const { board, usb, dropped } = linked();
    board.machine.receive(usb, 'a');
    board.machine.faults = [{ kind: 'throw', call: 'write', atMs: 0 }];
    board.evaluate('cuff.write("b")');
    board.machine.faults = [{ kind: 'throw', call: 'memory', atMs: 0 }];
    board.evaluate('cuff.write("c")');
    expect(dropped()).toBe(version === '2v29' ? 1 : 2);
  });
});
