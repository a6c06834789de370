/** What the chart shows of a run: views, growing runs, what is read out. Drawing itself is tested in a browser. */
import { expect, test } from 'vitest';
import { packRun } from '../../sim/output/pack.ts';
import { LiveRun, runOf } from '../../sim/report/live-run.ts';
import { fitted, including, pinched, shifted, timeText, zoomed } from '../../sim/report/page/chart/view.ts';
import { ViewKeeper } from '../../sim/report/page/chart/view-keeper.ts';
import { decode, nearestRow, rowAt, timed, valueAt } from '../../sim/report/page-run.ts';
import { HEADER, sessionLike } from './synthetic.ts';

const log = sessionLike(2, 40, true);

test('a run that is unpacked and one that was appended block by block are the same', () => {
  const packed = decode(packRun(log));
  const live = new LiveRun({ tickMs: 40, lopMmHg: 190, hasTruth: true, phases: HEADER.phases, capacity: 16 });
  const { columns } = log;
  for (let at = 0; at < log.rows; at += 97) {
    const block = Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, column.subarray(at, at + 97)]),
    ) as unknown as typeof columns;
    live.append(block, Math.min(97, log.rows - at));
  }
  expect(live.rows).toBe(log.rows);
  for (const name of ['phase', 'step', 'trip', 'lamps', 'moving'] as const)
    expect(live[name]).toEqual(packed[name]);
  for (const name of ['pump', 'bleedMs', 'vent'] as const)
    expect(live[name].subarray(0, live.rows)).toEqual(packed[name].subarray(0, packed.rows));
  for (let row = 0; row < log.rows; row += 13) {
    expect(live.t[row]).toBe(packed.t[row]);
    expect(live.raw[row]).toBeCloseTo(packed.raw[row] as number, 1);
    expect(Number.isNaN(live.setpoint[row])).toBe(Number.isNaN(packed.setpoint[row]));
  }
});

test('a run that is cut back forgets the rows, pieces and events after the cut, and goes on from there', () => {
  const run = runOf(log);
  const cut = log.columns.phase.lastIndexOf(3);
  run.cutTo(cut);
  expect(run.rows).toBe(cut);
  expect(run.phase.every(([row]) => row < cut)).toBe(true);
  expect(run.events.some((event) => event.kind === 'trip')).toBe(false);
  expect(run.events.some((event) => event.kind === 'press')).toBe(true);
  const rest = Object.fromEntries(
    Object.entries(log.columns).map(([name, column]) => [name, column.subarray(cut)]),
  ) as unknown as typeof log.columns;
  run.append(rest, log.rows - cut);
  expect(run.phase).toEqual(runOf(log).phase);
});

test('a run that forgets its first rows keeps the pieces of those that stay', () => {
  const run = runOf(log);
  const whole = runOf(log);
  const count = log.columns.phase.indexOf(3) + 10;
  run.dropFirst(count);
  expect([run.rows, run.t[0], run.pump[5]]).toEqual([
    log.rows - count,
    whole.t[count],
    whole.pump[count + 5],
  ]);
  for (const row of [0, 1, 400, run.rows - 1])
    for (const name of ['phase', 'trip', 'lamps'] as const)
      expect(valueAt(run[name], row)).toBe(log.columns[name][row + count]);
  run.append(log.columns, 3);
  expect(run.rows).toBe(log.rows - count + 3);
});

test('rows are found by time, and pieces by the stretch that they touch', () => {
  const run = runOf(log);
  expect(rowAt(run, 4)).toBe(99);
  expect(rowAt(run, 1e9)).toBe(run.rows - 1);
  expect(nearestRow(run, 4.021)).toBe(100);
  expect(nearestRow(run, 4.019)).toBe(99);
  const at = timed(run, run.phase, 10, 30);
  expect(at.map((piece) => piece.value)).toEqual([2, 3]);
  expect(at[0]?.fromS).toBeLessThan(10);
  for (const row of [0, 500, run.rows - 1]) expect(valueAt(run.phase, row)).toBe(log.columns.phase[row]);
});

