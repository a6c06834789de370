/** Where events lie, what cycle they make and when the rhythm is given up, as formulas of the wave. */
import { describe, expect, it } from 'vitest';
import { cross, letGo, watch } from '../../src/control/events.ts';
import { holdInRhythm, recordWave, SLOT_MASK } from '../../src/control/forecast.ts';
import { addHump, judgeHumps } from '../../src/control/humps.ts';
import { dropJobs, expectEvent, planWatch, startJobs, takeJob } from '../../src/control/jobs.ts';
import {
  followSpan,
  forgetSinceEvent,
  lowerLevels,
  noteCrest,
  noteLow,
  resetLevels,
  setMark,
  startLevels,
} from '../../src/control/levels.ts';
import { MODE_LATE, MODE_LOCKED, MODE_LOOSE, MODE_REST } from '../../src/control/mode.ts';
import { addEvent, apart, awaitFirst, forgetRhythm, isFast, matchEvent } from '../../src/control/rhythm.ts';
import type { Regulator, Rhythm } from '../../src/control/state.ts';
import { regulatorAt, tickOf } from './moments.ts';

const PERIOD = 50;
const LEAST_MS = 350;

function rhythmOf(rhythm: Partial<Rhythm>, fields: Partial<Regulator> = {}, period = PERIOD): Regulator {
  const r = regulatorAt(period, { targetMmHg: 100, ...fields });
  Object.assign(r.rhythm, rhythm);
  return r;
}

describe('the levels of an event', () => {
  const wave = { waveLowMmHg: -4, waveHighMmHg: 26 };

  it('upwards: 75 % of the span in gait, 50 % in a slow rhythm', () => {
    for (const [cycleSlots, share] of [
      [0, 0.75],
      [20, 0.75],
      [28, 0.75],
      [29, 0.5],
    ] as const) {
      const r = rhythmOf({ ...wave, cycleSlots }, { crossingSign: 1 });
      setMark(r);
      expect(r.crossingMmHg).toBeCloseTo(-4 + 30 * share, 12);
      expect(r.rhythm.waveSpanMmHg).toBe(30);
    }
  });

  it('downwards: 35 % of the span, in a wave of less than a twentieth of the setpoint out of reach', () => {
    const r = rhythmOf(wave, { crossingSign: -1 });
    setMark(r);
    expect(r.crossingMmHg).toBeCloseTo(-(-4 + 30 * 0.35), 12);
    const flat = rhythmOf({ waveLowMmHg: -4, waveHighMmHg: 1 }, { crossingSign: -1 });
    setMark(flat);
    expect(flat.crossingMmHg).toBe(4 + 1);
    const just = rhythmOf({ waveLowMmHg: -4, waveHighMmHg: 1.01 }, { crossingSign: -1 });
    setMark(just);
    expect(just.crossingMmHg).toBeCloseTo(-(-4 + 5.01 * 0.35), 12);
  });
});

