import { expect, test } from 'vitest';
import { fromCsv, toCsv } from '../../sim/report/csv.ts';
import { appendRow, COLUMN_NAMES, createLog, logOf } from '../../sim/report/run-log.ts';
import { HEADER, runOf, sessionLike, view } from './synthetic.ts';

test('what is written is read back, pressures to 0.001 mmHg', () => {
  const log = sessionLike(2, 20, true);
  const back = fromCsv(toCsv(log), HEADER);
  expect(back.rows).toBe(log.rows);
  for (const name of COLUMN_NAMES) {
    const off = log.columns[name].map((was, row) => Math.abs(was - (back.columns[name][row] ?? Number.NaN)));
    expect(Math.max(...off), name).toBeLessThanOrEqual(0.0005);
  }
});

test('every column has the value that the view or the plant gave, and none stays empty', () => {
  const log = createLog(HEADER);
  const shown = view({ measuredMmHg: 101.5, filteredMmHg: 99.25, setpoint: 95, pump: 300, bleedMs: 7 });
  appendRow(
    log,
    40,
    { ...shown, vent: 0, phase: 3, step: 2, trip: 9, lamps: 5 },
    { p2: 102, p1: 103, moving: true },
  );
  const row = Object.fromEntries(COLUMN_NAMES.map((name) => [name, log.columns[name][0]]));
  expect(row).toEqual({
    tMs: 40,
    p2: 102,
    p1: 103,
    raw: 101.5,
    p: 99.25,
    setpoint: 95,
    pump: 300,
    bleedMs: 7,
    vent: 0,
    phase: 3,
    step: 2,
    trip: 9,
    lamps: 5,
    moving: 1,
  });
});

test('vented and not yet measured are empty cells, and come back as -1 and NaN', () => {
  const log = runOf([{ seconds: 0.04, phase: 0, step: -1, setpoint: -1, pressure: () => 0 }]);
  log.columns.raw[0] = Number.NaN;
  const text = toCsv(log);
  expect(text.split('\n')[1]).toBe('40,0,0,,0,,0,0,1,0,-1,0,0,0,idle');
  const back = fromCsv(text, HEADER);
  expect(back.columns.setpoint[0]).toBe(-1);
  expect(back.columns.raw[0]).toBeNaN();
});

test('a foreign head, a missing cell and a word for a number are refused with their line', () => {
  const text = toCsv(sessionLike(1, 1, false));
  expect(() => fromCsv(text.replace('t_ms', 'time'), HEADER)).toThrow(/line 1: the head must be/);
  const lines = text.split('\n');
  const cut = [...lines];
  cut[3] = (cut[3] ?? '').replace(/,[^,]*$/, '');
  expect(() => fromCsv(cut.join('\n'), HEADER)).toThrow(/line 4: 14 cells, needed 15/);
  const wrong = [...lines];
  wrong[5] = (wrong[5] ?? '').replace(/^\d+,[^,]*/, '200,much');
  expect(() => fromCsv(wrong.join('\n'), HEADER)).toThrow(/line 6, true_cuff_mmhg: "much" is no number/);
});

test('columns of different lengths are no log', () => {
  const log = sessionLike(1, 1, false);
  const columns = { ...log.columns, p2: new Float64Array(3) };
  expect(() => logOf(HEADER, columns, [])).toThrow(/column p2 has 3 rows/);
});
