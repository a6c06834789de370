/** What the screen "Try" knows: the first minute, its address, its link, the riddle, and where a run begins and ends on the chart. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { fields } from '../../sim/report/page/chart/readout.ts';
import type { FromRunner, ToRunner } from '../../sim/studio/engine/messages.ts';
import { Runner } from '../../sim/studio/engine/runner.ts';
import { FIRST_SPEC } from '../../sim/studio/engine/try-spec.ts';
import { askedIn, type Deed, stepDue } from '../../sim/studio/screens/try/first-steps.ts';
import { liveView } from '../../sim/studio/screens/try/live-view.ts';
import * as model from '../../sim/studio/screens/try/model.ts';
import { withoutRule } from '../../sim/studio/screens/try/roulette.ts';
import { breakNow, forkAt, turnKnob } from '../../sim/studio/screens/try/run-actions.ts';
import { keepInAddress, parseAddress, route } from '../../sim/studio/shell/route.ts';
import { PHASE_IDLE, PHASE_WORK } from '../../src/phases.ts';

/** The worker of the page; what it is told is kept. */
class FakeWorker {
  static last: FakeWorker | undefined;
  readonly told: ToRunner[] = [];
  onmessage: ((event: { data: FromRunner }) => void) | null = null;

  constructor() {
    FakeWorker.last = this;
  }

  postMessage(message: ToRunner): void {
    this.told.push(message);
  }
}

const HOME = 'http://studio.test/';
let clipboard = '';
let address = '';

function worker(): FakeWorker {
  if (FakeWorker.last === undefined) throw new Error('no worker was started');
  return FakeWorker.last;
}

function idOfRun(): number {
  const start = worker().told.findLast((message) => message.kind === 'start');
  return start?.kind === 'start' ? start.id : 0;
}

/** What the worker says of the run that is shown, up to `toMs`. */
function rowsUpTo(toMs: number): void {
  const runner = new Runner(model.spec.value, 'test');
  while (!runner.over && runner.nowMs < toMs) runner.next();
  const { block, rows, events } = runner.take();
  worker().onmessage?.({ data: { kind: 'rows', id: idOfRun(), block, rows, events, face: runner.face() } });
}

function overNow(): void {
  const end = { sum: '0123abcd', rows: 100, notStarted: [], figures: [], workedMs: 1 };
  worker().onmessage?.({ data: { kind: 'over', id: idOfRun(), ...end } });
}

