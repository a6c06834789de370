/** The run on the page is the run of the command line, and what is done to it while it goes on is repeated by its link. */
import { expect, test } from 'vitest';
import { simulate } from '../../sim/cli/run.ts';
import { resolveSpec } from '../../sim/setup/spec.ts';
import { explainTick } from '../../sim/studio/engine/explain.ts';
import { rowSum } from '../../sim/studio/engine/row-sum.ts';
import { Runner } from '../../sim/studio/engine/runner.ts';
import { FIRST_SPEC, fromWords, type TrySpec, toWords, upTo } from '../../sim/studio/engine/try-spec.ts';

function runOn(runner: Runner, ms: number): void {
  while (!runner.over && runner.nowMs < ms) runner.next();
}

test('the page runs what the command line runs, to the last bit', async () => {
  const runner = new Runner({ ...FIRST_SPEC, scenario: 'hose-off' }, 'test');
  runOn(runner, Number.POSITIVE_INFINITY);
  const cli = await simulate(
    resolveSpec({ scenario: 'hose-off', set: [], fault: [], seed: 1, level: 'core' }),
    'test',
    false,
  );
  expect(runner.log.rows).toBe(cli.log.rows);
  expect(runner.sum(runner.log.rows)).toBe(rowSum(cli.log, cli.log.rows));
});

test('each column of the record follows what it is named after', () => {
  const runner = new Runner(FIRST_SPEC, 'test');
  runOn(runner, 60_000);
  const { raw, p, p2, pump, lamps, setpoint, moving } = runner.log.columns;
  const last = runner.log.rows - 1;
  for (const column of [raw, p, p2, setpoint]) expect(column[last]).toBeGreaterThan(50);
  expect(Math.abs((raw[last] ?? 0) - (p2[last] ?? 0))).toBeLessThan(40);
  for (const column of [pump, lamps, moving])
    expect(Math.max(...column.subarray(0, last))).toBeGreaterThan(0);
});

test('presses, faults and movements that were given live are repeated by the spec with them', () => {
  const live = new Runner(FIRST_SPEC, 'test');
  runOn(live, 40_000);
  const event = live.event('cough');
  runOn(live, 60_000);
  expect(live.button(1, true)).toBeUndefined();
  runOn(live, 60_200);
  const first = live.button(1, false);
  runOn(live, 75_000);
  live.button(1, true);
  runOn(live, 75_150);
  const second = live.button(1, false);
  runOn(live, 110_000);
  const fault = live.fault('hose-off');
  runOn(live, 140_000);
  if (first === undefined || second === undefined) throw new Error('no press came of it');
  const spec: TrySpec = { ...FIRST_SPEC, press: [first, second], event: [event], fault: [fault] };
  const again = new Runner(fromWords(toWords(spec, null)).spec, 'test');
  runOn(again, 140_000);
  expect(again.log.rows).toBe(live.log.rows);
  expect(again.sum(again.log.rows)).toBe(live.sum(live.log.rows));
  const plain = new Runner(FIRST_SPEC, 'test');
  runOn(plain, 140_000);
  expect(plain.sum(plain.log.rows)).not.toBe(live.sum(live.log.rows));
  expect(live.log.columns.trip[live.log.rows - 1]).toBeGreaterThan(0);
});

test('a fault of the spec is told once, when its time has come', () => {
  const runner = new Runner({ ...FIRST_SPEC, fault: ['hose-off@40', 'leak@20:400'] }, 'test');
  const told: string[] = [];
  for (const ms of [10_000, 30_000, 35_000, 60_000]) {
    runOn(runner, ms);
    const faults = runner.take().events.filter(({ kind }) => kind === 'fault');
    told.push(faults.map(({ tMs, text }) => `${tMs} ${text}`).join());
  }
  expect(told).toEqual(['', '20000 leak: 400 mmHg/min at 150 mmHg', '', '40000 hose-off']);
});

test('a link holds everything, stays short, and one that is no run is refused with the reason', () => {
  const spec: TrySpec = {
    scenario: 'run',
    plant: 'sampled:7',
    protocol: 'run-6x3',
    motion: 'walk',
    seed: 42,
    set: ['maxMmHg=150', 'savePercent=20'],
    fault: ['hose-off@62', 'leak@30.5:400~80'],
    press: [{ button: 1, atMs: 75_000, forMs: 200 }],
    event: [{ kind: 'strap-slip', atMs: 90_000 }],
  };
  const words = toWords(spec, { rows: 1234, sum: '0123abcd' });
  expect(fromWords(words)).toEqual({ spec, proof: { rows: 1234, sum: '0123abcd' } });
  expect(words.length).toBeLessThan(300);
  for (const [bad, why] of [
    ['scenario=nothing', 'no such scenario'],
    ['set=maxMmHg=900', 'maxMmHg'],
    ['fault=hose@1', 'no fault'],
    ['press=7@1:1', 'whole number'],
    ['event=sneeze@1', 'sneeze'],
    ['seed=-1', 'whole number'],
    ['plant=mine.json', 'no such plant'],
  ] as const)
    expect(() => fromWords(bad), bad).toThrow(why);
});

test('what happens after a moment is left out of a run that goes on from there', () => {
  const spec = {
    ...FIRST_SPEC,
    fault: ['leak@10:400', 'hose-off@62'],
    press: [{ button: 1, atMs: 70_000, forMs: 1 }],
  };
  expect(upTo(spec, 62_000)).toEqual({ ...spec, fault: ['leak@10:400'], press: [] });
});

test('a tick is explained by what the core held: phase, cap, proposal, gate, and a trip with its next step', () => {
  const runner = new Runner({ ...FIRST_SPEC, set: ['maxMmHg=100'], fault: ['hose-off@90'] }, 'test');
  runOn(runner, 80_000);
  const textOf = (what: string) =>
    explainTick(runner.core.core).find((line) => line.what.startsWith(what))?.text;
  expect(textOf('Session')).toContain('work');
  expect(textOf('Setpoint')).toMatch(/9\d\.\d mmHg.*At most 100\.0 mmHg are allowed: your maxMmHg caps/);
  expect(textOf('Regulator')).toContain('It proposes');
  expect(textOf('Gate')).toContain('Sent: ');
  expect(textOf('Trip')).toBeUndefined();
  runOn(runner, 110_000);
  expect(textOf('Trip')).toMatch(/\w+\. .+/);
  expect(textOf('Gate')).toContain('a trip is latched');
});

test('the words of a phase name a target only where pressure is held, not where it is let out', () => {
  const runner = new Runner({ ...FIRST_SPEC, protocol: 'run-5x3' }, 'test');
  runOn(runner, 360_000);
  const phases = runner
    .take()
    .events.filter(({ kind }) => kind === 'phase')
    .map(({ text }) => text);
  const aims = phases.filter((text) => / to \d+ mmHg$/.test(text));
  expect(phases).toContainEqual(expect.stringMatching(/^released/));
  expect(aims).toContainEqual(expect.stringMatching(/^work/));
  for (const text of aims) expect(text).toMatch(/^(fill|work|rest)\b/);
});
