/** Rest, movement without rhythm, a late event, and what leads from one to another, tick by tick, as formulas. */
import { describe, expect, it } from 'vitest';
import { bleedBy, runPulse, startPulse, stopPulse } from '../../src/control/act.ts';
import { stepLate, stepLocked } from '../../src/control/locked.ts';
import { stepLoose } from '../../src/control/loose.ts';
import {
  MODE_FILL,
  MODE_LATE,
  MODE_LOCKED,
  MODE_LOOSE,
  MODE_LOWER,
  MODE_REST,
  MODE_SETTLE,
  MODE_TEST,
  MODE_VENTED,
} from '../../src/control/mode.ts';
import { regulate, resetRegulator } from '../../src/control/regulator.ts';
import { enterRest, stepRest } from '../../src/control/rest.ts';
import { setSlopes } from '../../src/control/slopes.ts';
import type { Regulator } from '../../src/control/state.ts';
import { followSpeed, restartStillness, watchStill } from '../../src/control/stillness.ts';
import type { Tick } from '../../src/tick.ts';
import { regulatorAt, tickOf } from './moments.ts';

const PERIOD = 50;
const PUMP = 0.03;
const VALVE = 0.08;

/** A setpoint of 100 mmHg: percent are mmHg. */
function holding(fields: Partial<Regulator> = {}): Regulator {
  const r = regulatorAt(PERIOD, { targetMmHg: 100, filled: true });
  setSlopes(r, PUMP, VALVE);
  return Object.assign(r, fields);
}

describe('pulses and bleeds', () => {
  it('a pulse lasts as long as its rise and what the spin-up loses, 300 ms at most', () => {
    const r = holding();
    startPulse(r, 3);
    expect(r.pulseLeftMs).toBeCloseTo(3 / PUMP + 25, 9);
    startPulse(r, 8.3);
    expect(r.pulseLeftMs).toBe(300);
    runPulse(r, tickOf(PERIOD, { dt: 60 }));
    expect(r.pulseLeftMs).toBe(240);
    stopPulse(r);
    expect(r.pulseLeftMs).toBe(0);
    const half = tickOf(PERIOD);
    runPulse(Object.assign(r, { pulseLeftMs: 25 }), half);
    expect([half.pump, r.pulseLeftMs]).toEqual([1000, 0]);
  });

  it('a bleed lasts as long as its fall less what the valve is late, from 3 ms to a period', () => {
    const bled = (fall: number): [number, number] => {
      const r = holding();
      const t = tickOf(PERIOD);
      r.report.bleeds = 7;
      bleedBy(r, t, fall);
      return [t.bleedMs, r.report.bleeds - 7];
    };
    expect(bled(2)).toEqual([Math.round(2 / VALVE - 4), 1]);
    expect(bled(6.4 * VALVE)).toEqual([0, 0]);
    expect(bled(6.6 * VALVE)).toEqual([3, 1]);
    expect(bled(54 * VALVE)).toEqual([50, 1]);
    expect(bled(99)).toEqual([50, 1]);
  });
});

