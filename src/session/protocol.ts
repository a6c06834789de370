/**
 * A training protocol as the session runs it: a flat list of steps in whole numbers. The files that people
 * write are checked and flattened into this form elsewhere; nothing here is trusted without the checks below
 * and the supervisor's limits.
 */
import { MAX_LOP_PERMILLE, MAX_SETPOINT_MMHG, MIN_SETPOINT_MMHG } from '../limits.ts';
import type { MmHg, Ms, Permille } from '../units.ts';

export const STEP_WORK = 1;
export const STEP_REST = 2;
/** Warm-up or cool-down: moving, cuff released. */
export const STEP_EASY = 3;

export interface Step {
  /** STEP_*. */
  kind: number;
  /** How long, ms; a fill is not counted in it. */
  ms: Ms;
  /** Cuff pressure as a share of LOP; 0 = cuff released. */
  permille: Permille;
  /** Cuff pressure in mmHg instead of a share, 0 = by share. */
  mmHg: MmHg;
}

export interface Protocol {
  /** Stable short name, in the record of a session. */
  id: string;
  steps: Step[];
}

/** Setpoint of a step in mmHg; null = released. `lopMmHg` must be known for a share. */
export function stepSetpoint(step: Step, lopMmHg: MmHg, lessMmHg: MmHg): MmHg | null {
  const asked = step.mmHg > 0 ? step.mmHg : (step.permille * lopMmHg) / 1000;
  if (asked === 0) return null;
  const less = asked - lessMmHg;
  return less < MIN_SETPOINT_MMHG ? MIN_SETPOINT_MMHG : less;
}

/** True when every step is well-formed and within the hard limits for this LOP and ceiling. */
export function protocolFits(protocol: Protocol, lopMmHg: MmHg, ceilingMmHg: MmHg): boolean {
  const steps = protocol.steps;
  if (!(steps.length >= 1 && steps.length <= 120)) return false;
  for (const step of steps) if (!stepFits(step, lopMmHg, ceilingMmHg)) return false;
  return true;
}

function stepFits(step: Step, lopMmHg: MmHg, ceilingMmHg: MmHg): boolean {
  if (!(step.kind >= STEP_WORK && step.kind <= STEP_EASY)) return false;
  if (!(step.ms >= 1000 && step.ms <= 3600000)) return false;
  if (!(step.permille >= 0 && step.permille <= MAX_LOP_PERMILLE)) return false;
  if (!(step.mmHg >= 0 && step.mmHg <= MAX_SETPOINT_MMHG)) return false;
  const setpoint = stepSetpoint(step, lopMmHg, 0);
  return setpoint === null || (setpoint >= MIN_SETPOINT_MMHG && setpoint <= ceilingMmHg);
}

/** Longest time under pressure without a full release that the protocol leads to, ms, fills of `fillMs` included. */
export function pressureTimeMs(protocol: Protocol, fillMs: Ms, releaseMs: Ms): Ms {
  let longest = 0;
  let used = 0;
  let inflated = false;
  for (const step of protocol.steps) {
    const on = step.permille > 0 || step.mmHg > 0;
    if (on) used += step.ms + (inflated ? 0 : fillMs);
    else if (step.ms >= releaseMs) used = 0;
    inflated = on;
    if (used > longest) longest = used;
  }
  return longest;
}
