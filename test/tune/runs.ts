/** Commissioning runs for the tests, made once each. */

import type { Fault } from '../../sim/plant/faults.ts';
import type { LimbParams } from '../../sim/plant/limb-params.ts';
import type { PlantParams } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { choosePlant } from '../../sim/setup/plant-option.ts';
import { type Commissioned, commission } from '../../sim/tune/commission.ts';
import { defaultSettings, LIMB_ARM, LIMB_LEG, LOP_ENTERED, type Settings } from '../../src/settings.ts';

/** Settings of somebody with an occlusion pressure of 190 mmHg whose battery is never in the way. */
export function settingsFor(limb: 'thigh' | 'arm'): Settings {
  const arm = limb === 'arm';
  return {
    ...defaultSettings(),
    limb: arm ? LIMB_ARM : LIMB_LEG,
    maxPressureS: arm ? 900 : 1200,
    lopMmHg: arm ? 150 : 190,
    lopSource: LOP_ENTERED,
    minStartMv: 2600,
    minRailMv: 2400,
  };
}

export interface Done extends Commissioned {
  readonly plant: PlantParams;
  /** Pressure from which the run vents. */
  readonly trueVentS: (fromMmHg: number) => number;
}

/** Runs a plant, changed by `changes`, with `faults`, on its wearer or on `limb`. */
export function commissioned(
  name: string,
  changes: Partial<PlantParams> = {},
  faults: readonly Fault[] = [],
  limb?: LimbParams,
): Done {
  const chosen = choosePlant(name, 'rest');
  const plant = { ...chosen.plant, ...changes };
  const spec = { plant, limb: limb ?? chosen.limb, sensor: 'MPRLS' } as const;
  const run = commission(new Rig({ ...spec, faults }, 3), settingsFor(plant.limb), name);
  return { ...run, plant, trueVentS: (from) => ventS(new Rig(spec, 3), from) };
}

/** Fill to `from`, then open: time to a true 15 mmHg. */
function ventS(rig: Rig, from: number): number {
  rig.setActivity('rest');
  rig.pump = 1;
  rig.valve = 1;
  while (rig.p2 < from && rig.nowMs < 60_000) rig.advanceTo(rig.nowMs + 10);
  rig.pump = 0;
  rig.advanceTo(rig.nowMs + 2000);
  rig.valve = 0;
  const at = rig.nowMs;
  while (rig.p2 > 15 && rig.nowMs < at + 90_000) rig.advanceTo(rig.nowMs + 10);
  return (rig.nowMs - at) / 1000;
}
