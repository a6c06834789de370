import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../sim/plant/random.ts';
import { type SweepOptions, sweep } from '../../sim/tune/sweep.ts';
import { combinations, MOST_SETS } from '../../sim/tune/sweep-plan.ts';
import { BadState } from '../../sim/tune/sweep-state.ts';
import { FIGURE_NAMES, type Figures } from '../../sim/tune/trial.ts';
import type { Task } from '../../sim/tune/trial-task.ts';
import { defaultSettings } from '../../src/settings.ts';

const SETS = combinations(defaultSettings(), ['fillMmHgPerS=0,12']);
let folder = '';

/** Figures that depend on the plant and the settings as the trials' do, without the trials: odd fractions, and sometimes none. */
function made(task: Task): Figures[] {
  return task.sets.map((set) => {
    const rng = new Random(task.on.seed).fork(set.fillMmHgPerS);
    const values = FIGURE_NAMES.map(() => (rng.chance(0.1) ? Number.NaN : rng.gauss() / 3));
    return Object.fromEntries(FIGURE_NAMES.map((name, i) => [name, values[i]])) as unknown as Figures;
  });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cuffloop-sweep-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function options(state: string, more: Partial<SweepOptions> = {}): SweepOptions {
  return {
    seed: 4,
    n: 40,
    motion: 'run',
    build: 'any',
    state: join(folder, state),
    fresh: false,
    jobs: 0,
    code: 'test',
    work: made,
    ...more,
  };
}

describe('a sweep', () => {
  it('that is killed in the middle of a line goes on and gives the same to the last bit', async () => {
    const whole = JSON.stringify(await sweep(SETS, options('whole')));
    let done = 0;
    const part = await sweep(
      SETS,
      options('part', {
        onDone: (count) => {
          done = count;
        },
        stopped: () => done > 2,
      }),
    );
    expect(part.complete).toBe(false);
    expect(part.done).toBeLessThan(40);
    // the line that was being written
    const state = join(folder, 'part');
    const lines = readFileSync(state, 'utf8');
    appendFileSync(state, (lines.split('\n')[1] as string).slice(0, 40));
    expect(JSON.stringify(await sweep(SETS, options('part')))).toBe(whole);
    expect(whole).toContain('"mean"');
    // and a third time, when all is there
    expect(JSON.stringify(await sweep(SETS, options('part')))).toBe(whole);
  });

  it.each([
    ['another seed', { seed: 5 }],
    ['another n', { n: 6 }],
    ['another motion', { motion: 'walk' }],
    ['the sources have changed', { code: 'later' }],
  ] as const)('refuses the state of %s, and names it', async (what, more) => {
    const small = { n: 1, ...more };
    await sweep(SETS, options('other', { n: 1, fresh: true }));
    const n = 'n' in more ? 2 : 1;
    await expect(sweep(SETS, options('other', { ...small, n }))).rejects.toThrow(new RegExp(what));
  });

  it('refuses a file that is no state, and begins anew on demand', async () => {
    writeFileSync(join(folder, 'odd'), 'shopping list\n- milk\n');
    await expect(sweep(SETS, options('odd'))).rejects.toThrow(BadState);
    expect((await sweep(SETS, options('odd', { n: 1, fresh: true }))).complete).toBe(true);
  });
});

describe('what is varied', () => {
  it('makes all combinations, the first values first', () => {
    const sets = combinations(defaultSettings(), ['savePercent=0,50', 'fillMmHgPerS=0,10,20']);
    expect(sets.map((s) => [s.savePercent, s.fillMmHgPerS])).toEqual([
      [0, 0],
      [0, 10],
      [0, 20],
      [50, 0],
      [50, 10],
      [50, 20],
    ]);
  });

  it.each([
    'savePercent',
    'savePercent=',
    'savePercent=0,101',
    'noSuch=1',
    'savePercent=1,x',
    'savePercent=5,5',
  ])('is refused as %s, with the allowed range or the name', (option) => {
    expect(() => combinations(defaultSettings(), [option])).toThrow(/--vary/);
  });

  it(`is refused beyond ${MOST_SETS} sets`, () => {
    const many = Array.from({ length: 65 }, (_, i) => i).join(',');
    expect(() => combinations(defaultSettings(), [`savePercent=${many}`])).toThrow(/allowed are 64/);
  });
});
