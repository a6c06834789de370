/**
 * When the motor rail can be read: on an unloaded output of the pump's driver, once that driver has been awake since the
 * sample before. While the pump is off the driver sleeps, so one sample wakes it (motor output low) and the next one reads and
 * lets it sleep again. Pure bookkeeping: the pump and the monitor act on it, the simulated core uses it as it is.
 */
import type { Permille } from '../src/units.ts';

export interface RailProbe {
  /** What the pump is driven at. */
  duty: Permille;
  /** The driver was woken to be measured, with the motor off. */
  probing: boolean;
  /** How often the driver was woken, now and at the last sample: equal = it has not slept in between. */
  wakes: number;
  seen: number;
}

export function createRailProbe(): RailProbe {
  return { duty: 0, probing: false, wakes: 0, seen: -1 };
}

/** The pump is written `duty`. */
export function probeWritten(probe: RailProbe, duty: Permille): void {
  if (duty > 0) {
    if (probe.duty === 0 && !probe.probing) probe.wakes = probe.wakes + 1;
    probe.probing = false;
    probe.duty = duty;
  } else if (probe.duty > 0) {
    probe.duty = 0;
    probe.probing = false;
  }
}

/** A sample is taken: true when the rail can be read now. Afterwards `probing` says whether a resting driver is to be awake. */
export function probeSampled(probe: RailProbe): boolean {
  const resting = probe.duty === 0;
  const readable = (probe.probing || !resting) && probe.wakes === probe.seen;
  if (resting && !probe.probing) {
    probe.probing = true;
    probe.wakes = probe.wakes + 1;
  } else if (readable) {
    probe.probing = false;
  }
  probe.seen = probe.wakes;
  return readable;
}

/** Less than this on the rail is no supply but a driver that sleeps, mV. */
const MIN_RAIL_MV = 500;

/** Millivolts at a terminal from the share of the reference that the input shows. */
export function senseMv(share: number, vref: number, numerator: number, denominator: number): number {
  return Math.round((share * vref * 1000 * numerator) / denominator);
}

/** 0 = not readable. */
export function believedRail(mv: number): number {
  return mv < MIN_RAIL_MV ? 0 : mv;
}
