/** What may be done on a vented cuff, and when: the zero, the start, the refill, what is written and what is given back. */
import { describe, expect, it } from 'vitest';
import { FILE_COMMISSIONED } from '../../src/files.ts';
import { OVERRUN_MS, TICK_MS } from '../../src/limits.ts';
import { PHASE_READY } from '../../src/phases.ts';
import { COMMISSIONING } from '../../src/record/box.ts';
import { INHIBIT_COMMISSION, INHIBIT_LOCKOUT } from '../../src/safety/inhibits.ts';
import { ZERO_NOT_FLAT, ZERO_OK, ZERO_WAITING } from '../../src/sensing/zero.ts';
import { renewBench } from '../../src/session/bench-lease.ts';
import { ACTIVITY_PASSIVE, type Protocol, STEP_REST } from '../../src/session/protocol.ts';
import { beginSteps, OWED_NOT, startSession } from '../../src/session/session.ts';
import { press, release } from '../../src/wearer/press.ts';
import { Device, working } from '../loop/device.ts';

/** A vent's tail is not flat before (docs/sources.md): nothing is zeroed on it, ms. */
const ZERO_WAIT_MS = 3000;
/** Two windows of 16 samples that agree, ms. */
const ZERO_TAKES_MS = 2 * 16 * TICK_MS;
const TRAINING = 1;

/** Stopped in its work by a press, the cuff empty. */
function paused(): Device {
  return push(new Device().work());
}

/** One short press of the training button, not understood yet. */
function push(d: Device): Device {
  press(d.core, TRAINING, d.now);
  release(d.core, TRAINING, d.now + 100);
  return d;
}

/** The button has been pressed, the zero is good, nothing has been written that has to be, and the next tick may begin. */
function aboutToFill(): Device {
  const d = push(new Device().settle()).until('ready');
  while (d.core.lock.open === false) d.tick();
  expect(d.phase).toBe('ready');
  return d;
}

describe('the zero', () => {
  it('is not looked at in the first three seconds of a vent: its tail reads too high and looks flat', () => {
    const d = paused();
    const zero = d.core.sensing.zero;
    let looked = 0;
    while (d.core.supervisor.pressurised) d.tick();
    for (let ms = 0; ms < 4000; ms += TICK_MS) {
      d.tick();
      const ready = d.core.supervisor.ventedMs >= ZERO_WAIT_MS;
      expect(zero.count > 0, `${d.core.supervisor.ventedMs}`).toBe(ready && ++looked % 16 !== 0);
    }
    expect(looked).toBeGreaterThan(10);
  });
  it('at power-up neither', () => {
    const d = new Device().run(ZERO_WAIT_MS - 2 * TICK_MS);
    expect([d.core.sensing.zero.count, d.core.sensing.zero.previous]).toEqual([0, Number.NaN]);
    d.run(6 * TICK_MS);
    expect(d.core.sensing.zero.count).toBeGreaterThan(0);
  });
  it('is fed by new conversions alone, each once', () => {
    const d = new Device().run(ZERO_WAIT_MS + 5 * TICK_MS);
    const zero = d.core.sensing.zero;
    const before = zero.count;
    const { sensor } = d.core.ports;
    const sample = sensor.sample;
    sensor.sample = () => Number.NaN;
    d.run(3 * TICK_MS);
    expect(zero.count).toBe(before);
    sensor.sample = sample;
    d.tick();
    expect(zero.count).toBe(before + 1);
  });
  it('of before a fill is forgotten under pressure: to go on takes a new one, three seconds of vent included', () => {
    const d = new Device().settle();
    expect(d.core.sensing.zero.refusal).toBe(ZERO_OK);
    d.work();
    expect([d.core.sensing.zero.refusal, d.core.sensing.zero.previous]).toEqual([ZERO_WAITING, Number.NaN]);
    push(d);
    while (d.core.supervisor.pressurised) d.tick();
    // a press in the first moment after the vent
    d.core.gestures.usedAt = -1e9;
    d.tap();
    expect(d.phase).toBe('ready');
    while (d.phase !== 'fill') {
      expect(d.shut).toBe(false);
      d.tick();
    }
    expect(d.core.supervisor.ventedMs).toBeGreaterThanOrEqual(ZERO_WAIT_MS + ZERO_TAKES_MS - 2 * TICK_MS);
  });
  it('a window under way is not carried over a fill', () => {
    const d = new Device().settle();
    d.core.sensing.zero.count = 7;
    d.work();
    expect(d.core.sensing.zero.count).toBe(0);
  });
});

/** No fill begins in a tick that came later after the last one. */
const LATEST_MS = OVERRUN_MS / 2;

