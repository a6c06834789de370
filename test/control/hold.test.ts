import { describe, expect, it } from 'vitest';
import { SENSORS } from '../../sim/plant/sensor-params.ts';
import { drawOf, moving, resting, session } from './plants.ts';

describe('holding at rest', () => {
  for (const period of [20, 40]) {
    it(`holds 5 % for two minutes with little pump and valve at ${period} ms`, () => {
      const { metrics } = session(resting(120), drawOf('rest'), period);
      expect(metrics.rest5).toBeGreaterThan(99);
      expect(metrics.restDuty).toBeLessThan(4);
      expect(metrics.restActions).toBeLessThan(6);
    });
  }

  it('holds with a slow sensor, 40 and 10 conversions a second', () => {
    for (const conversionMs of [25, 100]) {
      const { metrics } = session(resting(60), drawOf('rest', {}, { ...SENSORS.HX710B, conversionMs }), 40);
      expect(metrics.rest5).toBeGreaterThan(97);
      expect(metrics.restActions).toBeLessThan(10);
    }
  });

  it('tops up a fixed bleed without valve work', () => {
    // at half of the occlusion pressure: nearer to it such a leak fills the air book within a minute, and the cuff is released
    const { metrics } = session(resting(60, 50), drawOf('rest', { bleed: 0.01 }), 40);
    expect(metrics.rest5).toBeGreaterThan(97);
    expect(metrics.restActions).toBeLessThan(6);
  });
});

describe('holding in movement', () => {
  it('keeps a leg press inside 10 % most of the time, below LOP, and better than a sealed cuff by far', () => {
    for (const period of [20, 40]) {
      const { metrics } = session(moving('legpress', 80), drawOf('legpress'), period);
      expect(metrics.move10).toBeGreaterThan(88);
      expect(metrics.aboveLopRun).toBeLessThanOrEqual(1);
      expect(metrics.rest5).toBeGreaterThan(95);
    }
  });

  it('keeps walking, running and cycling inside 10 %', () => {
    expect(session(moving('walk', 50), drawOf('walk'), 40).metrics.move10).toBeGreaterThan(92);
    expect(session(moving('run', 50), drawOf('run'), 40).metrics.move10).toBeGreaterThan(70);
    expect(session(moving('cycle', 50), drawOf('cycle'), 40).metrics.move10).toBeGreaterThan(90);
  });

  it('a pump too weak for the leg does not sink the mean: what cannot come back is not let out', () => {
    const { metrics } = session(moving('legpress', 80), drawOf('legpress', { pumpFlow: 12 }), 40);
    expect(metrics.meanError).toBeGreaterThan(-15);
    expect(metrics.valley).toBeGreaterThan(58);
  });
});
