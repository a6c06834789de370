import { describe, expect, it } from 'vitest';
import { identify } from '../../sim/tune/identify.ts';
import { commissioned, type Done } from './runs.ts';

/** Sensor and vent sit together before the barb: the reading leads the cuff. */
function behind(barbBoreMm: number): Done {
  return commissioned('nominal-thigh', { sensorAt: 'pump', valveAt: 'pump', barbBoreMm });
}

describe('a build that reads "vented" while air is still in the cuff', () => {
  it.each([0.55, 0.45, 0.35])('with a barb of %f mm does not get through the commissioning run', (bore) => {
    const run = behind(bore);
    expect(run.trueVentS(140)).toBeGreaterThan(10);
    expect([run.complete, run.trip]).toEqual([false, expect.stringMatching(/The reading fell to/)]);
  });
  it.each([0.9, 0.7])(
    'with one of %f mm does, vents within 10 s, and is told two thirds of that at least',
    (bore) => {
      const run = behind(bore);
      expect([run.complete, run.trip]).toEqual([true, undefined]);
      const { identified } = identify(run.trace);
      const vent = run.trueVentS(identified?.topMmHg ?? 0);
      expect(vent).toBeLessThan(10);
      expect(identified?.ventS ?? 0).toBeGreaterThan((2 / 3) * vent);
    },
  );
});
