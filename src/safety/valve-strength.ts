/**
 * How much an open valve takes out, for the air book: measured against the pump, by what the reading did while both of them worked in a
 * movement. Known, it stays known until the next power-up, and goes with the pump where that is measured anew. Must never let a few bleeds
 * explain what the reading does between them: a reading that drifts would be taken for the valve.
 */
import type { MmHg, Ms } from '../units.ts';
import type { AirBalance, WritesAir } from './air-balance.ts';
import { MEAN_MS } from './rows/pressure.ts';
import type { Supervisor } from './state.ts';

export interface ValveStrength {
  /** What an open valve takes, as a share of what the pump gives. */
  valvePerPump: number;
  /** The setpoint that it was measured at, mmHg. */
  valveAtMmHg: number;
  /** It has been measured. */
  valveKnown: boolean;
  /** Open time since the measure began, weighed by the pressure, s. */
  valveOpenS: number;
  /** The same, lagging as the mean of the reading does. */
  valveOpenLagS: number;
  /** The book above the reading when it began, mmHg. */
  valveOverMmHg: number;
  /** The reading then, and what was put in since, mmHg. */
  valveFromMmHg: number;
  /** The same, lagging as the mean does: then the wave of the limb cancels. */
  valveFromLagMmHg: number;
}

export function createValveStrength(): ValveStrength {
  return {
    valvePerPump: 0,
    valveAtMmHg: 0,
    valveKnown: false,
    valveOpenS: 0,
    valveOpenLagS: 0,
    valveOverMmHg: 0,
    valveFromMmHg: 0,
    valveFromLagMmHg: 0,
  };
}

/**
 * All of these are our decision, held against `npm run bench:blind` (docs/lab/air-book.md). For each mmHg more the valve takes so much more, as a
 * part, but a share of its rate at least: less than any valve, as for the pump in book-rules.ts.
 */
const RISE = 1 / 450;
const LEAST_VALVE_RISE = 2 / 10;
/** It is measured for so long, s, and until it has let out so much, mmHg. */
const LEARN_S = 1;
const LEARN_MMHG = 150;
/** Let out in one measure, mmHg: from here on it was a movement. A bleed at rest takes 2 to 8. */
const MOVEMENT_MMHG = 30;
/** A setpoint that is so much higher than the one it was measured at, mmHg: measured low, it would be taken for weaker than it is. */
const ANEW_MMHG = 15;
/** Believed: a share of the pump's rate at least; so many times it at most, and so much besides, mmHg/s: pumps may be weak. */
const LEAST_PER_PUMP = 1 / 20;
const MOST_PER_PUMP = 4;
const MORE_MMHG_PER_S = 60;

/** The most that a valve may take with this pump, mmHg/s. */
export function strongestValve(air: Readonly<AirBalance>): number {
  return air.pumpMmHgPerS * MOST_PER_PUMP + MORE_MMHG_PER_S;
}

/** What the book says after a bleed of `bledMs` at `at` mmHg. */
export function bleedBook(supervisor: Readonly<Supervisor>, at: MmHg, bledMs: Ms): MmHg {
  const air: WritesAir<ValveStrength> = supervisor.air;
  let book = supervisor.air.bookMmHg;
  if (air.valveKnown && supervisor.targetMmHg - air.valveAtMmHg > ANEW_MMHG) forgetValve(air);
  if (!air.valveKnown && supervisor.bledMs - bledMs - supervisor.lagBledMs < 1) book = dropMeasure(air, book);
  if (air.valveOpenS === 0) startMeasure(supervisor, book);
  const share = 1 + (at - air.valveAtMmHg) * RISE;
  const openS = ((share > LEAST_VALVE_RISE ? share : LEAST_VALVE_RISE) * bledMs) / 1000;
  if (air.valveKnown) return book - air.valvePerPump * air.pumpMmHgPerS * openS;
  return measure(supervisor, openS);
}

/**
 * A bleed by itself, at rest: the measure begins anew. What a movement has let out before stays as it was measured; in a few bleeds the valve
 * counts as weak as one may be.
 */
function dropMeasure(air: WritesAir<ValveStrength>, book: MmHg): MmHg {
  const openS = air.valveOpenS;
  air.valveOpenS = 0;
  if (openS === 0 || openS * air.valvePerPump * air.pumpMmHgPerS > MOVEMENT_MMHG) return book;
  return air.valveOverMmHg + air.valveFromMmHg - air.pumpMmHgPerS * LEAST_PER_PUMP * openS;
}

/** So much higher than where it was measured the valve is another one. */
function forgetValve(air: WritesAir<ValveStrength>): void {
  air.valveKnown = false;
  air.valveOpenS = 0;
}

function startMeasure(supervisor: Readonly<Supervisor>, book: MmHg): void {
  const air: WritesAir<ValveStrength> = supervisor.air;
  air.valveAtMmHg = supervisor.targetMmHg;
  air.valveOverMmHg = book - supervisor.meanMmHg;
  air.valveFromMmHg = supervisor.meanMmHg;
  air.valveFromLagMmHg = supervisor.meanMmHg;
  air.valveOpenLagS = 0;
}

/** As much as explains what the reading has done since, within what a valve may be. */
function measure(supervisor: Readonly<Supervisor>, openS: number): MmHg {
  const air: WritesAir<ValveStrength> = supervisor.air;
  air.valveOpenS += openS;
  const seen = (air.valveFromLagMmHg - supervisor.meanMmHg) / air.valveOpenLagS;
  const least = air.pumpMmHgPerS * LEAST_PER_PUMP;
  const most = strongestValve(air);
  const rate = seen > least ? (seen < most ? seen : most) : least;
  air.valvePerPump = rate / air.pumpMmHgPerS;
  air.valveKnown = air.valveOpenLagS > LEARN_S && rate * air.valveOpenLagS > LEARN_MMHG;
  return air.valveOverMmHg + air.valveFromMmHg - rate * air.valveOpenS;
}

/** Air went in, or leaked out, mmHg. */
export function noteAir(supervisor: Readonly<Supervisor>, mmHg: MmHg): void {
  const air: WritesAir<ValveStrength> = supervisor.air;
  air.valveFromMmHg += mmHg;
}

/** `ms` have passed while the valve is not known. */
export function lagMeasure(supervisor: Readonly<Supervisor>, ms: Ms): void {
  const air: WritesAir<ValveStrength> = supervisor.air;
  const share = ms / (ms + MEAN_MS);
  air.valveFromLagMmHg += (air.valveFromMmHg - air.valveFromLagMmHg) * share;
  air.valveOpenLagS += (air.valveOpenS - air.valveOpenLagS) * share;
}

/** The cuff was vented: a measure that was not finished ends. What is known of the valve stays. */
export function endMeasure(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<ValveStrength> = supervisor.air;
  if (!air.valveKnown) air.valveOpenS = 0;
}
