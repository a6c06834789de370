/**
 * Supply, drivers and read-back: are the outputs what they were told to be? Judged on the ticks that looked at the board.
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
  /** Something was not as told in the last look: the next one is judged whole. */
  lookAgain: boolean;
  /** Supply low since, ms since boot. */
  railLowSince: number;
  /** Looks in a row with a fault of a driver. */
  faultLooks: number;
  /** The trip that the output seen wrong would be; TRIP_NONE = all as told. */
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
export function judgeSupply(s: Writes<Supply>, t: ReadTick): void {
  const pumped = s.pumpMs !== s.lookPumpMs;
  const bled = s.bledMs !== s.lookBledMs;
  if (s.lookAgain || !(t.railMv >= s.limits.minRailMv) || t.driverFaults !== 0) judgeLook(s, t, pumped, bled);
  else if (t.readsTerminals) judgeTerminals(s, t, pumped, bled);
  s.lookPumpMs = s.pumpMs;
  s.lookBledMs = s.bledMs;
  s.lookAt = t.now;
}

/** The common case: shut is powered, off is not. */
function judgeTerminals(s: Writes<Supply>, t: ReadTick, pumped: boolean, bled: boolean): void {
  const pumpWell = t.outPump === 1000 ? t.pumpMv >= LIVE_MV : pumped || t.pumpMv < LIVE_MV;
  if (!(pumpWell && (bled || t.valveMv >= LIVE_MV))) judgeLook(s, t, pumped, bled);
}

/** Something is, or was, not as it should be. */
function judgeLook(s: Writes<Supply>, t: ReadTick, pumped: boolean, bled: boolean): void {
  const low = judgeRail(s, t, pumped);
  const faulty = judgeDrivers(s, t);
  const wrong = t.readsTerminals ? wrongShut(s, t, pumped, bled) : TRIP_NONE;
  judgeWrong(s, t, wrong);
  s.lookAgain = low || faulty || wrong !== TRIP_NONE;
}

function judgeRail(s: Writes<Supply>, t: ReadTick, pumped: boolean): boolean {
  const limit = s.limits.minRailMv;
  const needed = pumped ? (limit * LOADED_SHARE) / 100 : limit;
  if (t.railMv >= needed || t.railMv === NO_RAIL) {
    s.railLowSince = t.now;
    return false;
  }
  if (!s.lookAgain) s.railLowSince = s.lookAt;
  if (!(t.now - s.railLowSince < RAIL_MS)) trip(s, t, TRIP_BATTERY, t.railMv, needed);
  return true;
}

function judgeDrivers(s: Writes<Supply>, t: ReadTick): boolean {
  if (t.driverFaults === 0) {
    s.faultLooks = 0;
    return false;
  }
  s.faultLooks++;
  const code = t.driverFaults >= MEMORY_BIT ? TRIP_MEMORY_LOW : TRIP_DRIVER;
  if (s.faultLooks >= DRIVER_LOOKS) trip(s, t, code, t.driverFaults, 0);
  return true;
}

/** The trip that what is seen would be with the valve shut, TRIP_NONE = outputs are as told. A bleed moves the valve between looks: not judged. */
function wrongShut(s: Writes<Supply>, t: ReadTick, pumped: boolean, bled: boolean): number {
  if (!pumped && !(t.pumpMv < LIVE_MV)) return TRIP_PUMP_LIVE;
  const always = s.pumpMs - s.lookPumpMs >= t.now - s.lookAt;
  if (always && t.outPump === 1000 && !(t.pumpMv >= LIVE_MV)) return TRIP_PUMP_DEAD;
  return bled || t.valveMv >= LIVE_MV ? TRIP_NONE : TRIP_VALVE_DEAD;
}

/**
 * Every look with the valve open. On a vented cuff too: a pump that runs by itself would fill it. The first look with the valve shut is
 * judged whole: what was wrong in the last look with it open has ended, or goes on.
 */
export function judgeOpenOutputs(s: Writes<Supply>, t: ReadTick): void {
  if (s.pressurised) judgeOpenSupply(s, t);
  else forgetSupply(s, t);
  s.lookAgain = true;
  if (t.readsTerminals) judgeWrong(s, t, wrongOpen(t));
  s.lookPumpMs = s.pumpMs;
  s.lookBledMs = s.bledMs;
  s.lookAt = t.now;
}

function judgeOpenSupply(s: Writes<Supply>, t: ReadTick): void {
  judgeRail(s, t, false);
  judgeDrivers(s, t);
}

/** What was seen in one hold is nothing to the next. */
function forgetSupply(s: Writes<Supply>, t: ReadTick): void {
  s.railLowSince = t.now;
  s.faultLooks = 0;
}

function wrongOpen(t: ReadTick): number {
  if (!(t.pumpMv < LIVE_MV)) return TRIP_PUMP_LIVE;
  return t.valveMv < LIVE_MV ? TRIP_NONE : TRIP_VALVE_LIVE;
}

/**
 * A resting driver is awake in every other look only: a pump whose input is stuck runs and stops in turns. One look in between is
 * remembered until the pump is driven.
 */
function seemsWell(s: Writes<Supply>): void {
  if (s.wrongOutput !== TRIP_PUMP_LIVE || s.pumpMs !== s.lookPumpMs) s.wrongOutput = TRIP_NONE;
}

/** Wrong last more than two looks ago. */
function isForgotten(s: Writes<Supply>, t: ReadTick): boolean {
  return (t.now - s.wrongSeenAt) * 2 > (t.now - s.lookAt) * 5;
}

/** Latched when the same output has been wrong for long enough. */
function judgeWrong(s: Writes<Supply>, t: ReadTick, wrong: number): void {
  if (wrong === TRIP_NONE) return seemsWell(s);
  if (wrong !== s.wrongOutput || isForgotten(s, t)) {
    s.wrongOutput = wrong;
    s.wrongSince = t.now;
  }
  s.wrongSeenAt = t.now;
  const since = t.now - s.wrongSince;
  const pump = wrong === TRIP_PUMP_LIVE || wrong === TRIP_PUMP_DEAD;
  if (since >= (wrong === TRIP_PUMP_LIVE ? COASTED_MS : STEADY_MS))
    trip(s, t, wrong, pump ? t.pumpMv : t.valveMv, LIVE_MV);
}
