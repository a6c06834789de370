import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MPRLS_TRAITS } from '../../hal/sensors/mprls.ts';
import { TICK_MS } from '../../src/limits.ts';
import { FAULT_BUSY, FAULT_NAK } from '../../src/ports.ts';
import {
  createSensing,
  REFUSED_JUMP,
  REFUSED_NAN,
  REFUSED_RANGE,
  type Sensing,
  sense,
} from '../../src/sensing/sensing.ts';
import {
  confirmOpen,
  createZero,
  feedZero,
  isZeroed,
  restartZero,
  ZERO_NOT_FLAT,
  ZERO_OK,
  ZERO_OUT_OF_RANGE,
  ZERO_SHIFTED,
  ZERO_WAITING,
  type Zero,
} from '../../src/sensing/zero.ts';
import type { Tick } from '../../src/tick.ts';
import { createTick } from '../../src/tick.ts';

const AMBIENT = 760;

class Bench {
  /** What the part gives next, and why it gives none. */
  mmHg = AMBIENT;
  readonly sensor = { traits: MPRLS_TRAITS, faults: 0, sample: () => this.mmHg };
  readonly t: Tick = createTick(TICK_MS);
  readonly s: Sensing;
  constructor(zeroed = true) {
    const zero = createZero(MPRLS_TRAITS);
    if (zeroed) zero.mmHg = AMBIENT;
    this.s = createSensing(this.sensor, zero);
    this.t.dt = TICK_MS;
  }
  /** A tick with a new conversion of `gauge` mmHg, or with faults and none. */
  give(gauge: number, faults = 0): this {
    this.mmHg = faults === 0 ? AMBIENT + gauge : Number.NaN;
    this.sensor.faults = faults;
    this.t.now += TICK_MS;
    sense(this.s, this.t);
    return this;
  }
  /** A tick without a new conversion. */
  again(): this {
    return this.give(Number.NaN);
  }
}

