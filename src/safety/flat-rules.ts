/**
 * A limb is alive: its pulse, breath and movement stand on top of the part's own noise. How much the part stirs by itself is measured on
 * the vented cuff; a reading that has shown the limb, and then stirs no more than that, does not see it any more. Compared are
 * second differences, in which no slope can hide. Must never judge a part that is too noisy to show a weak pulse, nor a cuff in which no
 * limb was seen since it was vented for long: around a bottle there is no pulse.
 */
import type { AssessTick, ReadTick } from '../tick.ts';
import type { WritesAir } from './air-balance.ts';
import { distrustEmptyReading } from './fullness.ts';
import { trip } from './latch.ts';
import {
  DOUBT_SHARE,
  FLAT_MS,
  FLAT_SHARE,
  LIVELY_SHARE,
  MOST_NOISE_MMHG,
  TRIP_SENSOR_FLAT,
} from './rows/sensor.ts';
import { doubtSample } from './sensor-rules.ts';
import type { Supervisor } from './state.ts';

export interface Flatness {
  /** How much the part stirs on the vented cuff: mean second difference, mmHg. */
  noiseMmHg: number;
  /** Looks that it is a mean of. */
  noiseLooks: number;
  /** The same under pressure, over some seconds, mmHg. */
  stirMmHg: number;
  /** The same of looks with pump and valve still alone, mmHg. */
  calmStirMmHg: number;
  /** ms on end for which the stir has been that of a limb that moves. */
  movingMs: number;
  /** A limb was seen by one or the other, and the cuff has not been vented for long since. */
  lively: boolean;
  /** The stir is near the noise: nothing is pumped until that is clear. */
  flatDoubt: boolean;
  /** ms for which the stir has been no more than the noise. */
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
    calmStirMmHg: 0,
    movingMs: 0,
    lively: false,
    flatDoubt: false,
    flatMs: 0,
    lastMmHg: Number.NaN,
    beforeMmHg: Number.NaN,
  };
}

/**
 * All of these are our decision, held against `npm run bench:blind` (docs/lab/air-book.md). Most looks that the noise is a mean of, and the
 * least that it is believed from.
 */
const MOST_LOOKS = 100;
const LEAST_LOOKS = 10;
/** Vented for so long before the noise is measured, ms: the tail of a vent is over. */
const QUIET_MS = 4000;
/** Vented for so long, ms, the cuff may be around something else: a session that has ended is followed by a lock-out that is longer. */
const FORGET_MS = 150000;
/** More than so many times the noise is not counted: one blow must not hide what follows. */
const MOST_TIMES = 3;
/** So near to that, percent of the noise, for so long on end, ms, stirs a limb that moves; pump and valve have a bottle at rest sooner. */
const MOVING_SHARE = 250;
const MOVING_MS = 10000;
/** Time constants of the means under pressure, ms: the second is longer, so that noise alone is no limb. */
const STIR_MS = 3000;
const CALM_STIR_MS = 8000;
/** No second difference is as large as this, mmHg: one that is not below it is none (NaN). */
const ANY_STIR_MMHG = 1000;

function stir(air: WritesAir<Flatness>, p: number): number {
  const off = p - air.lastMmHg - air.lastMmHg + air.beforeMmHg;
  air.beforeMmHg = air.lastMmHg;
  air.lastMmHg = p;
  return off < 0 ? -off : off;
}

/** Every fourth tick of a vented cuff. */
export function measureNoise(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<Flatness> = supervisor.air;
  const off = stir(air, t.filteredMmHg);
  air.stirMmHg = MOST_TIMES * air.noiseMmHg;
  air.flatMs = 0;
  air.flatDoubt = false;
  if (supervisor.ventedMs >= FORGET_MS) forgetLimb(supervisor);
  if (supervisor.ventedMs < QUIET_MS || !(off < ANY_STIR_MMHG)) return;
  if (air.noiseLooks < MOST_LOOKS) air.noiseLooks++;
  air.noiseMmHg += (off - air.noiseMmHg) / air.noiseLooks;
}

function forgetLimb(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<Flatness> = supervisor.air;
  air.calmStirMmHg = 0;
  air.movingMs = 0;
  air.lively = false;
}

/** The setpoint is raised in a hold: the pump must run again, and whether the reading sees it is looked into by the fill. */
export function endStillness(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<Flatness> = supervisor.air;
  air.flatDoubt = false;
  air.flatMs = 0;
}

/** Once a round of a hold. What pump and valve do to the reading shows that it sees the cuff, not that there is a limb. */
export function judgeFlat(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<Flatness> = supervisor.air;
  const off = stir(air, t.filteredMmHg);
  const most = MOST_TIMES * air.noiseMmHg;
  const seen = off < most ? off : most;
  air.stirMmHg += ((seen - air.stirMmHg) * supervisor.roundMs) / STIR_MS;
  if (!air.lively) return lookForLimb(supervisor, seen);
  air.flatDoubt = air.stirMmHg * 100 < air.noiseMmHg * DOUBT_SHARE && isGoodPart(air);
  if (air.flatDoubt) judgeStill(supervisor, t);
  else air.flatMs = 0;
}

/** Until the cuff has shown a limb: a pulse with pump and valve still, or movement. */
function lookForLimb(supervisor: Readonly<Supervisor>, seen: number): void {
  const air: WritesAir<Flatness> = supervisor.air;
  const moves = air.stirMmHg * 100 >= air.noiseMmHg * MOVING_SHARE;
  air.movingMs = moves ? air.movingMs + supervisor.roundMs : 0;
  if (air.movingMs >= MOVING_MS) air.lively = true;
  if (supervisor.pumpMs !== air.seenPumpMs || supervisor.bledMs !== air.seenBledMs || air.idleMs === 0)
    return;
  air.calmStirMmHg += ((seen - air.calmStirMmHg) * supervisor.roundMs) / CALM_STIR_MS;
  if (air.calmStirMmHg * 100 >= air.noiseMmHg * LIVELY_SHARE) air.lively = true;
}

/** A weak pulse shows above its noise, and that is known. */
function isGoodPart(air: Readonly<Flatness>): boolean {
  return air.noiseMmHg <= MOST_NOISE_MMHG && air.noiseLooks >= LEAST_LOOKS;
}

/** Hardly livelier than on the vented cuff. A pump that runs is stopped: the gate asks `flatDoubt`. */
function judgeStill(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<Flatness> = supervisor.air;
  if (t.outPump > 0) doubtSample(supervisor, t);
  air.flatMs = air.stirMmHg * 100 < air.noiseMmHg * FLAT_SHARE ? air.flatMs + supervisor.roundMs : 0;
  if (!(air.flatMs < FLAT_MS)) blind(supervisor, t);
}

/** A reading that does not see the limb will not see the cuff empty either. */
function blind(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  distrustEmptyReading(supervisor);
  trip(supervisor, t, TRIP_SENSOR_FLAT, supervisor.air.stirMmHg * 1000, supervisor.air.noiseMmHg * 1000);
}
