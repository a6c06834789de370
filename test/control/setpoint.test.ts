import { describe, expect, it } from 'vitest';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { SENSORS } from '../../sim/plant/sensor-params.ts';
import { createRegulator, regulate } from '../../src/control/regulator.ts';
import { createTick } from '../../src/tick.ts';
import { standardControlSettings } from './standard-settings.ts';

/** Drives the regulator by hand with a course of setpoints; returns the true pressure at the end of each stretch. */
function follow(
  course: readonly { setpoint: number | null; ms: number }[],
  fillMmHgPerS = 0,
): { ends: number[]; filledAt: number; tops: number[] } {
  const rig = new Rig({ plant: NOMINAL_THIGH, limb: nominalLimb('rest'), sensor: 'MPRLS' }, 3);
  const s = SENSORS.MPRLS;
  const r = createRegulator(
    { ...standardControlSettings(), fillMmHgPerS },
    {
      ageMs: 4,
      zeroMinMmHg: 0,
      zeroMaxMmHg: 900,
      noiseMilliMmHg: 60,
      maxPeriodMs: 60,
      maxMmHg: 300,
      frozenMs: 1250,
    },
  );
  const t = createTick(40);
  t.capMmHg = 185;
  const ends: number[] = [];
  const tops: number[] = [];
  let filledAt = -1;
  let now = 0;
  for (const c of course) {
    let top = 0;
    for (const end = now + c.ms; now < end; now += 40) {
      rig.advanceTo(now);
      rig.convert();
      rig.advanceTo(now + 7);
      t.outPump = t.pump;
      t.outBleedMs = t.bleedMs;
      t.outVent = t.vent;
      t.now = now + 7;
      t.dt = 40;
      t.measuredMmHg = (rig.read().code - s.codeZero) / s.codesPerMmHg - s.ambientMmHg;
      t.fresh = true;
      t.doubtful = false;
      t.setpoint = c.setpoint;
      regulate(r, t);
      if (r.filled && filledAt < 0) filledAt = now;
      rig.pump = t.pump / 1000;
      rig.valve = t.vent || t.bleedMs > 0 ? 0 : 1;
      if (t.bleedMs > 0 && t.bleedMs < 33) {
        rig.advanceTo(now + 7 + t.bleedMs);
        rig.valve = 1;
      }
      if (rig.p2 > top) top = rig.p2;
    }
    ends.push(rig.p2);
    tops.push(top);
  }
  return { ends, filledAt, tops };
}

describe('a setpoint that changes', () => {
  it('follows steps up and down without overshoot, and vents on null', () => {
    const { ends, tops } = follow([
      { setpoint: 80, ms: 15_000 },
      { setpoint: 140, ms: 10_000 },
      { setpoint: 100, ms: 8_000 },
      { setpoint: null, ms: 12_000 },
    ]);
    expect(Math.abs((ends[0] as number) - 80)).toBeLessThan(4);
    expect(Math.abs((ends[1] as number) - 140)).toBeLessThan(7);
    expect(Math.abs((ends[2] as number) - 100)).toBeLessThan(5);
    expect(ends[3]).toBeLessThan(5);
    expect(tops[1]).toBeLessThan(147);
  });

  it('follows a ramp of small steps', () => {
    const course = Array.from({ length: 40 }, (_, i) => ({ setpoint: 100 + i, ms: 500 }));
    const { ends } = follow([{ setpoint: 100, ms: 12_000 }, ...course]);
    expect(Math.abs((ends[40] as number) - 139)).toBeLessThan(6);
  });

  it('fills more slowly when asked to', () => {
    const fast = follow([{ setpoint: 120, ms: 40_000 }]);
    const gentle = follow([{ setpoint: 120, ms: 40_000 }], 5);
    expect(fast.filledAt).toBeLessThan(10_000);
    expect(gentle.filledAt).toBeGreaterThan(18_000);
    expect(Math.abs((gentle.ends[0] as number) - 120)).toBeLessThan(6);
  });
});
