import { describe, expect, it } from 'vitest';
import { sampleLimb } from '../../sim/plant/limb-params.ts';
import { Random } from '../../sim/plant/random.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { samplePlant } from '../../sim/plant/sampler.ts';

// Calibration of the sampled thighs: a cuff that is filled once, topped up during the first 20 s and then sealed does in a leg-press
// session what consumer cuffs were measured to do. A plant without seating and creep scores far better and is too kind.
interface Outcome {
  readonly exercise: number;
  readonly rest: number;
  readonly restMean: number;
  readonly peak: number;
  readonly valley: number;
  readonly above: boolean;
}

function inflateOnce(seed: number, still: boolean): Outcome {
  const rng = new Random(seed);
  const drawn = samplePlant(rng, { limb: 'thigh' });
  // pumps as rated and no fixed bleed: nobody sells a cuff for one fill with them
  const plant = {
    ...drawn,
    pumpFlow: Math.max(22, drawn.pumpFlow),
    bleed: 0,
    ...(still ? { creepFast: 0, creepSlow: 0, seat: 0 } : {}),
  };
  const limb = sampleLimb(rng, 'legpress');
  const rig = new Rig({ plant, limb, sensor: 'MPRLS' }, seed);
  const target = 0.8 * plant.lopMmHg;
  fillOnce(rig, target);
  const tally = { exercise: 0, exerciseAll: 0, rest: 0, restAll: 0, restSum: 0, above: false };
  const peaks: number[] = [];
  const valleys: number[] = [];
  const rep = 1000 / limb.motions.legpress.hz;
  for (const reps of [30, 15, 15, 15]) {
    rig.setActivity('legpress');
    for (let i = 0; i < reps; i += 1) {
      let lo = 999;
      let hi = 0;
      const end = rig.nowMs + Math.round(rep / 20) * 20;
      while (rig.nowMs < end) {
        rig.advanceTo(rig.nowMs + 20);
        const p = rig.p2;
        lo = Math.min(lo, p);
        hi = Math.max(hi, p);
        tally.exerciseAll += 1;
        if (Math.abs(p - target) <= 0.1 * target) tally.exercise += 1;
        if (p > plant.lopMmHg) tally.above = true;
      }
      peaks.push(hi);
      valleys.push(lo);
    }
    rig.setActivity('rest');
    const end = rig.nowMs + 30_000;
    while (rig.nowMs < end) {
      rig.advanceTo(rig.nowMs + 20);
      tally.restAll += 1;
      tally.restSum += rig.p2;
      if (Math.abs(rig.p2 - target) <= 0.05 * target) tally.rest += 1;
    }
  }
  const mean = (x: number[]): number => x.reduce((a, b) => a + b, 0) / x.length;
  return {
    exercise: (100 * tally.exercise) / tally.exerciseAll,
    rest: (100 * tally.rest) / tally.restAll,
    restMean: (100 * tally.restSum) / tally.restAll / plant.lopMmHg,
    peak: (100 * mean(peaks)) / plant.lopMmHg,
    valley: (100 * mean(valleys)) / plant.lopMmHg,
    above: tally.above,
  };
}

/** Fill, stop at target, wait 0.6 s, top up if more than 2 mmHg low, until 20 s; then sealed until 50 s. */
function fillOnce(rig: Rig, target: number): void {
  rig.valve = 1;
  rig.pump = 1;
  let waitTo = 0;
  while (rig.nowMs < 20_000) {
    rig.advanceTo(rig.nowMs + 20);
    if (rig.pump > 0) {
      if (rig.sensed >= target) {
        rig.pump = 0;
        waitTo = rig.nowMs + 600;
      }
    } else if (rig.nowMs >= waitTo && rig.sensed < target - 2) rig.pump = 1;
  }
  rig.pump = 0;
  rig.advanceTo(50_000);
}

const median = (x: number[]): number => [...x].sort((a, b) => a - b)[x.length >> 1] as number;

describe('inflate once, 24 sampled thighs', () => {
  const all = Array.from({ length: 24 }, (_, i) => inflateOnce(500 + i, false));

  it('scores what consumer cuffs score: a fraction of the exercise, nothing of the rests', () => {
    expect(median(all.map((o) => o.exercise))).toBeGreaterThan(20);
    expect(median(all.map((o) => o.exercise))).toBeLessThan(55);
    expect(median(all.map((o) => o.rest))).toBeLessThan(5);
  });

  it('ends up at 58-68 %LOP in the rests, peaks 75-92, valleys 57-69 for a target of 80', () => {
    const rest = median(all.map((o) => o.restMean));
    const peak = median(all.map((o) => o.peak));
    const valley = median(all.map((o) => o.valley));
    expect(rest).toBeGreaterThan(58);
    expect(rest).toBeLessThan(68);
    expect(peak).toBeGreaterThan(75);
    expect(peak).toBeLessThan(92);
    expect(valley).toBeGreaterThan(57);
    expect(valley).toBeLessThan(69);
  });

  it('takes about a third of them above 100 %LOP at some moment', () => {
    const above = all.filter((o) => o.above).length;
    expect(above).toBeGreaterThan(2);
    expect(above).toBeLessThan(14);
  });

  it('is hard because of seating and creep: without them the rests keep 7 %LOP more', () => {
    const kind = Array.from({ length: 12 }, (_, i) => inflateOnce(500 + i, true));
    expect(
      median(kind.map((o) => o.restMean)) - median(all.slice(0, 12).map((o) => o.restMean)),
    ).toBeGreaterThan(5);
  });
});
