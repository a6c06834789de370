/** "Break it" by the computer: what is thrown can be run, is the same each time, and never more than two faults; the worse of two is the worse. */
import { expect, test } from 'vitest';
import { FIRST_SPEC, fromWords, toWords } from '../../sim/studio/engine/try-spec.ts';
import { type Hunted, huntSpec, isWorse, MOST_SESSIONS } from '../../sim/studio/screens/try/hunt.ts';

const MINE = {
  ...FIRST_SPEC,
  set: ['maxMmHg=150'],
  fault: ['kink@9'],
  event: [{ kind: 'cough', atMs: 9 }],
} as const;
const ALL = Array.from({ length: MOST_SESSIONS }, (_, i) => huntSpec(MINE, i + 1));

test('the first session is the reader’s own, without what was done to it', () => {
  expect(huntSpec(MINE, 0)).toEqual({ ...MINE, fault: [], event: [] });
});

test('every session keeps the settings, has one or two faults, and can be opened by its link', () => {
  for (const spec of ALL) {
    expect([1, 2]).toContain(spec.fault.length);
    expect(spec.set).toEqual(['maxMmHg=150']);
    expect(fromWords(toWords(spec, null)).spec).toEqual(spec);
  }
  const kinds = new Set(ALL.flatMap(({ fault }) => fault.map((text) => text.split('@')[0])));
  expect(kinds.size).toBeGreaterThan(12);
  expect(ALL.some(({ fault }) => fault.length === 2)).toBe(true);
});

test('the same number is the same session', () => {
  expect(ALL).toEqual(ALL.map((_, i) => huntSpec(MINE, i + 1)));
  expect(new Set(ALL.map(({ fault }) => fault.join())).size).toBe(ALL.length);
});

test('longer above the occlusion pressure is worse, then higher', () => {
  const of = (aboveS: number, peakMmHg: number): Hunted => ({
    spec: FIRST_SPEC,
    rows: 1,
    sum: '',
    aboveS,
    peakMmHg,
    lopMmHg: 190,
    trip: '',
  });
  expect([
    isWorse(of(2, 200), of(1, 300)),
    isWorse(of(1, 300), of(2, 200)),
    isWorse(of(0, 180), of(0, 170)),
    isWorse(of(1, 200), of(1, 200)),
  ]).toEqual([true, false, true, false]);
});
