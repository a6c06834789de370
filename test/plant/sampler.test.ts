import { describe, expect, it } from 'vitest';
import { Solenoid } from '../../sim/plant/actuators.ts';
import { gasCapacity, sealedCompliance } from '../../sim/plant/compliance.ts';
import { Random } from '../../sim/plant/random.ts';
import { samplePlant } from '../../sim/plant/sampler.ts';
import { fill, makeRig, STILL } from './rigs.ts';

const N = 200;
/** A step for what takes minutes, s. */
const HEAT_DT = 0.01;
const quantile = (x: number[], p: number): number =>
  [...x].sort((a, b) => a - b)[Math.floor(p * x.length)] as number;

describe('sampled plants', () => {
  it.each([
    ['thigh', 0.4, 0.6, 0.9, 0.72],
    ['arm', 0.18, 0.28, 0.42, 0.33],
  ] as const)(
    '%s: sealed compliance %f/%f/%f mL per mmHg at 80 %%LOP (+-15 %%), gas capacity about %f',
    (limb, lo, mid, hi, capacity) => {
      const plants = Array.from({ length: N }, (_, i) => samplePlant(new Random(i), { limb }));
      const c = plants.map((p) => sealedCompliance(p, 0.8 * p.lopMmHg));
      for (const [share, want] of [
        [0.05, lo],
        [0.5, mid],
        [0.95, hi],
      ] as const) {
        expect(quantile(c, share) / want).toBeGreaterThan(0.85);
        expect(quantile(c, share) / want).toBeLessThan(1.2);
      }
      const n = plants.map((p) => gasCapacity(p, 0.8 * p.lopMmHg));
      expect(Math.abs(quantile(n, 0.5) / capacity - 1)).toBeLessThan(0.15);
    },
  );

  it('all shut their valve and nearly all reach their target within a minute', () => {
    let late = 0;
    for (let i = 0; i < 60; i += 1) {
      const plant = samplePlant(new Random(i), { limb: i % 2 === 0 ? 'thigh' : 'arm' });
      const rig = makeRig({ plant, limb: STILL });
      try {
        fill(rig, 0.8 * plant.lopMmHg);
      } catch {
        late += 1;
      }
      expect(rig.opening).toBe(0);
    }
    expect(late).toBeLessThan(3);
  });

  it('what grows warm is drawn by itself: everything else of a seed is as it was before there was any', () => {
    const { valveC, coilPull, sag, ratedMv, pumpHeat, coilHeat } = samplePlant(new Random(5), {
      limb: 'thigh',
    });
    expect({ valveC, coilPull, sag, ratedMv }).toEqual({
      valveC: 0.07731065140907024,
      coilPull: 0.7227878822386264,
      sag: 0.07244733908446506,
      ratedMv: 3650.3624337946458,
    });
    expect([pumpHeat > 0, coilHeat > 0]).toEqual([true, true]);
  });

  it('hot, on the lowest rail, all still pull in, hold, and start their pump: nobody keeps one that does not', () => {
    let held = 0;
    for (let i = 0; i < N; i += 1) {
      const p = samplePlant(new Random(i), { limb: 'thigh', build: i % 4 === 0 ? 'reference' : 'any' });
      if (p.coilHold < 1) held += 1;
      const drive = (p.batteryMv - 350) / p.ratedMv;
      const least = drive * (1 - p.sag);
      const valve = new Solenoid(p, HEAT_DT);
      const at = (volts: number, seconds: number): number => {
        for (let t = 0; t < seconds; t += HEAT_DT) valve.step(volts);
        return valve.opening;
      };
      at(drive, 5 * p.coilHeatS);
      // without any heat: a valve that was on the edge cold
      if (p.coilHeat > 0) expect([at(least, 1), at(0, 1), at(least, 1)], `seed ${i}`).toEqual([0, 1, 0]);
      const load = (0.8 * p.lopMmHg) / p.pumpShutOff;
      expect(drive * (1 - p.pumpHeat), `seed ${i}`).toBeGreaterThan(p.pumpStart + p.pumpStall * load);
    }
    expect(held / N).toBeGreaterThan(0.03);
    expect(held / N).toBeLessThan(0.2);
  });

  it('reference builds are what the parts list says', () => {
    for (let i = 0; i < N; i += 1) {
      const p = samplePlant(new Random(i), { limb: 'thigh', build: 'reference' });
      expect(p.sensorAt).toBe('cuff');
      expect(p.hoseM).toBeLessThan(0.3);
      expect(p.pumpFlow).toBeGreaterThanOrEqual(33);
      expect(p.relief?.crackMmHg).toBeGreaterThanOrEqual(280);
    }
  });

  it('any builds are not all alike: sensor and valve sit at either end, some have bleeds, relief or proportional valves', () => {
    const plants = Array.from({ length: N }, (_, i) => samplePlant(new Random(i), { limb: 'thigh' }));
    const share = (test: (p: (typeof plants)[number]) => boolean): number => plants.filter(test).length / N;
    for (const s of [
      share((p) => p.sensorAt === 'cuff'),
      share((p) => p.valveAt === 'cuff'),
      share((p) => p.bleed > 0),
      share((p) => p.relief !== null),
      share((p) => p.proportional),
      share((p) => p.flyback > 1),
      share((p) => p.softMl > 0),
    ]) {
      expect(s).toBeGreaterThan(0.02);
      expect(s).toBeLessThan(0.6);
    }
  });
});
