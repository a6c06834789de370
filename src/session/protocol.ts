/**
 * A training protocol as the session runs it: a flat list of steps in whole numbers. The files that people
 * write are checked and flattened into this form elsewhere; nothing here is trusted without the checks below
 * and the supervisor's limits. Must never trust a protocol that was not checked here.
 */
import {
  MAX_LOP_PERMILLE,
  MAX_SESSION_MS,
  MAX_SESSION_PRESSURE_MS,
  MAX_SETPOINT_MMHG,
  MIN_SETPOINT_MMHG,
  RELEASE_MS,
} from '../limits.ts';
import type { MmHg, Ms, Permille } from '../units.ts';

export const STEP_WORK = 1;
export const STEP_REST = 2;
/** Warm-up or cool-down: moving, cuff released. */
export const STEP_EASY = 3;

/** What the wearer does in a protocol; decides which posture its pressure must have been measured for. */
export const ACTIVITY_RUN = 0;
export const ACTIVITY_WALK = 1;
export const ACTIVITY_CYCLE = 2;
export const ACTIVITY_LIFT = 3;
export const ACTIVITY_PASSIVE = 4;

/** Steps a protocol may have. */
export const MAX_STEPS = 120;
/** Length of a step, ms. */
export const MIN_STEP_MS = 1000;
export const MAX_STEP_MS = 3600000;
/** A fill as it is counted before it was measured, ms. */
export const ASSUMED_FILL_MS = 12000;
/** A release must be this much longer than RELEASE_MS to count in full: venting and refilling take of it, ms. */
export const RELEASE_MARGIN_MS = 40000;

export interface Step {
  /** STEP_*. */
  kind: number;
  /** How long, ms; a fill is not counted in it. */
  ms: Ms;
  /** Cuff pressure as a share of LOP; 0 = cuff released. */
  permille: Permille;
  /** Cuff pressure in mmHg instead of a share, 0 = by share. */
  mmHg: MmHg;
  /** Speed at which a changed setpoint is approached, mmHg/s; 0 = at once. */
  rampMmHgPerS: number;
}

export interface Protocol {
  /** Stable short name, in the record of a session. */
  id: string;
  /** ACTIVITY_*. */
  activity: number;
  /** Stage of the progression from which it is open; nobody is led there earlier. */
  stage: number;
  /** True: no cue in the last seconds of a step. */
  silent?: boolean;
  steps: Step[];
}

export function isStepOn(step: Step): boolean {
  return step.mmHg > 0 || step.permille > 0;
}

/** What the protocol itself asks for, mmHg; 0 = released. */
function plannedMmHg(step: Step, lopMmHg: MmHg): MmHg {
  return step.mmHg > 0 ? step.mmHg : (step.permille * lopMmHg) / 1000;
}

/** Setpoint of a step in mmHg; null = released. `lopMmHg` must be known for a share; `lessMmHg` is taken off. */
export function stepSetpoint(step: Step, lopMmHg: MmHg, lessMmHg: MmHg): MmHg | null {
  if (!isStepOn(step)) return null;
  const less = plannedMmHg(step, lopMmHg) - lessMmHg;
  return less < MIN_SETPOINT_MMHG ? MIN_SETPOINT_MMHG : less;
}

/** True when every step is well-formed and within the hard limits for this LOP and ceiling, and the time too. */
export function protocolFits(protocol: Protocol, lopMmHg: MmHg, ceilingMmHg: MmHg, limitMs: Ms): boolean {
  const steps = protocol.steps;
  if (!(steps.length >= 1 && steps.length <= MAX_STEPS)) return false;
  for (const step of steps) if (!stepFits(step, lopMmHg, ceilingMmHg)) return false;
  if (!(lengthMs(protocol) <= MAX_SESSION_MS)) return false;
  if (!(sessionPressureMs(protocol, ASSUMED_FILL_MS) <= MAX_SESSION_PRESSURE_MS)) return false;
  return pressureTimeMs(protocol, ASSUMED_FILL_MS) <= limitMs;
}

/** Length of the protocol without its fills, ms. */
export function lengthMs(protocol: Protocol): Ms {
  let ms = 0;
  for (const step of protocol.steps) ms += step.ms;
  return ms;
}

/** All its time under pressure, ms, with `fillMs` a fill: a release between gives nothing of it back. */
export function sessionPressureMs(protocol: Protocol, fillMs: Ms): Ms {
  let ms = 0;
  let inflated = false;
  for (const step of protocol.steps) {
    const on = isStepOn(step);
    if (on) ms += step.ms + (inflated ? 0 : fillMs);
    inflated = on;
  }
  return ms;
}

function stepFits(step: Step, lopMmHg: MmHg, ceilingMmHg: MmHg): boolean {
  if (!(step.kind >= STEP_WORK && step.kind <= STEP_EASY)) return false;
  if (step.kind === STEP_EASY && isStepOn(step)) return false;
  if (!(step.ms >= MIN_STEP_MS && step.ms <= MAX_STEP_MS)) return false;
  if (!(step.permille >= 0 && step.permille <= MAX_LOP_PERMILLE)) return false;
  if (!(step.mmHg >= 0 && step.mmHg <= MAX_SETPOINT_MMHG)) return false;
  if (!(step.rampMmHgPerS >= 0 && step.rampMmHgPerS <= 60)) return false;
  const planned = plannedMmHg(step, lopMmHg);
  return planned === 0 || (planned >= MIN_SETPOINT_MMHG && planned <= ceilingMmHg);
}

/** True for a released rest that is planned to give the time under pressure back. */
export function isFullRelease(step: Step): boolean {
  return !isStepOn(step) && step.ms >= RELEASE_MS + RELEASE_MARGIN_MS;
}

/** Longest time under pressure without a full release that the protocol leads to, ms, with `fillMs` a fill. */
export function pressureTimeMs(protocol: Protocol, fillMs: Ms): Ms {
  const first = protocol.steps[0];
  return first === undefined ? 0 : pressureLeftMs(protocol, 0, first.ms, 0, fillMs);
}

/** The same from step `index` on, of which `leftMs` are left, on a vented cuff with `usedMs` on the count already. */
export function pressureLeftMs(protocol: Protocol, index: number, leftMs: Ms, usedMs: Ms, fillMs: Ms): Ms {
  let used = usedMs;
  let longest = used;
  let inflated = false;
  for (let i = index; i < protocol.steps.length; i++) {
    const step = protocol.steps[i] as Step;
    const on = isStepOn(step);
    if (on) used += (i === index ? leftMs : step.ms) + (inflated ? 0 : fillMs);
    else if (isFullRelease(step)) used = 0;
    inflated = on;
    if (used > longest) longest = used;
  }
  return longest;
}

/** `extra` permille on every step that has a share of LOP, up to the hard limit; 0 changes nothing at all. */
export function raiseBy(protocol: Protocol, extra: number): void {
  if (!(extra > 0)) return;
  for (const step of protocol.steps) if (step.permille > 0) step.permille = atMost(step.permille + extra);
}

function atMost(permille: number): number {
  return permille < MAX_LOP_PERMILLE ? permille : MAX_LOP_PERMILLE;
}
