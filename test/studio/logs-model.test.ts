/** Several logs at once, each with its own progress; and what of a replay is told first. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Difference } from '../../sim/log/replay.ts';
import type { FromLogs } from '../../sim/studio/screens/logs/messages.ts';
import { busy, openFile, underWay } from '../../sim/studio/screens/logs/model.ts';
import { weighed } from '../../sim/studio/screens/logs/replay-order.ts';

let answer: (message: FromLogs) => void = () => {};

class FakeWorker {
  set onmessage(heard: (event: { data: FromLogs }) => void) {
    answer = (data) => heard({ data });
  }

  postMessage(): void {}
}

beforeAll(() => vi.stubGlobal('Worker', FakeWorker));
afterAll(() => vi.unstubAllGlobals());

test('the end of one file does not end the progress of another', async () => {
  await Promise.all([openFile(new File(['one'], 'one.json')), openFile(new File(['two'], 'two.json'))]);
  const [one, two] = underWay.value;
  if (one === undefined || two === undefined) throw new Error('two files are under way');
  answer({ kind: 'progress', id: two.id, share: 0.5 });
  answer({ kind: 'failed', id: one.id, problems: ['is no log'] });
  expect(busy.value).toEqual({ id: two.id, what: 'Looking into two.json', share: 0.5 });
  answer({ kind: 'failed', id: two.id, problems: ['is no log'] });
  expect(busy.value).toBeNull();
});

test('what is vented otherwise is told apart from pulses of another size', () => {
  const of = (tick: number, field: Difference['field']): Difference => ({
    tick,
    field,
    tMs: tick * 50,
    recorded: 'shut',
    today: 'vented',
  });
  const { vents, pulses } = weighed([of(1, 'pump'), of(2, 'valve'), of(3, 'bleed')]);
  expect([vents.map(({ tick }) => tick), pulses.map(({ tick }) => tick)]).toEqual([[2], [1, 3]]);
});
