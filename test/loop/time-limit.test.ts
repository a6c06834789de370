import { describe, expect, it } from 'vitest';
import { LATE_MS, MAX_LEG_MS, TICK_MS } from '../../src/limits.ts';
import { TRIP_TIME } from '../../src/safety/rows/firmware.ts';
import { tighten } from '../../src/safety/supervisor.ts';
import { Stand } from '../safety/stand.ts';
import { Device, LOP, working } from './device.ts';

/** One round of the slow rules and two ticks: the first with the valve shut, the last before the vent. */
const OVER_MS = 6 * TICK_MS;

/** From the first tick with the valve shut to the one that opens it, ms, and the trip that opened it. */
function timeShut(limitMs: number): { ms: number; trip: number } {
  const d = new Device().settle();
  tighten(d.core.supervisor, true, LOP, 250, 800, limitMs);
  d.fill(working(3600));
  const from = d.now - d.core.supervisor.usedMs;
  let ticks = 0;
  while (d.shut && ticks < (2 * MAX_LEG_MS) / TICK_MS) {
    d.tick();
    ticks++;
  }
  return { ms: d.now - from, trip: d.core.supervisor.trip };
}

/** The rule alone: what else a strange hold trips is taken back, so that nothing ends it sooner. ms from its first tick to the trip. */
function untilTimeUp(
  limitMs: number,
  bleed: (tick: number) => number,
  late: (tick: number) => number,
): number {
  const s = new Stand();
  tighten(s.s, true, LOP, 250, 800, limitMs);
  s.run(9000, { outVent: true });
  const from = s.t.now;
  for (let tick = 0; s.t.now - from < 2 * limitMs; tick++) {
    s.tick(
      { outVent: false, setpoint: 100, measuredMmHg: 100, outBleedMs: bleed(tick) },
      TICK_MS + late(tick),
    );
    if (s.s.trip === TRIP_TIME) return s.t.now - from;
    Object.assign(s.s, { trip: 0, hazard: 0 });
  }
  return Number.POSITIVE_INFINITY;
}

const never = (): number => 0;

describe('the time under pressure', () => {
  it('is not passed by more than a few ticks: the valve opens', () => {
    const { ms, trip } = timeShut(60_000);
    expect(trip).toBe(TRIP_TIME);
    expect(ms).toBeGreaterThan(60_000);
    expect(ms).toBeLessThanOrEqual(60_000 + OVER_MS);
  });
  it.each<[string, (tick: number) => number, (tick: number) => number, number]>([
    ['shut all the time', never, never, OVER_MS],
    ['a bleed in every tick', () => 20, never, OVER_MS],
    ['open for the whole of every tick', () => TICK_MS, never, OVER_MS],
    ['a bleed in turn 0', (tick) => (tick % 4 === 0 ? 30 : 0), never, OVER_MS],
    ['a bleed in turn 1', (tick) => (tick % 4 === 1 ? 30 : 0), never, OVER_MS],
    ['a bleed in all turns but 1', (tick) => (tick % 4 === 1 ? 0 : 30), never, OVER_MS],
    ['ticks that are late', () => 20, (tick) => (tick % 2 === 0 ? LATE_MS - TICK_MS : 0), 2 * OVER_MS],
  ])('its rule trips in time with %s', (_name, bleed, late, over) => {
    for (const limitMs of [30_000, MAX_LEG_MS]) {
      const ms = untilTimeUp(limitMs, bleed, late);
      expect(ms).toBeGreaterThan(limitMs);
      expect(ms).toBeLessThanOrEqual(limitMs + over);
    }
  });
});
