/** `--plant`: a named build, a sampled one, or a JSON file that changes a named one. */
import { existsSync } from 'node:fs';
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
import { bottleOf, bottleProblem } from './bottle-option.ts';
import { objectFile } from './json-option.ts';

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

/** From above the highest mountain to below the Dead Sea, mmHg. */
const MIN_AMBIENT = 200;
const MAX_AMBIENT = 900;

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

const PLACES = ['pump', 'cuff'];
/** Fields that are words, and which. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  limb: ['thigh', 'arm'],
  sensorAt: PLACES,
  valveAt: PLACES,
};

function isBetween(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

/** What is wrong with a field, '' = nothing. */
function fieldProblem(key: string, value: unknown, base: PlantParams): string {
  if (!Object.hasOwn(base, key))
    return `no parameter "${key}"; allowed are base, ${Object.keys(base).join(', ')}`;
  const words = Object.hasOwn(WORDS, key) ? (WORDS[key] ?? []) : [];
  if (key === 'relief') return reliefProblem(value);
  if (key === 'bottle') return bottleProblem(value);
  if (words.length > 0)
    return typeof value === 'string' && words.includes(value)
      ? ''
      : `${key} must be ${words.join(' or ')}, not ${JSON.stringify(value)}`;
  const now = (base as unknown as Record<string, unknown>)[key];
  if (typeof value !== typeof now) return `${key} must be a ${typeof now}, not ${JSON.stringify(value)}`;
  if (typeof value === 'number' && !isBetween(value, 0, 1e5))
    return `${key} is ${value}; allowed are 0..100000 (typical values: sim/plant/params.ts)`;
  return '';
}

function reliefProblem(value: unknown): string {
  if (value === null) return '';
  const { crackMmHg, flow, ...more } = Object(value) as Record<string, unknown>;
  const good = isBetween(crackMmHg, 100, 400) && isBetween(flow, 1, 200) && Object.keys(more).length === 0;
  return good ? '' : 'relief must be null or {"crackMmHg": 100..400, "flow": 1..200}';
}

function plantNamed(given: unknown): PlantParams | undefined {
  return typeof given === 'string' && Object.hasOwn(PLANTS, given) ? PLANTS[given] : undefined;
}

function ambientOf(given: string, value: unknown): { ambientMmHg?: number } {
  if (value === undefined) return {};
  if (typeof value !== 'number' || !(value >= MIN_AMBIENT && value <= MAX_AMBIENT)) {
    throw new BadOption(
      '--plant',
      given,
      `ambientMmHg is ${JSON.stringify(value)}; allowed are ${MIN_AMBIENT}..${MAX_AMBIENT} (sea level 760, La Paz 490)`,
    );
  }
  return { ambientMmHg: value };
}

function fromFile(given: string, kind: LimbParams['kind']): ChosenPlant {
  const file = objectFile('--plant', given, '{"base": "nominal-thigh", ...changes}');
  const { base: baseName = 'nominal-thigh', ambientMmHg, ...changes } = Object.fromEntries(file.entries);
  const base = plantNamed(baseName);
  if (base === undefined)
    throw new BadOption('--plant', given, `base must be one of ${Object.keys(PLANTS).join(', ')}`);
  const problems = Object.entries(changes).flatMap(([key, value]) => {
    const problem = fieldProblem(key, value, base);
    return problem === '' ? [] : [file.at(key, problem)];
  });
  if (problems.length > 0) throw new BadOption('--plant', given, problems.join('; '));
  return {
    name: given,
    plant: { ...base, ...changes, bottle: bottleOf(changes['bottle'], base) } as PlantParams,
    limb: nominalLimb(kind),
    ...ambientOf(given, ambientMmHg),
  };
}

/** Resolves `--plant`; throws BadOption. `kind` is the movement of the session. */
export function choosePlant(given: string, kind: LimbParams['kind']): ChosenPlant {
  const named = plantNamed(given);
  if (named !== undefined) return { name: given, plant: named, limb: nominalLimb(kind) };
  const drawn = sampled(given, kind);
  if (drawn !== null) return drawn;
  if (given.endsWith('.json') || existsSync(given)) return fromFile(given, kind);
  throw new BadOption('--plant', given, `no such plant; allowed are ${PLANT_HELP}`);
}
