import { describe, expect, it } from 'vitest';
import { ABP2_TRAITS } from '../../hal/sensors/abp2.ts';
import { MPRLS_TRAITS } from '../../hal/sensors/mprls.ts';
import { MPX5050_TRAITS } from '../../hal/sensors/mpx5050.ts';
import { TICK_MS } from '../../src/limits.ts';
import { letOut } from '../../src/safety/flow-rules.ts';
import { countAsEmpty, countAsFull, distrustEmptyReading } from '../../src/safety/fullness.ts';
import {
  TRIP_FILL_UNSEEN,
  TRIP_LEAK,
  TRIP_NO_RISE,
  TRIP_PRESSURE_VANISHED,
  TRIP_SLOW_GAIN,
} from '../../src/safety/rows/air.ts';
import { TRIP_BOOK_FULL } from '../../src/safety/rows/book.ts';
import { TRIP_CLOCK, TRIP_OVERRUN, TRIP_TIME } from '../../src/safety/rows/firmware.ts';
import {
  TRIP_BATTERY,
  TRIP_DRIVER,
  TRIP_MEMORY_LOW,
  TRIP_PUMP_DEAD,
  TRIP_PUMP_LIVE,
  TRIP_VALVE_DEAD,
  TRIP_VALVE_LIVE,
} from '../../src/safety/rows/outputs.ts';
import { TRIP_DEVIATION, TRIP_OVER_LOP, TRIP_OVER_PRESSURE } from '../../src/safety/rows/pressure.ts';
import {
  TRIP_SENSOR_ERRATIC,
  TRIP_SENSOR_FROZEN,
  TRIP_SENSOR_LOST,
  TRIP_SENSOR_ZERO,
} from '../../src/safety/rows/sensor.ts';
import {
  DROP_MS,
  TRIP_HOSE_BLOCKED,
  TRIP_NOT_VENTING,
  TRIP_VALVE_WITHOUT_EFFECT,
} from '../../src/safety/rows/vent.ts';
import { judgeDemand } from '../../src/safety/supervisor.ts';
import { sensorTraits } from '../../tools/build/sensor-range.ts';
import {
  BLOCKED_MS,
  DOUBT_LIMIT_MS,
  ERRATIC_LIMIT,
  FALL_MS,
  FAULT_OVER_MS,
  GAIN_LIMIT_MMHG,
  HIGH_MS,
  LEAK_MS,
  MAX_CUFF_MMHG,
  MAX_FAULT_MMHG,
  OFF_ZERO_MS,
  OPEN_LIMIT_MS,
  OVER_LOP_MS,
  OVER_MS,
  OVERRUN_MS,
  RAIL_MS,
  RISE_WINDOW_MS,
  SETTLED_MS,
  SLACK_WINDOW_MS,
  SURGE_LIMIT,
  VANISHED_MS,
  VENT_LIMIT_MS,
} from './numbers.ts';
import { LOP, Stand } from './stand.ts';

const ROUND = 4 * TICK_MS;

describe('over-pressure', () => {
  it('a blow of 150 mmHg and 0.6 s on 240 mmHg is no trip', () => {
    const s = new Stand().hold(160);
    Object.assign(s.s.limits, { lopMmHg: 300 });
    const blow = (at: number) => ({ measuredMmHg: 240 + 75 * (1 - Math.cos((2 * Math.PI * at) / 600)) });
    s.run(640, blow).run(2000, { measuredMmHg: 160 });
    expect(s.s.trip).toBe(0);
  });
  it('above 300 mmHg for OVER_MS trips, one tick less does not', () => {
    const ticks = OVER_MS / TICK_MS;
    const over = { measuredMmHg: MAX_CUFF_MMHG + 1, filteredMmHg: 100 };
    expect(new Stand().hold(150).run((ticks - 1) * TICK_MS, over).s.trip).toBe(0);
    expect(new Stand().hold(150).run(ticks * TICK_MS, over).s.trip).toBe(TRIP_OVER_PRESSURE);
  });
  it('300 itself is allowed', () => {
    expect(new Stand().hold(150).run(5000, { measuredMmHg: MAX_CUFF_MMHG, filteredMmHg: 150 }).s.trip).toBe(
      0,
    );
  });
  it('a break starts the count again', () => {
    const s = new Stand().hold(150);
    for (let i = 0; i < 4; i++)
      s.run(OVER_MS - TICK_MS, { measuredMmHg: 310, filteredMmHg: 150 }).tick({
        measuredMmHg: 290,
        filteredMmHg: 150,
      });
    expect(s.s.trip).toBe(0);
    for (let i = 0; i < 4; i++)
      s.run(FAULT_OVER_MS - TICK_MS, { measuredMmHg: 335, filteredMmHg: 150 }).tick({
        measuredMmHg: 290,
        filteredMmHg: 150,
      });
    expect(s.s.trip).toBe(0);
    for (let i = 0; i < 2; i++)
      s.run(FAULT_OVER_MS - TICK_MS, { measuredMmHg: 335, filteredMmHg: 150 }).tick({
        measuredMmHg: MAX_FAULT_MMHG,
        filteredMmHg: 150,
      });
    expect(s.s.trip).toBe(0);
  });
  it('above 330 mmHg for FAULT_OVER_MS trips, one tick less does not', () => {
    const ticks = FAULT_OVER_MS / TICK_MS;
    const over = { measuredMmHg: MAX_FAULT_MMHG + 1, filteredMmHg: 100 };
    expect(new Stand().hold(150).run((ticks - 1) * TICK_MS, over).s.trip).toBe(0);
    const s = new Stand().hold(150).run(ticks * TICK_MS, over);
    expect(s.s.trip).toBe(TRIP_OVER_PRESSURE);
    expect([s.s.measured, s.s.allowed]).toEqual([MAX_FAULT_MMHG + 1, MAX_FAULT_MMHG]);
  });
  it('a pressure that is not a number trips', () => {
    expect(new Stand().hold(150).untilTrip(2000, { measuredMmHg: Number.NaN })).toBeGreaterThan(0);
  });
});

describe('mean above LOP', () => {
  it('stays silent at LOP, trips above it within 6 s, not within a cough', () => {
    const at = { setpoint: 160 };
    expect(new Stand().hold(160).run(20_000, { ...at, measuredMmHg: LOP }).s.trip).toBe(0);
    const s = new Stand().hold(160);
    const ms = s.untilTrip(20_000, { ...at, measuredMmHg: LOP + 8 });
    expect(s.s.trip).toBe(TRIP_OVER_LOP);
    expect(ms).toBeGreaterThan(OVER_LOP_MS);
    expect(ms).toBeLessThan(OVER_LOP_MS + 8000);
  });
  it('a moment below starts the time again', () => {
    const s = new Stand().hold(160);
    s.s.meanMmHg = LOP + 1;
    const over = { measuredMmHg: LOP + 1, setpoint: 160 };
    s.run(OVER_LOP_MS - ROUND, over);
    s.s.meanMmHg = LOP - 1;
    s.run(ROUND, { measuredMmHg: LOP - 2 });
    s.s.meanMmHg = LOP + 1;
    s.run(OVER_LOP_MS - ROUND, over);
    expect(s.s.trip).toBe(0);
    s.run(2 * ROUND, over);
    expect(s.s.trip).toBe(TRIP_OVER_LOP);
  });
});

