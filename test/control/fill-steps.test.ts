/** Filling, settling and the valve test, tick by tick, as formulas of the readings. */
import { describe, expect, it } from 'vitest';
import { enterFill, resetFill, stepFill, stepSettle } from '../../src/control/fill.ts';
import { MODE_FILL, MODE_REST, MODE_SETTLE, MODE_TEST } from '../../src/control/mode.ts';
import { setSlopes } from '../../src/control/slopes.ts';
import type { Fill, Regulator } from '../../src/control/state.ts';
import { enterTest, stepTest } from '../../src/control/valve-test.ts';
import type { Tick } from '../../src/tick.ts';
import { regulatorAt, tickOf } from './moments.ts';

const PERIOD = 50;
const TARGET = 120;

function filling(fill: Partial<Fill> = {}, fields: Partial<Regulator> = {}, ageMs = 4): Regulator {
  const r = regulatorAt(PERIOD, { targetMmHg: TARGET, mode: MODE_FILL, ...fields }, ageMs);
  Object.assign(r.fill, fill);
  return r;
}

describe('a fill', () => {
  it('starts from where the cuff is, with nothing known of a rhythm and edges where they belong', () => {
    const r = filling(
      { startJumpMmHg: 9, readingMmHgPerMs: 1, settlePulses: 3, pumpShare: 0 },
      { mode: 0, filled: true, pulseLeftMs: 50, lowerEdgeMmHg: 9, edgesLoweredMmHg: 4 },
    );
    Object.assign(r.rhythm, { eventCount: 4, cycleSlots: 40 });
    enterFill(r, tickOf(PERIOD, { now: 2000, measuredMmHg: 17 }));
    expect([r.mode, r.filled, r.modeSinceMs, r.pulseLeftMs, r.limbMmHg]).toEqual([
      MODE_FILL,
      false,
      2000,
      0,
      17,
    ]);
    const f = r.fill;
    expect([f.fillStartMmHg, f.startJumpMmHg, f.readingMmHg, f.readingMmHgPerMs]).toEqual([17, -1, 17, 0]);
    expect([f.pumpShare, f.settlePulses]).toEqual([1, 0]);
    expect([r.rhythm.eventCount, r.rhythm.cycleSlots]).toEqual([0, 0]);
    expect([r.lowerEdgeMmHg, r.edgesLoweredMmHg]).toEqual([5, 0]);
    resetFill(Object.assign(r, { filled: true }));
    expect(r.filled).toBe(false);
  });

  for (const ageMs of [500, 2000, 5000]) {
    it(`follows the reading with 80 and 200 ms, faster while it is young: after ${ageMs} ms`, () => {
      const fill = { readingMmHg: 40, readingMmHgPerMs: 0.03, pumpShare: 0.5, startJumpMmHg: 0 };
      const r = filling(fill, { modeSinceMs: 1000 });
      const t = tickOf(PERIOD, { now: 1000 + ageMs, measuredMmHg: 44, outPump: 1000 });
      stepFill(r, t);
      const young = Math.min(1, ageMs / 2000);
      const off = (44 - (40 + 0.03 * 50)) * (50 / (50 + 80 * young));
      const on = 50 / (50 + 200 * young);
      expect(r.fill.readingMmHg).toBeCloseTo(41.5 + off, 12);
      expect(r.fill.readingMmHgPerMs).toBeCloseTo(0.03 + (off * on) / 50, 12);
      expect(r.fill.pumpShare).toBeCloseTo(0.5 + 0.5 * on, 12);
      expect([t.pump, r.mode]).toEqual([1000, MODE_FILL]);
      r.fill.pumpShare = 0.5;
      stepFill(r, tickOf(PERIOD, { now: 1000 + ageMs, measuredMmHg: 44 }));
      expect(r.fill.pumpShare).toBeCloseTo(0.5 - 0.5 * on, 12);
    });
  }

  it('takes the jump at its start for the hose, 320 ms after it, in a fill from below 15 mmHg', () => {
    const jump = (fillStartMmHg: number, now: number): number => {
      const start = { fillStartMmHg, readingMmHg: 30, readingMmHgPerMs: 0, startJumpMmHg: -1 };
      const r = filling(start, { modeSinceMs: 0 });
      stepFill(r, tickOf(PERIOD, { now, measuredMmHg: 30 }));
      return r.fill.startJumpMmHg;
    };
    expect([jump(4, 319), jump(4, 320), jump(14.9, 320), jump(15, 320)]).toEqual([-1, 26, 30 - 14.9, 0]);
  });

  /** Highest target at which the fill is stopped by a reading that stands: the level ahead over 0.995. */
  function stopsAt(fill: Partial<Fill>, fields: Partial<Regulator> = {}, ageMs = 4): number {
    const level = fill.readingMmHg ?? 0;
    const ends = (targetMmHg: number): boolean => {
      const r = filling({ startJumpMmHg: 0, ...fill }, { ...fields, targetMmHg }, ageMs);
      // a reading that goes on as it did leaves level and speed as they were foretold
      const measuredMmHg = level + (fill.readingMmHgPerMs ?? 0) * PERIOD;
      const t = tickOf(PERIOD, { now: 9000, measuredMmHg, outPump: 1000 });
      stepFill(r, t);
      expect(t.pump).toBe(r.mode === MODE_FILL ? 1000 : 0);
      return r.mode === MODE_SETTLE;
    };
    let low = 1;
    let high = 400;
    for (let i = 0; i < 50; i++) {
      const middle = (low + high) / 2;
      if (ends(middle)) low = middle;
      else high = middle;
    }
    return low;
  }

  it('is stopped by what will still come: coast-down, age of the sample and half a tick, less the hose', () => {
    const rate = 0.04;
    const level = 90 + rate * PERIOD;
    const comes = rate * (0.8 * 75 + 4 + 25);
    const moving = { readingMmHg: 90, readingMmHgPerMs: rate };
    const known = { pumpSpeed: 0.8, pumpKnown: true, pumpDropMmHg: 7 };
    expect(stopsAt(moving, known)).toBeCloseTo((level + comes - 7) / 0.995, 6);
    expect(stopsAt(moving, known, 30)).toBeCloseTo((level + comes + rate * 26 - 7) / 0.995, 6);
    const unknown = { pumpSpeed: 0.8, pumpDropMmHg: 99 };
    const drop = 10 / 2 - rate * 30;
    expect(stopsAt({ ...moving, startJumpMmHg: 10 }, unknown)).toBeCloseTo((level + comes - drop) / 0.995, 6);
    expect(stopsAt({ ...moving, startJumpMmHg: 1 }, unknown)).toBeCloseTo((level + comes) / 0.995, 6);
    expect(stopsAt({ ...moving, startJumpMmHg: 60 }, unknown)).toBeCloseTo((level + comes - 22) / 0.995, 6);
  });

  it('notes what the reading should come to, and waits 300 ms for it', () => {
    const moving = { readingMmHg: 130, readingMmHgPerMs: 0.04, startJumpMmHg: 0 };
    const r = filling(moving, { pumpSpeed: 0.5 });
    stepFill(r, tickOf(PERIOD, { now: 9000, measuredMmHg: 132, outPump: 1000 }));
    expect([r.mode, r.modeSinceMs]).toEqual([MODE_SETTLE, 9300]);
    expect(r.fill.stoppedMmHg).toBeCloseTo(132 + 0.04 * (4 + 75 * 0.5), 9);
  });

  it('a comfortable one keeps the pump below a ramp of its own speed, 2 mmHg ahead', () => {
    const pump = (measuredMmHg: number): number => {
      const r = filling({ fillStartMmHg: 10, startJumpMmHg: 0 }, { modeSinceMs: 1000 });
      r.settings.fillMmHgPerS = 6;
      const t = tickOf(PERIOD, { now: 4000, measuredMmHg });
      stepFill(r, t);
      return t.pump;
    };
    expect([pump(10 + 2 + 6 * 3 - 0.01), pump(10 + 2 + 6 * 3)]).toEqual([1000, 0]);
  });
});

