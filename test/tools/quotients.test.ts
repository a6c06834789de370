import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asQuotient, unfoldQuotients } from '../../tools/build/quotients.ts';

/** The quotient as the interpreter computes it: two exact whole numbers and one division. */
function divided(quotient: string): number {
  const parts = /^\((\d+)\/(\d+(?:e\d+)?)\)$/.exec(quotient);
  return parts === null ? Number(quotient) : Number(parts[1]) / Number(parts[2]);
}

describe('decimal fractions as quotients', () => {
  test.each([
    ['.95', '(95/100)'],
    ['1.5', '(15/10)'],
    ['1e-3', '(1/1e3)'],
    ['2.50', '(250/100)'],
    ['1.5e1', '15'],
    ['.5', '(5/10)'],
  ])('%s becomes %s', (raw, quotient) => {
    expect(asQuotient(raw)).toBe(quotient);
  });

  test.each(['5', '1e3', '0x1f', '1.2345678901234567', '1e-16'])('%s is left alone', (raw) => {
    expect(asQuotient(raw)).toBeUndefined();
  });

  test('a quotient is the same double as its literal', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 53 - 1 }), fc.integer({ min: 1, max: 15 }), (digits, power) => {
        const text = String(digits).padStart(power + 1, '0');
        const raw = `${text.slice(0, -power)}.${text.slice(-power)}`;
        expect(divided(asQuotient(raw) ?? '')).toBe(Number(raw));
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  test('whatever stands around a literal keeps its meaning', () => {
    const code = 'function f(a){return.5+(a?.25:1.5)*-.1+typeof.5.length+[.5,1e-1][1]}';
    const unfolded = unfoldQuotients(code);
    expect(unfolded).not.toMatch(/\.\d|e-/);
    for (const a of [true, false]) {
      expect(new Function(`${unfolded};return f(${a})`)()).toBe(new Function(`${code};return f(${a})`)());
    }
  });
});
