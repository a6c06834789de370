/** The edges as formulas of setpoint, energy mode, cap and what a cycle brought. All figures in percent of a setpoint of 140. */
import { describe, expect, it } from 'vitest';
import { learnEdges, learnFromCrest, raiseEdges, resetEdges, setEdges } from '../../src/control/edges.ts';
import type { Regulator } from '../../src/control/state.ts';
import { regulatorAt, tickOf } from './moments.ts';

const TARGET = 140;
const ONE = TARGET / 100;
const PERIOD = 50;

/** Cycles of these lengths are slow, just slow, just fast and fast. */
const SLOTS_OF = { slow: 45, edge: 28, fast: 27, none: 0 };

function edges(cycleSlots = SLOTS_OF.none, capPercent = 120, savePercent = 0): Regulator {
  const r = regulatorAt(PERIOD, { targetMmHg: TARGET });
  r.settings.savePercent = savePercent;
  r.rhythm.cycleSlots = cycleSlots;
  setEdges(r, tickOf(PERIOD, { capMmHg: capPercent * ONE }));
  return r;
}

describe('the edges of a setpoint', () => {
  for (const save of [0, 40, 100]) {
    it(`with ${save} % of the energy mode: lower 5 % + a percent each 40, upper 3 or 4 % + a percent each 50`, () => {
      expect(edges(0, 120, save).usualEdgeMmHg).toBeCloseTo((5 + save / 40) * ONE, 12);
      expect(edges(0, 120, save).lowerEdgeMmHg).toBeCloseTo((5 + save / 40) * ONE, 12);
      expect(edges(SLOTS_OF.slow, 120, save).upperEdgeMmHg).toBeCloseTo((3 + save / 50) * ONE, 12);
      for (const quick of [SLOTS_OF.edge, SLOTS_OF.fast, SLOTS_OF.none])
        expect(edges(quick, 120, save).upperEdgeMmHg).toBeCloseTo((4 + save / 50) * ONE, 12);
    });
  }

  it('the cap lies where it is, but no more than 30 % away; crests stay 3 % below it', () => {
    const near = edges(0, 120);
    expect(near.capEdgeMmHg).toBeCloseTo(20 * ONE, 12);
    expect(near.crestLimitMmHg).toBeCloseTo(17 * ONE, 12);
    const far = edges(0, 150);
    expect(far.capEdgeMmHg).toBeCloseTo(30 * ONE, 12);
    expect(far.crestLimitMmHg).toBeCloseTo(47 * ONE, 12);
  });

  it('stay lowered by what crests have taught, until a fill or a vent', () => {
    const r = edges(SLOTS_OF.slow);
    r.edgesLoweredMmHg = 4 * ONE;
    setEdges(r, tickOf(PERIOD, { capMmHg: 168 }));
    expect(r.lowerEdgeMmHg).toBeCloseTo(9 * ONE, 12);
    expect(r.upperEdgeMmHg).toBeCloseTo(-1 * ONE, 12);
    raiseEdges(r);
    expect(r.edgesLoweredMmHg).toBe(0);
    expect(r.lowerEdgeMmHg).toBeCloseTo(5 * ONE, 12);
    expect(r.upperEdgeMmHg).toBeCloseTo(3 * ONE, 12);
    r.edgesLoweredMmHg = 4;
    resetEdges(r);
    expect(r.edgesLoweredMmHg).toBe(0);
  });
});

describe('a crest', () => {
  /** Lowering in percent after a crest `over` percent above what is let through, from `was`. */
  function learned(over: number, was = 0): number {
    const r = edges(SLOTS_OF.slow);
    r.edgesLoweredMmHg = was * ONE;
    r.lowerEdgeMmHg = (6 + was) * ONE;
    r.crestErrorMmHg = r.crestLimitMmHg + over * ONE;
    learnFromCrest(r);
    const lowered = r.edgesLoweredMmHg / ONE;
    expect(r.lowerEdgeMmHg / ONE).toBeCloseTo(6 + lowered, 9);
    expect(r.upperEdgeMmHg / ONE).toBeCloseTo(3 - lowered, 9);
    return lowered;
  }

  it('too near to the cap lowers both edges by 0.7 of what was too much, 6 % in all at most', () => {
    expect(learned(2)).toBeCloseTo(0.7 * 2, 9);
    expect(learned(2, 1)).toBeCloseTo(1 + 0.7 * 2, 9);
    expect(learned(10)).toBeCloseTo(6, 9);
    expect(learned(3, 5)).toBeCloseTo(6, 9);
    expect(learned(0, 2)).toBeCloseTo(2, 9);
  });

  it('moves by no more than 8 %, which shows where the edges had been raised', () => {
    const r = edges(SLOTS_OF.slow);
    r.edgesLoweredMmHg = -5 * ONE;
    r.crestErrorMmHg = r.crestLimitMmHg + 30 * ONE;
    learnFromCrest(r);
    expect(r.edgesLoweredMmHg / ONE).toBeCloseTo(-5 + 8, 9);
    r.edgesLoweredMmHg = -5 * ONE;
    r.crestErrorMmHg = r.crestLimitMmHg + 11 * ONE;
    learnFromCrest(r);
    expect(r.edgesLoweredMmHg / ONE).toBeCloseTo(-5 + 0.7 * 11, 9);
  });

  it('that stays clear raises them by half of what was spare, 0.8 % at most, and not above where they were', () => {
    expect(learned(-1, 5)).toBeCloseTo(5 - 0.5, 9);
    expect(learned(-1.6, 5)).toBeCloseTo(5 - 0.8, 9);
    expect(learned(-9, 5)).toBeCloseTo(5 - 0.8, 9);
    expect(learned(-9, 0.3)).toBeCloseTo(0, 9);
  });
});

