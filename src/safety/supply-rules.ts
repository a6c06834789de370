/**
 * Supply, drivers and read-back: are the outputs what was commanded? Judged on the ticks that looked at the board.
 * What is wrong must be so in several looks: a motor that coasts or a driver that wakes is not a fault. Must never judge a
 * terminal that the board cannot read.
 */

import { NO_RAIL } from '../ports.ts';
import type { ReadTick } from '../tick.ts';
import { trip } from './latch.ts';
import {
  COASTED_MS,
  DRIVER_LOOKS,
  LIVE_MV,
  LOADED_SHARE,
  RAIL_MS,
  STEADY_MS,
  TRIP_BATTERY,
  TRIP_DRIVER,
  TRIP_MEMORY_LOW,
  TRIP_PUMP_DEAD,
  TRIP_PUMP_LIVE,
  TRIP_VALVE_DEAD,
  TRIP_VALVE_LIVE,
} from './rows/outputs.ts';
import type { Writes } from './state.ts';
import { TRIP_NONE } from './trips.ts';

export interface Supply {
  /** The sum of the pump at the last look, ms. */
  lookPumpMs: number;
  /** The sum of the bleeds at the last look, ms. */
  lookBledMs: number;
  /** Time of the last look, ms since boot. */
  lookAt: number;
  /** Something was not as commanded in the last look: the next one is judged whole. */
  lookAgain: boolean;
  /** Supply low since, ms since boot. */
  railLowSince: number;
  /** Looks in a row with a fault of a driver. */
  faultLooks: number;
  /** The trip that the output seen wrong would be; TRIP_NONE = all as commanded. */
  wrongOutput: number;
  /** The same output wrong since, ms since boot. */
  wrongSince: number;
  /** ... and seen last, ms since boot. */
  wrongSeenAt: number;
}

export function createSupply(): Supply {
  return {
    lookPumpMs: 0,
    lookBledMs: 0,
    lookAt: 0,
    lookAgain: false,
    railLowSince: 0,
    faultLooks: 0,
    wrongOutput: TRIP_NONE,
    wrongSince: 0,
    wrongSeenAt: 0,
  };
}

/** Bit of Tick.driverFaults for the platform's own complaint: memory is running out. */
const MEMORY_BIT = 4;

/** Turn 0, valve shut: nothing to say while all is as it should be. */
export function judgeSupply(supervisor: Writes<Supply>, t: ReadTick): void {
  const pumped = supervisor.pumpMs !== supervisor.lookPumpMs;
  const bled = supervisor.bledMs !== supervisor.lookBledMs;
  if (supervisor.lookAgain || !(t.railMv >= supervisor.limits.minRailMv) || t.driverFaults !== 0)
    judgeLook(supervisor, t, pumped, bled);
  else if (t.readsTerminals) judgeTerminals(supervisor, t, pumped, bled);
  supervisor.lookPumpMs = supervisor.pumpMs;
  supervisor.lookBledMs = supervisor.bledMs;
  supervisor.lookAt = t.now;
}

/** The common case: shut is powered, off is not. */
function judgeTerminals(supervisor: Writes<Supply>, t: ReadTick, pumped: boolean, bled: boolean): void {
  const pumpWell = t.outPump === 1000 ? t.pumpMv >= LIVE_MV : pumped || t.pumpMv < LIVE_MV;
  if (!(pumpWell && (bled || t.valveMv >= LIVE_MV))) judgeLook(supervisor, t, pumped, bled);
}

/** Something is, or was, not as it should be. */
function judgeLook(supervisor: Writes<Supply>, t: ReadTick, pumped: boolean, bled: boolean): void {
  const limit = supervisor.limits.minRailMv;
  const low = judgeRail(supervisor, t, pumped ? (limit * LOADED_SHARE) / 100 : limit);
  const faulty = judgeDrivers(supervisor, t);
  const wrong = t.readsTerminals ? wrongShut(supervisor, t, pumped, bled) : TRIP_NONE;
  judgeWrong(supervisor, t, wrong);
  supervisor.lookAgain = low || faulty || wrong !== TRIP_NONE;
}

/** True while the rail is below `needed`, mV. */
function judgeRail(supervisor: Writes<Supply>, t: ReadTick, needed: number): boolean {
  if (t.railMv >= needed || t.railMv === NO_RAIL) {
    supervisor.railLowSince = t.now;
    return false;
  }
  if (!supervisor.lookAgain) supervisor.railLowSince = supervisor.lookAt;
  if (!(t.now - supervisor.railLowSince < RAIL_MS)) trip(supervisor, t, TRIP_BATTERY, t.railMv, needed);
  return true;
}

