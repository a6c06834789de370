import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goodFile } from '../../sim/bench/protocol-fuzz.ts';
import { Random } from '../../sim/plant/random.ts';
import { MAX_LEG_MS } from '../../src/limits.ts';
import { type Protocol, protocolFits, type Step } from '../../src/session/protocol.ts';
import { decodeProtocol, encodeProtocol } from '../../src/session/stored.ts';
import { checkFile, checkText } from '../../tools/protocol/check.ts';
import { RANGES, type RangeName } from '../../tools/protocol/schema.ts';
import { damaged, PATIENCE_MS, tries } from './runs.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Holder = { [key: string]: Json };

const FILE = fc.nat().map((seed) => goodFile(new Random(seed)));
const OPTIONAL = [
  'source',
  'limb',
  'stage',
  'cues',
  'warmUpS',
  'coolDownS',
  'rampMmHgPerS',
  'openEnd',
  'risePercentLop',
];
const WHOLE = ['reps', 'times', 'mmHg', 'rampMmHgPerS', 'stage', 'version'];

/** Every object and list in a file, and every key of each. */
function placesOf(value: Json, found: [Holder, string][] = []): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Holder, key]);
    placesOf((value as Holder)[key] ?? null, found);
  }
  return found;
}

/** Values of a kind that this place never takes. */
function wrongKinds(value: Json | undefined): readonly Json[] {
  const kinds: Json[] = [null, true, 7.25, 'off off', [], {}, [[]], { percentLop: 81 }, { mmHg: 251 }];
  if (typeof value === 'number') return kinds.filter((k) => typeof k !== 'number');
  if (typeof value === 'boolean') return kinds.filter((k) => typeof k !== 'boolean');
  if (value === 'work' || value === 'rest' || value === 'easy' || value === 'repeat') return kinds;
  return kinds.filter((k) => typeof k !== 'string' || value === 'off');
}

/** Break one place of `file` in a way that must be refused whatever the rest says; false = not possible there. */
function breakAt(file: Holder, place: number, how: number, n: number): boolean {
  const places = placesOf(file);
  const [holder, key] = places[place % places.length] as [Holder, string];
  const inList = Array.isArray(holder);
  const range = inList ? undefined : RANGES[key as RangeName];
  if (how === 0 && range !== undefined)
    holder[key] = n % 2 === 0 ? range[1] + 1 + (n % 999) : range[0] - 1 - (n % 999);
  else if (how === 1 && !inList && !OPTIONAL.includes(key)) delete holder[key];
  else if (how === 2 && !inList) {
    holder[`${key}x`] = holder[key] ?? null;
    delete holder[key];
  } else if (how === 3 && inList)
    for (let i = 0; i < 61; i++) (holder as unknown as Json[]).push(structuredClone(holder[key] ?? null));
  else if (how === 4 && !(key === 'title' && typeof holder[key] === 'string')) {
    const wrong = wrongKinds(holder[key]);
    holder[key] = structuredClone(wrong[n % wrong.length] ?? null);
  } else if (how === 5 && WHOLE.includes(key) && typeof holder[key] === 'number')
    holder[key] = (holder[key] as number) + 0.5;
  else if (how === 6 && !inList) holder[`extra${n % 7}`] = 1;
  else if (how === 7 && holder['kind'] === 'work' && key === 'seconds') holder[key] = 1201 + (n % 2399);
  else return false;
  return true;
}

const NUMBERS: readonly (keyof Step)[] = ['kind', 'ms', 'permille', 'mmHg', 'rampMmHgPerS'];
const NO_STEP: Readonly<Record<keyof Step, readonly number[]>> = {
  kind: [0, 4, -1],
  ms: [0, 999, 3_600_001, -60_000],
  permille: [-1, 801, 1e9],
  mmHg: [-1, 1, 19, 251, 1e9],
  rampMmHgPerS: [-1, 61, 1e9],
};

describe('poisoned protocols', () => {
  it(
    'valid files are all accepted, kept by a device as they are, and read back',
    () => {
      fc.assert(
        fc.property(FILE, (file) => {
          const { protocol, problems } = checkFile(file);
          expect(problems).toEqual([]);
          expect(decodeProtocol(encodeProtocol(protocol as Protocol))).toEqual(protocol);
        }),
        tries(21),
      );
    },
    PATIENCE_MS,
  );

  it(
    'with one thing broken none is accepted, and where and what is allowed is said',
    () => {
      fc.assert(
        fc.property(FILE, fc.nat(), fc.nat(7), fc.nat(), (file, place, how, n) => {
          fc.pre(breakAt(file as Holder, place, how, n));
          const { protocol, problems } = checkFile(file);
          expect(protocol).toBeUndefined();
          expect(problems.length).toBeGreaterThan(0);
          expect(problems.every((p) => p.path !== '' && p.allowed !== '')).toBe(true);
        }),
        tries(22),
      );
    },
    PATIENCE_MS,
  );

  it(
    'a text that is cut off is no file',
    () => {
      fc.assert(
        fc.property(FILE, fc.nat(), (file, where) => {
          const text = JSON.stringify(file);
          expect(checkText(text).problems).toEqual([]);
          expect(checkText(text.slice(0, where % text.length)).protocol).toBeUndefined();
        }),
        tries(23),
      );
    },
    PATIENCE_MS,
  );

  it(
    'a damaged text of the store is no protocol',
    () => {
      const byte = fc.integer({ min: 0, max: 255 });
      fc.assert(
        fc.property(FILE, fc.nat(4), fc.nat(), byte, (file, how, where, to) => {
          const text = encodeProtocol(checkFile(file).protocol as Protocol);
          const bad = damaged(text, how, where, to);
          fc.pre(bad !== text);
          expect(decodeProtocol(bad)).toBeUndefined();
        }),
        tries(24),
      );
    },
    PATIENCE_MS,
  );

  it(
    'whatever a text says, the last check before a start refuses a step with one number wrong',
    () => {
      fc.assert(
        fc.property(FILE, fc.nat(), fc.nat(4), fc.nat(), (file, at, which, n) => {
          const protocol = checkFile(file).protocol as Protocol;
          const fits = (): boolean => protocolFits(protocol, 200, 250, MAX_LEG_MS);
          fc.pre(fits());
          const step = protocol.steps[at % protocol.steps.length] as Step;
          const field = NUMBERS[which] as keyof Step;
          const wrong = [...NO_STEP[field], Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
          step[field] = wrong[n % wrong.length] as number;
          expect(fits()).toBe(false);
        }),
        tries(25),
      );
    },
    PATIENCE_MS,
  );
});