describe('deviation', () => {
  it('trips on a mean above 125 % + 10, silent just below', () => {
    const s = new Stand().hold(100);
    expect(s.untilTrip(30_000, { measuredMmHg: 134, setpoint: 100 })).toBe(-1);
    const ms = s.untilTrip(30_000, { measuredMmHg: 145, setpoint: 100 });
    expect(s.s.trip).toBe(TRIP_DEVIATION);
    expect(ms).toBeGreaterThan(HIGH_MS - ROUND);
    expect(ms).toBeLessThan(HIGH_MS + 4000);
  });
  it('a step down of the setpoint has time to be followed', () => {
    const s = new Stand().hold(150);
    s.run(3000, (at) => ({ setpoint: 60, measuredMmHg: 150 - (90 * at) / 3000, outBleedMs: 20 })).run(
      20_000,
      {
        measuredMmHg: 60,
        outBleedMs: 0,
      },
    );
    expect(s.s.trip).toBe(0);
  });
  it('a round at or below it starts the time again', () => {
    const s = new Stand().hold(100);
    for (let i = 0; i < 3; i++) {
      s.s.meanMmHg = 146;
      s.run(HIGH_MS - 2 * ROUND, { measuredMmHg: 146, setpoint: 100 });
      s.s.meanMmHg = 120;
      s.run(2 * ROUND, { measuredMmHg: 120 });
    }
    expect(s.s.trip).toBe(0);
  });
  it('is not judged while a measurement keeps the cuff untouched', () => {
    expect(new Stand().hold(100).run(20_000, { measuredMmHg: 150, setpoint: 100, quiet: true }).s.trip).toBe(
      0,
    );
  });
});

describe('sensor', () => {
  it('doubt for DOUBT_LIMIT_MS trips, one tick less does not, a break heals', () => {
    const ticks = Math.ceil(DOUBT_LIMIT_MS / TICK_MS);
    const s = new Stand().hold(100);
    for (let i = 0; i < 5; i++) s.run((ticks - 1) * TICK_MS, { doubtful: true }).tick({ doubtful: false });
    expect(s.s.trip).toBe(0);
    s.run(ticks * TICK_MS, { doubtful: true });
    expect(s.s.trip).toBe(TRIP_SENSOR_LOST);
    expect([s.s.measured, s.s.allowed]).toEqual([ticks * TICK_MS, DOUBT_LIMIT_MS]);
  });
  it('what is not a clear false is doubt', () => {
    const s = new Stand().hold(100);
    s.doubtful = undefined as unknown as boolean;
    const ms = s.untilTrip(1000, { fresh: false });
    expect(ms).toBe(Math.ceil(DOUBT_LIMIT_MS / TICK_MS) * TICK_MS);
  });
  it('frozen: as many equal new conversions as the part takes for proof trip, one less does not', () => {
    const s = new Stand().hold(100);
    s.sensing.same = Math.ceil(s.sensing.traits.frozenMs / TICK_MS) - 1;
    expect(s.run(2000).s.trip).toBe(0);
    s.sensing.same++;
    expect(s.run(ROUND).s.trip).toBe(TRIP_SENSOR_FROZEN);
  });
  it.each([
    ['ABP2', ABP2_TRAITS],
    ['MPRLS', MPRLS_TRAITS],
    ['MPX5050', MPX5050_TRAITS],
    ['XGZP6847D', sensorTraits('xgzp6847d')],
  ])(
    'frozen: two equal conversions in a row need no look, no part proves anything by three: %s',
    (_n, traits) => {
      expect(traits.frozenMs === 0 || traits.frozenMs > 3 * TICK_MS).toBe(true);
    },
  );
  it('frozen in a vent is found there', () => {
    const s = new Stand().hold(100);
    s.sensing.same = 12;
    s.tick({ outVent: true, setpoint: null });
    expect(s.s.trip).toBe(TRIP_SENSOR_FROZEN);
  });
  it('a part too coarse to tell is never called frozen', () => {
    const s = new Stand().hold(100);
    Object.assign(s.sensing, { traits: { ...s.sensing.traits, frozenMs: 0 }, same: 500 });
    expect(s.run(1000).s.trip).toBe(0);
  });
  it('erratic: one refusal in six is borne, one in four adds up', () => {
    const every = (n: number) => {
      const s = new Stand().hold(100);
      for (let i = 0; i < 2000 && s.s.trip === 0; i++) {
        s.sensing.refused = i % n === 0 ? 1 : 0;
        s.tick({ fresh: i % n !== 0 });
      }
      return s.s.trip;
    };
    expect(every(6)).toBe(0);
    expect(every(4)).toBe(TRIP_SENSOR_ERRATIC);
  });
  it('doubt of exactly DOUBT_LIMIT_MS is too much', () => {
    const last = 60;
    const lasting = (ms: number): number =>
      new Stand()
        .hold(100)
        .tick({ doubtful: true }, DOUBT_LIMIT_MS - last - TICK_MS)
        .tick({})
        .tick({}, ms).s.trip;
    expect(lasting(last - 1)).toBe(0);
    expect(lasting(last)).toBe(TRIP_SENSOR_LOST);
  });
  it('a sample that says it is new and doubtful at once is doubted within a round', () => {
    const s = new Stand().hold(100);
    s.doubtful = true;
    s.t.fresh = true;
    expect(s.untilTrip(2000)).toBeLessThanOrEqual(DOUBT_LIMIT_MS + 2 * ROUND);
    expect(s.s.trip).toBe(TRIP_SENSOR_LOST);
  });
  it('doubt and over-pressure are judged in a vent too', () => {
    const vent = { outVent: true, setpoint: null };
    const s = new Stand().hold(100).run(ROUND, vent);
    s.run(DOUBT_LIMIT_MS + TICK_MS, { doubtful: true });
    expect(s.s.trip).toBe(TRIP_SENSOR_LOST);
    const over = new Stand()
      .hold(150)
      .run(OVER_MS, { ...vent, measuredMmHg: MAX_CUFF_MMHG + 1, filteredMmHg: 150 });
    expect(over.s.trip).toBe(TRIP_OVER_PRESSURE);
  });
  it('no sample at all at the start of a fill leaves no trace in the mean', () => {
    const s = new Stand().tick({ outVent: false, setpoint: 100, measuredMmHg: Number.NaN, doubtful: true });
    s.run(3 * TICK_MS).run(2000, { measuredMmHg: 5, doubtful: false });
    expect(s.s.meanMmHg).toBeGreaterThan(0);
    expect(s.s.fillLevelMmHg).toBeGreaterThan(0);
  });
  it('erratic: a jump soon after a bleed in every other tick is the hose, more of them are not, nor is any other refusal', () => {
    const jumping = (reason: number, bleedMs: number, of = 2) => {
      const s = new Stand().hold(100);
      while (s.t.turn !== 0) s.tick({});
      for (let i = 0; i < 200 && s.s.trip === 0; i++) {
        const refused = i % of > 0;
        Object.assign(s.sensing, { refused: refused ? 1 : 0, reason: refused ? reason : 0 });
        s.tick({ fresh: !refused, outBleedMs: i % 4 === 0 ? bleedMs : 0 });
        Object.assign(s.s.air, { openMs: 0 });
      }
      return s.s.trip;
    };
    expect(jumping(64, 20)).toBe(0);
    expect(jumping(64, 20, 3)).toBe(TRIP_SENSOR_ERRATIC);
    for (const seen of ['lookBledMs', 'surgeBledMs'] as const) {
      const s = new Stand().hold(100);
      Object.assign(s.s, { bledMs: 50, lookBledMs: 50, surgeBledMs: 50, [seen]: 0 });
      Object.assign(s.sensing, { refused: 1, reason: 64 });
      s.tick({ fresh: false });
      expect(s.s.refusedScore).toBe(1);
    }
    expect(jumping(32, 20)).toBe(TRIP_SENSOR_ERRATIC);
    expect(jumping(64, 0)).toBe(TRIP_SENSOR_ERRATIC);
  });
  it('one refusal in four adds 1 each time', () => {
    const s = new Stand().hold(100);
    let refusals = 0;
    for (let i = 0; s.s.trip === 0 && i < 2000; i++) {
      s.sensing.refused = i % 4 === 0 ? 1 : 0;
      if (i % 4 === 0) refusals++;
      s.tick({ fresh: i % 4 !== 0 });
    }
    expect(refusals).toBe(ERRATIC_LIMIT - 4 + 1);
  });
  it('a run of refusals trips at the limit and not before', () => {
    const s = new Stand().hold(100);
    s.sensing.refused = 1;
    s.run((ERRATIC_LIMIT / 4 - 1) * TICK_MS, { fresh: false });
    expect(s.s.trip).toBe(0);
    s.run(TICK_MS);
    expect(s.s.trip).toBe(TRIP_SENSOR_ERRATIC);
  });
  it('a vented cuff must read zero: 8 mmHg is borne, 9 is not, for OFF_ZERO_MS after SETTLED_MS', () => {
    // 12 mmHg below zero without a wait, for 1 s
    for (const [borne, mmHg, after, off] of [
      [8, 9, SETTLED_MS, OFF_ZERO_MS],
      [-8, -9, SETTLED_MS, OFF_ZERO_MS],
      [-8, -12, SETTLED_MS, OFF_ZERO_MS],
      [-8, -12.1, 0, 1000],
    ] as const) {
      expect(new Stand().run(SETTLED_MS + 10_000, { measuredMmHg: borne }).s.trip).toBe(0);
      const s = new Stand();
      const ms = s.untilTrip(60_000, { measuredMmHg: mmHg });
      expect(ms).toBeGreaterThanOrEqual(after + off - TICK_MS);
      expect(ms).toBeLessThanOrEqual(after + off + TICK_MS);
      expect(s.s.trip).toBe(TRIP_SENSOR_ZERO);
      expect(
        new Stand()
          .run(SETTLED_MS, { measuredMmHg: 0 })
          .run(off - TICK_MS, { measuredMmHg: mmHg })
          .run(1000, { measuredMmHg: 0 })
          .run(off - TICK_MS, { measuredMmHg: mmHg }).s.trip,
      ).toBe(0);
    }
  });
  it('pressure that comes back on a vented cuff is a hazard at once, not a bad sensor', () => {
    const at = (mmHg: number, ms: number): Stand => new Stand().run(ms, { measuredMmHg: mmHg });
    expect(at(15.1, OFF_ZERO_MS - TICK_MS).s.trip).toBe(0);
    expect([at(15.1, OFF_ZERO_MS).s.trip, at(15.1, OFF_ZERO_MS).s.hazard]).toEqual([
      TRIP_NOT_VENTING,
      TRIP_NOT_VENTING,
    ]);
    expect(at(15, 2 * OFF_ZERO_MS).s.trip).toBe(0);
    expect(at(15, SETTLED_MS + OFF_ZERO_MS).s.trip).toBe(TRIP_SENSOR_ZERO);
    const dip = at(40, OFF_ZERO_MS - TICK_MS).tick({ measuredMmHg: 15 });
    expect(dip.run(OFF_ZERO_MS - TICK_MS, { measuredMmHg: 40 }).s.trip).toBe(0);
  });
  it('no zero yet is no trip', () => {
    expect(new Stand().run(60_000, { measuredMmHg: Number.NaN }).s.trip).toBe(0);
  });
});

