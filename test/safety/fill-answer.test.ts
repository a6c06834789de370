/**
 * The rule on a fill that nothing answers, look by look, in numbers worked out by hand. Whole fills are in blind.test.ts. Windows are given as
 * the reading at their start, the pump time since, and the rise that the fill has shown: what was due is the product of the two.
 */
import { describe, expect, it } from 'vitest';
import { judgeAir } from '../../src/safety/air-rules.ts';
import {
  createFillAnswer,
  type FillAnswer,
  forgetFill,
  isLooking,
  judgeFill,
  look,
  startFill,
} from '../../src/safety/fill-rules.ts';
import { TRIP_FILL_UNANSWERED } from '../../src/safety/rows/fill.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import { judgeDemand } from '../../src/safety/supervisor.ts';
import { mayPumpNow } from './gate-stand.ts';
import { Stand } from './stand.ts';

const NOW = 10_000;

/** A fill to 200 mmHg that reads `mmHg`, in which no look is due. */
function filling(mmHg: number, air: Partial<FillAnswer>, of: Partial<Supervisor> = {}): Stand {
  const s = new Stand();
  s.t.now = NOW;
  s.t.filteredMmHg = mmHg;
  Object.assign(s.s, { targetMmHg: 200, pumpMs: 5000, ...of });
  Object.assign(s.s.air, { nextLookMs: Number.POSITIVE_INFINITY, riseShown: true, ...air });
  return s;
}

/** The same after `ms` of pump in the window, judged. */
function pumped(mmHg: number, ms: number, air: Partial<FillAnswer>, of: Partial<Supervisor> = {}): Stand {
  const s = filling(mmHg, { answerWindowMs: 5000 - ms, ...air }, of);
  judgeFill(s.s, s.t, 50);
  return s;
}

/** True when the window has ended: the next one begins here. */
const ended = (s: Stand): boolean => s.s.air.answerWindowMs === 5000;
/** True while the pump is held off for a look that has just begun. */
const looks = (s: Stand): boolean => s.s.air.lookingSince === NOW;

