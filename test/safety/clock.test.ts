import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { noteInterval } from '../../src/safety/clock-rules.ts';
import { assessOpen } from '../../src/safety/open-rules.ts';
import { TRIP_CLOCK, TRIP_OVERRUN } from '../../src/safety/rows/firmware.ts';
import { LATE_MS, LATE_TICKS, OVERRUN_MS } from './numbers.ts';
import { Stand } from './stand.ts';

/** The least that a tick must be long. */
const HALF = TICK_MS / 2;

/** The trip after ticks of these lengths under pressure, 0 = none. */
function tripAfter(...ticks: number[]): number {
  const stand = new Stand().hold(100);
  for (const dt of ticks) stand.tick({}, dt);
  return stand.s.trip;
}

describe('the clock', () => {
  it('an interval that fires late and keeps its phase is no clock that jumped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: OVERRUN_MS - TICK_MS }), (late) => {
        const missed = late % TICK_MS;
        const early = missed === 0 ? TICK_MS : TICK_MS - missed;
        return tripAfter(TICK_MS + late, early, TICK_MS, TICK_MS) === 0;
      }),
    );
  });

  it('an early tick out of the blue is', () => {
    expect(tripAfter(TICK_MS, TICK_MS / 2 - 1)).toBe(TRIP_CLOCK);
  });

  it('a late tick pays for one early one only', () => {
    const late = TICK_MS * 1.5;
    expect(tripAfter(late, 5, TICK_MS, 5)).toBe(TRIP_CLOCK);
    expect(tripAfter(late, 5, 5)).toBe(TRIP_CLOCK);
  });

  it.each([
    [0, TICK_MS + 30],
    [0.9, TICK_MS + 30],
    [-0.9, TICK_MS + 30],
    [1, TICK_MS],
    [-1, TICK_MS],
  ])('lateness counts for the tick that follows it: %s ms off', (since, explained) => {
    const { s, t } = new Stand();
    Object.assign(t, { now: 100_000, dt: TICK_MS });
    Object.assign(s, { irregularAt: 100_000 - TICK_MS - since, lateMs: 30 });
    expect(noteInterval(s, t)).toBe(explained);
  });

  it.each([
    [0, 1000],
    [0.9, 1000],
    [-0.9, 1000],
    [1, 0],
    [-1, 0],
  ])('ticks of one vent follow each other: %s ms off', (since, before) => {
    const { s, t } = new Stand().hold(100);
    t.outVent = true;
    Object.assign(s, { ventAt: t.now - since, ventingMs: 1000 });
    t.now += TICK_MS;
    t.dt = TICK_MS;
    assessOpen(s, t);
    expect(s.ventingMs).toBe(before + TICK_MS);
  });

  it('backwards is never forgiven, nor is no number', () => {
    expect(tripAfter(110, -1)).toBe(TRIP_CLOCK);
    expect(tripAfter(110, Number.NaN)).not.toBe(0);
  });

  it.each<[string, readonly number[], number]>([
    [
      'a tick as long as the period and 10 ms is noted as late only beyond that',
      [TICK_MS + 10, HALF - 5],
      TRIP_CLOCK,
    ],
    ['... and then the next one may be early by as much', [TICK_MS + 11, HALF - 5], 0],
    ['a late tick, then at once', [TICK_MS + HALF, 0], 0],
    ['half a period with what was late before it', [TICK_MS + 11, HALF - 11], 0],
    ['less than that', [TICK_MS + 11, HALF - 12], TRIP_CLOCK],
    ['what was late before the last tick counts no more', [TICK_MS + 40, TICK_MS, 5], TRIP_CLOCK],
    ['what an early tick has left over is for the next', [TICK_MS + HALF + 20, HALF - 5, HALF - 15], 0],
    ['... and used up after it', [TICK_MS + HALF + 20, HALF - 5, HALF - 15, HALF - 1], TRIP_CLOCK],
    [
      'two late ones are late by the last one only',
      [TICK_MS + 40, TICK_MS + 40, HALF - 5, HALF - 5, 5],
      TRIP_CLOCK,
    ],
  ])('%s', (_name, ticks, trip) => {
    expect(tripAfter(...ticks)).toBe(trip);
  });

  it.each<[string, readonly number[], number]>([
    ['a long one is noted beyond the period and 10 ms', [TICK_MS + 10, HALF - 5], TRIP_CLOCK],
    ['... and then the next one may be early', [TICK_MS + 11, HALF - 5], 0],
    ['half a period is not looked at', [TICK_MS + 40, HALF, HALF - 10], TRIP_CLOCK],
    ['an overrun', [OVERRUN_MS + 1], TRIP_OVERRUN],
  ])('in a vent with pressure it is the same: %s', (_name, ticks, trip) => {
    const stand = new Stand().hold(100).run(200, { outVent: true, setpoint: null });
    for (const dt of ticks) stand.tick({}, dt);
    expect(stand.s.trip).toBe(trip);
  });

  it('ticks that come more than 10 ms late are counted as long as the power is on, early ones are not', () => {
    const stand = new Stand().hold(100);
    const before = stand.s.lateSeen;
    for (const late of [10, 11, -1, 40, -30]) stand.tick({}, TICK_MS + late);
    expect(stand.s.lateSeen - before).toBe(2);
  });

  it('keeps the longest time between two ticks under pressure, judged or not, as long as the power is on', () => {
    const stand = new Stand().hold(100);
    const longestAfter = (...ticks: number[]): number => {
      for (const dt of ticks) stand.tick({}, dt);
      return stand.s.longestSeenMs;
    };
    expect(longestAfter(TICK_MS + 10, HALF)).toBe(0);
    expect(longestAfter(70, 91, 80)).toBe(91);
    expect(longestAfter(LATE_MS, LATE_MS + 1)).toBe(LATE_MS + 1);
    expect(longestAfter(120, OVERRUN_MS + 1)).toBe(OVERRUN_MS + 1);
  });

  it('says what was due', () => {
    const stand = new Stand().hold(100).tick({}, 10);
    expect([stand.s.trip, stand.s.measured, stand.s.allowed]).toEqual([TRIP_CLOCK, 10, TICK_MS / 2]);
  });

  it('on the vented cuff ticks in time leave what was late as it is, and ticks a little short take no credit', () => {
    const late = new Stand().run(4000, { outVent: true });
    late.tick({}, 170).tick({}).tick({ outVent: false, setpoint: 100 }, 7);
    expect(late.s.trip).toBe(0);
    const short = new Stand().run(400, { outVent: true });
    for (let i = 0; i < 60; i++) short.tick({}, TICK_MS - 1);
    short.tick({ outVent: false, setpoint: 100 }, 70);
    expect(short.s.trip).toBe(0);
  });

  it('lateness on the vented cuff counts for the first tick under pressure', () => {
    const stand = new Stand().run(4000, { outVent: true });
    stand.tick({}, 170);
    stand.tick({ outVent: false, setpoint: 100 }, 7);
    expect(stand.s.trip).toBe(0);
  });

  it('a collection of 40 ms now and then is none, in every phase of the turns', () => {
    for (let at = 0; at < 4; at++) {
      const stand = new Stand().hold(100);
      for (let i = 0; i < 40; i++) {
        for (let k = 0; k < at + 3; k++) stand.tick({});
        stand.tick({}, TICK_MS + 40);
        stand.tick({}, TICK_MS > 40 ? TICK_MS - 40 : 1);
      }
      expect(stand.s.trip).toBe(0);
    }
  });

  it('three late ticks in a row are an overrun, two and one in time are not', () => {
    const late = LATE_MS + 1;
    const row = Array.from({ length: LATE_TICKS - 1 }, () => late);
    expect(tripAfter(...row, TICK_MS, ...row, TICK_MS, ...row)).toBe(0);
    expect(tripAfter(...row, late)).toBe(TRIP_OVERRUN);
    const stand = new Stand().hold(100);
    for (const dt of [...row, late]) stand.tick({}, dt);
    expect([stand.s.measured, stand.s.allowed]).toEqual([late, LATE_MS]);
  });

  it('a tick as late as is allowed is not late', () => {
    expect(tripAfter(...Array.from({ length: 30 }, () => LATE_MS))).toBe(0);
  });

  it('late ticks on the vented cuff are not counted into the row', () => {
    const stand = new Stand();
    for (let i = 0; i < 6; i++) stand.tick({}, 170);
    for (let i = 0; i < LATE_TICKS - 1; i++) stand.tick({ outVent: false, setpoint: 100 }, LATE_MS + 1);
    stand.tick({});
    expect(stand.s.trip).toBe(0);
  });

  it('the period is the loop’s own: any from 10 to 100 ms', () => {
    for (const period of [10, 20, 33, 50, 60, 80, 100]) {
      const stand = new Stand(period).hold(100);
      expect(stand.s.trip, String(period)).toBe(0);
      stand.tick({}, period / 2);
      expect(stand.s.trip, String(period)).toBe(0);
      stand.tick({}, period).tick({}, period / 2 - 1);
      expect(stand.s.trip, String(period)).toBe(TRIP_CLOCK);
    }
  });
});
