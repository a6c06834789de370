/** The rig against the same equations written by another hand. */
import { describe, expect, it } from 'vitest';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { NOMINAL_ARM, NOMINAL_THIGH, type PlantParams } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { plainEquations } from './plain-equations.ts';

const STILL = { pulseMmHg: 0, breathMmHg: 0, tremorMmHg: 0, swelling: 0 };

/** Largest difference between rig and plain equations over a fill, a pulse, a bleed and a vent, and the largest with the air at rest. */
function difference(given: PlantParams): { worst: number; still: number } {
  // strokes start at a phase of the rig's own
  const plant = { ...given, pumpRipple: 0 };
  const pump = (ms: number): number => ((ms > 100 && ms < 5000) || (ms > 9000 && ms < 9200) ? 1 : 0);
  const coil = (ms: number): number => ((ms > 10_000 && ms < 10_050) || ms > 14_000 ? 0 : 1);
  const rig = new Rig(
    { plant, limb: { ...nominalLimb('rest'), ...STILL }, sensor: 'MPRLS', batteryDrainMvPerMin: 0 },
    1,
  );
  let worst = 0;
  let still = 0;
  plainEquations(plant, 20_000, { pump, coil, limbMl: () => 0 }, (ms, p2) => {
    rig.pump = pump(ms);
    rig.valve = coil(ms);
    rig.advanceTo(ms);
    const off = Math.abs(rig.p2 - p2);
    worst = Math.max(worst, off);
    if (ms > 7000 && ms < 9000) still = Math.max(still, off);
  });
  return { worst, still };
}

describe('the plain equations, written apart from the rig', () => {
  it.each([
    ['thigh', NOMINAL_THIGH],
    ['arm', NOMINAL_ARM],
  ] as const)(
    'shows the same pressures as the rig on a %s: within 0.1 mmHg at rest, 0.4 at valve edges',
    (_name, plant) => {
      const { worst, still } = difference(plant);
      expect(still).toBeLessThan(0.1);
      expect(worst).toBeLessThan(0.4);
      expect(worst).toBeGreaterThan(0);
    },
  );
});
