import { describe, expect, it } from 'vitest';
import { MAX_LOP_MMHG, MAX_SETPOINT_MMHG, OVERRUN_MS, TICK_MS } from '../../src/limits.ts';
import { createOutputs, cutOutputs, type DrivenPorts } from '../../src/outputs.ts';
import { confirmOpened, distrustEmptyReading } from '../../src/safety/fullness.ts';
import { INHIBIT_LOCKOUT, inhibitNames, inhibitNumber } from '../../src/safety/inhibits.ts';
import { clearTrip, trip } from '../../src/safety/latch.ts';
import { TRIP_LEAK } from '../../src/safety/rows/air.ts';
import { TRIP_ROWS, tripRow, tripText } from '../../src/safety/rows/all.ts';
import { TRIP_TIME } from '../../src/safety/rows/firmware.ts';
import { TRIP_HOSE_BLOCKED } from '../../src/safety/rows/vent.ts';
import { allowMeasurement, requireSupply, tighten } from '../../src/safety/supervisor.ts';
import { isLockedOut, isReleased, startLockout } from '../../src/safety/time-rules.ts';
import { TRIP_NONE } from '../../src/safety/trips.ts';
import { createTick } from '../../src/tick.ts';
import {
  MAX_CUFF_MMHG,
  MAX_FAULT_MMHG,
  MAX_MEASURE_MMHG,
  RELEASE_MS,
  VENT_LIMIT_MS,
  VENTED_MMHG,
} from './numbers.ts';
import { Stand } from './stand.ts';

const VENT = { outVent: true, setpoint: null, outPump: 0, outBleedMs: 0 };

describe('pressure time and lock-out', () => {
  it('counts from the shut command until the cuff is known to be vented', () => {
    const s = new Stand().hold(100, 4000);
    expect(s.s.usedMs).toBeGreaterThan(s.t.now - 5 * TICK_MS);
    expect(s.s.usedMs).toBeLessThanOrEqual(s.t.now);
    s.run(2000, (at) => ({ ...VENT, measuredMmHg: 100 - at / 25 }));
    expect(s.s.pressurised).toBe(true);
    s.run(1000, { measuredMmHg: VENTED_MMHG + 1 });
    expect(s.s.pressurised).toBe(true);
    s.tick({ measuredMmHg: VENTED_MMHG, doubtful: true });
    expect(s.s.pressurised).toBe(true);
    s.tick({ measuredMmHg: VENTED_MMHG, doubtful: false });
    expect(s.s.pressurised).toBe(false);
    expect(s.s.usedMs).toBe(s.t.now - TICK_MS);
  });
  it('only a full release gives the time back, a short one does not', () => {
    const s = new Stand().hold(100).run(4000, (at) => ({ ...VENT, measuredMmHg: 100 - at / 41 }));
    const used = s.s.usedMs;
    s.run(RELEASE_MS - 2 * 4000, { measuredMmHg: 1 });
    expect(s.s.usedMs).toBe(used);
    s.tick({ outVent: false, setpoint: 100, measuredMmHg: 20 }).run(600, { ...VENT, measuredMmHg: 2 });
    expect(s.s.pressurised).toBe(false);
    expect(s.s.ventedMs).toBeLessThanOrEqual(600);
    s.run(RELEASE_MS - 1000, { measuredMmHg: 1 });
    expect(s.s.usedMs).toBeGreaterThan(used);
    s.run(2000, { measuredMmHg: 1 });
    expect(s.s.usedMs).toBe(0);
  });
  it('a restart in a session uses all of the time up, for arms and legs', () => {
    const s = new Stand();
    expect(isLockedOut(s.s)).toBe(false);
    startLockout(s.s);
    expect(isLockedOut(s.s)).toBe(true);
    s.run(RELEASE_MS - TICK_MS, { measuredMmHg: 0 });
    expect(isLockedOut(s.s)).toBe(true);
    s.run(TICK_MS, { measuredMmHg: 0 });
    expect(isLockedOut(s.s)).toBe(false);
  });
  it('a limit that is no number locks out', () => {
    const s = new Stand();
    Object.assign(s.s.limits, { pressureMs: Number.NaN });
    expect(isLockedOut(s.s)).toBe(true);
  });
  it('what is not clearly vented counts as pressure', () => {
    const s = new Stand();
    s.tick({ outVent: undefined as unknown as boolean, measuredMmHg: 0 });
    expect(s.s.pressurised).toBe(true);
  });
});

