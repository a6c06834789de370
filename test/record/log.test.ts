import { describe, expect, it } from 'vitest';
import { BOX_PARTS, boxText, RECORD_SLOTS, recordFile } from '../../src/record/log.ts';
import { RING_TICKS } from '../../src/record/recorder.ts';
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
    const ring = new Int16Array(RING_TICKS * 4).map((_, i) => ((i * 7919) % 65536) - 32768);
    let text = '';
    for (let part = 0; part < BOX_PARTS; part++) text += boxText(ring, 77, part);
    expect(text.startsWith('77\n')).toBe(true);
    const bytes = Uint8Array.from(text.slice(3), (c) => c.charCodeAt(0));
    expect(new Int16Array(bytes.buffer)).toEqual(ring);
  });
});
