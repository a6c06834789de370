/** The benchmark's ticks come when those of the board come, on both families, and a bottle is seen in what it does. */
import { describe, expect, it } from 'vitest';
import { lopOf, openRig } from '../../sim/bench/bench-rig.ts';
import { runBottle } from '../../sim/bench/bottle-job.ts';
import { type AnyDraw, drawOne, drawSecondOne } from '../../sim/bench/control-draw.ts';
import { drive } from '../../sim/bench/control-drive.ts';
import { measure } from '../../sim/bench/control-metrics.ts';
import { oursAt } from '../../sim/bench/control-ours.ts';
import { SCENARIOS } from '../../sim/bench/control-scenarios.ts';
import { drawOf, moving } from '../control/plants.ts';

const WALK = moving('walk', 50, 15);

describe('the control benchmark', () => {
  it.each([
    ['first', drawOf('walk')],
    ['second', drawSecondOne(5, 2, 'reference')],
  ] as readonly (readonly [string, AnyDraw])[])(
    'writes outputs on the period, or as late as the board does, and holds a walk with both: %s family',
    (_name, draw) => {
      const exact = drive(WALK, draw, oursAt(50));
      expect([...exact.at.slice(0, 3)]).toEqual([0, 50, 100]);
      const late = drive(WALK, draw, oursAt(50), 'board');
      expect(late.at[0]).toBeGreaterThan(15);
      const gaps = late.at.slice(1).map((at, k) => at - (late.at[k] as number));
      const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
      // a conversion of 7 ms is waited for before work of 52 in the mean
      expect(mean).toBeGreaterThan(56);
      expect(mean).toBeLessThan(62);
      expect(Math.min(...gaps)).toBeLessThan(45);
      expect(Math.max(...gaps)).toBeGreaterThan(70);
      for (const run of [exact, late]) {
        expect(measure(WALK, run).move10).toBeGreaterThan(70);
        expect(run.p2.length).toBeGreaterThan(8000);
      }
      expect(late.p2).not.toEqual(exact.p2);
    },
  );

  it('opens a rig at the share of LOP of either family', () => {
    for (const draw of [drawOf('run'), drawSecondOne(1, 1, 'rated')])
      expect(openRig(draw, 50).targetMmHg).toBeCloseTo(lopOf(draw) / 2, 9);
  });

  it('draws the same device with a bottle and without', () => {
    const bare = drawOne(SCENARIOS.run, 7, 3, 'rated');
    const bottled = drawOne(SCENARIOS.run, 7, 3, 'bottled');
    expect(bare.plant.bottle).toBe(null);
    expect(bottled.plant.bottle?.ml).toBeGreaterThan(460);
    expect({ ...bottled, plant: { ...bottled.plant, bottle: null } }).toEqual(bare);
    const second = drawSecondOne(7, 3, 'bottled');
    expect({ ...second, second: { ...second.second, bottle: null } }).toEqual(drawSecondOne(7, 3, 'rated'));
  });
});

describe('the bottle and the supervisor', () => {
  const task = { shape: 'run', seed: 30001, index: 1, bottle: '0.5 L', atS: 13 } as const;

  it('lets a healthy run with half a litre come to its end', () => {
    expect(runBottle(task).trip).toBe('');
  });

  it('vents when a plain coupling comes off, and goes on when a sealing one does', () => {
    const fault = { kind: 'bottle-off' };
    const plain = runBottle({ ...task, fault, coupling: 'plain' });
    expect(plain.trip).not.toBe('');
    expect(plain.emptyMs).toBeLessThan(5000);
    expect(runBottle({ ...task, fault, coupling: 'sealing' }).trip).toBe('');
  });
});
