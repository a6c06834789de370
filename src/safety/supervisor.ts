/**
 * The supervisor: judges every tick (`assess`) before a command may reach an output (`gate`, in gate.ts). Keeps its own
 * timers and shares no state with regulator or session. Compares so that a value that is no number trips. Must never let
 * a setting switch a rule off.
 */
import {
  MAX_ARM_MS,
  MAX_CUFF_MMHG,
  MAX_FAULT_MMHG,
  MAX_LEG_MS,
  MAX_LOP_PERMILLE,
  MAX_MEASURE_MMHG,
  MAX_SETPOINT_MMHG,
  TRAINING_ONLY_MMHG,
} from '../limits.ts';
import type { ReadTick } from '../tick.ts';
import { judgeInterval } from './clock-rules.ts';
import { ARM_BLEED_MMHG_PER_MS, judgeSuspect, LEG_BLEED_MMHG_PER_MS } from './level-rules.ts';
import { assessOpen } from './open-rules.ts';
import { judgeProgress } from './progress-rules.ts';
import { type Rule, SLOW } from './slow-rules.ts';
import type { Supervisor, Writes } from './state.ts';

/** Limits of this wearer; only ever tighter than limits.ts. */
export interface SupervisorLimits {
  /** Highest setpoint, mmHg: the least of the hard limit, the user's limit and a share of the occlusion pressure. */
  ceilingMmHg: number;
  /** Limb occlusion pressure, mmHg. */
  lopMmHg: number;
  /** What the cuff may hold by the air book, mmHg: the occlusion pressure; in a measurement, which goes above it, what a fault may make of the ceiling. */
  airMmHg: number;
  /** Time allowed under pressure, ms. */
  pressureMs: number;
  /** Supply below which a session ends, mV. */
  minRailMv: number;
  /** What a bleed takes off this limb's cuff at most, mmHg/ms. */
  bleedMmHgPerMs: number;
}

/** Sums since boot of what was sent with the valve shut. */
export interface Sent {
  /** Time with the pump on, ms. */
  pumpMs: number;
  /** Open time of the valve in bleeds, ms. */
  bledMs: number;
}

/** Before the settings are known nothing is allowed. */
export function createLimits(): SupervisorLimits {
  return { ceilingMmHg: 0, lopMmHg: 0, airMmHg: 0, pressureMs: 0, minRailMv: 0, bleedMmHgPerMs: 1 };
}

export function createSent(): Sent {
  return { pumpMs: 0, bledMs: 0 };
}

/** Set the limits from settings; whatever is asked for, the hard limits hold. NaN gives the tightest value. */
export function tighten(
  supervisor: Readonly<Supervisor>,
  leg: boolean,
  lopMmHg: number,
  userMmHg: number,
  lopPermille: number,
  userMs: number,
): void {
  const hardMs = leg ? MAX_LEG_MS : MAX_ARM_MS;
  const share = lower(lopPermille, MAX_LOP_PERMILLE);
  const limits: SupervisorLimits = supervisor.limits;
  limits.lopMmHg = lopMmHg > 0 ? lopMmHg : 0;
  limits.airMmHg = limits.lopMmHg;
  limits.ceilingMmHg = lower(lower(userMmHg, MAX_SETPOINT_MMHG), (limits.lopMmHg * share) / 1000);
  limits.pressureMs = lower(userMs, hardMs);
  limits.bleedMmHgPerMs = leg ? LEG_BLEED_MMHG_PER_MS : ARM_BLEED_MMHG_PER_MS;
}

/** Supply below which a session ends, mV. */
export function requireSupply(supervisor: Readonly<Supervisor>, minRailMv: number): void {
  const limits: SupervisorLimits = supervisor.limits;
  limits.minRailMv = minRailMv;
}

function lower(asked: number, hard: number): number {
  return asked <= hard ? (asked > 0 ? asked : 0) : asked > hard ? hard : 0;
}

/**
 * Judge this tick. Afterwards `s.trip` says whether anything but a vent is allowed. The common case stands here: the valve is shut and
 * nothing is unusual. It counts what was sent, looks at what must never wait, and gives a slow rule its turn. On a vented cuff no tick is
 * short enough: the first one with the valve shut is looked at, and begins the hold.
 */
export function assess(supervisor: Writes<Sent>, t: ReadTick): void {
  if (t.outVent !== false) return assessOpen(supervisor, t);
  if (t.outPump > 0) supervisor.pumpMs += t.dt;
  else if (t.outBleedMs > 0) supervisor.bledMs += t.outBleedMs;
  if (!(t.dt <= supervisor.longestTickMs && t.dt >= supervisor.shortestTickMs)) judgeInterval(supervisor, t);
  if (!(t.measuredMmHg <= supervisor.upperMmHg && t.measuredMmHg >= supervisor.lowerMmHg && t.fresh))
    judgeSuspect(supervisor, t);
  (SLOW[t.turn] as Rule)(supervisor, t);
}

/** The demand has been worked out anew, with the valve shut: is the fill getting on, or the hold kept? In TURN_ASK. */
export function judgeDemand(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  judgeProgress(supervisor, t);
}

/**
 * A LOP measurement goes above the occlusion pressure for some seconds: its setpoint may come near the
 * ceiling, for one and a half minutes at most, twice with a pause. `tighten` takes this back.
 */
export function allowMeasurement(supervisor: Readonly<Supervisor>, userMmHg: number): void {
  const limits: SupervisorLimits = supervisor.limits;
  limits.ceilingMmHg = userMmHg >= TRAINING_ONLY_MMHG ? MAX_MEASURE_MMHG : lower(userMmHg, MAX_MEASURE_MMHG);
  limits.lopMmHg = MAX_CUFF_MMHG;
  limits.airMmHg = MAX_FAULT_MMHG;
}
