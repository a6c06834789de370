/** Own air and limb as formulas: what pump and valve, as they were driven, did to the pressure, and what is left for the limb. */
import { describe, expect, it } from 'vitest';
import { resetFlow, restartAir, restartSums, seeFlow, setLimb, setSuction } from '../../src/control/flow.ts';
import { MODE_LATE, MODE_LOCKED, MODE_LOOSE } from '../../src/control/mode.ts';
import {
  correctPump,
  expectValley,
  identifyPump,
  identifyValve,
  setActing,
  setDue,
  setPeriod,
  setSlopes,
} from '../../src/control/slopes.ts';
import type { Regulator } from '../../src/control/state.ts';
import { regulatorAt, tickOf } from './moments.ts';

const PUMP = 35 / 1000;
const VALVE = 90 / 1000;

/** A regulator with known slopes. */
function known(period: number, fields: Partial<Regulator> = {}, ageMs = 4): Regulator {
  const r = regulatorAt(period, {}, ageMs);
  setSlopes(r, PUMP, VALVE);
  return Object.assign(r, { pumpDropMmHg: 3, valveSuctionMmHg: 7, targetMmHg: 120 }, fields);
}

/** First-order lag by the trapezoidal rule. */
const kept = (tau: number, dt: number): number => (2 * tau - dt) / (2 * tau + dt);

describe('what follows from period and slopes', () => {
  for (const period of [10, 20, 50, 80]) {
    it(`is computed for ${period} ms`, () => {
      const r = known(period);
      expect(r.periodMs).toBe(period);
      expect(r.spinUpKept).toBeCloseTo(kept(100, period), 12);
      expect(r.coastKept).toBeCloseTo(kept(75, period), 12);
      expect(r.airKept).toBeCloseTo(1 - period / 4000, 12);
      expect(r.pumpTickMmHg).toBeCloseTo(PUMP * period, 12);
      expect(r.pumpHalfTickMmHg).toBeCloseTo((PUMP * period) / 2, 12);
      expect(r.valveTickMmHg).toBeCloseTo(VALVE * period * 0.4, 12);
      expect(r.coastMmHg).toBeCloseTo(PUMP * 75, 12);
      expect(r.spinUpMmHg).toBeCloseTo(PUMP * 100, 12);
      expect(r.sampleAgeSlots).toBeCloseTo(4 / period, 12);
    });
  }

  it('starts from the medians of the plants', () => {
    const r = regulatorAt(50);
    expect([r.pumpMmHgPerMs, r.valveMmHgPerMs]).toEqual([0.03, 0.08]);
    expect([r.firstPumpMmHgPerMs, r.firstValveMmHgPerMs]).toEqual([0.03, 0.08]);
    expect([r.pumpDropMmHg, r.valveSuctionMmHg, r.valveDeadMs]).toEqual([1, 1, -4]);
    expect([r.pumpKnown, r.valveKnown, r.fill.valveTested, r.filled]).toEqual([false, false, false, false]);
    expect([r.rhythm.awaitsFirst, r.rhythm.twoHumps]).toEqual([true, false]);
    setPeriod(r, 20);
    expect(r.pumpTickMmHg).toBeCloseTo(0.6, 12);
  });

  it('a sample shows all of the tick before but for its age and the time that the outputs took', () => {
    const r = regulatorAt(50, {}, 4);
    expect(r.unseenShare).toBeCloseTo(4 / 50, 12);
    setActing(r, 31);
    expect([r.unseenShare, r.sampleAgeSlots]).toEqual([35 / 50, 35 / 50]);
    setActing(r, 60);
    expect([r.unseenShare, r.sampleAgeSlots]).toEqual([1, 64 / 50]);
  });

  it('the ramp to the valley: full speed from slot 0 less the spin-up', () => {
    const r = known(50);
    setDue(r, 37);
    expect([r.dueSlot, r.dueRampMmHg]).toEqual([37, 37 * r.pumpTickMmHg - r.spinUpMmHg]);
    expectValley(r, 11, -5);
    expect([r.dueSlot, r.dueMmHg]).toEqual([11, -5]);
    setSlopes(r, 2 * PUMP, VALVE);
    expect(r.dueRampMmHg).toBeCloseTo(11 * 2 * PUMP * 50 - 2 * PUMP * 100, 12);
  });

  it('what fill, pulse and valve test measure', () => {
    const r = known(50);
    identifyPump(r, 0.05, 0.1, 6);
    expect([r.pumpMmHgPerMs, r.valveMmHgPerMs, r.pumpDropMmHg]).toEqual([0.05, 0.1, 6]);
    expect([r.firstPumpMmHgPerMs, r.firstValveMmHgPerMs, r.pumpKnown]).toEqual([0.05, 0.1, true]);
    expect(r.pumpTickMmHg).toBeCloseTo(2.5, 12);
    correctPump(r, 0.06);
    expect([r.pumpMmHgPerMs, r.firstPumpMmHgPerMs, r.firstValveMmHgPerMs]).toEqual([0.06, 0.06, 0.1]);
    expect(r.pumpTickMmHg).toBeCloseTo(3, 12);
    identifyValve(r, 0.07);
    expect([r.valveMmHgPerMs, r.firstValveMmHgPerMs, r.valveKnown]).toEqual([0.07, 0.07, true]);
  });
});

