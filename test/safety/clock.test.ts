import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OVERRUN_MS, TICK_MS } from '../../src/limits.ts';
import { TRIP_CLOCK } from '../../src/safety/trips.ts';
import { Stand } from './stand.ts';

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
    expect(tripAfter(75, 5, TICK_MS, 5)).toBe(TRIP_CLOCK);
    expect(tripAfter(75, 5, 5)).toBe(TRIP_CLOCK);
  });

  it('backwards is never forgiven, nor is no number', () => {
    expect(tripAfter(110, -1)).toBe(TRIP_CLOCK);
    expect(tripAfter(110, Number.NaN)).not.toBe(0);
  });

  it('lateness on the vented cuff counts for the first tick under pressure', () => {
    const stand = new Stand().run(4000, { outVent: true });
    stand.tick({}, 170);
    stand.tick({ outVent: false, setpoint: 100 }, 7);
    expect(stand.s.trip).toBe(0);
  });
});