test('a view stays inside the run and is never narrower than some ticks', () => {
  expect(fitted({ fromS: -5, toS: 5 }, 100)).toEqual({ fromS: 0, toS: 10 });
  expect(fitted({ fromS: 95, toS: 105 }, 100)).toEqual({ fromS: 90, toS: 100 });
  expect(fitted({ fromS: -50, toS: 500 }, 100)).toEqual({ fromS: 0, toS: 100 });
  expect(fitted({ fromS: 50, toS: 50.01 }, 100).toS).toBeCloseTo(50.4);
  expect(shifted({ fromS: 10, toS: 20 }, 200, 100)).toEqual({ fromS: 90, toS: 100 });
});

test('a zoom leaves what is under the pointer where it is', () => {
  const near = zoomed({ fromS: 0, toS: 100 }, 0.5, 20, 100);
  expect((20 - near.fromS) / (near.toS - near.fromS)).toBeCloseTo(0.2);
  expect(near.toS - near.fromS).toBeCloseTo(50);
  expect(zoomed({ fromS: 0, toS: 100 }, 2, 20, 100)).toEqual({ fromS: 0, toS: 100 });
});

test('a pinch keeps both moments under the fingers, and fingers on one spot change nothing', () => {
  const view = pinched({ fromS: 0, toS: 100 }, [40, 60], [0.2, 0.8], 100);
  expect(view.fromS + 0.2 * (view.toS - view.fromS)).toBeCloseTo(40);
  expect(view.fromS + 0.8 * (view.toS - view.fromS)).toBeCloseTo(60);
  expect(pinched({ fromS: 3, toS: 9 }, [4, 5], [0.5, 0.501], 100)).toEqual({ fromS: 3, toS: 9 });
});

test('a cursor near the edge moves the view, one inside does not', () => {
  expect(including({ fromS: 10, toS: 20 }, 15, 100)).toEqual({ fromS: 10, toS: 20 });
  expect(including({ fromS: 10, toS: 20 }, 25, 100)).toEqual({ fromS: 16, toS: 26 });
  expect(including({ fromS: 10, toS: 20 }, 5, 100)).toEqual({ fromS: 4, toS: 14 });
});

test('the view grows with the run, follows its end, or stays where it was put', () => {
  const run = new LiveRun({ tickMs: 40, lopMmHg: 0, hasTruth: true, phases: HEADER.phases });
  const keeper = new ViewKeeper(() => run);
  keeper.live = true;
  run.append(log.columns, 1000);
  keeper.refresh();
  expect(keeper.view).toEqual({ fromS: 0, toS: 40 });
  keeper.show({ fromS: 30, toS: 40 });
  const more = Object.fromEntries(
    Object.entries(log.columns).map(([name, column]) => [name, column.subarray(1000)]),
  ) as unknown as typeof log.columns;
  run.append(more, 500);
  keeper.refresh();
  expect(keeper.view).toEqual({ fromS: 50, toS: 60 });
  keeper.show({ fromS: 5, toS: 10 });
  keeper.refresh();
  expect(keeper.view).toEqual({ fromS: 5, toS: 10 });
  expect(keeper.follow).toBe('fixed');
  keeper.goLive();
  expect(keeper.view).toEqual({ fromS: 55, toS: 60 });
  run.plannedS = 1200;
  keeper.showWhole();
  expect(keeper.view).toEqual({ fromS: 0, toS: 1200 });
});

test('a run that ends sooner than was planned leaves no view without rows', () => {
  const run = new LiveRun({ tickMs: 40, lopMmHg: 0, hasTruth: true, phases: HEADER.phases, plannedS: 1200 });
  run.append(log.columns, 1500);
  const keeper = new ViewKeeper(() => run);
  const shownAtEnd = (fromS: number, toS: number) => {
    run.plannedS = 1200;
    keeper.show({ fromS, toS });
    keeper.refresh();
    expect(keeper.view).toEqual({ fromS, toS });
    run.plannedS = 0;
    keeper.refresh();
    return keeper.view;
  };
  expect(shownAtEnd(1080, 1200)).toEqual({ fromS: 0, toS: 60 });
  expect(shownAtEnd(50, 80)).toEqual({ fromS: 30, toS: 60 });
  expect(shownAtEnd(20, 30)).toEqual({ fromS: 20, toS: 30 });
});

test('times read as minutes and seconds', () => {
  expect(timeText(125.256, true)).toBe('2:05.26');
  expect(timeText(125.9, false)).toBe('2:05');
});
