import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receive } from '../../src/interface/link.ts';
import { bench } from '../core/bench.ts';

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
    receive(b.level.core, `${'x'.repeat(48)}~S\n`);
    expect(b.level.view.vent).toBe(0);
    b.run(0.1);
    expect(b.phase).toBe('work');
  });
});
