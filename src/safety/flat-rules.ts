/**
 * A limb is alive: its pulse, breath and movement stand on top of the part's own noise. How much the part stirs by itself is measured on
 * the vented cuff; a reading that has shown the limb in a hold, and then stirs no more than that, does not see it any more. Compared are
 * second differences, in which no slope can hide, while pump and valve are still. Must never judge a part that is too noisy to show a weak
 * pulse, nor a hold in which no limb was seen: a cuff around a bottle has no pulse.
 */
import type { ReadTick } from '../tick.ts';
import type { WritesAir } from './air-balance.ts';
import { trip } from './latch.ts';
import { FLAT_MS, FLAT_SHARE, LIVELY_SHARE, MOST_NOISE_MMHG, TRIP_SENSOR_FLAT } from './rows/sensor.ts';
import type { Supervisor } from './state.ts';

export interface Flatness {
  /** How much the part stirs on the vented cuff: mean second difference, mmHg. */
  noiseMmHg: number;
  /** Looks that it is a mean of. */
  noiseLooks: number;
  /** The same under pressure, over some seconds, mmHg. */
  stirMmHg: number;
  /** It has been far more than the noise in this hold: there is a limb. */
  lively: boolean;
  /** ms for which it has been no more than the noise. */
  flatMs: number;
  /** The reading at the last look, and at the one before it, mmHg. */
  lastMmHg: number;
  beforeMmHg: number;
}

export function createFlatness(): Flatness {
  return {
    noiseMmHg: 0,
    noiseLooks: 0,
    stirMmHg: 0,
    lively: false,
    flatMs: 0,
    lastMmHg: Number.NaN,
    beforeMmHg: Number.NaN,
  };
}

/** Most looks that the noise is a mean of, and the least that it is believed from. */
const MOST_LOOKS = 40;
const LEAST_LOOKS = 10;
/** Vented for so long before the noise is measured, ms: the tail of a vent is over. */
const QUIET_MS = 4000;
/** More than so many times the noise is not counted: one blow must not hide what follows. */
const MOST_TIMES = 3;
/** Time constant of the mean under pressure, ms. */
const STIR_MS = 4000;

function stir(air: WritesAir<Flatness>, p: number): number {
  const off = p - air.lastMmHg - air.lastMmHg + air.beforeMmHg;
  air.beforeMmHg = air.lastMmHg;
  air.lastMmHg = p;
  return off < 0 ? -off : off;
}

/** Every fourth tick of a vented cuff. */
export function measureNoise(s: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<Flatness> = s.air;
  const off = stir(air, t.filteredMmHg);
  air.stirMmHg = 0;
  air.lively = false;
  air.flatMs = 0;
  if (s.ventedMs < QUIET_MS || !(off < 1000)) return;
  if (air.noiseLooks < MOST_LOOKS) air.noiseLooks++;
  air.noiseMmHg += (off - air.noiseMmHg) / air.noiseLooks;
}

/** Once a round of a hold. What pump and valve do to the reading is no sign of life. */
export function judgeFlat(s: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<Flatness> = s.air;
  const off = stir(air, t.filteredMmHg);
  if (s.pumpMs !== air.seenPumpMs || s.bledMs !== air.seenBledMs || air.idleMs === 0) return;
  const most = MOST_TIMES * air.noiseMmHg;
  air.stirMmHg += ((off < most ? off : most) - air.stirMmHg) * (s.roundMs / STIR_MS);
  if (air.stirMmHg * 100 < air.noiseMmHg * FLAT_SHARE) judgeStill(s, t);
  else {
    air.flatMs = 0;
    if (air.stirMmHg * 100 >= air.noiseMmHg * LIVELY_SHARE) air.lively = true;
  }
}

/** As still as on the vented cuff. */
function judgeStill(s: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<Flatness> = s.air;
  if (!air.lively || air.noiseMmHg > MOST_NOISE_MMHG || air.noiseLooks < LEAST_LOOKS) return;
  air.flatMs += s.roundMs;
  if (!(air.flatMs < FLAT_MS)) trip(s, t, TRIP_SENSOR_FLAT, air.stirMmHg * 1000, air.noiseMmHg * 1000);
}