describe('the extremes', () => {
  it('out of rhythm forget a whole span in 8 s, and follow the limb at once', () => {
    const wave = { waveLowMmHg: 0, waveHighMmHg: 40, waveSpanMmHg: 40 };
    const give = (40 * PERIOD) / 8000;
    const r = rhythmOf(wave, { limbMmHg: 20 });
    followSpan(r, tickOf(PERIOD));
    expect([r.rhythm.waveLowMmHg, r.rhythm.waveHighMmHg]).toEqual([give, 40 - give]);
    expect(r.rhythm.waveSpanMmHg).toBeCloseTo(40 - 2 * give, 12);
    const up = rhythmOf(wave, { limbMmHg: 41 });
    followSpan(up, tickOf(PERIOD));
    expect(up.rhythm.waveHighMmHg).toBe(41);
    const down = rhythmOf(wave, { limbMmHg: -1 });
    followSpan(down, tickOf(PERIOD));
    expect(down.rhythm.waveLowMmHg).toBe(-1);
  });

  it('in rhythm forget once an event, down to the last crest', () => {
    const wave = { waveLowMmHg: 3, waveHighMmHg: 43, waveSpanMmHg: 40, eventSlot0: 100 };
    const give = (40 * 30 * PERIOD) / 8000;
    const forgotten = (rhythm: Partial<Rhythm>, at = 130, lagSlots = 30): number[] => {
      const r = rhythmOf({ ...wave, ...rhythm }, { lagSlots });
      forgetSinceEvent(r, at);
      return [r.rhythm.waveLowMmHg, r.rhythm.waveHighMmHg];
    };
    expect(forgotten({ lastCrestMmHg: 20 })).toEqual([3 + give, 43 - give]);
    expect(forgotten({ lastCrestMmHg: 41 })).toEqual([3 + give, 41]);
    expect(forgotten({}, 130, 0)).toEqual([3, 43]);
    // a quarter of the span is 40 slots: more is a pause
    expect(forgotten({}, 139)[0]).toBeGreaterThan(3);
    expect(forgotten({}, 140)).toEqual([3, 43]);
  });

  it('take crests and valleys that go beyond them', () => {
    const r = rhythmOf({ waveLowMmHg: 0, waveHighMmHg: 40 });
    noteCrest(r, 39);
    noteLow(r, 1);
    expect([r.rhythm.waveLowMmHg, r.rhythm.waveHighMmHg, r.rhythm.lastCrestMmHg]).toEqual([0, 40, 39]);
    noteCrest(r, 41);
    noteLow(r, -1);
    expect([r.rhythm.waveLowMmHg, r.rhythm.waveHighMmHg, r.rhythm.lastCrestMmHg]).toEqual([-1, 41, 41]);
  });

  it('at the start of a set expect 0.8 of the last span above the resting level, and no event before a crest', () => {
    const r = rhythmOf({ waveSpanMmHg: 30 }, { limbMmHg: 12 });
    startLevels(r, 5);
    expect([r.rhythm.waveLowMmHg, r.rhythm.waveHighMmHg, r.rhythm.lastCrestMmHg]).toEqual([5, 29, 12]);
    expect(r.crossingMmHg).toBe(10005);
    const high = rhythmOf({ waveSpanMmHg: 30 }, { limbMmHg: 50 });
    startLevels(high, 5);
    expect(high.rhythm.waveHighMmHg).toBe(50);
    const low = rhythmOf({ waveSpanMmHg: 30 }, { limbMmHg: -3 });
    startLevels(low, 5);
    expect(low.rhythm.waveLowMmHg).toBe(-3);
    resetLevels(low);
    expect(low.rhythm.waveSpanMmHg).toBe(0);
  });

  it('where the event of a gait is late expect the crest 15 % of the span lower', () => {
    const wave = { waveLowMmHg: 0, waveHighMmHg: 40, waveSpanMmHg: 40, cycleSlots: 14 };
    const r = rhythmOf(wave, { crossingSign: 1 });
    lowerLevels(r);
    expect(r.rhythm.waveHighMmHg).toBe(34);
    expect(r.crossingMmHg).toBeCloseTo(34 * 0.75, 12);
  });
});

