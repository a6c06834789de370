import { beforeEach, describe, expect, it } from 'vitest';
import type { AirBalance } from '../../src/safety/air-balance.ts';
import { endWindow, forgetAir, judgeAir } from '../../src/safety/air-rules.ts';
import { judgeProgress } from '../../src/safety/progress-rules.ts';
import { TRIP_SLOW_GAIN } from '../../src/safety/rows/air.ts';
import { TRIP_VALVE_WITHOUT_EFFECT } from '../../src/safety/rows/vent.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import type { Tick } from '../../src/tick.ts';
import { AFTER_MS, CALM_MMHG, GAIN_LIMIT_MMHG, GAIN_WINDOW_MS, OPEN_LIMIT_MS, SETTLE_MS } from './numbers.ts';
import { Stand } from './stand.ts';

let s: Supervisor;
let t: Tick;
let b: AirBalance;

beforeEach(() => {
  const stand = new Stand();
  s = stand.s;
  t = stand.t;
  b = s.air;
  Object.assign(s, { reached: true, targetMmHg: 100, meanMmHg: 100, heldSince: 0, pressurised: true });
  Object.assign(t, { now: 100_000, measuredMmHg: 100, filteredMmHg: 100, outVent: false });
  Object.assign(b, { idleMs: 5000, calmMmHg: 100, pumpMmHgPerS: 20 });
});

/** One look after `ms` at this reading, with so much pump and bleed since the last. */
function look(measuredMmHg: number, ms = 200, pump = 0, bled = 0): void {
  t.now += ms;
  s.roundMs = ms;
  Object.assign(t, { measuredMmHg, filteredMmHg: measuredMmHg });
  s.pumpMs += pump;
  s.bledMs += bled;
  judgeAir(s, t);
}

/** A whole window in which the cuff lost so many mmHg a second, `put` of them given back by the pump. */
function windowOf(loss: number, put = 0): void {
  Object.assign(b, { windowAt: t.now, windowFromMmHg: 100, windowPumpMs: s.pumpMs, idleMs: 5000 });
  b.calmMmHg = 100 - ((loss - put) * GAIN_WINDOW_MS) / 1000;
  s.pumpMs += (put * GAIN_WINDOW_MS) / b.pumpMmHgPerS;
  b.seenPumpMs = s.pumpMs;
  look(b.calmMmHg, GAIN_WINDOW_MS);
}

describe('what is gained', () => {
  it('beyond 0.1 mmHg/s adds up, 2.5 a window at most', () => {
    windowOf(-0.3);
    expect(b.gainedMmHg).toBeCloseTo(0.8, 9);
    windowOf(-5);
    expect(b.gainedMmHg).toBeCloseTo(3.3, 9);
    windowOf(0.2);
    expect(b.gainedMmHg).toBeCloseTo(3.3 - 1.2, 9);
    windowOf(5);
    expect(b.gainedMmHg).toBe(0);
  });
  it('is less what the pump gave', () => {
    // 2 mmHg in 4 s, of which 40 ms of 20 mmHg/s are 0.8
    windowOf(-0.3, 0.2);
    expect(b.gainedMmHg).toBeCloseTo(0.8, 9);
  });
  it('trips at its limit and what a lowered setpoint explains', () => {
    for (const recovery of [0, 7]) {
      Object.assign(b, { recoveryMmHg: recovery, gainedMmHg: GAIN_LIMIT_MMHG + recovery - 2.6 });
      windowOf(-9);
      expect(s.trip).toBe(0);
      // a window adds 2.5
      b.gainedMmHg = GAIN_LIMIT_MMHG + recovery - 2.5;
      windowOf(-9);
      expect(s.trip).toBe(TRIP_SLOW_GAIN);
      expect(s.allowed).toBe(GAIN_LIMIT_MMHG + recovery);
      s.trip = 0;
    }
  });
  it.each<[string, number, number, number, boolean, number]>([
    ['half a window before a bleed counts', GAIN_WINDOW_MS / 2, 1, 0, false, 0.8],
    ['less does not', GAIN_WINDOW_MS / 2 - 1, 1, 0, false, 0],
    ['what the pump gave is no gain', GAIN_WINDOW_MS / 2, 1, 20, false, 0.4],
    ['a measurement is not judged', GAIN_WINDOW_MS / 2, 1, 0, true, 0],
  ])('%s', (_name, ms, rise, pump, quiet, gained) => {
    t.quiet = quiet;
    s.pumpMs = 7000;
    Object.assign(b, { windowAt: t.now, windowFromMmHg: 100, calmMmHg: 100 + rise, windowPumpMs: s.pumpMs });
    s.pumpMs += pump;
    b.seenPumpMs = s.pumpMs;
    look(101, ms, 0, 10);
    expect(b.gainedMmHg).toBeCloseTo(gained, 9);
    expect(b.windowAt).toBe(0);
  });
  it('is not judged soon after the fill, nor in a measurement', () => {
    s.heldSince = t.now + GAIN_WINDOW_MS - AFTER_MS + 1;
    windowOf(-2);
    expect(b.gainedMmHg).toBe(0);
    s.heldSince = t.now + GAIN_WINDOW_MS - AFTER_MS;
    windowOf(-0.3);
    expect(b.gainedMmHg).toBeCloseTo(0.8, 9);
    t.quiet = true;
    windowOf(-2);
    expect(b.gainedMmHg).toBeCloseTo(0.8, 9);
  });
  it('soon after the fill a stretch before a bleed does not count', () => {
    Object.assign(b, { windowAt: t.now, windowFromMmHg: 100, calmMmHg: 102 });
    s.heldSince = t.now + 2000 - AFTER_MS + 1;
    look(102, 2000, 0, 10);
    expect(b.gainedMmHg).toBe(0);
    Object.assign(b, { windowAt: t.now, windowFromMmHg: 100, calmMmHg: 102 });
    s.heldSince = t.now + 2000 - AFTER_MS;
    look(102, 2000, 0, 10);
    expect(b.gainedMmHg).toBeCloseTo(1.8, 9);
  });
});

