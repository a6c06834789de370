/** The damping volume against what can be worked out by hand. */
import { describe, expect, it } from 'vitest';
import { BELT_FLASK, type BottleParams } from '../../sim/plant/bottle-params.ts';
import { gasCapacity } from '../../sim/plant/compliance.ts';
import { nominalLimb } from '../../sim/plant/limb.ts';
import { type PlantParams, RUNNER_THIGH } from '../../sim/plant/params.ts';
import { Random } from '../../sim/plant/random.ts';
import type { Rig } from '../../sim/plant/rig.ts';
import { samplePlant } from '../../sim/plant/sampler.ts';
import { fill, makeRig, play, TIGHT_THIGH } from './rigs.ts';

const TIGHT_FLASK: BottleParams = { ...BELT_FLASK, leakMmHgPerMin: 0 };
const withBottle = (changes: Partial<BottleParams> = {}): PlantParams => ({
  ...TIGHT_THIGH,
  sensorAt: 'cuff',
  bottle: { ...TIGHT_FLASK, ...changes },
});

/** Peak to peak of the cuff in running, sealed, over 5 s. */
function swing(plant: PlantParams, faults: Parameters<typeof makeRig>[0] = {}): number {
  const rig = makeRig({ plant, limb: nominalLimb('run'), ...faults });
  fill(rig, 95, 1000);
  rig.setActivity('run');
  rig.advanceTo(rig.nowMs + 3000);
  let low = 999;
  let high = 0;
  const end = rig.nowMs + 5000;
  while (rig.nowMs < end) {
    rig.advanceTo(rig.nowMs + 2);
    low = Math.min(low, rig.p2);
    high = Math.max(high, rig.p2);
  }
  return high - low;
}

/** Seconds of the full pump to 95 mmHg. */
function fillSeconds(plant: PlantParams): number {
  const rig = makeRig({ plant });
  fill(rig, 95);
  return rig.nowMs / 1000;
}

describe('the damping volume', () => {
  it.each(['cuff', 'pump'] as const)('closes its books to 1e-6 NmL, joined at the %s', (at) => {
    const rig = makeRig({
      plant: { ...RUNNER_THIGH, bottle: { ...BELT_FLASK, at } },
      limb: nominalLimb('legpress'),
      faults: [{ kind: 'hose-off', atMs: 23_000 }],
    });
    let worst = 0;
    play(rig, (r) => {
      worst = Math.max(worst, Math.abs(r.gasError));
    });
    expect(rig.bottleMmHg).not.toBe(rig.p2);
    expect(worst).toBeLessThan(1e-6);
  });

  it('holds what its volume says once it has the temperature of the room', () => {
    const rig = makeRig({ plant: withBottle() });
    fill(rig, 100, 60_000);
    expect(rig.bottleMmHg).toBeCloseTo(rig.p2, 3);
    const inBottle = rig.gasIn - (rig.gas - 25) - (5 / 760) * rig.p1;
    expect(inBottle).toBeCloseTo((500 * rig.p2) / 760, 0);
  });

  it('takes as much longer to fill as it is larger than the cuff', () => {
    const cuff = gasCapacity(TIGHT_THIGH, 95);
    expect(cuff).toBeLessThan(1);
    const more = fillSeconds(withBottle()) - fillSeconds(TIGHT_THIGH);
    // 500 mL to 95 mmHg are 62 NmL, warm air takes less
    expect(more).toBeGreaterThan(1.2);
    expect(more).toBeLessThan(3);
  });

  it('takes half of a running wave away on its wide line, little on a thin one, and nothing behind a shut tap', () => {
    const bare = swing(TIGHT_THIGH);
    expect(swing(withBottle())).toBeLessThan(0.6 * bare);
    expect(swing(withBottle({ lineBoreMm: 1.2, fittingBoreMm: 0.8, lineM: 1 }))).toBeGreaterThan(0.8 * bare);
    expect(swing(withBottle({ tap: 'shut' }))).toBeCloseTo(swing({ ...TIGHT_THIGH, sensorAt: 'cuff' }), 6);
  });

  it('is softer when its air keeps the temperature of the wall', () => {
    expect(swing(withBottle({ exchangeS: 0.05 }))).toBeLessThan(0.93 * swing(withBottle({ exchangeS: 10 })));
  });

  it('leaks by itself as its leak says', () => {
    const rig = makeRig({ plant: withBottle({ leakMmHgPerMin: 30 }) });
    fill(rig, 150, 20_000);
    const from = rig.p2;
    rig.advanceTo(rig.nowMs + 30_000);
    const rate = 2 * (from - rig.p2);
    // bottle and cuff share the loss of the bottle alone
    expect(rate).toBeGreaterThan(8);
    expect(rate).toBeLessThan(20);
  });

  it('moves an open-loop pressure by less than 0.1 mmHg when the step is halved, on a line shorter than any step', () => {
    const plant = withBottle({ lineM: 0.02, lineBoreMm: 12, fittingBoreMm: 12 });
    const limb = nominalLimb('legpress');
    const a: number[] = [];
    let worst = 0;
    play(makeRig({ plant, limb }), (r) => a.push(r.p2));
    let i = 0;
    play(makeRig({ plant, limb, stepsPerMs: 2 }), (r) => {
      worst = Math.max(worst, Math.abs(r.p2 - (a[i++] as number)));
    });
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(0.1);
  });
});

