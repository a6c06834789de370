import { beforeEach, describe, expect, it } from 'vitest';
import type { AirBooks } from '../../src/safety/air-books.ts';
import { expectCreep, expectRecovery, forgetAir, keepBooks } from '../../src/safety/air-rules.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import * as trips from '../../src/safety/trips.ts';
import { closeTurn } from '../../src/safety/turnover-rules.ts';
import type { Tick } from '../../src/tick.ts';
import { LOSS_LIMIT_MMHG, TURN_MS, TURNS_FIRST } from './numbers.ts';
import { Stand } from './stand.ts';

let s: Supervisor;
let t: Tick;
let b: AirBooks;
const SECONDS = TURN_MS / 1000;
/** mmHg lost for each ms of open valve, as what is lost with the valve shut counts: 8 ms a second. */
const SHUT = 8;

beforeEach(() => {
  const stand = new Stand();
  s = stand.s;
  t = stand.t;
  b = s.air;
  Object.assign(s, { reached: true, target: 100, mean: 100, heldFrom: 0, pressurised: true });
  Object.assign(t, { now: 100_000, measuredMmHg: 100, filteredMmHg: 100, outVent: false });
  Object.assign(b, { upRate: 20, turnAt: 100_000, turnMean: 100, turnTarget: 100 });
});

/** A window with so many mmHg/s pumped, so many ms a second of open valve, and a rise of the mean. */
function turn(put: number, open: number, rise = 0): void {
  s.lagPumpMs += (put * TURN_MS) / b.upRate;
  s.lagBledMs += open * SECONDS;
  s.mean += rise;
  t.now += TURN_MS;
  closeTurn(s, t);
}

/** The usual: 10 mmHg/s, for 92 ms of open valve a second. */
function learn(windows = TURNS_FIRST): void {
  for (let i = 0; i <= windows; i++) turn(10, 100 - SHUT);
}

describe('what is usual in movement', () => {
  it('is the mean of the first windows, but for the one in which a set begins', () => {
    // the fourth still teaches, in full, and is not judged
    for (const put of [10, 9, 10, 11, 14]) turn(put, 100 - SHUT);
    expect([b.turns, b.moved]).toEqual([4, 0]);
    expect(b.perOpen).toBeCloseTo(0.11, 9);
    expect(b.flow).toBeCloseTo(11, 9);
  });
  it('what is turned over is followed by a sixth later', () => {
    learn(12);
    turn(13, 92);
    expect(b.flow).toBeCloseTo(10.5, 9);
  });
  it('a cuff that gains by itself counts as one that loses nothing', () => {
    turn(10, 92);
    turn(10, 92, 70);
    expect([b.turns, b.perOpen]).toEqual([1, 0]);
    // what it loses later is all beyond that
    turn(10, 92);
    expect(b.perOpen).toBeCloseTo(0.1 / 2, 9);
  });
  it('a rise of the mean is not lost, a fall is', () => {
    turn(10, 92);
    turn(10, 92, 6);
    expect(b.perOpen).toBeCloseTo(0.09, 9);
    turn(10, 92, -6);
    expect(b.perOpen).toBeCloseTo(0.1, 9);
  });
  it('follows by a twelfth later, upwards by 3 % at most', () => {
    learn(12);
    turn(9.4, 92);
    expect(b.perOpen).toBeCloseTo(0.1 - 0.006 / 12, 9);
    b.perOpen = 0.1;
    turn(10.6, 92);
    expect(b.perOpen).toBeCloseTo(0.1 + 0.006 / 12, 9);
    b.perOpen = 0.1;
    turn(20, 92);
    expect(b.perOpen).toBeCloseTo(0.103, 9);
  });
  it.each<[string, number, number]>([
    ['a limb at rest teaches nothing', 0.99, 0],
    ['a set that ends or begins teaches nothing', 7.9, 0],
    ['one that goes on does', 8, 1],
  ])('%s', (_name, put, more) => {
    learn();
    turn(put, 92);
    expect(b.turns).toBe(4 + more);
    expect([b.moved, b.perOpen === 0.1]).toEqual([0, more === 0]);
    expect(b.fullTurns).toBe(more === 0 ? 0 : 6);
  });
  it('a limb that hardly moves has no usual', () => {
    for (let i = 0; i < 9; i++) turn(0.99, 0);
    expect(b.turns).toBe(0);
    for (let i = 0; i < 9; i++) turn(1, 0);
    expect(b.turns).toBe(8);
  });
});

