/** The pool of workers: the same results from any number of workers, and its errors reach the caller. */
import { describe, expect, it } from 'vitest';
import { runPool } from '../../tools/pool.ts';
import { half } from './pool-work.ts';

const MODULE = new URL('./pool-work.ts', import.meta.url);
const INPUTS = [3, 1 / 3, Number.NaN, Number.POSITIVE_INFINITY, 7, -0].map((value) => ({ value }));

describe('a pool', { timeout: 90_000 }, () => {
  it('gives the same to the last bit with no, one and three workers, in the order of the inputs', async () => {
    const [none, one, three] = await Promise.all(
      [0, 1, 3].map((jobs) => runPool(MODULE, half, INPUTS, { jobs })),
    );
    expect(none).toEqual(INPUTS.map(({ value }) => ({ half: value / 2 })));
    expect(one).toEqual(none);
    expect(three).toEqual(none);
  });

  it('tells of each result once, and starts nothing more when stopped', async () => {
    const told: number[] = [];
    const results = await runPool(MODULE, half, INPUTS, {
      jobs: 0,
      onDone: (index) => told.push(index),
      stopped: () => told.length === 2,
    });
    expect(told).toEqual([0, 1]);
    expect(results).toHaveLength(INPUTS.length);
    expect(results.filter((r) => r !== undefined)).toHaveLength(2);
  });

  it('rejects with the error of a worker', async () => {
    const run = runPool(MODULE, half, [{ value: 1 }, { value: -1 }], { jobs: 1 });
    await expect(run).rejects.toThrow(/half of -1/);
    await expect(run).rejects.toBeInstanceOf(Error);
  });

  it('takes no inputs for an answer', async () => {
    expect(await runPool(MODULE, half, [])).toEqual([]);
  });
});
