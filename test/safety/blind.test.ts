import { describe, expect, it } from 'vitest';
import { Random } from '../../sim/plant/random.ts';
import { RELEASE_MS, TICK_MS } from '../../src/limits.ts';
import { confirmOpened } from '../../src/safety/fullness.ts';
import { clearTrip } from '../../src/safety/latch.ts';
import { TRIP_FILL_UNANSWERED } from '../../src/safety/rows/fill.ts';
import { FLAT_MS, TRIP_SENSOR_FLAT } from '../../src/safety/rows/sensor.ts';
import { isReleased } from '../../src/safety/time-rules.ts';
import { mayPumpNow } from './gate-stand.ts';
import { Stand } from './stand.ts';

/** A fill by a cuff and a line of its own: the reading is what `line` makes of the pressure. Gives ms of pump until a trip, -1 = none. */
function fill(s: Stand, mmHgPerS: number, line: (mmHg: number, shown: number) => number, to = 130): number {
  s.tick({ outVent: false, setpoint: to, measuredMmHg: 0 });
  let cuff = 0;
  let shown = 0;
  let pumped = 0;
  for (let n = 0; n < 4000 && s.s.trip === 0 && shown < to; n++) {
    const on = s.s.air.lookingSince === 0;
    if (on) cuff += (mmHgPerS * s.period) / 1000;
    if (on) pumped += s.period;
    shown = line(cuff, shown);
    s.tick({ measuredMmHg: shown, outPump: on ? 1000 : 0 });
  }
  return s.s.trip === 0 ? -1 : pumped;
}

const stands = (from: number) => (mmHg: number, shown: number) => (mmHg < from ? mmHg : shown);
const lags = (seconds: number) => (mmHg: number, shown: number) =>
  shown + ((mmHg - shown) * TICK_MS) / 1000 / seconds;

/** Whatever the reading does in the vent, and however long it takes: nothing is empty before the wearer has opened the cuff and said so. */
function expectFull(s: Stand): void {
  const from = s.t.measuredMmHg;
  s.run(RELEASE_MS, (at) => ({
    outVent: true,
    setpoint: null,
    outPump: 0,
    measuredMmHg: Math.max(0, from - at / 30),
  }));
  expect([s.s.pressurised, isReleased(s.s), clearTrip(s.s)]).toEqual([true, false, false]);
  confirmOpened(s.s);
  s.tick({});
  expect([s.s.pressurised, clearTrip(s.s)]).toEqual([false, true]);
}

describe('a fill must be answered', () => {
  it.each([8, 15, 33, 60, 120])('a healthy one at %d mmHg/s is', (rate) => {
    expect(fill(new Stand(), rate, (mmHg) => mmHg)).toBe(-1);
  });

  it.each([
    [33, 60],
    [60, 60],
    [120, 40],
    [15, 100],
  ])('at %d mmHg/s a reading that stands from %d mmHg on is found before 180 mmHg more', (rate, from) => {
    const s = new Stand();
    const ms = fill(s, rate, stands(from));
    expect(s.s.trip).toBe(TRIP_FILL_UNANSWERED);
    expect(s.s.hazard).toBe(TRIP_FILL_UNANSWERED);
    expect((ms * rate) / 1000 - from).toBeLessThan(180);
  });

  it.each([5, 10, 60])(
    'a line that lags by %d s from the start is found in a look, far below occlusion',
    (seconds) => {
      const s = new Stand();
      const ms = fill(s, 33, lags(seconds));
      expect(s.s.trip).toBe(TRIP_FILL_UNANSWERED);
      expect((ms * 33) / 1000).toBeLessThan(120);
    },
  );

  it('nothing is pumped in a look, and a cough in one is borne', () => {
    const s = new Stand().tick({ outVent: false, setpoint: 130, measuredMmHg: 0 });
    for (let i = 0; i < 40 && s.s.air.lookingSince === 0; i++) s.tick({ measuredMmHg: i / 2, outPump: 1000 });
    expect(s.s.air.lookingSince).toBeGreaterThan(0);
    expect(mayPumpNow(s)).toBe(false);
    s.run(1100, (at) => ({ measuredMmHg: 10 + (at > 500 && at < 1100 ? 12 : 0), outPump: 0 })).run(2000, {
      measuredMmHg: 10,
    });
    expect(s.s.trip).toBe(0);
    expect(s.s.air.lookingSince).toBe(0);
    expect(mayPumpNow(s)).toBe(true);
  });

  it('a slack cuff, a weak pump and a wearer who shifts are given their time', () => {
    const slack = (mmHg: number) => (mmHg < 60 ? mmHg / 20 : mmHg - 57);
    expect(fill(new Stand(), 15, slack)).toBe(-1);
    expect(fill(new Stand(), 2, (mmHg) => mmHg, 60)).toBe(-1);
    expect(fill(new Stand(), 33, (mmHg) => (mmHg > 60 ? mmHg - 15 : mmHg))).toBe(-1);
  });

  it('a look is short where the reading stops with the pump, and no second one follows', () => {
    const s = new Stand().tick({ outVent: false, setpoint: 130, measuredMmHg: 0 });
    let looked = 0;
    let mmHg = 0;
    for (let n = 0; n < 200 && mmHg < 120; n++) {
      const looks = s.s.air.lookingSince > 0;
      if (looks) looked += s.period;
      else mmHg += (20 * s.period) / 1000;
      s.tick({ measuredMmHg: mmHg, outPump: looks ? 0 : 1000 });
    }
    expect(looked).toBeGreaterThan(0);
    expect(looked).toBeLessThanOrEqual(400);
    expect(s.s.trip).toBe(0);
  });

  it.each<[string, (mmHg: number, shown: number) => number]>([
    ['nothing', () => 0],
    ['the first half', stands(60)],
    ['what a line lets through that lags by 10 s', lags(10)],
  ])(
    'where %s was seen of what went in, a reading that falls to zero proves nothing afterwards',
    (_name, line) => {
      const s = new Stand();
      fill(s, 33, line);
      expect(s.s.trip).toBe(TRIP_FILL_UNANSWERED);
      expectFull(s);
    },
  );
});

