/**
 * How far off a measured occlusion pressure may be, so that the share of it that is used can be said honestly. Must never be smaller than
 * what families of simulated people disagree by.
 */
import type { MmHg, Permille } from '../units.ts';
import type { Finding } from './verdict.ts';

/**
 * Share of the result within which 95 of 100 people of the worst family lie (docs/lab/lop.md). That family's own bias is in it: which
 * family a wearer belongs to is not known.
 */
export const MODEL_PERMILLE: Permille = 80;

/** Nineteen of twenty results lie within this of the truth, mmHg, as far as models can tell. A run that is at odds with itself may be further off. */
export function uncertaintyMmHg(d: Pick<Finding, 'mmHg' | 'spreadMmHg'>): MmHg {
  const model = (d.mmHg * MODEL_PERMILLE) / 1000;
  return model > d.spreadMmHg ? model : d.spreadMmHg;
}

/** The lowest and the highest share that a wish of `permille` may really be, permille: the pressure is that of a result that is off. */
export function lowestShare(permille: Permille, mmHg: MmHg, offMmHg: MmHg): Permille {
  return Math.round((permille * mmHg) / (mmHg + offMmHg));
}

export function highestShare(permille: Permille, mmHg: MmHg, offMmHg: MmHg): Permille {
  return Math.round((permille * mmHg) / (mmHg - offMmHg));
}