/** The reading has come down between two ticks of a vent as it does: how fast is not this test's affair. */
function inBetween(s: Stand): Stand {
  s.s.ventLowMmHg = 0;
  return s;
}

describe('pressure vanished', () => {
  it('a reading below a third of the level for VANISHED_MS trips as a hazard', () => {
    const ticks = VANISHED_MS / TICK_MS;
    const s = new Stand().hold(150).run((ticks - 1) * TICK_MS, { measuredMmHg: 30, filteredMmHg: 140 });
    expect(s.s.trip).toBe(0);
    s.tick({ measuredMmHg: 30, filteredMmHg: 140 });
    expect(s.s.trip).toBe(TRIP_PRESSURE_VANISHED);
    expect(s.s.hazard).toBe(TRIP_PRESSURE_VANISHED);
    expect(s.s.unproven).toBe(true);
  });
  it('sitting down by 40 mmHg at 76 is none, nor a dip that comes back', () => {
    expect(new Stand().hold(76).run(3000, { measuredMmHg: 36 }).s.trip).toBe(0);
    const s = new Stand().hold(150);
    for (let i = 0; i < 6; i++)
      s.run(VANISHED_MS - TICK_MS, { measuredMmHg: 40, filteredMmHg: 140 }).run(600, { measuredMmHg: 150 });
    expect(s.s.trip).toBe(0);
  });
  it('a fast fill whose sense line comes off half-way is found, not taken for a slack cuff', () => {
    const s = new Stand().tick({ outVent: false, setpoint: 120, measuredMmHg: 0 });
    s.run(800, (at) => ({ measuredMmHg: at / 10, outPump: 1000 }));
    s.tick({ measuredMmHg: 0, outPump: 1000 });
    expect([s.t.doubtful, s.s.sensing.smooth], 'nothing is pumped on such a reading').toEqual([true, false]);
    expect(s.untilTrip(2000, { measuredMmHg: 0, outPump: 0, doubtful: false })).toBeLessThanOrEqual(
      VANISHED_MS,
    );
    expect(s.s.trip).not.toBe(0);
    expect(s.s.trip).toBe(TRIP_PRESSURE_VANISHED);
  });
  it('a blow on a slack cuff in a fill is none: the reading is back where it was', () => {
    const s = new Stand().tick({ outVent: false, setpoint: 80, measuredMmHg: 0 });
    s.fill(0, 15, 5);
    s.run(400, { measuredMmHg: 150, outPump: 0 });
    expect(s.untilTrip(4000, { measuredMmHg: 16, doubtful: false })).toBe(-1);
  });
  it('a slack cuff has nothing to lose', () => {
    expect(new Stand().hold(38).run(3000, { measuredMmHg: 1, filteredMmHg: 30 }).s.trip).toBe(0);
    const filling = new Stand().tick({ outVent: false, setpoint: 100, measuredMmHg: 0 });
    filling.run(2000, { measuredMmHg: 17, outPump: 1000 });
    expect(filling.untilTrip(2000, { measuredMmHg: 1, outPump: 0 })).toBe(-1);
    filling.run(2000, { measuredMmHg: 22 });
    for (let i = 0; i < 3; i++) {
      filling.tick({ measuredMmHg: 1, outPump: 0, doubtful: false });
      expect(filling.t.doubtful, 'nothing is pumped until that is clear').toBe(true);
    }
    expect(filling.untilTrip(4000, { measuredMmHg: 1, doubtful: false }), 'the level forgets').toBe(-1);
  });
  it('our own bleed explains a fall, but no more than it can take', () => {
    const s = new Stand().hold(150);
    s.run(2000, (at) => ({ measuredMmHg: 150 - at / 20, outBleedMs: 40, setpoint: 50 })).run(1000, {
      measuredMmHg: 50,
      outBleedMs: 0,
    });
    expect(s.s.trip).toBe(0);
    const lost = new Stand().hold(150).tick({ measuredMmHg: 2, outBleedMs: 40, filteredMmHg: 140 });
    expect(lost.untilTrip(2000, { measuredMmHg: 2, outBleedMs: 0, filteredMmHg: 100 })).toBe(
      Math.ceil(VANISHED_MS / TICK_MS) * TICK_MS,
    );
  });
});

