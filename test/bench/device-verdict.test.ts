import { describe, expect, it } from 'vitest';
import { verdict } from '../../sim/bench/device-verdict.ts';
import { BUDGETS, type BudgetName } from '../../tools/budgets.ts';

const NAMES = Object.keys(BUDGETS) as BudgetName[];

describe('bench:device --check', () => {
  it('passes what is just within every budget', () => {
    expect(verdict(BUDGETS, true).exitCode).toBe(0);
  });

  it.each(NAMES)('fails when %s is over its budget, and names it', (name) => {
    const { lines, exitCode } = verdict({ ...BUDGETS, [name]: BUDGETS[name] + 1 }, true);
    expect(exitCode).toBe(1);
    expect(lines.filter((line) => line.startsWith('OVER'))).toEqual([
      `OVER ${name}: ${BUDGETS[name] + 1} of ${BUDGETS[name]}`,
    ]);
  });

  it('fails on a figure that is no number', () => {
    expect(verdict({ ...BUDGETS, tickMeanPercent: Number.NaN }, true).exitCode).toBe(1);
  });

  it('without --check says so and passes', () => {
    const { lines, exitCode } = verdict({ ...BUDGETS, imageBytes: BUDGETS.imageBytes + 1 }, false);
    expect([exitCode, lines.some((line) => line.startsWith('OVER imageBytes'))]).toEqual([0, true]);
  });
});
