/**
 * Supply, drivers and read-back: are the outputs what they were told to be? Judged on the ticks that looked at
 * the board. Two looks in a row must agree: a motor that coasts or a driver that wakes is not a fault.
 */
import { NO_RAIL, type Tick } from '../ports.ts';
import { type Supervisor, trip } from './state.ts';
import {
  TRIP_BATTERY,
  TRIP_DRIVER,
  TRIP_MEMORY,
  TRIP_PUMP_DEAD,
  TRIP_PUMP_LIVE,
  TRIP_VALVE_DEAD,
  TRIP_VALVE_LIVE,
} from './trips.ts';

/** Supply low for this long ends the session. */
export const RAIL_MS = 3000;
/** Share of the limit that is allowed while the pump loads the supply, percent. */
const LOADED_SHARE = 85;
/** A terminal above this is live, below it dead, mV: a quarter of the lowest rail. */
export const LIVE_MV = 600;
/** An output must have been as it is for this long, ms: the pump coasts for 0.4 s and its motor is a generator. */
const COASTED_MS = 600;
const STEADY_MS = 120;
const LOOKS = 2;
/** Bit of Tick.driverFaults for the platform's own complaint: memory is running out. */
const MEMORY_BIT = 4;

/** Every look, under pressure. */
export function judgeSupply(s: Supervisor, t: Tick): void {
  const gone = t.now - s.lookAt;
  const limit = s.limits.minRailMv;
  const needed = s.pumpOffMs > 300 ? limit : (limit * LOADED_SHARE) / 100;
  s.railMs = t.railMv >= needed || t.railMv === NO_RAIL ? 0 : s.railMs + gone;
  s.lookAt = t.now;
  if (!(s.railMs < RAIL_MS)) trip(s, t, TRIP_BATTERY, t.railMv, needed);
  judgeDrivers(s, t);
  if (t.readsTerminals) judgeOutputs(s, t);
}

/** On a vented cuff too: a pump that runs by itself would fill it. */
export function judgeIdleOutputs(s: Supervisor, t: Tick): void {
  s.lookAt = t.now;
  s.railMs = 0;
  if (t.readsTerminals) judgeOutputs(s, t);
}

function judgeDrivers(s: Supervisor, t: Tick): void {
  if (t.driverFaults === 0) {
    s.driverLooks = 0;
    return;
  }
  s.driverLooks++;
  if (s.driverLooks >= LOOKS) {
    trip(s, t, t.driverFaults >= MEMORY_BIT ? TRIP_MEMORY : TRIP_DRIVER, t.driverFaults, 0);
  }
}

function judgeOutputs(s: Supervisor, t: Tick): void {
  const wrong = wrongOutput(s, t);
  s.outputLooks = wrong === 0 ? 0 : s.outputLooks + 1;
  if (s.outputLooks < LOOKS) return;
  const pump = wrong === TRIP_PUMP_LIVE || wrong === TRIP_PUMP_DEAD;
  trip(s, t, wrong, pump ? t.pumpMv : t.valveMv, LIVE_MV);
}

/** The trip that what is seen would be, 0 = outputs are as told. A bleed moves the valve between looks: not judged. */
function wrongOutput(s: Supervisor, t: Tick): number {
  if (s.pumpOffMs > COASTED_MS && !(t.pumpMv < LIVE_MV)) return TRIP_PUMP_LIVE;
  if (s.pumpOnMs > STEADY_MS && t.outPump === 1000 && !(t.pumpMv >= LIVE_MV)) return TRIP_PUMP_DEAD;
  if (s.shutMs > STEADY_MS && !(t.valveMv >= LIVE_MV)) return TRIP_VALVE_DEAD;
  if (s.shutMs < -STEADY_MS && !(t.valveMv < LIVE_MV)) return TRIP_VALVE_LIVE;
  return 0;
}