describe('settling', () => {
  const settle = { mode: MODE_SETTLE, modeSinceMs: 5000 };

  it('waits with the flow off, then holds within 1 % of the setpoint', () => {
    const r = filling({}, { ...settle, ownAirMmHg: 9 });
    stepSettle(r, tickOf(PERIOD, { now: 4999, measuredMmHg: 119 }));
    expect(r.mode).toBe(MODE_SETTLE);
    stepSettle(r, tickOf(PERIOD, { now: 5010, measuredMmHg: 118.9 }));
    expect([r.mode, r.filled, r.ownAirMmHg, r.limbMmHg]).toEqual([MODE_REST, true, 0, 118.9]);
    expect(r.modeSinceMs).toBe(5010);
    const below = filling({}, settle);
    stepSettle(below, tickOf(PERIOD, { now: 5000, measuredMmHg: 118.7 }));
    expect([below.mode, below.filled]).toEqual([MODE_SETTLE, false]);
  });

  it('adds 0.6 of what is missing, later 0.8, in pulses of 300 ms at most', () => {
    const pulse = (measuredMmHg: number, settlePulses: number): Regulator => {
      const r = filling({ settlePulses }, settle);
      setSlopes(r, 0.03, 0.08);
      const t = tickOf(PERIOD, { now: 6000, measuredMmHg });
      stepSettle(r, t);
      expect(t.pump).toBe(1000);
      expect(r.fill.settlePulses).toBe(settlePulses + 1);
      expect(r.fill.pulseStartMmHg).toBe(measuredMmHg);
      return r;
    };
    const first = pulse(110, 0);
    const ms = (0.6 * 10) / 0.03 + 25;
    expect(first.pulseLeftMs).toBeCloseTo(ms - PERIOD, 9);
    expect(first.fill.pulseRiseMmHg).toBeCloseTo(6, 9);
    expect(first.modeSinceMs).toBeCloseTo(6000 + ms + 300, 9);
    expect(pulse(115, 2).pulseLeftMs).toBeCloseTo((0.8 * 5) / 0.03 + 25 - PERIOD, 9);
    const long = pulse(60, 0);
    expect(long.pulseLeftMs).toBe(300 - PERIOD);
    expect(long.fill.pulseRiseMmHg).toBeCloseTo(275 * 0.03, 9);
    expect(long.modeSinceMs).toBe(6600);
  });

  it('carries a pulse on while at least half a tick of it is left, and looks at nothing meanwhile', () => {
    const r = filling({}, { ...settle, pulseLeftMs: 80 });
    const pumps = [0, 1, 2].map(() => {
      const t = tickOf(PERIOD, { now: 9000, measuredMmHg: 60 });
      if (r.pulseLeftMs > 0) stepSettle(r, t);
      return t.pump;
    });
    expect(pumps).toEqual([1000, 1000, 0]);
    const short = filling({}, { ...settle, pulseLeftMs: 24 });
    const t = tickOf(PERIOD, { now: 9000 });
    stepSettle(short, t);
    expect([t.pump, short.pulseLeftMs]).toEqual([0, 0]);
  });

  it('gives up after 8 pulses', () => {
    const r = filling({ settlePulses: 8 }, settle);
    stepSettle(r, tickOf(PERIOD, { now: 6000, measuredMmHg: 90 }));
    expect(r.mode).toBe(MODE_REST);
    const seven = filling({ settlePulses: 7 }, settle);
    stepSettle(seven, tickOf(PERIOD, { now: 6000, measuredMmHg: 90 }));
    expect(seven.mode).toBe(MODE_SETTLE);
  });

  /** What the first look tells of pump, valve and hose. */
  function modelOf(fill: Partial<Fill>, fields: Partial<Regulator> = {}): Regulator {
    const r = filling({ pumpShare: 1, stoppedMmHg: 126, ...fill }, settle);
    setSlopes(r, 0.03, 0.08);
    Object.assign(r, fields);
    stepSettle(r, tickOf(PERIOD, { now: 6000, measuredMmHg: 120 }));
    return r;
  }

  it('learns the pump from the speed of the fill, for the time that it ran, up to 200 mmHg/s', () => {
    const r = modelOf({ readingMmHgPerMs: 0.05 });
    expect([r.pumpMmHgPerMs, r.pumpKnown]).toEqual([0.05, true]);
    expect(r.firstPumpMmHgPerMs).toBe(0.05);
    expect(r.pumpDropMmHg).toBeCloseTo(126 - 120 - 0.3, 12);
    expect(modelOf({ readingMmHgPerMs: 0.02, pumpShare: 0.4 }).pumpMmHgPerMs).toBeCloseTo(0.05, 12);
    expect(modelOf({ readingMmHgPerMs: 0.25 }).pumpMmHgPerMs).toBe(0.2);
  });

  it('keeps the hose between 0 and 22 mmHg', () => {
    expect(modelOf({ readingMmHgPerMs: 0.05, stoppedMmHg: 120.2 }).pumpDropMmHg).toBe(0);
    expect(modelOf({ readingMmHgPerMs: 0.05, stoppedMmHg: 150 }).pumpDropMmHg).toBe(22);
  });

  it('learns nothing from 2 mmHg/s, nor from a pump that ran for less than a fifth of the time', () => {
    expect(modelOf({ readingMmHgPerMs: 0.002 }).pumpKnown).toBe(false);
    expect(modelOf({ readingMmHgPerMs: 0.0021 }).pumpKnown).toBe(true);
    expect(modelOf({ readingMmHgPerMs: 0.05, pumpShare: 0.19 }).pumpKnown).toBe(false);
    expect(modelOf({ readingMmHgPerMs: 0.05, pumpShare: 0.2 }).pumpKnown).toBe(true);
  });

  it('takes the valve for twice the pump; a measured one goes with the pump', () => {
    const r = modelOf({ readingMmHgPerMs: 0.05 });
    expect([r.valveMmHgPerMs, r.firstValveMmHgPerMs]).toEqual([0.1, 0.1]);
    expect(modelOf({ readingMmHgPerMs: 0.05 }, { valveKnown: true }).valveMmHgPerMs).toBe(0.08);
    const both = modelOf({ readingMmHgPerMs: 0.036 }, { valveKnown: true, pumpKnown: true });
    expect(both.valveMmHgPerMs).toBeCloseTo(0.08 * 1.2, 12);
  });

  it('in a later fill moves the pump by a quarter at most: a limb that moves meanwhile makes its rate anything', () => {
    const again = (readingMmHgPerMs: number): number =>
      modelOf({ readingMmHgPerMs }, { pumpKnown: true }).pumpMmHgPerMs;
    expect(again(0.033)).toBeCloseTo(0.033, 12);
    expect(again(0.15)).toBeCloseTo(0.03 * 1.25, 12);
    expect(again(0.005)).toBeCloseTo(0.03 * 0.75, 12);
    const r = filling({ settlePulses: 1, pulseStartMmHg: 110, pulseRiseMmHg: 5, again: true }, settle);
    setSlopes(r, 0.03, 0.08);
    stepSettle(r, tickOf(PERIOD, { now: 6000, measuredMmHg: 119 }));
    expect(r.pumpMmHgPerMs).toBe(0.03);
  });

  it('corrects the pump by half of what a pulse did against what was expected, believed from 0.6 to 1.6', () => {
    const pump = (rise: number, pulseRiseMmHg: number): number => {
      const r = filling({ settlePulses: 1, pulseStartMmHg: 119 - rise, pulseRiseMmHg }, settle);
      setSlopes(r, 0.03, 0.08);
      stepSettle(r, tickOf(PERIOD, { now: 6000, measuredMmHg: 119 }));
      expect(r.valveMmHgPerMs).toBe(0.08);
      return r.pumpMmHgPerMs / 0.03;
    };
    expect(pump(6, 5)).toBeCloseTo((1 + 1.2) / 2, 9);
    expect(pump(2, 5)).toBeCloseTo((1 + 0.6) / 2, 9);
    expect(pump(9, 5)).toBeCloseTo((1 + 1.6) / 2, 9);
    expect(pump(3, 2)).toBeCloseTo((1 + 1.5) / 2, 9);
    expect(pump(3, 1.9)).toBe(1);
  });
});