describe('rest', () => {
  it('begins with 60 ms of quiet, from where the limb is', () => {
    const r = holding({ limbMmHg: 98, pulseLeftMs: 30 });
    enterRest(r, tickOf(PERIOD, { now: 1000 }));
    expect([r.mode, r.restMmHg, r.quietUntilMs, r.pulseLeftMs]).toEqual([MODE_REST, 98, 1060, 0]);
  });

  it('follows the limb with 700 ms', () => {
    const r = holding({ limbMmHg: 101, restMmHg: 100, quietUntilMs: 1e9 });
    stepRest(r, tickOf(PERIOD));
    expect(r.restMmHg).toBeCloseTo(100 + 50 / 700, 12);
  });

  /** A tick at rest with the mean and the limb at these errors. */
  function rested(mean: number, limb: number, fields: Partial<Regulator> = {}): { r: Regulator; t: Tick } {
    const r = holding({ limbMmHg: 100 + limb, ...fields });
    // the mean that this tick's step brings to where it is wanted
    r.restMmHg = (100 + mean - (r.limbMmHg * 50) / 700) / (1 - 50 / 700);
    r.rhythm.awaitsFirst = false;
    const t = tickOf(PERIOD, { now: 5000 });
    stepRest(r, t);
    expect(r.restMmHg).toBeCloseTo(100 + mean, 9);
    return { r, t };
  }

  it('pumps below -1.4 % in the mean, or below -2.2 % now, up to 0.4 % above the setpoint', () => {
    for (const [mean, limb] of [
      [-1.41, 0],
      [-0.1, -2.21],
    ] as const) {
      const { r, t } = rested(mean, limb);
      const ms = (0.4 - mean) / PUMP + 25;
      expect(t.pump).toBe(1000);
      expect(r.pulseLeftMs).toBeCloseTo(Math.max(0, ms - PERIOD), 6);
      expect(r.quietUntilMs).toBeCloseTo(5000 + ms + 300, 6);
    }
    for (const [mean, limb] of [
      [-1.39, 0],
      [-1.39, -2.19],
      [0.1, -2.21],
    ] as const)
      expect(rested(mean, limb).t.pump).toBe(0);
  });

  it('lets out 0.8 of what is above +2.5 % in the mean and now', () => {
    const { r, t } = rested(2.6, 4);
    expect(t.bleedMs).toBe(Math.round((0.8 * 2.6) / VALVE - 4));
    expect(r.quietUntilMs).toBe(5300);
    expect(rested(4, 2.6).t.bleedMs).toBe(Math.round((0.8 * 2.6) / VALVE - 4));
    expect(rested(2.4, 4).t.bleedMs).toBe(0);
    expect(rested(4, 2.4).t.bleedMs).toBe(0);
    expect(rested(2.4, 4).r.quietUntilMs).toBe(0);
  });

  it('counts its own air', () => {
    expect(rested(-5, -5, { ownAirMmHg: 5 }).t.pump).toBe(0);
    expect(rested(0, 0, { ownAirMmHg: 3 }).t.bleedMs).toBe(Math.round((0.8 * 3) / VALVE - 4));
  });

  it('does nothing while it is quiet, but carries a pulse on', () => {
    expect(rested(-4, -4, { quietUntilMs: 5001 }).t.pump).toBe(0);
    expect(rested(-4, -4, { quietUntilMs: 5000 }).t.pump).toBe(1000);
    const { r, t } = rested(0, 0, { quietUntilMs: 5001, pulseLeftMs: 100 });
    expect([t.pump, r.pulseLeftMs]).toEqual([1000, 50]);
  });

  it('ends where the limb is 4.5 % from its mean: a movement begins', () => {
    for (const off of [4.51, -4.51]) {
      const { r, t } = rested(0, off, { lagSlots: 9, eventJob: 2, crestErrorMmHg: 3, valleyErrorMmHg: -3 });
      expect([r.mode, r.lagSlots, r.eventJob]).toEqual([MODE_LOOSE, 0, 0]);
      expect([r.crestErrorMmHg, r.valleyErrorMmHg, r.crossingSign]).toEqual([0, 0, 1]);
      expect([r.rhythm.awaitsFirst, r.rhythm.cycleOpenedMs, t.pump]).toEqual([true, 5000, 0]);
      expect(r.rhythm.waveLowMmHg).toBeCloseTo(Math.min(100, 100 + off), 9);
      expect([r.meanLimbMmHg, r.previousLimbMmHg]).toEqual([r.restMmHg, r.limbMmHg]);
      expect(r.extremeMmHg).toBe(r.limbMmHg);
      expect(r.valleyRampMmHg).toBe(1e9);
    }
    for (const off of [4.49, -4.49]) expect(rested(0, off, { quietUntilMs: 1e9 }).r.mode).toBe(0);
  });

  it('stops a pulse when a movement begins', () => {
    expect(rested(0, 5, { pulseLeftMs: 90 }).r.pulseLeftMs).toBe(0);
  });
});