describe('sensing', () => {
  it('a new conversion becomes gauge pressure', () => {
    const b = new Bench().give(20);
    expect([b.t.measuredMmHg, b.t.fresh, b.t.doubtful, b.s.arrived, b.s.staleMs]).toEqual([
      20,
      true,
      false,
      true,
      0,
    ]);
    b.give(30);
    expect(b.t.filteredMmHg).toBeCloseTo(20 + (10 * TICK_MS) / (TICK_MS + 80), 9);
  });
  it('without a zero nothing is believed', () => {
    const b = new Bench(false).give(0);
    expect([b.t.fresh, b.t.doubtful, b.s.arrived]).toEqual([false, true, true]);
    expect(b.t.measuredMmHg).toBeNaN();
  });
  it('without a new conversion nothing is new, and nothing frozen', () => {
    const b = new Bench().give(20).give(21).again().again();
    expect([b.t.fresh, b.s.same, b.s.arrived, b.s.refused]).toEqual([false, 0, false, 0]);
    expect([b.t.measuredMmHg, b.give(22).t.fresh, b.t.measuredMmHg]).toEqual([21, true, 22]);
  });
  it('what is common ends with the first tick that is not, and comes back after one that is', () => {
    const b = new Bench().give(20).give(21);
    expect(b.s.smooth).toBe(true);
    expect([b.give(22, FAULT_NAK).s.smooth, b.t.fresh, b.t.measuredMmHg]).toEqual([false, false, 21]);
    expect([b.give(23).s.smooth, b.t.fresh, b.t.measuredMmHg, b.s.refused]).toEqual([true, true, 23, 0]);
    expect([b.give(90).s.smooth, b.t.measuredMmHg]).toEqual([false, 23]);
    expect([b.give(23).s.smooth, b.t.measuredMmHg, b.s.parked]).toEqual([true, 23, 0]);
    expect([b.give(23).s.smooth, b.s.same]).toEqual([false, 1]);
    expect([b.give(24).s.smooth, b.s.same]).toEqual([true, 0]);
  });
  it('the common way and the rare one give the same', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -60, max: 520, noNaN: true }), { maxLength: 60 }), (list) => {
        const common = new Bench();
        const rare = new Bench();
        for (const gauge of list) {
          rare.s.smooth = false;
          common.give(gauge);
          rare.give(gauge);
          const { sensor: _a, ...seen } = common.s;
          const { sensor: _b, ...other } = rare.s;
          expect([common.t, seen]).toEqual([rare.t, other]);
        }
      }),
      { numRuns: 500, seed: 3 },
    );
  });
  it('doubt begins after the longest period of the part plus one tick', () => {
    const b = new Bench().give(20).again().again();
    expect([b.s.staleMs, b.t.doubtful]).toEqual([2 * TICK_MS, false]);
    b.again();
    expect([b.s.staleMs, b.t.doubtful]).toEqual([3 * TICK_MS, true]);
    b.give(21);
    expect(b.t.doubtful).toBe(false);
  });
  it('equal new conversions are counted', () => {
    const b = new Bench().give(20);
    for (let i = 1; i <= 12; i++) expect(b.give(20).s.same).toBe(i);
    expect(b.give(20.01).s.same).toBe(0);
  });
  it('a fault is refused with its bits and leaves the last value', () => {
    const b = new Bench().give(20).give(90, FAULT_NAK);
    expect([b.t.measuredMmHg, b.t.fresh, b.s.refused, b.s.reason, b.s.arrived]).toEqual([
      20,
      false,
      1,
      FAULT_NAK,
      false,
    ]);
    expect(b.give(21, FAULT_BUSY).s.refused).toBe(2);
    expect(b.give(21).s.refused).toBe(0);
    expect(b.s.reason).toBe(0);
  });
  it('what is no pressure is refused', () => {
    for (const bad of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -3000, 3000]) {
      const b = new Bench().give(20).give(bad);
      expect([b.t.measuredMmHg, b.s.reason]).toEqual([20, REFUSED_NAN]);
      expect(b.s.arrived).toBe(false);
    }
  });
  it('-30 and the top of the part are believed, beyond is not', () => {
    const low = new Bench().give(0).give(-30);
    expect(low.t.measuredMmHg).toBe(-30);
    expect(new Bench().give(0).give(-30.5).s.reason).toBe(REFUSED_RANGE);
    const high = new Bench();
    for (const mmHg of [420, 450]) high.give(mmHg);
    expect(high.give(450).t.measuredMmHg).toBe(450);
    expect(high.give(450.5).s.reason).toBe(REFUSED_RANGE);
  });
  it('before the first zero a part that answers is not lost: the zero is what is missing', () => {
    const b = new Bench();
    b.s.zero.mmHg = Number.NaN;
    for (let k = 0; k < 100; k++) b.give(700 + (k % 2));
    expect([b.s.staleMs, b.t.doubtful]).toEqual([0, true]);
  });
  it('a step of 40 is believed, a larger one waits for a second sample near it', () => {
    expect(new Bench().give(20).give(60).t.measuredMmHg).toBe(60);
    expect(new Bench().give(60).give(20).t.measuredMmHg).toBe(20);
    const b = new Bench().give(20).give(60.5);
    expect([b.t.measuredMmHg, b.s.reason, b.s.jumps]).toEqual([20, REFUSED_JUMP, 0]);
    b.give(85);
    expect([b.t.measuredMmHg, b.s.jumps]).toEqual([85, 1]);
    const down = new Bench().give(100).give(59.5);
    expect(down.t.measuredMmHg).toBe(100);
    expect(down.give(34.5).t.measuredMmHg).toBe(34.5);
  });
  it.each<[string, number, number, boolean]>([
    ['40 up', 20, 60, true],
    ['40 down', 60, 20, true],
    ['more', 20, 60.1, false],
    ['-30', 0, -30, true],
    ['below', 0, -30.1, false],
    ['the top of the part', 445, 450, true],
    ['above', 445, 450.1, false],
  ])(
    '%s is the same after a tick without a conversion and after one with it',
    (_name, from, to, believed) => {
      for (const gap of [false, true]) {
        const b = new Bench();
        b.t.measuredMmHg = from;
        b.t.filteredMmHg = from;
        b.give(from - 0.5).give(from);
        if (gap) b.again();
        b.give(to);
        expect(b.t.measuredMmHg, String(gap)).toBe(believed ? to : from);
      }
    },
  );
  it('the zero is taken off in every tick, and a step is counted from the last reading', () => {
    const b = new Bench();
    b.s.zero.mmHg = 3;
    for (const [mmHg, gauge] of [
      [13, 10],
      [15, 12],
      [14, 11],
    ] as const) {
      b.mmHg = mmHg;
      sense(b.s, b.t);
      expect(b.t.measuredMmHg).toBe(gauge);
    }
    const low = new Bench().give(-19).give(-20).give(55);
    expect([low.t.measuredMmHg, low.s.reason]).toEqual([-20, REFUSED_JUMP]);
  });
  it.each([
    [25, true],
    [-25, true],
    [25.5, false],
    [-25.5, false],
  ])('a second sample %s mmHg off the first confirms a step: %s', (off, confirms) => {
    const b = new Bench()
      .give(20)
      .give(100)
      .give(100 + off);
    expect(b.t.measuredMmHg).toBe(confirms ? 100 + off : 20);
  });
  it('-2000 and 3000 are no pressures, and without a zero nothing is refused', () => {
    for (const mmHg of [-2000, 3000]) {
      const b = new Bench().give(20);
      b.mmHg = mmHg;
      sense(b.s, b.t);
      expect([b.s.reason, b.s.arrived]).toEqual([REFUSED_NAN, false]);
    }
    const fresh = new Bench(false).give(0).give(1);
    expect([fresh.s.refused, fresh.s.reason, fresh.t.fresh]).toEqual([0, 0, false]);
  });
  it('doubt begins a ms after the longest period of the part and one tick', () => {
    const b = new Bench().give(20);
    b.t.dt = MPRLS_TRAITS.maxPeriodMs + TICK_MS;
    expect(b.again().t.doubtful).toBe(false);
    b.t.dt = 1;
    expect(b.again().t.doubtful).toBe(true);
  });
  it('one spike is forgotten', () => {
    const b = new Bench().give(20).give(200).give(21);
    expect([b.t.measuredMmHg, b.s.jumps]).toEqual([21, 0]);
    expect(b.give(200).t.measuredMmHg).toBe(21);
  });
  it('a blow that no two samples agree on is taken at the third', () => {
    const b = new Bench().give(20).give(70).give(130);
    expect(b.t.measuredMmHg).toBe(20);
    b.give(190);
    expect([b.t.measuredMmHg, b.s.jumps]).toEqual([190, 1]);
    expect(b.give(250).t.measuredMmHg).toBe(190);
  });
  it('whatever a part says, raw is a believable number or unchanged (10,000 poisoned samples)', () => {
    const value = fc.oneof(
      fc.double(),
      fc.double({ min: -100, max: 600 }),
      fc.constantFrom(Number.NaN, -0, 1e308),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.integer({ min: 0, max: 15 })), { maxLength: 30 }), (list) => {
        const b = new Bench().give(10);
        for (const [mmHg, faults] of list) {
          const before = b.t.measuredMmHg;
          b.give(mmHg, faults & 1);
          expect(b.t.measuredMmHg >= -30 && b.t.measuredMmHg <= 450).toBe(true);
          if (!b.t.fresh) expect(b.t.measuredMmHg).toBe(before);
          expect(Number.isFinite(b.t.filteredMmHg)).toBe(true);
        }
      }),
      { numRuns: 700, seed: 7 },
    );
  });
});

