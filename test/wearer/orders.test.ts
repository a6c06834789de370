/** What each gesture means in each phase, and what a change of phase takes with it. */
import { describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { trip } from '../../src/safety/latch.ts';
import { TRIP_LEAK, TRIP_PRESSURE_VANISHED } from '../../src/safety/rows/air.ts';
import { TRIP_PUMP_LIVE } from '../../src/safety/rows/outputs.ts';
import { TRIP_SENSOR_FROZEN } from '../../src/safety/rows/sensor.ts';
import { beginMeasurement } from '../../src/session/measurement.ts';
import { OWED, OWED_NOT } from '../../src/session/session.ts';
import { noteChange } from '../../src/wearer/noted.ts';
import { ORDERS, orderIn } from '../../src/wearer/orders.ts';
import { press } from '../../src/wearer/press.ts';
import { Device, working } from '../loop/device.ts';

const IDLE = 0;
const READY = 1;
const WORK = 3;
const RELEASED = 5;
const DEFLATE = 6;
const DONE = 7;
const TRIPPED = 8;
const PAUSED = 10;
const POSTURE = 11;

/** Settled, put into `phase` with a step under way. */
function inPhase(phase: number): Device {
  const d = new Device().settle();
  Object.assign(d.core.session, { phase, step: 0, protocol: working(60), lopMmHg: 200 });
  return d;
}

/** The phase after `gesture` in `phase`. */
function phaseAfter(phase: number, gesture: number): number {
  const d = inPhase(phase);
  orderIn(d.core, phase, gesture);
  return d.core.session.phase;
}

describe('a gesture', () => {
  it.each<[string, number, ReadonlyArray<number>]>([
    ['idle', IDLE, [IDLE, READY, IDLE, IDLE, POSTURE, IDLE]],
    ['ready', READY, [READY, READY, READY, READY, READY, READY]],
    ['work', WORK, [WORK, WORK, WORK, WORK, WORK, WORK]],
    ['released', RELEASED, [RELEASED, PAUSED, RELEASED, RELEASED, DEFLATE, RELEASED]],
    ['deflate', DEFLATE, [DEFLATE, DEFLATE, DEFLATE, DEFLATE, DEFLATE, DEFLATE]],
    ['done', DONE, [DONE, IDLE, IDLE, IDLE, IDLE, IDLE]],
    ['paused', PAUSED, [PAUSED, READY, PAUSED, PAUSED, DEFLATE, PAUSED]],
    ['posture?', POSTURE, [POSTURE, READY, READY, READY, IDLE, IDLE]],
    ['no phase', 99, [99, 99, 99, 99, 99, 99]],
  ])('%s', (_name, phase, phases) => {
    expect([0, 1, 2, 3, 4, 5].map((gesture) => phaseAfter(phase, gesture))).toEqual(phases);
    expect(phaseAfter(phase, 6)).toBe(phase);
  });
  it('there is a row for every phase', () => {
    expect(ORDERS.length).toBe(12);
  });
  it('of five seconds on an idle device alone asks for service', () => {
    for (let phase = 0; phase < 12; phase++) {
      const d = inPhase(phase);
      expect(d.told(() => orderIn(d.core, phase, 5)).includes('service')).toBe(phase === IDLE);
    }
  });
  it('two presses in a rest or a pause take off 10 mmHg, 60 in all', () => {
    for (const phase of [RELEASED, PAUSED]) {
      const d = inPhase(phase);
      const seen = Array.from({ length: 7 }, () => {
        orderIn(d.core, phase, 2);
        return d.core.session.lessMmHg;
      });
      expect(seen).toEqual([10, 20, 30, 40, 50, 60, 60]);
    }
  });
  it('a press in a released rest stops the other cuff too', () => {
    const d = inPhase(RELEASED);
    expect(d.told(() => orderIn(d.core, RELEASED, 1))).toEqual(['relay']);
  });
  it('a press in a pause goes on with nothing against it and no release owed', () => {
    const owed = inPhase(PAUSED);
    owed.core.session.owed = OWED;
    orderIn(owed.core, PAUSED, 1);
    expect(owed.core.session.phase).toBe(PAUSED);
    const barred = inPhase(PAUSED);
    barred.core.session.owed = OWED_NOT;
    barred.core.tick.driverFaults = 1;
    orderIn(barred.core, PAUSED, 1);
    expect(barred.core.session.phase).toBe(PAUSED);
  });
  it('ends a session as stopped', () => {
    for (const phase of [RELEASED, PAUSED]) {
      const d = inPhase(phase);
      orderIn(d.core, phase, 4);
      expect(d.core.session.exit).toBe(2);
    }
  });
  it.each([1, 2, 3])('%d presses answer for the posture, and a measurement begins anew', (presses) => {
    const d = inPhase(POSTURE);
    d.core.session.exit = 2;
    orderIn(d.core, POSTURE, presses);
    const { ordered, posture } = d.core.measurement;
    expect([ordered, posture, d.core.session.exit, d.core.session.step]).toEqual([true, presses - 1, 0, -1]);
  });
  it('a hold on an idle device answers "the cuff is open" where that is asked, and asks nothing else', () => {
    const d = new Device().settle();
    d.core.sensing.zero.asks = true;
    orderIn(d.core, IDLE, 4);
    const { asks, confirmed } = d.core.sensing.zero;
    expect([d.core.session.phase, asks, confirmed]).toEqual([IDLE, false, true]);
    const barred = new Device().settle();
    barred.core.tick.driverFaults = 1;
    orderIn(barred.core, IDLE, 4);
    expect(barred.core.session.phase).toBe(IDLE);
  });
  it.each([
    [1, 1, 0],
    [2, 2, 0],
    [3, 3, 10],
  ])(
    '%d presses after a session say how it felt: in the record, in what comes next, in flash',
    (presses, felt, less) => {
      const d = new Device().fill(working(3)).until('done').run(1000);
      orderIn(d.core, DONE, presses);
      expect(JSON.parse(d.files['cuff.r3'] ?? '{}').felt).toBe(felt);
      expect(d.core.progress.lessMmHg).toBe(less);
      expect((d.files['cuff.prog'] ?? '').split(',')[5]).toBe(String(less));
    },
  );
  it('a hold after a session says nothing of how it felt', () => {
    const d = new Device().fill(working(3)).until('done').run(1000);
    expect(d.told(() => orderIn(d.core, DONE, 4))).toEqual([]);
  });
});

describe('a trip', () => {
  it('is acknowledged by one press where a press may do it, and no gesture clears another', () => {
    const leak = new Device().work();
    trip(leak.core.supervisor, leak.core.tick, TRIP_LEAK, 1, 2);
    leak.run(3000);
    for (const gesture of [2, 3, 4, 5]) {
      orderIn(leak.core, TRIPPED, gesture);
      expect(leak.core.session.phase).toBe(TRIPPED);
    }
    orderIn(leak.core, TRIPPED, 1);
    expect([leak.core.session.phase, leak.core.supervisor.trip]).toEqual([IDLE, 0]);
    const blind = new Device().work();
    trip(blind.core.supervisor, blind.core.tick, TRIP_SENSOR_FROZEN, 1, 2);
    blind.run(3000);
    orderIn(blind.core, TRIPPED, 1);
    expect([blind.core.session.phase, blind.core.supervisor.trip]).toEqual([TRIPPED, TRIP_SENSOR_FROZEN]);
    const live = new Device().work();
    trip(live.core.supervisor, live.core.tick, TRIP_PUMP_LIVE, 1, 2);
    live.run(3000);
    for (const gesture of [1, 2, 3, 4, 5]) orderIn(live.core, TRIPPED, gesture);
    expect([live.core.session.phase, live.core.supervisor.trip]).toEqual([TRIPPED, TRIP_PUMP_LIVE]);
  });
  it('that a press clears takes no hazard with it that only a restart clears', () => {
    const d = new Device().work();
    trip(d.core.supervisor, d.core.tick, TRIP_LEAK, 1, 2);
    d.run(3000);
    trip(d.core.supervisor, d.core.tick, TRIP_PUMP_LIVE, 1, 2);
    orderIn(d.core, TRIPPED, 1);
    const { trip: first, hazard } = d.core.supervisor;
    expect([d.core.session.phase, first, hazard]).toEqual([TRIPPED, TRIP_LEAK, TRIP_PUMP_LIVE]);
  });
  it('with a hazard that a press clears goes by that press', () => {
    const d = new Device().work();
    trip(d.core.supervisor, d.core.tick, TRIP_LEAK, 1, 2);
    d.run(3000);
    trip(d.core.supervisor, d.core.tick, TRIP_PRESSURE_VANISHED, 1, 2);
    expect(d.core.supervisor.hazard).toBe(TRIP_PRESSURE_VANISHED);
    orderIn(d.core, TRIPPED, 1);
    expect([d.core.session.phase, d.core.supervisor.hazard]).toEqual([IDLE, 0]);
  });
  it('whose vent nobody sees is written down after a minute of open valve, not before', () => {
    const d = new Device().work();
    trip(d.core.supervisor, d.core.tick, TRIP_LEAK, 1, 2);
    const full = (ms: number): void => {
      for (let at = 0; at < ms; at += TICK_MS) {
        d.mmHg = 90;
        d.tick();
      }
    };
    full(60_000);
    expect([d.core.supervisor.pressurised, d.files['cuff.r3']]).toEqual([true, undefined]);
    while (d.files['cuff.r3'] === undefined) full(TICK_MS);
    expect(JSON.parse(d.files['cuff.r3'] ?? '{}').trip).toBe('leak');
    expect(d.core.session.phaseMs).toBeGreaterThan(60_000);
    expect(d.core.session.phaseMs).toBeLessThanOrEqual(60_000 + 8 * TICK_MS);
  });
  it('ends what was under way in the tick that it comes in', () => {
    const d = new Device().work();
    trip(d.core.supervisor, d.core.tick, TRIP_LEAK, 1, 2);
    d.run(200);
    expect([d.core.session.phase, d.core.session.exit, d.core.tick.setpoint]).toEqual([TRIPPED, 3, null]);
  });
});

describe('a measurement', () => {
  it('that a stop has taken out of its phases is over in the next look', () => {
    const d = new Device().settle();
    d.core.measurement.ordered = true;
    d.tick();
    expect([d.core.measurement.ordered, d.phase, d.core.session.exit]).toEqual([false, 'deflate', 4]);
    const waiting = inPhase(READY);
    waiting.core.session.step = -1;
    waiting.core.sensing.zero.refusal = 1;
    waiting.core.sensing.zero.count = -1e9;
    waiting.core.measurement.ordered = true;
    waiting.tick();
    expect([waiting.core.measurement.ordered, waiting.phase]).toEqual([true, 'ready']);
  });
  it('is asked for in every tick, the rest of the work is done in one of four, and nothing is blinked', () => {
    const d = new Device().settle();
    d.core.measurement.ordered = true;
    beginMeasurement(d.core);
    d.run(3000);
    expect([d.phase, d.core.supervisor.pressurised]).toEqual(['lop', true]);
    let asked = 0;
    const from = d.core.measurement.lop.totalMs;
    for (let i = 0; i < 8; i++) if (d.tick().core.tick.askedAt === d.now) asked++;
    expect([asked, d.core.measurement.lop.totalMs - from, d.core.lamps.noticeUntilMs]).toEqual([
      2,
      8 * TICK_MS,
      0,
    ]);
  });
  it('that is refused has its reason blinked for a minute', () => {
    const d = new Device({ settings: { maxMmHg: 60 } }).settle();
    orderIn(d.core, POSTURE, 3);
    d.until('deflate');
    expect(d.core.lamps.noticeNumber).toBeGreaterThan(0);
    expect(d.core.lamps.noticeUntilMs - d.now).toBe(60_000);
  });
});

describe('a change', () => {
  it('of phase or step goes into the recorder once, with what was before', () => {
    const d = new Device().settle();
    const seen = (): number => d.core.recorder.phases.length / 3;
    const before = seen();
    noteChange(d.core);
    expect(seen()).toBe(before);
    d.core.session.phase = PAUSED;
    noteChange(d.core);
    noteChange(d.core);
    expect(seen()).toBe(before + 1);
    d.core.session.step = 4;
    noteChange(d.core);
    expect([seen(), d.core.noted]).toEqual([before + 2, { phase: PAUSED, step: 4 }]);
    expect(d.core.recorder.phases.slice(-6)).toEqual([IDLE, -1, 9, PAUSED, -1, 0]);
  });
  it('drops the demand on a vented cuff and keeps it under pressure', () => {
    for (const pressurised of [false, true]) {
      const d = new Device().settle();
      Object.assign(d.core.supervisor, { pressurised });
      d.core.tick.setpoint = 90;
      d.core.session.step = 1;
      noteChange(d.core);
      expect(d.core.tick.setpoint).toBe(pressurised ? 90 : null);
    }
  });
  it('of phase drops the press under way, of a step alone it does not', () => {
    for (const [change, consumed] of [
      [{ phase: PAUSED }, true],
      [{ step: 3 }, false],
    ] as const) {
      const d = new Device().settle();
      press(d.core, 1, d.now - 100);
      Object.assign(d.core.session, change);
      noteChange(d.core);
      expect(d.core.gestures.consumed).toBe(consumed);
    }
  });
  it('after a question a late answer means nothing', () => {
    for (const [phase, used] of [
      [DONE, true],
      [POSTURE, true],
      [PAUSED, false],
      [IDLE, false],
    ] as const) {
      const d = new Device().settle();
      d.core.noted.phase = phase;
      d.core.session.phase = DEFLATE;
      noteChange(d.core);
      expect(d.core.gestures.usedAt === d.core.tick.now, String(phase)).toBe(used);
    }
  });
});
