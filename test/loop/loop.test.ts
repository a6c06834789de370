import { describe, expect, it } from 'vitest';
import { createCore } from '../../src/core.ts';
import { demand } from '../../src/demand.ts';
import { LEASE_MS, TICK_MS } from '../../src/limits.ts';
import { receive } from '../../src/link/link.ts';
import { fail, tick } from '../../src/loop.ts';
import { trip } from '../../src/safety/latch.ts';
import { TRIP_LEAK } from '../../src/safety/rows/air.ts';
import { TRIP_FILL_UNANSWERED } from '../../src/safety/rows/fill.ts';
import { TRIP_INTERNAL, TRIP_OVERRUN } from '../../src/safety/rows/firmware.ts';
import { TRIP_PUMP_LIVE, TRIP_VALVE_LIVE } from '../../src/safety/rows/outputs.ts';
import { TRIP_SENSOR_LOST } from '../../src/safety/rows/sensor.ts';
import { beginMeasurement } from '../../src/session/measurement.ts';
import type { Step } from '../../src/session/protocol.ts';
import { beginSteps, startSession } from '../../src/session/session.ts';
import { lampsAt } from '../../src/wearer/patterns.ts';
import { press } from '../../src/wearer/press.ts';
import { Device, LOP, PUMP, working } from './device.ts';

const ROUND = 4 * TICK_MS;
const count = (calls: readonly string[], what: string): number => calls.filter((c) => c === what).length;

describe('a healthy tick', () => {
  it('on a vented cuff kicks the watchdog last, looks at the board in every fourth, and writes no output', () => {
    const d = new Device().settle();
    const calls = d.told(() => d.run(5 * ROUND));
    expect([count(calls, 'kick'), count(calls, 'look')]).toEqual([20, 5]);
    expect(calls.filter((c) => c !== 'kick' && c !== 'look')).toEqual([]);
    expect(d.told(() => d.tick()).at(-1)).toBe('kick');
  });
  it('under pressure it does so too, and the outputs are written only when they change', () => {
    const d = new Device().work();
    const calls = d.told(() => d.run(5 * ROUND));
    expect([count(calls, 'kick'), count(calls, 'look'), count(calls, 'renew')]).toEqual([20, 5, 20]);
    expect(calls).not.toContain('drop');
    expect(calls.at(-1)).toBe('kick');
  });
  it('counts its ticks and takes the time between them from its argument', () => {
    const d = new Device().run(ROUND);
    const t = d.core.tick;
    const before = t.count;
    d.tick(70);
    expect([t.count - before, t.dt, t.now]).toEqual([1, 70, d.now]);
    expect(t.turn).toBe(before & 3);
  });
});

describe('the order of a tick', () => {
  it('is sample, look, demand, outputs, kick: vented and under pressure alike', () => {
    const said: string[] = [];
    const d = new Device();
    const { sensor } = d.core.ports;
    const sample = sensor.sample.bind(sensor);
    sensor.sample = () => {
      said.push('sample');
      return sample();
    };
    let setpoint: number | null = null;
    const core = createCore(d.core.ports, {
      periodMs: TICK_MS,
      version: 'x',
      demand: (c) => {
        said.push('demand');
        demand(c.tick, setpoint);
      },
    });
    core.sensing.zero.mmHg = 760;
    const ticks = (n: number): void => {
      for (let i = 0; i < n; i++) tick(core, core.tick.now + TICK_MS);
    };
    ticks(20);
    const orderWith = (next: number | null): string => {
      while ((core.tick.turn + 1) % 4 !== 0) ticks(1);
      said.length = 0;
      d.calls = said;
      setpoint = next;
      ticks(1);
      return said.join(', ');
    };
    expect(orderWith(null)).toBe('sample, look, demand, kick');
    expect(orderWith(90)).toBe('sample, look, demand, renew, valve 0, pump 1000, kick');
    expect(orderWith(null)).toBe('renew, sample, look, demand, valve -1, pump 0, drop, kick');
  });
});

