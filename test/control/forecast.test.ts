/** The forecast and the decision made on it, as formulas: the last cycle, shifted to where the limb is now. */
import { describe, expect, it } from 'vitest';
import {
  aim,
  dropForecast,
  holdInRhythm,
  noteCrestError,
  recordWave,
  restartErrors,
  SLOT_MASK,
  SLOTS,
  turnWave,
} from '../../src/control/forecast.ts';
import { MODE_LOCKED } from '../../src/control/mode.ts';
import { setDue, setSlopes } from '../../src/control/slopes.ts';
import type { Regulator } from '../../src/control/state.ts';
import type { Tick } from '../../src/tick.ts';
import { regulatorAt, tickOf } from './moments.ts';

const PERIOD = 50;

/** A wave over slots that is no straight line. */
const waveAt = (slot: number): number => 12 * Math.sin(slot / 3) + 3 * Math.cos(slot);

/** The wave between slots, as single precision keeps it. */
function between(place: number): number {
  const low = Math.floor(place);
  const a = Math.fround(waveAt(low));
  return a + (Math.fround(waveAt(low + 1)) - a) * (place - low);
}

/** In rhythm at `slot` with the wave of all slots before, and the forecast aimed `lag` back. */
function inRhythm(lag: number, slot = 700, ageMs = 4, fields: Partial<Regulator> = {}): Regulator {
  const r = regulatorAt(PERIOD, { targetMmHg: 100, newestSlot: slot, newestMmHg: waveAt(slot) }, ageMs);
  for (let s = slot - SLOTS + 1; s <= slot; s++) r.waveRing[s & SLOT_MASK] = waveAt(s);
  aim(r, lag);
  // edges so far away that nothing is done unless a test brings one near
  const far = { upperEdgeMmHg: 1e6, lowerEdgeMmHg: 1e6, capEdgeMmHg: 1e6, crestLimitMmHg: 1e6 };
  return Object.assign(r, far, { crossingMmHg: 1e6 }, fields);
}

/** A tick in which the limb stands at `limb`. */
function stand(r: Regulator, limb: number, t: Tick = tickOf(PERIOD)): Tick {
  r.limbMmHg = limb;
  t.pump = 0;
  t.bleedMs = 0;
  holdInRhythm(r, t);
  return t;
}

describe('the forecast', () => {
  it('keeps as many slots as its mask says', () => {
    expect(SLOTS).toBe(512);
    expect(SLOT_MASK).toBe(SLOTS - 1);
  });

  for (const [lag, ageMs] of [
    [44, 4],
    [44.3, 4],
    [21.75, 25],
    [30.5, 57],
    [30, 100],
  ] as const) {
    it(`${lag} slots back with a sample of ${ageMs} ms reads the last cycle now and as far ahead as the sample is old`, () => {
      const r = inRhythm(lag, 700, ageMs);
      expect([r.mode, r.lagSlots]).toEqual([MODE_LOCKED, lag]);
      expect(r.lookSlots).toBeCloseTo(ageMs / PERIOD + 1, 12);
      for (let slot = 701; slot < 708; slot++) {
        const soon = between(slot + r.lookSlots - lag) - between(slot - lag);
        r.valleyErrorMmHg = 0;
        r.lowerEdgeMmHg = -1e6;
        stand(r, waveAt(slot) - 50);
        expect(r.valleyErrorMmHg).toBeCloseTo(waveAt(slot) - 150 + soon, 4);
      }
    });
  }

  it('is gone when it is dropped', () => {
    const r = inRhythm(44);
    dropForecast(r);
    expect(r.lagSlots).toBe(0);
  });
});

/** What the decision reckons with, from its definition. */
function errorsAt(r: Regulator, limb: number, lag: number, look: number) {
  const slot = r.newestSlot + 1;
  const now = between(slot - lag);
  const own = r.ownAirMmHg - r.targetMmHg + r.pumpSpeed * r.pumpMmHgPerMs * 75;
  const peak = own + limb + between(slot + look - lag) - now;
  const low = own + limb + between(slot + look + 1 - lag) - now;
  const ready = (r.dueSlot - slot) * r.pumpMmHgPerMs * PERIOD - r.pumpMmHgPerMs * 100 * (1 - r.pumpSpeed);
  const valley = own + r.dueMmHg + Math.max(0, ready);
  const slack = Math.min(valley, low) + r.lowerEdgeMmHg;
  return { peak, low, slack, high: Math.max(peak, low - r.valveMmHgPerMs * PERIOD * 0.4) };
}