describe('more pump for the same valve', () => {
  beforeEach(() => learn());
  it('beyond 0.2 mmHg/s adds up, and weighs less the more air is turned over', () => {
    turn(10.5, 92);
    expect(b.moved).toBeCloseTo((0.3 * SECONDS) / 20.1, 3);
    turn(9, 92);
    expect(b.moved).toBe(0);
  });
  it('a window adds half a mmHg/s and a twentieth of what is turned over at most', () => {
    turn(50, 92);
    expect(b.moved).toBeCloseTo(((0.5 + 18 / 20) * SECONDS) / 28, 9);
  });
  it('trips at the limit, together with what was lost at rest', () => {
    b.lost = 2;
    b.moved = LOSS_LIMIT_MMHG - 2.2;
    turn(10.5, 92);
    expect(s.trip).toBe(0);
    b.moved = LOSS_LIMIT_MMHG - 2.05;
    turn(10.5, 92);
    expect(s.trip).toBe(trips.TRIP_AIR_LOST);
    expect([s.measured, s.allowed]).toEqual([b.lost + b.moved, LOSS_LIMIT_MMHG]);
  });
  it.each([
    [LOSS_LIMIT_MMHG - 0.001, 0],
    [LOSS_LIMIT_MMHG, trips.TRIP_AIR_LOST],
  ])('%s mmHg lost at rest are judged in a window of movement too', (lost, reason) => {
    b.lost = lost;
    turn(9, 92);
    expect([b.moved, s.trip]).toEqual([0, reason]);
  });
  it('the same share of a faster movement is nothing new', () => {
    turn(20, 192);
    turn(20, 192);
    expect(b.moved).toBe(0);
    turn(8.5, 77);
    expect(b.moved).toBe(0);
  });
  it.each<[string, () => void]>([
    ['in a measurement', () => Object.assign(t, { quiet: true })],
    ['in the window of a fill', () => Object.assign(s, { heldFrom: t.now - 3999 })],
    ['nor in the first one after it', () => Object.assign(s, { heldFrom: t.now + 1 })],
  ])('is not judged %s', (_name, spoil) => {
    spoil();
    turn(30, 92);
    expect([b.moved, b.turns]).toEqual([0, 4]);
  });
  it('is judged again four seconds after the setpoint was reached', () => {
    s.heldFrom = t.now - 4000;
    turn(30, 92);
    expect(b.moved).toBeGreaterThan(0);
  });
});

describe('what ends it', () => {
  beforeEach(() => learn());
  it('another setpoint begins anew, the same one does not', () => {
    expectCreep(s, 100);
    expect([b.turns, b.fullTurns, b.flow]).not.toContain(0);
    s.target = 120;
    expectCreep(s, 20);
    expect([b.turns, b.fullTurns, b.flow, b.perOpen, b.turnTarget]).toEqual([0, 0, 0, 0, 120]);
    learn();
    s.target = 80;
    expectRecovery(s, t, 40);
    expect([b.turns, b.fullTurns, b.flow, b.perOpen, b.turnTarget]).toEqual([0, 0, 0, 0, 80]);
  });
  it('a release forgets what was missing, not what is usual', () => {
    b.moved = 3;
    forgetAir(s);
    expect([b.moved, b.fullTurns, b.turns]).toEqual([0, 0, 4]);
  });
});

it('a window is closed by the books, once in TURN_MS', () => {
  Object.assign(b, { turnAt: t.now - TURN_MS + 1, pumpMs: s.pumpMs });
  keepBooks(s, t);
  expect(b.turnAt).toBe(t.now - TURN_MS + 1);
  t.now += 1;
  keepBooks(s, t);
  expect(b.turnAt).toBe(t.now);
});