describe('a fill', () => {
  const DIRTY: FillAnswer = {
    answerFromMmHg: 1,
    answerWindowMs: 2,
    riseMmHgPerS: 3,
    riseShown: true,
    deadWindows: 4,
    lookingSince: 5,
    lookEndedAt: 6,
    lookRiseMmHgPerS: 7,
    lookLastMmHg: 8,
    lookLastAt: 9,
    lookFromMmHg: 10,
    laggingLooks: 11,
    answerPumpMs: 12,
    nextLookMs: 13,
    probing: true,
    probeFromMmHg: 14,
    probePumpMs: 15,
  };

  it('begins with nothing shown, nothing due but 4 mmHg/s, and the first look after 0.7 s of pump', () => {
    const s = filling(17, DIRTY);
    startFill(s.s, s.t);
    expect(s.s.air).toMatchObject({
      answerFromMmHg: 17,
      answerWindowMs: 5000,
      answerPumpMs: 5000,
      nextLookMs: 700,
      riseMmHgPerS: 4,
      riseShown: false,
      deadWindows: 0,
      lookingSince: 0,
      laggingLooks: 0,
      probing: false,
    });
  });

  it('that is forgotten leaves nothing due and no look under way', () => {
    const s = filling(17, DIRTY);
    forgetFill(s.s);
    expect(s.s.air).toMatchObject({
      ...DIRTY,
      riseMmHgPerS: 0,
      deadWindows: 0,
      lookingSince: 0,
      laggingLooks: 0,
      probing: false,
    });
  });

  it('of a power-up has shown nothing, and no look has just ended', () => {
    expect(createFillAnswer()).toMatchObject({ riseShown: false, probing: false, riseMmHgPerS: 0 });
    const s = new Stand();
    expect(isLooking(s.s, s.t)).toBe(false);
  });

  it('is over from 96 % of the setpoint on: nothing is due', () => {
    const rise = (mmHg: number): number => {
      const s = filling(mmHg, { riseMmHgPerS: 10 }, { targetMmHg: 125 });
      judgeFill(s.s, s.t, 0);
      return s.s.air.riseMmHgPerS;
    };
    expect([rise(119.9), rise(120), rise(121)]).toEqual([10, 0, 0]);
  });

  it('is done with a mean of 90 % of the setpoint: nothing is due, and a look under way ends', () => {
    const done = (meanMmHg: number): Stand => {
      const doubted = { riseMmHgPerS: 10, deadWindows: 2, lookingSince: NOW - 100, laggingLooks: 1 };
      const s = filling(90, { ...doubted, probing: true }, { targetMmHg: 100, meanMmHg });
      s.t.setpoint = 100;
      judgeDemand(s.s, s.t);
      return s;
    };
    const still = done(89.9);
    expect([still.s.reached, mayPumpNow(still), still.s.air.deadWindows]).toEqual([false, false, 2]);
    const over = done(90);
    expect([over.s.reached, mayPumpNow(over)]).toEqual([true, true]);
    expect(over.s.air).toMatchObject({
      riseMmHgPerS: 0,
      deadWindows: 0,
      lookingSince: 0,
      laggingLooks: 0,
      probing: false,
    });
  });

  it('is judged in the turns in which the pump ran', () => {
    const s = filling(60, { answerFromMmHg: 50, answerWindowMs: 1000, riseMmHgPerS: 10 });
    judgeFill(s.s, s.t, 0);
    expect(ended(s)).toBe(false);
    Object.assign(s.s.air, { seenPumpMs: 5000 });
    judgeAir(s.s, s.t);
    expect(ended(s)).toBe(false);
    Object.assign(s.s.air, { seenPumpMs: 4999 });
    judgeAir(s.s, s.t);
    expect(ended(s)).toBe(true);
  });

  it('a vent in the middle of a look ends it, and the next fill owes nothing to it', () => {
    const s = new Stand().tick({ outVent: false, setpoint: 130, measuredMmHg: 0 });
    for (let i = 0; i < 60 && s.s.air.lookingSince === 0; i++) s.tick({ measuredMmHg: i / 2, outPump: 1000 });
    expect([s.s.air.lookingSince > 0, mayPumpNow(s)]).toEqual([true, false]);
    s.run(3000, (at) => ({
      outVent: true,
      setpoint: null,
      outPump: 0,
      measuredMmHg: Math.max(0, 15 - at / 50),
    }));
    expect([s.s.pressurised, s.s.air.lookingSince, s.s.air.riseMmHgPerS]).toEqual([false, 0, 0]);
    s.run(200, { outVent: false, setpoint: 130, measuredMmHg: 0 });
    expect([s.s.air.lookingSince, mayPumpNow(s)]).toEqual([0, true]);
  });
});

describe('a window', () => {
  it.each<[string, number, number, number, boolean]>([
    ['ends where 3.2 mmHg were due', 8, 400, 50, true],
    ['not where less was', 7.9, 400, 50, false],
    ['not before 0.36 s of pump, however much was due', 100, 359, 50, false],
    ['ends after 2 s of pump in any case', 1, 2000, 50, true],
    ['not before', 1, 1999, 50, false],
    ['ends with a rise of 8 mmHg', 1, 400, 58, true],
    ['not with less', 1, 400, 57.9, false],
  ])('%s', (_name, riseMmHgPerS, ms, mmHg, ends) => {
    expect(ended(pumped(mmHg, ms, { answerFromMmHg: 50, riseMmHgPerS }))).toBe(ends);
  });

  it('goes down with a reading that falls, and is measured from the lowest', () => {
    const s = pumped(45, 300, { answerFromMmHg: 50, riseMmHgPerS: 1 });
    expect(s.s.air.answerFromMmHg).toBe(45);
    s.t.filteredMmHg = 53;
    Object.assign(s.s, { pumpMs: 5100 });
    judgeFill(s.s, s.t, 100);
    expect([s.s.air.answerFromMmHg, s.s.air.answerWindowMs]).toEqual([53, 5100]);
  });

  /** Windows without an answer after one more, in which 4 mmHg were due. */
  const dead = (mmHg: number, from: number, air: Partial<FillAnswer> = {}): number =>
    pumped(mmHg, 400, { answerFromMmHg: from, riseMmHgPerS: 10, ...air }).s.air.deadWindows;

  it('is answered by a quarter of what was due', () => {
    expect(dead(51, 50, { deadWindows: 1 })).toBe(0);
    expect(dead(50.9, 50)).toBe(1);
    expect(dead(50.9, 50, { deadWindows: 1 })).toBe(2);
  });

  it('in which less than 3.2 mmHg were due needs no answer', () => {
    const deadAfter = (riseMmHgPerS: number): number =>
      pumped(50, 2000, { answerFromMmHg: 50, riseMmHgPerS, deadWindows: 0 }).s.air.deadWindows;
    expect([deadAfter(1.5), deadAfter(1.6)]).toEqual([0, 1]);
  });

  it('of the slack cuff, below 30 mmHg, is answered by 0.15 mmHg', () => {
    expect(dead(0.15, 0, { deadWindows: 2 })).toBe(0);
    expect(dead(0.14, 0, { deadWindows: 2 })).toBe(3);
    expect(dead(29.9, 29.7, { deadWindows: 2 })).toBe(0);
    expect(dead(30, 29.7, { deadWindows: 1 })).toBe(2);
  });

  it('is not held against a fill that has shown no rise yet', () => {
    expect(dead(50, 50, { riseShown: false, deadWindows: 1 })).toBe(0);
    expect(dead(50, 50, { riseShown: true, deadWindows: 0 })).toBe(1);
  });

  it('in which nothing is due ends and asks for nothing', () => {
    expect(pumped(55, 2000, { answerFromMmHg: 50, riseMmHgPerS: 0 }).s.air.riseMmHgPerS).toBe(0);
  });
});