describe('hose blocked', () => {
  const pulse = (s: Stand, surge: number) => {
    s.run(160, (at) => ({ outPump: 1000, measuredMmHg: 100 + (at > 0 ? surge : 0), filteredMmHg: 100 }));
    s.run(600, { outPump: 0, measuredMmHg: 100 });
  };
  it(`${SURGE_LIMIT} surges in a row trip, a quiet pulse between them forgives`, () => {
    const s = new Stand().hold(100);
    for (let i = 0; i < SURGE_LIMIT - 1; i++) pulse(s, 80);
    expect(s.s.trip).toBe(0);
    pulse(s, 20);
    for (let i = 0; i < SURGE_LIMIT - 1; i++) pulse(s, 80);
    expect(s.s.trip).toBe(0);
    pulse(s, 80);
    expect(s.s.trip).toBe(TRIP_HOSE_BLOCKED);
  });
  it('a rise of 74 mmHg is none, and one long after the start neither', () => {
    const s = new Stand().hold(100);
    for (let i = 0; i < 6; i++) pulse(s, 74);
    for (let i = 0; i < 6; i++) {
      s.run(600, (at) => ({ outPump: 1000, measuredMmHg: at < 280 ? 100 : 190, filteredMmHg: 100 }));
      s.run(600, { outPump: 0, measuredMmHg: 100 });
    }
    expect(s.s.trip).toBe(0);
  });
  it('a vent that is over before air can leave is no vent', () => {
    const quick = (ms: number, from: number) => {
      const s = new Stand().hold(from);
      s.run(ms, { outVent: true, measuredMmHg: from, setpoint: null });
      inBetween(s).run(2000, { measuredMmHg: 10 });
      return s.s;
    };
    expect(quick(40, 100).trip).toBe(TRIP_HOSE_BLOCKED);
    expect(quick(40, 100).pressurised).toBe(true);
    expect(quick(BLOCKED_MS, 100).trip).toBe(0);
    expect(quick(BLOCKED_MS, 100).pressurised).toBe(false);
    expect(quick(40, 49).trip).toBe(0);
  });
  describe('a hose that folds when the vent has begun', () => {
    /** Venting for half a second, the last good reading `from`; then `to`, `dt` ms after it. */
    const fold = (from: number, to: number, dt = TICK_MS, filteredMmHg = to): Stand =>
      new Stand()
        .hold(from > 15 ? 120 : 40)
        .run(500, { outVent: true, setpoint: null, measuredMmHg: from, filteredMmHg: 100 })
        .tick({ measuredMmHg: to, filteredMmHg }, dt);
    it.each<[string, Stand, boolean]>([
      ['to less than a third', fold(60, 19.9), true],
      ['to a third', fold(60, 20), false],
      ['from just above vented, which it then seems to be', fold(15.2, 5), true],
      ['from vented', fold(15, 4.9, TICK_MS, 15.1), false],
      ['while the mean is still high', fold(60, 10, TICK_MS, 50), true],
      ['in 150 ms', fold(60, 10, DROP_MS), true],
      ['to more than a ninth in more', fold(60, 6.7, DROP_MS + 1, 20), false],
      ['to less than a ninth in twice the time', fold(60, 6.6, 2 * DROP_MS, 20), true],
      ['to nothing in more', fold(60, 0, 2 * DROP_MS + 1, 20), false],
    ])('is seen as a drop %s', (_name, s, seen) => {
      expect([s.s.hazard, s.s.unproven]).toEqual(seen ? [TRIP_HOSE_BLOCKED, true] : [0, false]);
      expect(s.s.pressurised).toBe(seen || s.t.filteredMmHg > 15);
    });
    it('is seen behind a sample that waited to be confirmed, and not behind a long silence', () => {
      const behind = (ms: number): number =>
        new Stand()
          .hold(120)
          .run(500, { outVent: true, setpoint: null, measuredMmHg: 100 })
          .run(ms, { fresh: false })
          .tick({ fresh: true, measuredMmHg: 11, filteredMmHg: 80 }).s.trip;
      const most = Math.floor((2 * DROP_MS) / TICK_MS) - 1;
      expect(behind(most * TICK_MS)).toBe(TRIP_HOSE_BLOCKED);
      expect(behind((most + 1) * TICK_MS)).toBe(0);
    });
    it('is seen in the first ticks too, behind samples that waited', () => {
      // the last good one was that of the tick before the vent, longer ago than DROP_MS: a sixth is none
      const behind = Math.floor(DROP_MS / TICK_MS) * TICK_MS;
      const readingOf = (mmHg: number): Stand =>
        new Stand()
          .hold(120)
          .run(behind, { outVent: true, setpoint: null, measuredMmHg: 120, fresh: false })
          .tick({ fresh: true, measuredMmHg: mmHg, filteredMmHg: 80 });
      const s = readingOf(2);
      expect([s.s.ventingMs > BLOCKED_MS, s.s.trip]).toEqual([true, TRIP_HOSE_BLOCKED]);
      expect(readingOf(20).s.trip).toBe(0);
    });
    it('a blow on the cuff in the vent comes down as fast, but not so far', () => {
      const blow = (to: number): number => {
        const s = new Stand().hold(120).run(500, { outVent: true, setpoint: null, measuredMmHg: 40 });
        s.tick({ measuredMmHg: 150 }).tick({ measuredMmHg: to, filteredMmHg: 60 });
        return s.s.trip;
      };
      expect([blow(13.4), blow(13.3)]).toEqual([0, TRIP_HOSE_BLOCKED]);
    });
    it('the last reading of one vent is none of the next', () => {
      const s = new Stand().hold(120).run(500, { outVent: true, setpoint: null, measuredMmHg: 100 });
      s.tick({ outVent: false, setpoint: 100, measuredMmHg: 100 });
      s.tick({ outVent: true, setpoint: null, measuredMmHg: 30, filteredMmHg: 80 });
      expect(s.s.trip).toBe(0);
    });
  });
  it('a reading that has proven the cuff empty proves it for good', () => {
    const { s } = new Stand();
    countAsFull(s);
    distrustEmptyReading(s);
    expect([s.pressurised, s.unproven]).toEqual([true, true]);
    countAsEmpty(s);
    expect([s.pressurised, s.unproven]).toEqual([false, false]);
  });
  it('what cannot be proved vented counts as full, however long the valve is open', () => {
    const s = new Stand().hold(100).run(40, { outVent: true, setpoint: null, measuredMmHg: 100 });
    s.run(3 * VENT_LIMIT_MS, { measuredMmHg: 5 });
    expect(s.s.pressurised).toBe(true);
  });
});