describe('windows', () => {
  it('begin with a calm reading, some time after pump or valve', () => {
    look(100, 200, 50);
    expect([b.idleMs, b.windowAt]).toEqual([0, 0]);
    look(99, SETTLE_MS - 1);
    expect([b.calmMmHg, b.windowAt]).toEqual([99, 0]);
    look(99.5, 1);
    expect(b.windowAt).toBe(t.now);
    expect(b.calmMmHg).toBeCloseTo(99 + 0.5 / 301, 9);
    expect(b.windowFromMmHg).toBe(b.calmMmHg);
  });
  it('the short mean follows with 300 ms', () => {
    look(102, 200);
    expect(b.calmMmHg).toBeCloseTo(100 + (2 * 200) / 500, 9);
  });
  it.each([[1], [-1]])('a reading further off than pulse and breath is movement (%s)', (sign) => {
    look(100 + sign * CALM_MMHG);
    expect(b.windowAt).toBe(t.now);
    b.calmMmHg = 100;
    look(100 + sign * (CALM_MMHG + 0.1));
    expect([b.windowAt, b.idleMs]).toEqual([0, -1500]);
    look(100, 200, 50);
    expect(b.idleMs).toBe(-1500);
    look(100, 1500 + SETTLE_MS - 1);
    expect(b.windowAt).toBe(0);
    look(100, 1);
    expect(b.windowAt).toBe(t.now);
  });
  it('close after GAIN_WINDOW_MS and begin anew; the pump does not break them, a bleed does', () => {
    look(100);
    const from = b.windowAt;
    look(100, 400, 40);
    look(100, SETTLE_MS + 1);
    expect(b.windowAt).toBe(from);
    look(100, from + GAIN_WINDOW_MS - 1 - t.now);
    expect(b.windowAt).toBe(from);
    look(100, 1);
    expect([b.windowAt, b.windowPumpMs]).toEqual([t.now, s.pumpMs]);
    look(100, 200, 0, 5);
    expect(b.windowAt).toBe(0);
  });
});

describe('fills and releases', () => {
  it('a new fill ends the window', () => {
    b.windowAt = 7;
    endWindow(s);
    expect(b.windowAt).toBe(0);
  });
  it('a lowered setpoint lets the cuff gain a third of the step, and begins the hold anew', () => {
    b.windowAt = 7;
    s.filledToMmHg = 100;
    for (const setpoint of [60, 40]) {
      t.setpoint = setpoint;
      judgeProgress(s, t);
    }
    expect([b.recoveryMmHg, b.windowAt, s.heldSince]).toEqual([21, 0, t.now]);
  });
  it('a release forgets the hold', () => {
    Object.assign(b, { windowAt: 7, gainedMmHg: 2, recoveryMmHg: 3, openMs: 5 });
    forgetAir(s);
    expect([b.windowAt, b.gainedMmHg, b.recoveryMmHg, b.openMs, b.idleMs]).toEqual(
      Array.from({ length: 5 }, () => 0),
    );
  });
});

