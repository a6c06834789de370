/** The rule on a reading that shows no life, look by look, in numbers worked out by hand. Whole holds are in blind.test.ts. */
import { describe, expect, it } from 'vitest';
import { endStillness, type Flatness, judgeFlat, measureNoise } from '../../src/safety/flat-rules.ts';
import { TRIP_SENSOR_FLAT } from '../../src/safety/rows/sensor.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import { Stand } from './stand.ts';

/** Time between two looks, ms. */
const ROUND_MS = 300;

/** A supervisor whose last two readings were 0: the next one is its own second difference. */
function at(air: Partial<Flatness>, of: Partial<Supervisor> = {}): Stand {
  const s = new Stand();
  Object.assign(s.s, { roundMs: ROUND_MS, ...of });
  Object.assign(s.s.air, { lastMmHg: 0, beforeMmHg: 0, ...air });
  return s;
}

/** A look on the vented cuff at a reading that stirs by `mmHg`. */
function vented(s: Stand, mmHg: number): Stand {
  Object.assign(s.s.air, { lastMmHg: 0, beforeMmHg: 0 });
  s.t.filteredMmHg = mmHg;
  measureNoise(s.s, s.t);
  return s;
}

/** A look in a hold at a reading that stirs by `mmHg`. */
function held(s: Stand, mmHg: number): Stand {
  Object.assign(s.s.air, { lastMmHg: 0, beforeMmHg: 0 });
  s.t.filteredMmHg = mmHg;
  judgeFlat(s.s, s.t);
  return s;
}

describe('the noise of the part', () => {
  const quiet = (air: Partial<Flatness> = {}): Stand => at(air, { ventedMs: 4000 });

  it('is the mean of the second differences, up or down alike', () => {
    const s = vented(vented(quiet(), 0.25), -0.75);
    expect([s.s.air.noiseMmHg, s.s.air.noiseLooks]).toEqual([0.5, 2]);
    vented(s, 0);
    expect(s.s.air.noiseMmHg).toBeCloseTo(1 / 3, 12);
  });

  it('is not stirred by a slope, however steep', () => {
    const s = quiet({ lastMmHg: 20, beforeMmHg: 10 });
    s.t.filteredMmHg = 30;
    measureNoise(s.s, s.t);
    expect([s.s.air.noiseMmHg, s.s.air.noiseLooks]).toEqual([0, 1]);
    expect([s.s.air.lastMmHg, s.s.air.beforeMmHg]).toEqual([30, 20]);
  });

  it('is measured from 4 s of vent on: the tail of a vent is no noise', () => {
    for (const [ventedMs, looks] of [
      [3999, 0],
      [4000, 1],
    ] as const)
      expect(vented(at({}, { ventedMs }), 1).s.air.noiseLooks, `${ventedMs}`).toBe(looks);
  });

  it('is not measured by what is no reading, nor by the first two, nor by a leap of 1000 mmHg', () => {
    for (const [mmHg, looks] of [
      [Number.NaN, 0],
      [1000, 0],
      [999, 1],
    ] as const)
      expect(vented(quiet(), mmHg).s.air.noiseLooks, `${mmHg}`).toBe(looks);
    const first = at({ lastMmHg: Number.NaN, beforeMmHg: Number.NaN }, { ventedMs: 4000 });
    for (let i = 0; i < 3; i++) {
      expect(first.s.air.noiseLooks).toBe(0);
      first.t.filteredMmHg = 1;
      measureNoise(first.s, first.t);
    }
    expect(first.s.air.noiseLooks).toBe(1);
  });

  it('follows the last hundred looks or so', () => {
    const s = vented(quiet({ noiseLooks: 99 }), 1);
    expect(s.s.air.noiseLooks).toBe(100);
    expect(s.s.air.noiseMmHg).toBeCloseTo(0.01, 12);
    vented(s, 1);
    expect(s.s.air.noiseLooks).toBe(100);
    expect(s.s.air.noiseMmHg).toBeCloseTo(0.01 + 0.99 / 100, 12);
  });

  it('begins the next hold as lively as can be, and with nothing counted', () => {
    const s = vented(at({ noiseMmHg: 0.5, flatDoubt: true, flatMs: 1700 }), 0.25);
    expect([s.s.air.stirMmHg, s.s.air.flatDoubt, s.s.air.flatMs]).toEqual([1.5, false, 0]);
  });

  it('forgets the limb after 150 s of vent and not before', () => {
    const limb = { lively: true, movingMs: 3000, calmStirMmHg: 0.5 };
    expect(vented(at(limb, { ventedMs: 149_999 }), 0).s.air).toMatchObject(limb);
    expect(vented(at(limb, { ventedMs: 150_000 }), 0).s.air).toMatchObject({
      lively: false,
      movingMs: 0,
      calmStirMmHg: 0,
    });
  });
});

describe('how much a held reading stirs', () => {
  it('is a mean over 3 s', () => {
    expect(held(at({ noiseMmHg: 1 }), 2).s.air.stirMmHg).toBeCloseTo(0.2, 12);
    expect(held(at({ noiseMmHg: 1, stirMmHg: 2 }), 0).s.air.stirMmHg).toBeCloseTo(1.8, 12);
  });

  it('counts a blow as three times the noise: it must not hide what follows', () => {
    expect(held(at({ noiseMmHg: 1 }), 50).s.air.stirMmHg).toBeCloseTo(0.3, 12);
  });
});

