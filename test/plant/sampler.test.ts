import { describe, expect, it } from 'vitest';
import { gasCapacity, sealedCompliance } from '../../sim/plant/compliance.ts';
import { Random } from '../../sim/plant/random.ts';
import { samplePlant } from '../../sim/plant/sampler.ts';
import { fill, makeRig, STILL } from './rigs.ts';

const N = 200;
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
