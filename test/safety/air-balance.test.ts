import { beforeEach, describe, expect, it } from 'vitest';
import type { AirBalance } from '../../src/safety/air-balance.ts';
import { expectCreep, forgetAir, judgeAir } from '../../src/safety/air-rules.ts';
import { judgeProgress } from '../../src/safety/progress-rules.ts';
import { TRIP_PUMP_WITHOUT_EFFECT, TRIP_SLOW_GAIN, TRIP_SLOW_LOSS } from '../../src/safety/rows/air.ts';
import { TRIP_VALVE_WITHOUT_EFFECT } from '../../src/safety/rows/vent.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import type { Tick } from '../../src/tick.ts';
import {
  AFTER_MS,
  CALM_MMHG,
  GAIN_LIMIT_MMHG,
  LOSS_LIMIT_MMHG,
  MISSING_MMHG,
  OPEN_LIMIT_MS,
  SETTLE_MS,
  WINDOW_MS,
} from './numbers.ts';
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
  b.judgedAt = t.now;
  Object.assign(b, { windowAt: t.now, windowFromMmHg: 100, windowPumpMs: s.pumpMs, idleMs: 5000 });
  b.calmMmHg = 100 - ((loss - put) * WINDOW_MS) / 1000;
  s.pumpMs += (put * WINDOW_MS) / b.pumpMmHgPerS;
  b.seenPumpMs = s.pumpMs;
  look(b.calmMmHg, WINDOW_MS);
}

const known = (usual: number, count = 20): void => {
  Object.assign(b, { usualMmHgPerS: usual, windows: count, usualAtMmHg: 100 });
};

describe('the usual loss', () => {
  it.each<[string, readonly number[], number]>([
    ['rising', [1, 2, 5], 2],
    ['the largest first', [5, 1, 2], 2],
    ['the least in the middle', [2, 1, 5], 2],
    ['a gain counts as none', [0.3, -1, 0.6], 0.3],
    ['two alike', [1, 1, 4], 1],
    ['two gains', [-1, -2, 0.5], 0],
  ])('is the middle one of the first three windows: %s', (_name, losses, usual) => {
    for (const loss of losses) windowOf(loss);
    expect(b.usualMmHgPerS).toBeCloseTo(usual, 9);
    expect([b.windows, b.lostMmHg, s.trip]).toEqual([3, 0, 0]);
  });
  it('what the pump put in counts as lost where it does not show', () => {
    for (let i = 0; i < 3; i++) windowOf(1, 0.75);
    expect(b.usualMmHgPerS).toBeCloseTo(1, 9);
  });
  it('is the mean of all windows at first where it falls, later of about the last 8; where it rises it follows a 16th', () => {
    for (const [count, loss, usual] of [
      [3, 0.6, 1 - 0.4 / 4],
      [7, 0.6, 1 - 0.4 / 8],
      [8, 0.6, 1 - 0.4 / 8],
      [20, 0.6, 1 - 0.4 / 8],
      [20, -3, 1 - 1 / 8],
      [3, 1.24, 1 + 0.24 / 16],
      [20, 1.24, 1 + 0.24 / 16],
      [20, 9, 1.1],
      [3, 2.8, 1.1],
      [20, 1, 1],
    ] as const) {
      known(1, count);
      windowOf(loss);
      expect(b.usualMmHgPerS, `${count} ${loss}`).toBeCloseTo(usual, 9);
      expect(b.windows).toBe(count + 1);
    }
  });
});