describe('the pump as the fill shows it', () => {
  const fill = (p: number, pump: number): void => {
    s.reached = false;
    look(p, 200, pump);
  };
  it.each<[string, readonly (readonly [number, number])[], number]>([
    [
      'from 65 % of the setpoint on',
      [
        [60, 200],
        [64.9, 200],
        [70.9, 200],
      ],
      30,
    ],
    [
      'and on while below 92 %',
      [
        [64, 200],
        [70, 200],
        [84, 200],
      ],
      50,
    ],
    [
      'a late look at the end of a quick fill counts',
      [
        [60, 200],
        [94, 200],
      ],
      150,
    ],
    [
      'but not one after another',
      [
        [60, 200],
        [66, 200],
        [93, 200],
      ],
      30,
    ],
    [
      'too short a pulse tells nothing',
      [
        [64, 200],
        [70, 79],
      ],
      20,
    ],
    [
      'nor does a pump that makes no rise',
      [
        [64, 200],
        [64.9, 200],
        [65, 400],
      ],
      1,
    ],
    [
      'nor a surge',
      [
        [64, 200],
        [91, 100],
      ],
      150,
    ],
  ])('%s', (_name, looks, rate) => {
    for (const [p, pump] of looks) fill(p, pump);
    expect(b.pumpMmHgPerS).toBeCloseTo(rate, 6);
  });
});

describe('the pump as the fill shows it, at its edges', () => {
  const fill = (p: number, pump: number, bled = 0): void => {
    s.reached = false;
    look(p, 200, pump, bled);
  };
  it('80 ms of pump are enough, and at 92 % it is still measured', () => {
    fill(64, 200);
    fill(72, 80);
    expect(b.pumpMmHgPerS).toBeCloseTo(100, 6);
    fill(92, 320);
    expect(b.pumpMmHgPerS).toBeCloseTo(28 / 0.4, 6);
  });
  it('each fill is measured anew, the first one too', () => {
    fill(94, 200);
    expect(b.pumpMmHgPerS).toBe(150);
    fill(60, 200);
    fill(94, 250);
    expect(b.pumpMmHgPerS).toBeCloseTo(34 / 0.25, 6);
    fill(60, 200);
    fill(94, 300);
    expect(b.pumpMmHgPerS).toBeCloseTo(34 / 0.3, 6);
  });
  it('and is not believed below three quarters of the fill before: a jump in a fill makes it look weak', () => {
    fill(60, 200);
    fill(94, 400);
    expect(b.pumpMmHgPerS).toBeCloseTo(85, 6);
    for (const rate of [0.75 * 85, 0.75 * 0.95 * 85, 0.75 * 0.95 * 0.95 * 85]) {
      fill(60, 200);
      fill(94, 2000);
      expect(b.pumpMmHgPerS).toBeCloseTo(rate, 6);
    }
  });
  it('what was let out in the fill is none of the hold’s', () => {
    fill(60, 200, 3000);
    s.reached = true;
    look(100, 200, 0, 10);
    expect(b.openMs).toBe(10);
  });
});

describe('the valve, look by look', () => {
  it('the valve has OPEN_LIMIT_MS for a fall of 10 mmHg', () => {
    s.meanMmHg = 100;
    look(100, 200, 0, 1000);
    s.meanMmHg = 90.1;
    look(90, 200, 0, OPEN_LIMIT_MS - 1000);
    expect([s.trip, b.openMs]).toEqual([0, OPEN_LIMIT_MS]);
    s.meanMmHg = 90;
    look(90, 200, 0, 1);
    expect([s.trip, b.openMs]).toEqual([0, 0]);
    look(90, 200, 0, OPEN_LIMIT_MS);
    look(90, 200, 100);
    expect(b.openMs).toBe(0);
    look(90, 200, 0, 100);
    s.meanMmHg = 80.1;
    look(80, 200, 0, OPEN_LIMIT_MS);
    expect(s.trip).toBe(TRIP_VALVE_WITHOUT_EFFECT);
    expect([s.measured, s.allowed]).toEqual([OPEN_LIMIT_MS + 100, OPEN_LIMIT_MS]);
  });
});
