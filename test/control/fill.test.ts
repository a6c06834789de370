import { describe, expect, it } from 'vitest';
import { NOMINAL_ARM, NOMINAL_THIGH, RECORDED_ARM, REFERENCE_THIGH } from '../../sim/plant/params.ts';
import { drawOf, resting, session } from './plants.ts';

const PLANTS = { NOMINAL_THIGH, NOMINAL_ARM, REFERENCE_THIGH, RECORDED_ARM };

describe('filling', () => {
  for (const [name, plant] of Object.entries(PLANTS)) {
    for (const period of [10, 20, 40, 50]) {
      it(`${name} at ${period} ms reaches its target and overshoots by less than 6 mmHg`, () => {
        const { metrics } = session(resting(20), drawOf('rest', plant), period);
        expect(metrics.fillS).toBeLessThan(35);
        expect(metrics.overshoot).toBeLessThan(6);
      });
    }
  }

  it('a very fast arm (140 mmHg/s) does not shoot past', () => {
    const plant = { ...NOMINAL_ARM, slackMl: 30, stretch: 0.06, pumpFlow: 55 };
    for (const period of [20, 40]) {
      const { metrics } = session(resting(20, 50), drawOf('rest', plant), period);
      expect(metrics.overshoot).toBeLessThan(9);
      expect(metrics.rest5).toBeGreaterThan(90);
    }
  });

  it('a hose that eats 15 mmHg neither stops the fill short nor lets it overshoot', () => {
    const plant = { barbBoreMm: 1, hoseM: 1.2, hoseBoreMm: 2 };
    const { metrics } = session(resting(30), drawOf('rest', plant), 40);
    expect(metrics.overshoot).toBeLessThan(6);
    expect(metrics.rest5).toBeGreaterThan(95);
  });
});