describe('stillness', () => {
  it('is time within a fortieth of the setpoint of a mean of 400 ms', () => {
    const r = holding({ limbMmHg: 100 });
    restartStillness(r, 97.6);
    expect([r.stillMs, r.meanLimbMmHg, r.previousLimbMmHg]).toEqual([0, 97.6, 100]);
    watchStill(r, tickOf(PERIOD));
    expect(r.meanLimbMmHg).toBeCloseTo(97.6 + (2.4 * 50) / 400, 12);
    expect(r.stillMs).toBe(50);
    watchStill(r, tickOf(PERIOD, { dt: 60 }));
    expect(r.stillMs).toBe(110);
    for (const off of [2.51, -2.51]) {
      const moved = holding({ limbMmHg: 100, meanLimbMmHg: 100 - off, stillMs: 300 });
      watchStill(moved, tickOf(PERIOD));
      expect(moved.stillMs).toBe(0);
    }
    const back = holding({ limbMmHg: 100, meanLimbMmHg: 102.4, stillMs: 300 });
    watchStill(back, tickOf(PERIOD));
    expect(back.stillMs).toBe(350);
  });

  it('the speed of the limb is smoothed with 100 ms', () => {
    const r = holding({ limbMmHg: 104, previousLimbMmHg: 100, limbMmHgPerMs: 0.02 });
    followSpeed(r, tickOf(PERIOD));
    expect(r.limbMmHgPerMs).toBeCloseTo(0.02 + ((4 / 50 - 0.02) * 50) / 100, 12);
    expect(r.previousLimbMmHg).toBe(104);
  });
});

describe('movement without rhythm', () => {
  const moving = { mode: MODE_LOOSE, upperEdgeMmHg: 4, crossingMmHg: 1e6, limbMmHgPerMs: 0 };
  /** A tick with the limb at this error, and no speed of its own. */
  function loose(error: number, fields: Partial<Regulator> = {}, now = 0): { r: Regulator; t: Tick } {
    const r = holding({ ...moving, limbMmHg: 100 + error, previousLimbMmHg: 100 + error, ...fields });
    const t = tickOf(PERIOD, { now });
    stepLoose(r, t);
    return { r, t };
  }

  it('lets out what is above the upper edge, where the limb will be in 60 ms', () => {
    expect(loose(6).t.bleedMs).toBe(Math.round(2 / VALVE - 4));
    expect(loose(4).t.bleedMs).toBe(0);
    const { r, t } = loose(5, { previousLimbMmHg: 103 });
    expect(r.limbMmHgPerMs).toBeCloseTo(0.02, 12);
    expect(t.bleedMs).toBe(Math.round((5 + 0.02 * 60 - 4) / VALVE - 4));
    expect(r.crestErrorMmHg).toBe(5);
    expect(loose(5, { crestErrorMmHg: 7 }).r.crestErrorMmHg).toBe(7);
    expect(loose(0, { ownAirMmHg: 6 }).t.bleedMs).toBe(Math.round(2 / VALVE - 4));
  });

  it('pumps below -4 %, counting what the pump still coasts', () => {
    expect([loose(-4.01).t.pump, loose(-3.99).t.pump]).toEqual([1000, 0]);
    const coast = 0.5 * PUMP * 75;
    expect(loose(-4.01 - coast, { pumpSpeed: 0.5 }).t.pump).toBe(1000);
    expect(loose(-3.99 - coast, { pumpSpeed: 0.5 }).t.pump).toBe(0);
  });

  it('what crests have taught lowers the refill, not the clipping', () => {
    const taught = { upperEdgeMmHg: 4 - 3, edgesLoweredMmHg: 3 };
    expect([loose(-7.01, taught).t.pump, loose(-6.99, taught).t.pump]).toEqual([1000, 0]);
    expect(loose(6, taught).t.bleedMs).toBe(Math.round(2 / VALVE - 4));
    expect(loose(3.9, taught).t.bleedMs).toBe(0);
  });

  it('notes the wave and follows its extremes', () => {
    const { r } = loose(3, { newestSlot: 20 });
    expect([r.newestSlot, r.waveRing[21], r.rhythm.waveHighMmHg]).toEqual([21, 103, 103]);
    expect(r.report.losses).toBe(0);
  });

  it('ends after 400 ms of stillness', () => {
    expect(loose(0, { meanLimbMmHg: 100, stillMs: 350 }).r.mode).toBe(MODE_LOOSE);
    expect(loose(0, { meanLimbMmHg: 100, stillMs: 351 }).r.mode).toBe(MODE_REST);
  });

  it('sees events, and does their work', () => {
    const wave = { crossingSign: 1, meanLimbMmHg: 0, newestSlot: 20 };
    const rising = holding({ ...moving, ...wave, limbMmHg: 130 });
    Object.assign(rising.rhythm, { waveLowMmHg: 90, waveHighMmHg: 131 });
    stepLoose(rising, tickOf(PERIOD));
    expect([rising.rhythm.eventCount, rising.crossingSign]).toEqual([1, -1]);
    const { r } = loose(0, { ...wave, eventJob: 2, crossingSign: -1 });
    expect(r.eventJob).toBe(3);
  });

  it('judges the balance after 4.5 s', () => {
    const opened = (now: number): number => {
      const r = holding({ ...moving, limbMmHg: 100, previousLimbMmHg: 100 });
      r.rhythm.cycleOpenedMs = 300;
      stepLoose(r, tickOf(PERIOD, { now }));
      return r.rhythm.cycleOpenedMs;
    };
    expect([opened(4800), opened(4801)]).toEqual([300, 4801]);
  });
});

