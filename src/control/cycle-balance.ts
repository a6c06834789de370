/**
 * Balance of the device's own air: over whole cycles, what pump and valve are believed to have done must agree with the pressure. It corrects the
 * slopes, and counts for the report after the session. Must never move a slope far from what was identified: nothing safe depends on it,
 * but a cuff that leaks must not be learned as a weak pump.
 */
import type { MmHg, Ms } from '../units.ts';
import { learnEdges } from './edges.ts';
import { restartSums } from './flow.ts';
import { restartErrors } from './forecast.ts';
import { isFast } from './rhythm.ts';
import { setSlopes } from './slopes.ts';
import type { ReadonlyRegulator } from './state.ts';

/** How long a balance runs at least before it is judged, ms; out of rhythm. Set by bench:control on the project's draw. */
export const LEARN_MS: Ms = 1500;
export const LEARN_LOOSE_MS: Ms = 3 * LEARN_MS;
/** Most that a slope moves at a time, as a share of it. Set by bench:control on the project's draw. */
const STEP_MAX = 1 / 10;
/** Damps the step where little air was moved: the square of 5 mmHg. Set by bench:control on the project's draw. */
const DAMPING = 25;
/** Share of a mismatch that is put right at a time, one in 2, and of that the pump's tenths. Set by bench:control on the project's draw. */
const RIGHT_PART = 2;
const PUMP_TENTHS = 4;
/** Tenths of what was identified between which the slopes are kept. docs/lab/control.md, "How it works", 8. */
const PUMP_LEAST = 6;
const PUMP_MOST = 16;
const VALVE_LEAST = 4;
const VALVE_MOST = 25;
/** A pump that did more than these tenths of what it could in a cycle with too low a valley is too weak. Half of the cycle is realistic (plant model, 3.3). */
const WEAK_TENTHS = 6;

/** Written in this file only. */
export interface CycleBalance {
  /** Time at which this balance began. */
  cycleOpenedMs: Ms;
  /** Pressure in the cuff then. */
  cycleOpenedMmHg: MmHg;
  /** `pumpedMmHg` at the last event. */
  pumpedBeforeMmHg: MmHg;
}

/** Part of the report that is counted in this file. */
export interface CycleCounts {
  /** Movement cycles while in rhythm. */
  cycles: number;
  /** Those whose valley fell below -10 % of the setpoint. */
  low: number;
  /** Those whose crest rose above +10 % of the setpoint. */
  high: number;
  /** Cycles in which the pump ran nearly all the time and the valley was still too low: the pump is too weak. */
  weak: number;
  /** Pump time at full speed, ms. */
  pumpMs: Ms;
}

type BookOwner = ReadonlyRegulator & { readonly rhythm: CycleBalance; readonly report: CycleCounts };

/** A step of a slope, kept within what it may move at a time. */
function limited(x: number): number {
  return x > STEP_MAX ? STEP_MAX : x < -STEP_MAX ? -STEP_MAX : x;
}

/** Kept between `least` and `most` tenths of what was identified. */
function within(x: number, first: number, least: number, most: number): number {
  if (x * 10 < first * least) return (first * least) / 10;
  return x * 10 > first * most ? (first * most) / 10 : x;
}

/** Begins a new balance of air put in and let out. */
export function openCycle(r: BookOwner, nowMs: Ms): void {
  const b = r.rhythm;
  r.report.pumpMs += Math.round(r.pumpedMmHg / r.pumpMmHgPerMs);
  b.cycleOpenedMs = nowMs;
  b.cycleOpenedMmHg = r.limbMmHg + r.ownAirMmHg;
  b.pumpedBeforeMmHg -= r.pumpedMmHg;
  restartSums(r);
}

/**
 * Judges the balance and begins the next. The mismatch is air in - air out - rise of the pressure; each slope moves by the share of it that
 * its own air has in the squares of both.
 */
export function learnSlopes(r: BookOwner, nowMs: Ms): void {
  if (!isFast(r)) {
    const pumped = r.pumpedMmHg;
    const bled = r.bledMmHg;
    const all = pumped * pumped + bled * bled + DAMPING;
    const share = (pumped - bled - r.limbMmHg - r.ownAirMmHg + r.rhythm.cycleOpenedMmHg) / (RIGHT_PART * all);
    const pump = r.pumpMmHgPerMs * (1 - limited((share * pumped * PUMP_TENTHS) / 10));
    const valve = r.valveMmHgPerMs * (1 + limited(share * bled));
    setSlopes(
      r,
      within(pump, r.firstPumpMmHgPerMs, PUMP_LEAST, PUMP_MOST),
      within(valve, r.firstValveMmHgPerMs, VALVE_LEAST, VALVE_MOST),
    );
  }
  openCycle(r, nowMs);
}

/** Once a cycle: edges, and what the report says afterwards. */
export function closeCycle(r: BookOwner): void {
  learnEdges(r);
  const report = r.report;
  report.cycles += 1;
  if (r.crestErrorMmHg * 10 > r.targetMmHg) report.high += 1;
  if (r.valleyErrorMmHg * 10 < -r.targetMmHg) {
    report.low += 1;
    const pumped = r.pumpedMmHg - r.rhythm.pumpedBeforeMmHg;
    if (pumped * 10 > r.lagSlots * r.pumpTickMmHg * WEAK_TENTHS) report.weak += 1;
  }
  r.rhythm.pumpedBeforeMmHg = r.pumpedMmHg;
  restartErrors(r);
}