describe('vent', () => {
  it('a slow but healthy vent is none, and is timed', () => {
    const s = new Stand().hold(150);
    s.run(28_000, (at) => ({ outVent: true, setpoint: null, measuredMmHg: 150 * Math.exp(-at / 11_000) }));
    expect(s.s.trip).toBe(0);
    expect(s.s.pressurised).toBe(false);
    expect(s.s.slowestVentMs).toBeGreaterThan(25_000);
    expect(s.s.slowestVentMs).toBeLessThan(25_500);
  });
  it('no fall by an eighth in a window is a hazard', () => {
    const s = new Stand().hold(150);
    const ms = s.untilTrip(60_000, (at) => ({ outVent: true, setpoint: null, measuredMmHg: 150 - at / 250 }));
    expect(s.s.trip).toBe(TRIP_NOT_VENTING);
    expect(ms).toBeLessThanOrEqual(FALL_MS + 2 * TICK_MS);
    const good = new Stand().hold(150);
    expect(
      good.untilTrip(FALL_MS * 3, (at) => ({
        outVent: true,
        setpoint: null,
        measuredMmHg: 150 * Math.exp(-at / 29_000),
      })),
    ).toBe(-1);
  });
  it('not at 15 mmHg after VENT_LIMIT_MS is a hazard even if it falls', () => {
    const s = new Stand().hold(150);
    const ms = s.untilTrip(60_000, (at) => ({
      outVent: true,
      setpoint: null,
      measuredMmHg: 150 * Math.exp(-at / 20_000),
    }));
    expect(s.s.trip).toBe(TRIP_NOT_VENTING);
    expect(ms).toBe(VENT_LIMIT_MS);
  });
  const vent = { outVent: true, setpoint: null };
  it('the window of the fall begins anew with each window, and with each vent', () => {
    const s = new Stand().hold(150);
    // falls in the first window, stands in the second
    expect(s.untilTrip(FALL_MS, (at) => ({ ...vent, measuredMmHg: 150 - at / 100 }))).toBe(-1);
    expect(s.untilTrip(FALL_MS + TICK_MS, { measuredMmHg: 108 })).toBeGreaterThan(0);
    expect(s.s.trip).toBe(TRIP_NOT_VENTING);
    const again = new Stand().hold(150).run(FALL_MS - 2 * TICK_MS, vent);
    again.run(ROUND, { outVent: false, setpoint: 150 }).run(FALL_MS - 2 * TICK_MS, vent);
    expect(again.s.trip).toBe(0);
  });
  it.each<[string, number, number, number, number]>([
    ['by an eighth', 112, 98, FALL_MS, 0],
    ['by less', 112, 98.1, FALL_MS, TRIP_NOT_VENTING],
    ['by less, not so long', 112, 98.1, FALL_MS - TICK_MS, 0],
    ['at 15 mmHg it need not fall', 15, 15, FALL_MS, 0],
  ])('a fall %s', (_name, from, to, ms, trip) => {
    const s = new Stand().hold(from < 50 ? 40 : 112).tick({ ...vent, measuredMmHg: from, doubtful: true });
    s.s.trip = 0;
    s.s.doubtMs = -100_000;
    s.run(ms - TICK_MS, { measuredMmHg: to });
    expect(s.s.trip).toBe(trip);
  });
  it('15 mmHg are enough after VENT_LIMIT_MS', () => {
    const s = new Stand().hold(100).run(4 * TICK_MS, vent);
    s.s.unproven = true;
    inBetween(s).run(VENT_LIMIT_MS + 1000, { measuredMmHg: 15 });
    expect([s.s.trip, s.s.pressurised]).toEqual([0, true]);
  });
  it.each<[string, number, readonly number[], boolean]>([
    ['130 ms are too fast', 100, [70, 60], true],
    ['131 are not', 100, [70, 61], false],
    ['from 50 mmHg', 50, [TICK_MS, TICK_MS], true],
    ['not from 49.9', 49.9, [TICK_MS, TICK_MS], false],
  ])('empty faster than air can leave: %s', (_name, from, ticks, blocked) => {
    const s = new Stand().hold(from);
    s.s.meanMmHg = from;
    ticks.forEach((dt, i) => {
      inBetween(s).tick({ ...vent, measuredMmHg: i + 1 < ticks.length ? from : 15 }, dt);
    });
    expect(s.s.trip).toBe(blocked ? TRIP_HOSE_BLOCKED : 0);
  });
  it('after BLOCKED_MS a reading at zero is not believed yet', () => {
    const s = new Stand().hold(40);
    for (const dt of [TICK_MS, BLOCKED_MS - TICK_MS]) s.tick({ ...vent, measuredMmHg: 40 }, dt);
    expect(inBetween(s).tick({ measuredMmHg: 10 }).s.pressurised).toBe(true);
    expect(s.tick({ measuredMmHg: 10 }).s.pressurised).toBe(false);
  });
  it('it counts from the higher of level and reading', () => {
    for (const [mean, raw] of [
      [100, 60],
      [60, 100],
    ] as const) {
      const s = new Stand().hold(60);
      s.s.meanMmHg = mean;
      s.tick({ ...vent, measuredMmHg: raw });
      expect(s.s.ventFromMmHg).toBe(100);
    }
  });
  it('a vent that follows another is a vent of its own', () => {
    const s = new Stand()
      .hold(100)
      .run(3 * TICK_MS, vent)
      .run(1000, { outVent: false, setpoint: 100 });
    s.tick(vent).tick({ measuredMmHg: 5 });
    expect(s.s.trip).toBe(TRIP_HOSE_BLOCKED);
  });
  it('the slowest one from working pressure is remembered', () => {
    const s = new Stand();
    const through = (from: number, ms: number): number => {
      inBetween(s.hold(from, 1000).run(ms, { ...vent, measuredMmHg: from })).run(200, { measuredMmHg: 5 });
      expect(s.s.pressurised).toBe(false);
      return s.s.slowestVentMs;
    };
    expect(through(49, 3000)).toBe(0);
    expect(through(50, 40 * TICK_MS)).toBe(40 * TICK_MS);
    expect(through(100, 20 * TICK_MS)).toBe(40 * TICK_MS);
    expect(through(100, 60 * TICK_MS)).toBe(60 * TICK_MS);
  });
  it('a fault of a driver in one look of a vent is one look', () => {
    const s = new Stand().hold(100);
    while (s.t.turn !== 3) s.tick({});
    s.run(ROUND, { ...vent, measuredMmHg: 90, driverFaults: 2 }).run(ROUND, { driverFaults: 0 });
    expect(s.s.trip).toBe(0);
  });
  it('supply that stays low in a vent is a battery that is empty, with the limit of a pump at rest', () => {
    const s = new Stand().hold(100);
    expect(
      s.untilTrip(RAIL_MS + 2 * ROUND, (at) => ({ ...vent, measuredMmHg: 100 - at / 50, railMv: 2900 })),
    ).toBeGreaterThan(0);
    expect(s.s.trip).toBe(TRIP_BATTERY);
  });
  it('a hazard after another trip is kept beside it', () => {
    const s = new Stand().hold(150).run(1000, { doubtful: true });
    expect([s.s.trip, s.s.hazard]).toEqual([TRIP_SENSOR_LOST, 0]);
    s.run(FALL_MS + 200, { doubtful: false, outVent: true, setpoint: null, measuredMmHg: 150 });
    expect([s.s.trip, s.s.hazard]).toEqual([TRIP_SENSOR_LOST, TRIP_NOT_VENTING]);
  });
});

