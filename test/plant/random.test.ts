import { describe, expect, it } from 'vitest';
import { Random } from '../../sim/plant/random.ts';

function draw(rng: Random, n: number): number[] {
  return Array.from({ length: n }, () => rng.next());
}

describe('Random', () => {
  it('gives the known stream for a seed, on every machine', () => {
    const rng = new Random(1);
    expect(draw(rng, 4).map((x) => x * 4294967296)).toEqual([3097249379, 1690526664, 1190319606, 3364075623]);
  });

  it('repeats for the same seed and differs for the next one', () => {
    expect(draw(new Random(7), 50)).toEqual(draw(new Random(7), 50));
    expect(draw(new Random(7), 50)).not.toEqual(draw(new Random(8), 50));
  });

  it('forks by label, whatever the parent has drawn', () => {
    const fresh = new Random(3);
    const used = new Random(3);
    draw(used, 1000);
    expect(draw(used.fork('limb'), 20)).toEqual(draw(fresh.fork('limb'), 20));
    expect(draw(fresh.fork('limb'), 20)).not.toEqual(draw(fresh.fork('sensor'), 20));
    expect(draw(fresh.fork(1), 20)).not.toEqual(draw(fresh.fork(2), 20));
  });

  it('is uniform and normal', () => {
    const rng = new Random(11);
    const n = 40_000;
    let sum = 0;
    let g1 = 0;
    let g2 = 0;
    for (let i = 0; i < n; i += 1) {
      sum += rng.next();
      const g = rng.gauss();
      g1 += g;
      g2 += g * g;
    }
    expect(sum / n).toBeCloseTo(0.5, 2);
    expect(Math.abs(g1 / n)).toBeLessThan(0.02);
    expect(Math.abs(g2 / n - 1)).toBeLessThan(0.03);
    for (let i = 0; i < 200; i += 1) expect([0, 1, 2]).toContain(rng.int(3));
  });
});
