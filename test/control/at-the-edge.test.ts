/** What is decided where a reading lies exactly on a limit, in whole numbers so that it can; and the parts of a formula that are seldom used. */
import { describe, expect, it } from 'vitest';
import { closeCycle } from '../../src/control/cycle-balance.ts';
import { learnEdges } from '../../src/control/edges.ts';
import { cross } from '../../src/control/events.ts';
import { stepSettle } from '../../src/control/fill.ts';
import { seeFlow } from '../../src/control/flow.ts';
import { aim, holdInRhythm, recordWave, SLOT_MASK, SLOTS } from '../../src/control/forecast.ts';
import { stepLocked } from '../../src/control/locked.ts';
import { stepLoose } from '../../src/control/loose.ts';
import { MODE_LOCKED, MODE_LOOSE, MODE_REST, MODE_SETTLE, MODE_TEST } from '../../src/control/mode.ts';
import { regulate } from '../../src/control/regulator.ts';
import { stepRest } from '../../src/control/rest.ts';
import { addEvent, matchEvent } from '../../src/control/rhythm.ts';
import { setActing } from '../../src/control/slopes.ts';
import type { Regulator, Rhythm } from '../../src/control/state.ts';
import { watchStill } from '../../src/control/stillness.ts';
import { regulatorAt, tickOf } from './moments.ts';

const PERIOD = 50;

/** A setpoint of 100 mmHg, so that percent are mmHg; slopes of which a tick makes whole numbers: the pump 1 mmHg, the valve 4. */
function at(fields: Partial<Regulator> = {}, rhythm: Partial<Rhythm> = {}, ageMs = 4): Regulator {
  const r = regulatorAt(PERIOD, { targetMmHg: 100, filled: true }, ageMs);
  Object.assign(r, { pumpTickMmHg: 1, pumpHalfTickMmHg: 1 / 2, valveTickMmHg: 4, airKept: 1 }, fields);
  Object.assign(r.rhythm, rhythm);
  return r;
}

describe('of two that lie as near, the one of before stays', () => {
  function events(places: readonly number[], rhythm: Partial<Rhythm>): Regulator {
    const r = at({}, { awaitsFirst: false });
    for (const place of places) addEvent(r, place);
    Object.assign(r.rhythm, rhythm);
    return r;
  }

  it('of the last two distances the newest counts, here as an odd one', () => {
    const r = events([1000, 1024, 1048], { cycleSlots: 36 });
    matchEvent(r, 350);
    expect([r.rhythm.cycleSlots, r.rhythm.oddCycles]).toEqual([36, 1]);
  });

  it('of events as far from one cycle before the newest is taken', () => {
    expect(matchEvent(events([1000, 1024, 1048], { cycleSlots: 36, oddCycles: -9 }), 350)).toBe(1);
    expect(matchEvent(events([1000, 1030, 1060, 1064], { cycleSlots: 49, oddCycles: -9 }), 350)).toBe(2);
  });

  it('a cycle of just 350 ms is no half of one', () => {
    expect(matchEvent(events([1000, 1007, 1014], { cycleSlots: 7 }), 350)).toBe(1);
  });

  it('of two valleys as deep for a pump that runs, the first', () => {
    for (const step of [recordWave, (r: Regulator) => holdInRhythm(r, tickOf(PERIOD))]) {
      const far = { upperEdgeMmHg: 1e6, lowerEdgeMmHg: 1e6, crestLimitMmHg: 1e6 };
      const r = at({ ...far, newestSlot: 20, limbMmHg: 60, valleyRampMmHg: 1e6 });
      step(r);
      r.limbMmHg = 59;
      step(r);
      expect([r.newestSlot, r.valleySlot, r.valleyMmHg]).toEqual([22, 21, 60]);
      r.limbMmHg = 57;
      step(r);
      expect([r.valleySlot, r.valleyMmHg]).toEqual([23, 57]);
    }
  });
});