describe('latch', () => {
  it('the first cause stays, with its numbers and time', () => {
    const s = new Stand().hold(100);
    trip(s.s, s.t, TRIP_LEAK, 1, 2);
    const at = s.s.tripAt;
    s.tick({});
    trip(s.s, s.t, TRIP_TIME, 3, 4);
    expect([s.s.trip, s.s.measured, s.s.allowed, s.s.tripAt]).toEqual([TRIP_LEAK, 1, 2, at]);
    expect(at).toBe(s.t.now - TICK_MS);
  });
  it('is cleared on a vented cuff only, the hazard with it', () => {
    const s = new Stand().hold(100);
    trip(s.s, s.t, TRIP_LEAK, 1, 2);
    s.s.hazard = 15;
    expect(clearTrip(s.s)).toBe(false);
    expect(s.s.trip).toBe(TRIP_LEAK);
    s.run(3000, (at) => ({ ...VENT, measuredMmHg: 100 - at / 30 }));
    expect(clearTrip(s.s)).toBe(true);
    expect([s.s.trip, s.s.hazard]).toEqual([0, 0]);
  });
  it('a new fill starts without the timers of the last one', () => {
    const s = new Stand().hold(150);
    s.run(3000, { outPump: 1000, measuredMmHg: 150 });
    s.run(3000, (at) => ({ ...VENT, measuredMmHg: 150 - at / 20 })).run(2000, { measuredMmHg: 0 });
    const r = s.s;
    expect([
      r.meanMmHg,
      r.fillLevelMmHg,
      r.overMs,
      r.deficitMs,
      r.doubtMs,
      r.air.gainedMmHg,
      r.air.openMs,
    ]).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect([r.reached, r.targetMmHg, r.surges, r.refusedScore, r.highMs, r.overLopMs]).toEqual([
      false,
      0,
      0,
      0,
      0,
      0,
    ]);
  });
});

describe('the end of a hold', () => {
  /** What a hold may have left, each well away from nothing. */
  const left = {
    meanMmHg: 150,
    fillLevelMmHg: 140,
    vanishedBelowMmHg: 50,
    surgeAboveMmHg: 90,
    vanishedMs: 150,
    overMs: 900,
    overLopMs: 2000,
    highMs: 5000,
    doubtMs: 200,
    refusedScore: 50,
    deficitMs: 8000,
    targetMmHg: 150,
    reached: true,
    surges: 2,
  };
  const clean = {
    meanMmHg: 0,
    fillLevelMmHg: 0,
    vanishedBelowMmHg: -1000,
    surgeAboveMmHg: 10_000,
    vanishedMs: 0,
    overMs: 0,
    overLopMs: 0,
    highMs: 0,
    doubtMs: 0,
    refusedScore: 0,
    deficitMs: 0,
    targetMmHg: 0,
    reached: false,
    surges: 0,
  };
  const pick = (s: Stand): Record<string, unknown> =>
    Object.fromEntries(
      Object.keys(clean).map((key) => [key, (s.s as unknown as Record<string, unknown>)[key]]),
    );
  it('nothing of it is left in the vented cuff, which is as a new one', () => {
    const s = new Stand().hold(150).run(3000, (at) => ({ ...VENT, measuredMmHg: 150 - at / 22.5 }));
    Object.assign(s.s, left, {
      pumpMs: 7000,
      bledMs: 300,
      surgePumpMs: Number.POSITIVE_INFINITY,
      lagBledMs: 5,
    });
    s.tick({ measuredMmHg: 10 });
    expect(s.s.pressurised).toBe(false);
    expect(pick(s)).toEqual(clean);
    expect([s.s.surgePumpMs, s.s.lagBledMs]).toEqual([7000, 300]);
    expect(pick(new Stand())).toEqual(clean);
    expect([s.s.unproven, new Stand().s.unproven, new Stand().s.lookAgain]).toEqual([false, false, false]);
  });
  it('time in a vent is no part of a round of the next fill, but counts as time under pressure', () => {
    const s = new Stand().hold(100);
    const used = s.s.usedMs;
    s.run(400, { ...VENT, measuredMmHg: 90 });
    expect(s.s.roundMs).toBe(0);
    s.run(400, { outVent: false, setpoint: 100 });
    expect(s.s.usedMs - used).toBeGreaterThan(800 - 4 * TICK_MS);
    expect(s.s.usedMs - used).toBeLessThanOrEqual(800 + 4 * TICK_MS);
  });
  it('an unproven vent is never over by time, only once the wearer has opened the cuff and the reading agrees', () => {
    const s = new Stand().hold(100).run(2 * TICK_MS, { ...VENT, measuredMmHg: 100 });
    distrustEmptyReading(s.s);
    s.run(2 * VENT_LIMIT_MS, { measuredMmHg: 5 });
    expect([s.s.pressurised, s.s.unproven]).toEqual([true, true]);
    s.tick({ measuredMmHg: VENTED_MMHG + 1 });
    confirmOpened(s.s);
    expect(s.tick({}).s.pressurised).toBe(true);
    expect(s.tick({ measuredMmHg: VENTED_MMHG }).s.pressurised).toBe(false);
    expect(s.s.slowestVentMs).toBe(0);
  });
  it('a vent after one that was confirmed by hand is proven by its reading again', () => {
    const s = new Stand().hold(100).run(2 * TICK_MS, { ...VENT, measuredMmHg: 100 });
    distrustEmptyReading(s.s);
    s.run(4000, { measuredMmHg: 5 });
    confirmOpened(s.s);
    s.tick({});
    s.hold(100).run(3000, (at) => ({ ...VENT, measuredMmHg: 100 - at / 30 }));
    expect(s.s.pressurised).toBe(false);
  });
});

