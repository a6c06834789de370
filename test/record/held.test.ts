import { describe, expect, it } from 'vitest';
import { RECORD_SLOTS } from '../../src/record/box.ts';
import { HELD_HIGH, HELD_LOW, HELD_SWINGS, HELD_WEAK, HELD_WELL, heldHow } from '../../src/record/held.ts';
import { bench } from '../core/bench.ts';

describe('how well a plant could be held', () => {
  it.each([
    ['in the band for 80 % of the time, whatever the cycles say', 300_000, 240_000, 90, 90, 90, HELD_WELL],
    ['half a minute of work', 30_000, 0, 90, 0, 90, HELD_WELL],
    ['a ms less than a minute', 59_999, 0, 90, 0, 90, HELD_WELL],
    ['a minute is enough', 60_000, 0, 90, 0, 90, HELD_WEAK],
    ['no work at all', 0, 0, 0, 0, 0, HELD_WELL],
    ['the pump too weak in a third of the low cycles', 300_000, 200_000, 90, 10, 30, HELD_WEAK],
    ['low', 300_000, 200_000, 90, 40, 0, HELD_LOW],
    ['high', 300_000, 200_000, 40, 90, 0, HELD_HIGH],
    ['both', 300_000, 200_000, 60, 50, 0, HELD_SWINGS],
    ['no rhythm was found', 300_000, 100_000, 0, 0, 0, HELD_SWINGS],
  ])('%s', (_what, moveMs, inMs, low, high, weak, held) => {
    expect(heldHow(moveMs, inMs, low, high, weak)).toBe(held);
  });

  it('is in the record, with the cycles of this session alone', () => {
    const b = bench();
    // of earlier sessions; only the regulator counts, so its type lets nobody write
    Object.assign(b.level.core.regulator.report, { cycles: 1000, low: 900 });
    b.start();
    b.level.rig.setActivity('run');
    b.run(40);
    b.tap(1);
    b.run(8);
    b.hold(2.5);
    b.until('done', 10);
    b.run(0.3);
    const record = JSON.parse(b.level.stored(`cuff.r${3 % RECORD_SLOTS}`) ?? '{}');
    expect(record.held).toBe(HELD_WELL);
    expect(record.cycles).toBeGreaterThan(10);
    expect(record.cycles).toBeLessThan(200);
    expect(record.low).toBeLessThan(200);
  });
});