describe('just on the limit', () => {
  it('a wave that reaches the level has not crossed it', () => {
    const far = { upperEdgeMmHg: 1e6, lowerEdgeMmHg: 1e6, crestLimitMmHg: 1e6, watchSlot: 1e6 };
    const locked = at({ ...far, mode: MODE_LOCKED, newestSlot: 600, limbMmHg: 30, crossingMmHg: 30 });
    stepLocked(locked, tickOf(PERIOD));
    expect(locked.rhythm.eventCount).toBe(0);
  });

  it('a setpoint just 6 % above or below is held from here', () => {
    for (const setpoint of [100, 50]) {
      for (const sign of [1, -1]) {
        const from = setpoint - (sign * setpoint * 6) / 100;
        const r = at({
          mode: MODE_REST,
          targetMmHg: from,
          quietUntilMs: 1e9,
          limbMmHg: from,
          restMmHg: from,
        });
        regulate(r, tickOf(PERIOD, { setpoint, capMmHg: setpoint * 1.3, measuredMmHg: from }));
        expect([r.mode, r.targetMmHg], `${from} to ${setpoint}`).toEqual([MODE_REST, setpoint]);
      }
    }
  });

  it('a valley of the cycle just below the setpoint by a tenth is weak only where the pump ran for more than 0.6 of it', () => {
    const weak = (pumped: number): number => {
      const r = at({ valleyErrorMmHg: -11, lagSlots: 20, pumpedMmHg: pumped });
      closeCycle(r);
      return r.report.weak;
    };
    expect([weak(12), weak(12.1)]).toEqual([0, 1]);
  });

  it('edges: a valley 9 % below or a crest 10 % above changes nothing of the way back', () => {
    for (const fields of [{ crestErrorMmHg: 10 }, { valleyErrorMmHg: -9 }]) {
      const quiet = at({ usualEdgeMmHg: 5, lowerEdgeMmHg: 5 });
      const on = at({ usualEdgeMmHg: 5, lowerEdgeMmHg: 5, ...fields });
      learnEdges(quiet);
      learnEdges(on);
      expect(on.lowerEdgeMmHg).toBe(quiet.lowerEdgeMmHg);
    }
  });

  /** A tick in which no time passes, so that no mean moves. */
  const now0 = { dt: 0, now: 5000 };

  it('rest: a mean or a limb on its limit is left, and a mean at the setpoint is not pumped up for a limb that is low', () => {
    const rest = (mean: number, limb: number): { r: Regulator; pump: number } => {
      const r = at({ mode: MODE_REST, targetMmHg: 1000, restMmHg: 1000 + mean, limbMmHg: 1000 + limb });
      const t = tickOf(PERIOD, now0);
      stepRest(r, t);
      return { r, pump: t.pump };
    };
    expect([rest(-14, -14).pump, rest(-15, -15).pump]).toEqual([0, 1000]);
    expect([rest(-1, -22).pump, rest(-1, -23).pump, rest(0, -23).pump]).toEqual([0, 1000, 0]);
    expect([rest(25, 25).r.quietUntilMs, rest(26, 26).r.quietUntilMs]).toEqual([0, 5300]);
    expect([rest(0, 45).r.mode, rest(0, 46).r.mode]).toEqual([MODE_REST, MODE_LOOSE]);
  });

  it('the valve is not tested on a cuff that is 1 % below its setpoint', () => {
    for (const [mmHg, mode] of [
      [99, MODE_REST],
      [99.5, MODE_TEST],
    ] as const) {
      const r = at({ mode: MODE_REST, limbMmHg: mmHg, restMmHg: mmHg });
      regulate(r, tickOf(PERIOD, { setpoint: 100, capMmHg: 130, measuredMmHg: mmHg, now: 1000 }));
      expect(r.mode).toBe(mode);
    }
  });

  it('movement without rhythm: at 4 % below nothing is pumped', () => {
    for (const [mmHg, pump] of [
      [96, 0],
      [95, 1000],
    ] as const) {
      const r = at({
        mode: MODE_LOOSE,
        limbMmHg: mmHg,
        previousLimbMmHg: mmHg,
        upperEdgeMmHg: 9,
        crossingMmHg: 1e6,
      });
      const t = tickOf(PERIOD);
      stepLoose(r, t);
      expect(t.pump).toBe(pump);
    }
  });

  it('a limb that is off its mean by as much as counts as still goes on being still', () => {
    const still = (off: number): number => {
      const r = at({ limbMmHg: 100 + off, meanLimbMmHg: 100, stillMs: 300 });
      watchStill(r, tickOf(PERIOD, now0));
      return r.stillMs;
    };
    expect([still(2.5), still(2.625)]).toEqual([300, 0]);
  });

  it('a fill that has settled just now is judged, and 1 % that is missing is added', () => {
    const settle = (measuredMmHg: number): Regulator => {
      const r = at({ mode: MODE_SETTLE, modeSinceMs: 5000 });
      stepSettle(r, tickOf(PERIOD, { now: 5000, measuredMmHg }));
      return r;
    };
    expect(settle(100).mode).toBe(MODE_REST);
    expect([settle(99).mode, settle(99).fill.settlePulses]).toEqual([MODE_SETTLE, 1]);
  });

  it("a fall of a fifth in a bleed is the limb's, not the suction's", () => {
    const fields = {
      limbMmHg: 100,
      valveMmHgPerMs: 1 / 8,
      valveSuctionMmHg: 7,
      pumpDropMmHg: 50,
      airKept: 1,
    };
    const r = at(fields);
    seeFlow(r, tickOf(PERIOD, { measuredMmHg: 80 - 38 / 8 - 7, outBleedMs: 50 }));
    expect([r.limbMmHg, r.valveSuctionMmHg]).toEqual([80, 7]);
  });

  /** In rhythm with a limb that stands: the error of now, of the next sample and of the one after are the same. */
  function standing(
    error: number,
    fields: Partial<Regulator>,
  ): { r: Regulator; pump: number; bleedMs: number } {
    const far = {
      upperEdgeMmHg: 1e6,
      lowerEdgeMmHg: 1e6,
      capEdgeMmHg: 1e6,
      crestLimitMmHg: 1e6,
      dueMmHg: 1e6,
    };
    const lag = { lagSlots: 40, lookSlots: 1 };
    const r = at({
      ...far,
      ...lag,
      mode: MODE_LOCKED,
      limbMmHg: 100 + error,
      ...fields,
    });
    const t = tickOf(PERIOD);
    holdInRhythm(r, t);
    return { r, pump: t.pump, bleedMs: t.bleedMs };
  }

  it('in rhythm: on the upper edge no crest is noted, and what is let out is more than a third of a mmHg', () => {
    expect(standing(4, { upperEdgeMmHg: 4 }).r.crestErrorMmHg).toBe(0);
    expect(standing(4.125, { upperEdgeMmHg: 4 }).r.crestErrorMmHg).toBe(4.125);
    const third = {
      targetMmHg: 0,
      upperEdgeMmHg: 0,
      valveMmHgPerMs: 1 / 64,
      valveDeadMs: 0,
      valveTickMmHg: 1,
    };
    expect(standing(0, { ...third, limbMmHg: 1 / 3 }).bleedMs).toBe(0);
    expect(standing(0, { ...third, limbMmHg: 3 / 8 }).bleedMs).toBe(24);
  });

  it('in rhythm: with no slack left nothing is pumped yet, nor into a crest that reaches its limit', () => {
    expect([standing(-4, { lowerEdgeMmHg: 4 }).pump, standing(-4, { lowerEdgeMmHg: 3 }).pump]).toEqual([
      0, 1000,
    ]);
    const crest = { lowerEdgeMmHg: -9, crestLimitMmHg: 6 };
    expect([standing(6, crest).pump, standing(5, crest).pump]).toEqual([0, 1000]);
  });
});

