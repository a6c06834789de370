/** The builds of `npm run bench:blind`: sampled, no relief valve, the sense line at the cuff in one half and at the pump in the other. */
import { type Exercise, type LimbParams, sampleLimb } from '../plant/limb-params.ts';
import type { PlantParams } from '../plant/params.ts';
import { Random } from '../plant/random.ts';
import { samplePlant } from '../plant/sampler.ts';
import { type SensorParams, sampleSensor } from '../plant/sensor-params.ts';

export interface BlindBuild {
  readonly index: number;
  readonly seed: number;
  readonly plant: PlantParams;
  readonly limb: Readonly<Record<'rest' | Exercise, LimbParams>>;
  readonly sensor: SensorParams;
}

/** Noise of a good part, mmHg: it goes on when the line is pinched. */
const NOISE_MMHG = 0.08;
const KINDS = ['rest', 'legpress', 'walk', 'run', 'cycle', 'curl'] as const;

/** Build `index` of the sample; every fourth is an arm cuff. `ambientMmHg` = the height at which it is used. */
export function blindBuild(seed: number, index: number, ambientMmHg = 760): BlindBuild {
  const rng = new Random(seed).fork('blind').fork(index);
  const limb = index % 4 === 3 ? 'arm' : 'thigh';
  const plant = samplePlant(rng, { limb, build: index % 3 === 0 ? 'reference' : 'any' });
  const limbs = KINDS.map((kind) => [kind, sampleLimb(rng.fork(kind), kind)] as const);
  return {
    index,
    seed: rng.fork('run').int(1 << 30),
    plant: { ...plant, relief: null, sensorAt: index % 2 === 0 ? 'cuff' : 'pump', ambientMmHg },
    limb: Object.fromEntries(limbs) as BlindBuild['limb'],
    sensor: { ...sampleSensor(rng, 'MPRLS'), noiseMmHg: NOISE_MMHG, ambientMmHg },
  };
}