describe('the cycle', () => {
  /** Events at these places, newest last, in a movement under way. */
  function events(places: readonly number[], rhythm: Partial<Rhythm> = {}, period = PERIOD): Regulator {
    const r = rhythmOf({ awaitsFirst: false }, {}, period);
    for (const place of places) addEvent(r, place);
    Object.assign(r.rhythm, rhythm);
    return r;
  }

  it('fast is known and shorter than 1.4 s', () => {
    expect(isFast(rhythmOf({ cycleSlots: 0 }))).toBe(false);
    expect(isFast(rhythmOf({ cycleSlots: 27.9 }))).toBe(true);
    expect(isFast(rhythmOf({ cycleSlots: 28 }))).toBe(false);
  });

  it('is the first distance, then a mean that takes 0.3 of each one that is like it', () => {
    const r = events([100, 140]);
    expect(matchEvent(r, LEAST_MS)).toBe(1);
    expect(r.rhythm.cycleSlots).toBe(40);
    addEvent(r, 190);
    expect(matchEvent(r, LEAST_MS)).toBe(1);
    expect(r.rhythm.cycleSlots).toBeCloseTo(40 + 0.3 * (50 - 40), 12);
  });

  it('takes distances between 0.7 and 1.4 of it; the second one in a row beyond is the new cycle', () => {
    const next = (distance: number, oddCycles = 0): Rhythm => {
      const r = events([0, 0, 1000, 1000 + distance], { cycleSlots: 40, oddCycles });
      matchEvent(r, LEAST_MS);
      return r.rhythm;
    };
    expect(next(28).cycleSlots).toBe(40);
    expect(next(28).oddCycles).toBe(1);
    expect(next(28, 1).cycleSlots).toBe(28);
    expect(next(29, 1).cycleSlots).toBeCloseTo(40 - 0.3 * 11, 12);
    expect(next(29, 1).oddCycles).toBe(0);
    expect(next(55).cycleSlots).toBeCloseTo(40 + 0.3 * 15, 12);
    expect(next(56).cycleSlots).toBe(40);
    expect(next(56, 1).cycleSlots).toBe(56);
  });

  it('passes over a weak second hump: of the last two distances the one that is like it', () => {
    const r = events([1000, 1018, 1041], { cycleSlots: 40 });
    expect(matchEvent(r, LEAST_MS)).toBe(2);
    expect(r.rhythm.cycleSlots).toBeCloseTo(40 + 0.3 * 1, 12);
    const two = events([1018, 1041], { cycleSlots: 40, eventSlot2: 1000 });
    expect(two.rhythm.eventCount).toBe(2);
    expect(matchEvent(two, LEAST_MS)).toBe(1);
    expect([two.rhythm.cycleSlots, two.rhythm.oddCycles]).toEqual([40, 1]);
  });

  it('goes back to the event that lies nearest to one cycle before, up to three back', () => {
    expect(matchEvent(events([1000, 1012, 1026, 1040], { cycleSlots: 40, oddCycles: -9 }), LEAST_MS)).toBe(3);
    expect(matchEvent(events([990, 1002, 1030, 1040], { cycleSlots: 40, oddCycles: -9 }), LEAST_MS)).toBe(2);
    const three = events([1012, 1026, 1040], { cycleSlots: 40, oddCycles: -9, eventSlot3: 1000 });
    expect(matchEvent(three, LEAST_MS)).toBe(2);
  });

  it('is taken twice where two humps make one, and where one is too short to be a rhythm', () => {
    expect(matchEvent(events([1000, 1020, 1040], { cycleSlots: 20, twoHumps: true }), LEAST_MS)).toBe(2);
    expect(matchEvent(events([1000, 1020, 1040], { cycleSlots: 20 }), LEAST_MS)).toBe(1);
    expect(matchEvent(events([1000, 1006, 1012], { cycleSlots: 6 }), LEAST_MS)).toBe(2);
    expect(matchEvent(events([1000, 1008, 1016], { cycleSlots: 8 }), LEAST_MS)).toBe(1);
  });

  it('of a new set is the old one: its first event goes back behind the pause, and moves no mean', () => {
    const r = events([1000, 1040, 1240], { cycleSlots: 40 });
    awaitFirst(r);
    expect(matchEvent(r, LEAST_MS)).toBe(2);
    expect(r.rhythm.cycleSlots).toBe(40);
    expect(r.rhythm.awaitsFirst).toBe(false);
    const soon = events([1000, 1040, 1090], { cycleSlots: 40 });
    awaitFirst(soon);
    expect(matchEvent(soon, LEAST_MS)).toBe(1);
    expect(soon.rhythm.cycleSlots).toBe(40);
    const later = events([1000, 1040, 1092], { cycleSlots: 40 });
    awaitFirst(later);
    expect(matchEvent(later, LEAST_MS)).toBe(2);
    const second = events([1040, 1240], { cycleSlots: 40, eventSlot2: 1000 });
    awaitFirst(second);
    expect(matchEvent(second, LEAST_MS)).toBe(1);
    // a pause within a movement is no start of one
    expect(matchEvent(events([1000, 1040, 1240], { cycleSlots: 40 }), LEAST_MS)).toBe(1);
    const first = events([1000, 1040]);
    awaitFirst(first);
    matchEvent(first, LEAST_MS);
    expect(first.rhythm.cycleSlots).toBe(40);
  });

  it('keeps places and valleys of the last events', () => {
    const r = rhythmOf({});
    for (let i = 1; i <= 4; i++)
      addEvent(Object.assign(r, { valleySlot: 10 * i, valleyMmHg: -i }), 10 * i + 5);
    const b = r.rhythm;
    expect([b.eventSlot0, b.eventSlot1, b.eventSlot2, b.eventSlot3, b.eventCount]).toEqual([
      45, 35, 25, 15, 4,
    ]);
    expect([b.valleySlot0, b.valleySlot1, b.valleySlot2]).toEqual([40, 30, 20]);
    expect([b.valley0MmHg, b.valley1MmHg, b.valley2MmHg]).toEqual([-4, -3, -2]);
    b.cycleSlots = 10;
    forgetRhythm(r);
    expect([b.eventCount, b.cycleSlots]).toEqual([0, 0]);
    expect([apart(2, 5), apart(5, 2)]).toEqual([3, 3]);
  });
});

