/** Flow through orifice, hose and leak. Pure formulas. */
import { AMBIENT_MMHG, gasCapacity } from './compliance.ts';
import type { PlantParams } from './params.ts';

/** Below this gauge pressure every orifice is linear (laminar), mmHg. */
export const LAMINAR_MMHG = 2;

/** Flow through an orifice of conductance 1 into the room, ISO 6358, linear below 2 mmHg; NmL/s. `slope` is laminarSlope(b, ambient). */
export function orifice(p: number, b: number, slope: number, ambient = AMBIENT_MMHG): number {
  if (p <= LAMINAR_MMHG) return slope * p;
  const abs = ambient + p;
  const r = ambient / abs;
  if (r <= b) return abs;
  const z = (r - b) / (1 - b);
  return abs * Math.sqrt(1 - z * z);
}

/** Slope of the linear part, so that both parts meet; NmL/s per mmHg for conductance 1. */
export function laminarSlope(b: number, ambient = AMBIENT_MMHG): number {
  const abs = ambient + LAMINAR_MMHG;
  const z = (ambient / abs - b) / (1 - b);
  return (abs * Math.sqrt(1 - z * z)) / LAMINAR_MMHG;
}

/** Laminar resistance of a line, mmHg per NmL/s (Poiseuille, air at 20 C). */
export function lineR1(lengthM: number, boreMm: number): number {
  const d = boreMm / 1000;
  return (128 * 1.82e-5 * lengthM) / (Math.PI * d * d * d * d) / 1e6 / 133.322;
}

/** Loss of entry, exit and fittings of a bore, mmHg per (NmL/s)^2; `loss` is the sum of their factors. */
export function lineR2(boreMm: number, loss: number): number {
  const d = boreMm / 1000;
  const area = (Math.PI * d * d) / 4;
  return (loss * 0.5 * 1.2) / (area * area) / 1e12 / 133.322;
}

/** Laminar hose resistance, mmHg per NmL/s. */
export function hoseR1(plant: PlantParams): number {
  return lineR1(plant.hoseM, plant.hoseBoreMm);
}

/** Loss of entry, exit and barbs, mmHg per (NmL/s)^2. */
export function hoseR2(plant: PlantParams): number {
  return lineR2(plant.barbBoreMm, plant.barbLoss);
}

/** Gas flow, NmL/s, that moves the cuff by `mmHgPerMin` at 150 mmHg. */
export function flowForRate(plant: PlantParams, mmHgPerMin: number): number {
  return (mmHgPerMin / 60) * gasCapacity(plant, 150);
}

/** Conductance of a hole that does the same, NmL/s per mmHg abs. */
export function leakHole(plant: PlantParams, mmHgPerMin: number): number {
  return flowForRate(plant, mmHgPerMin) / orifice(150, plant.valveB, laminarSlope(plant.valveB));
}
