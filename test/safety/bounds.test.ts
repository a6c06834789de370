import { beforeEach, describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { judgeSuspect, keepFillLevel, keepLevel, levelOf } from '../../src/safety/level-rules.ts';
import { judgeHigh, judgeProgress } from '../../src/safety/progress-rules.ts';
import { TRIP_LEAK, TRIP_NO_RISE, TRIP_PRESSURE_VANISHED } from '../../src/safety/rows/air.ts';
import {
  TRIP_BATTERY,
  TRIP_DRIVER,
  TRIP_MEMORY_LOW,
  TRIP_PUMP_DEAD,
  TRIP_PUMP_LIVE,
  TRIP_VALVE_DEAD,
  TRIP_VALVE_LIVE,
} from '../../src/safety/rows/outputs.ts';
import { TRIP_DEVIATION, TRIP_OVER_LOP } from '../../src/safety/rows/pressure.ts';
import { TRIP_HOSE_BLOCKED, TRIP_NOT_VENTING } from '../../src/safety/rows/vent.ts';
import type { Supervisor } from '../../src/safety/state.ts';
import { assess, tighten } from '../../src/safety/supervisor.ts';
import { judgeOpenOutputs, judgeSupply } from '../../src/safety/supply-rules.ts';
import type { Tick } from '../../src/tick.ts';
import {
  ARM_BLEED_MMHG_PER_MS,
  COASTED_MS,
  FILL_LIMIT_MS,
  HIGH_MS,
  LEAK_MS,
  LEG_BLEED_MMHG_PER_MS,
  LIVE_MV,
  MAX_CUFF_MMHG,
  OVER_LOP_MS,
  RAIL_MS,
  RISE_WINDOW_MS,
  SLACK_WINDOW_MS,
  STEADY_MS,
  SURGE_LIMIT,
  SURGE_MMHG,
  VANISHED_FILL_MMHG,
  VANISHED_FROM_MMHG,
  VANISHED_MS,
  VENT_LIMIT_MS,
} from './numbers.ts';
import { LOP, Stand } from './stand.ts';

let s: Supervisor;
let t: Tick;

beforeEach(() => {
  const stand = new Stand();
  s = stand.s;
  t = stand.t;
  Object.assign(s, { reached: true, targetMmHg: 100, meanMmHg: 100, pressurised: true, roundMs: 200 });
  Object.assign(t, {
    now: 100_000,
    dt: TICK_MS,
    measuredMmHg: 100,
    filteredMmHg: 100,
    setpoint: 100,
    outVent: false,
  });
});

describe('level and mean, once a round', () => {
  it('the mean follows with 2 s, the sum of the bleeds lags as much', () => {
    Object.assign(s, { bledMs: 140, lagBledMs: 40 });
    t.filteredMmHg = 120;
    keepLevel(s, t);
    expect([s.meanMmHg, s.lagBledMs]).toEqual([102, 50]);
    Object.assign(s, { bledMs: 900, lagBledMs: 50 });
    keepFillLevel(s, t);
    expect(s.lagBledMs).toBe(900);
  });
  it('a third of the mean is gone, from VANISHED_FROM_MMHG on', () => {
    keepLevel(s, t);
    expect([s.vanishedBelowMmHg, s.lowerMmHg]).toEqual([35, 35]);
    Object.assign(s, { meanMmHg: VANISHED_FROM_MMHG - 0.1 });
    t.filteredMmHg = s.meanMmHg;
    keepLevel(s, t);
    expect(s.vanishedBelowMmHg).toBeLessThan(-1000);
    Object.assign(s, { meanMmHg: VANISHED_FROM_MMHG });
    t.filteredMmHg = s.meanMmHg;
    keepLevel(s, t);
    expect(s.vanishedBelowMmHg).toBe((VANISHED_FROM_MMHG * 35) / 100);
  });
  it('in a fill the level rises in 0.4 s and falls in 2 s, and counts from VANISHED_FILL_MMHG on', () => {
    Object.assign(s, { reached: false, fillLevelMmHg: 40, meanMmHg: 20, bledMs: 7 });
    t.filteredMmHg = 70;
    keepFillLevel(s, t);
    expect(s.fillLevelMmHg).toBe(50);
    expect([s.meanMmHg, s.lagBledMs, s.vanishedBelowMmHg]).toEqual([25, 7, 17.5]);
    expect(levelOf(s)).toBe(50);
    t.filteredMmHg = 28;
    keepFillLevel(s, t);
    expect(s.fillLevelMmHg).toBe(48);
    Object.assign(s, { fillLevelMmHg: VANISHED_FILL_MMHG - 0.1 });
    t.filteredMmHg = s.fillLevelMmHg;
    keepFillLevel(s, t);
    expect(s.vanishedBelowMmHg).toBeLessThan(-1000);
    Object.assign(s, { fillLevelMmHg: VANISHED_FILL_MMHG });
    t.filteredMmHg = s.fillLevelMmHg;
    keepFillLevel(s, t);
    expect(s.vanishedBelowMmHg).toBe((VANISHED_FILL_MMHG * 35) / 100);
    s.reached = true;
    expect(levelOf(s)).toBe(s.meanMmHg);
  });
  it('a reading may rise by SURGE_MMHG until the next round, never above the ceiling', () => {
    for (const keep of [keepLevel, keepFillLevel]) {
      t.measuredMmHg = 100;
      keep(s, t);
      expect(s.upperMmHg).toBe(100 + SURGE_MMHG);
      t.measuredMmHg = 290;
      keep(s, t);
      expect(s.upperMmHg).toBe(MAX_CUFF_MMHG);
    }
  });
});

describe('what our own bleeds explain', () => {
  it('depends on the limb', () => {
    tighten(s, true, LOP, 250, 800, 1_200_000);
    expect(s.limits.bleedMmHgPerMs).toBe(LEG_BLEED_MMHG_PER_MS);
    tighten(s, false, LOP, 250, 800, 1_200_000);
    expect(s.limits.bleedMmHgPerMs).toBe(ARM_BLEED_MMHG_PER_MS);
  });
  it.each<[string, number, number, boolean]>([
    ['no bleed, a third is left', 35, 0, true],
    ['no bleed, less is left', 34.9, 0, false],
    ['what they can take', 24.5, 100, true],
    ['more than they can take', 24.4, 100, false],
  ])('%s', (_name, raw, bledMs, fine) => {
    keepLevel(s, t);
    s.lagBledMs = 500;
    s.bledMs = s.lagBledMs + bledMs;
    Object.assign(s.limits, { bleedMmHgPerMs: 3 / 10 });
    t.measuredMmHg = raw;
    for (let ms = 0; ms < VANISHED_MS; ms += TICK_MS) judgeSuspect(s, t);
    expect(s.trip).toBe(fine ? 0 : TRIP_PRESSURE_VANISHED);
  });
  it('while the valve lets air out nothing is counted, nor forgotten', () => {
    keepLevel(s, t);
    t.measuredMmHg = 10;
    judgeSuspect(s, t);
    const ms = s.vanishedMs;
    expect(ms).toBe(TICK_MS);
    t.outBleedMs = 10;
    judgeSuspect(s, t);
    expect(s.vanishedMs).toBe(ms);
    t.outBleedMs = 0;
    t.measuredMmHg = 90;
    judgeSuspect(s, t);
    expect(s.vanishedMs).toBe(0);
  });
  it('at the bound nothing is gone, and what was counted is forgotten, in a bleed too', () => {
    keepLevel(s, t);
    t.measuredMmHg = 10;
    judgeSuspect(s, t);
    Object.assign(t, { measuredMmHg: 35, outBleedMs: 10 });
    judgeSuspect(s, t);
    expect([s.vanishedBelowMmHg, s.vanishedMs]).toEqual([35, 0]);
  });
  it('after a sample that is well only the bounds are looked at', () => {
    keepLevel(s, t);
    Object.assign(t, { doubtful: true, fresh: false });
    judgeSuspect(s, t);
    expect(s.lowerMmHg).toBeGreaterThan(s.upperMmHg);
    Object.assign(t, { doubtful: false, fresh: true });
    judgeSuspect(s, t);
    expect([s.lowerMmHg, s.upperMmHg]).toEqual([35, 100 + SURGE_MMHG]);
  });
  it('a doubt ends with the next good sample where the reading was low and explained', () => {
    keepLevel(s, t);
    s.bledMs = s.lagBledMs + 1000;
    Object.assign(t, { measuredMmHg: 10, doubtful: true, fresh: false });
    judgeSuspect(s, t);
    expect(s.doubtMs).toBe(TICK_MS);
    Object.assign(t, { measuredMmHg: 100, doubtful: false, fresh: true, dt: TICK_MS, turn: 0 });
    Object.assign(s, { longestTickMs: 2 * TICK_MS, shortestTickMs: 0 });
    assess(s, t);
    expect(s.doubtMs).toBe(0);
  });
  it('what they explain is not gone, and what was counted before is forgotten', () => {
    keepLevel(s, t);
    t.measuredMmHg = 10;
    judgeSuspect(s, t);
    expect(s.vanishedMs).toBe(TICK_MS);
    s.bledMs = s.lagBledMs + 1000;
    judgeSuspect(s, t);
    expect(s.vanishedMs).toBe(0);
  });
  it.each<[string, number, number, number, number]>([
    ['back at zero from a level that no hose explains', 30, 3.9, 200, TRIP_PRESSURE_VANISHED],
    ['not so long', 30, 3.9, 199, 0],
    ['back where a slack cuff may be', 30, 4, 2999, 0],
    ['... for VANISHED_FILL_MS', 30, 4, 3000, TRIP_PRESSURE_VANISHED],
    ['from a level that a narrow barb shows', 29.9, 3.9, 2999, 0],
    ['... for VANISHED_FILL_MS', 29.9, 3.9, 3000, TRIP_PRESSURE_VANISHED],
  ])('in a fill: %s', (_name, level, raw, ms, trip) => {
    Object.assign(s, {
      reached: false,
      fillLevelMmHg: level,
      meanMmHg: level,
      vanishedBelowMmHg: (level * 35) / 100,
    });
    Object.assign(s.sensing, { smooth: true });
    t.measuredMmHg = raw;
    const ticks = trip === 0 ? Math.floor(ms / TICK_MS) : Math.ceil(ms / TICK_MS);
    for (let i = 0; i < ticks; i++) {
      t.doubtful = false;
      judgeSuspect(s, t);
    }
    expect([s.trip, t.doubtful, s.sensing.smooth]).toEqual([trip, true, false]);
  });
  it('with the valve open nothing is gone', () => {
    keepLevel(s, t);
    t.outVent = true;
    t.measuredMmHg = 1;
    for (let ms = 0; ms < 4 * VANISHED_MS; ms += TICK_MS) judgeSuspect(s, t);
    expect([s.trip, s.vanishedMs]).toEqual([0, 0]);
  });
});

describe('a reading that is gone for a moment, again and again', () => {
  it.each([0, 1, 2, 3])(
    'is counted anew each time, in a hold and in a fill, bled or not (turn %s)',
    (turn) => {
      for (const bleed of [0, 10])
        for (const filling of [false, true]) {
          const stand = filling
            ? new Stand()
                .tick({ outVent: false, setpoint: 120, measuredMmHg: 0 })
                .run(3000, { measuredMmHg: 45, outPump: 1000 })
            : new Stand().hold(150);
          const level = filling ? 45 : 150;
          stand.run(400, { measuredMmHg: level, outPump: 0 });
          while (stand.t.turn !== turn) stand.tick({});
          for (const gap of [5, 1, 2, 3, 1, 1, 2, 2, 6, 3, 3]) {
            stand.run(VANISHED_MS - TICK_MS, { measuredMmHg: 1, filteredMmHg: level, doubtful: false });
            if (bleed > 0) stand.tick({ outBleedMs: bleed }).tick({ outBleedMs: 0, measuredMmHg: level });
            stand.run(gap * TICK_MS, { measuredMmHg: level, doubtful: false });
          }
          expect(stand.s.trip, `${bleed} ${filling}`).toBe(0);
        }
    },
  );
});

describe('surges', () => {
  it('count from the mean as long as a bleed may still be in the sample, and from the reading again a round later', () => {
    Object.assign(t, { measuredMmHg: 60, outBleedMs: 0 });
    s.bledMs += 20;
    keepLevel(s, t);
    expect(s.surgeAboveMmHg).toBe(100 + SURGE_MMHG);
    keepLevel(s, t);
    expect(s.surgeAboveMmHg).toBe(60 + SURGE_MMHG);
    s.bledMs += 20;
    t.measuredMmHg = 110;
    keepLevel(s, t);
    expect(s.surgeAboveMmHg).toBe(110 + SURGE_MMHG);
  });
  const surge = (): void => {
    t.measuredMmHg = 100;
    keepLevel(s, t);
    t.measuredMmHg = 100 + SURGE_MMHG + 0.1;
    s.pumpMs += TICK_MS;
    judgeSuspect(s, t);
  };
  const round = (pump: number): void => {
    s.pumpMs += pump;
    t.measuredMmHg = 100;
    keepLevel(s, t);
  };
  it('a reading at the bound is none', () => {
    keepLevel(s, t);
    Object.assign(t, { measuredMmHg: 100 + SURGE_MMHG, outPump: 1000 });
    judgeSuspect(s, t);
    expect(s.surges).toBe(0);
  });
  it('in a fill a quiet pulse forgives as well, the rest of one that countSurge does not', () => {
    const fillRound = (pump: number): void => {
      s.pumpMs += pump;
      t.measuredMmHg = 100;
      keepFillLevel(s, t);
    };
    t.outPump = 1000;
    fillRound(0);
    t.measuredMmHg = 100 + SURGE_MMHG + 0.1;
    s.pumpMs += TICK_MS;
    judgeSuspect(s, t);
    expect(s.surges).toBe(1);
    fillRound(200);
    fillRound(200);
    expect(s.surges).toBe(1);
    fillRound(0);
    fillRound(80);
    expect(s.surges).toBe(1);
    fillRound(1);
    expect(s.surges).toBe(0);
  });
  it('count with the pump only, once a round, and trip at SURGE_LIMIT', () => {
    t.outPump = 0;
    surge();
    expect(s.surges).toBe(0);
    t.outPump = 1000;
    surge();
    judgeSuspect(s, t);
    expect(s.surges).toBe(1);
    for (let i = 2; i < SURGE_LIMIT; i++) surge();
    expect(s.trip).toBe(0);
    surge();
    expect(s.trip).toBe(TRIP_HOSE_BLOCKED);
    expect([s.measured, s.allowed]).toEqual([SURGE_MMHG + 0.1 + 100 - s.meanMmHg, SURGE_MMHG]);
  });
  it('the rest of a pulse that has countSurge forgives nothing, the next quiet pulse does', () => {
    t.outPump = 1000;
    surge();
    round(200);
    round(200);
    expect(s.surges).toBe(1);
    round(0);
    round(80);
    expect(s.surges).toBe(1);
    round(1);
    expect(s.surges).toBe(0);
  });
});

describe('progress', () => {
  const fill = (p: number, pump: number): void => {
    s.pumpMs += pump;
    t.filteredMmHg = p;
    judgeProgress(s, t);
  };
  beforeEach(() => {
    Object.assign(s, { reached: false, meanMmHg: 0, targetMmHg: 0, pumpMs: 0 });
  });
  it.each<[string, number, number, number, number]>([
    ['slack: 1 mmHg in 5 s', 5, 6, SLACK_WINDOW_MS, 0],
    ['slack: less', 5, 5.9, SLACK_WINDOW_MS, TRIP_NO_RISE],
    ['slack: in less time', 5, 5.9, SLACK_WINDOW_MS - 1, 0],
    ['taut: 3 mmHg in 10 s', 20, 23, RISE_WINDOW_MS, 0],
    ['taut: less', 20, 22.9, RISE_WINDOW_MS, TRIP_NO_RISE],
    ['taut: in less time', 20, 22.9, RISE_WINDOW_MS - 1, 0],
    ['from slack to taut', 19.5, 20.4, SLACK_WINDOW_MS, TRIP_NO_RISE],
  ])('%s', (_name, from, to, ms, trip) => {
    fill(from, 0);
    fill(to, ms);
    expect(s.trip).toBe(trip);
  });
  it('counts from the lowest reading since the last rise: a bump is nothing to be topped', () => {
    fill(2, 0);
    fill(16, 1000);
    fill(3, 1000);
    expect([s.fillFromMmHg, s.risePumpMs]).toEqual([3, 1000]);
    fill(4, SLACK_WINDOW_MS - 1001);
    expect([s.fillFromMmHg, s.risePumpMs, s.trip]).toEqual([4, SLACK_WINDOW_MS - 1 + 1000, 0]);
  });
  it('each fill has its own start: reading, and time of the pump', () => {
    for (const [to, ms, trip] of [
      [31.5, RISE_WINDOW_MS - 1, 0],
      [31.5, RISE_WINDOW_MS, TRIP_NO_RISE],
      [33, RISE_WINDOW_MS, 0],
    ] as const) {
      Object.assign(s, {
        trip: 0,
        reached: true,
        targetMmHg: 60,
        filledToMmHg: 60,
        fillFromMmHg: 28,
        pumpMs: 400_000,
      });
      Object.assign(s, { fillPumpMs: 0, risePumpMs: 0 });
      fill(30, 0);
      fill(to, ms);
      expect(s.trip, `${to} ${ms}`).toBe(trip);
    }
  });
  it('a whole fill has FILL_LIMIT_MS of pump, a limb that moves as it likes', () => {
    fill(30, 0);
    for (let ms = 0; ms < FILL_LIMIT_MS - 2000; ms += 2000) fill(ms % 4000 === 0 ? 40 : 30, 2000);
    expect(s.trip).toBe(0);
    fill(40, 2000);
    expect(s.trip).toBe(TRIP_NO_RISE);
    expect([s.measured, s.allowed]).toEqual([40, 100]);
  });
  it('at SLACK_MMHG a cuff is not slack any more', () => {
    fill(20, 0);
    fill(20, SLACK_WINDOW_MS);
    expect(s.trip).toBe(0);
    fill(20, RISE_WINDOW_MS - SLACK_WINDOW_MS);
    expect(s.trip).toBe(TRIP_NO_RISE);
  });
  it('without a setpoint nothing is reached, and one lowered by 3 mmHg is the same fill', () => {
    t.setpoint = null;
    fill(0, 0);
    expect(s.reached).toBe(false);
    Object.assign(s, { reached: true, targetMmHg: 100, meanMmHg: 100 });
    t.setpoint = 97;
    fill(97, 0);
    expect([s.air.recoveryMmHg, s.targetMmHg]).toEqual([0, 97]);
    t.setpoint = 93.9;
    fill(97, 0);
    expect(s.air.recoveryMmHg).toBeCloseTo((3.1 * 35) / 100, 9);
  });
  it('is over when the mean has reached 90 % of the setpoint', () => {
    fill(95, 0);
    s.meanMmHg = 89.9;
    fill(95, 0);
    expect(s.reached).toBe(false);
    s.meanMmHg = 90;
    fill(95, 0);
    expect([s.reached, s.heldSince]).toEqual([true, t.now]);
  });
  it('a setpoint raised by more than 3 mmHg is a new fill, a lowered one none', () => {
    for (const [setpoint, reached] of [
      [103, true],
      [103.1, false],
      [60, true],
    ] as const) {
      Object.assign(s, { reached: true, targetMmHg: 100, filledToMmHg: 100, meanMmHg: 80, fillFromMmHg: 0 });
      t.setpoint = setpoint;
      fill(100, 0);
      expect(s.reached, String(setpoint)).toBe(reached);
      expect(s.fillFromMmHg).toBe(reached ? 0 : 100);
      expect(s.targetMmHg).toBe(setpoint);
    }
    expect(s.air.recoveryMmHg).toBeCloseTo(14, 9);
  });
  it('a ramp is a new fill each 3 mmHg', () => {
    Object.assign(s, { reached: true, targetMmHg: 100, filledToMmHg: 100, meanMmHg: 80, fillFromMmHg: 0 });
    const fills = [102, 103, 104, 106, 107.1].map((setpoint) => {
      s.reached = true;
      t.setpoint = setpoint;
      fill(100, 0);
      return !s.reached;
    });
    expect(fills).toEqual([false, false, true, false, true]);
  });
  it('far below the setpoint with the pump on adds up, without it nothing, above it takes back', () => {
    fill(100, 0);
    Object.assign(s, { reached: true, meanMmHg: 69.9 });
    t.outPump = 1000;
    s.roundMs = LEAK_MS - 1;
    fill(70, 0);
    expect([s.deficitMs, s.trip]).toEqual([LEAK_MS - 1, 0]);
    t.outPump = 0;
    fill(70, 0);
    expect(s.deficitMs).toBe(LEAK_MS - 1);
    s.roundMs = 1000;
    s.meanMmHg = 70;
    t.outPump = 1000;
    fill(70, 0);
    expect(s.deficitMs).toBe(LEAK_MS - 1001);
    s.meanMmHg = 69.9;
    fill(70, 0);
    s.roundMs = 1;
    fill(70, 0);
    expect(s.trip).toBe(TRIP_LEAK);
    Object.assign(s, { deficitMs: 5, meanMmHg: 80, roundMs: 200 });
    fill(80, 0);
    expect(s.deficitMs).toBe(0);
  });
});

describe('too high', () => {
  it.each<[string, number, number, boolean, number]>([
    ['at LOP', LOP, OVER_LOP_MS, true, 0],
    ['above LOP', LOP + 0.1, OVER_LOP_MS, true, TRIP_OVER_LOP],
    ['above LOP, not so long', LOP + 0.1, OVER_LOP_MS - 1, true, 0],
    ['at 125 % + 10', 135, HIGH_MS, false, 0],
    ['above 125 % + 10', 135.1, HIGH_MS, false, TRIP_DEVIATION],
    ['above 125 % + 10, not so long', 135.1, HIGH_MS - 1, false, 0],
    ['above 125 % + 10 in a measurement', 135.1, HIGH_MS, true, 0],
  ])('%s', (_name, mean, ms, quiet, trip) => {
    Object.assign(s, { meanMmHg: mean, roundMs: ms });
    t.quiet = quiet;
    judgeHigh(s, t);
    expect(s.trip).toBe(trip);
  });
});

it('nothing asked for is a target of 0, also in what a trip says', () => {
  Object.assign(s, { reached: false, targetMmHg: 100 });
  t.setpoint = null;
  judgeProgress(s, t);
  expect(s.targetMmHg).toBe(0);
  s.pumpMs += FILL_LIMIT_MS;
  judgeProgress(s, t);
  expect([s.trip, s.allowed]).toEqual([TRIP_NO_RISE, 0]);
});

it.each([
  [100, 135],
  [LOP - 50, (5 * (LOP - 50)) / 4 + 10],
  [LOP - 10, LOP],
])('a mean is looked at above 125 %% and 10 mmHg of the setpoint, or LOP: %s', (setpoint, bound) => {
  t.setpoint = setpoint;
  s.targetMmHg = 0;
  judgeProgress(s, t);
  expect(s.highestMeanMmHg).toBe(bound);
});

describe('supply and outputs, look by look', () => {
  const shutLook = (change: Partial<Tick>, pump = 0, bled = 0, ms = 200): void => {
    t.now += ms;
    s.pumpMs += pump;
    s.bledMs += bled;
    Object.assign(t, { railMv: 3700, readsTerminals: true, pumpMv: 0, valveMv: 3600, driverFaults: 0 });
    Object.assign(t, { outPump: 0 }, change);
    judgeSupply(s, t);
  };
  const openLook = (change: Partial<Tick>, ms = 200): void => {
    t.now += ms;
    Object.assign(t, {
      railMv: 3700,
      readsTerminals: true,
      pumpMv: 0,
      valveMv: 0,
      driverFaults: 0,
      outVent: true,
    });
    Object.assign(t, change);
    judgeOpenOutputs(s, t);
  };
  beforeEach(() => {
    s.lookAt = t.now;
    shutLook({});
  });
  it.each<[string, Partial<Tick>, number, number, number, number]>([
    ['pump live', { pumpMv: LIVE_MV }, 0, 0, COASTED_MS, TRIP_PUMP_LIVE],
    ['pump dead', { pumpMv: LIVE_MV - 1, outPump: 1000 }, 1, 0, STEADY_MS, TRIP_PUMP_DEAD],
    ['valve dead', { valveMv: LIVE_MV - 1 }, 0, 0, STEADY_MS, TRIP_VALVE_DEAD],
  ])('%s with the valve shut, from the second look on', (_name, change, pump, bled, needed, trip) => {
    shutLook(change, pump * 200, bled);
    shutLook(change, pump * (needed - 1), bled, needed - 1);
    expect(s.trip).toBe(0);
    shutLook(change, pump, bled, 1);
    expect(s.trip).toBe(trip);
    expect(s.allowed).toBe(LIVE_MV);
    expect(s.measured).toBe(trip === TRIP_VALVE_DEAD ? t.valveMv : t.pumpMv);
  });
  it.each<[string, Partial<Tick>, number, number]>([
    ['a pump that ran between the looks', { pumpMv: LIVE_MV }, 50, 0],
    ['a pump just below live', { pumpMv: LIVE_MV - 1 }, 0, 0],
    ['a pump at part drive', { pumpMv: 0, outPump: 999 }, 200, 0],
    ['a pump that has just been started', { pumpMv: 0, outPump: 1000 }, 199, 0],
    ['a pump that is live at full drive', { pumpMv: LIVE_MV, outPump: 1000 }, 200, 0],
    ['a valve that was moved between the looks', { valveMv: 0 }, 0, 5],
    ['a valve just live', { valveMv: LIVE_MV }, 0, 0],
    ['a board that cannot read back', { readsTerminals: false, pumpMv: 3000, valveMv: 0 }, 0, 0],
  ])('%s is none', (_name, change, pump, bled) => {
    for (let i = 0; i < 10; i++) shutLook(change, pump, bled);
    expect(s.trip).toBe(0);
  });
  it.each<[string, Partial<Tick>, number, number]>([
    ['a pump just live at full drive', { pumpMv: LIVE_MV, outPump: 1000 }, 200, 0],
    ['a valve just live', { valveMv: LIVE_MV }, 0, 0],
  ])('%s is none either while something else is odd', (_name, change, pump, bled) => {
    for (let i = 0; i < 8; i++) shutLook({ railMv: 2400, ...change }, pump, bled);
    expect(s.trip).toBe(0);
  });
  it('supply that falls right after another oddity has its whole time', () => {
    shutLook({ driverFaults: 1 });
    shutLook({ railMv: 2999 });
    shutLook({ railMv: 2999 }, 0, 0, RAIL_MS - 400);
    expect(s.trip).toBe(0);
    shutLook({ railMv: 2999 }, 0, 0, 400);
    expect(s.trip).toBe(TRIP_BATTERY);
  });
  it('after a look that is well the short way is taken again', () => {
    for (const odd of [{ driverFaults: 1 }, { railMv: 2999 }, { valveMv: 0 }]) {
      shutLook(odd);
      expect(s.lookAgain).toBe(true);
      shutLook({});
      expect(s.lookAgain).toBe(false);
    }
  });
  it('a bleed excuses one look, not those after it', () => {
    shutLook({ valveMv: 0 }, 0, 5);
    shutLook({ valveMv: 0 });
    expect(s.trip).toBe(0);
    shutLook({ valveMv: 0 }, 0, 0, STEADY_MS);
    expect(s.trip).toBe(TRIP_VALVE_DEAD);
  });
  it('looks in a vent end what the hold before it excuses, and its time', () => {
    for (const [change, pump, bled, ms, trip] of [
      [{ pumpMv: LIVE_MV }, 50, 0, COASTED_MS, TRIP_PUMP_LIVE],
      [{ valveMv: 0 }, 0, 5, STEADY_MS, TRIP_VALVE_DEAD],
    ] as const) {
      Object.assign(s, { trip: 0, hazard: 0, wrongOutput: 0 });
      s.pumpMs += pump;
      s.bledMs += bled;
      openLook({});
      t.outVent = false;
      shutLook(change);
      shutLook(change, 0, 0, ms);
      expect(s.trip).toBe(trip);
    }
    Object.assign(s, { trip: 0, hazard: 0, wrongOutput: 0, lookAgain: false });
    openLook({}, 10_000);
    shutLook({ railMv: 2999 });
    expect(s.trip).toBe(0);
    shutLook({ railMv: 2999 }, 0, 0, RAIL_MS - 201);
    expect(s.trip).toBe(0);
    shutLook({ railMv: 2999 }, 0, 0, 1);
    expect(s.trip).toBe(TRIP_BATTERY);
  });
  it('supply that was low at the end of a hold is no part of the next one', () => {
    shutLook({ railMv: 2999 });
    s.pressurised = false;
    openLook({}, 60_000);
    openLook({}, 60_000);
    s.pressurised = true;
    shutLook({ railMv: 2999 });
    shutLook({ railMv: 2999 }, 0, 0, RAIL_MS - 201);
    expect(s.trip).toBe(0);
    shutLook({ railMv: 2999 }, 0, 0, 1);
    expect(s.trip).toBe(TRIP_BATTERY);
  });
  it('one look with a driver fault in each of two holds are not two in a row', () => {
    shutLook({ driverFaults: 1 });
    s.pressurised = false;
    openLook({});
    s.pressurised = true;
    shutLook({ driverFaults: 1 });
    expect(s.trip).toBe(0);
    shutLook({ driverFaults: 1 });
    expect(s.trip).toBe(TRIP_DRIVER);
  });
  it('an output that was wrong in the last look of a vent, and then well, has its whole time', () => {
    openLook({ pumpMv: LIVE_MV });
    shutLook({});
    shutLook({}, 0, 0, COASTED_MS);
    shutLook({ pumpMv: LIVE_MV });
    expect(s.trip).toBe(0);
    shutLook({ pumpMv: LIVE_MV }, 0, 0, COASTED_MS);
    expect(s.trip).toBe(TRIP_PUMP_LIVE);
  });
  it('a pump at full drive since the last look of a vent is judged in the first look', () => {
    openLook({});
    shutLook({ pumpMv: 0, outPump: 1000 }, 200);
    shutLook({ pumpMv: 0, outPump: 1000 }, 200);
    expect(s.trip).toBe(TRIP_PUMP_DEAD);
  });
  it.each([
    [300, TRIP_PUMP_LIVE],
    [301, 0],
  ])(
    'a pump live in every other look is remembered for two and a half looks: %s and 200 ms',
    (ms, reason) => {
      shutLook({ pumpMv: LIVE_MV });
      shutLook({}, 0, 0, ms);
      shutLook({ pumpMv: LIVE_MV }, 0, 0, 200);
      expect(s.trip).toBe(reason);
    },
  );
  it('one that stays wrong has not', () => {
    openLook({ pumpMv: LIVE_MV });
    shutLook({ pumpMv: LIVE_MV }, 0, 0, COASTED_MS);
    expect(s.trip).toBe(TRIP_PUMP_LIVE);
  });
  it('a board that cannot read back is not judged with the valve open either', () => {
    for (let i = 0; i < 10; i++) openLook({ readsTerminals: false, pumpMv: 3000, valveMv: 3000 });
    expect(s.trip).toBe(0);
  });
  it('what was wrong and is well again begins anew', () => {
    for (let i = 0; i < 8; i++) {
      shutLook({ valveMv: 0 });
      shutLook({});
    }
    expect(s.trip).toBe(0);
    for (let i = 0; i < 8; i++) {
      openLook({ valveMv: LIVE_MV });
      openLook({});
    }
    expect(s.trip).toBe(0);
  });
  it.each<[string, Partial<Tick>, number, number]>([
    ['valve live', { valveMv: LIVE_MV }, STEADY_MS, TRIP_VALVE_LIVE],
    ['pump live', { pumpMv: LIVE_MV }, COASTED_MS, TRIP_PUMP_LIVE],
  ])('%s with the valve open, vented or not', (_name, change, needed, trip) => {
    for (const pressurised of [true, false]) {
      Object.assign(s, { pressurised, trip: 0, hazard: 0, wrongOutput: 0 });
      openLook({});
      openLook(change);
      openLook(change, needed - 1);
      expect(s.trip).toBe(0);
      openLook(change, 1);
      expect(s.trip).toBe(trip);
      expect(s.hazard).toBe(trip);
    }
  });
  it.each<[string, number, number, number, boolean]>([
    ['below the limit', 2999, 0, RAIL_MS, true],
    ['at the limit', 3000, 0, RAIL_MS, false],
    ['below 85 % under the pump', 2549, 50, RAIL_MS, true],
    ['at 85 % under the pump', 2550, 50, RAIL_MS, false],
    ['not so long', 2999, 0, RAIL_MS - 1, false],
    ['a board without sense pins', -1, 0, RAIL_MS, false],
  ])('supply %s', (_name, railMv, pump, ms, trip) => {
    shutLook({ railMv }, pump, 0, 200);
    shutLook({ railMv }, pump, 0, ms - 200);
    expect(s.trip).toBe(trip ? TRIP_BATTERY : 0);
    shutLook({});
    shutLook({ railMv }, pump, 0, RAIL_MS - 1);
    expect(s.trip).toBe(trip ? TRIP_BATTERY : 0);
  });
  it('a driver fault in two looks in a row, shut or open', () => {
    shutLook({ driverFaults: 1 });
    shutLook({});
    shutLook({ driverFaults: 1 });
    expect(s.trip).toBe(0);
    openLook({ driverFaults: 3 });
    expect(s.trip).toBe(TRIP_DRIVER);
    Object.assign(s, { trip: 0, faultLooks: 0 });
    openLook({ driverFaults: 4 });
    openLook({ driverFaults: 4 });
    expect(s.trip).toBe(TRIP_MEMORY_LOW);
    Object.assign(s, { trip: 0, faultLooks: 0, pressurised: false });
    openLook({ driverFaults: 4 });
    openLook({ driverFaults: 4 });
    expect(s.trip).toBe(0);
  });
});

it('a vent has VENT_LIMIT_MS, to the tick', () => {
  const stand = new Stand().hold(100);
  const falling = (at: number) => ({
    outVent: true,
    setpoint: null,
    measuredMmHg: 16 + 84 * Math.exp(-at / 8000),
  });
  const ms = stand.untilTrip(VENT_LIMIT_MS + 1000, falling);
  expect(stand.s.trip).toBe(TRIP_NOT_VENTING);
  expect(ms).toBeLessThanOrEqual(VENT_LIMIT_MS);
});