describe('a part that is slower than a tick', () => {
  it('what is looked ahead to is later by what the outputs take', () => {
    const r = at({}, {}, 20);
    setActing(r, 15);
    expect(r.sampleAgeSlots).toBeCloseTo(35 / PERIOD, 12);
  });

  it('the last cycle at the slot of now lies between two slots of the ring, and moves on with them', () => {
    const wave = (slot: number): number => 12 * Math.sin(slot / 3);
    const between = (place: number): number => {
      const low = Math.floor(place);
      return wave(low) + (wave(low + 1) - wave(low)) * (place - low);
    };
    const r = at({ newestSlot: 700 }, {}, 100);
    for (let s = 700 - SLOTS + 1; s <= 700; s++) r.waveRing[s & SLOT_MASK] = wave(s);
    aim(r, 43.25);
    expect(r.lookSlots).toBe(3);
    Object.assign(r, { upperEdgeMmHg: -1e6, capEdgeMmHg: 1e6, lowerEdgeMmHg: 1e6, bleedAllowanceMmHg: 0 });
    for (let slot = 701; slot < 706; slot++) {
      r.limbMmHg = 100;
      r.crestErrorMmHg = -1e6;
      holdInRhythm(r, tickOf(PERIOD));
      const soon = between(slot + 3 - 43.25);
      const peak = 100 + r.ownAirMmHg - 100 + soon - between(slot - 43.25);
      const early = peak + between(slot + 4 - 43.25) - soon - r.valveTickMmHg;
      expect(r.crestErrorMmHg).toBeCloseTo(Math.max(peak, early), 4);
      r.waveRing[slot & SLOT_MASK] = wave(slot);
    }
  });
});

