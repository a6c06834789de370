import { describe, expect, it } from 'vitest';
import { whyAbove } from '../../sim/bench/above-lop.ts';
import { drawOne } from '../../sim/bench/control-draw.ts';
import { SCENARIOS } from '../../sim/bench/control-scenarios.ts';
import { airNeeded, neededDuty, slopes } from '../../sim/bench/rest-need.ts';
import { gasCapacity } from '../../sim/plant/compliance.ts';
import { hoseR1, hoseR2 } from '../../sim/plant/flow.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';

const N = 400;
const draws = Array.from({ length: N }, (_, i) => drawOne(SCENARIOS.legpress, 5, i, 'rated'));
const at = (v: number[], p: number): number =>
  [...v].sort((a, b) => a - b)[Math.floor(p * v.length)] as number;

/** 5th percentile, median and 95th of the reference model's sample (docs/sources.md), and how far off ours may be. */
function near(v: number[], reference: readonly [number, number, number], within: number): void {
  for (const [i, p] of [0.05, 0.5, 0.95].entries()) {
    expect(at(v, p)).toBeGreaterThan((reference[i] as number) * (1 - within));
    expect(at(v, p)).toBeLessThan((reference[i] as number) * (1 + within));
  }
}

describe('the benchmark’s draw of rated thighs at 80 % LOP', () => {
  it('has the capacities and the slopes of pump and valve that the reference has', () => {
    const target = draws.map((d) => 0.8 * d.plant.lopMmHg);
    near(
      draws.map((d, i) => gasCapacity(d.plant, target[i] as number)),
      [0.47, 0.72, 1.14],
      0.1,
    );
    const s = draws.map((d, i) => slopes(d, target[i] as number));
    near(
      s.map((x) => x.up),
      [15, 32, 57],
      0.15,
    );
    near(
      s.map((x) => x.down),
      [42, 77, 153],
      0.2,
    );
  });

  it('has a hose that matters: the drop from the cuff to the sensor is 5.7 mmHg venting in the median', () => {
    const drop = draws.map((d) => {
      if (d.plant.sensorAt === 'cuff' || d.plant.valveAt === 'cuff') return 0;
      const p = 0.8 * d.plant.lopMmHg;
      const q = slopes(d, p).down * gasCapacity(d.plant, p);
      return hoseR1(d.plant) * q + hoseR2(d.plant) * q * q;
    });
    expect(at(drop, 0.5)).toBeGreaterThan(4);
    expect(at(drop, 0.5)).toBeLessThan(8);
    expect(at(drop, 0.95)).toBeGreaterThan(25);
  });
});

describe('what leak and creep need', () => {
  const tight = { ...NOMINAL_THIGH, creepFast: 0, creepSlow: 0, leakMmHgPerMin: 6, bleed: 0 };

  it('is the leak alone where nothing creeps: 6 mmHg a minute at 150', () => {
    expect(airNeeded(tight, 150, 200, 260)).toBeCloseTo(6 * gasCapacity(tight, 150), 6);
    expect(airNeeded({ ...tight, pumpBackLeak: 0.001 }, 150, 200, 260)).toBeCloseTo(
      6 * gasCapacity(tight, 150) + 9,
      6,
    );
  });

  it('falls with time where it creeps, and there is no such figure without a long rest', () => {
    const creeping = { ...tight, creepSlow: 0.07 };
    expect(airNeeded(creeping, 150, 20, 80)).toBeGreaterThan(airNeeded(creeping, 150, 200, 260));
    const draw = draws[0] as (typeof draws)[number];
    expect(neededDuty(SCENARIOS.legpress, draw)).toBeNaN();
    expect(neededDuty(SCENARIOS.rest5, { ...draw, plant: tight })).toBeGreaterThan(0.1);
    expect(neededDuty(SCENARIOS.rest5, { ...draw, plant: tight })).toBeLessThan(1);
  });
});

describe('why a plant stands above LOP', () => {
  const draw = draws[0] as (typeof draws)[number];
  const press = (mmHg: number): typeof draw => ({
    ...draw,
    plant: { ...NOMINAL_THIGH },
    limb: {
      ...draw.limb,
      motions: { ...draw.limb.motions, legpress: { ...draw.limb.motions.legpress, mmHg, hz: 0.5 } },
    },
  });

  it('names the wave where it is too wide, and the decisions where nothing else is to blame', () => {
    expect(whyAbove(press(80), 80, 'legpress')).toContain('too wide');
    expect(whyAbove({ ...press(30), sensor: { ...draw.sensor, conversionMs: 5 } }, 80, 'legpress')).toContain(
      'decisions',
    );
    expect(
      whyAbove({ ...press(30), sensor: { ...draw.sensor, conversionMs: 100 } }, 80, 'legpress'),
    ).toContain('slow sensor');
  });
});
