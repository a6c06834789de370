/** A result of "Tune" that the browser gives back: whole, or not shown at all. */
import { expect, test } from 'vitest';
import { isResult } from '../../sim/studio/screens/tune/result.ts';
import { FIGURE_NAMES } from '../../sim/tune/trial.ts';
import { defaultSettings } from '../../src/settings.ts';

const FIGURES = Object.fromEntries(FIGURE_NAMES.map((name) => [name, 1]));
const PARTS = { bottle: false, pump: false, valve: false };

/** Made anew each time: a test damages it. */
function whole() {
  const cloud = {
    lines: [{ low: Float32Array.of(0.9), high: Float32Array.of(1.1), figures: FIGURES }],
    wanted: 1,
    whatIf: PARTS,
    motion: 'run',
  };
  return {
    seen: {
      source: 'a log',
      limb: 'thigh',
      settings: { ...defaultSettings() },
      identified: undefined,
      findings: [{ what: 'vent', measured: '1 s', allowed: '2 s', grade: 'good', next: '' }],
      refused: false,
      problems: ['a word'],
    },
    motion: 'run',
    aim: 'gentle',
    count: 6,
    whatIf: PARTS,
    asItIs: cloud,
    withOther: null,
    proposal: {
      changes: [{ name: 'fillMmHgPerS', from: 1, to: 2, why: 'so' }],
      settings: { ...defaultSettings() },
      kept: undefined,
      before: [FIGURES],
      after: [FIGURES],
    },
  };
}

/** Every object and list in `of`, itself included. */
function inside(of: unknown): object[] {
  if (typeof of !== 'object' || of === null || ArrayBuffer.isView(of)) return [];
  return [of, ...Object.values(of).flatMap(inside)];
}

test('a whole result is one, without what it may lack too', () => {
  expect(isResult(whole())).toBe(true);
  expect(isResult({ ...whole(), asItIs: null })).toBe(true);
  expect(isResult({ ...whole(), proposal: null })).toBe(true);
});

test('none is one with any of its parts of another kind, or gone', () => {
  const parts = inside(whole()).flatMap((part, at) => Object.keys(part).map((name) => [at, name] as const));
  expect(parts.length).toBeGreaterThan(60);
  const passed: string[] = [];
  for (const [at, name] of parts)
    for (const damage of [Symbol('other'), 'gone'] as const) {
      const result = structuredClone(whole());
      const part = inside(result)[at] as Record<string, unknown>;
      if (damage === 'gone') delete part[name];
      else part[name] = damage;
      if (isResult(result)) passed.push(`${at} ${name} ${String(damage)}`);
    }
  // a list may be shorter, and what may be undefined may be absent
  const mayGo = /^\d+ (\d+|identified|kept) gone$/;
  expect(passed.filter((one) => !mayGo.test(one))).toEqual([]);
});

test('nor is what is no result at all', () => {
  expect([{}, null, undefined, 7, 'x', []].filter(isResult)).toEqual([]);
});
