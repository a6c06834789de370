/** The one tick record, made once at boot: a vented cuff about which nothing is known yet. */
import type { Tick } from './ports.ts';
import type { Ms } from './units.ts';

export function createTick(periodMs: Ms): Tick {
  return {
    now: 0,
    dt: 0,
    period: periodMs,
    count: 0,
    turn: -1,
    lapMs: 0,
    raw: Number.NaN,
    fresh: false,
    doubtful: true,
    p: Number.NaN,
    railMv: 0,
    pumpMv: 0,
    valveMv: 0,
    driverFaults: 0,
    readsTerminals: false,
    looked: false,
    setpoint: null,
    capMmHg: 0,
    quiet: false,
    pump: 0,
    bleedMs: 0,
    vent: true,
    filled: false,
    outPump: 0,
    outBleedMs: 0,
    outVent: true,
    steady: Number.NaN,
    changed: false,
  };
}
