import { nominalLimb } from '../../sim/plant/limb.ts';
import type { LimbParams } from '../../sim/plant/limb-params.ts';
import { NOMINAL_THIGH, type PlantParams } from '../../sim/plant/params.ts';
import { Rig, type RigSpec } from '../../sim/plant/rig.ts';

/** A limb that does not move at all. */
export const STILL: LimbParams = {
  ...nominalLimb('rest'),
  pulseMmHg: 0,
  breathMmHg: 0,
  tremorMmHg: 0,
  swelling: 0,
};

/** A thigh without leak, creep and seating, with a still limb: what is left is gas, hose, pump and valve. */
export const TIGHT_THIGH: PlantParams = {
  ...NOMINAL_THIGH,
  leakMmHgPerMin: 0,
  creepFast: 0,
  creepSlow: 0,
  seat: 0,
};

export function makeRig(spec: Partial<RigSpec> = {}, seed = 1): Rig {
  return new Rig({ plant: NOMINAL_THIGH, limb: STILL, sensor: 'MPRLS', ...spec }, seed);
}

/** Pump at full, valve shut, until the cuff is at `mmHg`; then pump off and `settleMs` of quiet. Fails after a minute. */
export function fill(rig: Rig, mmHg: number, settleMs = 0): void {
  rig.pump = 1;
  rig.valve = 1;
  const end = rig.nowMs + 60_000;
  while (rig.p2 < mmHg) {
    if (rig.nowMs >= end)
      throw new Error(`the cuff is at ${rig.p2.toFixed(1)} mmHg after a minute, wanted ${mmHg}`);
    rig.advanceTo(rig.nowMs + 1);
  }
  rig.pump = 0;
  rig.advanceTo(rig.nowMs + settleMs);
}

/** A line of play that uses everything: fill, moving hold with pump and valve pulses of odd lengths, dump. Calls `each` once a ms. */
export function play(rig: Rig, each: (rig: Rig) => void): void {
  for (let ms = 1; ms <= 24_000; ms += 1) {
    const phase = ms % 977;
    rig.valve = ms < 21_000 && !(ms > 9000 && phase < 23) ? 1 : 0;
    rig.pump = ms < 6500 || (ms > 9000 && ms < 21_000 && phase > 300 && phase < 421) ? 1 : 0;
    if (ms === 7000) rig.setActivity('legpress');
    if (ms === 18_000) rig.setActivity('rest');
    rig.advanceTo(ms);
    each(rig);
  }
}
