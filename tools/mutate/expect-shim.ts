/**
 * Just enough of the test runner to run test files thousands of times in one process: `describe` and `it` collect,
 * `expect` is the runner's own.
 */
import { JestAsymmetricMatchers, JestChaiExpect } from '@vitest/expect';
import * as chai from 'chai';

chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export interface Collected {
  /** Groups and name; a second one of that name is ` #2`. */
  readonly name: string;
  readonly run: () => void;
}

type Named = (name: string, body: () => void) => void;

/** `it.each` or `describe.each`: one test or group a row. */
function forEachRow(one: Named) {
  return (rows: readonly unknown[]) =>
    (name: string, body: (...row: unknown[]) => void): void => {
      for (const row of rows) {
        const values: readonly unknown[] = Array.isArray(row) ? row : [row];
        one(name.replace('%s', String(values[0])), () => body(...values));
      }
    };
}

export function createShim(tests: Collected[]): Record<string, unknown> {
  let group = '';
  let hooks: readonly (() => void)[] = [];
  const names = new Map<string, number>();
  const it = (name: string, run: () => void) => {
    const before = hooks;
    const all = (): void => {
      for (const hook of before) hook();
      run();
    };
    const times = (names.get(group + name) ?? 0) + 1;
    names.set(group + name, times);
    tests.push({ name: group + name + (times === 1 ? '' : ` #${times}`), run: all });
  };
  it.each = forEachRow(it);
  const describe = (name: string, body: () => void) => {
    const outer = group;
    const outerHooks = hooks;
    group = `${outer}${name} > `;
    body();
    group = outer;
    hooks = outerHooks;
  };
  describe.each = forEachRow(describe);
  const beforeEach = (hook: () => void): void => {
    hooks = [...hooks, hook];
  };
  return {
    describe,
    beforeEach,
    // each test runs by itself here, and must reach what the group's hook does
    beforeAll: beforeEach,
    it,
    expect: chai.expect,
  };
}
