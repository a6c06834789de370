import { beforeEach, describe, expect, it } from 'vitest';
import type { AirBalance } from '../../src/safety/air-balance.ts';
import { forgetFlow, measurePump, startRate } from '../../src/safety/flow-rules.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import type { Tick } from '../../src/tick.ts';
import { heldBook } from './book-stand.ts';

let s: Supervisor;
let t: Tick;
let b: AirBalance;

beforeEach(() => {
  const held = heldBook();
  s = held.s;
  t = held.t;
  b = held.b;
});

/** The pump ran for 200 ms on the way from 80 mmHg to here, on the way to 100. */
function fillTo(mmHg: number): number {
  Object.assign(b, { ratePumpMs: s.pumpMs - 200, rateFromMmHg: 80, rateKnown: false });
  t.filteredMmHg = mmHg;
  measurePump(s, t, 200);
  return b.pumpMmHgPerS;
}

describe('the pump in a fill that goes on from a hold', () => {
  it.each([[true], [false]])('keeps the figure that it has, where there is one: %s', (kept) => {
    Object.assign(b, { bookKept: kept, rateKnown: !kept, ratePumpMs: 0, rateFromMmHg: 0 });
    t.filteredMmHg = 93;
    startRate(s, t);
    expect([b.rateKnown, b.ratePumpMs, b.rateFromMmHg]).toEqual([kept, 9000, 93]);
    s.pumpMs += 100;
    t.filteredMmHg = 105;
    measurePump(s, t, 100);
    // 120 mmHg/s were seen: two and a quarter times the figure before are believed
    expect(b.pumpMmHgPerS).toBe(kept ? 20 : 45);
  });

  it('is measured where it rises by a tenth of the setpoint', () => {
    expect(fillTo(89.9)).toBe(20);
    expect(b.rateKnown).toBe(false);
    expect(fillTo(90)).toBeCloseTo(50, 9);
    expect(b.rateKnown).toBe(true);
  });

  it('from empty by whatever it rises', () => {
    b.bookKept = false;
    expect(fillTo(81)).toBeCloseTo(5, 9);
  });
});

describe('the pump in a fill from empty', () => {
  beforeEach(() => {
    Object.assign(b, { bookKept: false, rateKnown: false, ratePriorMmHgPerS: 0 });
    t.filteredMmHg = 0;
    startRate(s, t);
  });

  /** `pumped` ms of pump later the reading is this. */
  const at = (mmHg: number, pumped = 100): number => {
    s.pumpMs += pumped;
    t.filteredMmHg = mmHg;
    measurePump(s, t, pumped);
    return b.pumpMmHgPerS;
  };

  it('is measured up to 92 % of the setpoint, and not again after a reading that jumps down', () => {
    at(64);
    expect([at(70), at(91)]).toEqual([60, 135]);
    expect([b.rateEnded, at(93), b.rateEnded]).toEqual([false, 135, false]);
    // without the pump: on a narrow hose the reading falls then
    expect([at(93, 0), b.rateEnded]).toEqual([135, true]);
    expect([at(70), at(60), at(75), b.rateEnded]).toEqual([135, 135, 135, true]);
    startRate(s, t);
    expect(b.rateEnded).toBe(false);
  });

  it('the next fill is measured again, and one that goes on from a hold to its end', () => {
    at(64);
    at(70);
    at(93, 0);
    expect(b.rateEnded).toBe(true);
    forgetFlow(b);
    expect(b.rateEnded).toBe(false);
    b.bookKept = true;
    at(93, 0);
    expect(b.rateEnded).toBe(false);
  });

  it('is not taken for less than three quarters of what it was, which sinks by a twentieth a fill', () => {
    Object.assign(b, { ratePriorMmHgPerS: 20 });
    const sinks = [20, 19, 18.05];
    for (const prior of sinks) {
      expect(b.ratePriorMmHgPerS).toBeCloseTo(prior, 9);
      at(64);
      expect(at(65)).toBeCloseTo((prior * 3) / 4, 9);
      expect(at(93)).toBeCloseTo((prior * 3) / 4, 9);
      t.filteredMmHg = 0;
      startRate(s, t);
    }
  });

  it('nor for more than two and a quarter times that, which rises by a quarter a fill', () => {
    Object.assign(b, { ratePriorMmHgPerS: 20 });
    for (const prior of [20, 25, 31.25]) {
      expect(b.ratePriorMmHgPerS).toBeCloseTo(prior, 9);
      at(64);
      expect(at(90)).toBeCloseTo(prior * 2.25, 9);
      t.filteredMmHg = 0;
      startRate(s, t);
    }
  });
});
