import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadInput } from '../../tools/input/bad-input.ts';
import { textOfBytes } from '../../tools/input/bytes-text.ts';
import { MOST_LEVELS, readJson } from '../../tools/input/json.ts';
import { decimal, wholeNumber } from '../../tools/input/number-words.ts';
import { PATIENCE_MS, tries } from '../poison/runs.ts';

/** What the reader says; 'taken' when it takes the text. */
function said(text: string, lines = false): string {
  try {
    readJson(text, { lines, allowed: (name) => (name === 'maxMmHg' ? '50..250 mmHg' : '') });
    return 'taken';
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
}

function saidOfBytes(bytes: readonly number[]): string {
  try {
    return textOfBytes(Uint8Array.from(bytes));
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
}

describe('JSON from outside', () => {
  it.each([
    [
      'a key twice',
      '{"a":1,\n "a":2}',
      /^line 2, column 2: the key "a" is there twice, first at line 1, column 2/,
    ],
    ['a key twice, deep', '[{"b":{"a":1,"a":1}}]', /^line 1, column 14: the key "a" is there twice/],
    ['a key twice, written in two ways', '{"a":1,"\\u0061":2}', /the key "a" is there twice/],
    ['__proto__', '{"__proto__":{}}', /^line 1, column 2: the key "__proto__" is not allowed/],
    ['constructor, deep', '{"a":{"constructor":1}}', /the key "constructor" is not allowed/],
    [
      '1e999',
      '{"maxMmHg":1e999}',
      /^line 1, column 12: maxMmHg: "1e999" is larger .*; allowed: 50\.\.250 mmHg$/,
    ],
    ['1e-999', '{"a":1e-999}', /a: "1e-999" is smaller than any number/],
    ['-0', '{"a":-0}', /a: "-0" is no number of its own; write 0/],
    ['a whole number that would be rounded', '{"a":9007199254740993}', /more digits than a number keeps/],
    [
      'a number that would be rounded to 200',
      '{"a":199.999999999999999999}',
      /more digits than a number keeps/,
    ],
    [
      'NaN',
      '{"maxMmHg":NaN}',
      /^line 1, column 12, maxMmHg: not JSON: no number .*; allowed: 50\.\.250 mmHg$/,
    ],
    ['0x10', '{"a":0x10}', /^line 1, column 7, a: not JSON: no number as JSON writes them/],
    ['+1', '{"a":+1}', /not JSON: no number as JSON writes them/],
    ['01', '{"a":01}', /^line 1, column 7, a: not JSON: unexpected "1"|^line 1, column 6, a: not JSON/],
    ['a comment', '{ // so\n"a":1}', /^line 1, column 3: not JSON: JSON has no comments/],
    ['single quotes', "{'a':1}", /texts stand in double quotes/],
    ['a comma at the end', '{"a":1,}', /^line 1, column 8: not JSON: unexpected "}"/],
    ['something behind it', '{"a":1}\n{"a":2}', /^line 2, column 1: not JSON: unexpected "\{"/],
    ['the end missing', '{"a":[1', /not JSON: the text ends before 2 of its brackets are closed/],
    ['an empty text', '', /the text ends too early/],
    ['half a character', '{"a":"\\ud800"}', /"\\ud800" holds half a character/],
    ['a mark that is not in front', '{"a":1}\ufeff', /unexpected "\\ufeff"/],
  ])('%s is refused with its place', (_what, text, message) => {
    expect(said(text)).toMatch(message);
  });

  it('takes what is plain, and says where things stand', () => {
    const json = readJson('{"a": [1, {"b": "x"}],\n "c": 5.0}');
    expect(json.value).toEqual({ a: [1, { b: 'x' }], c: 5 });
    expect(json.placeOf(['a', 1, 'b'])).toMatchObject({ line: 1, column: 17 });
    expect(json.written(['c'])).toBe('5.0');
    expect(json.placeOf(['a', 2])).toBeUndefined();
    expect(json.written(['nothing'])).toBe('');
  });

  it('lists all its problems, twenty at most', () => {
    expect(said('{"a":-0,"b":1e999}')).toMatch(/a: "-0".*; line 1, column 13: b: "1e999"/);
    expect(said(`[${'-0,'.repeat(90)}0]`).split('line 1').length - 1).toBe(20);
  });

  it(`nests ${MOST_LEVELS} deep and no deeper, however deep the text goes`, () => {
    const nested = (n: number): string => '['.repeat(n) + ']'.repeat(n);
    expect(said(nested(MOST_LEVELS))).toBe('taken');
    for (const n of [MOST_LEVELS + 1, 3000, 400_000])
      expect(said(nested(n))).toBe('line 1, column 33: nested deeper than the 32 levels that are allowed');
    expect(said('{"a":'.repeat(5000))).toMatch(/nested deeper/);
  });

  it('in lines that programs print takes -0 and digits that mean nothing, and nothing else', () => {
    expect([said('{"p":-0.0}', true), said('{"p":101.25000000000000000000}', true)]).toEqual([
      'taken',
      'taken',
    ]);
    expect(said('{"p":1e999}', true)).toMatch(/larger/);
    expect(said('{"p":1,"p":2}', true)).toMatch(/twice/);
  });
});

describe('bytes from outside', () => {
  const ascii = (text: string): number[] => [...Buffer.from(text)];
  it('a byte-order mark in front of UTF-8 is skipped', () => {
    expect(saidOfBytes([0xef, 0xbb, 0xbf, ...ascii('{}')])).toBe('{}');
  });
  it.each([
    ['UTF-16 with a mark', [0xff, 0xfe, 0x7b, 0], /UTF-16; save it as UTF-8/],
    ['UTF-16 with the other mark', [0xfe, 0xff, 0, 0x7b], /UTF-16/],
    ['UTF-16 without a mark', [0x7b, 0, 0x7d, 0], /UTF-16/],
    ['nothing', [], /empty/],
    ['white space', ascii(' \n\t'), /nothing but white space/],
    ['a zero byte', [...ascii('{"a":1}'), 0], /binary file, no text: byte 8 is 0/],
    [
      'bytes that are no UTF-8',
      [...ascii('{\n"a'), 0xe4, ...ascii('":1}')],
      /^line 2: a byte that is no UTF-8/,
    ],
  ])('%s is refused in words', (_what, bytes, message) => {
    expect(saidOfBytes(bytes)).toMatch(message);
  });
});

describe('whatever is in a text', () => {
  const value = fc.jsonValue({ maxDepth: 4 });

  it(
    'what is taken comes back the same, and is what JSON.parse makes of it',
    () => {
      fc.assert(
        fc.property(value, fc.constantFrom(0, 1, 2), (given, space) => {
          const text = JSON.stringify(given, null, space);
          const out = said(text);
          if (out === 'taken') expect(readJson(text).value).toEqual(JSON.parse(text));
          else expect(out).toMatch(/^line \d+, column \d+: /);
        }),
        tries(31),
      );
    },
    PATIENCE_MS,
  );

  it(
    'a field put in a second time is refused wherever it is',
    () => {
      const key = fc.constantFrom('a', 'limb', 'percentLop', 'é', '0');
      fc.assert(
        fc.property(
          fc.dictionary(key, fc.nat(9), { minKeys: 1 }),
          fc.nat(),
          fc.nat(9),
          (object, at, levels) => {
            const names = Object.keys(object);
            const name = names[at % names.length] ?? '';
            const body = names.map((one) => `${JSON.stringify(one)}:${object[one]}`).join(',');
            const twice = `${'{"x":'.repeat(levels)}{${body},${JSON.stringify(name)}:7}${'}'.repeat(levels)}`;
            expect(said(twice)).toMatch(/is there twice, first at line 1, column \d+; write it once$/);
          },
        ),
        tries(32),
      );
    },
    PATIENCE_MS,
  );

  it(
    'bytes of any kind are taken as text and JSON or refused in one sentence, and never end otherwise',
    () => {
      const bytes = fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.string({ unit: 'binary' }).map((s) => Buffer.from(s)),
      );
      fc.assert(
        fc.property(bytes, (given) => {
          try {
            readJson(textOfBytes(given));
          } catch (error) {
            expect(error).toBeInstanceOf(BadInput);
            expect((error as BadInput).problems.length).toBeGreaterThan(0);
            expect((error as BadInput).message).not.toMatch(/\n|undefined|at .*\.ts/);
          }
        }),
        tries(33),
      );
    },
    PATIENCE_MS,
  );
});

describe('numbers of a command line', () => {
  it('are decimal digits', () => {
    for (const text of [
      '0x10',
      '1e3',
      '',
      ' 5',
      '5 ',
      'Infinity',
      'NaN',
      '1_000',
      '٣',
      '.5',
      '5.',
      '--5',
      '1,5',
      '9'.repeat(16),
    ])
      expect([text, decimal(text)]).toEqual([text, undefined]);
    expect([decimal('-2.50'), decimal('190'), decimal('007')]).toEqual([-2.5, 190, 7]);
    expect([wholeNumber('190'), wholeNumber('190.0'), wholeNumber('1e2')]).toEqual([
      190,
      undefined,
      undefined,
    ]);
    expect(Object.is(decimal('-0'), 0)).toBe(true);
  });
});
