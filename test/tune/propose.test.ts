import { describe, expect, it } from 'vitest';
import { AIMS, type Aim } from '../../sim/tune/aims.ts';
import { alike } from '../../sim/tune/alike.ts';
import { type Identified, identify } from '../../sim/tune/identify.ts';
import { fallAt, riseAt } from '../../sim/tune/observe.ts';
import { type ProposeOptions, propose } from '../../sim/tune/propose.ts';
import { tightenings } from '../../sim/tune/supply.ts';
import { runTasks } from '../../sim/tune/task.ts';
import type { Figures } from '../../sim/tune/trial.ts';
import type { RunTrials, Task } from '../../sim/tune/trial-task.ts';
import { LOP_ENTERED, LOP_ESTIMATED, LOP_MEASURED } from '../../src/settings.ts';
import { commissioned, settingsFor } from './runs.ts';

const SEEN = identify(commissioned('nominal-thigh').trace).identified as Identified;
const SETTINGS = settingsFor('thigh');
/** A fill as fast as it is set or as the plant can; the slower, the worse the band, by `slope` points a mmHg/s. */
function made(slope: number): (task: Task) => Figures[] {
  return ({ on, sets }) =>
    sets.map((set) => {
      const most = 25 + (on.seed % 10);
      const speed = set.fillMmHgPerS === 0 ? most : Math.min(most, set.fillMmHgPerS);
      const move10 = 95 - slope * (most - speed);
      return { ...NONE, move10, rest5: 99, fillPerS: speed, fillS: 90 / speed };
    });
}

/** Made figures instead of trials. */
function told(work: (task: Task) => Figures[]): RunTrials {
  return async (tasks, onDone) =>
    tasks.map((task) => {
      onDone();
      return work(task);
    });
}

const NONE: Figures = {
  move10: 0,
  rest5: 0,
  overshoot: 0,
  fillPerS: 0,
  fillS: 0,
  peak: 0,
  duty: 0,
  starts: 0,
  pumpS: 0,
  actions: 0,
  trips: 0,
};
const OPTIONS: ProposeOptions = {
  limb: 'thigh',
  motion: 'run',
  count: 8,
  seed: 1,
  give: 2,
  run: told(made(0)),
};

function aimWith(name: string, values: readonly number[]): Aim {
  const aim = AIMS.find((a) => a.name === name) as Aim;
  return { ...aim, tries: [{ name: 'fillMmHgPerS', values }] };
}