describe('a limb is alive', () => {
  /** Share of a step that the smoothed reading takes in a tick. */
  const SHARE = TICK_MS / (TICK_MS + 80);
  /** A part with noise, on the vented cuff and then in a hold with a pulse of `mmHg` peak to peak until `until` ms; at most until the pump is held off, if asked. */
  const held = (
    noise: number,
    pulse: number,
    until: number,
    seconds: number,
    stopsAtDoubt = false,
  ): Stand => {
    const rng = new Random(3);
    const s = new Stand();
    let p = 0;
    const part = (mmHg: number) => {
      p += (mmHg + noise * rng.gauss() - p) * SHARE;
      return { measuredMmHg: mmHg, filteredMmHg: p };
    };
    s.run(16_000, () => part(0));
    s.hold(100, 0);
    p = 100;
    for (
      let at = 0;
      at < seconds * 1000 && s.s.trip === 0 && !(stopsAtDoubt && s.s.air.flatDoubt);
      at += TICK_MS
    )
      s.tick({
        ...part(100 + (at < until ? (pulse / 2) * Math.sin((2 * Math.PI * 1.1 * at) / 1000) : 0)),
        outPump: 0,
      });
    return s;
  };

  it('a pulse of 0.6 mmHg is seen above the noise of a good part, for minutes', () => {
    expect(held(0.08, 0.6, 300_000, 300).s.trip).toBe(0);
  });

  it('a reading that stirs no more than on the vented cuff is found within 15 s', () => {
    const s = held(0.08, 2, 20_000, 60);
    expect(s.s.trip).toBe(TRIP_SENSOR_FLAT);
    expect(s.t.now - 16_000 - 6_800 - 20_000).toBeLessThan(15_000);
    expect(s.s.air.flatMs).toBeGreaterThanOrEqual(FLAT_MS);
  });

  it('what does not see the limb does not prove the cuff empty either', () => {
    expectFull(held(0.08, 2, 20_000, 60));
  });

  it('nothing is pumped while the reading is that still', () => {
    const s = held(0.08, 2, 20_000, 40, true);
    expect([s.s.trip, s.s.air.flatDoubt]).toEqual([0, true]);
    expect(mayPumpNow(s)).toBe(false);
  });

  it('a setpoint that is raised meanwhile is filled to all the same', () => {
    const s = held(0.08, 2, 20_000, 40, true);
    s.run(400, { setpoint: 120 });
    expect([s.s.trip, s.s.air.flatDoubt, s.s.reached]).toEqual([0, false, false]);
    expect(mayPumpNow(s)).toBe(true);
  });

  it('a cuff around a bottle, which never showed a pulse, is none', () => {
    expect(held(0.08, 0, 0, 120).s.trip).toBe(0);
  });

  it.each([
    [60, TRIP_SENSOR_FLAT],
    [155, 0],
  ])(
    'a limb that was seen before a release of %d s is one after it, unless that was long',
    (release, trip) => {
      const s = held(0.08, 2, 20_000, 19);
      const rng = new Random(4);
      let p = 0;
      const part = (mmHg: number) => {
        p += (mmHg + 0.08 * rng.gauss() - p) * SHARE;
        return { measuredMmHg: mmHg, filteredMmHg: p };
      };
      s.run(3000, (at) => ({
        outVent: true,
        setpoint: null,
        outPump: 0,
        measuredMmHg: Math.max(1, 100 - at / 20),
      }));
      s.run(release * 1000, () => part(0));
      s.hold(100, 0);
      p = 100;
      s.untilTrip(30_000, () => ({ ...part(100), outPump: 0 }));
      expect(s.s.trip).toBe(trip);
    },
  );

  it('a part that is too noisy for it is not judged', () => {
    expect(held(0.4, 0.6, 0, 60).s.trip).toBe(0);
  });
});
