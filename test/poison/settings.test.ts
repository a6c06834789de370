import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkSettings,
  checksum,
  decodeSettings,
  defaultSettings,
  encodeSettings,
  type Settings,
  settingRows,
} from '../../src/settings.ts';
import { damaged, PATIENCE_MS, tries } from './runs.ts';

const ROWS = settingRows();
const base = defaultSettings();

function mayBeOff(row: (typeof ROWS)[number]): boolean {
  return row[5] === true;
}

/** Every value on its own within its row, and the two rules between values kept. */
const VALID: fc.Arbitrary<Settings> = fc
  .record(
    Object.fromEntries(
      ROWS.map((row) => {
        const inside = fc.integer({ min: row[2], max: row[3] });
        return [row[0], mayBeOff(row) ? fc.oneof(fc.constant(0), inside) : inside];
      }),
    ),
  )
  .map((given) => {
    const s = given as unknown as Settings;
    if (s.lopMmHg > 0 && s.lopSource === 0) s.lopSource = 1;
    if (s.minStartMv < s.minRailMv) s.minStartMv = s.minRailMv;
    return s;
  });

const NO_NUMBERS: readonly unknown[] = [
  null,
  true,
  '100',
  '',
  [],
  [100],
  {},
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  undefined,
];
const NO_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'maxMmhg',
  'version',
  'settings',
  ' limb',
  'limb ',
  '',
];

interface Broken {
  readonly changes: Record<string, unknown>;
  /** Name that a problem must begin with. */
  readonly names: string;
}

/** A valid set with one thing wrong. */
const BROKEN: fc.Arbitrary<Broken> = fc
  .tuple(
    VALID,
    fc.nat(ROWS.length - 1),
    fc.nat(5),
    fc.nat(),
    fc.double({ noNaN: true, min: 0, max: 1, maxExcluded: true }),
  )
  .map(([valid, index, how, n, share]): Broken => {
    const [name, , min, max] = ROWS[index] as (typeof ROWS)[number];
    const changes: Record<string, unknown> = { ...valid };
    if (how === 0) changes[name] = max + 1 + (n % 100_000);
    else if (how === 1) changes[name] = Math.min(-1, min > 0 && n % 2 === 0 ? -min : -1 - (n % 100_000));
    else if (how === 2) changes[name] = Math.floor(min + share * (max - min)) + 0.5;
    else if (how === 3) changes[name] = NO_NUMBERS[n % NO_NUMBERS.length];
    else if (how === 4) {
      const wrong = NO_NAMES[n % NO_NAMES.length] as string;
      Object.defineProperty(changes, wrong, {
        value: 1,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      return { changes, names: wrong };
    } else if (n % 2 === 0) {
      changes['lopMmHg'] = 190;
      changes['lopSource'] = 0;
      return { changes, names: 'lopSource' };
    } else {
      changes['minRailMv'] = 3001 + (n % 8000);
      changes['minStartMv'] = 3000;
      return { changes, names: 'minStartMv' };
    }
    return { changes, names: name };
  });

describe('poisoned settings', () => {
  it(
    'valid ones are all taken, through the store too',
    () => {
      fc.assert(
        fc.property(VALID, (s) => {
          expect(checkSettings(base, s)).toEqual({ settings: s, problems: [] });
          expect(decodeSettings(encodeSettings(s)).settings).toEqual(s);
        }),
        tries(11),
      );
    },
    PATIENCE_MS,
  );

  it(
    'with one thing broken none is taken, and the thing is named',
    () => {
      fc.assert(
        fc.property(BROKEN, ({ changes, names }) => {
          const result = checkSettings(base, changes);
          expect(result.settings).toBeUndefined();
          expect(result.problems.some((p) => p.startsWith(`${names}: `))).toBe(true);
        }),
        tries(12),
      );
    },
    PATIENCE_MS,
  );

  it(
    'nor from the store, whole by its check sum but wrong',
    () => {
      fc.assert(
        fc.property(BROKEN, ({ changes }) => {
          const body = JSON.stringify({ version: 1, settings: changes });
          // what JSON cannot say is left out of it, and what is left out is a default
          fc.pre(Object.values(changes).every((v) => v !== undefined));
          expect(decodeSettings(`${body}\n${checksum(body)}`).settings).toBeUndefined();
        }),
        tries(13),
      );
    },
    PATIENCE_MS,
  );

  it(
    'a damaged text of the store is never taken for another',
    () => {
      const byte = fc.integer({ min: 0, max: 255 });
      fc.assert(
        fc.property(VALID, fc.nat(4), fc.nat(), byte, (s, how, where, to) => {
          const text = encodeSettings(s);
          const bad = damaged(text, how, where, to);
          fc.pre(bad !== text);
          expect(decodeSettings(bad).settings).toBeUndefined();
        }),
        tries(14),
      );
    },
    PATIENCE_MS,
  );
});
