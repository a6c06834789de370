import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LEASE_MS, OVERRUN_MS, TICK_MS } from '../../src/limits.ts';
import { lacksOf, periodOf } from '../../tools/build/board-checks.ts';
import { buildImage } from '../../tools/build/image.ts';
import { choices, ROOT } from '../../tools/build/project.ts';

/** A copy of the device's sources with the reference board under another name and these words changed. */
function treeWith(name: string, changes: readonly (readonly [string, string])[]): string {
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  const tree = mkdtempSync(join(ROOT, 'build', 'checks-'));
  onTestFinished(() => rmSync(tree, { recursive: true, force: true }));
  for (const layer of ['src', 'hal']) cpSync(join(ROOT, layer), join(tree, layer), { recursive: true });
  let text = readFileSync(join(ROOT, 'hal/boards/jolt.ts'), 'utf8');
  for (const [what, by] of changes) {
    expect(text).toContain(what);
    text = text.replace(what, by);
  }
  writeFileSync(join(tree, 'hal/boards', `${name}.ts`), text);
  return tree;
}

describe('the build refuses', () => {
  it('a control period at which nothing was shown', async () => {
    const root = treeWith('quick', [['periodMs: TICK_MS,', 'periodMs: 25,']]);
    await expect(buildImage({ root, board: 'quick' })).rejects.toThrow(
      /--board quick: a control period of 25 ms: rules and regulator were measured at 50, 60 ms/,
    );
  });

  it('a sensor that the board has no pins for, and says what to take', async () => {
    await expect(buildImage({ board: 'pico2', sensor: 'mpx5050' })).rejects.toThrow(
      /^--sensor mpx5050: this board has no analogue input for it: take it through an ADS1115$/,
    );
    await expect(buildImage({ board: 'xiao', sensor: 'hx710b' })).rejects.toThrow(/take a sensor on the bus/);
  });
});

it('every board has a period of its own at which things were shown; the reference board has that of simulator and tests', () => {
  expect(periodOf('jolt')).toBe(TICK_MS);
  expect(periodOf('xiao'), 'the same chip').toBe(TICK_MS);
  for (const board of choices('boards')) expect(periodOf(board)).toBeGreaterThanOrEqual(50);
});

it('at every board a tick that is late by a collection is no overrun, and three periods fit into a lease', () => {
  for (const board of choices('boards')) {
    expect(periodOf(board) + 40, board).toBeLessThanOrEqual(OVERRUN_MS);
    expect(3 * periodOf(board), board).toBeLessThanOrEqual(LEASE_MS);
  }
});

it('the reference board lacks nothing, the others say what', () => {
  expect(lacksOf('jolt')).toBe('');
  for (const board of choices('boards')) if (board !== 'jolt') expect(lacksOf(board)).toMatch(/^no /);
});