describe('what is lost beyond it', () => {
  it.each<[string, number, number, number]>([
    ['a tenth and 0.125 mmHg/s are borne', 1, 1.3, (0.3 - 0.125 - 0.1) * 4],
    ['at no usual loss too', 0, 0.3, (0.3 - 0.125) * 4],
    ['a window adds 1.6 at most', 1, 5, 1.6],
    ['less than usual takes back', 1, 0.9, 0],
  ])('%s', (_name, usual, loss, lost) => {
    known(usual);
    windowOf(loss);
    expect(b.lostMmHg).toBeCloseTo(lost, 9);
  });
  it('sums up, and what is better takes back', () => {
    known(1);
    b.lostMmHg = 2;
    windowOf(0.9);
    expect(b.lostMmHg).toBeCloseTo(2 - 0.325 * 4, 9);
  });
  it('trips at its limit', () => {
    known(1);
    b.lostMmHg = LOSS_LIMIT_MMHG - 1.7;
    windowOf(9);
    expect(s.trip).toBe(0);
    b.lostMmHg = LOSS_LIMIT_MMHG - 1.5;
    windowOf(9);
    expect(s.trip).toBe(TRIP_SLOW_LOSS);
    expect([s.measured, s.allowed]).toEqual([b.lostMmHg, LOSS_LIMIT_MMHG]);
  });
  it('is allowed the creep of a new fill: 6 % of it over the seconds held', () => {
    known(1);
    Object.assign(b, { newFillMmHg: 150 });
    s.heldSince = t.now - 6000;
    windowOf(1.9);
    expect(b.lostMmHg).toBe(0);
    expect(b.usualMmHgPerS).toBe(1);
    s.heldSince = t.now - 6000;
    windowOf(2.3);
    // 10 s after the fill: 0.9 mmHg/s of creep
    expect(b.lostMmHg).toBeCloseTo((1.3 - 0.9 - 0.225) * 4, 9);
  });
  it('is judged together with what was missing in movement', () => {
    known(1);
    Object.assign(b, { lostMmHg: 1, movedMmHg: LOSS_LIMIT_MMHG - 2.7 });
    windowOf(9);
    expect(s.trip).toBe(0);
    Object.assign(b, { lostMmHg: 1, movedMmHg: LOSS_LIMIT_MMHG - 2.5 });
    windowOf(9);
    expect(s.trip).toBe(TRIP_SLOW_LOSS);
    expect(s.measured).toBe(LOSS_LIMIT_MMHG + 0.1);
  });
  it('a fifth of it is forgotten when a set lies between', () => {
    for (const [gap, left] of [
      [25_000, 2],
      [25_001, 1.6],
    ] as const) {
      known(1);
      Object.assign(b, { lostMmHg: 2, windowAt: t.now, windowFromMmHg: 100, windowPumpMs: s.pumpMs });
      b.calmMmHg = 100 - ((1 + 0.225) * WINDOW_MS) / 1000;
      b.judgedAt = t.now + WINDOW_MS - gap;
      look(b.calmMmHg, WINDOW_MS);
      expect(b.lostMmHg).toBeCloseTo(left, 9);
    }
  });
  it('a great loss trips also where each rest has room for one window only', () => {
    known(1);
    let rests = 0;
    while (s.trip === 0 && rests < 30) {
      Object.assign(b, { windowAt: t.now, windowFromMmHg: 100, windowPumpMs: s.pumpMs });
      b.calmMmHg = 100 - ((b.usualMmHgPerS + 3) * WINDOW_MS) / 1000;
      b.judgedAt = t.now + WINDOW_MS - 30_000;
      look(b.calmMmHg, WINDOW_MS);
      rests++;
    }
    expect(s.trip).toBe(TRIP_SLOW_LOSS);
    expect(rests).toBeLessThanOrEqual(8);
  });
  it.each<[string, number, number, number, number, number]>([
    ['a part of it was creep: half is taken off', 7, 25_001, 0, 0.3, 0.15],
    ['at most 0.2 mmHg/s: a leak stays', 7, 25_001, 0, 0.69, 0.49],
    ['nothing of a large one', 7, 25_001, 0.3, 0.7, 0.7],
    ['of that too when more was missing in the set', 7, 25_001, 0.31, 0.7, 0.5],
    ['not after a short set', 7, 25_000, 0, 0.3, 0.3],
    ['not when many windows have shown it', 8, 25_001, 0, 0.3, 0.3],
  ])('after a set %s', (_name, count, gap, moved, usual, left) => {
    known(usual, count);
    b.movedMmHg = moved;
    for (const before of [usual, left]) {
      Object.assign(b, {
        usualMmHgPerS: before,
        windows: count,
        windowAt: t.now,
        windowFromMmHg: 100,
        windowPumpMs: s.pumpMs,
      });
      b.calmMmHg = 100 - (left * WINDOW_MS) / 1000;
      b.judgedAt = t.now + WINDOW_MS - gap;
      look(b.calmMmHg, WINDOW_MS);
      // a window that loses just what is expected changes nothing; a second set takes nothing more off
      expect(b.usualMmHgPerS).toBeCloseTo(left, 9);
    }
  });
  it('is not judged soon after the fill, nor in a measurement', () => {
    known(1);
    s.heldSince = t.now + WINDOW_MS - AFTER_MS + 1;
    windowOf(9);
    expect([b.windows, b.lostMmHg]).toEqual([20, 0]);
    s.heldSince = t.now + WINDOW_MS - AFTER_MS;
    windowOf(9);
    expect(b.windows).toBe(21);
    t.quiet = true;
    windowOf(9);
    expect(b.windows).toBe(21);
  });
});

