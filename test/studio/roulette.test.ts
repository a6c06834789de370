/** The quiz "which fault is it?": every round is a riddle with one answer, and the same one for everybody. */
import { describe, expect, test } from 'vitest';
import { Runner } from '../../sim/studio/engine/runner.ts';
import { roundOf, SUSPECTS } from '../../sim/studio/screens/try/roulette.ts';

const ROUNDS = Array.from({ length: 80 }, (_, i) => roundOf(i + 1));

describe('a round', () => {
  test('offers four different answers, the right one among them', () => {
    for (const { choices, right, spec } of ROUNDS) {
      expect(new Set(choices.map(({ fault }) => fault)).size).toBe(4);
      expect(choices).toContain(right);
      expect(spec.fault).toHaveLength(1);
      expect(spec.fault[0]).toMatch(new RegExp(`^${right.fault.split(':')[0]}@\\d+`));
    }
  });

  test('is the same for the same number, and another for another', () => {
    expect(roundOf(7)).toEqual(roundOf(7));
    const kinds = new Set(ROUNDS.map(({ right }) => right.fault));
    expect(kinds.size).toBe(SUSPECTS.length);
  });

  test('does not tell by the place of the answer', () => {
    const places = ROUNDS.map(({ choices, right }) => choices.indexOf(right));
    for (const place of [0, 1, 2, 3]) expect(places.filter((one) => one === place).length).toBeGreaterThan(5);
  });
});

test.each(SUSPECTS)('$fault can be seen: the run differs from the healthy one', ({ fault }) => {
  const of = ROUNDS.find(({ right }) => right.fault === fault);
  if (of === undefined) throw new Error(`no round of ${fault}`);
  const atMs = Number(/@(\d+)/.exec(of.spec.fault[0] ?? '')?.[1]) * 1000;
  const pressures = (faults: readonly string[]): number => {
    const runner = new Runner({ ...of.spec, fault: faults }, 'test');
    while (!runner.over && runner.nowMs < atMs + 40_000) runner.next();
    const { raw, trip } = runner.log.columns;
    const last = runner.log.rows - 1;
    return (trip[last] as number) * 1000 + (raw[last] as number);
  };
  expect(Math.abs(pressures(of.spec.fault) - pressures([]))).toBeGreaterThan(0.5);
});
