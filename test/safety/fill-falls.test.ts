import { beforeEach, describe, expect, it } from 'vitest';
import type { AirBalance } from '../../src/safety/air-balance.ts';
import { forgetAir, judgeAir } from '../../src/safety/air-rules.ts';
import { noteFall, startFalls } from '../../src/safety/fall-rules.ts';
import { judgeProgress } from '../../src/safety/progress-rules.ts';
import { TRIP_BOOK_FULL } from '../../src/safety/rows/book.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import type { Tick } from '../../src/tick.ts';
import { heldBook } from './book-stand.ts';

const ROUND_MS = 200;
let s: Supervisor;
let t: Tick;
let b: AirBalance;

beforeEach(() => {
  const held = heldBook();
  s = held.s;
  t = held.t;
  b = held.b;
  Object.assign(s, { roundMs: ROUND_MS, reached: false });
  Object.assign(b, { bookKept: false });
  startFalls(s);
  t.filteredMmHg = 30;
});

/** A round in which the reading changes by `mmHg`. */
function round(mmHg: number, pumped = ROUND_MS, bled = 0): number {
  t.filteredMmHg += mmHg;
  noteFall(s, t, pumped, bled);
  return b.fellMmHg;
}

/** A fill at 20 mmHg/s for so many rounds. */
function rise(rounds: number): void {
  for (let n = 0; n < rounds; n++) round(4);
}

describe('a reading that falls while the cuff fills', () => {
  it('a steady rise adds nothing, at any speed', () => {
    for (const mmHg of [0.5, 4, 12, 30]) {
      startFalls(s);
      for (let n = 0; n < 20; n++) round(mmHg);
      expect(b.fellMmHg, `${mmHg}`).toBeLessThanOrEqual(0);
    }
  });

  it('a jump counts with the rise that it has hidden', () => {
    rise(10);
    expect(round(-21)).toBeCloseTo(25, 0);
    rise(10);
    expect(b.fellMmHg).toBeCloseTo(25, 0);
  });

  it('pulse, breath and tremor of 2 mmHg do not', () => {
    rise(10);
    for (let n = 0; n < 40; n++) round(4 + (n % 2 === 0 ? 2 : -2));
    expect(b.fellMmHg).toBeLessThanOrEqual(0);
  });

  it('what a limb gives back within 4 s is no fall', () => {
    rise(10);
    round(-21);
    rise(5);
    round(4 + 24);
    expect(b.fellMmHg).toBeLessThan(4);
  });

  it('what comes later does not make it good', () => {
    rise(10);
    round(-21);
    rise(20);
    for (let n = 0; n < 3; n++) round(4 + 5);
    expect(b.fellMmHg).toBeGreaterThan(20);
  });

  it.each([14, 34, 64])('a bump of %d mmHg goes as it came, at once or in two rounds', (mmHg) => {
    rise(10);
    round(mmHg);
    expect(round(4 - mmHg)).toBeLessThan(36);
    startFalls(s);
    rise(10);
    round(mmHg / 2);
    round(mmHg / 2);
    round(4 - mmHg / 2);
    expect(round(4 - mmHg / 2)).toBeLessThan(40);
    expect(s.trip).toBe(0);
  });

  it('of a larger rise 40 mmHg are given back', () => {
    rise(10);
    expect(round(94)).toBe(-40);
  });

  it('a sudden rise is not taken for the usual one', () => {
    rise(10);
    round(64);
    // 6 and a quarter of 4, and three times a noise that is near 0
    expect(b.fallRiseMmHg).toBeLessThan(4 + (6 + 1 + 6) / 2);
  });

  it.each([
    [1000, 25],
    [1600, 0],
  ])('a reading of before %d ms without the pump counts with %d', (ms, counted) => {
    rise(10);
    for (let n = 0; n < ms / ROUND_MS - 2; n++) round(0, 0);
    round(-21);
    round(4);
    round(4);
    expect(b.fellMmHg).toBeCloseTo(counted, -1);
  });

  it('a bump is forgotten within some seconds', () => {
    rise(10);
    expect(round(4 + 10)).toBeCloseTo(-10, 0);
    t.filteredMmHg -= 5;
    for (let n = 0; n < 10; n++) round(4, 0);
    expect(b.fellMmHg).toBeGreaterThan(-2);
  });

  it('a fast fill may stumble by more: a quarter of its rise', () => {
    for (let n = 0; n < 20; n++) round(30);
    expect(round(30 - 12)).toBeLessThan(1);
    for (let n = 0; n < 20; n++) round(30);
    expect(round(30 - 15)).toBeGreaterThan(14);
  });

  it('rises of less than 3 mmHg above the usual give nothing back', () => {
    rise(10);
    round(-21);
    for (let n = 0; n < 4; n++) round(4 + 2);
    expect(b.fellMmHg).toBeCloseTo(25, 0);
  });

  it('before the noise of a fill is known 18 mmHg are', () => {
    round(4);
    round(4);
    expect(round(-17)).toBe(0);
    startFalls(s);
    round(4);
    round(4);
    expect(round(-19)).toBeCloseTo(19, 9);
  });

  it('one uneven round is no noise yet', () => {
    rise(20);
    round(4 + 5);
    expect(round(6.5 - 14)).toBeGreaterThan(13);
  });

  it('however noisy the rounds are, 18 mmHg of it count', () => {
    rise(10);
    b.fallNoiseMmHg = 30;
    expect(round(4 - 24)).toBe(0);
    b.fallNoiseMmHg = 30;
    expect(round(b.fallRiseMmHg - 28)).toBeGreaterThan(25);
  });

  it('strokes of the pump on a narrow hose are not counted', () => {
    for (let n = 0; n < 30; n++) round(n % 2 === 0 ? 16 : -8);
    expect(b.fellMmHg).toBeLessThan(20);
    expect(s.trip).toBe(0);
  });

  it.each([
    ['the pump rested for more than a quarter of it', 149, 0],
    ['nothing was pumped', 0, 0],
    ['the valve let air out', ROUND_MS, 20],
  ])('not in a round in which %s', (_name, pumped, bled) => {
    rise(10);
    expect(round(-21, pumped, bled)).toBe(0);
  });

  it('a jump while the pump rests shows when it runs again, in the second round', () => {
    rise(10);
    round(-25, 0);
    expect(round(4)).toBe(0);
    expect(round(4)).toBeGreaterThan(15);
  });

  it('40 mmHg in one fill trip, with what the cuff may hold then', () => {
    rise(10);
    for (let n = 0; n < 2; n++) {
      expect(s.trip).toBe(0);
      round(-21);
      rise(4);
    }
    expect([s.trip, s.allowed]).toEqual([TRIP_BOOK_FULL, 200]);
    expect(s.measured).toBeGreaterThan(t.filteredMmHg + 30);
  });

  it('a vented cuff has none', () => {
    b.fellMmHg = 25;
    forgetAir(s);
    expect(b.fellMmHg).toBe(0);
  });

  it('the next fill begins without them', () => {
    rise(10);
    round(-21);
    startFalls(s);
    expect([b.fellMmHg, b.fallFromMmHg, b.pumpedRounds, b.fallRiseMmHg]).toEqual([0, Number.NaN, 0, 0]);
  });
});

