import { beforeEach, describe, expect, it } from 'vitest';
import type { AirBalance } from '../../src/safety/air-balance.ts';
import { expectCreep, expectRecovery, forgetAir, judgeAir } from '../../src/safety/air-rules.ts';
import { TRIP_SLOW_LOSS } from '../../src/safety/rows/air.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import { closeTurnover } from '../../src/safety/turnover-rules.ts';
import type { Tick } from '../../src/tick.ts';
import { LOSS_LIMIT_MMHG, TURNOVER_MS, TURNOVERS_FIRST } from './numbers.ts';
import { Stand } from './stand.ts';

let s: Supervisor;
let t: Tick;
let b: AirBalance;
const SECONDS = TURNOVER_MS / 1000;
/** mmHg lost for each ms of open valve, as what is lost with the valve shut counts: 8 ms a second. */
const SHUT = 8;

beforeEach(() => {
  const stand = new Stand();
  s = stand.s;
  t = stand.t;
  b = s.air;
  Object.assign(s, { reached: true, targetMmHg: 100, meanMmHg: 100, heldSince: 0, pressurised: true });
  Object.assign(t, { now: 100_000, measuredMmHg: 100, filteredMmHg: 100, outVent: false });
  Object.assign(b, { pumpMmHgPerS: 20, turnoverAt: 100_000, turnoverMean: 100, turnoverTarget: 100 });
});

/** A window with so many mmHg/s pumped, so many ms a second of open valve, and a rise of the mean. */
function turn(put: number, open: number, rise = 0): void {
  s.lagPumpMs += (put * TURNOVER_MS) / b.pumpMmHgPerS;
  s.lagBledMs += open * SECONDS;
  s.meanMmHg += rise;
  t.now += TURNOVER_MS;
  closeTurnover(s, t);
}

/** The usual: 10 mmHg/s, for 92 ms of open valve a second. */
function learn(windows = TURNOVERS_FIRST): void {
  for (let i = 0; i <= windows; i++) turn(10, 100 - SHUT);
}

describe('what is usual in movement', () => {
  it('is the mean of the first windows, but for the one in which a set begins', () => {
    // the fourth still teaches, in full, and is not judged
    for (const put of [10, 9, 10, 11, 14]) turn(put, 100 - SHUT);
    expect([b.learnedWindows, b.movedMmHg]).toEqual([4, 0]);
    expect(b.mmHgPerOpenMs).toBeCloseTo(0.11, 9);
    expect(b.turnoverMmHgPerS).toBeCloseTo(11, 9);
  });
  it('what is turned over is followed by a sixth later', () => {
    learn(12);
    turn(13, 92);
    expect(b.turnoverMmHgPerS).toBeCloseTo(10.5, 9);
  });
  it('a cuff that gains by itself counts as one that loses nothing', () => {
    turn(10, 92);
    turn(10, 92, 70);
    expect([b.learnedWindows, b.mmHgPerOpenMs]).toEqual([1, 0]);
    // what it loses later is all beyond that
    turn(10, 92);
    expect(b.mmHgPerOpenMs).toBeCloseTo(0.1 / 2, 9);
  });
  it('a rise of the mean is not lost, a fall is', () => {
    turn(10, 92);
    turn(10, 92, 6);
    expect(b.mmHgPerOpenMs).toBeCloseTo(0.09, 9);
    turn(10, 92, -6);
    expect(b.mmHgPerOpenMs).toBeCloseTo(0.1, 9);
  });
  it('follows by a twelfth later, upwards by 3 % at most', () => {
    learn(12);
    turn(9.4, 92);
    expect(b.mmHgPerOpenMs).toBeCloseTo(0.1 - 0.006 / 12, 9);
    b.mmHgPerOpenMs = 0.1;
    turn(10.6, 92);
    expect(b.mmHgPerOpenMs).toBeCloseTo(0.1 + 0.006 / 12, 9);
    b.mmHgPerOpenMs = 0.1;
    turn(20, 92);
    expect(b.mmHgPerOpenMs).toBeCloseTo(0.103, 9);
  });
  it.each<[string, number, number]>([
    ['a limb at rest teaches nothing', 0.99, 0],
    ['a set that ends or begins teaches nothing', 7.9, 0],
    ['one that goes on does', 8, 1],
  ])('%s', (_name, put, more) => {
    learn();
    turn(put, 92);
    expect(b.learnedWindows).toBe(4 + more);
    expect([b.movedMmHg, b.mmHgPerOpenMs === 0.1]).toEqual([0, more === 0]);
    expect(b.movingWindows).toBe(more === 0 ? 0 : 6);
  });
  it('a limb that hardly moves has no usual', () => {
    for (let i = 0; i < 9; i++) turn(0.99, 0);
    expect(b.learnedWindows).toBe(0);
    for (let i = 0; i < 9; i++) turn(1, 0);
    expect(b.learnedWindows).toBe(8);
  });
});

