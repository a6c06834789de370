import { describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { BOOK_FULL, BOOK_OPEN, BOOK_WORN } from '../../src/safety/book-rules.ts';
import {
  BOOK_FULL_SHARE,
  BOOK_MS,
  BOOK_SHORT_MS,
  BOOK_WORN_SHARE,
  PROOF_CREEP_PERCENT,
  PROOF_MMHG,
  TRIP_BOOK_FULL,
} from '../../src/safety/rows/book.ts';
import { mayPumpNow } from './gate-stand.ts';
import { LOP, Stand } from './stand.ts';

const SETPOINT = 100;
const MARGIN = LOP - SETPOINT;
/** What the pump of `Stand.hold` makes, mmHg/s. */
const PUMP = SETPOINT / 6;

/** A hold that has just begun. */
const held = (s = new Stand()): Stand => s.hold(SETPOINT, 6000);

/** The reading stands while the pump runs for `onMs` of a second, in the mean: in whole ticks, as often as that makes. */
function toppedUp(s: Stand, seconds: number, onMs: number): Stand {
  const on = Math.max(1, Math.round(onMs / s.period)) * s.period;
  const every = (on * 1000) / onMs;
  return s.run(seconds * 1000, () => ({
    measuredMmHg: SETPOINT,
    outPump: onMs > 0 && s.t.now % every < on ? 1000 : 0,
  }));
}

/** The same until the book is full; the time, s. */
function untilFull(s: Stand, onMs: number): number {
  let seconds = 0;
  while (s.s.air.bookStage !== BOOK_FULL && s.s.trip === 0 && seconds < 1200) {
    toppedUp(s, 1, onMs);
    seconds++;
  }
  return seconds;
}

/** Released, the open cuff reading `zero`; then filled anew. */
function refilled(s: Stand, zero = 0): Stand {
  s.run(12_000, (at) => ({
    outVent: true,
    setpoint: null,
    outPump: 0,
    measuredMmHg: Math.max(zero, SETPOINT - at / 30),
  }));
  return held(s);
}

describe('the air book', () => {
  it('begins with the reading when the cuff has been filled, and stands while nothing acts', () => {
    const s = held();
    toppedUp(s, 1, 50);
    expect(s.s.air.bookMmHg).toBeGreaterThan(SETPOINT - 1);
    const before = s.s.air.bookMmHg;
    s.run(60_000, { measuredMmHg: SETPOINT, outPump: 0 });
    expect(s.s.air.bookMmHg).toBe(before);
  });

  it('counts what is pumped in, whatever the reading says: first a rest is asked for a release, then nothing is pumped', () => {
    const s = held();
    const stages = new Set<number>();
    let most = 0;
    for (let i = 0; i < 300 && s.s.air.bookStage !== BOOK_FULL; i++) {
      toppedUp(s, 1, 100);
      stages.add(s.s.air.bookStage);
      if (s.s.air.bookStage === BOOK_OPEN) most = s.s.air.bookMmHg;
      expect(s.s.trip).toBe(0);
    }
    expect([...stages]).toEqual([BOOK_OPEN, BOOK_WORN, BOOK_FULL]);
    expect(most).toBeLessThan(SETPOINT + (MARGIN * BOOK_WORN_SHARE) / 100 + 2);
    expect(s.s.air.bookMmHg).toBeGreaterThanOrEqual(SETPOINT + (MARGIN * BOOK_FULL_SHARE) / 100);
    expect(s.s.air.bookMmHg).toBeLessThan(LOP);
    expect(mayPumpNow(s)).toBe(false);
  });

  it.each(['pumpMmHgPerS', 'valvePerPump', 'provenMmHgPerS', 'bookMmHg'] as const)(
    'a %s that is no number counts as full: nothing is pumped, and it trips',
    (field) => {
      const s = held();
      toppedUp(s, 5, 50);
      Object.assign(s.s.air, { valveKnown: true, valveAtMmHg: SETPOINT, [field]: Number.NaN });
      s.run(5000, (at) => ({
        measuredMmHg: SETPOINT,
        outPump: at % 1000 < TICK_MS ? 1000 : 0,
        outBleedMs: at % 1000 >= 500 && at % 1000 < 500 + TICK_MS ? 20 : 0,
      }));
      expect(mayPumpNow(s)).toBe(false);
      expect(s.s.trip).toBe(TRIP_BOOK_FULL);
    },
  );

  it('trips when nobody releases the cuff, though nothing is pumped or let out any more', () => {
    const s = held();
    untilFull(s, 100);
    expect([s.s.air.bookStage, s.s.trip]).toEqual([BOOK_FULL, 0]);
    const quiet = { measuredMmHg: SETPOINT, outPump: 0, outBleedMs: 0 };
    const ms = s.untilTrip(5000, quiet);
    expect(ms).toBeGreaterThanOrEqual(BOOK_MS - 1000 - TICK_MS);
    expect(ms).toBeLessThanOrEqual(BOOK_MS);
    expect(s.s.trip).toBe(TRIP_BOOK_FULL);
  });

  it('while it is not full the pump may run', () => {
    const s = held();
    toppedUp(s, 5, 100);
    expect(mayPumpNow(s)).toBe(true);
  });

  it('doubts the sample of a pump that runs on', () => {
    const s = held();
    untilFull(s, 100);
    s.run(200, { outPump: 1000 });
    let doubted = false;
    for (let i = 0; i < 4; i++) doubted = s.tick({ outPump: 1000 }).t.doubtful || doubted;
    expect(doubted).toBe(true);
  });

  it('trips when nobody releases the cuff', () => {
    const s = held();
    untilFull(s, 100);
    const ms = s.untilTrip(60_000, (at) => ({ measuredMmHg: SETPOINT, outPump: at % 1000 < 100 ? 1000 : 0 }));
    expect(s.s.trip).toBe(TRIP_BOOK_FULL);
    expect(ms).toBeGreaterThanOrEqual(BOOK_MS - 1000 - TICK_MS);
    expect(ms).toBeLessThanOrEqual(BOOK_MS);
    expect(s.s.allowed).toBe(LOP);
  });

  it('trips at once when it was filled in one go: that air went astray', () => {
    const s = held();
    const ms = s.untilTrip(20_000, { measuredMmHg: SETPOINT, outPump: 1000 });
    expect(s.s.trip).toBe(TRIP_BOOK_FULL);
    expect(ms).toBeLessThan((MARGIN / PUMP) * 1000);
  });

  it.each([25, 15, 5])('sums jumps of -%d mmHg', (jump) => {
    const s = held();
    let jumps = 0;
    while (s.s.air.bookStage === BOOK_OPEN && s.s.trip === 0 && jumps < 40) {
      s.run(3000, { measuredMmHg: SETPOINT - jump, outPump: 0 });
      s.run((jump / PUMP) * 1000, (at) => ({
        measuredMmHg: SETPOINT - jump + (at * PUMP) / 1000,
        outPump: 1000,
      }));
      s.run(27_000, { measuredMmHg: SETPOINT, outPump: 0 });
      jumps++;
    }
    // this pump does not weaken, as a real one would
    expect(jumps * jump).toBeLessThanOrEqual(MARGIN * 1.25);
  });

  it('takes off what the valve lets out: a limb that moves may be followed for long', () => {
    const s = held();
    for (let i = 0; i < 300; i++) {
      s.run(500, (at) => ({
        measuredMmHg: SETPOINT + 10,
        outPump: 0,
        outBleedMs: at < 100 ? 50 : 0,
      }));
      s.run(500, (at) => ({ measuredMmHg: SETPOINT - 10, outPump: at < 250 ? 1000 : 0, outBleedMs: 0 }));
    }
    expect([s.s.trip, s.s.air.bookStage]).toEqual([0, BOOK_OPEN]);
    expect(s.s.air.bookMmHg).toBeLessThan(SETPOINT + 30);
  });

  it('what a movement has let out stays as it was measured when a bleed at rest follows it', () => {
    const s = held();
    for (let i = 0; i < 9; i++) {
      // the valve takes out five times what the pump brings
      s.run(500, (at) => ({ measuredMmHg: SETPOINT + 5, outPump: 0, outBleedMs: at < 100 ? 50 : 0 }));
      s.run(500, (at) => ({ measuredMmHg: SETPOINT - 5, outPump: at < 450 ? 1000 : 0, outBleedMs: 0 }));
    }
    expect(s.s.air.valveKnown).toBe(false);
    s.run(20_000, { measuredMmHg: SETPOINT, outPump: 0, outBleedMs: 0 });
    const before = s.s.air.bookMmHg;
    s.run(1000, (at) => ({ outBleedMs: at < 50 ? 30 : 0 }));
    expect(s.s.air.bookMmHg).toBeLessThan(before + 3);
    expect(s.s.trip).toBe(0);
  });

  it('a setpoint that is raised in a hold does not set it back', () => {
    const s = held();
    toppedUp(s, 40, 100);
    const over = s.s.air.bookMmHg - SETPOINT;
    expect(over).toBeGreaterThan(20);
    s.tick({ setpoint: SETPOINT + 10 });
    s.run(600, (at) => ({ measuredMmHg: SETPOINT + (at * PUMP) / 1000, outPump: 1000 }));
    s.run(5000, { measuredMmHg: SETPOINT + 10, outPump: 0 });
    toppedUp(s, 1, 0);
    expect(s.s.air.bookMmHg - SETPOINT).toBeGreaterThan(over + 5);
  });

  it.each([5, 9, 20, 40])(
    'a setpoint that is raised by %d mmHg in a hold leaves the pump’s figure true',
    (raise) => {
      const s = held();
      toppedUp(s, 40, 100);
      s.tick({ setpoint: SETPOINT + raise });
      s.run((raise / PUMP) * 1000, (at) => ({ measuredMmHg: SETPOINT + (at * PUMP) / 1000, outPump: 1000 }));
      s.run(3000, { measuredMmHg: SETPOINT + raise, outPump: 0 });
      expect(s.s.air.pumpMmHgPerS).toBeGreaterThan(PUMP * 0.8);
      expect(s.s.air.pumpMmHgPerS).toBeLessThan(PUMP * 1.2);
    },
  );

  it.each([20, 35])('a jump of -%d mmHg before it is open is in it from the start', (jump) => {
    const jumped = new Stand().hold(SETPOINT, 2500);
    expect([jumped.s.reached, jumped.s.air.bookKept]).toEqual([true, false]);
    jumped.run((jump / PUMP) * 1000, (at) => ({
      measuredMmHg: SETPOINT - jump + (at * PUMP) / 1000,
      outPump: 1000,
    }));
    jumped.run(6000, { measuredMmHg: SETPOINT, outPump: 0 });
    // less what creep may have been
    expect(jumped.s.air.bookMmHg).toBeGreaterThan(
      SETPOINT + jump - (SETPOINT * PROOF_CREEP_PERCENT) / 100 - 3,
    );
  });

  it('is opened by time, also where nothing acts', () => {
    const s = new Stand().hold(SETPOINT, 2500);
    expect([s.s.reached, s.s.air.bookKept]).toEqual([true, false]);
    s.run(4000);
    expect([s.s.air.bookKept, s.s.air.bookMmHg]).toEqual([true, SETPOINT]);
  });

  it('full, it trips in a fill that goes on from a hold as well', () => {
    const s = held();
    untilFull(s, 100);
    expect(s.s.trip).toBe(0);
    Object.assign(s.s.air, { bookMmHg: LOP, bookMeanMmHg: LOP });
    s.run(400, { setpoint: SETPOINT + 20, measuredMmHg: SETPOINT, outPump: 0 });
    expect([s.s.reached, s.s.trip]).toEqual([false, 0]);
    const ms = s.untilTrip(10_000, { measuredMmHg: SETPOINT, outPump: 0 });
    expect(s.s.trip).toBe(TRIP_BOOK_FULL);
    expect(ms).toBeLessThanOrEqual(BOOK_MS);
  });

  it('a release begins it anew', () => {
    const s = held();
    untilFull(s, 100);
    refilled(s);
    toppedUp(s, 2, 50);
    expect(s.s.air.bookStage).toBe(BOOK_OPEN);
    expect(s.s.air.bookMmHg).toBeLessThan(SETPOINT + 3);
  });
});

describe('a loss that a good zero has proven', () => {
  it('is let pass for the most part: the next hold lasts longer, and not for ever', () => {
    const s = held();
    const first = untilFull(s, 100);
    const second = untilFull(refilled(s), 100);
    expect(second).toBeGreaterThan(first * 1.4);
    expect(second).toBeLessThan(first * 8);
  });

  it('but not where the zero has moved down', () => {
    const s = held();
    const first = untilFull(s, 100);
    const second = untilFull(refilled(s, -PROOF_MMHG), 100);
    expect(second).toBeLessThan(first * 1.1);
  });

  it('nor by a zero that is doubtful', () => {
    const s = held();
    untilFull(s, 100);
    expect(s.s.air.lossMmHgPerS).toBeGreaterThan(0);
    s.tick({ doubtful: true, outVent: true, setpoint: null, outPump: 0, measuredMmHg: 0 });
    s.run(12_000, { doubtful: true });
    s.tick({ doubtful: false });
    held(s);
    expect(s.s.air.provenMmHgPerS).toBe(0);
  });

  it('is taken back in part by a hold that loses nothing', () => {
    const s = held();
    untilFull(s, 100);
    refilled(s);
    const { provenMmHgPerS } = s.s.air;
    expect(provenMmHgPerS).toBeGreaterThan(0);
    toppedUp(s, 60, 0);
    toppedUp(s, 1.5, 50);
    refilled(s);
    expect(s.s.air.provenMmHgPerS / provenMmHgPerS).toBeCloseTo(3 / 4, 2);
  });

  it('is never more than half a mmHg/s', () => {
    const s = held();
    for (let i = 0; i < 12; i++) {
      untilFull(s, 100);
      refilled(s);
    }
    expect(s.s.trip).toBe(0);
    expect(s.s.air.provenMmHgPerS).toBeLessThanOrEqual(1 / 2);
  });
});

describe('a hold that fills the book too soon', () => {
  it('is released once; after a hold that the book has ended too it trips at once', () => {
    const s = held();
    Object.assign(s.s.limits, { airMmHg: SETPOINT + 60 });
    expect(untilFull(s, 200) * 1000).toBeLessThan(BOOK_SHORT_MS);
    expect(s.s.trip).toBe(0);
    refilled(s, -PROOF_MMHG);
    untilFull(s, 200);
    expect(s.s.trip).toBe(TRIP_BOOK_FULL);
  });
});
