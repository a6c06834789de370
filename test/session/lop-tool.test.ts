import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

function estimate(...words: string[]): { code: number | null; text: string } {
  const given = ['--circumference', '35', '--width', '11', '--systolic', '120', ...words];
  const run = spawnSync(process.execPath, ['tools/start.js', 'tools/lop.ts', 'estimate', ...given], {
    encoding: 'utf8',
  });
  return { code: run.status, text: run.stdout + run.stderr };
}

it('an estimate says for which limb it is, and knows no other limb or sex than its formulas', () => {
  expect(estimate('--limb', 'arm').text).toMatch(/^Arm:/);
  expect(estimate().text).toMatch(/^Leg:/);
  for (const words of [
    ['--limb', 'Arm'],
    ['--sex', 'x'],
  ]) {
    const { code, text } = estimate(...words);
    expect(code).toBe(2);
    expect(text).toContain('Allowed choices are');
  }
}, 30_000);