/** The second tick in rhythm: the last cycle has moved on once. Everything is within reach but what a test brings near. */
function decide(fields: Partial<Regulator>, lag = 43.4, ageMs = 4) {
  const r = inRhythm(lag, 700, ageMs);
  setSlopes(r, 0.03, 0.08);
  stand(r, 95);
  restartErrors(r);
  Object.assign(r, { pumpSpeed: 0.6, ownAirMmHg: 20, dueMmHg: 85 }, fields);
  setDue(r, r.dueSlot);
  const limb = r.limbMmHg;
  const e = errorsAt(r, limb, lag, ageMs / PERIOD + 1);
  return { r, e, t: stand(r, limb) };
}

describe('the decision', () => {
  for (const [ageMs, lag] of [
    [4, 43.4],
    [57, 43.4],
    [4, 30],
  ] as const) {
    it(`pumps when the slack is used up, to a hair (sample of ${ageMs} ms, lag ${lag})`, () => {
      const base = { limbMmHg: 80, dueSlot: 705 };
      const { e } = decide({ ...base, lowerEdgeMmHg: 0 }, lag, ageMs);
      expect(decide({ ...base, lowerEdgeMmHg: -e.slack + 0.001 }, lag, ageMs).t.pump).toBe(0);
      const { r, t } = decide({ ...base, lowerEdgeMmHg: -e.slack - 0.001 }, lag, ageMs);
      expect(t.pump).toBe(1000);
      expect(r.valleyErrorMmHg).toBeCloseTo(Math.min(0, e.peak), 4);
    });
  }

  it('counts on what the pump can still add until the valley, less the spin-up that is left', () => {
    for (const dueSlot of [690, 702, 704, 706, 712]) {
      const base = { limbMmHg: 95, dueSlot, dueMmHg: 70 };
      const { e } = decide({ ...base, lowerEdgeMmHg: 0 });
      expect(decide({ ...base, lowerEdgeMmHg: -e.slack + 0.001 }).t.pump).toBe(0);
      expect(decide({ ...base, lowerEdgeMmHg: -e.slack - 0.001 }).t.pump).toBe(1000);
    }
  });

  it('does not pump into a crest that is too near to the cap', () => {
    const base = { limbMmHg: 95, dueSlot: 703, lowerEdgeMmHg: -50 };
    const { e } = decide(base);
    expect(decide({ ...base, crestLimitMmHg: e.peak + 0.001 }).t.pump).toBe(1000);
    expect(decide({ ...base, crestLimitMmHg: e.peak - 0.001 }).t.pump).toBe(0);
  });

  it('notes the lowest error that it pumped at', () => {
    const { r, e } = decide({ limbMmHg: 60, dueSlot: 703, lowerEdgeMmHg: 0 });
    expect(e.peak).toBeLessThan(-5);
    expect(r.valleyErrorMmHg).toBeCloseTo(e.peak, 4);
    const lower = decide({ limbMmHg: 60, dueSlot: 703, lowerEdgeMmHg: 0, valleyErrorMmHg: e.peak - 1 });
    expect(lower.r.valleyErrorMmHg).toBe(e.peak - 1);
  });

  for (const [lag, rises] of [
    [43.4, true],
    [34.4, false],
  ] as const) {
    it(`lets out what passes the upper edge, where the wave ${rises ? 'outruns the valve' : 'falls'}`, () => {
      const base = { limbMmHg: 95, dueSlot: 740 };
      const { e } = decide(base, lag);
      expect(e.high > e.peak).toBe(rises);
      const over = 3.5;
      const { r, t } = decide({ ...base, upperEdgeMmHg: e.high - over }, lag);
      expect(t.bleedMs).toBe(Math.round(over / 0.08 - 4));
      expect(r.crestErrorMmHg).toBeCloseTo(e.high, 4);
      expect(r.report.bleeds).toBe(1);
      const below = decide({ ...base, upperEdgeMmHg: e.high + 0.001 }, lag);
      expect([below.t.bleedMs, below.r.crestErrorMmHg]).toEqual([0, 0]);
      const crest = { crestErrorMmHg: e.high + 1 };
      expect(decide({ ...base, ...crest, upperEdgeMmHg: 0 }, lag).r.crestErrorMmHg).toBe(e.high + 1);
    });
  }

  it('but not more than slack and allowance', () => {
    const base = { limbMmHg: 95, dueSlot: 703 };
    const { e } = decide({ ...base, lowerEdgeMmHg: 0 });
    const { t } = decide({
      ...base,
      lowerEdgeMmHg: 1 - e.slack,
      bleedAllowanceMmHg: 2,
      upperEdgeMmHg: e.high - 30,
    });
    expect(t.bleedMs).toBe(Math.round((1 + 2) / 0.08 - 4));
  });

  it('and what passes the cap in any case', () => {
    const base = { limbMmHg: 95, dueSlot: 703 };
    const { e } = decide({ ...base, lowerEdgeMmHg: 0 });
    const { t } = decide({
      ...base,
      lowerEdgeMmHg: 1 - e.slack,
      upperEdgeMmHg: e.high - 30,
      capEdgeMmHg: e.high - 3.5,
    });
    expect(t.bleedMs).toBe(Math.round(3.5 / 0.08 - 4));
  });

  it('leaves out what is not worth the valve action: less than a third of a mmHg', () => {
    const base = { limbMmHg: 95, dueSlot: 740 };
    const { e } = decide(base);
    // a valve so slow that a third of a mmHg takes several ms
    const slow = (over: number): number => {
      const r = inRhythm(43.4);
      setSlopes(r, 0.03, 0.02);
      stand(r, 95);
      const high = Math.max(e.peak, e.low - 0.02 * PERIOD * 0.4);
      setDue(r, base.dueSlot);
      const edge = { pumpSpeed: 0.6, ownAirMmHg: 20, dueMmHg: 85, upperEdgeMmHg: high - over, ...base };
      return stand(Object.assign(r, edge), 95).bleedMs;
    };
    expect(slow(0.32)).toBe(0);
    expect(slow(0.35)).toBe(Math.round(0.35 / 0.02 - 4));
  });
});