describe('the start of a hold', () => {
  it('takes the lease, shuts the valve, and only then lets the pump run', () => {
    const d = new Device();
    const calls = d.told(() => d.fill().until('work')).filter((c) => /valve|pump|renew/.test(c));
    const shut = calls.indexOf('valve 0');
    const pump = calls.findIndex((c) => /^pump [1-9]/.test(c));
    expect(shut).toBeGreaterThan(-1);
    expect(calls.indexOf('renew')).toBeLessThan(shut);
    expect(pump).toBeGreaterThan(shut);
    expect(count(calls, 'valve 0')).toBe(1);
  });
  it('a duty is written once, and a pump that the gate has stopped is written 0', () => {
    const d = new Device();
    const calls = d.told(() => d.fill().until('work')).filter((c) => c.startsWith('pump'));
    for (let i = 1; i < calls.length; i++) expect(calls[i]).not.toBe(calls[i - 1]);
    expect(d.core.outputs.sentPump).toBe(d.pump);
    expect(d.pump).toBe(d.core.tick.outPump);
  });
  it('renews the lease first in every tick, early or late, and not while the outputs are off', () => {
    const d = new Device();
    expect(d.told(() => d.run(1000))).not.toContain('renew');
    d.work();
    for (const dt of [50, 45, 70, 50, 100, 50]) expect(d.told(() => d.tick(dt))[0]).toBe('renew');
  });
  it('a lease that had run out trips, and vents in the same tick', () => {
    const d = new Device().work();
    d.leaseAlive = false;
    const calls = d.told(() => d.tick());
    expect(calls).toContain('valve -1');
    expect([d.core.supervisor.trip, d.core.supervisor.allowed]).toEqual([TRIP_OVERRUN, LEASE_MS]);
    d.leaseAlive = true;
    expect(d.told(() => d.run(2000)).some((c) => /^valve [0-9]|^pump [1-9]/.test(c))).toBe(false);
  });
  it('every bleed is written, its end is not', () => {
    const d = new Device().work();
    d.mmHg += 30;
    const calls = d.told(() => d.run(2000)).filter((c) => /^(valve|pump)/.test(c));
    expect(calls.length).toBeGreaterThan(0);
    const pumps = calls.filter((c) => c.startsWith('pump'));
    for (let i = 1; i < pumps.length; i++) expect(pumps[i]).not.toBe(pumps[i - 1]);
    expect(calls.every((c) => /^valve [1-9]/.test(c) || /^pump/.test(c))).toBe(true);
    expect(d.core.tick.setpoint).toBe(100);
  });
});

describe('a vent', () => {
  it('opens the valve, stops the pump and gives the lease up, once', () => {
    const d = new Device().work();
    d.core.session.protocol.steps.length = 0;
    d.core.session.leftMs = 0;
    const calls = d.told(() => d.run(1000)).filter((c) => !/kick|look|write/.test(c));
    expect(calls.slice(calls.indexOf('valve -1'))).toEqual(['valve -1', 'pump 0', 'drop']);
    expect(d.core.outputs.leaseAt).toBe(Number.POSITIVE_INFINITY);
  });
  it('by a trip comes in the same tick', () => {
    const d = new Device().work();
    trip(d.core.supervisor, d.core.tick, TRIP_LEAK, 1, 2);
    const calls = d.told(() => d.tick()).filter((c) => /valve|pump|drop/.test(c));
    expect(calls).toEqual(['valve -1', 'pump 0', 'drop']);
    expect(d.shut).toBe(false);
  });
  it('out of a running pump leaves it to be started by the next fill at the same duty', () => {
    const d = new Device().fill();
    const duty = d.pump;
    expect(duty).toBeGreaterThan(0);
    trip(d.core.supervisor, d.core.tick, TRIP_LEAK, 1, 2);
    d.tick();
    expect([d.pump, d.core.outputs.sentPump]).toEqual([0, 0]);
    d.run(3000);
    Object.assign(d.core.supervisor, { trip: 0 });
    d.core.session.exit = 0;
    const calls = d.told(() => d.fill());
    expect(calls).toContain(`pump ${duty}`);
    expect(d.pump).toBeGreaterThan(0);
    d.until('work');
  });
});

