/** Where the way up ends: no pressure is asked for that could not be of use. Seeded. */
import { describe, expect, it } from 'vitest';
import { traitsFor } from '../../sim/people/measure.ts';
import { Random } from '../../sim/plant/random.ts';
import { lopStep, startLop } from '../../src/occlusion/lop.ts';
import { createLop, LOP_DONE, LOP_FILL, type Lop } from '../../src/occlusion/lop-state.ts';
import { REFUSED_NOISE, REFUSED_TOP } from '../../src/occlusion/verdict.ts';
import { createTick } from '../../src/tick.ts';

interface Seen {
  readonly highest: number;
  readonly seconds: number;
  readonly lop: Lop;
  /** Least setpoint over pressure while it lets air out. */
  readonly leastShare: number;
}

/** A cuff that takes the setpoint over at 25 mmHg/s, and a pulse of `size` mmHg (half its height) at a pressure; `tremor` mmHg at 9 Hz. */
function measureWith(size: (mmHg: number) => number, noise: number, tremor = 0): Seen {
  const rng = new Random(7);
  const lop = createLop(traitsFor(0.1));
  startLop(lop, { limb: 0, careful: false, maxMmHg: 250 });
  const t = createTick(50);
  t.dt = 50;
  t.fresh = true;
  let p = 0;
  let highest = 0;
  let leastShare = 1;
  let now = 0;
  for (; now < 200_000 && lop.state !== LOP_DONE; now += 50) {
    if (lop.setpoint === null) p *= 0.8;
    else if (!lop.quiet) p += Math.max(-1.25, Math.min(1.25, lop.setpoint - p));
    const beat = Math.sin((2 * Math.PI * now) / 850);
    t.measuredMmHg = p + size(p) * beat + noise * rng.gauss() + tremor * Math.sin((2 * Math.PI * now) / 108);
    lopStep(lop, t);
    highest = Math.max(highest, lop.setpoint ?? 0);
    if (lop.state === LOP_FILL && !lop.goingUp && lop.setpoint !== null)
      leastShare = Math.min(leastShare, lop.setpoint / Math.max(p, lop.setpoint));
  }
  return { highest, seconds: now / 1000, lop, leastShare };
}

/** Rises to 1.2 mmHg at 95, then falls to a rest that stays. */
const hump =
  (rest: number) =>
  (mmHg: number): number =>
    rest + (1.2 - rest) * Math.exp(-(((mmHg - 95) / 25) ** 2));

describe('the way up', () => {
  it('ends where no higher result could be believed: the largest pulse over its least share, and a step', () => {
    const { highest, lop } = measureWith(hump(0.75), 0.02);
    expect(lop.result.refusal).toBe(REFUSED_TOP);
    expect(highest).toBeGreaterThan(130);
    expect(highest).toBeLessThanOrEqual((100 + 5) / 0.6 + 20);
  });

  it('ends there with a result of use where the middle of the flank was seen', () => {
    const { highest, lop } = measureWith(hump(0.5), 0.02);
    expect(lop.sweep.complete).toBe(true);
    expect(highest).toBeLessThanOrEqual((100 + 5) / 0.6 + 20);
  });

  it('ends at two small pulses where they come first', () => {
    const { highest, lop } = measureWith(hump(0.02), 0.02);
    expect(lop.sweep.complete).toBe(true);
    expect(highest).toBeLessThanOrEqual(160);
  });

  it('is given up at once when the noise of its windows already means refusal', () => {
    const { seconds, lop } = measureWith(hump(0.02), 0.02, 0.8);
    expect(lop.result.refusal).toBe(REFUSED_NOISE);
    expect(lop.steps.count).toBeLessThanOrEqual(5);
    expect(seconds).toBeLessThan(30);
  });
});

describe('the way down', () => {
  it('is asked for in parts, so that the pressure is never far above its setpoint', () => {
    const { leastShare } = measureWith(hump(0.02), 0.02);
    expect(leastShare).toBeGreaterThanOrEqual(0.83);
    expect(leastShare).toBeLessThan(0.99);
  });

  it('stops so early that the number stands 75 s after the start', () => {
    for (const rest of [0.02, 0.5]) expect(measureWith(hump(rest), 0.02).seconds).toBeLessThanOrEqual(75);
  });
});
