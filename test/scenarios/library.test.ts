/** Every scenario of the library keeps what it promises, on more than one seed; what is not kept today is named here and nowhere hidden. */
import { describe, expect, it } from 'vitest';
import { judge, simulate } from '../../sim/cli/run.ts';
import { scenarioNames } from '../../sim/scenarios/library.ts';
import { resolveSpec } from '../../sim/setup/spec.ts';

const SEEDS = [1, 2];

/** Scenarios whose expectation is right, and whose rule or regulator is not good enough yet. One that is kept has to leave this list. */
const NOT_KEPT: Readonly<Record<string, string>> = {
  intro: 'at 40 % of LOP running is held for 93 to 95 % of the time instead of 95',
  'run-cuff-on': 'the pressure is within ±5 % at rest for 98.9 to 99.1 % of the time, by seed, instead of 99',
  leak: 'is found after 27 to 150 s instead of 15: the pump still holds seven eighths of the setpoint, as a weak one does in a run',
  'sensor-drift': 'is found after 122 to 162 s instead of 120',
  'slow-leak':
    'a leak of 3.3 mmHg/s in a run is topped up to the end of the session: it is there before what is usual is known, and in a run the pump has more to do',
};

async function unmet(scenario: string, seed: number): Promise<string[]> {
  const spec = resolveSpec({ scenario, set: [], fault: [], seed, level: 'core' });
  const run = await simulate(spec, 'test', false);
  const rows = judge(spec, run).expected.filter((row) => !row.met);
  return [...run.notStarted, ...rows.map((row) => `seed ${seed}: expected ${row.what}; found ${row.found}`)];
}

/** What the firmware decided, tick by tick. */
async function decisions(scenario: string, level: 'core' | 'image'): Promise<Record<string, unknown>> {
  const spec = resolveSpec({ scenario, set: [], fault: [], seed: 1, level });
  const { log } = await simulate(spec, 'test', false);
  const { phase, vent, trip, setpoint, pump, bleedMs } = log.columns;
  return { phase, vent, trip, setpoint, pump, bleedMs };
}

describe('the flashed image, with calls written out and names made short', () => {
  it.each(scenarioNames())('decides what the sources decide: %s', { timeout: 60_000 }, async (name) => {
    expect(await decisions(name, 'image')).toEqual(await decisions(name, 'core'));
  });
});

describe('the scenarios of the library', () => {
  it.each(scenarioNames().filter((name) => !(name in NOT_KEPT)))('%s is kept', async (name) => {
    for (const seed of SEEDS) expect(await unmet(name, seed)).toEqual([]);
  });

  it.each(Object.keys(NOT_KEPT))('%s is not kept yet', async (name) => {
    const found = await Promise.all(SEEDS.map((seed) => unmet(name, seed)));
    expect(found.flat().length).toBeGreaterThan(0);
  });

  it('named as not kept are scenarios of the library', () => {
    expect(Object.keys(NOT_KEPT).filter((name) => !scenarioNames().includes(name))).toEqual([]);
  });
});