describe('the pump', () => {
  for (const was of [0, 0.4, 0.9]) {
    it(`spins up from ${was}, raises by the mean of both speeds, and the hose takes the square of the speed at the sample`, () => {
      const r = known(50, { pumpSpeed: was, ownAirMmHg: 8, pumpedMmHg: 2 });
      seeFlow(r, tickOf(50, { measuredMmHg: 130, outPump: 1000 }));
      const speed = 1 - (1 - was) * kept(100, 50);
      const rise = ((was + speed) * PUMP * 50) / 2;
      const air = 8 * (1 - 50 / 4000) + rise;
      expect(r.pumpSpeed).toBeCloseTo(speed, 12);
      expect(r.ownAirMmHg).toBeCloseTo(air, 12);
      expect(r.pumpedMmHg).toBeCloseTo(2 + rise, 12);
      const then = speed + (was - speed) * 0.08;
      expect(r.limbMmHg).toBeCloseTo(130 - 3 * then * then - air + rise * 0.08, 12);
      expect(r.bledMmHg).toBe(0);
    });
  }

  it('coasts down, and stands below a tenth of its speed', () => {
    const r = known(50, { pumpSpeed: 0.8 });
    seeFlow(r, tickOf(50, { measuredMmHg: 100 }));
    const speed = 0.8 * kept(75, 50);
    expect(r.pumpSpeed).toBeCloseTo(speed, 12);
    expect(r.ownAirMmHg).toBeCloseTo(((0.8 + speed) * PUMP * 50) / 2, 12);
    r.pumpSpeed = 0.1;
    seeFlow(r, tickOf(50, { measuredMmHg: 100 }));
    expect(r.pumpSpeed).toBe(0);
    r.pumpSpeed = 0.11;
    seeFlow(r, tickOf(50, { measuredMmHg: 100 }));
    expect(r.pumpSpeed).toBeCloseTo(0.11 * kept(75, 50), 12);
  });
});

describe('the open valve', () => {
  it('that has shut before the sample: all of the fall is air, the rest is the limb', () => {
    const r = known(50, { ownAirMmHg: 10, bledMmHg: 1 });
    seeFlow(r, tickOf(50, { measuredMmHg: 110, outBleedMs: 20 }));
    // it shuts 4 ms later than told, the sample is of 38 ms after it opened
    const fall = (20 + 4) * VALVE;
    const air = 10 * (1 - 50 / 4000);
    expect(r.ownAirMmHg).toBeCloseTo(air - fall, 12);
    expect(r.bledMmHg).toBeCloseTo(1 + fall, 12);
    expect(r.limbMmHg).toBeCloseTo(110 - air + fall, 12);
  });

  it('that is still open: a part of the fall is seen, and the suction on top', () => {
    const r = known(50, { ownAirMmHg: 10, limbMmHg: 110 });
    seeFlow(r, tickOf(50, { measuredMmHg: 110, outBleedMs: 50 }));
    const air = 10 * (1 - 50 / 4000);
    expect(r.limbMmHg).toBeCloseTo(110 - air + (50 - 4 - 8) * VALVE + 7, 12);
    expect(r.ownAirMmHg).toBeCloseTo(air - 54 * VALVE, 12);
    expect(r.pendingBleedMs).toBe(0);
  });

  it('while the pump still coasts: its drop and its rise are those of this tick', () => {
    const r = known(50, { pumpSpeed: 0.8 });
    seeFlow(r, tickOf(50, { measuredMmHg: 110, outBleedMs: 20 }));
    const speed = 0.8 * kept(75, 50);
    const rise = ((0.8 + speed) * PUMP * 50) / 2;
    const then = speed + (0.8 - speed) * 0.08;
    expect(r.limbMmHg).toBeCloseTo(110 - 3 * then * then - rise * 0.92 + 24 * VALVE, 12);
    expect(r.ownAirMmHg).toBeCloseTo(rise - 24 * VALVE, 12);
  });

  it('that shuts just as the sample is taken is shut', () => {
    const r = known(50, { ownAirMmHg: 0 });
    seeFlow(r, tickOf(50, { measuredMmHg: 110, outBleedMs: 34 }));
    expect(r.limbMmHg).toBeCloseTo(110 + 38 * VALVE, 12);
  });

  it('seen at less than 40 ms counts for 0.6, the last cycle for the rest', () => {
    const r = known(20, {
      mode: MODE_LOCKED,
      limbMmHg: 100,
      newestSlot: 40,
      lagSlots: 30.25,
    });
    r.waveRing.set([4, 9, 15], 9);
    seeFlow(r, tickOf(20, { measuredMmHg: 90, outBleedMs: 20 }));
    const shown = 90 + (20 - 4 - 8) * VALVE + 7;
    const expected = 100 + (15 - 9 + (9 + 9 - 15 - 4) * 0.25);
    expect(r.limbMmHg).toBeCloseTo(expected + (shown - expected) * 0.6, 6);
    const at40 = known(40, { mode: MODE_LOCKED, limbMmHg: 100 });
    seeFlow(at40, tickOf(40, { measuredMmHg: 90, outBleedMs: 40 }));
    expect(at40.limbMmHg).toBeCloseTo(90 + (40 - 4 - 8) * VALVE + 7, 12);
  });
});

