/** Air, pump time and slopes that a cuff at rest needs whatever controls it: leak, creep, check valve. */
import { gasCapacity, AMBIENT_MMHG as PA, referenceCompliance } from '../plant/compliance.ts';
import { flowForRate, laminarSlope, orifice } from '../plant/flow.ts';
import type { PlantParams } from '../plant/params.ts';
import type { Draw } from './control-draw.ts';
import type { BenchScenario } from './control-scenarios.ts';
import { flows, STEP_MS } from './limit.ts';

/** From here on the rests are judged for pump duty: the first minutes belong to creep. */
export const LATE_S = 180;

/** Air that a cuff held at `mmHg` from time 0 loses to leak, the pump's check valve and a fixed bleed, and takes up by creep between two times, NmL. */
export function airNeeded(plant: PlantParams, mmHg: number, fromS: number, toS: number): number {
  const bleed = plant.bleed * plant.valveC * orifice(mmHg, plant.valveB, laminarSlope(plant.valveB));
  const leak = (flowForRate(plant, plant.leakMmHgPerMin) / 150 + plant.pumpBackLeak) * mmHg;
  const lost = (leak + bleed) * (toS - fromS);
  const crept = (share: number, s: number): number =>
    share * referenceCompliance(plant) * mmHg * (Math.exp(-fromS / s) - Math.exp(-toS / s));
  const grown = crept(plant.creepFast, plant.creepFastS) + crept(plant.creepSlow, plant.creepSlowS);
  return lost + (grown * (PA + mmHg)) / PA;
}

/**
 * Least pump duty, %, that replaces it after the first LATE_S of the longest rest; not a number where the scenario has no such rest.
 * The wearer's swelling, which gives some of it back, and posture are not in it.
 */
export function neededDuty(scenario: BenchScenario, draw: Draw): number {
  const fill = scenario.stretches[0]?.seconds ?? 0;
  const rest = scenario.stretches.find((s) => s.kind === 'rest' && (s.seconds ?? 0) > LATE_S);
  if (rest === undefined) return Number.NaN;
  const toS = fill + (rest.seconds as number);
  const fromS = fill + LATE_S;
  const target = (draw.plant.lopMmHg * scenario.percent) / 100;
  const perS = (flows(draw.plant, target).up * 1000) / STEP_MS;
  return (100 * airNeeded(draw.plant, target, fromS, toS)) / (perS * (toS - fromS));
}

/** Slopes of a device at its target, mmHg/s: pump full on, valve open. */
export function slopes(draw: Draw, mmHg: number): { up: number; down: number } {
  const f = flows(draw.plant, mmHg);
  const scale = 1000 / (STEP_MS * gasCapacity(draw.plant, mmHg));
  return { up: f.up * scale, down: f.down * scale };
}