describe('rhythm', () => {
  const far = { upperEdgeMmHg: 1e6, lowerEdgeMmHg: 1e6, capEdgeMmHg: 1e6, crestLimitMmHg: 1e6 };
  const locked = {
    ...far,
    mode: MODE_LOCKED,
    crossingMmHg: 1e6,
    watchSlot: 1e6,
    lagSlots: 40,
    lookSlots: 1,
  };

  it('looks for events and for what is due only where the level or the slot says so', () => {
    const idle = holding({ ...locked, newestSlot: 600, lateSlot: 0, limbMmHg: 30 });
    stepLocked(idle, tickOf(PERIOD));
    expect([idle.mode, idle.rhythm.eventCount]).toEqual([MODE_LOCKED, 0]);
    const event = holding({ ...locked, newestSlot: 600, limbMmHg: 30, crossingMmHg: 29 });
    stepLocked(event, tickOf(PERIOD));
    expect(event.rhythm.eventCount).toBe(1);
    const at = { newestSlot: 600, lateSlot: 0, lostSlot: 1e6, dueSlot: 1e6 };
    const due = holding({ ...locked, ...at, watchSlot: 600 });
    stepLocked(due, tickOf(PERIOD));
    expect(due.mode).toBe(MODE_LATE);
    const next = holding({ ...locked, ...at, watchSlot: 601 });
    stepLocked(next, tickOf(PERIOD));
    expect(next.mode).toBe(MODE_LOCKED);
  });

  it('a late gait ends after 500 ms of stillness', () => {
    const late = (stillMs: number, mode = MODE_LATE): Regulator => {
      const r = holding({ ...locked, mode, lagSlots: 40, limbMmHg: 50, meanLimbMmHg: 50, stillMs });
      stepLate(r, tickOf(PERIOD));
      return r;
    };
    expect([late(449).mode, late(449).stillMs, late(449).newestSlot]).toEqual([MODE_LATE, 499, 1]);
    expect([late(450).mode, late(450).lagSlots]).toEqual([MODE_REST, 0]);
    expect(late(900, MODE_LOCKED).mode).toBe(MODE_LOCKED);
  });
});

