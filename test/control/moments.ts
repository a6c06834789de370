/** Moments of a regulator: its memory as a test wants it, and ticks to give it. */
import { createRegulator, type Regulator } from '../../src/control/regulator.ts';
import { setPeriod } from '../../src/control/slopes.ts';
import type { SensorTraits } from '../../src/ports.ts';
import type { Tick } from '../../src/tick.ts';
import { createTick } from '../../src/tick.ts';
import { standardControlSettings } from './standard-settings.ts';

export const TRAITS: SensorTraits = {
  ageMs: 4,
  zeroMinMmHg: 500,
  zeroMaxMmHg: 900,
  noiseMilliMmHg: 60,
  maxPeriodMs: 60,
  maxMmHg: 300,
  frozenMs: 1250,
};

/** A regulator at a control period, with `fields` as given; a sample is `ageMs` old. */
export function regulatorAt(periodMs: number, fields: Partial<Regulator> = {}, ageMs = 4): Regulator {
  const r = createRegulator(standardControlSettings(), { ...TRAITS, ageMs });
  setPeriod(r, periodMs);
  return Object.assign(r, fields);
}

/** A tick of `periodMs` with a fresh sample and pump and valve at rest, changed as given. */
export function tickOf(periodMs: number, fields: Partial<Tick> = {}): Tick {
  const still = { dt: periodMs, fresh: true, doubtful: false, measuredMmHg: 0, outPump: 0, outBleedMs: 0 };
  return Object.assign(createTick(periodMs), still, { outVent: false, vent: false }, fields);
}
