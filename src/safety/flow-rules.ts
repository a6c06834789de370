/**
 * What pump and valve do: how fast this pump fills this cuff, measured in each fill, and whether the valve, open again and again without
 * the pump, makes the reading fall. No model of the valve is needed. Must never judge a valve by a round in which the pump ran too.
 */

import type { ReadTick } from '../tick.ts';
import type { Ms } from '../units.ts';
import type { WritesAir } from './air-balance.ts';
import { trip } from './latch.ts';
import { FELL_MMHG, OPEN_LIMIT_MS, TRIP_VALVE_WITHOUT_EFFECT } from './rows/vent.ts';
import type { Supervisor } from './state.ts';

export interface PumpFlow {
  /** Rise in a fill, mmHg per second of pump. */
  pumpMmHgPerS: number;
  /** The reading where its measure began, mmHg. */
  rateFromMmHg: number;
  /** The sum of the pump there, ms. */
  ratePumpMs: number;
  /** What the fill before has shown, mmHg per second of pump; 0 = nothing yet. */
  ratePriorMmHgPerS: number;
  /** It has been measured in this fill. */
  rateKnown: boolean;
  /** The reading has come to the end of the measure in this fill, in a round without the pump: the drop over a narrow hose is none of it. */
  rateEnded: boolean;
  /** Open time since the pump last ran, ms. */
  openMs: number;
  /** The mean when it began, mmHg. */
  openFromMmHg: number;
}

/**
 * All of these are our decision, held against `npm run bench:blind` (docs/lab/air-book.md). Part of the fill over which the pump is measured,
 * percent of the setpoint, and the least time of the pump in it, ms.
 */
const RATE_FROM_PERCENT = 65;
const RATE_TO_PERCENT = 92;
const RATE_LEAST_MS = 80;
/** A fill that goes on from a hold must raise the reading by one part in so many of the setpoint to tell anything. */
const LEAST_PART = 10;
/** What the pump of a build that has never been filled is taken for, mmHg/s: the middle of thighs is 32 (docs/sources.md). */
const FIRST_PUMP_MMHG_PER_S = 25;
/** Believed speed of a pump, mmHg/s: one that is at its end near the setpoint makes 1 to 3. */
const LEAST_PUMP_MMHG_PER_S = 1;
const MOST_PUMP_MMHG_PER_S = 150;
/** ... and not below this share of what the fill before has shown, percent: a reading that jumps down in a fill makes the pump look weak. */
const PRIOR_PERCENT = 75;
/** ... nor above so many times that: a limb that moves makes it look strong. */
const PRIOR_TIMES = 3;
/** ... which itself sinks from fill to fill to this share at the lowest, percent: a battery runs down, and a motor warms, in many fills. */
const PRIOR_KEPT_PERCENT = 95;
/** ... and rises to this, percent. */
const PRIOR_GROWTH_PERCENT = 125;

export function createPumpFlow(): PumpFlow {
  return {
    pumpMmHgPerS: FIRST_PUMP_MMHG_PER_S,
    rateFromMmHg: 0,
    ratePumpMs: 0,
    ratePriorMmHgPerS: 0,
    rateKnown: false,
    rateEnded: false,
    openMs: 0,
    openFromMmHg: 0,
  };
}

/** A fill begins from the reading as it is, also one that goes on from a hold: what the pump did in that is none of it. */
export function startRate(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<PumpFlow> = supervisor.air;
  air.ratePumpMs = supervisor.pumpMs;
  air.rateFromMmHg = t.filteredMmHg;
  keepPrior(air);
  air.rateKnown = supervisor.air.bookKept;
  air.rateEnded = false;
}

/** How fast this pump fills this cuff, measured in each fill. Where a fill goes on from a hold and raises little, the old figure stays. */
export function measurePump(supervisor: Readonly<Supervisor>, t: ReadTick, pumped: Ms): void {
  const air: WritesAir<PumpFlow> = supervisor.air;
  if (air.rateEnded) return;
  const share = t.filteredMmHg * 100;
  if (share < supervisor.targetMmHg * RATE_FROM_PERCENT) {
    air.ratePumpMs = supervisor.pumpMs;
    air.rateFromMmHg = t.filteredMmHg;
    keepPrior(air);
    air.rateKnown = false;
    return;
  }
  const ms = supervisor.pumpMs - air.ratePumpMs;
  const done = air.rateKnown && share > supervisor.targetMmHg * RATE_TO_PERCENT;
  air.rateEnded = done && pumped === 0 && !supervisor.air.bookKept;
  if (ms < RATE_LEAST_MS || done) return;
  const rise = t.filteredMmHg - air.rateFromMmHg;
  if (supervisor.air.bookKept && rise * LEAST_PART < supervisor.targetMmHg) return;
  const rate = (rise * 1000) / ms;
  const prior = (air.ratePriorMmHgPerS * PRIOR_PERCENT) / 100;
  const least = prior > LEAST_PUMP_MMHG_PER_S ? prior : LEAST_PUMP_MMHG_PER_S;
  const top = prior > 0 ? prior * PRIOR_TIMES : MOST_PUMP_MMHG_PER_S;
  const most = top < MOST_PUMP_MMHG_PER_S ? top : MOST_PUMP_MMHG_PER_S;
  air.pumpMmHgPerS = rate > least ? (rate < most ? rate : most) : least;
  air.rateKnown = true;
}

/** What was measured, or a little less, or more, than before where it came out further off. */
function keepPrior(air: WritesAir<PumpFlow>): void {
  if (!air.rateKnown) return;
  const prior = air.ratePriorMmHgPerS;
  const least = (prior * PRIOR_KEPT_PERCENT) / 100;
  const most = prior > 0 ? (prior * PRIOR_GROWTH_PERCENT) / 100 : MOST_PUMP_MMHG_PER_S;
  const pump = air.pumpMmHgPerS;
  air.ratePriorMmHgPerS = pump > least ? (pump < most ? pump : most) : least;
}

/** A round in which the pump ran and nothing was let out. */
export function endOpened(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<PumpFlow> = supervisor.air;
  air.openMs = 0;
}

/** A round in which the valve let air out; with the pump in it, neither can be judged by itself. */
export function letOut(supervisor: Readonly<Supervisor>, t: ReadTick, pumped: number, bled: number): void {
  const air: WritesAir<PumpFlow> = supervisor.air;
  if (pumped > 0) air.openMs = 0;
  else judgeOpened(supervisor, t, bled);
}

/** A round in which the valve let air out and the pump did not run. */
function judgeOpened(supervisor: Readonly<Supervisor>, t: ReadTick, ms: number): void {
  const air: WritesAir<PumpFlow> = supervisor.air;
  if (air.openMs === 0) air.openFromMmHg = supervisor.meanMmHg;
  air.openMs += ms;
  if (air.openMs <= OPEN_LIMIT_MS) return;
  if (!(air.openFromMmHg - supervisor.meanMmHg >= FELL_MMHG))
    trip(supervisor, t, TRIP_VALVE_WITHOUT_EFFECT, air.openMs, OPEN_LIMIT_MS);
  air.openMs = 0;
}

/** The next fill begins without a past. */
export function forgetFlow(air: WritesAir<PumpFlow>): void {
  air.openMs = 0;
  air.rateEnded = false;
}
