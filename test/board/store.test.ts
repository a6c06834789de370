import { describe, expect, it } from 'vitest';
import { Flash, PowerCut } from '../../sim/board/flash.ts';
import { Storage } from '../../sim/board/storage.ts';
import type { StorePort } from '../../src/ports.ts';
import { bench } from './support.ts';

const STORE = `
import { Store } from '../../hal/store.ts';
export default { store: new Store() };
`;

function text(size: number, fill: string): string {
  return fill.repeat(size).slice(0, size);
}

describe('the store', () => {
  it('reads back what was written last, whatever bytes it has', () => {
    const { board } = bench(STORE);
    expect(board.evaluate('cuff.store.read("a")')).toBeUndefined();
    expect(board.evaluate('cuff.store.write("a","one")')).toBe(true);
    expect(board.evaluate('cuff.store.write("a","two\\0\\xff")')).toBe(true);
    expect(board.evaluate('cuff.store.read("a")')).toBe('two\0\xff');
    board.evaluate('cuff.store.erase("a")');
    expect(board.evaluate('cuff.store.read("a")')).toBeUndefined();
  });

  it('keeps an empty text', () => {
    const { board } = bench(STORE);
    board.evaluate('cuff.store.write("a","")');
    expect(board.evaluate('cuff.store.read("a")')).toBe('');
  });

  it('tells of a copy that does not hold, the newest or the older one', () => {
    const { board } = bench(STORE);
    const { storage } = board.machine;
    expect(board.evaluate('cuff.store.isDamaged("a")')).toBe(false);
    board.evaluate('cuff.store.write("a","1");cuff.store.write("a","0");cuff.store.write("a","1")');
    expect(board.evaluate('cuff.store.isDamaged("a")')).toBe(false);
    for (const copy of ['a.0', 'a.1']) {
      const whole = storage.read(copy) as string;
      storage.erase(copy);
      expect(board.evaluate('cuff.store.isDamaged("a")')).toBe(false);
      storage.write(copy, `${whole.slice(0, -1)}x`);
      expect(board.evaluate('cuff.store.isDamaged("a")')).toBe(true);
      storage.erase(copy);
      storage.write(copy, whole);
    }
  });

  it('survives 1,200 rewrites in 100 pages: the garbage is collected', () => {
    const { board } = bench(STORE);
    const store = board.evaluate('cuff.store') as StorePort;
    for (let i = 0; i < 1200; i++) store.write('a', text(400, String(i % 10)));
    expect(store.read('a')).toBe(text(400, '9'));
    expect(board.flash.erases).toBeGreaterThan(0);
  });

  it('says false when the flash is full, and the old text still stands', () => {
    const { board } = bench(STORE);
    board.evaluate('cuff.store.write("a","old")');
    board.machine.storage.write('big', text(board.machine.storage.getFree() - 200, 'x'));
    expect(board.evaluate(`cuff.store.write("a","${text(300, 'n')}")`)).toBe(false);
    expect(board.evaluate('cuff.store.read("a")')).toBe('old');
  });

  it('a power cut at any word of a rewrite leaves the old text or the new one', () => {
    const first = bench(STORE);
    first.board.evaluate(`cuff.store.write("a","${text(40, 'o')}")`);
    first.board.evaluate(`cuff.store.write("a","${text(41, 'p')}")`);
    const before = first.board.flash.bytes.slice();
    const start = first.board.flash.words;
    first.board.evaluate(`cuff.store.write("a","${text(42, 'q')}")`);
    const words = first.board.flash.words - start;
    expect(words).toBeGreaterThan(15);
    for (let cut = 0; cut < words; cut++) {
      const flash = new Flash(100);
      flash.bytes.set(before);
      const { board } = bench(STORE, { flash });
      flash.wordsLeft = cut;
      expect(() => board.evaluate(`cuff.store.write("a","${text(42, 'q')}")`)).not.toThrow();
      expect(flash.dead).toBe(true);
      board.powerOff();
      board.powerOn();
      expect([text(41, 'p'), text(42, 'q')]).toContain(board.evaluate('cuff.store.read("a")'));
    }
  });

  it('a power cut at any word of an erase leaves the text or none, never an older one', () => {
    const first = bench(STORE);
    first.board.evaluate('cuff.store.write("a","older");cuff.store.write("a","newer")');
    const before = first.board.flash.bytes.slice();
    for (let cut = 0; cut < 2; cut++) {
      const flash = new Flash(100);
      flash.bytes.set(before);
      const { board } = bench(STORE, { flash });
      flash.wordsLeft = cut;
      expect(() => board.evaluate('cuff.store.erase("a")')).toThrow(/power/);
      board.powerOn();
      expect(['newer', undefined]).toContain(board.evaluate('cuff.store.read("a")'));
    }
  });
});

describe('the flash model', () => {
  it('cannot turn a 0 back into a 1 without an erase', () => {
    const flash = new Flash(1);
    flash.program(0, Uint8Array.of(0x0f, 0, 0, 0));
    flash.program(0, Uint8Array.of(0xf0, 255, 255, 255));
    expect([...flash.bytes.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  });

  it('refuses to write over different content', () => {
    const storage = new Storage(new Flash(2));
    storage.write('a', 'Hello', 0, 14);
    expect(storage.read('a')).toBe(`Hello${'\xff'.repeat(9)}`);
    storage.write('a', ' ', 5);
    expect(() => storage.write('a', 'x', 5)).toThrow(/different data/);
  });

  it('throws when no space is left even after compaction', () => {
    const storage = new Storage(new Flash(2));
    storage.write('a', text(8000, 'a'));
    expect(() => storage.write('b', text(200, 'b'))).toThrow('Unable to find or create file');
  });

  it('has no power after a cut until it is restored', () => {
    const flash = new Flash(2);
    const storage = new Storage(flash);
    flash.wordsLeft = 3;
    expect(() => storage.write('a', 'text')).toThrow(PowerCut);
    expect(() => storage.read('a')).toThrow(PowerCut);
    flash.restore();
    expect(storage.read('a')).toBeUndefined();
  });
});
