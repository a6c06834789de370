/** The wizard on simulated builds: each hidden fault is found, by the step that is meant for it, and healthy builds pass. */
import { describe, expect, it } from 'vitest';
import { drawnBuilds } from '../../sim/commission/drawn-builds.ts';
import { HEALTHY, HIDDEN_FAULTS } from '../../sim/commission/hidden.ts';
import { HEAT_S, LINE_IDS, type LineId, lineOf } from '../../sim/commission/lines.ts';
import { keptReport, recordOf } from '../../sim/commission/record.ts';
import { SimulatedBench } from '../../sim/commission/simulated.ts';
import { BUILD_KINDS } from '../../sim/commission/supplies.ts';
import { commissionBuild, type Report } from '../../sim/commission/wizard.ts';
import { LATE_MS } from '../../src/limits.ts';
import { isCommissioned } from '../../src/session/commissioned.ts';
import { paceOfAnswer } from '../../tools/cuff/words.ts';

const PARTS = { version: '0.1.0', board: 'jolt', sensor: 'mprls' };

const failed = (report: Report): LineId[] =>
  report.lines.filter((line) => !line.passed && !Number.isNaN(line.value)).map((line) => line.id);
const unmeasured = (report: Report): LineId[] =>
  report.lines.filter((line) => Number.isNaN(line.value)).map((line) => line.id);

/** What tells each of them; `~` = by not being measurable. */
const TOLD_BY: Readonly<Record<string, string>> = {
  leak: 'leak',
  'fixed bleed': 'leak',
  'pump on its inlet': '~stop',
  'valve on the wrong port': 'open-unpowered',
  'valve that does not pull in hot': '~hot-hold',
  'hot valve that needs a full battery, and gets one': 'hot-rail',
  'blocked sense line': '~rise',
  'wrong sensor range': 'gauge',
  'sensor 5 % off': 'gauge',
  'no relief valve': 'relief-crack',
  'late relief valve': 'relief-crack',
  'relief valve too small': 'relief-full',
  'weak battery': 'rail-least',
  'swapped outputs': 'pump-alone',
  'missing pull-down': 'enables-floating',
  'dead watchdog': 'watchdog',
  'dead lease': '~dead-man',
  'slow board': 'tick-longest',
};

describe('a hidden fault', () => {
  it.each(Object.keys(HIDDEN_FAULTS))('%s is found', async (name) => {
    const bench = new SimulatedBench(HIDDEN_FAULTS[name] ?? HEALTHY, 7);
    const report = await commissionBuild(bench);
    expect(report.passed).toBe(false);
    const told = TOLD_BY[name] ?? '';
    if (told.startsWith('~')) expect(unmeasured(report)[0]).toBe(told.slice(1));
    else expect(failed(report)).toContain(told);
    expect(bench.said.join('\n')).toMatch(/FAILED[\s\S]*Look at: /);
    expect(isCommissioned(recordOf(report, 1_790_000_000, PARTS))).toBe(false);
  });
});

it.each([
  ['missing pull-down', /^a pull-down is missing/],
  ['swapped outputs', /on each other’s outputs/],
  ['pump on its inlet', /^not measured: it did not fill. The hose is on the pump’s inlet/],
] as const)('%s: the first thing to look at is its cause', async (name, look) => {
  const bench = new SimulatedBench(HIDDEN_FAULTS[name] ?? HEALTHY, 7);
  await commissionBuild(bench);
  expect(/Look at: (.*)/.exec(bench.said.join('\n'))?.[1]).toMatch(look);
});

it.each(['no relief valve', 'late relief valve'])('%s: the pump is not set on it', async (name) => {
  const bench = new SimulatedBench(HIDDEN_FAULTS[name] ?? HEALTHY, 7);
  const report = await commissionBuild(bench);
  expect(bench.asked).toContain('relief-crack');
  expect(bench.asked).not.toContain('relief-full');
  expect(report.passed).toBe(false);
});

describe('the battery of the hot run', () => {
  const build = HIDDEN_FAULTS['hot valve that needs a full battery, and gets one'] ?? HEALTHY;

  it('is looked at in the run itself too: nothing else tells this valve', async () => {
    const bench = new SimulatedBench(build, 7);
    bench.lowestRail = () => Promise.resolve(bench.minStartMv);
    const report = await commissionBuild(bench);
    expect([failed(report), report.lines.find(({ id }) => id === 'hot-hold')?.passed]).toEqual([
      ['hot-rail'],
      true,
    ]);
  });

  it('at its lowest it shows that the valve lets go', async () => {
    const report = await commissionBuild(new SimulatedBench({ ...build, neverLow: false }, 7));
    expect([failed(report), unmeasured(report)[0]]).toEqual([[], 'hot-hold']);
  });

  it('that nobody has measured ends the step before the heating', async () => {
    const bench = new SimulatedBench(HEALTHY, 7);
    bench.lowestRail = () => Promise.resolve(Number.NaN);
    const report = await commissionBuild(bench);
    expect([report.passed, unmeasured(report).slice(0, 3)]).toEqual([
      false,
      ['hot-rail', 'hot-coil', 'hot-hold'],
    ]);
  });
});