function judgeDrivers(supervisor: Writes<Supply>, t: ReadTick): boolean {
  if (t.driverFaults === 0) {
    supervisor.faultLooks = 0;
    return false;
  }
  supervisor.faultLooks++;
  const code = t.driverFaults >= MEMORY_BIT ? TRIP_MEMORY_LOW : TRIP_DRIVER;
  if (supervisor.faultLooks >= DRIVER_LOOKS) trip(supervisor, t, code, t.driverFaults, 0);
  return true;
}

/** The trip that what is seen would be with the valve shut, TRIP_NONE = outputs are as commanded. A bleed moves the valve between looks: not judged. */
function wrongShut(supervisor: Writes<Supply>, t: ReadTick, pumped: boolean, bled: boolean): number {
  if (!pumped && !(t.pumpMv < LIVE_MV)) return TRIP_PUMP_LIVE;
  const always = supervisor.pumpMs - supervisor.lookPumpMs >= t.now - supervisor.lookAt;
  if (always && t.outPump === 1000 && !(t.pumpMv >= LIVE_MV)) return TRIP_PUMP_DEAD;
  return bled || t.valveMv >= LIVE_MV ? TRIP_NONE : TRIP_VALVE_DEAD;
}

/**
 * Every look with the valve open. On a vented cuff too: a pump that runs by itself would fill it. The first look with the valve shut is
 * judged whole: what was wrong in the last look with it open has ended, or goes on.
 */
export function judgeOpenOutputs(supervisor: Writes<Supply>, t: ReadTick): void {
  if (supervisor.pressurised) judgeOpenSupply(supervisor, t);
  else forgetSupply(supervisor, t);
  supervisor.lookAgain = true;
  if (t.readsTerminals) judgeWrong(supervisor, t, wrongOpen(t));
  supervisor.lookPumpMs = supervisor.pumpMs;
  supervisor.lookBledMs = supervisor.bledMs;
  supervisor.lookAt = t.now;
}

function judgeOpenSupply(supervisor: Writes<Supply>, t: ReadTick): void {
  judgeRail(supervisor, t, supervisor.limits.minRailMv);
  judgeDrivers(supervisor, t);
}

/** What was seen in one hold is nothing to the next. */
function forgetSupply(supervisor: Writes<Supply>, t: ReadTick): void {
  supervisor.railLowSince = t.now;
  supervisor.faultLooks = 0;
}

function wrongOpen(t: ReadTick): number {
  if (!(t.pumpMv < LIVE_MV)) return TRIP_PUMP_LIVE;
  return t.valveMv < LIVE_MV ? TRIP_NONE : TRIP_VALVE_LIVE;
}

/**
 * A resting driver is awake in every other look only: a pump whose input is stuck runs and stops in turns. One look in between is
 * remembered until the pump is driven.
 */
function seemsWell(supervisor: Writes<Supply>): void {
  if (supervisor.wrongOutput !== TRIP_PUMP_LIVE || supervisor.pumpMs !== supervisor.lookPumpMs)
    supervisor.wrongOutput = TRIP_NONE;
}

/** Wrong last more than two looks ago. */
function isForgotten(supervisor: Writes<Supply>, t: ReadTick): boolean {
  return (t.now - supervisor.wrongSeenAt) * 2 > (t.now - supervisor.lookAt) * 5;
}

/** Latched when the same output has been wrong for long enough. */
function judgeWrong(supervisor: Writes<Supply>, t: ReadTick, wrong: number): void {
  if (wrong === TRIP_NONE) return seemsWell(supervisor);
  if (wrong !== supervisor.wrongOutput || isForgotten(supervisor, t)) {
    supervisor.wrongOutput = wrong;
    supervisor.wrongSince = t.now;
  }
  supervisor.wrongSeenAt = t.now;
  const since = t.now - supervisor.wrongSince;
  const pump = wrong === TRIP_PUMP_LIVE || wrong === TRIP_PUMP_DEAD;
  if (since >= (wrong === TRIP_PUMP_LIVE ? COASTED_MS : STEADY_MS))
    trip(supervisor, t, wrong, pump ? t.pumpMv : t.valveMv, LIVE_MV);
}