describe('the valve test', () => {
  /** Runs the test from its start: the reading stands at 118, with the valve open at `open`, and after it at `after`. */
  function test(
    open: number,
    after: number,
    period = PERIOD,
    freshWhenOpen = true,
  ): { r: Regulator; bled: number[] } {
    const r = regulatorAt(period, { targetMmHg: TARGET, ownAirMmHg: 5 });
    let t: Tick = tickOf(period, { now: 0, measuredMmHg: 118 });
    Object.assign(r.fill, { testOpenMs: 9, testSumMmHg: 9, testReadings: 9 });
    enterTest(r, t);
    expect([r.mode, r.modeSinceMs, r.fill.testLeftMs]).toEqual([MODE_TEST, 320, -1]);
    const bled: number[] = [];
    for (let now = period; r.mode === MODE_TEST && now < 5000; now += period) {
      const was = t.bleedMs > 0;
      const measuredMmHg = was ? open : bled.length > 0 ? after : 118;
      t = tickOf(period, { now, measuredMmHg, fresh: !was || freshWhenOpen });
      stepTest(r, t);
      // it opens as soon as the level before is known
      if (t.bleedMs > 0 && bled.length === 0) expect(now).toBe(Math.ceil(320 / period) * period);
      if (t.bleedMs > 0) bled.push(t.bleedMs);
    }
    return { r, bled };
  }

  it('bleeds for 50 ms or a tick: the fall gives the slope, what the reading fell beyond 0.8 of it the suction', () => {
    for (const [period, pieces] of [
      [20, [20, 20, 10]],
      [50, [50]],
      [80, [80]],
    ] as const) {
      const { r, bled } = test(100, 113, period);
      expect(bled).toEqual(pieces);
      const ms = Math.max(50, period) + 4;
      expect(r.valveMmHgPerMs).toBeCloseTo(5 / ms, 9);
      expect(r.firstValveMmHgPerMs).toBe(r.valveMmHgPerMs);
      expect([r.valveKnown, r.fill.valveTested, r.mode]).toEqual([true, true, MODE_REST]);
      expect(r.valveSuctionMmHg).toBeCloseTo(118 - 0.8 * 5 - 100, 9);
      expect([r.ownAirMmHg, r.limbMmHg]).toEqual([0, 113]);
    }
  });

  it('stays open for another tick when no sample fell into it', () => {
    const { r, bled } = test(100, 113, PERIOD, false);
    expect(bled).toEqual([50, 50]);
    expect(r.valveMmHgPerMs).toBeCloseTo(5 / 104, 9);
    expect(r.valveSuctionMmHg).toBeCloseTo(118 - 0.8 * 5 - 113, 9);
  });

  it('tells nothing by a fall of 0.6 % of the setpoint, and is not made again', () => {
    const little = test(100, 118 - 0.0059 * TARGET).r;
    expect([little.valveKnown, little.fill.valveTested, little.valveMmHgPerMs]).toEqual([false, true, 0.08]);
    expect(test(100, 118 - 0.0061 * TARGET).r.valveKnown).toBe(true);
  });

  it('averages the readings of the last 320 ms, after the flow has had 140 to die down', () => {
    const r = regulatorAt(20, { targetMmHg: TARGET });
    enterTest(r, tickOf(20, { now: 0 }));
    stepTest(r, tickOf(20, { now: 20, measuredMmHg: 100 }));
    stepTest(r, tickOf(20, { now: 40, measuredMmHg: 104, fresh: false }));
    stepTest(r, tickOf(20, { now: 60, measuredMmHg: 104 }));
    expect([r.fill.testSumMmHg, r.fill.testReadings]).toEqual([204, 2]);
    r.fill.testLeftMs = 20;
    stepTest(r, tickOf(20, { now: 1000 }));
    expect(r.modeSinceMs).toBe(1000 + 140 + 320);
    Object.assign(r.fill, { testSumMmHg: 0, testReadings: 0 });
    stepTest(r, tickOf(20, { now: 1140, measuredMmHg: 90 }));
    expect(r.fill.testReadings).toBe(0);
    stepTest(r, tickOf(20, { now: 1160, measuredMmHg: 90 }));
    expect(r.fill.testReadings).toBe(1);
  });

  it('waits for a reading, however long', () => {
    const r = regulatorAt(PERIOD, { targetMmHg: TARGET });
    enterTest(r, tickOf(PERIOD, { now: 0 }));
    const t = tickOf(PERIOD, { now: 3000, fresh: false });
    stepTest(r, t);
    expect([r.mode, t.bleedMs]).toEqual([MODE_TEST, 0]);
  });
});
