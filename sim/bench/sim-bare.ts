/**
 * The rig's own equations of air with nothing around them: no limb model, no sensor, no faults, no firmware. The measure that the
 * simulator's speed is compared with. It must not hold equations of its own.
 */
import { LIMB_GRID_MS } from '../plant/limb.ts';
import type { PlantParams } from '../plant/params.ts';
import { Pneumatics } from '../plant/pneumatics.ts';

/** How a running limb moves air: size of the wave, mL, and its rate, rad/ms. */
const WAVE_ML = 6;
const WAVE_PER_MS = 0.0088;
/** Every how many ms pump and valve are decided anew, and how far off the target that begins, mmHg. */
const TICK_MS = 40;
const BAND_MMHG = 5;

/** Fills to the target and holds it for `ms` with bang-bang control, against a running wave. Returns the last cuff pressure, mmHg. */
export function bareLoop(plant: PlantParams, targetMmHg: number, ms: number): number {
  const air = new Pneumatics(plant, 1);
  air.command = 1;
  let limbMl = 0;
  for (let now = 0; now < ms; now += LIMB_GRID_MS) {
    if (now % TICK_MS === 0) {
      const off = air.p2 - targetMmHg;
      if (off < -BAND_MMHG) air.drive = 1;
      else if (off > 0) air.drive = 0;
      air.command = off > BAND_MMHG ? 0 : 1;
    }
    const next = WAVE_ML * Math.sin((now + LIMB_GRID_MS) * WAVE_PER_MS);
    air.run(LIMB_GRID_MS, 0, limbMl, (next - limbMl) / LIMB_GRID_MS, 0);
    limbMl = next;
  }
  return air.p2;
}
