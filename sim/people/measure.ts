/** Measures LOP on one simulated person with the firmware's own steps on the light cuff. */
import { MAX_SETPOINT_MMHG } from '../../src/limits.ts';
import { lopStep, startLop } from '../../src/occlusion/lop.ts';
import { createLop, LOP_DONE, type Lop } from '../../src/occlusion/lop-state.ts';
import type { SensorTraits } from '../../src/ports.ts';
import type { Tick } from '../../src/tick.ts';
import { createTick } from '../../src/tick.ts';
import type { PlantParams } from '../plant/params.ts';
import { Random } from '../plant/random.ts';
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

/** Subject number `index` of a seed. */
export function subject(seed: number, index: number, behaviour: Behaviour, spread: LopSpread): Subject {
  const rng = new Random(seed).fork(`person ${index}`);
  const plant = sampleMeasuringCuff(rng.fork('cuff'));
  const person = samplePerson(rng.fork('body'), behaviour, plant, spread);
  return { person, plant: { ...plant, lopMmHg: person.lopMmHg }, rng };
}

export function traitsFor(noise: number): SensorTraits {
  return {
    ageMs: 4,
    zeroMinMmHg: -40,
    zeroMaxMmHg: 40,
    noiseMilliMmHg: Math.round(1000 * noise),
    maxPeriodMs: 40,
    frozenConversions: 3,
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
  for (let now = 0; now < 260_000 && lop.state !== LOP_DONE; now += periodMs) {
    t.now = now;
    for (let ms = 0; ms < periodMs; ms += 20)
      cuff.step(Math.min(20, periodMs - ms) / 1000, lop.setpoint, lop.quiet);
    t.measuredMmHg = cuff.p + noise.noise * rng.gauss();
    if (noise.lsb > 0) t.measuredMmHg = noise.lsb * Math.round(t.measuredMmHg / noise.lsb);
    if (noise.spikes > 0 && rng.chance(noise.spikes)) t.measuredMmHg += rng.chance(0.5) ? 2 : -2;
    lopStep(lop, t);
  }
  return lop;
}