describe('a start', () => {
  it('is not begun in a late tick nor after one, however often they come', () => {
    const d = aboutToFill();
    const late = d.told(() => {
      for (let i = 0; i < 40; i++) d.tick(LATEST_MS + 1);
    });
    expect([d.phase, late.includes('valve 0')]).toEqual(['ready', false]);
    // the looks before it may be due again, and count for the ticks after them
    d.tick(LATEST_MS);
    d.tick(LATEST_MS);
    expect(d.phase).toBe('fill');
  });
  it('is not begun on a zero that has become bad since the looks: they are made again', () => {
    const d = aboutToFill().tick();
    const zero = d.core.sensing.zero;
    const { checkedAt } = d.core.readiness;
    expect(checkedAt).toBe(d.core.tick.count);
    zero.refusal = ZERO_NOT_FLAT;
    // no window of the zero ends meanwhile
    zero.count = 0;
    expect(d.run(8 * TICK_MS).phase).toBe('ready');
    expect(d.core.readiness.checkedAt).toBe(checkedAt);
    zero.refusal = ZERO_OK;
    expect(d.tick().phase).toBe('ready');
    expect(d.core.readiness.checkedAt).toBe(d.core.tick.count);
    expect(d.tick().phase).toBe('fill');
  });
  it('counts on the looks for three ticks, and makes them again in the fourth', () => {
    const d = aboutToFill().tick();
    const { checkedAt } = d.core.readiness;
    const late = (): number => d.tick(LATEST_MS + 1).core.readiness.checkedAt - checkedAt;
    expect([late(), late(), late(), late()]).toEqual([0, 0, 0, 4]);
    const third = aboutToFill().tick();
    third.tick(LATEST_MS + 1).tick(LATEST_MS + 1);
    expect(third.tick().phase).toBe('fill');
  });
  it('uses the looks up: another one right after it is looked at anew', () => {
    const d = aboutToFill().tick();
    expect(d.tick().phase).toBe('fill');
    d.core.session.phase = PHASE_READY;
    Object.assign(d.core.supervisor, { pressurised: false });
    d.core.tick.outVent = true;
    d.seen = { railMv: 3700, driverFaults: 1 };
    d.core.tick.driverFaults = 1;
    expect(d.tick().phase).toBe('paused');
  });
  it('nor a measurement', () => {
    const d = aboutToFill();
    d.core.measurement.ordered = true;
    d.tick(LATEST_MS + 1);
    expect(d.phase).toBe('ready');
    d.tick();
    expect(d.phase).toBe('lop');
  });
  it('is not begun on a reading in doubt', () => {
    const d = aboutToFill();
    const { sensor } = d.core.ports;
    const sample = sensor.sample;
    sensor.sample = () => Number.NaN;
    // late ticks hold the start until the doubt is there
    for (let i = 0; i < 3; i++) d.tick(LATEST_MS + 1);
    d.tick();
    expect([d.core.tick.doubtful, d.phase, d.shut]).toEqual([true, 'ready', false]);
    sensor.sample = sample;
    d.until('fill');
  });
  it('of a build that is not commissioned is one for its commissioning run, and none for a measurement', () => {
    const run: Protocol = {
      id: COMMISSIONING,
      activity: ACTIVITY_PASSIVE,
      stage: 0,
      steps: [{ kind: STEP_REST, ms: 60_000, permille: 0, mmHg: 80, rampMmHgPerS: 0 }],
    };
    const started = (ordered: boolean): Device => {
      const d = new Device({ files: { [FILE_COMMISSIONED]: '' } }).settle();
      startSession(d.core.session, run, 200);
      d.core.measurement.ordered = ordered;
      renewBench(d.core.bench, d.now + 2000);
      for (let i = 0; d.phase === 'ready' && i < 100; i++) d.tick();
      return d;
    };
    const may = started(false);
    expect([may.phase, may.core.readiness.inhibits]).toEqual(['fill', 0]);
    const not = started(true);
    expect([not.phase, not.core.readiness.inhibits]).toEqual(['deflate', INHIBIT_COMMISSION]);
  });
  it('keeps a zero that has moved by more than 1 mmHg, up or down, and none that has not', () => {
    for (const [kept, written] of [
      ['7610', []],
      ['7590', []],
      ['7612', ['write cuff.zero ...']],
      ['7588', ['write cuff.zero ...']],
    ] as const) {
      const d = new Device({ files: { 'cuff.zero': kept } }).settle();
      d.core.sensing.zero.count = -1e9;
      d.core.sensing.zero.mmHg = 760;
      const calls = d.told(() => push(d).until('fill'));
      expect(
        calls.filter((c) => c.startsWith('write cuff.zero')),
        kept,
      ).toEqual(written);
      expect(d.files['cuff.zero']).toBe(written.length > 0 ? '7600' : kept);
      expect(d.core.sensing.zero.kept).toBe(Number(d.files['cuff.zero']) / 10);
    }
  });
  it('writes one thing a tick: the zero, the lock, then it fills', () => {
    const d = new Device({ files: { 'cuff.zero': '7620' } }).settle();
    push(d);
    const order: string[] = [];
    while (d.phase !== 'fill') {
      const said = d.told(() => d.tick()).filter((c) => c.startsWith('write'));
      expect(said.length).toBeLessThanOrEqual(1);
      order.push(...said);
    }
    expect(order).toEqual(['write cuff.zero ...', 'write cuff.lock 1']);
    expect(d.phase).toBe('fill');
  });
  it('is given up at once where the lock cannot be written', () => {
    const d = push(new Device().settle());
    d.stores = false;
    while (d.refused === 0) d.tick();
    expect([d.phase, d.core.session.exit, d.core.lock.open]).toEqual(['deflate', 4, false]);
  });
  it('that something speaks against is given up at once: a measurement is over, a session goes back to its pause', () => {
    const lop = aboutToFill();
    lop.core.measurement.ordered = true;
    lop.core.tick.driverFaults = 1;
    lop.seen = { railMv: 3700, driverFaults: 1 };
    lop.tick();
    expect([lop.phase, lop.core.measurement.ordered]).toEqual(['deflate', false]);
    const session = aboutToFill();
    session.core.session.step = 0;
    session.core.tick.driverFaults = 1;
    session.seen = lop.seen;
    session.tick();
    expect([session.phase, session.core.session.exit]).toEqual(['paused', 0]);
  });
  it('is given up where the zero cannot be kept', () => {
    const d = new Device({ files: { 'cuff.zero': '7620' } }).settle();
    push(d).until('ready');
    d.stores = false;
    d.until('deflate', 5000);
    expect([d.core.session.exit, d.shut, d.core.lock.open]).toEqual([4, false, false]);
  });
});

