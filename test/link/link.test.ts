import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateIfKnown } from '../../src/date.ts';
import { receive } from '../../src/link/link.ts';
import { type Bench, bench } from '../core/bench.ts';

/** In the first seconds of work. */
function stopBench(): Bench {
  const b = bench();
  b.start();
  return b;
}

const dateOf = (b: Bench): number => dateIfKnown(b.level.core.date, b.level.core.tick.now);

describe('link', () => {
  it('~S stops a session at once, from anybody', () => {
    const b = bench();
    b.start();
    receive(b.level.core, '~S\n');
    expect(b.level.rig.valve).toBe(0);
    b.run(0.1);
    expect(b.phase).toBe('paused');
    expect(b.level.view.vent).toBe(1);
  });

  it('~? is answered once, with the state in whole numbers', () => {
    const b = bench();
    const said: string[] = [];
    Object.assign(b.level.core.ports.link, { write: (text: string) => said.push(text) });
    b.start();
    receive(b.level.core, '~?\n~?\n~?\n');
    b.run(0.2);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^~3,0,\d+,95,\d+,0,0\n$/);
  });

  it('~V is answered with the version of the firmware that runs', () => {
    const b = bench();
    const said: string[] = [];
    Object.assign(b.level.core.ports.link, { write: (text: string) => said.push(text) });
    b.settle();
    receive(b.level.core, '~V\n');
    b.run(0.2);
    expect(said).toEqual([`~V${b.level.core.version}\n`]);
  });

  it('nothing that comes over the link starts anything: 300 bursts of bytes on an idle device', () => {
    const b = bench();
    b.settle();
    const bytes = fc.string({
      unit: fc.constantFrom('~', 'S', '?', 'G', '1', '\n', '\u0003', 'x'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(bytes, (text) => {
        receive(b.level.core, text);
        b.level.nextTick();
        return b.phase === 'idle' && b.level.view.vent === 1;
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('takes 48 bytes a tick and drops the rest', () => {
    const b = bench();
    b.start();
    receive(b.level.core, `${'x'.repeat(48)}~D1790000000\n`);
    b.run(0.2);
    expect(dateOf(b)).toBe(0);
    receive(b.level.core, `${'x'.repeat(35)}~D1790000000\n`);
    expect(dateOf(b)).toBeGreaterThan(0);
    expect(b.phase).toBe('work');
  });

  it('~S stops behind any number of bytes, and cut apart at any place', () => {
    for (let before = 40; before < 60; before++) {
      for (const [first, second] of [
        ['~S\r\n', ''],
        ['~S', '\n'],
        ['~', 'S\n'],
      ]) {
        const b = stopBench();
        receive(b.level.core, `${'~?\n'.repeat(20).slice(0, before)}${first}`);
        receive(b.level.core, second as string);
        b.run(0.05);
        expect([before, first, b.phase]).toEqual([before, first, 'paused']);
      }
    }
  });

  it('~S stops with any line end', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const b = stopBench();
      receive(b.level.core, `~S${end}`);
      expect(b.level.rig.valve).toBe(0);
      b.run(0.05);
      expect([end, b.phase]).toEqual([end, 'paused']);
    }
  });

  it('what is dropped stops nothing unless it is a STOP', () => {
    const b = stopBench();
    for (const text of [`${'x'.repeat(60)}S\n`, `${'x'.repeat(48)}~?\n~D5\n~`, '\nS\n', '~?S\n']) {
      receive(b.level.core, text);
      b.run(0.05);
    }
    expect(b.phase).toBe('work');
  });

  it('~D sets the date, which is trusted from then on and goes into records; nonsense does not', () => {
    const b = bench();
    b.settle();
    for (const bad of ['~D5\n', '~D99999999999\n', '~D-1790000000\n', '~D17900x0000\n', '~D\n']) {
      receive(b.level.core, bad);
      b.run(0.1);
      expect(dateOf(b), bad).toBe(0);
    }
    receive(b.level.core, '~D1790000000\n');
    b.run(5);
    expect(dateOf(b)).toBeGreaterThanOrEqual(1790000004);
    expect(dateOf(b)).toBeLessThanOrEqual(1790000006);
    expect(b.phase).toBe('idle');
  });

  it('a date moves no limit: the lock-out goes on', () => {
    const b = bench({ files: { 'cuff.lock': '1' } });
    b.run(9);
    receive(b.level.core, '~D1790000000\n');
    receive(b.level.core, '~D1890000000\n');
    b.tap(1);
    expect(b.phase).toBe('idle');
    expect(b.level.view.inhibits & 64).toBe(64);
  });

  it('~L and ~N say what is used and what comes next, on a vented cuff only', () => {
    const b = bench({ settings: { lopSource: 3 } });
    const said: string[] = [];
    Object.assign(b.level.core.ports.link, { write: (text: string) => said.push(text) });
    b.settle();
    receive(b.level.core, '~L\n');
    b.run(1);
    receive(b.level.core, '~N\n');
    b.run(1);
    expect(said[0]).toMatch(/^~L190,3,2,1,0,0,0,0,0,0,0,0\n$/);
    expect(said[1]).toMatch(/^~N0,0,Next: run-5x3, by an estimated occlusion pressure; .*\n$/);
    b.start();
    receive(b.level.core, '~N\n');
    b.run(1);
    expect(said).toHaveLength(2);
  });
});
