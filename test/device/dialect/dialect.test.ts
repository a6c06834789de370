import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { checkDialect } from '../../../tools/dialect/check.ts';
import { RULES } from '../../../tools/dialect/finding.ts';
import { evaluateThere, interpreter } from '../interpreter.ts';
import { ACCEPTED } from './accepted.ts';
import { FIXTURES } from './fixtures.ts';

/** Rules about whole files, which no single snippet can break; `build.test.ts` breaks them. */
const FILE_RULES = ['import-cycle'];

function inNode(snippet: string): string {
  try {
    return String(runInNewContext(snippet));
  } catch (error) {
    return (error as Error).name;
  }
}

describe('the dialect gate', () => {
  test('has a fixture for every rule', () => {
    const covered = new Set<string>([...FIXTURES.map((f) => f.rule), ...FILE_RULES]);
    expect(Object.keys(RULES).filter((rule) => !covered.has(rule))).toEqual([]);
  });

  test.each(FIXTURES)('refuses $rule: $snippet', ({ rule, snippet, node }) => {
    expect(checkDialect(snippet, 'script').map((f) => f.rule)).toContain(rule);
    expect(inNode(snippet)).toBe(node);
  });

  const binary = interpreter('each refused snippet fails or differs in the interpreter');
  test.skipIf(binary === undefined)('refuses only what fails or differs in the interpreter', () => {
    const shown = FIXTURES.filter((f) => f.notShown === undefined);
    const there = evaluateThere(
      binary ?? '',
      shown.map((f) => f.snippet),
    );
    const same = shown.filter((f, i) => there[i] === f.node).map((f) => `${f.rule}: ${f.snippet}`);
    expect(same).toEqual([]);
  });

  test.each(ACCEPTED)('lets through %s', (snippet) => {
    expect(checkDialect(snippet, 'script')).toEqual([]);
    expect(inNode(snippet)).not.toMatch(/Error/);
  });

  test.skipIf(binary === undefined)('lets through what the interpreter runs as Node does', () => {
    const there = evaluateThere(binary ?? '', ACCEPTED);
    const differing = ACCEPTED.map(
      (snippet, i) => `${snippet} gives ${there[i]}, in Node ${inNode(snippet)}`,
    );
    expect(differing.filter((_, i) => there[i] !== inNode(ACCEPTED[i] ?? ''))).toEqual([]);
  });
});
