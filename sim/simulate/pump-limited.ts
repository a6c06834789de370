/** How fast this pump could fill this cuff at all: pump at full, valve shut, same plant, limb at rest. */

import { Rig, type RigSpec } from '../plant/rig.ts';
import { REACHED } from '../report/fills.ts';

const LIMIT_MS = 120_000;

/** Seconds to 97 % of `goalMmHg`; null when the pump cannot get there. */
export function pumpLimitedSeconds(spec: RigSpec, seed: number, goalMmHg: number): number | null {
  const rig = new Rig({ ...spec, faults: [] }, seed);
  rig.setActivity('rest');
  rig.pump = 1;
  rig.valve = 1;
  while (rig.nowMs < LIMIT_MS) {
    rig.advanceTo(rig.nowMs + 10);
    if (rig.p2 >= REACHED * goalMmHg) return rig.nowMs / 1000;
  }
  return null;
}