describe('faults of the bottle', () => {
  const ready = (plant: PlantParams, fault: Parameters<Rig['addFault']>[0]): Rig => {
    const rig = makeRig({ plant });
    fill(rig, 100, 8000);
    rig.addFault({ ...fault, atMs: rig.nowMs });
    return rig;
  };

  it('empties the cuff through a plain coupling, and keeps it behind a sealing one', () => {
    const plain = ready(withBottle({ coupling: 'plain' }), { kind: 'bottle-off', atMs: 0 });
    plain.advanceTo(plain.nowMs + 2000);
    expect(plain.p2).toBeLessThan(15);
    const sealing = ready(withBottle(), { kind: 'bottle-off', atMs: 0 });
    const before = sealing.p2;
    sealing.advanceTo(sealing.nowMs + 2000);
    expect(sealing.p2).toBeCloseTo(before, 1);
  });

  it('keeps its air behind a kink when the cuff is vented, and gives it back slowly', () => {
    const rig = ready(withBottle(), { kind: 'bottle-kink', atMs: 0 });
    rig.valve = 0;
    rig.advanceTo(rig.nowMs + 8000);
    expect(rig.p2).toBeLessThan(15);
    expect(rig.bottleMmHg).toBeGreaterThan(60);
    rig.valve = 1;
    const low = rig.p2;
    rig.advanceTo(rig.nowMs + 20_000);
    expect(rig.p2).toBeGreaterThan(low + 1);
  });

  it('does nothing where no bottle is fitted', () => {
    const rig = ready(TIGHT_THIGH, { kind: 'bottle-off', atMs: 0 });
    const before = rig.p2;
    rig.advanceTo(rig.nowMs + 1000);
    expect(rig.p2).toBeCloseTo(before, 1);
  });
});

describe('drawn bottles', () => {
  it('are fitted to one hobby build in ten, to every runner and to no reference build; what else is drawn stays', () => {
    const draw = (build: 'any' | 'reference' | 'runner') =>
      Array.from({ length: 300 }, (_, i) => samplePlant(new Random(i), { limb: 'thigh', build }));
    const any = draw('any').filter((p) => p.bottle !== null).length;
    expect(any).toBeGreaterThan(15);
    expect(any).toBeLessThan(48);
    const reference = draw('reference');
    expect(reference.every((p) => p.bottle === null)).toBe(true);
    for (const [i, p] of draw('runner').entries()) {
      expect(p.bottle?.ml).toBeGreaterThan(460);
      expect({ ...p, bottle: null }).toEqual(reference[i]);
    }
  });
});
