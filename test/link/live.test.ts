/** Hello, live frames and kept texts: what stands in them, how many come, and when none does. */
import { describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { PIECE_BYTES, textName } from '../../src/link/kept-texts.ts';
import { receive } from '../../src/link/link.ts';
import { LIVE_ROWS } from '../../src/link/live.ts';
import { Device } from '../loop/device.ts';

interface Told {
  readonly lines: string[];
  readonly rows: [string, number[], number[]][];
}

function listening(d: Device): Told {
  const told: Told = { lines: [], rows: [] };
  Object.assign(d.core.ports.link, {
    write: (text: string) => told.lines.push(text),
    writeProven: (text: string) => told.lines.push(text),
    writeRows: (head: string, a: Int16Array, b: Int16Array, row: number) =>
      told.rows.push([
        head,
        Array.from(a.slice(row, row + LIVE_ROWS)),
        Array.from(b.slice(row, row + LIVE_ROWS)),
      ]),
  });
  return told;
}

describe('live frames', () => {
  it('come two for each question, one in sixteen ticks, with the rows that were recorded', () => {
    const d = new Device().work();
    const told = listening(d);
    receive(d.core, '~T\n');
    d.run(60 * TICK_MS);
    expect(told.rows).toHaveLength(2);
    const bases = told.rows.map(([head]) => Number(head.slice(2).split(',')[0]));
    expect(bases.map((base) => base - (bases[0] as number))).toEqual([0, LIVE_ROWS]);
    const [head, levels, outs] = told.rows[1] as [string, number[], number[]];
    expect(head).toMatch(/^~T\d+,1000,3,0,3700,$/);
    for (const level of levels) expect(level / 50).toBeCloseTo(100, -1);
    for (const out of outs) expect(out).toBeGreaterThan(-60);
    receive(d.core, '~T\n');
    d.run(20 * TICK_MS);
    expect(told.rows.length).toBeGreaterThan(2);
  });
  it.each(['~T1.5\n', '~T 1\n', '~T01\n', '~T-1\n', '~Tx\n', 'xT1\n', '~T1', '~T1\nx', '~T1\r'])(
    'are not granted by %j alone',
    (bytes) => {
      const d = new Device().work();
      receive(d.core, bytes);
      const granted = ['~T1\nx', '~T1\r'].includes(bytes);
      expect([d.core.link.credit > 0, d.core.link.text]).toEqual([granted, bytes === '~T1' ? '~T1' : '']);
    },
  );
  it('are granted in the midst of what was begun, which ends there', () => {
    const d = new Device().work();
    const calls = d.told(() => {
      for (const bytes of ['~S', '~T7\n', '\n']) receive(d.core, bytes);
    });
    expect([d.core.link.credit, calls.includes('valve -1')]).toEqual([2, false]);
  });
  it('are asked for in bytes that count against a flood', () => {
    const d = new Device().work();
    for (let i = 0; i < 10; i++) receive(d.core, '~T200\n');
    d.core.link.credit = 0;
    receive(d.core, '~T200\n');
    expect(d.core.link.credit).toBe(0);
  });
  it('come at the turn of the ring too, from its end', () => {
    const d = new Device().work();
    const told = listening(d);
    d.core.recorder.base = 2048 - 4;
    d.core.recorder.targets.fill(777);
    receive(d.core, '~T\n');
    while (d.core.recorder.base !== 0) d.tick();
    d.run(2 * TICK_MS);
    expect(told.rows[0]?.[0]).toMatch(/^~T0,1000,/);
  });
  it('are none on a vented cuff, and none without a question', () => {
    const idle = new Device().settle();
    const told = listening(idle);
    receive(idle.core, '~T\n');
    idle.run(2000);
    expect(told.rows).toEqual([]);
    const working = new Device().work();
    const other = listening(working);
    working.run(2000);
    expect(other.rows).toEqual([]);
  });
});

describe('hello and trip', () => {
  it('say who it is, and what the trip measured', () => {
    const d = new Device().settle();
    const told = listening(d);
    receive(d.core, '~H\n');
    d.run(600);
    receive(d.core, '~E\n');
    d.run(600);
    expect(told.lines[0]).toMatch(/^~H5,50,1,3700,\d+,,,,x\n$/);
    expect(told.lines[1]).toBe('~E0,0,0,0\n');
  });
});

describe('kept texts', () => {
  const piece = (line: string | undefined): string =>
    Buffer.from((line ?? '').split(',')[3] ?? '', 'base64').toString('latin1');

  it('come in pieces from the byte that is asked for, with the length of the whole', () => {
    const d = new Device().settle();
    const told = listening(d);
    const text = d.files['cuff.set'] as string;
    for (let from = 0; from < text.length; from += PIECE_BYTES) {
      receive(d.core, `~R0,${from}\n`);
      d.run(2 * TICK_MS);
    }
    expect(told.lines.map(piece).join('')).toBe(text);
    expect(told.lines[0]).toMatch(new RegExp(`^~R0,0,${text.length},`));
  });
  it('that are not there have the length -1, and so have numbers of none', () => {
    const d = new Device().settle();
    const told = listening(d);
    for (const n of [3, 15, 40, 64, 84, 9999999999]) {
      receive(d.core, `~R${n},0\n`);
      d.run(2 * TICK_MS);
    }
    expect(told.lines.map((line) => line.split(',')[2])).toEqual(Array(6).fill('-1'));
  });
  it('wait under pressure, and while a session may begin by itself', () => {
    const d = new Device().work();
    const told = listening(d);
    receive(d.core, '~R0,0\n');
    d.run(1000);
    expect(told.lines).toEqual([]);
    receive(d.core, '~S\n');
    d.run(1000);
    expect([d.phase, told.lines]).toEqual(['paused', []]);
  });
  it.each(['~R\n', '~R0\n', '~Rx,0\n', '~R0,-1\n', '~R0,0,x\n', '~R0,0,0,0\n', '~R0,x\n', '~R00,0\n'])(
    '%j asks for none',
    (bytes) => {
      const d = new Device().settle();
      const told = listening(d);
      receive(d.core, bytes);
      d.run(1000);
      expect(told.lines.filter((line) => !line.includes(',-1,'))).toEqual([]);
    },
  );
  it('have numbers that never change', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 16, 39, 40, 48, 63, 64, 80, 83, 84].map(textName)).toEqual([
      'cuff.set',
      'cuff.prog',
      'cuff.lock',
      'cuff.lop',
      'cuff.zero',
      'cuff.com',
      'cuff.day',
      undefined,
      'cuff.r0',
      'cuff.r23',
      undefined,
      'cuff.b0',
      'cuff.b15',
      undefined,
      'cuff.p0',
      'cuff.p3',
      undefined,
    ]);
  });
});
