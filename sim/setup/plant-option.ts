/** `--plant`: a named build, a sampled one, or a JSON file that changes a named one. */
import { existsSync } from 'node:fs';
import { type LimbParams, nominalLimb } from '../plant/limb-params.ts';
import type { PlantParams } from '../plant/params.ts';
import { BadOption } from './bad-option.ts';
import { bottleOf, bottleProblem } from './bottle-option.ts';
import { objectFile } from './json-option.ts';
import { builtInPlant, type ChosenPlant, PLANT_HELP, PLANTS, plantNamed } from './plants.ts';

/** From above the highest mountain to below the Dead Sea, mmHg. */
const MIN_AMBIENT = 200;
const MAX_AMBIENT = 900;

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
  const builtIn = builtInPlant(given, kind);
  if (builtIn !== null) return builtIn;
  if (given.endsWith('.json') || existsSync(given)) return fromFile(given, kind);
  throw new BadOption('--plant', given, `no such plant; allowed are ${PLANT_HELP}`);
}