describe('a refill', () => {
  const resting: Protocol = {
    ...working(4),
    steps: [
      { kind: 1, ms: 4000, permille: 500, mmHg: 0, rampMmHgPerS: 0 },
      { kind: STEP_REST, ms: 60_000, permille: 0, mmHg: 0, rampMmHgPerS: 0 },
      { kind: 1, ms: 4000, permille: 500, mmHg: 0, rampMmHgPerS: 0 },
    ],
  };
  it('is barred by what speaks against it, said within half a second, and freed again', () => {
    const d = new Device().work(resting).until('released').run(6000);
    expect([d.core.session.barred, d.core.session.owed]).toEqual([false, OWED_NOT]);
    d.seen = { railMv: 3700, driverFaults: 1 };
    d.run(12 * TICK_MS);
    expect(d.core.session.barred).toBe(true);
    expect(d.core.readiness.inhibits).toBeGreaterThan(0);
    d.seen = { railMv: 3700, driverFaults: 0 };
    d.run(12 * TICK_MS);
    expect([d.core.session.barred, d.core.readiness.inhibits]).toEqual([false, 0]);
  });
  it('is looked at in one tick of eight: the looks are long', () => {
    const d = new Device().work(resting).until('released').run(6000);
    let looks = 0;
    for (let i = 0; i < 16; i++) {
      d.core.session.barred = true;
      d.tick();
      if (!d.core.session.barred) looks++;
    }
    expect(looks).toBe(2);
  });
  it('once begun is looked at no more, before there is pressure neither', () => {
    const d = new Device().settle();
    startSession(d.core.session, working(60), 200);
    beginSteps(d.core.session);
    while (d.core.tick.count % 8 !== 7) d.core.tick.count++;
    d.core.readiness.inhibits = INHIBIT_LOCKOUT;
    d.tick();
    expect([d.phase, d.core.readiness.inhibits]).toEqual(['fill', INHIBIT_LOCKOUT]);
  });
  it('is not barred by a battery that would not do to begin with', () => {
    const d = new Device().work(resting).until('released').run(6000);
    d.core.settings.minStartMv = 9999;
    d.run(12 * TICK_MS);
    expect(d.core.session.barred).toBe(false);
  });
  it('does not begin on a reading in doubt: it waits, vented, until one is believed', () => {
    const d = new Device().work(resting).until('released').run(6000);
    d.core.session.leftMs = 0;
    Object.assign(d.core.tick, { doubtful: true });
    const { sensor } = d.core.ports;
    const sample = sensor.sample;
    sensor.sample = () => Number.NaN;
    d.tick();
    sensor.sample = sample;
    expect(d.core.tick.setpoint).toBeNull();
  });
});
