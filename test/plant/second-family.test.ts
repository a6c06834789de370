/** The second family of plants: its laws by themselves, and that it is another model than the first. */
import { describe, expect, it } from 'vitest';
import { drawSecondOne } from '../../sim/bench/control-draw.ts';
import { Random } from '../../sim/plant/random.ts';
import { nozzle } from '../../sim/second-plant/gas.ts';
import { drawWearer, SecondLimb, type SecondWearer } from '../../sim/second-plant/limb.ts';
import { drawSecond, secondSlope, secondVolume } from '../../sim/second-plant/params.ts';
import { SecondRig } from '../../sim/second-plant/rig.ts';

const STILL = { pulseMmHg: 0, breathMmHg: 0, mayerMmHg: 0, swelling: 0, postureEveryS: 0 };

function rigOf(index: number, build: 'rated' | 'bottled' = 'rated', wearer: Partial<SecondWearer> = STILL) {
  const d = drawSecondOne(3, index, build);
  const targetMmHg = 0.8 * d.second.lopMmHg;
  return new SecondRig(
    { plant: d.second, wearer: { ...d.wearer, ...wearer }, sensor: d.sensor, targetMmHg },
    d.seed,
  );
}

/** Full pump to the target; s. */
function fill(rig: SecondRig): number {
  rig.valve = 1;
  rig.pump = 1;
  const from = rig.nowMs;
  while (rig.p2 < rig.targetMmHg && rig.nowMs < from + 60_000) rig.advanceTo(rig.nowMs + 1);
  rig.pump = 0;
  return (rig.nowMs - from) / 1000;
}

describe('the laws of the second family', () => {
  it('chokes above a pressure ratio of 0.528, where the flow is the conductance times the pressure, and goes to 0', () => {
    expect(nozzle(700)).toBe(1460);
    expect(nozzle(150)).toBeGreaterThan(0.7 * 910);
    expect(nozzle(150)).toBeLessThan(0.8 * 910);
    expect(nozzle(0)).toBe(0);
  });

  it('has a slope that is the slope of its volume', () => {
    const p = drawSecond(new Random(4), false, false);
    for (const mmHg of [2, 20, 90, 200])
      expect(secondSlope(p, mmHg)).toBeCloseTo(
        (secondVolume(p, mmHg + 0.01) - secondVolume(p, mmHg - 0.01)) / 0.02,
        4,
      );
  });

  it('holds a gas amount that its pressure and volume say, long after a fill', () => {
    const rig = rigOf(1);
    fill(rig);
    rig.advanceTo(rig.nowMs + 3000);
    expect(rig.p2).toBeGreaterThan(0.7 * rig.targetMmHg);
    const before = rig.p2;
    rig.advanceTo(rig.nowMs + 40_000);
    expect(rig.p2).toBeLessThan(before);
    expect(rig.p2).toBeGreaterThan(0.8 * before);
  });

  it('fills and empties as thighs do: median fill 5 to 12 s, vent to 15 mmHg within 15 s', () => {
    const fills: number[] = [];
    for (let i = 0; i < 25; i += 1) {
      const rig = rigOf(i);
      fills.push(fill(rig));
      rig.valve = 0;
      rig.advanceTo(rig.nowMs + 15_000);
      expect(rig.p2).toBeLessThan(15);
    }
    fills.sort((a, b) => a - b);
    expect(fills[12]).toBeGreaterThan(5);
    expect(fills[12]).toBeLessThan(12);
  });

  it('takes longer with a bottle, and its waves are smaller', () => {
    const swing = (rig: SecondRig): number => {
      fill(rig);
      rig.setActivity('run');
      rig.advanceTo(rig.nowMs + 3000);
      let low = 999;
      let high = 0;
      for (let k = 0; k < 1000; k += 1) {
        rig.advanceTo(rig.nowMs + 3);
        low = Math.min(low, rig.p2);
        high = Math.max(high, rig.p2);
      }
      return high - low;
    };
    const bare = rigOf(5);
    const bottled = rigOf(5, 'bottled');
    expect(swing(bottled)).toBeLessThan(0.75 * swing(bare));
    expect(fill(rigOf(5, 'bottled'))).toBeGreaterThan(fill(rigOf(5)) + 1);
  });

  it('repeats to the last bit, and another seed is another device', () => {
    const run = (): number => {
      const rig = rigOf(2, 'bottled', {});
      fill(rig);
      rig.setActivity('walk');
      rig.advanceTo(rig.nowMs + 5000);
      return rig.p2;
    };
    expect(run()).toBe(run());
    expect(drawSecondOne(3, 2, 'rated')).not.toEqual(drawSecondOne(3, 3, 'rated'));
  });
});

describe('how people of the second family move', () => {
  it('have strides that remember each other, stumble and stop', () => {
    const motion = { ...drawWearer(new Random(8)).run, stopEveryS: 20, memory: 0.7, timeSd: 0.04, drift: 0 };
    const limb = new SecondLimb(
      { ...drawWearer(new Random(8)), ...STILL, run: motion },
      new Random(9),
      1,
      90,
    );
    limb.setActivity('run');
    const lengths: number[] = [];
    let cycles = 1;
    let since = 0;
    for (let ms = 0; ms < 240_000; ms += 1) {
      limb.step(90);
      since += 1;
      if (limb.cycles === cycles) continue;
      cycles = limb.cycles;
      lengths.push(since);
      since = 0;
    }
    expect(lengths.filter((l) => l > 1500).length).toBeGreaterThan(3);
    const moving = lengths.filter((l) => l < 1500);
    const mean = moving.reduce((a, b) => a + b, 0) / moving.length;
    let same = 0;
    let all = 0;
    for (let i = 1; i < moving.length; i += 1) {
      same += ((moving[i] as number) - mean) * ((moving[i - 1] as number) - mean);
      all += ((moving[i] as number) - mean) ** 2;
    }
    expect(same / all).toBeGreaterThan(0.3);
  });
});
