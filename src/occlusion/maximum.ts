/**
 * How high a measurement may go, and what is said when that is too low to find anything. A maximum below TRAINING_ONLY_MMHG is the
 * wearer's own and holds here too; nothing else in this folder may ask for more. Must never ask for more than the wearer allows.
 */
import { MAX_MEASURE_MMHG, MIN_LOP_MMHG, TRAINING_ONLY_MMHG } from '../limits.ts';
import type { MmHg } from '../units.ts';
import {
  CEILING_MARGIN_MMHG,
  type Finding,
  REFUSED_CEILING,
  REFUSED_MAXIMUM,
  REFUSED_TOP,
  refuse,
} from './verdict.ts';

/** No setpoint above the highest pressure less this, mmHg: pump and pulse go a little beyond it. */
export const OVERSHOOT_MMHG = 8;
/** A lower maximum cannot show even the lowest occlusion pressure that is believed, mmHg. */
export const LEAST_MAXIMUM_MMHG = MIN_LOP_MMHG + CEILING_MARGIN_MMHG + OVERSHOOT_MMHG;

/** Highest pressure of a measurement, mmHg, for a wearer whose setting `maxMmHg` is `maxMmHg`. */
export function highestFor(maxMmHg: MmHg): MmHg {
  return maxMmHg >= TRAINING_ONLY_MMHG ? MAX_MEASURE_MMHG + OVERSHOOT_MMHG : maxMmHg;
}

/** Refuse a maximum that no measurement can do with; true when it is. */
export function refuseMaximum(d: Finding, maxMmHg: MmHg): boolean {
  if (!(maxMmHg >= LEAST_MAXIMUM_MMHG)) refuse(d, REFUSED_MAXIMUM, maxMmHg, LEAST_MAXIMUM_MMHG);
  return d.refusal > 0;
}

/** Where a sweep ended because of the wearer's own maximum, that is the reason, and no wider cuff helps. */
export function blameMaximum(d: Finding, maxMmHg: MmHg): void {
  if (maxMmHg >= TRAINING_ONLY_MMHG || (d.refusal !== REFUSED_TOP && d.refusal !== REFUSED_CEILING)) return;
  d.refusal = REFUSED_MAXIMUM;
  d.measured = maxMmHg;
  d.allowed = TRAINING_ONLY_MMHG;
}
