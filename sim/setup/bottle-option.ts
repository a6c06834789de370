/** The field `bottle` of a `--plant` file: null, or changes of the recommended bottle. */
import { BELT_FLASK, BOTTLE_RANGES, type BottleParams } from '../plant/bottle-params.ts';
import type { PlantParams } from '../plant/params.ts';

/** Fields that are words, and which. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  at: ['pump', 'cuff'],
  tap: ['open', 'shut'],
  coupling: ['plain', 'sealing'],
};

function oneProblem(key: string, value: unknown): string {
  const words = Object.hasOwn(WORDS, key) ? WORDS[key] : undefined;
  if (words !== undefined)
    return words.some((w) => w === value)
      ? ''
      : `bottle.${key} must be ${words.join(' or ')}, not ${JSON.stringify(value)}`;
  const range = Object.hasOwn(BOTTLE_RANGES, key) ? BOTTLE_RANGES[key] : undefined;
  if (range === undefined)
    return `bottle has no "${key}"; allowed are ${[...Object.keys(BOTTLE_RANGES), ...Object.keys(WORDS)].join(', ')}`;
  const [min, max] = range;
  return typeof value === 'number' && value >= min && value <= max
    ? ''
    : `bottle.${key} is ${JSON.stringify(value)}; allowed are ${min}..${max}`;
}

/** What is wrong with the field, '' = nothing. */
export function bottleProblem(value: unknown): string {
  if (value === null) return '';
  if (typeof value !== 'object' || Array.isArray(value))
    return 'bottle must be null or an object such as {"ml": 500}';
  return Object.entries(value)
    .map(([key, v]) => oneProblem(key, v))
    .filter((p) => p !== '')
    .join(', ');
}

/** The bottle of a plant file; fields that are left out are those of the plant's own bottle, or of the recommended one. */
export function bottleOf(given: unknown, base: PlantParams): BottleParams | null {
  if (given === undefined) return base.bottle;
  if (given === null) return null;
  return { ...(base.bottle ?? BELT_FLASK), ...(given as Partial<BottleParams>) };
}
