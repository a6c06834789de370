/** What a cuff has shown, as the run that the chart draws: rows by their count, gaps as gaps, nothing of another cuff. */
import { expect, test } from 'vitest';
import { valueAt } from '../../../sim/report/page-run.ts';
import { LiveRecord } from '../../../sim/studio/link/live-record.ts';
import { LIVE_ROWS } from '../../../src/link/live.ts';
import { PHASE_IDLE, PHASE_WORK } from '../../../src/phases.ts';
import type { LiveFrame, State } from '../../../tools/board/frames.ts';

const PERIOD_MS = 50;
const FRAME_MS = LIVE_ROWS * PERIOD_MS;
const ROW = { mmHg: 95, pump: 300, bleedMs: 0 };

function frame(base: number, span = LIVE_ROWS): LiveFrame {
  const rows = Array.from({ length: span }, () => ROW);
  return { base, setpoint: 95, phase: PHASE_WORK, step: 0, railMv: 3500, span, rows };
}

const AT_REST: State = {
  phase: PHASE_IDLE,
  step: -1,
  leftS: 0,
  setpoint: -1,
  mmHg: 0.5,
  trip: 0,
  inhibits: 0,
};

test('frames that follow each other are joined by their rows, whenever they arrive', () => {
  const record = new LiveRecord();
  record.frame(frame(LIVE_ROWS), 10_000, PERIOD_MS);
  record.frame(frame(2 * LIVE_ROWS), 10_000 + FRAME_MS + 300, PERIOD_MS);
  const { rows, t, raw, setpoint, pump, phase } = record.run;
  expect([rows, raw[20], setpoint[20], pump[20], valueAt(phase, 20)]).toEqual([
    2 * LIVE_ROWS,
    95,
    95,
    300,
    PHASE_WORK,
  ]);
  for (let row = 1; row < rows; row++)
    expect((t[row] as number) - (t[row - 1] as number)).toBeCloseTo(PERIOD_MS / 1000, 9);
});

test('what did not come breaks the line, and a longer time without anything is a gap', () => {
  const record = new LiveRecord();
  record.frame(frame(LIVE_ROWS), 10_000, PERIOD_MS);
  record.frame(frame(3 * LIVE_ROWS), 10_000 + 2 * FRAME_MS, PERIOD_MS);
  expect([record.run.rows, record.run.raw[LIVE_ROWS]]).toEqual([2 * LIVE_ROWS + 1, Number.NaN]);
  record.broken();
  record.state(AT_REST, 10_000 + 2 * FRAME_MS + 60_000);
  const { rows, t, gapS } = record.run;
  expect((t[rows - 1] as number) - (t[rows - 2] as number)).toBeGreaterThan(gapS);
});

test('frames of an older firmware are shorter: they are joined, and one that did not come is a gap', () => {
  const record = new LiveRecord();
  for (const base of [2040, 0, 8, 24]) record.frame(frame(base, 8), 10_000, PERIOD_MS);
  const { rows, raw } = record.run;
  expect([
    rows,
    [...raw.slice(0, rows)].map((mmHg, i) => (Number.isNaN(mmHg) ? i : -1)).filter((i) => i >= 0),
  ]).toEqual([33, [24]]);
});

test('a vented cuff has no aim, an open valve, and no lamps that anybody knows', () => {
  const record = new LiveRecord();
  record.state(AT_REST, 1000);
  record.state(AT_REST, 2000);
  const { t, raw, setpoint, vent } = record.run;
  expect([t[1], raw[1], setpoint[1], vent[1]]).toEqual([1, 0.5, Number.NaN, 1]);
});

test('another cuff begins an empty run; a very long one forgets its beginning', () => {
  const record = new LiveRecord();
  for (let k = 1; k <= 4600; k++) record.frame(frame((k * LIVE_ROWS) % 2048), 1000 + k * FRAME_MS, PERIOD_MS);
  expect(record.run.rows).toBeLessThanOrEqual(72_000);
  expect(record.run.rows).toBeGreaterThan(59_000);
  expect(record.run.t[0]).toBeGreaterThan(500);
  const before = record.run;
  record.clear();
  expect([record.run === before, record.run.rows]).toEqual([false, 0]);
});