describe('outputs that were written late', () => {
  it('show a part of the pump only', () => {
    const r = known(50, { pumpSpeed: 0.4, ownAirMmHg: 8 });
    setActing(r, 36);
    seeFlow(r, tickOf(50, { measuredMmHg: 130, outPump: 1000 }));
    const speed = 1 - 0.6 * kept(100, 50);
    const rise = ((0.4 + speed) * PUMP * 50) / 2;
    const then = speed + (0.4 - speed) * 0.8;
    const air = 8 * (1 - 50 / 4000) + rise;
    expect(r.ownAirMmHg).toBeCloseTo(air, 12);
    expect(r.limbMmHg).toBeCloseTo(130 - 3 * then * then - air + rise * 0.8, 12);
  });

  it('a bleed has hardly begun, and what is left of it shows a tick later', () => {
    const r = known(50, { limbMmHg: 100 });
    setActing(r, 36);
    seeFlow(r, tickOf(50, { measuredMmHg: 100, outBleedMs: 50 }));
    expect([r.limbMmHg, r.pendingBleedMs]).toEqual([100, 54]);
    expect(r.ownAirMmHg).toBeCloseTo(-54 * VALVE, 12);
    setActing(r, 40);
    const air = r.ownAirMmHg * (1 - 50 / 4000);
    seeFlow(r, tickOf(50, { measuredMmHg: 96 }));
    expect(r.limbMmHg).toBeCloseTo(96 - air + 7 - (54 - 48) * VALVE, 12);
    expect(r.pendingBleedMs).toBe(0);
  });

  it('the flow draws at the sensor from 8 ms after the valve has opened', () => {
    const limb = (actingMs: number): number => {
      const r = known(50, { limbMmHg: 100 });
      setActing(r, actingMs);
      seeFlow(r, tickOf(50, { measuredMmHg: 100, outBleedMs: 50 }));
      return r.limbMmHg;
    };
    expect(limb(31)).toBe(100);
    expect(limb(30)).toBeCloseTo(100 + 8 * VALVE + 7, 12);
  });

  it('a tick that took longer raised by more', () => {
    const r = known(50, { pumpSpeed: 1 });
    seeFlow(r, tickOf(50, { measuredMmHg: 100, outPump: 1000, dt: 60 }));
    expect(r.pumpedMmHg).toBeCloseTo(PUMP * 60, 12);
    expect(r.tickSlots).toBeCloseTo(60 / 50, 12);
  });
});

describe('a slow part', () => {
  it('shows the tick before: the drop of the speed then, and the rise of this tick is still to come', () => {
    const r = known(50, { pumpSpeed: 0.5, ownAirMmHg: 4 }, 57);
    seeFlow(r, tickOf(50, { measuredMmHg: 120, outPump: 1000 }));
    expect(r.ownAirMmHg).toBeGreaterThan(4);
    const speed = 1 - 0.5 * kept(100, 50);
    const rise = ((0.5 + speed) * PUMP * 50) / 2;
    const air = 4 * (1 - 50 / 4000) + rise;
    // its sample is of before the tick: nothing of a bleed can be in it
    expect(r.limbMmHg).toBeCloseTo(120 - 3 * 0.25 - air + rise, 12);
  });

  it('shows a bleed a tick late: until then the reading is believed, after it suction and rest are put back', () => {
    const r = known(50, { limbMmHg: 100 }, 57);
    seeFlow(r, tickOf(50, { measuredMmHg: 100, outBleedMs: 50 }));
    expect(r.pendingBleedMs).toBe(54);
    expect(r.limbMmHg).toBeCloseTo(100, 12);
    const air = r.ownAirMmHg * (1 - 50 / 4000);
    seeFlow(r, tickOf(50, { measuredMmHg: 95, outBleedMs: 10 }));
    const left = 54 + (57 + 8 - 50) - 50;
    expect(left).toBeGreaterThan(0);
    expect(r.limbMmHg).toBeCloseTo(95 - air + 7 - left * VALVE, 12);
    expect(r.pendingBleedMs).toBe(14);
  });
});

