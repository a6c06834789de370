import { describe, expect, it } from 'vitest';
import { Random } from '../../sim/plant/random.ts';
import { FLAT_MS, TRIP_SENSOR_FLAT } from '../../src/safety/rows/sensor.ts';
import { Stand } from './stand.ts';

describe('a limb is alive', () => {
  /** A part with noise, on the vented cuff and then in a hold with a pulse of `mmHg` peak to peak until `until` ms. */
  const held = (noise: number, pulse: number, until: number, seconds: number): Stand => {
    const rng = new Random(3);
    const s = new Stand();
    let p = 0;
    const part = (mmHg: number) => {
      p += (mmHg + noise * rng.gauss() - p) * 0.385;
      return { measuredMmHg: mmHg, filteredMmHg: p };
    };
    s.run(16_000, () => part(0));
    s.hold(100, 0);
    p = 100;
    s.untilTrip(seconds * 1000, (at) => ({
      ...part(100 + (at < until ? (pulse / 2) * Math.sin((2 * Math.PI * 1.1 * at) / 1000) : 0)),
      outPump: 0,
    }));
    return s;
  };

  it('a pulse of 0.6 mmHg is seen above the noise of a good part, for minutes', () => {
    expect(held(0.08, 0.6, 300_000, 300).s.trip).toBe(0);
  });

  it('a reading that stirs no more than on the vented cuff is found within 15 s', () => {
    const s = held(0.08, 2, 20_000, 60);
    expect(s.s.trip).toBe(TRIP_SENSOR_FLAT);
    expect(s.t.now - 16_000 - 6_800 - 20_000).toBeLessThan(15_000);
    expect(s.s.air.flatMs).toBeGreaterThanOrEqual(FLAT_MS);
  });

  it('a cuff around a bottle, which never showed a pulse, is none', () => {
    expect(held(0.08, 0, 0, 120).s.trip).toBe(0);
  });

  it('a part that is too noisy for it is not judged', () => {
    expect(held(0.4, 0.6, 0, 60).s.trip).toBe(0);
  });
});