describe('release', () => {
  const vented = (p: number, ms: number, doubtful = false): Stand => {
    const s = new Stand();
    s.s.usedMs = 100_000;
    return s.run(ms, { measuredMmHg: p, doubtful });
  };
  it.each<[string, number, number, boolean, boolean]>([
    ['three minutes at zero', 0, RELEASE_MS, false, true],
    ['a tick less', 0, RELEASE_MS - TICK_MS, false, false],
    ['15 mmHg is vented', VENTED_MMHG, RELEASE_MS, false, true],
    ['15.1 is not', VENTED_MMHG + 0.1, RELEASE_MS, false, false],
    ['nor is what cannot be believed', 0, RELEASE_MS, true, false],
  ])('%s', (_name, p, ms, doubtful, released) => {
    const s = vented(p, ms, doubtful);
    expect([isReleased(s.s), s.s.usedMs]).toEqual([released, released ? 0 : 100_000]);
  });
  it('a clock that jumps gives nothing back: a tick is worth OVERRUN_MS at most', () => {
    const before = RELEASE_MS - 40 * TICK_MS;
    const s = vented(0, before).tick({ measuredMmHg: 0 }, RELEASE_MS);
    expect([isReleased(s.s), s.s.releasedMs]).toEqual([false, before + OVERRUN_MS]);
    expect(s.s.ventedMs).toBe(before + OVERRUN_MS);
    const whole = vented(0, 20 * TICK_MS).tick({ measuredMmHg: 0 }, OVERRUN_MS);
    expect(whole.s.releasedMs).toBe(20 * TICK_MS + OVERRUN_MS);
  });
  it('nothing is given back while a hazard stands, and it begins anew when that is over', () => {
    const s = vented(0, 1000);
    s.s.hazard = TRIP_HOSE_BLOCKED;
    s.run(RELEASE_MS + 1000, { measuredMmHg: 0 });
    expect([isReleased(s.s), s.s.usedMs]).toEqual([false, 100_000]);
    s.s.hazard = TRIP_NONE;
    s.run(RELEASE_MS - TICK_MS, { measuredMmHg: 0 });
    expect(isReleased(s.s)).toBe(false);
    s.tick({ measuredMmHg: 0 });
    expect([isReleased(s.s), s.s.usedMs]).toEqual([true, 0]);
  });
  it('a lock-out that begins on a cuff that was open already counts from its beginning', () => {
    const s = vented(0, RELEASE_MS);
    startLockout(s.s);
    expect([isReleased(s.s), s.s.ventedMs]).toEqual([false, 0]);
    s.run(RELEASE_MS - TICK_MS, { measuredMmHg: 0 });
    expect(isLockedOut(s.s)).toBe(true);
  });
  it('time used up to the last ms locks out, a ms less does not', () => {
    const s = new Stand();
    for (const [used, locked] of [
      [1_199_999, false],
      [1_200_000, true],
    ] as const) {
      s.s.usedMs = used;
      expect(isLockedOut(s.s)).toBe(locked);
    }
  });
});