describe('the rise that a fill has shown', () => {
  /** After a window of 2 s in which the reading rose by so much, mmHg/s, and so much was due. */
  const shown = (rise: number, before: number, riseShown = false): [number, boolean] => {
    const { air } = pumped(40 + 2 * rise, 2000, {
      answerFromMmHg: 40,
      riseMmHgPerS: before,
      riseShown,
    }).s;
    return [air.riseMmHgPerS, air.riseShown];
  };

  it('is that of the last window, up or down', () => {
    expect(shown(2.5, 1)).toEqual([2.5, true]);
    expect(shown(2.5, 8)).toEqual([2.5, true]);
  });
  it('grows fourfold at most from one window to the next', () => {
    expect(shown(3.5, 1)).toEqual([3.5, true]);
    expect(shown(10, 1)).toEqual([4, true]);
  });
  it('is never taken for less than 1 mmHg/s, which is the least that counts as one', () => {
    expect(shown(0.5, 1)).toEqual([1, false]);
    expect(shown(1, 1)).toEqual([1, true]);
    expect(shown(0.99, 1)).toEqual([1, false]);
  });
  it('once shown stays so', () => {
    expect(shown(0.5, 1, true)).toEqual([1, true]);
  });
});

describe('windows without an answer lead to a look', () => {
  /** One more, with the rise shown before: does a look begin? */
  const one = (mmHg: number, deadWindows: number, riseMmHgPerS = 10, targetMmHg = 200): boolean =>
    looks(pumped(mmHg, 400, { answerFromMmHg: mmHg, riseMmHgPerS, deadWindows }, { targetMmHg }));

  it('after two of them', () => {
    expect([one(50, 0), one(50, 1)]).toEqual([false, true]);
  });
  it('after one with a fast pump, from 60 mmHg/s on', () => {
    expect([one(50, 0, 59.9), one(50, 0, 60)]).toEqual([false, true]);
  });
  it('after one from 60 % of the setpoint on', () => {
    expect([one(59.9, 0, 10, 100), one(60, 0, 10, 100)]).toEqual([false, true]);
  });
  it('after four in the slack cuff, below 30 mmHg', () => {
    expect([one(29.9, 2), one(29.9, 3)]).toEqual([false, true]);
    expect([one(30, 0), one(30, 1)]).toEqual([false, true]);
  });
  it('in which nothing is pumped, and this sample is not pumped on any more', () => {
    const before = { answerFromMmHg: 50, riseMmHgPerS: 10, deadWindows: 1 };
    const s = pumped(50, 400, { ...before, lookFromMmHg: 12, lookLastMmHg: 12, lookLastAt: 12 });
    expect([looks(s), s.t.doubtful]).toEqual([true, true]);
    expect(mayPumpNow(s)).toBe(false);
    expect(s.s.air).toMatchObject({ lookLastMmHg: 50, lookLastAt: NOW, lookFromMmHg: Number.NaN });
  });
  it('and so does the end of the window of a probe, answered or not', () => {
    for (const mmHg of [50, 55])
      expect(looks(pumped(mmHg, 400, { answerFromMmHg: 50, riseMmHgPerS: 10, probing: true }))).toBe(true);
  });
});