describe('more pump for the same valve', () => {
  beforeEach(() => learn());
  it('beyond 0.2 mmHg/s adds up, and weighs less the more air is turned over', () => {
    turn(10.5, 92);
    expect(b.movedMmHg).toBeCloseTo((0.3 * SECONDS) / 20.1, 3);
    turn(9, 92);
    expect(b.movedMmHg).toBe(0);
  });
  it('a window adds half a mmHg/s and a twentieth of what is turned over at most', () => {
    turn(50, 92);
    expect(b.movedMmHg).toBeCloseTo(((0.5 + 18 / 20) * SECONDS) / 28, 9);
  });
  it('trips at the limit, together with what was lost at rest', () => {
    b.lostMmHg = 2;
    b.movedMmHg = LOSS_LIMIT_MMHG - 2.2;
    turn(10.5, 92);
    expect(s.trip).toBe(0);
    b.movedMmHg = LOSS_LIMIT_MMHG - 2.05;
    turn(10.5, 92);
    expect(s.trip).toBe(TRIP_SLOW_LOSS);
    expect([s.measured, s.allowed]).toEqual([b.lostMmHg + b.movedMmHg, LOSS_LIMIT_MMHG]);
  });
  it.each([
    [LOSS_LIMIT_MMHG - 0.001, 0],
    [LOSS_LIMIT_MMHG, TRIP_SLOW_LOSS],
  ])('%s mmHg lost at rest are judged in a window of movement too', (lost, reason) => {
    b.lostMmHg = lost;
    turn(9, 92);
    expect([b.movedMmHg, s.trip]).toEqual([0, reason]);
  });
  it('the same share of a faster movement is nothing new', () => {
    turn(20, 192);
    turn(20, 192);
    expect(b.movedMmHg).toBe(0);
    turn(8.5, 77);
    expect(b.movedMmHg).toBe(0);
  });
  it.each<[string, () => void]>([
    ['in a measurement', () => Object.assign(t, { quiet: true })],
    ['in the window of a fill', () => Object.assign(s, { heldSince: t.now - 3999 })],
    ['nor in the first one after it', () => Object.assign(s, { heldSince: t.now + 1 })],
  ])('is not judged %s', (_name, spoil) => {
    spoil();
    turn(30, 92);
    expect([b.movedMmHg, b.learnedWindows]).toEqual([0, 4]);
  });
  it('is judged again four seconds after the setpoint was reached', () => {
    s.heldSince = t.now - 4000;
    turn(30, 92);
    expect(b.movedMmHg).toBeGreaterThan(0);
  });
});

describe('what ends it', () => {
  beforeEach(() => learn());
  it('another setpoint begins anew, the same one does not', () => {
    expectCreep(s, 100);
    expect([b.learnedWindows, b.movingWindows, b.turnoverMmHgPerS]).not.toContain(0);
    s.targetMmHg = 120;
    expectCreep(s, 20);
    expect([
      b.learnedWindows,
      b.movingWindows,
      b.turnoverMmHgPerS,
      b.mmHgPerOpenMs,
      b.turnoverTarget,
    ]).toEqual([0, 0, 0, 0, 120]);
    learn();
    s.targetMmHg = 80;
    expectRecovery(s, 40);
    expect([
      b.learnedWindows,
      b.movingWindows,
      b.turnoverMmHgPerS,
      b.mmHgPerOpenMs,
      b.turnoverTarget,
    ]).toEqual([0, 0, 0, 0, 80]);
  });
  it('a release forgets what was missing, not what is usual', () => {
    b.movedMmHg = 3;
    forgetAir(s);
    expect([b.movedMmHg, b.movingWindows, b.learnedWindows]).toEqual([0, 0, 4]);
  });
});

it('a window is closed by the air balance, once in TURNOVER_MS', () => {
  Object.assign(b, { turnoverAt: t.now - TURNOVER_MS + 1, seenPumpMs: s.pumpMs });
  judgeAir(s, t);
  expect(b.turnoverAt).toBe(t.now - TURNOVER_MS + 1);
  t.now += 1;
  judgeAir(s, t);
  expect(b.turnoverAt).toBe(t.now);
});