describe('progress', () => {
  it('a fill without rise trips after RISE_WINDOW_MS of pump, not of time', () => {
    const stuck = () => new Stand().tick({ outVent: false, setpoint: 120, measuredMmHg: 40 });
    expect(stuck().untilTrip(60_000, { measuredMmHg: 41, outPump: 0 })).toBe(-1);
    const s = stuck();
    const ms = s.untilTrip(60_000, { measuredMmHg: 41, outPump: 1000 });
    expect(s.s.trip).toBe(TRIP_NO_RISE);
    expect(s.s.unproven, 'the reading had seen 40 mmHg').toBe(false);
    expect(ms).toBeGreaterThanOrEqual(RISE_WINDOW_MS - ROUND);
    expect(ms).toBeLessThanOrEqual(RISE_WINDOW_MS + 3 * ROUND);
  });
  it('the slack cuff and a weak pump are given their time', () => {
    const s = new Stand().tick({ outVent: false, setpoint: 120, measuredMmHg: 0 });
    expect(s.untilTrip(60_000, (at) => ({ measuredMmHg: at / 4500, outPump: 1000 }))).toBe(-1);
    const weak = new Stand().tick({ outVent: false, setpoint: 150, measuredMmHg: 30 });
    expect(weak.untilTrip(150_000, (at) => ({ measuredMmHg: 30 + at / 2500, outPump: 1000 }))).toBe(-1);
  });
  it('a slack cuff that takes nothing trips', () => {
    const s = new Stand().tick({ outVent: false, setpoint: 120, measuredMmHg: 0 });
    expect(s.untilTrip(60_000, { measuredMmHg: 0, outPump: 1000 })).toBeLessThanOrEqual(
      SLACK_WINDOW_MS + 3 * ROUND,
    );
  });
  it('a fill of which nothing was seen leaves a cuff that may be full, and tells; one that was seen does not', () => {
    const fill = (mmHg: number): Stand => {
      const s = new Stand().tick({ outVent: false, setpoint: 100, measuredMmHg: mmHg });
      // what windows of the fill take for an answer, and no rise
      s.run(30_000, (at) => ({ outPump: 1000, measuredMmHg: mmHg + at / 5400 }));
      return s.run(60_000, { outVent: true, setpoint: null, outPump: 0, measuredMmHg: 0 });
    };
    const unseen = fill(16).s;
    expect([unseen.trip, unseen.hazard, unseen.pressurised]).toEqual([TRIP_NO_RISE, TRIP_FILL_UNSEEN, true]);
    const seen = fill(20).s;
    expect([seen.trip, seen.hazard, seen.pressurised]).toEqual([TRIP_NO_RISE, 0, false]);
  });
  it('a reading of 20 mmHg has seen the cuff, one below has not', () => {
    const stuckAt = (mmHg: number): Stand => {
      const s = new Stand().tick({ outVent: false, setpoint: 120, measuredMmHg: mmHg }).tick({});
      Object.assign(s.s, { pumpMs: s.s.pumpMs + RISE_WINDOW_MS });
      judgeDemand(s.s, s.t);
      expect(s.s.trip, `${mmHg}`).toBe(TRIP_NO_RISE);
      return s;
    };
    expect([stuckAt(20).s.hazard, stuckAt(20).s.unproven]).toEqual([0, false]);
    expect([stuckAt(19.9).s.hazard, stuckAt(19.9).s.unproven]).toEqual([TRIP_FILL_UNSEEN, true]);
  });
  it('far below target with the pump on trips after LEAK_MS; the deficit is forgiven slowly', () => {
    const low = { measuredMmHg: 60, outPump: 1000, outBleedMs: 0 };
    const s = new Stand().hold(100, 8000);
    s.s.meanMmHg = 60;
    Object.assign(s.s.air, { pumpMmHgPerS: 4 });
    const ms = s.untilTrip(60_000, low);
    expect(s.s.trip).toBe(TRIP_LEAK);
    expect(ms).toBeGreaterThanOrEqual(LEAK_MS - ROUND);
    expect(ms).toBeLessThanOrEqual(LEAK_MS + 3 * ROUND);
    const fine = new Stand().hold(100, 8000);
    Object.assign(fine.s.air, { pumpMmHgPerS: 4 });
    expect(fine.untilTrip(20_000, { measuredMmHg: 75, outPump: 1000 })).toBe(-1);
    const off = new Stand().hold(100, 8000);
    expect(off.untilTrip(60_000, { measuredMmHg: 60, outPump: 0 })).toBe(-1);
  });
  it('deficits add up over breaks', () => {
    const s = new Stand().hold(100, 8000);
    Object.assign(s.s.air, { pumpMmHgPerS: 4 });
    let trip = -1;
    for (let i = 0; i < 8 && trip < 0; i++) {
      s.s.meanMmHg = 60;
      trip = s.untilTrip(4000, { measuredMmHg: 60, outPump: 1000, outBleedMs: 0 });
      s.s.meanMmHg = 90;
      s.run(2000, { measuredMmHg: 90, outPump: 0, outBleedMs: 1 });
    }
    expect(s.s.trip).toBe(TRIP_LEAK);
  });
  it('a raised setpoint is a new fill', () => {
    const s = new Stand().hold(60, 8000);
    s.tick({ setpoint: 150 }).fill(60, 145, 6);
    expect(s.s.trip).toBe(0);
  });
});

describe('a reading that the pump does not bring back', () => {
  it.each<[number, number, number]>([
    [35, TRIP_BOOK_FULL, 0],
    [34.9, TRIP_PRESSURE_VANISHED, TRIP_PRESSURE_VANISHED],
  ])('at %s of 100 mmHg', (mmHg, trip, hazard) => {
    const s = new Stand().hold(100, 8000);
    // our own bleeds have explained the fall
    s.s.lagBledMs = s.s.bledMs - 100_000;
    s.untilTrip(60_000, { measuredMmHg: 100, filteredMmHg: mmHg, outPump: 1000 });
    expect([s.s.trip, s.s.hazard, s.s.unproven]).toEqual([trip, hazard, hazard !== 0]);
  });
  it.each<[number, number]>([
    [35, TRIP_LEAK],
    [34.9, TRIP_PRESSURE_VANISHED],
  ])('and under a pump that runs for LEAK_MS, at %s', (mmHg, trip) => {
    const s = new Stand().hold(100, 8000);
    Object.assign(s.s, { deficitMs: LEAK_MS, meanMmHg: 60 });
    s.untilTrip(1000, { measuredMmHg: 100, filteredMmHg: mmHg, outPump: 10 });
    expect(s.s.trip).toBe(trip);
  });
});

