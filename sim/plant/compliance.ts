/** Volume of the cuff at a pressure, and how it gives way. Pure formulas. */
import type { PlantParams } from './params.ts';

/** Absolute ambient pressure of the equations, mmHg. */
export const AMBIENT_MMHG = 760;

/** Cuff volume at a gauge pressure without creep, seating and motion, mL. */
export function cuffVolume(plant: PlantParams, mmHg: number): number {
  const slack = plant.slackMl * (1 - Math.exp(-mmHg / plant.slackMmHg));
  return (
    plant.residualMl +
    slack +
    (plant.softMl * mmHg) / (Math.abs(mmHg) + plant.softMmHg) +
    plant.stretch * mmHg
  );
}

/** Slope of that volume, mL per mmHg. */
export function cuffSlope(plant: PlantParams, mmHg: number): number {
  const soft = Math.abs(mmHg) + plant.softMmHg;
  return (
    (plant.slackMl / plant.slackMmHg) * Math.exp(-mmHg / plant.slackMmHg) +
    (plant.softMl * plant.softMmHg) / (soft * soft) +
    plant.stretch
  );
}

/** Limb volume that moves a sealed cuff by 1 mmHg, mL (isothermal); thigh 0.4-0.9, arm 0.18-0.42 at a training pressure. */
export function sealedCompliance(plant: PlantParams, mmHg: number): number {
  return cuffSlope(plant, mmHg) + cuffVolume(plant, mmHg) / (AMBIENT_MMHG + mmHg);
}

/** Gas that moves the cuff by 1 mmHg, NmL (isothermal). */
export function gasCapacity(plant: PlantParams, mmHg: number): number {
  return (cuffVolume(plant, mmHg) + (AMBIENT_MMHG + mmHg) * cuffSlope(plant, mmHg)) / AMBIENT_MMHG;
}

/** Compliance that the seating share refers to, mL per mmHg: the slope of the volume at 100 mmHg. */
export function seatingCompliance(plant: PlantParams): number {
  return cuffSlope(plant, 100);
}

/**
 * Compliance that the creep shares refer to, mL per mmHg: the linear stretch and half of what the slack part holds on average
 * up to 150 mmHg. Chosen so that a typical thigh without a leak falls 153 -> 141 mmHg in 40 s.
 */
export function referenceCompliance(plant: PlantParams): number {
  return plant.stretch + (plant.slackMl + plant.softMl) / 300;
}