describe('a look that is due by pump time', () => {
  /** The reading has risen from 60 by so much a second, for 0.3 s, and 0.7 s of pump or more have gone. */
  const due = (air: Partial<FillAnswer> = {}, mmHgPerS = 20, of: Partial<Supervisor> = {}): Stand => {
    const s = filling(60 + mmHgPerS * 0.3, {
      answerFromMmHg: 60,
      answerWindowMs: 4700,
      answerPumpMs: 4300,
      nextLookMs: 700,
      riseMmHgPerS: 10,
      ...air,
    });
    Object.assign(s.s, of);
    judgeFill(s.s, s.t, 50);
    return s;
  };

  it('comes with it and not before', () => {
    expect([looks(due()), looks(due({ answerPumpMs: 4301 }))]).toEqual([true, false]);
  });
  it('does not come from half of the setpoint on', () => {
    expect(looks(due({}, 20, { targetMmHg: 133 }))).toBe(true);
    expect(looks(due({}, 20, { targetMmHg: 132 }))).toBe(false);
  });
  it('is put off once, to 1.4 s, at a reading that rises by less than 4 mmHg/s', () => {
    const early = due({}, 3.9);
    expect([looks(early), early.s.air.nextLookMs]).toEqual([false, 1400]);
    const late = due({ nextLookMs: 1400, answerPumpMs: 3600 }, 3.9);
    expect([looks(late), late.s.air.nextLookMs]).toEqual([true, 1400]);
    // 60 to 61.25 in 312 ms and a half, and that is 4 to the last bit
    const s = filling(61.25, {
      answerFromMmHg: 60,
      answerWindowMs: 5000 - 312.5,
      nextLookMs: 700,
      riseMmHgPerS: 10,
    });
    judgeFill(s.s, s.t, 50);
    expect(looks(s)).toBe(true);
  });
  it('is put off in the slack cuff while windows without an answer are counted', () => {
    const at = (mmHg: number, deadWindows: number): unknown[] => {
      const s = filling(mmHg, {
        answerFromMmHg: mmHg,
        answerWindowMs: 4900,
        answerPumpMs: 0,
        nextLookMs: 1400,
        riseMmHgPerS: 10,
        deadWindows,
      });
      judgeFill(s.s, s.t, 50);
      return [looks(s), s.s.air.nextLookMs];
    };
    expect(at(29.9, 1)).toEqual([false, 2800]);
    expect(at(30, 1)).toEqual([true, 1400]);
    expect(at(29.9, 0)).toEqual([true, 1400]);
  });
  it('keeps how fast the reading rose before it: in this window, or as shown where that has just begun', () => {
    const rise = (ms: number, riseShown: boolean): number => {
      const s = filling(61, {
        answerFromMmHg: 60,
        answerWindowMs: 5000 - ms,
        nextLookMs: 1400,
        riseMmHgPerS: 10,
        riseShown,
      });
      judgeFill(s.s, s.t, 50);
      expect(looks(s)).toBe(true);
      return s.s.air.lookRiseMmHgPerS;
    };
    expect([rise(250, true), rise(180, true), rise(179, true), rise(179, false)]).toEqual([
      4,
      1000 / 180,
      10,
      0,
    ]);
  });
  it('takes a rise of 8 mmHg in the window that it cuts as shown', () => {
    const cut = (mmHg: number, ms: number): [number, boolean] => {
      const { air } = pumped(mmHg, ms, {
        answerFromMmHg: 50,
        riseMmHgPerS: 10,
        riseShown: false,
        nextLookMs: 1400,
      }).s;
      return [air.riseMmHgPerS, air.riseShown];
    };
    expect(cut(58, 320)).toEqual([25, true]);
    expect(cut(57.9, 320)).toEqual([10, false]);
    // no rate is known of a window without any pump time
    expect(cut(58, 0)).toEqual([10, false]);
  });
});

/** A look that began `ms` ago, judged. */
function looking(mmHg: number, ms: number, air: Partial<FillAnswer>, of: Partial<Supervisor> = {}): Stand {
  const s = filling(
    mmHg,
    { lookingSince: NOW - ms, lookFromMmHg: Number.NaN, nextLookMs: 1400, riseMmHgPerS: 10, ...air },
    of,
  );
  look(s.s, s.t);
  return s;
}