describe('the wave', () => {
  it('is noted alike in and out of rhythm: slot, ring, extreme and valley', () => {
    const a = inRhythm(43.4);
    const b = inRhythm(43.4);
    for (const r of [a, b]) {
      r.limbMmHg = 20;
      turnWave(r, 1);
    }
    for (const [i, limb] of [15, 3, -2, -6, -4, 1, 9].entries()) {
      a.limbMmHg = limb;
      recordWave(a);
      stand(b, limb);
      for (const r of [a, b]) {
        expect(r.newestSlot).toBe(701 + i);
        expect(r.waveRing[r.newestSlot & SLOT_MASK]).toBe(limb);
      }
    }
    for (const r of [a, b]) {
      expect(r.extremeMmHg).toBe(-6);
      // the pump adds 1.5 mmHg a tick: of limb + ramp slot 704 is the lowest
      expect([r.valleySlot, r.valleyMmHg]).toEqual([704, -6]);
      expect(r.valleyRampMmHg).toBeCloseTo(-6 + 704 * 1.5, 9);
    }
  });

  it('is kept at even times, whenever the ticks come', () => {
    for (const note of [recordWave, (r: Regulator) => holdInRhythm(r, tickOf(PERIOD))]) {
      const r = inRhythm(43.4);
      let place = 700;
      for (const step of [1.12, 0.8, 0.7, 2.4, 3, 0.6]) {
        place += step;
        // a straight line that starts where the wave of before ended
        note(Object.assign(r, { limbMmHg: waveAt(700) + 4 * (place - 700), tickSlots: step }));
        expect(r.newestSlot).toBeCloseTo(place, 9);
      }
      for (let slot = 701; slot < place; slot++)
        expect(r.waveRing[slot & SLOT_MASK]).toBeCloseTo(waveAt(700) + 4 * (slot - 700), 4);
    }
  });

  it('keeps an earlier valley when the pump makes more of the way to a later one', () => {
    const r = inRhythm(43.4);
    r.limbMmHg = 20;
    turnWave(r, 1);
    for (const limb of [0, -1, -2]) {
      r.limbMmHg = limb;
      recordWave(r);
    }
    expect([r.valleySlot, r.valleyMmHg]).toEqual([701, 0]);
  });

  it('downwards looks for the crest, and for no valley', () => {
    const r = inRhythm(43.4);
    r.limbMmHg = 20;
    turnWave(r, -1);
    expect([r.crossingSign, r.extremeMmHg]).toEqual([-1, -20]);
    const { valleySlot } = r;
    expect(holdInRhythm(Object.assign(r, { limbMmHg: 26 }), tickOf(PERIOD))).toBe(-26);
    r.limbMmHg = 24;
    recordWave(r);
    expect(r.extremeMmHg).toBe(-26);
    expect(r.valleySlot).toBe(valleySlot);
  });
});

describe('the errors of a cycle', () => {
  it('are noted and forgotten', () => {
    const r = inRhythm(43.4, 700, 4, { valleyErrorMmHg: -4 });
    noteCrestError(r, 5);
    expect(r.crestErrorMmHg).toBe(5);
    restartErrors(r);
    expect([r.crestErrorMmHg, r.valleyErrorMmHg]).toEqual([0, 0]);
  });
});