describe('the regulator', () => {
  const at = { setpoint: 100, capMmHg: 130 };
  const resting = { mode: MODE_REST, limbMmHg: 100, restMmHg: 100, quietUntilMs: 0, modeSinceMs: 0 };

  it('tests the valve once, a second after the fill, when the cuff is no more than 1 % below its setpoint', () => {
    const mode = (
      measuredMmHg: number,
      now: number,
      fields: Partial<Regulator> = {},
      tested = false,
    ): number => {
      const r = holding({ ...resting, restMmHg: measuredMmHg, ...fields });
      r.fill.valveTested = tested;
      regulate(r, tickOf(PERIOD, { ...at, measuredMmHg, now }));
      return r.mode;
    };
    expect([mode(100, 999), mode(100, 1000), mode(100, 1000, {}, true)]).toEqual([
      MODE_REST,
      MODE_TEST,
      MODE_REST,
    ]);
    expect([mode(99.1, 1000), mode(98.9, 1000)]).toEqual([MODE_TEST, MODE_REST]);
    expect([mode(100, 1500, { modeSinceMs: 501 }), mode(100, 1500, { modeSinceMs: 500 })]).toEqual([
      MODE_REST,
      MODE_TEST,
    ]);
    expect(mode(100, 2000, { ownAirMmHg: 2, restMmHg: 97.3 })).toBe(MODE_TEST);
    expect(mode(100, 2000, { quietUntilMs: 2001 })).toBe(MODE_REST);
    expect(mode(100, 2000, { quietUntilMs: 2000 })).toBe(MODE_TEST);
    expect(mode(100, 2000, { pulseLeftMs: 100 })).toBe(MODE_REST);
    expect(mode(103, 2000)).toBe(MODE_REST);
    expect(mode(106, 2000, { restMmHg: 100 })).toBe(MODE_LOOSE);
  });

  it('fills to a setpoint that lies more than 6 % above, lets down to one more than 6 % below, else holds from here', () => {
    const mode = (setpoint: number, fields: Partial<Regulator> = {}, measuredMmHg = 100): number => {
      const r = holding({ ...resting, quietUntilMs: 1e9, ...fields });
      const t = tickOf(PERIOD, { ...at, setpoint, measuredMmHg });
      regulate(r, t);
      expect(r.targetMmHg).toBe(setpoint);
      // the same tick already acts
      expect(t.pump).toBe(r.mode === MODE_FILL ? 1000 : 0);
      expect(t.bleedMs > 0).toBe(r.mode === MODE_LOWER);
      return r.mode;
    };
    expect([mode(107), mode(106)]).toEqual([MODE_FILL, MODE_REST]);
    expect([mode(94), mode(95)]).toEqual([MODE_LOWER, MODE_REST]);
    expect(mode(99, { filled: false }, 50)).toBe(MODE_FILL);
    expect(mode(99, { mode: MODE_VENTED }, 50)).toBe(MODE_FILL);
  });

  it('lets down by half of the excess a tick, with a tick between, to within 3 %', () => {
    const lower = (measuredMmHg: number, fields: Partial<Tick> = {}): { r: Regulator; t: Tick } => {
      const r = holding({ mode: MODE_LOWER, ownAirMmHg: 10, pumpSpeed: 0.5 });
      const t = tickOf(PERIOD, { ...at, measuredMmHg, ...fields });
      regulate(r, t);
      return { r, t };
    };
    expect(lower(105).t.bleedMs).toBe(Math.round(5 / (2 * VALVE) - 4));
    expect(lower(130).t.bleedMs).toBe(50);
    expect(lower(105, { outBleedMs: 20 }).t.bleedMs).toBe(0);
    expect([lower(103).r.mode, lower(102.9).r.mode]).toEqual([MODE_LOWER, MODE_REST]);
    const { r } = lower(102.9);
    expect(r.ownAirMmHg).toBeGreaterThan(9);
    expect(r.limbMmHg).toBe(102.9 - r.ownAirMmHg);
  });

  it('does in each mode what belongs to it', () => {
    const does = (
      mode: number,
      fields: Partial<Regulator>,
      measuredMmHg: number,
    ): { r: Regulator; t: Tick } => {
      const r = holding({ quietUntilMs: 1e9, ...fields, mode });
      const t = tickOf(PERIOD, { ...at, measuredMmHg, now: 2000 });
      regulate(r, t);
      return { r, t };
    };
    const pumps = does(MODE_FILL, {}, 50);
    expect([pumps.t.pump, pumps.r.pulseLeftMs]).toEqual([1000, 0]);
    const settles = does(MODE_SETTLE, {}, 90);
    expect([settles.t.pump, settles.r.fill.settlePulses]).toEqual([1000, 1]);
    expect(does(MODE_TEST, { modeSinceMs: 2100 }, 90).r.fill.testReadings).toBe(1);
    expect(does(MODE_REST, { restMmHg: 90 }, 100).r.mode).toBe(MODE_LOOSE);
    expect(does(MODE_LOOSE, { crossingMmHg: 1e6 }, 103).r.previousLimbMmHg).toBe(103);
    const far = { crossingMmHg: 1e6, watchSlot: 1e6, upperEdgeMmHg: 1e6, stillMs: 470, meanLimbMmHg: 100 };
    expect(does(MODE_LOCKED, far, 100).r.mode).toBe(MODE_LOCKED);
    expect(does(MODE_LATE, far, 100).r.mode).toBe(MODE_REST);
    expect(does(MODE_LOWER, {}, 120).t.bleedMs).toBe(50);
  });

  it('proposes nothing on a sample that must not be acted on, but counts the flow', () => {
    for (const fields of [
      { doubtful: true },
      { quiet: true },
      { measuredMmHg: Number.NaN },
      { measuredMmHg: 1000 },
      { measuredMmHg: -1000 },
    ]) {
      const r = holding({ ...resting, pulseLeftMs: 100, pumpSpeed: 0.5 });
      const t = tickOf(PERIOD, { ...at, measuredMmHg: 90, outPump: 1000, ...fields });
      regulate(r, t);
      expect([t.pump, t.bleedMs, t.vent, r.pulseLeftMs]).toEqual([0, 0, false, 0]);
      expect(r.pumpSpeed > 0.5).toBe(!('measuredMmHg' in fields));
    }
  });

  it('vents without a setpoint, and forgets the wave but not the parts', () => {
    const r = holding({
      ...resting,
      mode: MODE_LOCKED,
      lagSlots: 9,
      edgesLoweredMmHg: 3,
      pulseLeftMs: 9,
      ownAirMmHg: 4,
    });
    Object.assign(r.rhythm, { eventCount: 4, cycleSlots: 40, waveSpanMmHg: 30 });
    const t = tickOf(PERIOD, { ...at, setpoint: null, pump: 1000, bleedMs: 9 });
    regulate(r, t);
    expect([t.vent, t.pump, t.bleedMs]).toEqual([true, 0, 0]);
    expect([r.mode, r.targetMmHg, r.filled, r.lagSlots]).toEqual([MODE_VENTED, -1, false, 0]);
    expect([r.edgesLoweredMmHg, r.pulseLeftMs, r.ownAirMmHg]).toEqual([0, 0, 0]);
    expect([r.rhythm.eventCount, r.rhythm.cycleSlots, r.rhythm.waveSpanMmHg]).toEqual([0, 0, 0]);
    expect(r.pumpMmHgPerMs).toBe(PUMP);
    r.rhythm.waveSpanMmHg = 7;
    regulate(r, t);
    expect(r.rhythm.waveSpanMmHg).toBe(7);
    resetRegulator(r);
    expect(r.rhythm.waveSpanMmHg).toBe(0);
  });

  it('takes over the period of the tick, the edges and the cap', () => {
    const r = holding({ ...resting, quietUntilMs: 1e9 });
    regulate(r, tickOf(20, { ...at, setpoint: 101, measuredMmHg: 100 }));
    expect(r.periodMs).toBe(20);
    expect(r.pumpTickMmHg).toBeCloseTo(PUMP * 20, 12);
    expect(r.lowerEdgeMmHg).toBeCloseTo(5.05, 12);
    expect(r.capEdgeMmHg).toBe(29);
  });
});