/** True when the pump may run again. */
const resumed = (s: Stand): boolean => s.s.air.lookingSince === 0;

describe('a look', () => {
  it('is followed by judgeFill too, whether or not the pump ran', () => {
    const s = filling(50, { lookingSince: NOW - 900, lookFromMmHg: 50, nextLookMs: 1400 });
    judgeFill(s.s, s.t, 0);
    expect(resumed(s)).toBe(true);
  });

  it('is told as one while it lasts, and for 0.4 s after it', () => {
    const told = (air: Partial<FillAnswer>): boolean => {
      const s = filling(50, air);
      return isLooking(s.s, s.t);
    };
    expect(told({ lookingSince: 1, lookEndedAt: 0 })).toBe(true);
    expect(told({ lookingSince: 0, lookEndedAt: NOW - 399 })).toBe(true);
    expect(told({ lookingSince: 0, lookEndedAt: NOW - 400 })).toBe(false);
  });

  /** The reading rose by 12.5 mmHg/s before, and was 50 a tenth of a second ago, 0.15 s after the pump. */
  const RISING = { lookRiseMmHgPerS: 12.5, lookLastAt: NOW - 100, lookLastMmHg: 50, laggingLooks: 0 };

  it('ends where the reading has stopped with the pump: less than 40 % of the rise before it', () => {
    const stopped = looking(50.4, 250, RISING);
    expect(stopped.s.air).toMatchObject({
      lookingSince: 0,
      lookEndedAt: NOW,
      nextLookMs: Number.POSITIVE_INFINITY,
      answerFromMmHg: 50.4,
      answerWindowMs: 5000,
    });
    const on = looking(50.5, 250, RISING);
    expect(on.s.air).toMatchObject({
      lookingSince: NOW - 250,
      nextLookMs: 1400,
      lookLastMmHg: 50.5,
      lookLastAt: NOW,
    });
  });
  it('so only from 0.15 s after the pump on, and where it rose by 4 mmHg/s', () => {
    expect(resumed(looking(50, 249, RISING))).toBe(false);
    expect(resumed(looking(50, 250, { ...RISING, lookRiseMmHgPerS: 4 }))).toBe(true);
    expect(resumed(looking(50, 250, { ...RISING, lookRiseMmHgPerS: 3.9 }))).toBe(false);
  });
  it.each<[string, Partial<FillAnswer>]>([
    ['a probe', { probing: true }],
    ['a window without an answer', { deadWindows: 1 }],
    ['a look in which the reading rose', { laggingLooks: 1 }],
  ])('not so where %s speaks against the line, nor where the reading stands', (_name, air) => {
    expect(resumed(looking(50, 250, { ...RISING, ...air }))).toBe(false);
    const stands = { lookFromMmHg: 50, ...air };
    expect(resumed(looking(50, 899, stands))).toBe(false);
  });

  it('reads where it is from 0.4 s on: coasting is over', () => {
    expect(looking(51, 399, {}).s.air.lookFromMmHg).toBeNaN();
    expect(looking(51, 400, {}).s.air.lookFromMmHg).toBe(51);
    expect(looking(52, 450, { lookFromMmHg: 51 }).s.air.lookFromMmHg).toBe(51);
  });
  it('ends 0.2 s later where the reading stands within 0.15 mmHg', () => {
    const at = (ms: number, rise: number): boolean => resumed(looking(rise, ms, { lookFromMmHg: 0 }));
    expect([at(599, 0), at(600, 0), at(600, 0.14), at(600, 0.15)]).toEqual([false, true, true, false]);
    expect(resumed(looking(50.1, 600, { lookFromMmHg: 50 }))).toBe(true);
  });
  it('ends after 0.9 s in any case', () => {
    const air = { lookFromMmHg: 50, deadWindows: 1 };
    expect([resumed(looking(50, 899, air)), resumed(looking(50, 900, air))]).toEqual([false, true]);
  });

  it('in which nothing speaks against the line: the next one comes after twice the pump time', () => {
    const s = looking(50, 900, { lookFromMmHg: 50 });
    expect([s.s.air.nextLookMs, s.s.air.probing]).toEqual([2800, false]);
  });
});

