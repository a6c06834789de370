/** The balance of the device's own air as formulas: what slopes make of a mismatch, and what is counted for the report. */
import { describe, expect, it } from 'vitest';
import {
  closeCycle,
  LEARN_LOOSE_MS,
  LEARN_MS,
  learnSlopes,
  openCycle,
} from '../../src/control/cycle-balance.ts';
import { setSlopes } from '../../src/control/slopes.ts';
import type { Regulator, Rhythm } from '../../src/control/state.ts';
import { regulatorAt } from './moments.ts';

const PUMP = 0.03;
const VALVE = 0.08;

/** A balance with this much air put in and let out, and a pressure that rose by `rise` meanwhile. */
function balanceOf(pumped: number, bled: number, rise: number, rhythm: Partial<Rhythm> = {}): Regulator {
  const air = { limbMmHg: 100, ownAirMmHg: 20, pumpedMmHg: pumped, bledMmHg: bled };
  const r = regulatorAt(50, { targetMmHg: 120, ...air });
  setSlopes(r, PUMP, VALVE);
  r.firstPumpMmHgPerMs = PUMP;
  r.firstValveMmHgPerMs = VALVE;
  Object.assign(r.rhythm, { cycleOpenedMmHg: 120 - rise, cycleSlots: 40 }, rhythm);
  return r;
}

describe('the balance of a cycle', () => {
  it('run for 1.5 s, without rhythm for 4.5', () => {
    expect([LEARN_MS, LEARN_LOOSE_MS]).toEqual([1500, 4500]);
  });

  it('begin at the pressure of now, and count the time of the pump', () => {
    const r = balanceOf(12, 7, 3, { pumpedBeforeMmHg: 5 });
    r.report.pumpMs = 100;
    openCycle(r, 9000);
    expect([r.rhythm.cycleOpenedMs, r.rhythm.cycleOpenedMmHg]).toEqual([9000, 120]);
    expect([r.pumpedMmHg, r.bledMmHg, r.rhythm.pumpedBeforeMmHg]).toEqual([0, 0, -7]);
    expect(r.report.pumpMs).toBe(100 + Math.round(12 / PUMP));
  });

  for (const [pumped, bled, rise] of [
    [10, 8, 1],
    [10, 8, 3],
    [6, 2, 4.5],
    [2, 9, -7.4],
  ] as const) {
    it(`that are ${pumped} in, ${bled} out, ${rise} up move both slopes by their share of the mismatch`, () => {
      const r = balanceOf(pumped, bled, rise);
      learnSlopes(r, 5000);
      const share = (pumped - bled - rise) / (2 * (pumped ** 2 + bled ** 2 + 25));
      expect(Math.abs(share * pumped * 0.4)).toBeLessThan(0.1);
      expect(Math.abs(share * bled)).toBeLessThan(0.1);
      expect(r.pumpMmHgPerMs).toBeCloseTo(PUMP * (1 - share * pumped * 0.4), 12);
      expect(r.valveMmHgPerMs).toBeCloseTo(VALVE * (1 + share * bled), 12);
      expect(r.pumpTickMmHg).toBeCloseTo(r.pumpMmHgPerMs * 50, 12);
      expect(r.rhythm.cycleOpenedMs).toBe(5000);
    });
  }

  it('move a slope by a tenth at most', () => {
    const less = balanceOf(10, 10, 30);
    learnSlopes(less, 0);
    expect(less.pumpMmHgPerMs).toBeCloseTo(PUMP * 1.1, 12);
    expect(less.valveMmHgPerMs).toBeCloseTo(VALVE * 0.9, 12);
    const more = balanceOf(10, 10, -30);
    learnSlopes(more, 0);
    expect(more.pumpMmHgPerMs).toBeCloseTo(PUMP * 0.9, 12);
    expect(more.valveMmHgPerMs).toBeCloseTo(VALVE * 1.1, 12);
  });

  it('keep the pump between 0.6 and 1.6 of what was identified, the valve between 0.4 and 2.5', () => {
    const end = (rise: number): number[] => {
      const r = balanceOf(0, 0, 0);
      for (let i = 0; i < 40; i++) {
        Object.assign(r, { pumpedMmHg: 10, bledMmHg: 10 });
        r.rhythm.cycleOpenedMmHg = 120 - rise;
        learnSlopes(r, 0);
      }
      return [r.pumpMmHgPerMs / PUMP, r.valveMmHgPerMs / VALVE];
    };
    const [pumpHigh = 0, valveLow = 0] = end(30);
    expect(pumpHigh).toBeCloseTo(1.6, 9);
    expect(valveLow).toBeCloseTo(0.4, 9);
    const [pumpLow = 0, valveHigh = 0] = end(-30);
    expect(pumpLow).toBeCloseTo(0.6, 9);
    expect(valveHigh).toBeCloseTo(2.5, 9);
  });

  it('are noise in a fast rhythm: opened anew, nothing learned', () => {
    const r = balanceOf(10, 8, 9, { cycleSlots: 20 });
    learnSlopes(r, 5000);
    expect([r.pumpMmHgPerMs, r.valveMmHgPerMs]).toEqual([PUMP, VALVE]);
    expect([r.pumpedMmHg, r.rhythm.cycleOpenedMs]).toEqual([0, 5000]);
  });
});

describe('a cycle in the report', () => {
  function closed(fields: Partial<Regulator>, before = 0): Regulator {
    const r = balanceOf(0, 0, 0, { pumpedBeforeMmHg: before });
    Object.assign(r, { lagSlots: 40, usualEdgeMmHg: 6, lowerEdgeMmHg: 6 }, fields);
    Object.assign(r.report, { cycles: 10, high: 20, low: 30, weak: 40 });
    closeCycle(r);
    return r;
  }

  it('counts crests above +10 % and valleys below -10 %', () => {
    const counts = (crestErrorMmHg: number, valleyErrorMmHg: number): number[] => {
      const { cycles, high, low, weak } = closed({ crestErrorMmHg, valleyErrorMmHg }).report;
      return [cycles - 10, high - 20, low - 30, weak - 40];
    };
    expect(counts(12, -12)).toEqual([1, 0, 0, 0]);
    expect(counts(12.1, -12)).toEqual([1, 1, 0, 0]);
    expect(counts(12, -12.1)).toEqual([1, 0, 1, 0]);
  });

  it('calls a pump weak that did more than 0.6 of what it can in a cycle with too low a valley', () => {
    const most = 0.6 * 40 * PUMP * 50;
    const weak = (pumpedMmHg: number, valleyErrorMmHg: number): number =>
      closed({ pumpedMmHg, valleyErrorMmHg }, 3).report.weak - 40;
    expect(weak(3 + most + 0.01, -20)).toBe(1);
    expect(weak(3 + most - 0.01, -20)).toBe(0);
    expect(weak(3 + most + 0.01, -12)).toBe(0);
  });

  it('learns the edges, and begins the next one', () => {
    const r = closed({ crestErrorMmHg: 5, valleyErrorMmHg: -20, pumpedMmHg: 9 });
    expect(r.lowerEdgeMmHg).toBeCloseTo(6 - 1.2, 12);
    expect([r.crestErrorMmHg, r.valleyErrorMmHg, r.rhythm.pumpedBeforeMmHg]).toEqual([0, 0, 9]);
  });
});
