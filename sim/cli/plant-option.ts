/** `--plant`: a named build, a sampled one, or a JSON file that changes a named one. */
import { existsSync, readFileSync } from 'node:fs';
import { type LimbParams, nominalLimb, sampleLimb } from '../plant/limb-params.ts';
import {
  NOMINAL_ARM,
  NOMINAL_THIGH,
  type PlantParams,
  RECORDED_ARM,
  REFERENCE_THIGH,
} from '../plant/params.ts';
import { Random } from '../plant/random.ts';
import { samplePlant } from '../plant/sampler.ts';
import { BadOption } from './bad-option.ts';

export const PLANTS: Readonly<Record<string, PlantParams>> = {
  'nominal-thigh': NOMINAL_THIGH,
  'nominal-arm': NOMINAL_ARM,
  'reference-thigh': REFERENCE_THIGH,
  'recorded-arm': RECORDED_ARM,
};

export const PLANT_HELP = `${Object.keys(PLANTS).join(', ')}, sampled:SEED, sampled-arm:SEED, sampled-reference:SEED, or a JSON file`;

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

function sampled(given: string, kind: LimbParams['kind']): ChosenPlant | null {
  const match = /^sampled(-arm|-reference)?:(.*)$/.exec(given);
  if (match === null) return null;
  const [, variant = '', text = ''] = match;
  if (!/^\d{1,9}$/.test(text)) {
    throw new BadOption('--plant', given, `the seed "${text}" must be a whole number 0..999999999`);
  }
  const rng = new Random(Number(text));
  const limb = variant === '-arm' ? 'arm' : 'thigh';
  const plant = samplePlant(rng, { limb, build: variant === '-reference' ? 'reference' : 'any' });
  return { name: given, plant, limb: sampleLimb(rng, kind) };
}

function checkedField(given: string, key: string, value: unknown, base: PlantParams): void {
  const now = (base as unknown as Record<string, unknown>)[key];
  if (now === undefined) {
    throw new BadOption(
      '--plant',
      given,
      `no parameter "${key}"; allowed are base, ambientMmHg, ${Object.keys(base).join(', ')}`,
    );
  }
  if (key === 'relief') {
    checkedRelief(given, value);
    return;
  }
  if (key === 'limb' || key === 'sensorAt' || key === 'valveAt') {
    const allowed = key === 'limb' ? ['thigh', 'arm'] : ['pump', 'cuff'];
    if (typeof value !== 'string' || !allowed.includes(value)) {
      throw new BadOption(
        '--plant',
        given,
        `${key} must be ${allowed.join(' or ')}, not ${JSON.stringify(value)}`,
      );
    }
    return;
  }
  if (typeof value !== typeof now) {
    throw new BadOption('--plant', given, `${key} must be a ${typeof now}, not ${JSON.stringify(value)}`);
  }
  if (typeof value === 'number' && !(value >= 0 && value <= 1e5)) {
    throw new BadOption(
      '--plant',
      given,
      `${key} is ${value}; allowed are 0..100000 (typical values: sim/plant/params.ts)`,
    );
  }
}

function checkedRelief(given: string, value: unknown): void {
  if (value === null) return;
  const relief = value as { crackMmHg?: unknown; flow?: unknown };
  const good = typeof value === 'object' && Number(relief.crackMmHg) > 0 && Number(relief.flow) > 0;
  if (!good)
    throw new BadOption('--plant', given, 'relief must be null or {"crackMmHg": 100..400, "flow": 1..200}');
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
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(given, 'utf8'));
  } catch (error) {
    throw new BadOption('--plant', given, `not readable as JSON: ${(error as Error).message}`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new BadOption(
      '--plant',
      given,
      'the file must hold one object: {"base": "nominal-thigh", ...changes}',
    );
  }
  const { base: baseName = 'nominal-thigh', ambientMmHg, ...changes } = parsed as Record<string, unknown>;
  const base = typeof baseName === 'string' ? PLANTS[baseName] : undefined;
  if (base === undefined) {
    throw new BadOption('--plant', given, `base must be one of ${Object.keys(PLANTS).join(', ')}`);
  }
  for (const [key, value] of Object.entries(changes)) checkedField(given, key, value, base);
  const plant = { ...base, ...changes } as PlantParams;
  return { name: given, plant, limb: nominalLimb(kind), ...ambientOf(given, ambientMmHg) };
}

/** Resolves `--plant`; throws BadOption. `kind` is the movement of the session. */
export function choosePlant(given: string, kind: LimbParams['kind']): ChosenPlant {
  const named = PLANTS[given];
  if (named !== undefined) return { name: given, plant: named, limb: nominalLimb(kind) };
  const drawn = sampled(given, kind);
  if (drawn !== null) return drawn;
  if (given.endsWith('.json') || existsSync(given)) return fromFile(given, kind);
  throw new BadOption('--plant', given, `no such plant; allowed are ${PLANT_HELP}`);
}