describe('what the pump is forgiven', () => {
  it.each<[string, number, number]>([
    ['150 ms a second', 2.9, 150],
    ['what this cuff usually loses, if that is more', 5, 250],
    ['but no more than half of the time', 12, 500],
  ])('%s', (_name, usual, forgiven) => {
    known(usual);
    windowOf(usual);
    expect(b.forgivenPermille).toBeCloseTo(forgiven, 9);
  });
  it('not before the usual loss is known', () => {
    windowOf(5);
    windowOf(5);
    expect(b.forgivenPermille).toBe(150);
    windowOf(5);
    expect(b.forgivenPermille).toBe(250);
  });
});

describe('what is gained', () => {
  it('beyond 0.1 mmHg/s adds up, 2.5 a window at most', () => {
    known(0);
    windowOf(-0.3);
    expect(b.gainedMmHg).toBeCloseTo(0.8, 9);
    windowOf(-5);
    expect(b.gainedMmHg).toBeCloseTo(3.3, 9);
    windowOf(0.2);
    expect(b.gainedMmHg).toBeCloseTo(3.3 - 1.2, 9);
    windowOf(5);
    expect(b.gainedMmHg).toBe(0);
  });
  it('trips at its limit and what a lowered setpoint explains', () => {
    known(0);
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
    ['half a window before a bleed counts', WINDOW_MS / 2, 1, 0, false, 0.8],
    ['less does not', WINDOW_MS / 2 - 1, 1, 0, false, 0],
    ['what the pump gave is no gain', WINDOW_MS / 2, 1, 20, false, 0.4],
    ['a measurement is not judged', WINDOW_MS / 2, 1, 0, true, 0],
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
  it('close after WINDOW_MS and begin anew; the pump does not break them, a bleed does', () => {
    known(0);
    look(100);
    const from = b.windowAt;
    look(100, 400, 40);
    look(100, SETTLE_MS + 1);
    expect(b.windowAt).toBe(from);
    look(100, from + WINDOW_MS - 1 - t.now);
    expect([b.windowAt, b.windows]).toEqual([from, 20]);
    look(100, 1);
    expect([b.windowAt, b.windows, b.windowPumpMs]).toEqual([t.now, 21, s.pumpMs]);
    expect(b.usualMmHgPerS).toBeCloseTo((40 * 0.02) / 4 / 16, 9);
    look(100, 200, 0, 5);
    expect(b.windowAt).toBe(0);
  });
});

describe('fills and releases', () => {
  it('a new fill brings creep back once the usual loss is known, and a higher setpoint more loss', () => {
    known(1, 2);
    expectCreep(s, 50);
    expect([b.newFillMmHg, b.usualMmHgPerS]).toEqual([0, 1]);
    known(1, 3);
    b.windowAt = 7;
    s.targetMmHg = 150;
    expectCreep(s, 50);
    expect([b.newFillMmHg, b.usualMmHgPerS, b.windowAt]).toEqual([50, 1.5, 0]);
    known(1, 3);
    s.targetMmHg = 50;
    expectCreep(s, 20);
    expect([b.newFillMmHg, b.usualMmHgPerS]).toEqual([20, 1]);
  });
  it('a lowered setpoint lets the cuff gain a third of the step, and begins the hold anew', () => {
    b.windowAt = 7;
    for (const setpoint of [60, 40]) {
      t.setpoint = setpoint;
      judgeProgress(s, t);
    }
    expect([b.recoveryMmHg, b.windowAt, s.heldSince]).toEqual([21, 0, t.now]);
  });
  it('a release forgets the hold but not what is usual', () => {
    known(1, 7);
    Object.assign(b, { windowAt: 7, lostMmHg: 1, gainedMmHg: 2, recoveryMmHg: 3, pumpedMs: 4, openMs: 5 });
    forgetAir(s);
    expect([b.windowAt, b.lostMmHg, b.gainedMmHg, b.recoveryMmHg, b.pumpedMs, b.openMs, b.idleMs]).toEqual(
      Array.from({ length: 7 }, () => 0),
    );
    expect([b.usualMmHgPerS, b.windows]).toEqual([1, 7]);
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
    fill(94, 400);
    expect(b.pumpMmHgPerS).toBeCloseTo(34 / 0.4, 6);
    fill(60, 200);
    fill(94, 800);
    expect(b.pumpMmHgPerS).toBeCloseTo(34 / 0.8, 6);
  });
  it('what was let out in the fill is none of the hold’s', () => {
    fill(60, 200, 3000);
    s.reached = true;
    look(100, 200, 0, 10);
    expect(b.openMs).toBe(10);
  });
});

describe('air in one direction, look by look', () => {
  const pumped = (ms: number, from: number, mean: number, p: number): number => {
    Object.assign(b, { pumpedMs: ms - 10, pumpedAt: t.now + 200, pumpedFromMmHg: from });
    s.meanMmHg = mean;
    look(p, 200, 10);
    return s.trip;
  };
  it('less than 80 mmHg cannot be missing, however far the reading has fallen', () => {
    expect(pumped(3999, 100, 50, 50)).toBe(0);
    expect(pumped(4000, 100, 50, 50)).toBe(TRIP_PUMP_WITHOUT_EFFECT);
  });
  it('what is missing at the limit trips, and the higher of mean and reading counts', () => {
    expect(pumped(6000, 100, 100.1, 90)).toBe(0);
    expect(pumped(6000, 100, 90, 100.1)).toBe(0);
    expect(pumped(6000, 100, 100, 100)).toBe(TRIP_PUMP_WITHOUT_EFFECT);
  });
  it('it begins at the lower of mean and reading, and anew when all is forgiven', () => {
    for (const [mean, p] of [
      [90, 100],
      [100, 90],
    ] as const) {
      Object.assign(b, { pumpedMs: 30, pumpedAt: t.now, pumpedFromMmHg: 50 });
      s.meanMmHg = mean;
      look(p, 200, 10);
      expect([b.pumpedMs, b.pumpedFromMmHg]).toEqual([10, 90]);
    }
  });
  it('pumped air adds up, 150 ms a second are forgiven, and a bleed ends it', () => {
    look(100, 200, 200);
    expect([b.pumpedMs, b.pumpedFromMmHg]).toEqual([200, 100]);
    look(100, 400, 200);
    expect(b.pumpedMs).toBeCloseTo(200 - 60 + 200, 9);
    look(95, 5000, 100);
    expect([b.pumpedMs, b.pumpedFromMmHg]).toEqual([100, 95]);
    look(95, 200, 100, 10);
    expect([b.pumpedMs, b.openMs]).toEqual([0, 0]);
  });
  it('is missing where it does not show: 80 mmHg and 40 % of the setpoint are borne', () => {
    const allowed = MISSING_MMHG + 40;
    // the air book has so much room that it stays silent
    Object.assign(s.limits, { airMmHg: 10_000 });
    for (const [rise, more] of [
      [0, 0],
      [15, 15],
    ] as const) {
      Object.assign(b, { pumpedMs: 1000, pumpedAt: t.now + 200, pumpedFromMmHg: 100 });
      look(100 + rise, 200, ((allowed + more) * 1000) / 20 - 1000 - 1);
      expect(s.trip).toBe(0);
      look(100 + rise, 200, 40);
      expect(s.trip).toBe(TRIP_PUMP_WITHOUT_EFFECT);
      expect(s.measured).toBeCloseTo(allowed + 0.18, 6);
      expect(s.allowed).toBe(allowed);
      s.trip = 0;
    }
  });
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
