/**
 * Air in one direction: pumped again and again without a bleed it must show as pressure; let out again and again without the
 * pump it must show as a fall. No model of the valve is needed, and of the pump only what the fill showed. This is what stops
 * a pump that chases a reading which no longer follows the cuff. Must never forgive more than half of the pump's time.
 */

import type { ReadTick } from '../tick.ts';
import type { WritesAir } from './air-balance.ts';
import { trip } from './latch.ts';
import { tripOrVanished } from './level-rules.ts';
import {
  FORGIVEN_PERMILLE,
  MISSING_MMHG,
  MISSING_SHARE,
  MOST_FORGIVEN,
  TRIP_PUMP_WITHOUT_EFFECT,
} from './rows/air.ts';
import { FELL_MMHG, OPEN_LIMIT_MS, TRIP_VALVE_WITHOUT_EFFECT } from './rows/vent.ts';
import type { Supervisor } from './state.ts';

export interface PumpFlow {
  /** Rise in a fill, mmHg per second of pump. */
  pumpMmHgPerS: number;
  /** The reading where its measure began, mmHg. */
  rateFromMmHg: number;
  /** The sum of the pump there, ms. */
  ratePumpMs: number;
  /** It has been measured in this fill. */
  rateKnown: boolean;
  /** Pump time since the last bleed, less what is forgiven, ms. */
  pumpedMs: number;
  /** What is forgiven, ms of pump a second. */
  forgivenPermille: number;
  /** When `pumpedMs` was last added to, ms since boot. */
  pumpedAt: number;
  /** The mean when it began, mmHg. */
  pumpedFromMmHg: number;
  /** Open time since the pump last ran, ms. */
  openMs: number;
  /** The mean when it began, mmHg. */
  openFromMmHg: number;
}

export function createPumpFlow(): PumpFlow {
  return {
    pumpMmHgPerS: 25,
    rateFromMmHg: 0,
    ratePumpMs: 0,
    rateKnown: false,
    pumpedMs: 0,
    forgivenPermille: FORGIVEN_PERMILLE,
    pumpedAt: 0,
    pumpedFromMmHg: 0,
    openMs: 0,
    openFromMmHg: 0,
  };
}

/** Part of the fill over which the pump is measured, percent of the setpoint. */
const RATE_FROM_PERCENT = 65;
const RATE_TO_PERCENT = 92;
const RATE_LEAST_MS = 80;
/** Believed speed of a pump, mmHg/s: one that is at its end near the setpoint makes 1 to 3. */
const LEAST_PUMP_MMHG_PER_S = 1;
const MOST_PUMP_MMHG_PER_S = 150;

/** A fill begins from the reading as it is, also one that goes on from a hold: what the pump did in that is none of it. */
export function startRate(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<PumpFlow> = supervisor.air;
  air.ratePumpMs = supervisor.pumpMs;
  air.rateFromMmHg = t.filteredMmHg;
  air.rateKnown = supervisor.air.bookKept;
}

/** How fast this pump fills this cuff, measured in each fill. */
export function measurePump(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<PumpFlow> = supervisor.air;
  const share = t.filteredMmHg * 100;
  if (share < supervisor.targetMmHg * RATE_FROM_PERCENT) {
    air.ratePumpMs = supervisor.pumpMs;
    air.rateFromMmHg = t.filteredMmHg;
    air.rateKnown = false;
    return;
  }
  const ms = supervisor.pumpMs - air.ratePumpMs;
  if (ms < RATE_LEAST_MS || (air.rateKnown && share > supervisor.targetMmHg * RATE_TO_PERCENT)) return;
  const rise = t.filteredMmHg - air.rateFromMmHg;
  // little of a fill that goes on from a hold tells nothing: the old figure stays
  if (supervisor.air.bookKept && rise * 10 < supervisor.targetMmHg) return;
  const rate = (rise * 1000) / ms;
  air.pumpMmHgPerS =
    rate > LEAST_PUMP_MMHG_PER_S
      ? rate < MOST_PUMP_MMHG_PER_S
        ? rate
        : MOST_PUMP_MMHG_PER_S
      : LEAST_PUMP_MMHG_PER_S;
  air.rateKnown = true;
}

/** A round in which the pump ran and nothing was let out. */
export function judgePumped(supervisor: Readonly<Supervisor>, t: ReadTick, ms: number): void {
  const air: WritesAir<PumpFlow> = supervisor.air;
  const left = air.pumpedMs - ((t.now - air.pumpedAt) * air.forgivenPermille) / 1000;
  air.pumpedAt = t.now;
  air.openMs = 0;
  if (!(left > 0)) return startPumped(supervisor, t, ms);
  air.pumpedMs = left + ms;
  if (!(air.pumpedMs * air.pumpMmHgPerS < MISSING_MMHG * 1000)) judgeMissing(supervisor, t);
}

/** What a cuff usually loses is known anew, mmHg/s. */
export function forgiveUsual(air: WritesAir<PumpFlow>): void {
  const permille = (air.usualMmHgPerS * 1000) / air.pumpMmHgPerS;
  air.forgivenPermille =
    permille > FORGIVEN_PERMILLE ? (permille < MOST_FORGIVEN ? permille : MOST_FORGIVEN) : FORGIVEN_PERMILLE;
}

function startPumped(supervisor: Readonly<Supervisor>, t: ReadTick, ms: number): void {
  const air: WritesAir<PumpFlow> = supervisor.air;
  air.pumpedFromMmHg = supervisor.meanMmHg < t.filteredMmHg ? supervisor.meanMmHg : t.filteredMmHg;
  air.pumpedMs = ms;
}

function judgeMissing(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<PumpFlow> = supervisor.air;
  const now = supervisor.meanMmHg > t.filteredMmHg ? supervisor.meanMmHg : t.filteredMmHg;
  const missing = (air.pumpedMs * air.pumpMmHgPerS) / 1000 - (now - air.pumpedFromMmHg);
  const allowed = MISSING_MMHG + (supervisor.targetMmHg * MISSING_SHARE) / 100;
  if (!(missing < allowed)) tripOrVanished(supervisor, t, TRIP_PUMP_WITHOUT_EFFECT, missing, allowed);
}

/** A round in which the valve let air out; with the pump in it, neither can be judged by itself. */
export function letOut(supervisor: Readonly<Supervisor>, t: ReadTick, pumped: number, bled: number): void {
  const air: WritesAir<PumpFlow> = supervisor.air;
  air.pumpedMs = 0;
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
  air.pumpedMs = 0;
  air.openMs = 0;
}
