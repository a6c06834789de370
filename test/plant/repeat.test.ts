import { describe, expect, it } from 'vitest';
import { nominalLimb } from '../../sim/plant/limb.ts';
import { sampleLimb } from '../../sim/plant/limb-params.ts';
import { Random } from '../../sim/plant/random.ts';
import type { Rig } from '../../sim/plant/rig.ts';
import { samplePlant } from '../../sim/plant/sampler.ts';
import { sampleSensor } from '../../sim/plant/sensor.ts';
import { makeRig, play } from './rigs.ts';

const plant = samplePlant(new Random(5), { limb: 'thigh' });
const limb = sampleLimb(new Random(5), 'legpress');

function trace(rig: Rig, step = 1): number[] {
  const out: number[] = [];
  play(rig, (r) => {
    if (r.nowMs % 10 === 0) r.convert();
    if (r.nowMs % 20 === 0 && r.nowMs % step === 0) out.push(r.p1, r.p2, r.read().code);
  });
  return out;
}

describe('seeds', () => {
  it('repeat to the last bit', () => {
    expect(trace(makeRig({ plant, limb }, 42))).toEqual(trace(makeRig({ plant, limb }, 42)));
    expect(trace(makeRig({ plant, limb }, 42))).not.toEqual(trace(makeRig({ plant, limb }, 43)));
  });

  it('do not depend on how an advance is cut', () => {
    const whole = makeRig({ plant, limb }, 9);
    const cut = makeRig({ plant, limb }, 9);
    for (const rig of [whole, cut]) {
      rig.pump = 1;
      rig.valve = 1;
      rig.setActivity('run');
    }
    whole.convert();
    cut.convert();
    whole.advanceTo(4003);
    for (const ms of [1, 2, 3, 7, 11, 500, 501, 502, 506, 3999, 4003]) cut.advanceTo(ms);
    expect([cut.p1, cut.p2, cut.gas, cut.theta, cut.rotor, cut.gasIn, cut.limbMl, cut.read().code]).toEqual([
      whole.p1,
      whole.p2,
      whole.gas,
      whole.theta,
      whole.rotor,
      whole.gasIn,
      whole.limbMl,
      whole.read().code,
    ]);
  });

  it('keep plant, motion and sensor apart: another sensor, another noise, the same air', () => {
    const pressures = (rig: Rig): number[] => trace(rig).filter((_, i) => i % 3 !== 2);
    const one = makeRig({ plant, limb, sensor: 'MPRLS' }, 3);
    const other = makeRig({ plant, limb, sensor: sampleSensor(new Random(8), 'ABP2') }, 3);
    expect(pressures(one)).toEqual(pressures(other));
  });

  it('let a wearer move alike whatever the pressure: the motion is drawn by cycle', () => {
    const quiet = { ...nominalLimb('run'), pulseMmHg: 0, swelling: 0 };
    const vented = makeRig({ limb: quiet }, 6);
    const full = makeRig({ limb: quiet }, 6);
    full.valve = 1;
    full.pump = 1;
    for (const rig of [vented, full]) rig.setActivity('run');
    for (let ms = 20; ms < 6000; ms += 20) {
      vented.advanceTo(ms);
      full.advanceTo(ms);
      expect(vented.limbMl).toBe(full.limbMl);
    }
    expect(full.p2).toBeGreaterThan(60);
  });

  it('sample the same device for the same seed, another for the next', () => {
    expect(samplePlant(new Random(5), { limb: 'thigh' })).toEqual(plant);
    expect(samplePlant(new Random(6), { limb: 'thigh' })).not.toEqual(plant);
  });

  it('refuses a time that is not ahead or not whole', () => {
    const rig = makeRig();
    rig.advanceTo(10);
    expect(() => rig.advanceTo(9)).toThrow(/9 ms/);
    expect(() => rig.advanceTo(10.5)).toThrow(/10.5 ms/);
  });
});
