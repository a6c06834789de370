/** Measures LOP on one simulated person with the firmware's own steps on the light cuff. */
import { MAX_SETPOINT_MMHG } from '../../src/limits.ts';
import { liftOf } from '../../src/occlusion/extra.ts';
import { lopStep, startLop } from '../../src/occlusion/lop.ts';
import { createLop, LOP_DONE, type Lop } from '../../src/occlusion/lop-state.ts';
import type { SensorTraits } from '../../src/ports.ts';
import type { Tick } from '../../src/tick.ts';
import { createTick } from '../../src/tick.ts';
import type { PlantParams } from '../plant/params.ts';
import { Random } from '../plant/random.ts';
import { type FamilyName, FITTED_FAMILY } from './family.ts';
import { LightCuff } from './light-cuff.ts';
import { Person } from './person.ts';
import { type LopSpread, sampleMeasuringCuff, samplePerson } from './sample.ts';
import type { Behaviour, PersonTraits } from './traits.ts';

/** The reading end of a measurement in a mass run: white noise, steps of the converter, now and then a spike. */
export interface NoiseModel {
  /** SD of one reading, mmHg. */
  readonly noise: number;
  /** Smallest step, mmHg; 0 = none. */
  readonly lsb: number;
  /** Chance of a spike of +-2 mmHg, a reading. */
  readonly spikes: number;
}

export interface Subject {
  readonly person: PersonTraits;
  readonly plant: PlantParams;
  readonly rng: Random;
}

/** Subject number `index` of a seed and a family. */
export function subject(
  seed: number,
  index: number,
  behaviour: Behaviour,
  spread: LopSpread,
  family: FamilyName = FITTED_FAMILY,
): Subject {
  const rng = new Random(seed).fork(`person ${index}`);
  const plant = sampleMeasuringCuff(rng.fork('cuff'), family);
  const person = samplePerson(rng.fork('body'), behaviour, plant, spread, family);
  return { person, plant: { ...plant, lopMmHg: person.lopMmHg }, rng };
}

export function traitsFor(noise: number): SensorTraits {
  return {
    ageMs: 4,
    zeroMinMmHg: -40,
    zeroMaxMmHg: 40,
    noiseMilliMmHg: Math.round(1000 * noise),
    maxPeriodMs: 40,
    frozenMs: 480,
    maxMmHg: 500,
  };
}

/** Measure one subject on the light cuff, start to result. `periodMs` is the control period. */
export function measure(who: Subject, noise: NoiseModel, careful: boolean, periodMs: number): Lop {
  const lop = createLop(traitsFor(noise.noise));
  const person = new Person(who.person, who.plant, who.rng.fork('heart and motion'));
  const cuff = new LightCuff(who.plant, person, who.rng.fork('light cuff'));
  const rng = who.rng.fork('sensor');
  const t: Tick = createTick(periodMs);
  startLop(lop, { limb: 0, careful, maxMmHg: MAX_SETPOINT_MMHG });
  t.dt = periodMs;
  t.fresh = true;
  t.doubtful = false;
  const read = (): number => reading(noise, rng, cuff.p);
  const shares = periodMs >= EXTRA_FROM_MS ? EXTRA_SHARES : [];
  for (let now = 0; now < 260_000 && lop.state !== LOP_DONE; now += periodMs) {
    t.now = now;
    const extra: number[] = [];
    let at = 0;
    for (const share of [...shares, 1]) {
      for (const end = share * periodMs; at < end; at = Math.min(at + 20, end))
        cuff.step(Math.min(20, end - at) / 1000, lop.setpoint, lop.quiet);
      if (share < 1 && lop.quiet) extra.push(read());
    }
    t.measuredMmHg = read();
    lop.liftMmHg = liftOf(t.measuredMmHg, extra, extra.length);
    lopStep(lop, t);
  }
  return lop;
}

/** Ticks from this length on leave time for extra conversions, ms; when they are taken, in ticks before the tick's own. */
const EXTRA_FROM_MS = 40;
const EXTRA_SHARES = [0.15, 0.5];

function reading(noise: NoiseModel, rng: Random, mmHg: number): number {
  let read = mmHg + noise.noise * rng.gauss();
  if (noise.lsb > 0) read = noise.lsb * Math.round(read / noise.lsb);
  if (noise.spikes > 0 && rng.chance(noise.spikes)) read += rng.chance(0.5) ? 2 : -2;
  return read;
}