describe('a reading that rises without the pump', () => {
  /** After 0.9 s: looked at further, or believed. */
  const rises = (from: number, to: number, air: Partial<FillAnswer> = {}): boolean =>
    !resumed(looking(to, 900, { lookFromMmHg: from, ...air }));

  it('is one by 0.4 mmHg', () => {
    expect([rises(0, 0.39), rises(0, 0.4)]).toEqual([false, true]);
  });
  it('up to 3 % of the reading it is breath, while nothing else speaks against the line', () => {
    expect([rises(97.1, 100), rises(97, 100)]).toEqual([false, true]);
    expect(rises(97.1, 100, { deadWindows: 1 })).toBe(false);
    expect(rises(97.1, 100, { deadWindows: 2 })).toBe(true);
    expect(rises(97.1, 100, { probing: true })).toBe(true);
  });
  it('is looked at again, coasting left out', () => {
    const { air } = looking(60, 900, { lookFromMmHg: 50 }).s;
    expect(air).toMatchObject({ lookingSince: NOW - 400, laggingLooks: 1, lookFromMmHg: Number.NaN });
  });
  it('in three looks in a row is a line that lags, with the last rise as the figure', () => {
    const second = looking(60, 900, { lookFromMmHg: 50, laggingLooks: 1 }).s;
    expect([second.trip, second.unproven]).toEqual([0, false]);
    const third = looking(60, 900, { lookFromMmHg: 50, laggingLooks: 2 }).s;
    expect([third.trip, third.hazard, third.unproven]).toEqual([
      TRIP_FILL_UNANSWERED,
      TRIP_FILL_UNANSWERED,
      true,
    ]);
    expect([third.measured, third.allowed]).toEqual([10, 0.4]);
  });
  it('in a row: one in which it stands begins anew', () => {
    expect(looking(50, 900, { lookFromMmHg: 50, laggingLooks: 2 }).s.air.laggingLooks).toBe(0);
  });
});

describe('a probe', () => {
  it('begins with the end of a look that windows without an answer have led to', () => {
    const { air, trip } = looking(50, 900, { lookFromMmHg: 50, deadWindows: 2, probeFromMmHg: 50 }).s;
    expect(air).toMatchObject({
      probing: true,
      probeFromMmHg: 50,
      probePumpMs: 5000,
      nextLookMs: 1400,
      deadWindows: 2,
    });
    expect(trip).toBe(0);
    expect(looking(50, 900, { lookFromMmHg: 50, deadWindows: 1 }).s.air.probing).toBe(false);
  });

  /** Its second look, after so much pump time since the first one, which read `from`. */
  const second = (mmHg: number, from: number, ms: number, riseMmHgPerS: number): Stand =>
    looking(mmHg, 900, {
      lookFromMmHg: mmHg,
      probing: true,
      probeFromMmHg: from,
      probePumpMs: 5000 - ms,
      riseMmHgPerS,
      deadWindows: 2,
    });

  it('is answered by a quarter of what was due between the two', () => {
    const well = second(51, 50, 400, 10);
    expect([well.s.trip, well.s.air.probing, well.s.air.deadWindows]).toEqual([0, false, 0]);
    const bad = second(50.75, 50, 400, 10);
    expect([bad.s.trip, bad.s.unproven, bad.s.measured, bad.s.allowed]).toEqual([
      TRIP_FILL_UNANSWERED,
      true,
      0.75,
      4,
    ]);
  });
  it('is answered by 2 mmHg in any case', () => {
    expect(second(52, 50, 400, 100).s.trip).toBe(0);
    expect(second(51.9, 50, 400, 100).s.trip).toBe(TRIP_FILL_UNANSWERED);
  });
  it('is answered by 0.15 mmHg in the slack cuff, below 30 mmHg', () => {
    expect(second(0.15, 0, 400, 10).s.trip).toBe(0);
    expect(second(0.14, 0, 400, 10).s.trip).toBe(TRIP_FILL_UNANSWERED);
    expect(second(29.9, 29.5, 400, 10).s.trip).toBe(0);
    expect(second(30, 29.5, 400, 10).s.trip).toBe(TRIP_FILL_UNANSWERED);
  });
  it('takes what is due down to five times the rise that it saw', () => {
    expect(second(51, 50, 400, 10).s.air.riseMmHgPerS).toBe(5);
    expect(second(53, 50, 400, 10).s.air.riseMmHgPerS).toBe(10);
    expect(second(52, 50, 400, 9).s.air.riseMmHgPerS).toBe(9);
  });
});