describe('pump and valve', () => {
  it('pumped air that does not show trips within seconds, however wide the margin is', () => {
    const s = new Stand().hold(60, 8000);
    Object.assign(s.s.limits, { airMmHg: 300 });
    const ms = s.untilTrip(60_000, { measuredMmHg: 60, outPump: 1000 });
    expect(s.s.trip).toBe(TRIP_BOOK_FULL);
    // 50 mmHg more than some seconds ago, at less than 10 mmHg/s
    expect(ms).toBeGreaterThan(5000);
    expect(ms).toBeLessThan(11_000);
  });
  it('a round in which the pump ran too says nothing of the valve: it is timed anew', () => {
    const { s, t } = new Stand().hold(100);
    Object.assign(s.air, { openMs: 3000 });
    letOut(s, t, 1, 50);
    expect(s.air.openMs).toBe(0);
    letOut(s, t, 0, 50);
    expect(s.air.openMs).toBe(50);
  });
  it('a valve that lets nothing out is a hazard', () => {
    const s = new Stand().hold(100, 8000);
    const open = { measuredMmHg: 104, outBleedMs: TICK_MS };
    const ms = s.untilTrip(60_000, open);
    expect(s.s.trip).toBe(TRIP_VALVE_WITHOUT_EFFECT);
    expect(s.s.hazard).toBe(TRIP_VALVE_WITHOUT_EFFECT);
    expect(ms).toBeGreaterThanOrEqual(OPEN_LIMIT_MS);
    expect(ms).toBeLessThanOrEqual(OPEN_LIMIT_MS + 3 * ROUND);
    const fell = new Stand().hold(130, 8000);
    expect(fell.untilTrip(8000, (at) => ({ measuredMmHg: 130 - at / 150, outBleedMs: 40 }))).toBe(-1);
    const pumped = new Stand().hold(100, 8000);
    for (let i = 0; i < 10; i++)
      pumped
        .run(2000, { measuredMmHg: 100, outBleedMs: 40 })
        .run(80, { outBleedMs: 0, outPump: 1000 })
        .run(80, { outPump: 0 });
    expect(pumped.s.trip).toBe(0);
  });
});

describe('air balance at rest', () => {
  it('a gain of 0.5 mmHg/s is found within 30 s, swelling of 0.1 is none', () => {
    const s = new Stand().hold(100, 12_000);
    const ms = s.untilTrip(60_000, (at) => ({ measuredMmHg: 100 + at / 2000 }));
    expect(s.s.trip).toBe(TRIP_SLOW_GAIN);
    expect(s.s.measured).toBeGreaterThanOrEqual(GAIN_LIMIT_MMHG);
    expect(ms).toBeLessThan(30_000);
    expect(
      new Stand().hold(100, 12_000).untilTrip(100_000, (at) => ({ measuredMmHg: 100 + at / 10_000 })),
    ).toBe(-1);
  });
  it('after the setpoint was lowered the cuff may gain a third of the step', () => {
    const s = new Stand().hold(150, 12_000);
    s.run(2000, (at) => ({ setpoint: 70, measuredMmHg: 150 - at / 25, outBleedMs: 20 }));
    expect(
      s.untilTrip(60_000, (at) => ({
        setpoint: 70,
        outBleedMs: 0,
        measuredMmHg: 70 + 20 * (1 - Math.exp(-at / 40_000)),
      })),
    ).toBe(-1);
  });
  it('movement is not judged, and forgets what came before it', () => {
    const s = new Stand().hold(100, 12_000);
    expect(s.untilTrip(50_000, (at) => ({ measuredMmHg: 100 + at / 2000 + 15 * Math.sin(at / 180) }))).toBe(
      -1,
    );
    expect(s.s.air.gainedMmHg).toBe(0);
  });
  it('a measurement that keeps the cuff untouched is not judged', () => {
    const s = new Stand().hold(100, 12_000);
    expect(s.untilTrip(60_000, (at) => ({ measuredMmHg: 100 + at / 2000, quiet: true }))).toBe(-1);
  });
});

describe('time', () => {
  it('trips when the time is used up, to the second, and names both', () => {
    const s = new Stand();
    tightenTo(s, 30_000);
    s.hold(100, 22_000);
    expect(s.s.trip).toBe(0);
    s.run(3000);
    expect(s.s.trip).toBe(TRIP_TIME);
    expect(s.s.allowed).toBe(30);
    expect(s.s.measured).toBeGreaterThan(30);
    expect(s.s.measured).toBeLessThanOrEqual(30 + ROUND / 1000);
  });
  it('the last ms of it is allowed', () => {
    for (const [left, trip] of [
      [ROUND, 0],
      [ROUND - 1, TRIP_TIME],
    ] as const) {
      const s = new Stand().hold(100);
      while (s.s.roundAt !== s.t.now) s.tick({});
      tightenTo(s, s.s.usedMs + left);
      expect(s.run(ROUND).s.trip).toBe(trip);
    }
  });
});

function tightenTo(s: Stand, ms: number): void {
  Object.assign(s.s.limits, { pressureMs: ms });
}

describe('clock', () => {
  it('a tick as late as OVERRUN_MS is borne, a ms later is not', () => {
    expect(new Stand().hold(100).tick({}, OVERRUN_MS).s.trip).toBe(0);
    expect(new Stand().hold(100).tick({}, OVERRUN_MS + 1).s.trip).toBe(TRIP_OVERRUN);
    expect(new Stand().hold(100).tick({}, Number.NaN).s.trip).toBe(TRIP_OVERRUN);
  });
  it('half a period is borne, less is a jump, backwards too', () => {
    expect(new Stand().hold(100).tick({}, TICK_MS / 2).s.trip).toBe(0);
    expect(new Stand().hold(100).tick({}, TICK_MS / 2 - 1).s.trip).toBe(TRIP_CLOCK);
    expect(new Stand().hold(100).tick({}, -5000).s.trip).toBe(TRIP_CLOCK);
  });
  it('on a vented cuff a late tick is none: flash is written there', () => {
    expect(new Stand().run(400).tick({}, 900).s.trip).toBe(0);
  });
});

