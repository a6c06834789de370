import { expect, test } from 'vitest';
import { findFills } from '../../sim/report/fills.ts';
import { metricsOf } from '../../sim/report/metrics.ts';
import { addEvent } from '../../sim/report/run-log.ts';
import { HEADER, runOf, sessionLike } from './synthetic.ts';

const vented = { phase: 0, step: -1, setpoint: -1 };
const held = { phase: 3, step: 0, setpoint: 100 };

test('time in band counts from 97 % of the goal on: 3 of 4 s within 10 %, 2 of 4 within 5 %', () => {
  const log = runOf([
    { ...vented, seconds: 1, pressure: () => 0 },
    { ...held, seconds: 2, pressure: (s) => 48 * s },
    { ...held, seconds: 2, pressure: () => 104, moving: true },
    { ...held, seconds: 1, pressure: () => 91, moving: true },
    { ...held, seconds: 1, pressure: () => 89, moving: true },
  ]);
  const m = metricsOf(log);
  expect(m.moving.seconds).toBeCloseTo(4, 9);
  expect(m.moving.within10).toBeCloseTo(3 / 4, 9);
  expect(m.moving.within5).toBeCloseTo(2 / 4, 9);
  expect(m.still.within5).toBeNull();
});

test('10 points of LOP are 19 mmHg at a LOP of 190: 118 is inside, 120 is not', () => {
  const level = (mmHg: number) =>
    metricsOf(
      runOf([
        { ...held, seconds: 1, pressure: () => 100 },
        { ...held, seconds: 1, pressure: () => mmHg },
      ]),
    ).still.withinPoints;
  expect(level(118)).toBe(1);
  expect(level(120)).toBeCloseTo(1 / 2, 9);
});

test('mean error is signed and rms is not: half a second at +4, half at -2', () => {
  const m = metricsOf(
    runOf([
      { ...held, seconds: 0.04, pressure: () => 100 },
      { ...held, seconds: 1, pressure: () => 104 },
      { ...held, seconds: 1, pressure: () => 98 },
    ]),
  );
  // 51 ticks: the first ends the fill, counts, and is right on the setpoint
  expect(m.meanErrorMmHg).toBeCloseTo((25 * 4 - 25 * 2) / 51, 9);
  expect(m.rmsErrorMmHg).toBeCloseTo(Math.sqrt((25 * 16 + 25 * 4) / 51), 9);
});

test('a fill is timed to 97 % and its overshoot stops counting when the limb moves', () => {
  const m = metricsOf(
    runOf([
      { ...vented, seconds: 1, pressure: () => 0 },
      { ...held, seconds: 5, pressure: (s) => Math.min(20 * s, 97.5) },
      { ...held, seconds: 1, pressure: () => 103 },
      { ...held, seconds: 3, pressure: () => 130, moving: true },
    ]),
  );
  expect(m.fills).toHaveLength(1);
  expect(m.fills[0]?.seconds).toBeCloseTo(4.88, 9);
  expect(m.fills[0]?.overshootMmHg).toBeCloseTo(3, 9);
  expect(m.peakMmHg).toBe(130);
});

test('a fill that never gets there is not reached, and after 60 s the time counts as outside', () => {
  const m = metricsOf(runOf([{ ...held, seconds: 100, pressure: () => 50, moving: true }]));
  expect(m.fills[0]?.seconds).toBeNull();
  expect(m.moving.seconds).toBeCloseTo(39.92, 1);
  expect(m.moving.within10).toBe(0);
});

test('a ramp is one fill to its end, and a lowered setpoint counts again once it is reached', () => {
  const log = runOf([
    { ...held, seconds: 2, setpoint: 100, pressure: () => 100 },
    { ...held, seconds: 2, setpoint: 60, pressure: (s) => 100 - 25 * s },
    { ...held, seconds: 1, setpoint: 60, pressure: () => 60 },
  ]);
  const { fills, counted } = findFills(log);
  expect(fills).toHaveLength(1);
  const first = counted.indexOf(0, 2);
  expect(log.columns.tMs[first]).toBe(2040);
  expect(log.columns.p2[counted.indexOf(1, first)]).toBeLessThanOrEqual(1.03 * 60);
});

test('a vent is timed to 15 mmHg; one that does not get there is null', () => {
  const vent = (tau: number) =>
    metricsOf(
      runOf([
        { ...held, seconds: 1, pressure: () => 100 },
        { ...vented, seconds: 8, pressure: (s) => 100 * Math.exp(-s / tau) },
      ]),
    ).vents;
  expect(vent(1)).toHaveLength(1);
  expect(vent(1)[0]?.secondsTo15).toBeCloseTo(1.92, 9); // ln(100 / 15) = 1.897, next tick
  expect(vent(100)[0]?.secondsTo15).toBeNull();
});

test('pump seconds, starts and valve actions: a bleed over two whole ticks is one action', () => {
  const bleeds = [0, 12, 0, 40, 40, 5, 0];
  const pumps = [0, 500, 500, 0, 0, 1000, 0];
  const log = runOf([
    {
      ...held,
      seconds: bleeds.length * 0.04,
      pressure: () => 100,
      bleedMs: (s) => bleeds[Math.round(s / 0.04)] ?? 0,
      pump: (s) => pumps[Math.round(s / 0.04)] ?? 0,
    },
  ]);
  const m = metricsOf(log);
  expect(m.pumpStarts).toBe(2);
  expect(m.pumpSeconds).toBeCloseTo(0.12, 9);
  expect(m.valveActions).toBe(2);
});

test('peaks and valleys are those of the wave, and time above LOP is found with its longest run', () => {
  const log = runOf(
    [
      { ...held, seconds: 0.04, pressure: () => 100 },
      { ...held, seconds: 10, pressure: (s) => 100 + 20 * Math.sin(2 * Math.PI * s), moving: true },
    ],
    { ...HEADER, lopMmHg: 110 },
  );
  const m = metricsOf(log);
  expect(m.waves.count).toBe(10);
  expect(m.waves.peakMmHg).toBeCloseTo(120, 0);
  expect(m.waves.valleyMmHg).toBeCloseTo(80, 0);
  // sin > 0.5 for a third of the time
  expect(m.aboveLopSeconds).toBeCloseTo(10 / 3, 0);
  expect(m.aboveLopLongestS).toBeCloseTo(1 / 3, 1);
});

test('a ripple below 3 % of the setpoint is no wave', () => {
  const pressure = (s: number) => 100 + 1.4 * Math.sin(20 * s);
  const m = metricsOf(runOf([{ ...held, seconds: 5, pressure, moving: true }]));
  expect(m.waves.count).toBe(0);
  expect(m.waves.peakMmHg).toBeNull();
});

test('a trip takes its words from the event, and the time after it is not under pressure', () => {
  const log = sessionLike(1, 10, true);
  const m = metricsOf(log);
  expect(m.trips).toHaveLength(1);
  expect(m.trips[0]?.text).toMatch(/^leak: /);
  expect(m.pressurisedSeconds).toBeCloseTo(22, 6);
  const silent = runOf([{ ...vented, seconds: 1, pressure: () => 0, trip: 9 }]);
  addEvent(silent, 0, 'message', 'something else');
  expect(metricsOf(silent).trips[0]?.text).toBe('trip 9');
});