describe('in the loop', () => {
  /** A round of a fill to 100 mmHg with the pump on. */
  const fills = (mmHg: number): void => {
    s.pumpMs += ROUND_MS;
    t.now += ROUND_MS;
    t.filteredMmHg += mmHg;
    t.measuredMmHg = t.filteredMmHg;
    judgeAir(s, t);
  };

  beforeEach(() => {
    Object.assign(s, { targetMmHg: 100, filledToMmHg: 100, bledMs: 500 });
    Object.assign(b, { seenPumpMs: s.pumpMs, seenBledMs: 500, lookingSince: 0, riseMmHgPerS: 0 });
    t.filteredMmHg = 10;
  });

  it('a jump of -25 mmHg in a fill counts', () => {
    for (let n = 0; n < 12; n++) fills(4);
    fills(-21);
    expect(b.fellMmHg).toBeGreaterThan(20);
  });

  it('a setpoint that was lowered and is raised again is no fall', () => {
    for (let n = 0; n < 12; n++) fills(4);
    s.meanMmHg = 20;
    Object.assign(t, { filteredMmHg: 20, measuredMmHg: 20, setpoint: 60 });
    judgeProgress(s, t);
    t.setpoint = 100;
    judgeProgress(s, t);
    expect(s.reached).toBe(false);
    for (let n = 0; n < 4; n++) fills(4);
    expect(b.fallFromMmHg).toBe(36);
    expect(b.fellMmHg).toBe(0);
  });
});