describe('two humps of a stride', () => {
  /** After an event `gap` slots behind the last, with these crests (newest first) and distances before. */
  function judged(crests: readonly number[], gaps: readonly number[], rhythm: Partial<Rhythm>): Rhythm {
    const r = rhythmOf({ eventSlot0: 1000, eventSlot1: 1000 - (gaps[0] ?? 0), eventCount: 4, ...rhythm });
    for (const crest of [...crests].reverse()) addHump(r, crest);
    Object.assign(r.rhythm, { humpGap1: gaps[1], humpGap2: gaps[2] });
    judgeHumps(r);
    return r.rhythm;
  }
  const wave = { waveSpanMmHg: 30, cycleSlots: 15 };

  it('are told by heights and by distances, as pressure on a flank of two spans a cycle', () => {
    const b = judged([30, 22, 29], [15, 12, 16], wave);
    const flank = (2 * 30) / 15;
    expect(b.unlikeOneMmHg).toBeCloseTo(0.3 * (8 + 3 * flank), 12);
    expect(b.unlikeTwoMmHg).toBeCloseTo(0.3 * (1 + 1 * flank), 12);
    expect(b.twoHumps).toBe(true);
    expect([b.humpGap1, b.humpGap2]).toEqual([15, 12]);
    expect([b.hump0MmHg, b.hump1MmHg, b.hump2MmHg]).toEqual([30, 22, 29]);
  });

  it('go into slow means', () => {
    const b = judged([30, 22, 29], [15, 12, 16], { ...wave, unlikeOneMmHg: 10, unlikeTwoMmHg: 8 });
    expect(b.unlikeOneMmHg).toBeCloseTo(10 + 0.3 * (20 - 10), 12);
    expect(b.unlikeTwoMmHg).toBeCloseTo(8 + 0.3 * (5 - 8), 12);
  });

  it('make a pair from 1.5 times as unlike on, single ones below 1.1, and only within a second', () => {
    // distances alike: the crests alone decide, from means of 0
    const pair = (one: number, two: number, rhythm: Partial<Rhythm> = {}): boolean =>
      judged([0, one, two], [15, 15, 15], { ...wave, ...rhythm }).twoHumps;
    expect([pair(16, 10), pair(14, 10)]).toEqual([true, false]);
    expect([pair(14, 10, { twoHumps: true }), pair(10.9, 10, { twoHumps: true })]).toEqual([true, false]);
    expect(pair(16, 10, { cycleSlots: 19.9 })).toBe(true);
    expect(pair(16, 10, { cycleSlots: 20 })).toBe(false);
  });

  it('are not judged before four events', () => {
    const b = judged([30, 22, 29], [15, 12, 16], { ...wave, eventCount: 3 });
    expect([b.unlikeOneMmHg, b.humpGap1, b.humpGap2]).toEqual([0, 15, 12]);
  });
});