describe('plants like the identified one', () => {
  it('show its rates within 5 % and differ in what a run cannot tell', () => {
    const plants = alike(SEEN, 'thigh', 'run', 190, 1, 20);
    expect(plants.length).toBe(20);
    for (const { plant } of plants) {
      expect(Math.abs(riseAt(plant, SEEN.topMmHg) / SEEN.risePerS - 1)).toBeLessThan(0.051);
      expect(Math.abs(fallAt(plant, SEEN.topMmHg) / (SEEN.fallPerS ?? 0) - 1)).toBeLessThan(0.051);
      expect(plant.lopMmHg).toBe(190);
    }
    expect(new Set(plants.map(({ plant }) => plant.creepSlow)).size).toBe(20);
  });

  it('are the same for the same seed, others for another', () => {
    const draw = (seed: number): unknown => alike(SEEN, 'thigh', 'run', 190, seed, 3);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});

describe('a trial', () => {
  it('runs with a limited fill as told, holds the band, and gives the same in a thread as here', {
    timeout: 90_000,
  }, async () => {
    const tasks: Task[] = alike(SEEN, 'thigh', 'walk', 190, 3, 1).map((on) => ({
      on,
      motion: 'walk',
      sets: [{ ...SETTINGS, fillMmHgPerS: 10 }],
    }));
    const [here] = await runTasks(tasks, { jobs: 0 });
    const [there] = await runTasks(tasks, { jobs: 1 });
    expect(there).toEqual(here);
    expect(here?.[0]?.fillPerS).toBeLessThan(12);
    expect(here?.[0]?.move10).toBeGreaterThan(50);
    expect(here?.[0]?.trips).toBe(0);
  });
});

describe('a proposal', () => {
  it('for a gentle fill asks for one, with the gain on fresh plants, and changes nothing by itself', async () => {
    const before = { ...SETTINGS };
    const p = await propose(SEEN, SETTINGS, aimWith('gentle', [10]), OPTIONS);
    expect(SETTINGS).toEqual(before);
    expect(p.changes.map(({ name, from, to }) => [name, from, to])).toEqual([['fillMmHgPerS', 0, 10]]);
    expect(p.changes[0]?.why).toMatch(/less by .* ± .* on \d fresh plants/);
    const fill = (list: readonly { fillPerS: number }[]): number => Math.max(...list.map((f) => f.fillPerS));
    expect(fill(p.after)).toBeLessThan(12);
    expect(fill(p.before)).toBeGreaterThan(15);
  });

  it('is none where the band would pay for it with more than is given away, or a trip', async () => {
    const dear = await propose(SEEN, SETTINGS, aimWith('gentle', [10]), { ...OPTIONS, run: told(made(0.3)) });
    expect(dear.changes).toEqual([]);
    const cheap = await propose(SEEN, SETTINGS, aimWith('gentle', [10]), {
      ...OPTIONS,
      run: told(made(0.3)),
      give: 20,
    });
    expect(cheap.changes.length).toBe(1);
    const trips = await propose(SEEN, SETTINGS, aimWith('gentle', [10]), {
      ...OPTIONS,
      run: told((task) =>
        made(0)(task).map((f, i) => ({ ...f, trips: task.sets[i]?.fillMmHgPerS === 10 ? 1 : 0 })),
      ),
    });
    expect(trips.changes).toEqual([]);
  });

  it('is none when what looked best was luck: fresh plants do not confirm it', async () => {
    const chosen = new Set(alike(SEEN, 'thigh', 'run', 190, 1, 8).map(({ seed }) => seed));
    const p = await propose(SEEN, SETTINGS, aimWith('gentle', [10]), {
      ...OPTIONS,
      run: told((task) =>
        chosen.has(task.on.seed)
          ? made(0)(task)
          : made(0)(task).map((f) => ({ ...f, fillPerS: 20, fillS: 5 })),
      ),
    });
    expect(p.changes).toEqual([]);
    expect(p.kept).toMatch(/did not hold up on fresh plants/);
  });

  it('is none where nothing that is tried is better', async () => {
    const p = await propose(SEEN, { ...SETTINGS, fillMmHgPerS: 10 }, aimWith('gentle', [10, 60]), OPTIONS);
    expect(p.changes).toEqual([]);
    expect(p.kept).toMatch(/nothing tried/);
    expect(p.settings.fillMmHgPerS).toBe(10);
  });

  it('is none for a plant that no parts make', async () => {
    const p = await propose({ ...SEEN, risePerS: 900 }, SETTINGS, aimWith('gentle', [10]), OPTIONS);
    expect(p.changes).toEqual([]);
    expect(p.kept).toMatch(/only 0 plants like this one/);
    expect(p.settings).toBe(SETTINGS);
  });

  it('of supply and ceiling only tightens, and fits the settings table', () => {
    const seen = { ...SEEN, railMv: { idle: 3700, least: 3300 } };
    const base = { ...SETTINGS, minStartMv: 3300, minRailMv: 3000, lopSource: LOP_MEASURED };
    const changes = tightenings(seen, base);
    expect(changes.map(({ name, to }) => [name, to])).toEqual([
      ['minStartMv', 3500],
      ['maxMmHg', 160],
    ]);
    expect(tightenings({ ...SEEN, railMv: null }, { ...base, lopMmHg: 0 })).toEqual([]);
    // one that was entered or estimated may be anybody's
    for (const lopSource of [LOP_ENTERED, LOP_ESTIMATED])
      expect(tightenings({ ...SEEN, railMv: null }, { ...base, lopSource })).toEqual([]);
  });
});
