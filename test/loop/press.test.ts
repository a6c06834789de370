import { describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { receive } from '../../src/link/link.ts';
import { heardStop } from '../../src/link/relay.ts';
import { INHIBIT_LOCKOUT } from '../../src/safety/inhibits.ts';
import { type Protocol, STEP_REST, STEP_WORK } from '../../src/session/protocol.ts';
import { OWED } from '../../src/session/session.ts';
import { TURN_CLOSE } from '../../src/tick.ts';
import { press, release, stopBoth } from '../../src/wearer/press.ts';
import { Device, working } from './device.ts';

/** As in src/link/relay.ts, written down a second time. */
const SAME_STOP_MS = 5000;

const SERVICE = 0;
const TRAINING = 1;
const STOP = 2;

const resting: Protocol = {
  id: 'mine',
  activity: 0,
  stage: 0,
  steps: [
    { kind: STEP_WORK, ms: 4000, permille: 500, mmHg: 0, rampMmHgPerS: 0 },
    { kind: STEP_REST, ms: 60_000, permille: 0, mmHg: 0, rampMmHgPerS: 0 },
    { kind: STEP_WORK, ms: 4000, permille: 500, mmHg: 0, rampMmHgPerS: 0 },
  ],
};

/** In each phase that a button can meet. */
const IN: Record<string, () => Device> = {
  idle: () => new Device().settle(),
  ready: () => {
    const d = new Device().settle();
    d.core.sensing.zero.refusal = 1;
    d.core.sensing.zero.count = -1_000_000;
    d.tap();
    return d.until('ready');
  },
  fill: () => new Device().fill(),
  work: () => new Device().work(),
  released: () => new Device().work(resting).until('released').run(6000),
  deflate: () => {
    const d = new Device().work(working(4)).until('deflate');
    d.mmHg = 40;
    return d;
  },
  done: () => new Device().work(working(4)).until('done').run(2000),
  paused: () => {
    const d = new Device().work();
    press(d.core, TRAINING, d.now);
    release(d.core, TRAINING, d.now + 100);
    return d.run(6000);
  },
};

const cut = ['valve -1', 'pump 0'];

describe('a button goes down', () => {
  it.each<[string, number, readonly string[], string]>([
    ['idle', TRAINING, [], 'idle'],
    ['idle', STOP, ['relay'], 'idle'],
    ['idle', SERVICE, ['relay'], 'idle'],
    ['ready', TRAINING, [...cut, 'relay'], 'deflate'],
    ['fill', TRAINING, [...cut, 'relay'], 'paused'],
    ['fill', STOP, [...cut, 'relay'], 'paused'],
    ['work', TRAINING, [...cut, 'relay'], 'paused'],
    ['work', STOP, [...cut, 'relay'], 'paused'],
    ['work', SERVICE, [...cut, 'relay'], 'paused'],
    ['released', TRAINING, [], 'released'],
    ['released', STOP, [...cut, 'relay'], 'paused'],
    ['released', SERVICE, [...cut, 'relay'], 'paused'],
    ['deflate', TRAINING, [...cut, 'relay'], 'deflate'],
    ['done', TRAINING, [], 'done'],
    ['done', STOP, ['relay'], 'done'],
    ['paused', TRAINING, [], 'paused'],
    ['paused', STOP, ['relay'], 'paused'],
  ])('%s, button %d: %j, then %s', (phase, button, told, after) => {
    const d = (IN[phase] as () => Device)();
    expect(d.phase).toBe(phase);
    expect(d.told(() => press(d.core, button, d.now))).toEqual(told);
    expect(d.phase).toBe(after);
    if (told.includes('pump 0')) {
      const t = d.core.tick;
      expect([t.setpoint, t.outVent, t.outPump, t.outBleedMs]).toEqual([null, true, 0, 0]);
      expect([d.core.outputs.leaseAt, d.core.outputs.sentPump]).toEqual([Number.POSITIVE_INFINITY, 0]);
    }
  });
  it('under pressure it vents for good: the next tick writes it again, and nothing shuts the valve', () => {
    const d = new Device().work();
    press(d.core, STOP, d.now);
    const calls = d.told(() => d.run(3000)).filter((c) => /valve|pump|renew|drop/.test(c));
    expect(calls).toEqual(['valve -1', 'pump 0', 'drop']);
    expect(d.phase).toBe('paused');
  });
  it.each([1, 2])(
    'in the middle of a tick, at look %d, it vents there and then, and that tick shuts nothing',
    (nth) => {
      const d = new Device().work();
      // up to the turn of the air book, which has a look more; the regulator would pump in it
      while (d.core.tick.turn !== TURN_CLOSE) d.tick();
      d.mmHg -= 15;
      let looks = 0;
      d.whenLooked = () => {
        looks += 1;
        if (looks === nth) press(d.core, TRAINING, d.now + 20);
      };
      const calls = d.told(() => d.tick()).filter((c) => /valve|pump|drop/.test(c));
      expect(calls).toEqual(['valve -1', 'pump 0', 'valve -1', 'pump 0', 'drop']);
      expect([looks, d.core.tick.outVent, d.core.tick.outPump, d.phase]).toEqual([2, true, 0, 'paused']);
      expect(d.told(() => d.run(1000)).filter((c) => /valve|pump|renew/.test(c))).toEqual([]);
    },
  );

  it('with pressure in the cuff it vents whatever the phase says', () => {
    const d = new Device().work();
    d.core.session.phase = 0;
    expect(d.told(() => press(d.core, TRAINING, d.now))).toEqual([...cut, 'relay']);
  });
  it('a start that was given up ends as not ready, a session is paused and counted, a measurement is over', () => {
    const start = (IN['ready'] as () => Device)();
    press(start.core, TRAINING, start.now);
    expect(start.core.session.exit).toBe(4);
    const d = new Device().work();
    press(d.core, TRAINING, d.now);
    expect([d.core.session.pauses, d.core.session.exit]).toEqual([1, 0]);
    const again = (IN['paused'] as () => Device)();
    again.core.sensing.zero.refusal = 1;
    again.core.sensing.zero.count = -1_000_000;
    again.tap().until('ready');
    press(again.core, TRAINING, again.now);
    expect([again.phase, again.core.session.pauses]).toEqual(['paused', 2]);
    const lop = new Device().settle();
    lop.core.measurement.ordered = true;
    lop.core.session.phase = 1;
    press(lop.core, TRAINING, lop.now);
    expect([lop.core.measurement.ordered, lop.core.session.exit]).toEqual([false, 4]);
  });
  it('the release of the training button alone belongs to a gesture', () => {
    const d = new Device().settle();
    press(d.core, TRAINING, d.now);
    release(d.core, STOP, d.now + 50);
    expect(d.core.gestures.downAt).toBe(d.now);
    release(d.core, TRAINING, d.now + 100);
    expect([d.core.gestures.downAt, d.core.gestures.count]).toEqual([-1, 1]);
    press(d.core, STOP, d.now + 200);
    expect(d.core.gestures.downAt).toBe(-1);
  });
  it('a press that stopped, or came while the cuff emptied, starts nothing afterwards', () => {
    for (const phase of ['work', 'deflate']) {
      const d = (IN[phase] as () => Device)();
      press(d.core, TRAINING, d.now);
      expect(d.core.gestures.consumed).toBe(true);
    }
    const d = (IN['idle'] as () => Device)();
    press(d.core, TRAINING, d.now);
    expect(d.core.gestures.consumed).toBe(false);
  });
});

describe('a stop that is no press', () => {
  it('over the link vents here and goes on to the other cuff, whole, begun or in a flood', () => {
    for (const bytes of ['~S\n', `${'x'.repeat(60)}~S`, `${'x'.repeat(46)}~Sx`]) {
      const d = new Device().work();
      const calls = d.told(() => receive(d.core, bytes));
      expect(calls.slice(0, 3), bytes).toEqual([...cut, 'relay']);
      expect(d.phase).toBe('paused');
    }
    const d = new Device().work();
    expect(d.told(() => stopBoth(d.core))).toEqual([...cut, 'relay']);
  });
  it('from the other cuff vents here and is not passed on; its later packets are the same stop', () => {
    const d = new Device().work();
    expect(d.told(() => heardStop(d.core, 7))).toEqual(cut);
    expect(d.phase).toBe('paused');
    expect(d.told(() => heardStop(d.core, 7))).toEqual([]);
    expect(d.told(() => heardStop(d.core, 8))).toEqual(cut);
  });
  it.each<[string, number, number, boolean]>([
    ['the first of all, number 0, at once after the start', 0, 0, true],
    ['the same number within the time of one stop', 7, SAME_STOP_MS - TICK_MS, false],
    ['the same number after it', 7, SAME_STOP_MS, true],
    ['another number within it', 8, TICK_MS, true],
  ])('%s', (_name, number, after, stops) => {
    const d = new Device();
    if (after > 0) {
      d.settle();
      heardStop(d.core, 7);
      for (let ms = 0; ms < after; ms += TICK_MS) d.tick();
    }
    expect(d.told(() => heardStop(d.core, number)).length > 0).toBe(stops);
  });
  it('every packet of a stop prolongs it: a replay is one stop until there was a silence', () => {
    const d = new Device().settle();
    heardStop(d.core, 7);
    for (let i = 0; i < 5; i++) {
      d.run(SAME_STOP_MS - 1000);
      expect(d.told(() => heardStop(d.core, 7))).toEqual([]);
    }
  });
});

describe('a press in a pause', () => {
  it('goes on, but not while a full release is owed: then the pause is what it was', () => {
    const d = (IN['paused'] as () => Device)();
    d.core.session.owed = OWED;
    const before = d.core.session.phaseMs;
    d.tap();
    expect(d.phase).toBe('paused');
    expect(d.core.session.phaseMs).toBeGreaterThan(before);
    expect(d.core.readiness.inhibits & INHIBIT_LOCKOUT).toBe(INHIBIT_LOCKOUT);
    const free = (IN['paused'] as () => Device)();
    free.tap().until('work');
  });
});

describe('the last look before a fill', () => {
  it.each<[string, (d: Device) => void]>([
    [
      'time under pressure that would not do',
      (d) => {
        Object.assign(d.core.supervisor, { usedMs: d.core.supervisor.limits.pressureMs - 1000 });
      },
    ],
    [
      'a ceiling that the protocol does not keep',
      (d) => {
        Object.assign(d.core.supervisor.limits, { ceilingMmHg: 99 });
      },
    ],
    [
      'a driver that reports a fault',
      (d) => {
        d.seen = { railMv: 3700, driverFaults: 1 };
        d.core.tick.driverFaults = 1;
      },
    ],
    [
      'a store that does not keep the lock',
      (d) => {
        d.stores = false;
      },
    ],
  ])('%s, come up while it waited for its zero: no fill', (_name, change) => {
    const d = (IN['ready'] as () => Device)();
    change(d);
    d.core.sensing.zero.count = 0;
    const calls = d.told(() => d.run(8000));
    expect(calls).not.toContain('valve 0');
    expect(d.core.lock.written).toBe(d.files['cuff.lock'] !== undefined);
    expect(d.phase).toBe('idle');
  });
  it('without any of these it fills', () => {
    const d = (IN['ready'] as () => Device)();
    d.core.sensing.zero.count = 0;
    d.until('fill');
  });
});