describe('a crossing', () => {
  it('upwards is an event between the last two slots, with the valley before it', () => {
    const r = rhythmOf(
      { waveLowMmHg: 0, waveHighMmHg: 40, eventCount: 1 },
      { newestSlot: 600, limbMmHg: 34, crossingMmHg: 30, extremeMmHg: -2, valleySlot: 590, valleyMmHg: -2 },
    );
    r.waveRing[599 & SLOT_MASK] = 24;
    cross(r);
    expect(r.rhythm.eventSlot0).toBeCloseTo(599 + (30 - 24) / (34 - 24), 12);
    expect([r.rhythm.valleySlot0, r.rhythm.valley0MmHg, r.rhythm.waveLowMmHg]).toEqual([590, -2, -2]);
    expect([r.crossingSign, r.extremeMmHg]).toEqual([-1, -34]);
    expect(r.crossingMmHg).toBeCloseTo(-(-2 + 42 * 0.35), 12);
    expect([r.eventJob, r.watchSlot]).toEqual([1, 600]);
  });

  it('of a limb that does not rise lies in its slot, and a first event makes no work', () => {
    const r = rhythmOf({}, { newestSlot: 600, limbMmHg: 24, crossingMmHg: 20 });
    r.waveRing[599 & SLOT_MASK] = 24;
    cross(r);
    expect(r.rhythm.eventSlot0).toBe(600);
    expect(r.eventJob).toBe(0);
  });

  it('downwards notes the crest, arms the next event, and learns from a crest that came too near to the cap', () => {
    const down = { crossingSign: -1, extremeMmHg: -37, limbMmHg: 10, crestLimitMmHg: 12 };
    const r = rhythmOf({ waveLowMmHg: 0, waveHighMmHg: 30 }, { ...down, crestErrorMmHg: 12 });
    r.rhythm.hump0MmHg = 33;
    cross(r);
    expect([r.rhythm.lastCrestMmHg, r.rhythm.waveHighMmHg]).toEqual([37, 37]);
    expect([r.rhythm.hump0MmHg, r.rhythm.hump1MmHg]).toEqual([37, 33]);
    expect([r.crossingSign, r.extremeMmHg]).toEqual([1, 10]);
    expect(r.crossingMmHg).toBeCloseTo(37 * 0.75, 12);
    expect(r.edgesLoweredMmHg).toBe(0);
    const near = rhythmOf({}, { ...down, crestErrorMmHg: 13 });
    cross(near);
    expect(near.edgesLoweredMmHg).toBeCloseTo(0.7, 12);
    const clear = rhythmOf({}, { ...down, crestErrorMmHg: 12.4, edgesLoweredMmHg: 2, crestLimitMmHg: 13 });
    cross(clear);
    expect(clear.edgesLoweredMmHg).toBeCloseTo(2 - 0.3, 12);
  });
});

