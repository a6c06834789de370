/** The rig under a benchmark, of either family of plants: what a bench may do to it, whichever equations it runs. */
import type { Activity } from '../plant/limb-params.ts';
import { Rig } from '../plant/rig.ts';
import type { Reading } from '../plant/sensor.ts';
import { SecondRig } from '../second-plant/rig.ts';
import type { AnyDraw } from './control-draw.ts';

/** Whole ms, one clock; true pressures are gauge mmHg. */
export interface BenchRig {
  readonly nowMs: number;
  readonly targetMmHg: number;
  readonly p2: number;
  readonly limb: { readonly cycles: number };
  pump: number;
  valve: number;
  setActivity(kind: Activity): void;
  convert(): void;
  read(): Reading;
  advanceTo(ms: number): void;
}

/** Limb occlusion pressure of the wearer, mmHg. */
export function lopOf(draw: AnyDraw): number {
  return 'second' in draw ? draw.second.lopMmHg : draw.plant.lopMmHg;
}

/** The rig of a draw whose cuff is to be held at `percent` of LOP. `resting`: the wearer never moves. */
export function openRig(draw: AnyDraw, percent: number, resting = false): BenchRig {
  const targetMmHg = (lopOf(draw) * percent) / 100;
  if ('second' in draw) {
    const { second: plant, wearer, sensor } = draw;
    return new SecondRig({ plant, wearer, sensor, targetMmHg }, draw.seed);
  }
  const limb = resting ? { ...draw.limb, kind: 'rest' as const } : draw.limb;
  return new Rig({ plant: draw.plant, limb, sensor: draw.sensor, targetMmHg }, draw.seed);
}
