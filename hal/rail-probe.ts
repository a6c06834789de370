/**
 * When the motor rail can be read: on an unloaded output of the pump's driver, once that driver has been awake since the
 * sample before. While the pump is off the driver sleeps, so one sample wakes it (motor output low) and the next one reads and
 * lets it sleep again. Pure bookkeeping, must never touch a pin: the pump and the monitor act on it, the
 * simulated core uses it as it is.
 */
import type { Mv, Permille } from '../src/units.ts';

export interface RailProbe {
  /** What the pump is driven at. */
  duty: Permille;
  /** The driver was woken to be measured, and the motor has not been stopped since. */
  probing: boolean;
  /** How often the pump has woken its driver, now and at the last sample: equal = not since then. */
  wakes: number;
  seen: number;
}

export function createRailProbe(): RailProbe {
  return { duty: 0, probing: false, wakes: 0, seen: -1 };
}

/** The pump is driven at `duty` above 0. */
export function probeDriven(probe: RailProbe, duty: Permille): void {
  if (probe.duty === 0) started(probe);
  probe.duty = duty;
}

function started(probe: RailProbe): void {
  if (!probe.probing) probe.wakes = probe.wakes + 1;
}

/** The pump is off and its driver asleep. */
export function probeStopped(probe: RailProbe): void {
  probe.duty = 0;
  probe.probing = false;
}

/** A sample is taken: true when the rail can be read now. Afterwards `probing` says whether a resting driver is to be awake. */
export function probeSampled(probe: RailProbe): boolean {
  const steady = probe.wakes === probe.seen;
  probe.seen = probe.wakes;
  return probe.duty > 0 ? steady : probeResting(probe, steady);
}

/** One sample wakes the driver, the next reads and lets it sleep. */
function probeResting(probe: RailProbe, steady: boolean): boolean {
  if (probe.probing && steady) {
    probe.probing = false;
    return true;
  }
  probe.probing = true;
  return false;
}

/** Less than this on the rail is no supply but a driver that sleeps, mV. */
const MIN_RAIL_MV = 500;

/** Millivolts at a terminal for a whole share of the reference that the input shows. */
export function senseScale(vref: number, numerator: number, denominator: number): Mv {
  return (vref * 1000 * numerator) / denominator;
}

/** Whole mV; 0 = not readable. */
export function believedRail(mv: Mv): Mv {
  return mv < MIN_RAIL_MV ? 0 : Math.round(mv);
}