describe('a pump that was found live', () => {
  it.each([
    ['as the first cause', TRIP_PUMP_LIVE, TRIP_PUMP_LIVE],
    ['after another', TRIP_SENSOR_LOST, TRIP_PUMP_LIVE],
  ])('%s: its driver is put to sleep again and again, and not woken by a look', (_name, first, hazard) => {
    const d = new Device().settle();
    Object.assign(d.core.supervisor, { trip: first, hazard });
    const calls = d.told(() => d.run(5 * ROUND));
    expect([count(calls, 'pump 0'), count(calls, 'look')]).toEqual([5, 0]);
  });
  it('nothing else stops the look', () => {
    const d = new Device().settle();
    Object.assign(d.core.supervisor, { trip: TRIP_VALVE_LIVE, hazard: TRIP_VALVE_LIVE });
    const calls = d.told(() => d.run(5 * ROUND));
    expect([count(calls, 'pump 0'), count(calls, 'look')]).toEqual([0, 5]);
  });
});

describe('an exception', () => {
  it.each(['sensor', 'monitor', 'lease', 'valve', 'pump', 'watchdog'])(
    'in the %s: vented, latched, the session over, and never another kick',
    (port) => {
      const d = new Device().work();
      d.broken = [port];
      d.run(ROUND);
      const s = d.core.supervisor;
      const needed = !['valve', 'pump'].includes(port) || d.core.dead;
      if (!needed) {
        // nothing had to be written yet
        trip(s, d.core.tick, TRIP_LEAK, 1, 2);
        d.run(ROUND);
      }
      expect(d.core.dead).toBe(true);
      expect(d.core.tick.outVent).toBe(true);
      expect(d.core.tick.setpoint).toBe(null);
      expect([d.core.outputs.leaseAt, d.core.outputs.sentPump]).toEqual([Number.POSITIVE_INFINITY, 0]);
      expect(d.phase).toBe('tripped');
      d.broken = [];
      const calls = d.told(() => d.run(1000));
      expect(calls.filter((c) => c !== 'valve -1' && c !== 'pump 0' && c !== 'drop')).toEqual([]);
      expect([d.shut, d.pump]).toEqual([false, 0]);
    },
  );
  it('names the tick, keeps what tripped before, and cuts both outputs at once', () => {
    const d = new Device().work();
    const calls = d.told(() => fail(d.core));
    expect(calls).toEqual(['valve -1', 'pump 0']);
    expect([d.core.outputs.leaseAt, d.core.outputs.sentPump]).toEqual([Number.POSITIVE_INFINITY, 0]);
    expect([d.core.supervisor.trip, d.core.supervisor.measured]).toEqual([TRIP_INTERNAL, d.core.tick.count]);
    const tripped = new Device().work();
    Object.assign(tripped.core.supervisor, { trip: TRIP_LEAK });
    fail(tripped.core);
    expect(tripped.core.supervisor.trip).toBe(TRIP_LEAK);
  });
  it('a dead core writes its vent again in every tick, even where that throws, and does nothing else', () => {
    const d = new Device().work();
    fail(d.core);
    expect(d.told(() => d.tick())).toEqual(['valve -1', 'pump 0', 'drop']);
    d.broken = ['valve'];
    expect(() => tick(d.core, d.now + TICK_MS)).not.toThrow();
    d.broken = [];
    d.run(ROUND);
    expect([d.shut, d.pump, d.core.tick.outVent]).toEqual([false, 0, true]);
  });
});

describe('fills one after the other', () => {
  it('the second one has the whole of its own time to show a rise, and no more', () => {
    const d = new Device().fill(working(4)).until('done').run(3000);
    const s = d.core.supervisor;
    expect([s.pressurised, s.trip]).toEqual([false, 0]);
    const pumped = s.pumpMs;
    d.fill();
    // nothing arrives: a slack cuff that takes air without pressure; a tick's air comes on top
    for (let i = 0; i < 400 && s.trip === 0; i++) {
      d.mmHg = (-d.pump * PUMP * TICK_MS) / 1_000_000;
      d.tick();
    }
    expect(s.trip).toBe(TRIP_FILL_UNANSWERED);
    expect(s.pumpMs - pumped).toBeGreaterThan(3500);
    // windows end with a round of four ticks: before the rule on a fill without rise, which gives 5 s
    expect(s.pumpMs - pumped).toBeLessThanOrEqual(4500 + 4 * TICK_MS);
  });
});