describe('a bleed', () => {
  it('that begins just as the sample is taken is not in it, nor is one before of which nothing is left', () => {
    // atMs = dt - age - 8 = 0
    const r = at({ limbMmHg: 0, valveMmHgPerMs: 1 / 8, valveSuctionMmHg: 7, valveDeadMs: -4 }, {}, 42);
    r.fill.valveTested = true;
    r.pendingBleedMs = PERIOD;
    seeFlow(r, tickOf(PERIOD, { measuredMmHg: 90, outBleedMs: 20 }));
    expect(r.limbMmHg).toBe(90);
    expect(r.pendingBleedMs).toBe(24);
  });

  it('learns no suction below the one it has', () => {
    const r = at({ limbMmHg: 100, valveSuctionMmHg: 20, pumpDropMmHg: 3 });
    seeFlow(r, tickOf(PERIOD, { measuredMmHg: 30, outBleedMs: 50 }));
    expect(r.valveSuctionMmHg).toBe(20);
  });
});

describe('an event', () => {
  it('upwards forgets first what the span has lost since the last one', () => {
    const waves = { waveLowMmHg: 0, waveHighMmHg: 40, waveSpanMmHg: 40, eventSlot0: 560, eventCount: 1 };
    const r = at({ newestSlot: 600, limbMmHg: 34, crossingMmHg: 30, extremeMmHg: 39, lagSlots: 40 }, waves);
    r.waveRing[599 & SLOT_MASK] = 24;
    cross(r);
    expect(r.rhythm.waveHighMmHg).toBeLessThan(40);
    expect(r.rhythm.waveLowMmHg).toBeGreaterThan(0);
  });

  it('downwards leaves the edges alone where the crest just reached its limit, and no edge is lowered', () => {
    const r = at({
      crossingSign: -1,
      extremeMmHg: -37,
      crestErrorMmHg: 12,
      crestLimitMmHg: 12,
      upperEdgeMmHg: 7,
    });
    cross(r);
    expect([r.crossingSign, r.upperEdgeMmHg]).toEqual([1, 7]);
  });

  it('that nothing waits for makes no work without rhythm', () => {
    const places = { crossingSign: -1, newestSlot: 20, dueSlot: 5, lostSlot: 1e6, lagSlots: 9 };
    const r = at({ ...places, mode: MODE_LOOSE, limbMmHg: 100, previousLimbMmHg: 100, crossingMmHg: 1e6 });
    stepLoose(r, tickOf(PERIOD));
    expect(r.dueSlot).toBe(5);
  });
});