describe('the work after an event', () => {
  it('waits from the next tick on, one piece at a time', () => {
    const r = rhythmOf({}, { newestSlot: 70 });
    expect(takeJob(r, 4)).toBe(0);
    expect(r.eventJob).toBe(0);
    startJobs(r);
    expect(r.watchSlot).toBe(70);
    expect([1, 2, 3, 4, 5].map(() => takeJob(r, 4))).toEqual([1, 2, 3, 4, 0]);
    startJobs(r);
    dropJobs(r);
    expect(takeJob(r, 4)).toBe(0);
  });

  it('an event is late after 1.2 cycles (gait 1.3), the rhythm lost after 1.3 (gait 2.3, with two humps 2.7)', () => {
    const at = (fast: boolean, twoHumps = false): number[] => {
      const r = rhythmOf({ eventSlot0: 500, cycleSlots: 40, twoHumps });
      expectEvent(r, fast);
      return [r.lateSlot, r.lostSlot];
    };
    expect(at(false)).toEqual([548, 552]);
    expect(at(true)).toEqual([552, 592]);
    expect(at(true, true)).toEqual([552, 608]);
    expect(at(false, true)).toEqual([548, 552]);
  });

  it('looks again at the valley, or where the waiting ends', () => {
    const next = (mode: number, dueSlot: number): number => {
      const r = rhythmOf({}, { mode, dueSlot, lateSlot: 540, lostSlot: 590 });
      planWatch(r);
      return r.watchSlot;
    };
    expect([next(MODE_LOCKED, 530), next(MODE_LOCKED, 550)]).toEqual([530, 540]);
    expect([next(MODE_LATE, 550), next(MODE_LATE, 600)]).toEqual([550, 590]);
  });

  /** Four events 40 slots apart, the last at 600; nothing of the work is done yet. */
  function worked(rhythm: Partial<Rhythm> = {}, fields: Partial<Regulator> = {}, ageMs = 4): Regulator {
    const r = regulatorAt(PERIOD, { targetMmHg: 100, mode: MODE_LOOSE, newestSlot: 600, ...fields }, ageMs);
    const places = { eventSlot0: 600, eventSlot1: 560, eventSlot2: 520, eventSlot3: 480, eventCount: 4 };
    const valleys = { valleySlot0: 590, valleySlot1: 552, valleySlot2: 511 };
    const limbs = { valley0MmHg: -1, valley1MmHg: -2, valley2MmHg: -3 };
    Object.assign(r.rhythm, places, valleys, limbs, { awaitsFirst: false, cycleSlots: 40 }, rhythm);
    startJobs(r);
    return r;
  }

  it('finds the lag, and the valley to be ready for one lag after the one it follows', () => {
    const r = worked();
    watch(r, tickOf(PERIOD));
    expect([r.mode, r.lagSlots, r.eventJob]).toEqual([MODE_LOCKED, 40, 2]);
    expect([r.dueSlot, r.dueMmHg]).toEqual([590 + 40 - 4 / PERIOD, -1]);
    expect([r.lateSlot, r.lostSlot]).toEqual([648, 652]);
    const two = worked({ cycleSlots: 80, oddCycles: -9 });
    watch(two, tickOf(PERIOD));
    expect([two.lagSlots, two.dueSlot, two.dueMmHg]).toEqual([80, 552 + 80 - 0.08, -2]);
    const three = worked({ cycleSlots: 120, oddCycles: -9 });
    watch(three, tickOf(PERIOD));
    expect([three.lagSlots, three.dueSlot, three.dueMmHg]).toEqual([120, 511 + 120 - 0.08, -3]);
  });

  it('gives a rhythm up that is shorter than 350 ms or longer than the ring', () => {
    const lag = (distance: number): number => {
      const r = worked({ eventSlot1: 600 - distance, eventCount: 2, cycleSlots: 0 }, { lostSlot: 900 });
      r.report.losses = 5;
      watch(r, tickOf(PERIOD));
      const lost = r.lagSlots === 0;
      expect([r.mode, r.report.losses, r.eventJob]).toEqual(lost ? [MODE_LOOSE, 6, 0] : [MODE_LOCKED, 5, 2]);
      return r.lagSlots;
    };
    expect([lag(6.9), lag(7)]).toEqual([0, 7]);
    expect([lag(500), lag(501)]).toEqual([500, 0]);
  });

  it('goes on with humps, the balance and the cycle', () => {
    const r = worked({}, { pumpedMmHg: 5 });
    r.rhythm.cycleOpenedMs = 700;
    const t = tickOf(PERIOD, { now: 2201 });
    for (let i = 0; i < 2; i++) watch(r, t);
    expect(r.rhythm.humpGap1).toBe(40);
    expect(r.rhythm.cycleOpenedMs).toBe(700);
    watch(r, t);
    expect(r.rhythm.cycleOpenedMs).toBe(2201);
    expect([r.report.cycles, r.watchSlot]).toEqual([0, 600]);
    watch(r, t);
    // the last piece leaves time to look for the next valley
    expect([r.report.cycles, r.watchSlot]).toEqual([1, 590 + 40 - 0.08]);
    const young = worked({ cycleOpenedMs: 700 });
    for (let i = 0; i < 3; i++) watch(young, tickOf(PERIOD, { now: 2200 }));
    expect(young.rhythm.cycleOpenedMs).toBe(700);
  });

  it('moves the valley to be ready for on by a lag when it has passed', () => {
    const r = worked({}, { mode: MODE_LOCKED, lagSlots: 40, dueSlot: 605, lateSlot: 700, lostSlot: 800 });
    dropJobs(r);
    r.newestSlot = 605;
    watch(r, tickOf(PERIOD));
    expect([r.dueSlot, r.watchSlot]).toEqual([605, 605]);
    r.newestSlot = 606;
    watch(r, tickOf(PERIOD));
    expect([r.dueSlot, r.watchSlot]).toEqual([645, 645]);
  });
});

