import { describe, expect, it } from 'vitest';
import { paceOf } from '../../sim/board/cost/board-cost.ts';
import { costAt, JOLT_COST } from '../../sim/board/cost/tick-cost.ts';
import { type TickTimes, TickTiming, type TimingKind } from '../../sim/core/tick-timing.ts';
import { Random } from '../../sim/plant/random.ts';
import { CONVERT_MS } from '../../src/limits.ts';

function ticks(kind: TimingKind, count: number): TickTimes[] {
  const timing = new TickTiming(kind, 50, new Random(7));
  return Array.from({ length: count }, () => timing.next());
}

/** Mean cost of a tick by the table, collections included, ms. */
function costMean(): number {
  const n = 1000;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += costAt(JOLT_COST, (i + 0.5) / n);
  return sum / n + JOLT_COST.collectionMs / JOLT_COST.ticksBetweenCollections;
}

const gaps = (times: readonly TickTimes[]): number[] =>
  times.slice(1).map((t, i) => t.tickAt - (times[i] as TickTimes).tickAt);

describe('when ticks come', () => {
  it('exact: every period, in no time', () => {
    expect(ticks('exact', 3).map((t) => [t.convertAt, t.tickAt, t.driveAt])).toEqual([
      [50, 57, 57],
      [100, 107, 107],
      [150, 157, 157],
    ]);
  });

  it('busy: work of 45 ms in the mean and 77 at most, collections besides; the mean period holds', () => {
    const times = ticks('busy', 20_000);
    const work = times.map((t) => (t.driveAt - t.convertAt - 7) / 0.75 + 7);
    const mean = work.reduce((sum, w) => sum + w, 0) / work.length;
    expect(mean).toBeGreaterThan(42);
    expect(mean).toBeLessThan(48);
    expect(Math.max(...work)).toBeLessThan(77 + 40 + 5);
    expect(Math.max(...gaps(times))).toBeGreaterThan(90);
    expect((times.at(-1)?.tickAt ?? 0) / times.length).toBeCloseTo(50, 0);
  });

  it('board: the work that was counted for the reference board, 33 to 105 ms and now and then a collection', () => {
    const times = ticks('board', 20_000);
    const work = times.map((t) => t.endAt - t.convertAt - CONVERT_MS);
    const mean = work.reduce((sum, w) => sum + w, 0) / work.length;
    expect(mean).toBeCloseTo(costMean(), 0);
    expect((times.at(-1)?.tickAt ?? 0) / times.length).toBeGreaterThan(CONVERT_MS + mean - 1);
    expect(Math.max(...work)).toBeLessThan(105 + 40 + 3);
    expect(Math.max(...work)).toBeGreaterThan(90);
  });

  it('upper: the same at the upper end of the estimate, a third more', () => {
    const meanOf = (kind: TimingKind): number => {
      const work = ticks(kind, 20_000).map((t) => t.endAt - t.convertAt - CONVERT_MS);
      return work.reduce((sum, w) => sum + w, 0) / work.length;
    };
    const { usPerThousand, range } = paceOf('jolt');
    expect(meanOf('upper') / meanOf('board')).toBeCloseTo(range[1] / usPerThousand, 1);
  });

  it('late: one in twelve is held up, and none comes before its time', () => {
    const late = ticks('late', 12_000);
    const held = late.filter((t, i) => t.convertAt - (i + 1) * 50 >= 20).length;
    expect(held).toBeGreaterThan(800);
    for (const t of late) expect(t.driveAt).toBeGreaterThanOrEqual(t.tickAt);
    expect(Math.min(...gaps(late))).toBeGreaterThan(0);
  });
});
