/** The search for the worst session: what a worker finds is judged, in the page; what is found is what happened, in the worker. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HuntAnswer, HuntAsked } from '../../sim/studio/engine/messages.ts';
import { Runner } from '../../sim/studio/engine/runner.ts';
import { FIRST_SPEC, specOf, type TrySpec } from '../../sim/studio/engine/try-spec.ts';
import { MOST_SESSIONS } from '../../sim/studio/screens/try/hunt.ts';
import { search, startSearch, stopSearch } from '../../sim/studio/screens/try/hunt-search.ts';
import { TICK_MS } from '../../src/limits.ts';

/** A worker that is asked, and answers when the test does. */
class FakeWorker {
  static last: FakeWorker;
  readonly asked: HuntAsked[] = [];
  ended = false;
  onmessage: (message: { data: HuntAnswer }) => void = () => undefined;

  constructor() {
    FakeWorker.last = this;
  }

  postMessage(asked: HuntAsked): void {
    this.asked.push(asked);
  }

  terminate(): void {
    this.ended = true;
  }

  answer(aboveS: number, peakMmHg: number): void {
    const { id, spec } = this.asked[this.asked.length - 1] as HuntAsked;
    const found = { spec, rows: 1, sum: '', aboveS, peakMmHg, lopMmHg: 190, trip: '' };
    this.onmessage({ data: { kind: 'hunted', id, found } });
  }
}

beforeEach(() => {
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('requestIdleCallback', (work: () => void) => work());
});
afterEach(() => {
  stopSearch();
  vi.unstubAllGlobals();
});

test('the worst so far is shown, whatever comes after it, and the session without faults is none of them', () => {
  startSearch(FIRST_SPEC);
  const worker = FakeWorker.last;
  worker.answer(99, 299);
  expect(search.value).toMatchObject({ done: 0, healthy: { aboveS: 99 }, worst: null });
  const worst: [number, number][] = [];
  for (const [aboveS, peak] of [
    [1, 200],
    [3, 180],
    [2, 290],
    [3, 185],
  ] as const) {
    worker.answer(aboveS, peak);
    const now = search.value?.worst;
    worst.push([now?.aboveS ?? -1, now?.peakMmHg ?? -1]);
  }
  expect(worst).toEqual([
    [1, 200],
    [3, 180],
    [3, 180],
    [3, 185],
  ]);
  expect(search.value?.worst?.spec).toEqual(worker.asked[4]?.spec);
});

test('it ends by itself after the last session', () => {
  startSearch(FIRST_SPEC);
  const worker = FakeWorker.last;
  for (let i = 0; i <= MOST_SESSIONS; i++) worker.answer(0, 100);
  expect([worker.asked.length, worker.ended]).toEqual([MOST_SESSIONS + 1, true]);
  expect(search.value).toMatchObject({ done: MOST_SESSIONS, isOn: false });
});

/** Blows to the cuff, one after the other: the only thing here that lifts it above the occlusion pressure. */
const BLOWS = Array.from({ length: 8 }, (_, i) => ({ kind: 'bump', atMs: 60_000 + 50 * i }) as const);
const HARD: TrySpec = { ...FIRST_SPEC, protocol: 'intro', seed: 3, event: BLOWS };

test('what a worker finds is the longest time above the occlusion pressure and the highest pressure of its rows', async () => {
  const said: HuntAnswer[] = [];
  vi.stubGlobal('self', { postMessage: (message: HuntAnswer) => said.push(message) });
  const { huntOrder } = await import('../../sim/studio/engine/hunt-orders.ts');
  huntOrder({ kind: 'hunt', id: 7, spec: HARD });
  const runner = new Runner(HARD, 'test');
  while (!runner.over) runner.next();
  const { p2 } = runner.log.columns;
  const { lopMmHg } = specOf(HARD).chosen.plant;
  let peak = 0;
  let ticks = 0;
  let longest = 0;
  for (let row = 0; row < runner.log.rows; row++) {
    const mmHg = p2[row] as number;
    peak = Math.max(peak, mmHg);
    ticks = mmHg > lopMmHg ? ticks + 1 : 0;
    longest = Math.max(longest, ticks);
  }
  const { id, found } = said[0] as HuntAnswer;
  expect([id, found.rows, found.lopMmHg, found.spec]).toEqual([7, runner.log.rows, lopMmHg, HARD]);
  expect(longest).toBeGreaterThan(2);
  expect(found.aboveS).toBeCloseTo((longest * TICK_MS) / 1000, 1);
  expect(found.peakMmHg).toBeCloseTo(peak, 3);
});
