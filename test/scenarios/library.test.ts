/** Every scenario of the library keeps what it promises, on more than one seed; what is not kept today is named here and nowhere hidden. */
import { afterAll, describe, expect, it } from 'vitest';
import { openLevel } from '../../sim/cli/levels.ts';
import { judge, simulate } from '../../sim/cli/run.ts';
import { version } from '../../sim/output/version.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { createLog, type RunLog } from '../../sim/report/run-log.ts';
import { scenarioNames } from '../../sim/scenarios/library.ts';
import type { RunSpec } from '../../sim/setup/resolve.ts';
import { resolveSpec } from '../../sim/setup/spec.ts';
import { headerOf } from '../../sim/simulate/run-header.ts';
import { Simulation } from '../../sim/simulate/simulation.ts';
import { TICK_MS } from '../../src/limits.ts';

const SEEDS = [1, 2];

/** Scenarios whose expectation is right, and whose rule or regulator is not good enough yet. One that is kept has to leave this list. */
const NOT_KEPT: Readonly<Record<string, string>> = {
  intro: 'at 40 % of LOP running is held for 93 to 95 % of the time instead of 95',
  'slow-leak':
    'a leak of 3.3 mmHg/s in a run is topped up to the end of the session: the pressure stays true, and pump and valve turn over several times as much',
};

/** A row a tick. */
type Decisions = Readonly<Record<string, ArrayLike<number>>>;

interface Outcome {
  readonly unmet: readonly string[];
  readonly decisions: Decisions;
}

function specOf(scenario: string, seed: number, level: 'core' | 'image'): RunSpec {
  return resolveSpec({ scenario, set: [], fault: [], seed, level });
}

function decisionsOf({ columns }: RunLog): Decisions {
  const { phase, vent, trip, setpoint, pump, bleedMs } = columns;
  return { phase, vent, trip, setpoint, pump, bleedMs };
}

/** What the sources decided, tick by tick, and what of the scenario's promises was not kept. */
async function outcomeOf(scenario: string, seed: number): Promise<Outcome> {
  const spec = specOf(scenario, seed, 'core');
  const run = await simulate(spec, 'test', false);
  const rows = judge(spec, run).expected.filter((row) => !row.met);
  return {
    unmet: [
      ...run.notStarted,
      ...rows.map((row) => `seed ${seed}: expected ${row.what}; found ${row.found}`),
    ],
    decisions: decisionsOf(run.log),
  };
}

/** What the image decided in its first ticks, as many as `most`, and whether its run was over then. */
async function imageRun(scenario: string, most: number): Promise<{ decisions: Decisions; over: boolean }> {
  const spec = specOf(scenario, 1, 'image');
  const rig = new Rig(spec.rig, spec.seed);
  const { level, tripNumbers } = await openLevel('image', rig, spec);
  const log = createLog(headerOf(spec, 'test', version()));
  const simulation = new Simulation(spec, level, log, tripNumbers);
  try {
    while (!simulation.over && log.rows < most) simulation.next();
  } finally {
    level.close();
  }
  return { decisions: decisionsOf(simulation.finish().log), over: simulation.over };
}

/** Where two runs first decide otherwise, '' = nowhere. Row by row in one loop: a whole session has 24,000 of them. */
function firstDifference(a: Decisions, b: Decisions, rows: number): string {
  for (const [name, column] of Object.entries(a)) {
    const other = b[name] ?? [];
    for (let i = 0; i < rows; i++)
      if (!Object.is(column[i], other[i])) return `${name}, tick ${i}: ${column[i]} and ${other[i]}`;
  }
  return '';
}

const atCore = new Map<string, Promise<Outcome>>();

/** At core level each scenario and seed runs once for all tests of this file. */
function core(scenario: string, seed: number): Promise<Outcome> {
  const key = `${scenario} ${seed}`;
  const run = atCore.get(key) ?? outcomeOf(scenario, seed);
  atCore.set(key, run);
  return run;
}

afterAll(() => atCore.clear());

/**
 * The image plays one session to its end, and of the other long ones as much as holds each fault, each press, two sets and two rests: what is
 * written out or named wrongly shows when it is first used.
 */
const WHOLE = 'run';
const MOST_TICKS = 480_000 / TICK_MS;

describe('the flashed image, with calls written out and names made short', () => {
  it.each(scenarioNames())('decides what the sources decide: %s', { timeout: 60_000 }, async (name) => {
    const { decisions } = await core(name, 1);
    const all = decisions['phase']?.length ?? 0;
    const ticks = name === WHOLE ? all : Math.min(all, MOST_TICKS);
    const image = await imageRun(name, ticks);
    expect([image.decisions['phase']?.length, image.over]).toEqual([ticks, ticks === all]);
    expect(ticks).toBeGreaterThan(500);
    expect(firstDifference(image.decisions, decisions, ticks)).toBe('');
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
