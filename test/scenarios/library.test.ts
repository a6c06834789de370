/** Every scenario of the library keeps what it promises, on more than one seed; what is not kept today is named here and nowhere hidden. */
import { afterAll, describe, expect, it } from 'vitest';
import { judge, simulate } from '../../sim/cli/run.ts';
import { scenarioNames } from '../../sim/scenarios/library.ts';
import { resolveSpec } from '../../sim/setup/spec.ts';

const SEEDS = [1, 2];

/** Scenarios whose expectation is right, and whose rule or regulator is not good enough yet. One that is kept has to leave this list. */
const NOT_KEPT: Readonly<Record<string, string>> = {
  intro: 'at 40 % of LOP running is held for 93 to 95 % of the time instead of 95',
  'run-cuff-on': 'the pressure is within ±5 % at rest for 98.9 to 99.1 % of the time, by seed, instead of 99',
  'slow-leak':
    'a leak of 3.3 mmHg/s in a run is topped up to the end of the session: the pressure stays true, and pump and valve turn over several times as much',
};

interface Outcome {
  readonly unmet: readonly string[];
  /** A row a tick. */
  readonly decisions: Readonly<Record<string, ArrayLike<number>>>;
}

/** What the firmware decided, tick by tick, and what of the scenario's promises was not kept. */
async function outcomeOf(scenario: string, seed: number, level: 'core' | 'image'): Promise<Outcome> {
  const spec = resolveSpec({ scenario, set: [], fault: [], seed, level });
  const run = await simulate(spec, 'test', false);
  const { log, notStarted } = run;
  const rows = judge(spec, run).expected.filter((row) => !row.met);
  const { phase, vent, trip, setpoint, pump, bleedMs } = log.columns;
  return {
    unmet: [...notStarted, ...rows.map((row) => `seed ${seed}: expected ${row.what}; found ${row.found}`)],
    decisions: { phase, vent, trip, setpoint, pump, bleedMs },
  };
}

/** Where two runs first decide otherwise, '' = nowhere. Row by row in one loop: a whole session has 24,000 of them. */
function firstDifference(a: Outcome['decisions'], b: Outcome['decisions']): string {
  for (const [name, column] of Object.entries(a)) {
    const other = b[name] ?? [];
    if (column.length !== other.length) return `${name}: ${column.length} rows and ${other.length}`;
    for (let i = 0; i < column.length; i++)
      if (!Object.is(column[i], other[i])) return `${name}, tick ${i}: ${column[i]} and ${other[i]}`;
  }
  return '';
}

const atCore = new Map<string, Promise<Outcome>>();

/** At core level each scenario and seed runs once for all tests of this file. */
function core(scenario: string, seed: number): Promise<Outcome> {
  const key = `${scenario} ${seed}`;
  const run = atCore.get(key) ?? outcomeOf(scenario, seed, 'core');
  atCore.set(key, run);
  return run;
}

afterAll(() => atCore.clear());

describe('the flashed image, with calls written out and names made short', () => {
  it.each(scenarioNames())('decides what the sources decide: %s', { timeout: 60_000 }, async (name) => {
    const image = await outcomeOf(name, 1, 'image');
    const { decisions } = await core(name, 1);
    expect(decisions['phase']?.length).toBeGreaterThan(500);
    expect(firstDifference(image.decisions, decisions)).toBe('');
  });
});

describe('the scenarios of the library', () => {
  it.each(scenarioNames().filter((name) => !(name in NOT_KEPT)))('%s is kept', async (name) => {
    for (const seed of SEEDS) expect((await core(name, seed)).unmet).toEqual([]);
  });

  it.each(Object.keys(NOT_KEPT))('%s is not kept yet', async (name) => {
    const found = await Promise.all(SEEDS.map((seed) => core(name, seed)));
    expect(found.flatMap((run) => run.unmet).length).toBeGreaterThan(0);
  });

  it('named as not kept are scenarios of the library', () => {
    expect(Object.keys(NOT_KEPT).filter((name) => !scenarioNames().includes(name))).toEqual([]);
  });
});