describe('a limb is seen', () => {
  /** Pump and valve have just acted: only movement counts. */
  const acting = (air: Partial<Flatness>): Stand => at({ noiseMmHg: 1, ...air });
  /** They have been still: the pulse counts. */
  const still = (air: Partial<Flatness>): Stand => {
    const s = at({ noiseMmHg: 1, ...air });
    Object.assign(s.s.air, { idleMs: ROUND_MS });
    return s;
  };

  it('by movement of two and a half times the noise for 10 s on end', () => {
    const s = held(acting({ stirMmHg: 2.5, movingMs: 300 }), 2.5);
    expect([s.s.air.movingMs, s.s.air.lively]).toEqual([600, false]);
    expect(held(acting({ stirMmHg: 2.5, movingMs: 9699 }), 2.5).s.air.lively).toBe(false);
    expect(held(acting({ stirMmHg: 2.5, movingMs: 9700 }), 2.5).s.air.lively).toBe(true);
  });

  it('not by less, which begins the 10 s anew', () => {
    const s = held(acting({ stirMmHg: 2.49, movingMs: 9900 }), 2.49);
    expect([s.s.air.movingMs, s.s.air.lively]).toEqual([0, false]);
  });

  it('by a pulse of 1.7 times the noise, of a mean over 8 s', () => {
    const s = held(still({}), 0.8);
    expect(s.s.air.calmStirMmHg).toBeCloseTo((0.8 * 3) / 80, 12);
    held(s, 0.8);
    expect(s.s.air.calmStirMmHg).toBeCloseTo((0.8 * 3) / 80 + (0.8 - (0.8 * 3) / 80) * (3 / 80), 12);
    expect(held(still({ calmStirMmHg: 1.7 }), 1.7).s.air.lively).toBe(true);
    expect(held(still({ calmStirMmHg: 1.69 }), 1.69).s.air.lively).toBe(false);
  });

  it.each<[string, object, object]>([
    ['the pump', { pumpMs: 50 }, {}],
    ['the valve', { bledMs: 10 }, {}],
    ['neither by now, but one until just now', {}, { idleMs: 0 }],
  ])('not in what %s does', (_name, of, air) => {
    const s = still({ calmStirMmHg: 1.7 });
    Object.assign(s.s, of);
    Object.assign(s.s.air, air);
    held(s, 2.4);
    expect([s.s.air.calmStirMmHg, s.s.air.lively]).toEqual([1.7, false]);
  });

  it('at rest after a movement, too', () => {
    const s = still({ calmStirMmHg: 1.7 });
    Object.assign(s.s.air, { idleMs: -1200 });
    expect(held(s, 1.7).s.air.lively).toBe(true);
  });

  it('and until it is nothing is doubted, however still the reading', () => {
    const s = held(still({ noiseLooks: 50, noiseMmHg: 0.1, flatMs: 0 }), 0);
    expect([s.s.air.flatDoubt, s.s.air.flatMs, s.s.trip]).toEqual([false, 0, 0]);
  });
});

describe('a limb that was seen is not seen any more', () => {
  /** A part that makes 1/16 mmHg by itself, and stirs by `share` percent of that now. */
  const stirring = (share: number, air: Partial<Flatness> = {}, outPump = 0): Stand => {
    const mmHg = share / 1600;
    const s = at({ lively: true, noiseMmHg: 1 / 16, noiseLooks: 10, stirMmHg: mmHg, ...air });
    s.t.outPump = outPump;
    return held(s, mmHg);
  };

  it('is doubted below 140 % of the noise, and what was counted is forgotten from there on', () => {
    expect(stirring(139, { flatMs: 900 }).s.air.flatDoubt).toBe(true);
    const livelier = stirring(140, { flatMs: 900, flatDoubt: true });
    expect([livelier.s.air.flatDoubt, livelier.s.air.flatMs]).toEqual([false, 0]);
  });

  it('is not doubted of a part that is noisier than 0.12 mmHg, nor before ten looks at its noise', () => {
    const doubt = (noiseMmHg: number, noiseLooks: number): unknown[] => {
      const s = stirring(0, { noiseMmHg, noiseLooks, stirMmHg: 0, flatMs: 900 }, 700);
      return [s.s.air.flatDoubt, s.s.air.flatMs, s.t.doubtful];
    };
    expect(doubt(0.12, 10)).toEqual([true, 1200, true]);
    expect(doubt(0.121, 10)).toEqual([false, 0, false]);
    expect(doubt(0.12, 9)).toEqual([false, 0, false]);
    expect(doubt(0.121, 9)).toEqual([false, 0, false]);
  });

  it('stops a pump that runs, and doubts no sample for one that does not', () => {
    expect(stirring(130, {}, 700).t.doubtful).toBe(true);
    expect(stirring(130, {}, 0).t.doubtful).toBe(false);
    expect(stirring(140, {}, 700).t.doubtful).toBe(false);
  });

  it('is counted below 120 %, and only on end', () => {
    expect(stirring(119, { flatMs: 900 }).s.air.flatMs).toBe(900 + ROUND_MS);
    expect(stirring(120, { flatMs: 900 }).s.air.flatMs).toBe(0);
  });

  it('trips after 2 s, with both figures in thousandths of a mmHg, and the cuff is taken for full', () => {
    const before = stirring(80, { flatMs: 1699 });
    expect([before.s.trip, before.s.unproven]).toEqual([0, false]);
    const s = stirring(80, { flatMs: 1700 });
    expect([s.s.trip, s.s.hazard, s.s.unproven]).toEqual([TRIP_SENSOR_FLAT, TRIP_SENSOR_FLAT, true]);
    expect([s.s.measured, s.s.allowed]).toEqual([50, 62.5]);
  });

  it('is forgotten when the setpoint is raised', () => {
    const s = at({ flatDoubt: true, flatMs: 1700 });
    endStillness(s.s);
    expect([s.s.air.flatDoubt, s.s.air.flatMs]).toEqual([false, 0]);
  });
});
