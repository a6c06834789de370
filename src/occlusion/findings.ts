/**
 * The result of a measurement from its runs, and the refusal of a sensor that is too poor for one. Two careful runs that disagree
 * must never give a pressure.
 */
import type { SensorTraits } from '../ports.ts';
import { type Finding, REFUSED_DISAGREE, REFUSED_SENSOR, refuse } from './verdict.ts';

/** Two runs must agree within this, mmHg. */
export const AGREE_MMHG = 12;
/** Parts noisier than this (thousandths of a mmHg, SD) or slower than this (ms) are refused before anything is pumped. */
const MAX_TRAIT_NOISE = 300;
const MAX_TRAIT_PERIOD_MS = 110;

export function clearFinding(d: Finding): void {
  d.mmHg = 0;
  d.spreadMmHg = 0;
  d.heartRate = 0;
  d.refusal = 0;
  d.measured = 0;
  d.allowed = 0;
  d.notices = 0;
  d.pulseMmHg = 0;
  d.noiseMmHg = 0;
}

function copyFinding(to: Finding, from: Finding): void {
  to.mmHg = from.mmHg;
  to.spreadMmHg = from.spreadMmHg;
  to.heartRate = from.heartRate;
  to.refusal = from.refusal;
  to.measured = from.measured;
  to.allowed = from.allowed;
  to.notices = to.notices | from.notices;
  to.pulseMmHg = from.pulseMmHg;
  to.noiseMmHg = from.noiseMmHg;
}

/** The measurement's result from its first run `a` and its last one; `run` 0 = there was only one. Two runs that agree give their mean. */
export function combine(r: Finding, a: Finding, last: Finding, run: number): void {
  r.notices = a.notices;
  copyFinding(r, last);
  if (run === 0 || r.refusal > 0) return;
  const gap = r.mmHg > a.mmHg ? r.mmHg - a.mmHg : a.mmHg - r.mmHg;
  r.mmHg = (r.mmHg + a.mmHg) / 2;
  r.heartRate = (r.heartRate + a.heartRate) / 2;
  r.spreadMmHg = r.spreadMmHg > a.spreadMmHg ? r.spreadMmHg : a.spreadMmHg;
  if (gap > r.spreadMmHg) r.spreadMmHg = gap;
  if (gap <= AGREE_MMHG) return;
  r.mmHg = 0;
  refuse(r, REFUSED_DISAGREE, gap, AGREE_MMHG);
}

/** Refuse a part that is too noisy or too slow; true when it is. */
export function refusePart(d: Finding, traits: SensorTraits): boolean {
  const noise = traits.noiseMilliMmHg;
  if (!(noise <= MAX_TRAIT_NOISE)) refuse(d, REFUSED_SENSOR, noise / 1000, MAX_TRAIT_NOISE / 1000);
  if (!(traits.maxPeriodMs <= MAX_TRAIT_PERIOD_MS))
    refuse(d, REFUSED_SENSOR, traits.maxPeriodMs, MAX_TRAIT_PERIOD_MS);
  return d.refusal > 0;
}