describe('supply and outputs', () => {
  it('supply below the limit for RAIL_MS trips, a short sag does not', () => {
    const s = new Stand().hold(100);
    s.run(RAIL_MS - 2 * ROUND, { railMv: 2990 }).run(ROUND, { railMv: 3000 });
    s.run(RAIL_MS - 2 * ROUND, { railMv: 2990 });
    expect(s.s.trip).toBe(0);
    expect(s.untilTrip(RAIL_MS, { railMv: 2990 })).toBeGreaterThan(0);
    expect(s.s.trip).toBe(TRIP_BATTERY);
  });
  it('under the pump 85 % are enough', () => {
    const s = new Stand().hold(60, 8000);
    Object.assign(s.s.air, { pumpMmHgPerS: 4 });
    expect(s.untilTrip(8000, (at) => ({ railMv: 2550, outPump: 1000, measuredMmHg: 60 + at / 250 }))).toBe(
      -1,
    );
    expect(
      s.untilTrip(8000, (at) => ({ railMv: 2549, outPump: 1000, measuredMmHg: 92 + at / 250 })),
    ).toBeGreaterThan(0);
    expect(s.s.trip).toBe(TRIP_BATTERY);
  });
  it('one look at a driver fault is borne, two in a row trip', () => {
    const s = new Stand().hold(100);
    s.run(ROUND, { driverFaults: 2 }).run(ROUND, { driverFaults: 0 }).run(ROUND, { driverFaults: 2 });
    expect(s.s.trip).toBe(0);
    s.run(ROUND, { driverFaults: 2 });
    expect(s.s.trip).toBe(TRIP_DRIVER);
    expect(new Stand().hold(100).run(3 * ROUND, { driverFaults: 4 }).s.trip).toBe(TRIP_MEMORY_LOW);
    expect(new Stand().hold(100).run(3 * ROUND, { driverFaults: 3 }).s.trip).toBe(TRIP_DRIVER);
    expect(new Stand().hold(100).run(3 * ROUND, { driverFaults: Number.NaN }).s.trip).toBe(TRIP_DRIVER);
  });
  const good = { readsTerminals: true, pumpMv: 0, valveMv: 3600 };
  const shut = () => {
    const s = new Stand();
    Object.assign(s.t, good);
    return s
      .run(800, { valveMv: 0, outVent: true })
      .tick({ outVent: false, setpoint: 100, measuredMmHg: 40, valveMv: 3600 })
      .run(1500);
  };
  it('outputs as told are silent', () => {
    expect(shut().run(5000).s.trip).toBe(0);
    expect(
      shut().run(2000, (at) => ({ outPump: 1000, pumpMv: 3500, measuredMmHg: 40 + at / 100 })).s.trip,
    ).toBe(0);
  });
  it('a pump that is live while off trips at the second look, after its coasting, even on a vented cuff', () => {
    const s = shut();
    s.run(ROUND, { pumpMv: 700 }).run(ROUND, { pumpMv: 0 });
    expect(s.s.trip).toBe(0);
    expect(s.untilTrip(5 * ROUND, { pumpMv: 600 })).toBeGreaterThan(0);
    expect(s.s.trip).toBe(TRIP_PUMP_LIVE);
    const coasting = shut();
    coasting.run(400, { outPump: 1000, pumpMv: 3500, measuredMmHg: 42 });
    expect(coasting.untilTrip(500, { outPump: 0, pumpMv: 900 })).toBe(-1);
    expect(coasting.untilTrip(800, { pumpMv: 900 })).toBeGreaterThan(0);
    const idle = new Stand();
    Object.assign(idle.t, good, { valveMv: 0 });
    idle.run(3000);
    expect(idle.s.trip).toBe(0);
    expect(idle.untilTrip(2000, { pumpMv: 3000 })).toBeGreaterThan(0);
    expect(idle.s.trip).toBe(TRIP_PUMP_LIVE);
  });
  describe('a pump whose input is stuck runs while its driver is awake, in every other look', () => {
    /** Live in the looks at `0, every, 2 * every, ...`, and with no coasting in between. */
    const inTurns = (every: number) => (at: number) => ({ pumpMv: at % every < ROUND ? 3500 : 0 });
    it('on a vented cuff: within a second and a half', () => {
      const idle = new Stand();
      Object.assign(idle.t, good, { valveMv: 0 });
      idle.run(3000);
      expect(idle.untilTrip(1500, inTurns(2 * ROUND))).toBeGreaterThan(0);
      expect([idle.s.trip, idle.s.measured]).toEqual([TRIP_PUMP_LIVE, 3500]);
    });
    it('with the valve shut too', () => {
      const s = shut();
      expect(s.untilTrip(1500, inTurns(2 * ROUND))).toBeGreaterThan(0);
      expect(s.s.trip).toBe(TRIP_PUMP_LIVE);
    });
    it('at a slower loop too', () => {
      const slow = new Stand(100);
      Object.assign(slow.t, good, { valveMv: 0 });
      slow.run(3200);
      expect(slow.untilTrip(2800, (at) => ({ pumpMv: at % 800 < 400 ? 3500 : 0 }))).toBeGreaterThan(0);
    });
    it('a reading in every third look is none', () => {
      expect(shut().untilTrip(20_000, inTurns(3 * ROUND))).toBe(-1);
    });
    it.each([2, 3, 4, 5])('nor is a pump that is driven once in %i looks and coasts', (looks) => {
      const round = looks * ROUND;
      const s = shut();
      expect(
        s.untilTrip(20_000, (at) => {
          const since = at % round;
          const on = since < 100;
          return {
            outPump: on ? 300 : 0,
            pumpMv: on ? 1500 : since < 500 ? 900 : 0,
            measuredMmHg: 40 + at / 1000,
          };
        }),
      ).toBe(-1);
    });
  });
  it('a pump that is dead while on trips, at full drive only', () => {
    const rising = (duty: number) => (at: number) => ({
      outPump: duty,
      pumpMv: 590,
      measuredMmHg: 40 + at / 100,
    });
    const s = shut();
    expect(s.untilTrip(2000, rising(1000))).toBeGreaterThan(0);
    expect(s.s.trip).toBe(TRIP_PUMP_DEAD);
    expect(shut().untilTrip(2000, rising(500))).toBe(-1);
  });
  it('a valve that has no power while shut trips: the lease has cut it', () => {
    const s = shut();
    expect(s.untilTrip(2000, { valveMv: 599 })).toBeGreaterThan(0);
    expect(s.s.trip).toBe(TRIP_VALVE_DEAD);
    expect(shut().untilTrip(2000, { valveMv: 100, outBleedMs: 20 })).toBe(-1);
  });
  it('a valve that is held shut during a vent is a hazard', () => {
    const s = shut();
    expect(
      s.untilTrip(2000, (at) => ({
        outVent: true,
        setpoint: null,
        valveMv: 3600,
        measuredMmHg: 40 - at / 100,
      })),
    ).toBeGreaterThan(0);
    expect(s.s.trip).toBe(TRIP_VALVE_LIVE);
    expect(s.s.hazard).toBe(TRIP_VALVE_LIVE);
    expect(
      shut().untilTrip(2000, (at) => ({
        outVent: true,
        setpoint: null,
        valveMv: 599,
        measuredMmHg: 40 - at / 100,
      })),
    ).toBe(-1);
  });
  it('a board that cannot read back is not judged', () => {
    expect(shut().untilTrip(4000, { readsTerminals: false, pumpMv: 3000, valveMv: 0 })).toBe(-1);
  });
});

describe('what is no trip', () => {
  it('standing up by 40 mmHg and letting it out again', () => {
    const s = new Stand().hold(100, 12_000);
    s.run(800, (at) => ({ measuredMmHg: 100 + (40 * at) / 800 })).run(1000, (at) => ({
      measuredMmHg: 140 - (40 * at) / 1000,
      outBleedMs: 30,
    }));
    expect(s.untilTrip(30_000, { measuredMmHg: 100, outBleedMs: 0 })).toBe(-1);
  });
  it('a cough', () => {
    const s = new Stand().hold(160, 12_000);
    s.run(600, (at) => ({ measuredMmHg: 160 + 15 * (1 - Math.cos((2 * Math.PI * at) / 600)) }));
    expect(s.untilTrip(20_000, { measuredMmHg: 160 })).toBe(-1);
  });
});