describe('the housekeeping', () => {
  it('a new core is vented, believes nothing, and nothing is to be written', () => {
    expect(new Device().core.tick).toMatchObject({
      fresh: false,
      doubtful: true,
      quiet: false,
      vent: true,
      outVent: true,
      outPump: 0,
      outBleedMs: 0,
      changed: false,
      readsTerminals: false,
      setpoint: null,
    });
  });
  it('the session is stepped in one turn of four under pressure, in every tick on a vented cuff', () => {
    const d = new Device().work();
    const steps = (): number => {
      let n = 0;
      for (let i = 0; i < 8; i++) if (d.tick().core.tick.askedAt === d.now) n++;
      return n;
    };
    expect(steps()).toBe(2);
    expect(d.core.tick.lapMs).toBe(ROUND);
    const idle = new Device().settle();
    expect(Array.from({ length: 8 }, () => idle.tick().core.tick.lapMs)).toEqual(
      Array.from({ length: 8 }, () => TICK_MS),
    );
  });
  it('a vented cuff’s lamps are those of the moment, in every tick', () => {
    const d = new Device().settle();
    for (const told of [0, 3]) {
      d.core.readiness.declined = told;
      for (let i = 0; i < 200; i++) {
        d.tick();
        expect(d.core.lamps.lit).toBe(lampsAt(d.core.lamps.shown, d.core.lamps.shownNumber, d.now));
      }
    }
  });
  it('under pressure they are no older than two ticks', () => {
    const d = new Device().work(working(8));
    for (let i = 0; i < 100 && d.phase === 'work'; i++) {
      d.tick();
      const turn = d.core.tick.turn;
      if (turn === 0 || turn === 2)
        expect(d.core.lamps.lit).toBe(lampsAt(d.core.lamps.shown, d.core.lamps.shownNumber, d.now));
    }
  });
  it('a question over the link is answered within a round', () => {
    const d = new Device().settle();
    const said: string[] = [];
    Object.assign(d.core.ports.link, { write: (text: string) => said.push(text) });
    receive(d.core, '~V\n');
    d.run(ROUND);
    expect(said).toEqual(['~Vx\n']);
  });
  it('the recorder gets every tick under pressure, the vent included, and none of a vented cuff', () => {
    const d = new Device().settle();
    const base = d.core.recorder.base;
    d.run(5 * ROUND);
    expect([d.core.recorder.base, d.core.recorder.outs[base]]).toEqual([base, -2000]);
    d.fill();
    d.run(ROUND);
    expect(d.core.recorder.base).toBeGreaterThan(base);
    const r = d.work(working(60)).core.recorder;
    const from = r.base;
    d.run(5 * ROUND);
    expect(r.base - from).toBe(20);
    expect(Array.from(r.outs.slice(from, from + 20)).every((out) => out > -1000)).toBe(true);
    press(d.core, 2, d.now);
    d.mmHg = 90;
    const at = r.base;
    d.run(ROUND).run(ROUND);
    expect(Array.from(r.outs.slice(at, at + 12))).toContain(-1000);
  });
  it('the first tick of a hold is in it', () => {
    const d = new Device().settle();
    startSession(d.core.session, working(60), LOP);
    beginSteps(d.core.session);
    while (d.core.tick.outVent) d.tick();
    const { recorder, tick: t } = d.core;
    expect(recorder.outs[recorder.base + t.turn]).not.toBe(-2000);
  });
  it('phases and steps are noted as they come, each once', () => {
    const protocol = working(3);
    protocol.steps.push({ ...(protocol.steps[0] as Step) });
    const d = new Device();
    d.fill(protocol).until('done').run(2000);
    const noted = d.core.recorder.phases.filter((_x, i) => i % 3 !== 2);
    expect(noted).toEqual([0, -1, 2, 0, 3, 0, 3, 1, 6, 1]);
  });
  it('a measurement is measured in its own phase, and its time runs once', () => {
    const d = new Device().settle();
    d.core.measurement.ordered = true;
    d.core.session.phase = 1;
    d.core.sensing.zero.count = -1_000_000;
    d.core.sensing.zero.refusal = 1;
    d.tick();
    const before = d.core.session.phaseMs;
    d.run(10 * TICK_MS);
    expect(d.core.session.phaseMs - before).toBe(10 * TICK_MS);
    beginMeasurement(d.core);
    // the checks made this tick long: it begins in the next one
    d.tick();
    expect([d.phase, d.core.session.phaseMs]).toEqual(['lop', 0]);
    d.run(20 * TICK_MS);
    expect([d.phase, d.core.session.phaseMs]).toEqual(['lop', 20 * TICK_MS]);
  });
});