describe('the ticks of the board', () => {
  it.each<[LineId, number, boolean]>([
    ['tick-longest', 0, true],
    ['tick-longest', 145, true],
    ['tick-longest', 146, false],
    ['tick-longest', Number.NaN, false],
    ['tick-mean', LATE_MS, true],
    ['tick-mean', LATE_MS + 1, false],
  ])('%s of %s ms: passed %s', (id, ms, passed) => {
    expect(lineOf(id, ms).passed).toBe(passed);
  });

  it('that would make an overrun with one collection of memory are refused, with what was measured, what is allowed, what next', async () => {
    const bench = new SimulatedBench(HIDDEN_FAULTS['slow board'] ?? HEALTHY, 7);
    const report = await commissionBuild(bench);
    expect([report.passed, failed(report)]).toEqual([false, ['tick-longest']]);
    expect(bench.said.join('\n')).toMatch(
      /FAILED longest time between two ticks.*: \d{3} ms \(allowed 0 to 145 ms\)\n +Look at: this board is too slow/,
    );
  });

  it('longer than the period in the mean are noted, and pass', async () => {
    const slower = new SimulatedBench({ ...HEALTHY, slowness: 1.15 }, 7);
    expect((await commissionBuild(slower)).passed).toBe(true);
    const note = /Note: a tick takes \d\d ms in the mean, and the period is 50/;
    expect(slower.said.join('\n')).toMatch(note);
    const good = new SimulatedBench({ ...HEALTHY, slowness: 0.7 }, 7);
    await commissionBuild(good);
    expect(good.said.join('\n')).not.toMatch(note);
  });

  it('are not taken for fast where the firmware does not tell of them', () => {
    expect(lineOf('tick-longest', paceOfAnswer('40,55,3').longestMs).passed).toBe(false);
  });
});

it('a coil that was not heated proves nothing: the hot run is not made, and nothing has passed', async () => {
  const bench = new SimulatedBench(HEALTHY, 7);
  bench.heat = () => Promise.resolve(HEAT_S - 1);
  const report = await commissionBuild(bench);
  expect([failed(report), unmeasured(report)[0], report.passed]).toEqual([['hot-coil'], 'hot-hold', false]);
});

describe('a healthy build', () => {
  it('passes every line, in the order in which each step makes the next one safe', async () => {
    const bench = new SimulatedBench(HEALTHY, 7);
    const report = await commissionBuild(bench);
    expect([failed(report), unmeasured(report), report.passed]).toEqual([[], [], true]);
    expect(bench.asked.slice(0, 4)).toEqual(['no-limb', 'open-unpowered', 'pump-moves', 'valve-moves']);
    const text = recordOf(report, 1_790_000_000, PARTS);
    expect(isCommissioned(text)).toBe(true);
    expect(keptReport(text)).toMatchObject({ passed: true, dateS: 1_790_000_000, version: '0.1.0' });
    expect(Object.keys(keptReport(text)?.values ?? {})).toEqual([...LINE_IDS]);
  });

  /** Ten of each: `npm run bench:builds`. */
  it.each(BUILD_KINDS)('3 of 3 sampled ones of build $name pass', async (kind) => {
    expect(await drawnBuilds(kind, 2026, 3)).toEqual([]);
  });
});

it('a pump that gives up before the relief valve opens is a good one, and a missing valve is found beside it', async () => {
  const plant = { ...HEALTHY.plant, pumpShutOff: 270 };
  const report = await commissionBuild(new SimulatedBench({ ...HEALTHY, plant }, 7));
  const full = report.lines.find((line) => line.id === 'relief-full')?.value ?? 0;
  expect([full > 200 && full < 280, failed(report), report.passed]).toEqual([true, [], true]);
  const none = await commissionBuild(
    new SimulatedBench({ ...HEALTHY, plant: { ...plant, relief: null } }, 7),
  );
  expect([none.passed, failed(none)]).toEqual([false, ['relief-crack']]);
});

describe('after a change of one part', () => {
  it('only its lines are measured, and the others are taken from the report that the device has', async () => {
    const first = await commissionBuild(new SimulatedBench(HEALTHY, 7));
    const before = keptReport(recordOf(first, 1, PARTS))?.values ?? {};
    const bench = new SimulatedBench(HEALTHY, 8);
    const report = await commissionBuild(bench, 'sensor', () =>
      Promise.resolve({ values: before, changed: [] }),
    );
    expect(report.passed).toBe(true);
    expect(bench.asked).toEqual(['no-limb', 'gauge']);
  });
  it('what has changed besides, and was not told, is measured too', async () => {
    const bench = new SimulatedBench(HEALTHY, 8);
    const report = await commissionBuild(bench, 'relief', () =>
      Promise.resolve({ values: {}, changed: ['sensor'] }),
    );
    expect(bench.asked).toEqual(['no-limb', 'relief-crack', 'relief-full', 'gauge']);
    expect(report.lines.find(({ id }) => id === 'gauge')?.passed).toBe(true);
  });
  it('without such a report it has not passed', async () => {
    const report = await commissionBuild(new SimulatedBench(HEALTHY, 8), 'sensor');
    expect([report.passed, unmeasured(report).includes('vent')]).toEqual([false, true]);
  });
});

it('a cuff on a limb ends it before anything is measured', async () => {
  const bench = new SimulatedBench(HEALTHY, 7);
  bench.yes = () => Promise.resolve(false);
  const report = await commissionBuild(bench);
  expect([report.passed, unmeasured(report).length]).toEqual([false, LINE_IDS.length]);
});