describe('a tick without a new sample', () => {
  const ring = [3, 10, 16];
  for (const mode of [MODE_LOCKED, MODE_LATE]) {
    it(`in rhythm (${mode}) goes as the last cycle went`, () => {
      const r = known(50, { mode, limbMmHg: 100, newestSlot: 40, lagSlots: 30.5 });
      r.waveRing.set(ring, 9);
      seeFlow(r, tickOf(50, { fresh: false, measuredMmHg: 0 }));
      const step = 0.5 * (16 - 10) + 0.5 * (10 - 3);
      expect(r.limbMmHg).toBeCloseTo(100 + step, 9);
      expect(r.ownAirMmHg).toBe(0);
    });
  }

  it('without rhythm stays, and bled air is counted all the same', () => {
    const r = known(50, { mode: MODE_LOOSE, limbMmHg: 100, newestSlot: 40, lagSlots: 30 });
    r.waveRing.set(ring, 9);
    seeFlow(r, tickOf(50, { fresh: false, outBleedMs: 30 }));
    expect(r.limbMmHg).toBe(100);
    expect(r.ownAirMmHg).toBeCloseTo(-34 * VALVE, 12);
  });
});

describe('suction before the valve test', () => {
  /** A bleed in whose sample the limb seems to have lost `lost` mmHg of a setpoint of 100. */
  function lose(lost: number, fields: Partial<Regulator> = {}): Regulator {
    const r = known(50, { limbMmHg: 100, targetMmHg: 100, valveSuctionMmHg: 2, pumpDropMmHg: 8, ...fields });
    const measuredMmHg = 100 - lost - 38 * VALVE - r.valveSuctionMmHg;
    seeFlow(r, tickOf(50, { measuredMmHg, outBleedMs: 50 }));
    return r;
  }

  it('takes half of a fall that no limb makes, up to twice the drop of the pump', () => {
    const r = lose(24);
    expect(r.valveSuctionMmHg).toBeCloseTo(2 + 12, 9);
    expect(r.limbMmHg).toBeCloseTo(100 - 24 + 12, 9);
    expect(lose(40).valveSuctionMmHg).toBe(16);
    expect(lose(40).limbMmHg).toBeCloseTo(100 - 40 + 14, 9);
  });

  it('leaves falls of a fifth of the setpoint to the limb, and grows no further than it may', () => {
    expect(lose(19.9).valveSuctionMmHg).toBe(2);
    const r = lose(30, { pumpDropMmHg: 1 });
    expect(r.valveSuctionMmHg).toBe(2);
    expect(r.limbMmHg).toBeCloseTo(70, 9);
  });

  it('is what was measured once the valve was tested', () => {
    const r = known(50, { limbMmHg: 100, targetMmHg: 100, pumpDropMmHg: 8 });
    r.fill.valveTested = true;
    seeFlow(r, tickOf(50, { measuredMmHg: 50, outBleedMs: 50 }));
    expect(r.valveSuctionMmHg).toBe(7);
    setSuction(r, 31);
    expect(r.valveSuctionMmHg).toBe(31);
    setSuction(r, -2);
    expect(r.valveSuctionMmHg).toBe(0);
    setSuction(r, 81);
    expect(r.valveSuctionMmHg).toBe(80);
  });
});

describe('the estimate is started', () => {
  const used = { ownAirMmHg: 5, limbMmHg: 90, pumpSpeed: 1, pendingBleedMs: 9, pumpedMmHg: 4, bledMmHg: 3 };

  it('from a reading, a limb, a new balance or vented', () => {
    const r = known(50, used);
    setLimb(r, 77);
    expect([r.limbMmHg, r.ownAirMmHg]).toEqual([77, 5]);
    restartAir(r, 66);
    expect([r.limbMmHg, r.ownAirMmHg, r.pumpSpeed]).toEqual([66, 0, 1]);
    restartSums(r);
    expect([r.pumpedMmHg, r.bledMmHg]).toEqual([0, 0]);
    const vented = known(50, used);
    resetFlow(vented);
    expect([vented.ownAirMmHg, vented.pumpSpeed, vented.pendingBleedMs]).toEqual([0, 0, 0]);
    expect([vented.pumpMmHgPerMs, vented.valveSuctionMmHg]).toEqual([PUMP, 7]);
  });
});