describe('a cycle', () => {
  /** Lower edge and allowance in percent after a cycle with this valley and crest, from a lower edge of `from`. */
  function learned(valley: number, crest: number, from: number, cycleSlots = SLOTS_OF.slow, lowered = 0) {
    const r = edges(cycleSlots);
    r.edgesLoweredMmHg = lowered * ONE;
    r.lowerEdgeMmHg = (from + lowered) * ONE;
    r.valleyErrorMmHg = valley * ONE;
    r.crestErrorMmHg = crest * ONE;
    learnEdges(r);
    return {
      lower: r.lowerEdgeMmHg / ONE - lowered,
      allowance: r.bleedAllowanceMmHg / ONE,
      upper: r.upperEdgeMmHg / ONE,
    };
  }

  it('with a valley below 9 % (gait 9.5) brings the lower edge nearer, by 1 % (0.5)', () => {
    expect(learned(-9.01, 0, 5).lower).toBeCloseTo(4, 9);
    expect(learned(-8.99, 0, 5).lower).toBeCloseTo(5, 9);
    expect(learned(-9.51, 0, 7.5, SLOTS_OF.fast).lower).toBeCloseTo(7, 9);
    expect(learned(-9.49, 0, 7.5, SLOTS_OF.fast).lower).toBeCloseTo(7.5, 9);
    expect(learned(-20, 20, 5).lower).toBeCloseTo(4, 9);
  });

  it('else with a crest above 10 % moves it away by 1 %', () => {
    expect(learned(0, 10.01, 5).lower).toBeCloseTo(6, 9);
    expect(learned(0, 9.99, 5).lower).toBeCloseTo(5, 9);
  });

  it('else it goes an eighth of the way back to 5 %, in gait to 7.5', () => {
    expect(learned(0, 0, 9).lower).toBeCloseTo(9 + (5 - 9) / 8, 9);
    expect(learned(0, 0, 9, SLOTS_OF.fast).lower).toBeCloseTo(9 + (7.5 - 9) / 8, 9);
    expect(learned(0, 0, 9, SLOTS_OF.edge).lower).toBeCloseTo(9 + (5 - 9) / 8, 9);
    expect(learned(0, 0, 9, SLOTS_OF.none).lower).toBeCloseTo(9 + (5 - 9) / 8, 9);
  });

  it('keeps it between 2 and 10 %', () => {
    expect(learned(-20, 0, 2.5).lower).toBeCloseTo(2, 9);
    expect(learned(0, 20, 9.5).lower).toBeCloseTo(10, 9);
  });

  it('leaves what crests have taught on both edges', () => {
    const { lower, allowance, upper } = learned(-9.5, 0, 5, SLOTS_OF.slow, 3);
    expect(lower).toBeCloseTo(4, 9);
    expect(allowance).toBeCloseTo(5, 9);
    expect(upper).toBeCloseTo(0, 9);
  });

  it('lets a bleed plan the valley down to 9 %, by 5 % (gait 2) beyond the lower edge at most', () => {
    expect(learned(0, 0, 5).allowance).toBeCloseTo(4, 9);
    expect(learned(-20, 0, 4).allowance).toBeCloseTo(5, 9);
    expect(learned(0, 20, 9).allowance).toBe(0);
    expect(learned(0, 0, 7.5, SLOTS_OF.fast).allowance).toBeCloseTo(1.5, 9);
    expect(learned(-20, 0, 7, SLOTS_OF.fast).allowance).toBeCloseTo(2, 9);
  });
});
