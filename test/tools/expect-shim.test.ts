/** The stand-in for the test runner that `npm run mutate` uses: what test files of its groups ask for is there. */
import { expect, it } from 'vitest';
import { type Collected, createShim } from '../../tools/mutate/expect-shim.ts';

/** As a test file sees it. */
interface Shim {
  readonly beforeAll: (hook: () => void) => void;
  readonly describe: { each(rows: unknown[]): (name: string, body: (row: unknown) => void) => void };
  readonly it: { each(rows: unknown[]): (name: string, run: (...row: unknown[]) => void) => void };
  readonly expect: typeof expect;
}

it('groups and tests by rows are collected one by one, each with its row', () => {
  const tests: Collected[] = [];
  const shim = createShim(tests) as unknown as Shim;
  const seen: unknown[] = [];
  shim.describe.each(['a', 'b'])('on %s', (group) => {
    shim.it.each([1, 2])('number %s', (n) => seen.push([group, n]));
  });
  for (const test of tests) test.run();
  expect(tests.map((test) => test.name)).toEqual([
    'on a > number 1',
    'on a > number 2',
    'on b > number 1',
    'on b > number 2',
  ]);
  expect(seen).toEqual([
    ['a', 1],
    ['a', 2],
    ['b', 1],
    ['b', 2],
  ]);
});

it('what a group does before all its tests is done before each, as each may run by itself', () => {
  const tests: Collected[] = [];
  const shim = createShim(tests) as unknown as Shim;
  let state = 0;
  const seen: number[] = [];
  shim.describe.each(['a'])('on %s', () => {
    shim.beforeAll(() => {
      state = 7;
    });
    shim.it.each([1, 2])('number %s', () => {
      seen.push(state);
      state = 0;
    });
  });
  for (const test of tests) test.run();
  expect(seen).toEqual([7, 7]);
});

it('expect knows the matchers of the runner', () => {
  const shim = createShim([]) as unknown as Shim;
  shim.expect([1.001]).toEqual([shim.expect.closeTo(1, 2)]);
  expect(() => shim.expect(1).toBe(2)).toThrow();
});