describe('the highest setpoint', () => {
  it('is 240 mmHg by the highest occlusion pressure that is believed, whatever the settings ask for', () => {
    const s = new Stand();
    tighten(s.s, true, MAX_LOP_MMHG, 1000, 1000, 1_200_000);
    expect(s.s.limits.ceilingMmHg).toBe(240);
    tighten(s.s, true, 1000, 1000, 1000, 1_200_000);
    expect(s.s.limits.ceilingMmHg).toBe(MAX_SETPOINT_MMHG);
  });
});

describe('a measurement', () => {
  it('may go near the ceiling, and above LOP', () => {
    const s = new Stand();
    allowMeasurement(s.s, 250);
    const { ceilingMmHg, lopMmHg, airMmHg } = s.s.limits;
    expect([ceilingMmHg, lopMmHg, airMmHg]).toEqual([MAX_MEASURE_MMHG, MAX_CUFF_MMHG, MAX_FAULT_MMHG]);
    tighten(s.s, true, 190, 250, 800, 1_200_000);
    expect([s.s.limits.lopMmHg, s.s.limits.airMmHg]).toEqual([190, 190]);
  });
  it('keeps to a limit of the wearer below 200 mmHg', () => {
    const { s } = new Stand();
    const ceilings = [199, 200, Number.NaN].map((mmHg) => {
      allowMeasurement(s, mmHg);
      return s.limits.ceilingMmHg;
    });
    expect(ceilings).toEqual([199, MAX_MEASURE_MMHG, 0]);
  });
});

describe('the supply', () => {
  it('must be what the settings ask for', () => {
    const { s } = new Stand();
    requireSupply(s, 3210);
    expect(s.limits.minRailMv).toBe(3210);
  });
});

describe('words', () => {
  it('every trip has a name of its own, says what to do, and names its numbers', () => {
    const codes = new Set<string>();
    for (const { code: i } of TRIP_ROWS) {
      const r = tripRow(i);
      codes.add(r.name);
      expect(r.hint.length).toBeGreaterThan(10);
      const text = tripText(i, 123.4, 67.6);
      expect(text).toContain(r.message.includes('{m}') ? '123' : '');
      expect(text).not.toMatch(/\{[ma]\}|undefined|NaN/);
      if (r.message.includes('{a}')) expect(text).toContain('68');
      expect(text).toContain(r.hint);
    }
    expect(codes.size).toBe(TRIP_ROWS.length);
    expect(tripRow(999).name).toBe('internal-error');
    expect(() => tripText(0, 1, 2)).toThrow('no trip');
  });
  it('inhibits are named in the order of importance', () => {
    expect(inhibitNames(0)).toEqual([]);
    expect(inhibitNames(INHIBIT_LOCKOUT | 1)).toEqual(['trip', 'lockout']);
    expect(inhibitNames(2047).length).toBe(11);
  });
  it.each([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 1],
    [6, 2],
    [INHIBIT_LOCKOUT, 7],
    [32768, 16],
    [32768 + 4096, 13],
  ])('of inhibits %s the most important is blinked by its place', (bits, number) => {
    expect(inhibitNumber(bits)).toBe(number);
  });
});

describe('cut', () => {
  it('each output is cut even if the others throw', () => {
    for (const bad of [0, 1]) {
      const calls: string[] = [];
      const call = (i: number, name: string) => {
        if (i === bad) throw new Error('bus');
        calls.push(name);
      };
      const ports: DrivenPorts = {
        valve: { write: (ms) => call(0, `valve ${ms}`) },
        pump: { write: (duty) => call(1, `pump ${duty}`) },
        lease: { renew: () => true, drop: () => call(2, 'drop') },
      };
      const t = createTick(TICK_MS);
      t.outVent = false;
      cutOutputs(createOutputs(), ports, t);
      expect(t.outVent).toBe(true);
      expect(calls).toEqual(['valve -1', 'pump 0'].filter((_c, i) => i !== bad));
    }
  });
});