describe('an event that does not come', () => {
  const waiting = { lagSlots: 40, dueSlot: 900, lateSlot: 640, lostSlot: 690, limbMmHg: 5, stillMs: 99 };
  function late(rhythm: Partial<Rhythm>, fields: Partial<Regulator>): Regulator {
    const r = rhythmOf(rhythm, { ...waiting, mode: MODE_LOCKED, newestSlot: 641, ...fields });
    watch(r, tickOf(PERIOD, { now: 7000 }));
    return r;
  }
  const gait = { cycleSlots: 20, waveLowMmHg: 0, waveHighMmHg: 40, waveSpanMmHg: 40 };

  it('in a slow rhythm with the limb low is the end of the set', () => {
    const r = late({ cycleSlots: 40 }, {});
    expect([r.mode, r.lagSlots, r.restMmHg]).toEqual([MODE_REST, 0, 5]);
    expect(late({ cycleSlots: 40 }, { newestSlot: 640 }).mode).toBe(MODE_LOCKED);
  });

  it('in a gait, or with the limb high, is waited for', () => {
    const high = late({ ...gait, cycleSlots: 40 }, { crossingSign: -1 });
    for (const r of [late(gait, {}), late({ ...gait, cycleSlots: 28 }, {}), high]) {
      expect([r.mode, r.stillMs, r.meanLimbMmHg, r.watchSlot]).toEqual([MODE_LATE, 0, 5, 690]);
      expect(r.rhythm.waveHighMmHg).toBe(34);
    }
  });

  it('until the rhythm is lost', () => {
    const fields = { ...waiting, mode: MODE_LATE, eventJob: 0, limbMmHgPerMs: 1 };
    const r = rhythmOf(gait, { ...fields, newestSlot: 690 });
    watch(r, tickOf(PERIOD));
    expect(r.mode).toBe(MODE_LATE);
    r.newestSlot = 691;
    watch(r, tickOf(PERIOD));
    expect([r.mode, r.lagSlots, r.report.losses]).toEqual([MODE_LOOSE, 0, 1]);
    expect([r.meanLimbMmHg, r.stillMs, r.limbMmHgPerMs, r.previousLimbMmHg]).toEqual([5, 0, 0, 5]);
  });

  it('lets go', () => {
    const r = rhythmOf(gait, { ...waiting, mode: MODE_LATE });
    letGo(r, tickOf(PERIOD, { now: 7000 }));
    expect([r.mode, r.lagSlots, r.quietUntilMs]).toEqual([MODE_REST, 0, 7060]);
  });
});

describe('a steady wave', () => {
  it('is in rhythm from its third event on, and its lag is its period', () => {
    const cycle = 43.7;
    const r = rhythmOf({}, { mode: MODE_LOOSE, crossingMmHg: 1e6 });
    startLevels(r, 0);
    const far = { upperEdgeMmHg: 1e6, lowerEdgeMmHg: 1e6, capEdgeMmHg: 1e6, crestLimitMmHg: 1e6 };
    Object.assign(r, far);
    for (let n = 0; n < 400; n++) {
      const t = tickOf(PERIOD, { now: n * PERIOD });
      r.limbMmHg = 15 - 15 * Math.cos((2 * Math.PI * n) / cycle);
      let wave = r.limbMmHg * r.crossingSign;
      if (r.mode === MODE_LOOSE) {
        recordWave(r);
        followSpan(r, t);
      } else wave = holdInRhythm(r, t);
      if (wave > r.crossingMmHg) cross(r);
      else if (r.eventJob > 0 || r.newestSlot > r.watchSlot) if (r.rhythm.eventCount > 1) watch(r, t);
    }
    expect(r.mode).toBe(MODE_LOCKED);
    expect(Math.abs(r.rhythm.cycleSlots / cycle - 1)).toBeLessThan(0.03);
    expect(Math.abs(r.lagSlots / cycle - 1)).toBeLessThan(0.01);
    expect(r.report.losses).toBe(0);
  });
});
