/** The plants that have a name, and those that are drawn by a seed. */
import { type LimbParams, nominalLimb, sampleLimb } from '../plant/limb-params.ts';
import {
  NOMINAL_ARM,
  NOMINAL_THIGH,
  type PlantParams,
  RECORDED_ARM,
  REFERENCE_THIGH,
  RUNNER_THIGH,
} from '../plant/params.ts';
import { Random } from '../plant/random.ts';
import { type Build, samplePlant } from '../plant/sampler.ts';
import { BadOption } from './bad-option.ts';

export const PLANTS: Readonly<Record<string, PlantParams>> = {
  'nominal-thigh': NOMINAL_THIGH,
  'nominal-arm': NOMINAL_ARM,
  'reference-thigh': REFERENCE_THIGH,
  'runner-thigh': RUNNER_THIGH,
  'recorded-arm': RECORDED_ARM,
};

export const PLANT_HELP = `${Object.keys(PLANTS).join(', ')}, sampled:SEED, sampled-arm:SEED, sampled-reference:SEED, sampled-runner:SEED, or a JSON file`;

export interface ChosenPlant {
  readonly name: string;
  readonly plant: PlantParams;
  /** How this wearer moves. */
  readonly limb: LimbParams;
  /** Pressure of the room, mmHg, where the file says it: what an absolute sensor reads on an open cuff. */
  readonly ambientMmHg?: number;
}

const SAMPLED_BUILDS: Readonly<Record<string, Build>> = { '-reference': 'reference', '-runner': 'runner' };

function sampled(given: string, kind: LimbParams['kind']): ChosenPlant | null {
  const match = /^sampled(-arm|-reference|-runner)?:(.*)$/.exec(given);
  if (match === null) return null;
  const [, variant = '', text = ''] = match;
  if (!/^\d{1,9}$/.test(text)) {
    throw new BadOption('--plant', given, `the seed "${text}" must be a whole number 0..999999999`);
  }
  const rng = new Random(Number(text));
  const limb = variant === '-arm' ? 'arm' : 'thigh';
  const plant = samplePlant(rng, { limb, build: SAMPLED_BUILDS[variant] ?? 'any' });
  return { name: given, plant, limb: sampleLimb(rng, kind) };
}

/** One of PLANTS. */
export function plantNamed(given: unknown): PlantParams | undefined {
  return typeof given === 'string' && Object.hasOwn(PLANTS, given) ? PLANTS[given] : undefined;
}

/** The plant of that name or seed, null where there is none. Throws BadOption for a seed that is none. `kind` is the movement of the session. */
export function builtInPlant(given: string, kind: LimbParams['kind']): ChosenPlant | null {
  const named = plantNamed(given);
  if (named !== undefined) return { name: given, plant: named, limb: nominalLimb(kind) };
  return sampled(given, kind);
}
