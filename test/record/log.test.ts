import { describe, expect, it } from 'vitest';
import { BOX_PARTS, BOX_ROWS, boxText, RECORD_SLOTS, recordFile } from '../../src/record/box.ts';
import { createRecorder } from '../../src/record/recorder.ts';
import { bench } from '../core/bench.ts';

function recordOf(b: ReturnType<typeof bench>, n: number): Record<string, unknown> {
  return JSON.parse(b.level.stored(recordFile(n)) ?? '{}');
}

describe('records', () => {
  it('a stopped session leaves a record with its numbers, and what was felt is added to it', () => {
    const b = bench();
    b.start();
    b.run(30);
    b.tap(1);
    b.run(8);
    b.hold(2.5);
    b.until('done', 10);
    b.run(0.2);
    const before = recordOf(b, 3);
    expect(before).toMatchObject({
      v: 1,
      n: 3,
      protocol: 'run-5x3',
      lop: 190,
      exit: 2,
      step: 0,
      pauses: 1,
      trip: '',
      felt: 0,
    });
    expect(before['moveS']).toBeGreaterThanOrEqual(30);
    expect(before['moveS']).toBeLessThanOrEqual(33);
    b.tap(2);
    expect(b.phase).toBe('idle');
    expect(recordOf(b, 3)).toMatchObject({ felt: 2 });
  });

  it('every phase is kept with the step that it was in', () => {
    const b = bench();
    b.start();
    b.until('released', 220);
    b.until('work', 100);
    b.run(5);
    b.tap(1);
    b.run(6);
    b.hold(2.5);
    b.until('done', 20);
    b.run(1);
    const phases = recordOf(b, 3)['phases'] as number[];
    const pairs: string[] = [];
    for (let i = 0; i < phases.length; i += 3) pairs.push(`${phases[i]}:${phases[i + 1]}`);
    expect(pairs).toEqual(['0:-1', '1:-1', '2:0', '3:0', '5:1', '2:2', '3:2', '10:2', '6:2']);
  });

  it('a trip leaves its cause with numbers, and a black box', () => {
    const b = bench({ rig: { faults: [{ kind: 'sensor-nak', atMs: 30000 }] } });
    b.start();
    b.until('tripped', 60);
    b.run(70);
    expect(recordOf(b, 3)).toMatchObject({ trip: 'sensor-lost', exit: 3 });
    for (let part = 0; part < BOX_PARTS; part++) expect(b.level.stored(`cuff.b${part}`)).toBeDefined();
  });

  it('record n overwrites record n - RECORD_SLOTS', () => {
    expect(recordFile(RECORD_SLOTS + 3)).toBe(recordFile(3));
    expect(new Set(Array.from({ length: RECORD_SLOTS }, (_, i) => recordFile(i))).size).toBe(RECORD_SLOTS);
  });

  it('the black box holds every value of the ring in two bytes', () => {
    const r = createRecorder();
    for (const [k, values] of [r.levels, r.outs, r.targets].entries())
      for (let i = 0; i < values.length; i++) values[i] = ((i * 7919 + k) % 65536) - 32768;
    r.base = 308;
    const found = { levels: [] as number[], outs: [] as number[], targets: [] as number[] };
    for (let part = 0; part < BOX_PARTS; part++) {
      let text = boxText(r, 50, part);
      if (part === 0) {
        expect(text.startsWith('2,50,77\n')).toBe(true);
        text = text.slice(8);
      }
      const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
      const values = [...new Int16Array(bytes.buffer)];
      found.levels.push(...values.slice(0, BOX_ROWS));
      found.outs.push(...values.slice(BOX_ROWS, 2 * BOX_ROWS));
      found.targets.push(...values.slice(2 * BOX_ROWS));
    }
    expect(found).toEqual({ levels: [...r.levels], outs: [...r.outs], targets: [...r.targets] });
  });
});
