import { describe, expect, it } from 'vitest';
import { oursAt } from '../../sim/bench/control-ours.ts';
import type { Regulator } from '../../src/control/regulator.ts';
import { capOf } from '../../src/session/settings-in-use.ts';
import { bench } from '../core/bench.ts';

describe('the pressure that no peak should pass', () => {
  it('is below the occlusion pressure and above any training pressure', () => {
    for (const lop of [80, 190, 300]) {
      expect(capOf(lop)).toBeLessThan(lop);
      expect(capOf(lop)).toBeGreaterThan(0.9 * lop);
    }
  });

  it('is the same in a session and in the benchmark', () => {
    const b = bench({});
    b.start();
    const lop = b.level.core.settings.lopMmHg;
    expect(b.level.core.tick.capMmHg).toBe(capOf(lop));

    let seen: Regulator | undefined;
    const target = 0.8 * lop;
    const ours = oursAt(20, (r) => {
      seen = r;
    })(target, lop, 5, 0.06);
    ours.step(0, 0, true, target);
    expect(seen?.capEdgeMmHg).toBeCloseTo(capOf(lop) - target, 9);
  });
});