beforeAll(() => {
  vi.useFakeTimers();
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('location', {
    get href() {
      return `${HOME}${address}`;
    },
  });
  vi.stubGlobal('history', {
    replaceState: (_state: unknown, _title: string, hash: string) => {
      address = hash;
    },
  });
  vi.stubGlobal('navigator', {
    clipboard: {
      writeText: (text: string) => {
        clipboard = text;
        return Promise.resolve();
      },
    },
  });
  model.open();
});
afterAll(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
beforeEach(() => {
  address = '';
  clipboard = '';
  route.value = { screen: '', rest: '' };
  model.deeds.value = new Set();
  model.nextDeed.value = '';
  model.begin(FIRST_SPEC, { fastToMs: 0, pace: 10, playing: true });
});

describe('the first minute', () => {
  const due = (...deeds: Deed[]) => stepDue(new Set(deeds))?.deed;

  test('asks for the hose only when the cuff holds, and goes on only when a rule has tripped', () => {
    expect([due(), due('press'), due('press', 'fault'), due('press', 'fault', 'trip')]).toEqual([
      'press',
      'trip',
      'trip',
      'knob',
    ]);
    const hose = stepDue(new Set<Deed>(['press']));
    expect([askedIn(hose, PHASE_IDLE), askedIn(hose, PHASE_WORK), askedIn(undefined, PHASE_WORK)]).toEqual([
      'press',
      'fault',
      '',
    ]);
  });

  test('a hose that comes off an empty cuff is no trip; one that comes off a cuff that holds is', () => {
    breakNow('hose-off');
    rowsUpTo(500);
    expect(model.deeds.value).toEqual(new Set(['fault']));
    model.begin({ ...FIRST_SPEC, fault: ['hose-off@60'] }, { fastToMs: 0, pace: 10, playing: true });
    rowsUpTo(90_000);
    expect(model.deeds.value).toEqual(new Set(['fault', 'trip']));
  });

  test('the knob redraws a whole session, without what was done to the run before', () => {
    const done = { ...FIRST_SPEC, fault: ['hose-off@62'], press: [{ button: 1, atMs: 9000, forMs: 200 }] };
    model.begin(done, { fastToMs: 0, pace: 10, playing: true });
    model.nextDeed.value = 'knob';
    turnKnob('maxMmHg', 120);
    vi.advanceTimersByTime(100);
    expect(model.spec.value).toEqual({ ...FIRST_SPEC, set: ['maxMmHg=120'] });
    model.nextDeed.value = '';
    model.begin(done, { fastToMs: 0, pace: 10, playing: true });
    turnKnob('maxMmHg', 120);
    vi.advanceTimersByTime(100);
    expect(model.spec.value).toEqual({ ...done, set: ['maxMmHg=120'] });
  });
});

describe('the address', () => {
  test('names the screen, also where the page was opened without one', () => {
    keepInAddress('try', 'seed=4');
    expect(parseAddress(address)).toEqual({ screen: 'try', rest: 'seed=4' });
    route.value = { screen: 'tune', rest: '' };
    keepInAddress('try', 'x');
    expect(address).toBe('#/tune?x');
  });

  test('is taken up with the name of the screen or with none, and not on another screen', () => {
    for (const [screen, seed] of [
      ['try', 11],
      ['', 12],
    ] as const) {
      route.value = { screen, rest: `scenario=hose-off&seed=${seed}` };
      expect([model.openAddress(), model.spec.value.seed]).toEqual([true, seed]);
    }
    route.value = { screen: 'learn', rest: 'scenario=hose-off&seed=13' };
    expect([model.openAddress(), model.spec.value.seed]).toEqual([false, 12]);
  });
});

describe('the link', () => {
  test('is on the clipboard when its sum has come, however long that takes, and says so', async () => {
    model.askForLink();
    await vi.advanceTimersByTimeAsync(5000);
    expect([clipboard, model.copied.value]).toEqual(['', false]);
    worker().onmessage?.({ data: { kind: 'sum', id: idOfRun(), rows: 77, sum: '0123abcd' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(clipboard).toBe(`${HOME}#/try?scenario=run&seed=1&proof=77:0123abcd`);
    expect([model.link.value, model.copied.value]).toEqual([clipboard, true]);
  });

  test('is not given while a fault is to be guessed', () => {
    const riddle = { ...FIRST_SPEC, fault: ['hose-off@62'] };
    model.begin(riddle, { fastToMs: 0, pace: 'most', playing: true, secret: true });
    overNow();
    model.askForLink();
    expect([model.link.value, address]).toEqual(['', '']);
    model.reveal();
    model.askForLink();
    expect(model.link.value).toContain('hose-off');
  });
});

test('while a fault is to be guessed, neither the explanation nor the cursor names the rule', () => {
  model.begin({ ...FIRST_SPEC, fault: ['hose-off@60'] }, { fastToMs: 0, pace: 10, playing: true });
  rowsUpTo(90_000);
  const run = model.theRun();
  const trip = (tells: boolean) => new Map(fields(run, run.rows - 1, tells)).get('Trip');
  expect([trip(true), trip(false)]).toEqual([expect.stringMatching(/^\d+$/), 'yes']);
  const lines = [
    { what: 'Trip: hose-lost', text: 'the hose is off' },
    { what: 'Gate', text: 'vents' },
  ];
  expect(JSON.stringify(withoutRule(lines))).not.toMatch(/hose/);
  expect(withoutRule(lines)[1]).toEqual(lines[1]);
});

test('a zero is read out without a sign', () => {
  const run = model.theRun();
  run.p2[0] = -0.01;
  run.rows = Math.max(1, run.rows);
  expect(new Map(fields(run, 0, true)).get('True')).toBe('0.0');
});

test('a run that goes on from a moment is shown around it', () => {
  rowsUpTo(90_000);
  forkAt(model.theRun().rows - 1);
  const atS = model.watchedFromS.value;
  expect(atS).toBeGreaterThan(85);
  const { fromS, toS } = liveView(atS);
  expect([atS - fromS, toS - fromS]).toEqual([60, 120]);
  expect(liveView(0)).toEqual({ fromS: 0, toS: 120 });
});

test('what was planned has its place on the chart only as long as it may still come', () => {
  expect(model.theRun().plannedS).toBeGreaterThan(600);
  overNow();
  expect(model.theRun().plannedS).toBe(0);
});