describe('zero', () => {
  const feed = (z: Zero, n: number, at: (i: number) => number) => {
    for (let i = 0; i < n; i++) feedZero(z, at(i));
    return z;
  };
  const noise = (i: number) => (i % 2 === 0 ? 0.05 : -0.05);
  it('two flat windows that agree make a zero', () => {
    const z = createZero(MPRLS_TRAITS);
    expect([isZeroed(z), z.refusal]).toEqual([false, ZERO_WAITING]);
    feed(z, 16, (i) => 750 + noise(i));
    expect([isZeroed(z), z.refusal]).toEqual([false, ZERO_WAITING]);
    feed(z, 15, (i) => 750 + noise(i));
    expect(isZeroed(z)).toBe(false);
    feed(z, 1, () => 750);
    expect([isZeroed(z), z.refusal]).toEqual([true, ZERO_OK]);
    expect(z.mmHg).toBeCloseTo(750, 1);
  });
  it('the tail of a vent is not one, in either direction', () => {
    for (const sign of [1, -1]) {
      const z = createZero(MPRLS_TRAITS);
      feed(z, 64, (i) => 750 + (sign * i) / 60);
      expect([isZeroed(z), z.refusal]).toEqual([false, ZERO_WAITING]);
    }
  });
  it('a restless trace is not', () => {
    const z = feed(createZero(MPRLS_TRAITS), 64, (i) => 750 + (i % 2) * 2.4);
    expect([isZeroed(z), z.refusal]).toEqual([false, ZERO_NOT_FLAT]);
    expect(isZeroed(feed(createZero(MPRLS_TRAITS), 64, (i) => 750 + (i % 2) * 2.1))).toBe(true);
  });
  it('must lie where the air can be', () => {
    for (const [mmHg, fine] of [
      [359, false],
      [360.5, true],
      [839.5, true],
      [841, false],
    ] as const) {
      const z = feed(createZero(MPRLS_TRAITS), 32, () => mmHg);
      expect(isZeroed(z)).toBe(fine);
      if (!fine) expect([z.refusal, z.refusedMmHg]).toEqual([ZERO_OUT_OF_RANGE, mmHg]);
    }
  });
  it('may move by 6 mmHg in all in one power-up, never more by small steps', () => {
    const z = feed(createZero(MPRLS_TRAITS), 32, () => 750);
    feed(z, 32, () => 755.9);
    expect(z.mmHg).toBeCloseTo(755.9);
    feed(z, 32, () => 756.1);
    expect(z.refusal).toBe(ZERO_SHIFTED);
    expect(z.mmHg).toBeCloseTo(755.9);
    const down = feed(createZero(MPRLS_TRAITS), 32, () => 750);
    feed(down, 32, () => 743.9);
    expect([down.refusal, down.mmHg]).toEqual([ZERO_SHIFTED, 750]);
  });
  /** Noise of 0.08 mmHg: two means may be 0.16 apart, a window may spread over 2.24. */
  it.each<[string, number, boolean]>([
    ['up', 0.15, true],
    ['too far up', 0.17, false],
    ['down', -0.15, true],
    ['too far down', -0.17, false],
  ])('two windows that differ, %s', (_name, step, taken) => {
    const z = feed(createZero(MPRLS_TRAITS), 16, () => 750);
    feed(z, 16, () => 750 + step);
    expect(isZeroed(z)).toBe(taken);
  });
  it('the edges of both belong to what is taken', () => {
    const spread = createZero({ ...MPRLS_TRAITS, noiseMilliMmHg: 50 });
    feed(spread, 32, (i) => 750 + (i % 2) * 2);
    expect(spread.refusal).toBe(ZERO_OK);
    for (const step of [0.25, -0.25]) {
      const z = createZero({ ...MPRLS_TRAITS, noiseMilliMmHg: 260 });
      feed(z, 16, () => 750);
      feed(z, 16, () => 750 + step);
      expect(z.refusal).toBe(ZERO_OK);
    }
  });
  it('the spread is between the lowest and the highest, wherever they come', () => {
    for (const at of [0, 7, 15])
      for (const sign of [1, -1]) {
        const z = createZero(MPRLS_TRAITS);
        feed(z, 32, (i) => 750 + (i % 16 === at ? 2.3 * sign : 0));
        expect(z.refusal, `${at} ${sign}`).toBe(ZERO_NOT_FLAT);
        const flat = createZero(MPRLS_TRAITS);
        feed(flat, 32, (i) => 750 + (i % 16 === at ? 2.2 * sign : 0));
        expect(flat.refusal, `${at} ${sign}`).toBe(ZERO_OK);
      }
  });
  it('the ends of the range and of the shift belong to them', () => {
    for (const mmHg of [500, 820])
      expect(isZeroed(feed(createZero(MPRLS_TRAITS), 32, () => mmHg))).toBe(true);
    for (const shift of [6, -6]) {
      const z = feed(createZero(MPRLS_TRAITS), 32, () => 750);
      feed(z, 32, () => 750 + shift);
      expect([z.refusal, z.mmHg]).toEqual([ZERO_OK, 750 + shift]);
    }
  });
  it('a word of the wearer throws the window under way away', () => {
    const z = feed(createZero(MPRLS_TRAITS), 24, () => 750);
    confirmOpen(z);
    feed(z, 16, () => 750);
    expect(isZeroed(z)).toBe(false);
    feed(z, 16, () => 750);
    expect([isZeroed(z), z.asks]).toEqual([true, false]);
  });
  it('a restart is waiting, whatever the last window said, and begins its window anew', () => {
    const z = feed(createZero(MPRLS_TRAITS), 16, () => 900);
    expect(z.refusal).toBe(ZERO_OUT_OF_RANGE);
    restartZero(z);
    expect(z.refusal).toBe(ZERO_WAITING);
    feed(z, 31, () => 750);
    expect(isZeroed(z)).toBe(false);
    feed(z, 10, () => 750);
    restartZero(z);
    feed(z, 6, () => 750);
    expect(z.count).toBe(6);
  });
  it('a shut cuff throws a window under way away', () => {
    const z = feed(createZero(MPRLS_TRAITS), 24, () => 750);
    restartZero(z);
    expect(z.refusal).toBe(ZERO_WAITING);
    feed(z, 16, () => 750);
    expect(isZeroed(z)).toBe(false);
    feed(z, 16, () => 750);
    expect(isZeroed(z)).toBe(true);
  });
});
