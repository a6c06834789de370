import { describe, expect, it } from 'vitest';
import { INHIBIT_POSTURE } from '../../src/safety/inhibits.ts';
import { trip } from '../../src/safety/latch.ts';
import { TRIP_LEAK } from '../../src/safety/rows/air.ts';
import { TRIP_PUMP_LIVE } from '../../src/safety/rows/outputs.ts';
import { TRIP_SENSOR_ZERO } from '../../src/safety/rows/sensor.ts';
import { TRIP_NOT_VENTING } from '../../src/safety/rows/vent.ts';
import { tripName } from '../../src/safety/trips.ts';
import { beginMeasurement } from '../../src/session/measurement.ts';
import { press } from '../../src/wearer/press.ts';
import { Device, working } from './device.ts';

const record = (d: Device, n: number): Record<string, unknown> => JSON.parse(d.files[`cuff.r${n}`] ?? '{}');
const writes = (calls: readonly string[], name: string): number =>
  calls.filter((c) => c.startsWith(`write ${name} `)).length;
/** What is left in the cuff after a tick with the valve open, device.ts. */
const OPEN = 85 / 100;
/** As the supervisor latches it in its own tick. */
function latch(d: Device, code: number, measured: number): Device {
  trip(d.core.supervisor, d.core.tick, code, measured, 8);
  return d;
}

describe('a trip with no session open', () => {
  it('on an idle device is written down once, with its numbers, and is no session', () => {
    const d = new Device().run(25_000);
    d.core.date.trusted = true;
    d.core.date.baseS = 1_790_000_000;
    const calls = d.told(() => {
      for (let i = 0; i < 400; i++) {
        d.mmHg = 12 / OPEN;
        d.tick();
      }
    });
    expect([d.phase, tripName(d.core.supervisor.trip)]).toEqual(['tripped', 'sensor-zero']);
    expect(record(d, 3)).toMatchObject({
      n: 3,
      protocol: 'trip',
      trip: 'sensor-zero',
      measured: 12,
      allowed: 8,
    });
    expect(record(d, 3)).toMatchObject({ exit: 3, moveS: 0, rows: 0, hazard: '' });
    expect([writes(calls, 'cuff.r3'), writes(calls, 'cuff.prog'), writes(calls, 'cuff.r4')]).toEqual([
      1, 1, 0,
    ]);
    expect(d.core.progress).toMatchObject({ sessions: 3, completed: 2, lastS: 0 });
  });
  it('has had no answers: what the wearer answered before an earlier session is not in its record', () => {
    const d = new Device().fill(working(3));
    d.core.readiness.accepted = INHIBIT_POSTURE;
    d.until('done').run(1000);
    expect(record(d, 3)['asked']).toBe('posture');
    latch(d, TRIP_SENSOR_ZERO, -9).run(3000);
    expect(record(d, 4)['asked']).toBe('');
  });
  it('leaves the last trip’s black box alone where this power-up has seen no pressure', () => {
    const d = new Device({ files: { 'cuff.b0': 'old' } }).settle();
    latch(d, TRIP_PUMP_LIVE, 3000).run(5000);
    expect([record(d, 3)['trip'], d.files['cuff.b0']]).toEqual(['pump-live', 'old']);
  });
  it('after a measurement that was stopped: written once the valve has been open for a minute', () => {
    const d = new Device().settle();
    d.core.measurement.ordered = true;
    beginMeasurement(d.core);
    d.run(4000);
    expect([d.phase, d.core.supervisor.pressurised]).toEqual(['lop', true]);
    press(d.core, 2, d.now);
    const calls = d.told(() => {
      for (let i = 0; i < 1400; i++) {
        d.mmHg = 60 / OPEN;
        d.tick();
        if (i === 1000) expect(d.files['cuff.r3']).toBeUndefined();
      }
    });
    expect(record(d, 3)).toMatchObject({ protocol: 'trip', trip: 'not-venting', measured: 60, allowed: 15 });
    expect([writes(calls, 'cuff.r3'), writes(calls, 'cuff.b0')]).toEqual([1, 1]);
  });
  it('comes after what was open when the power went, which keeps its number', () => {
    const files = {
      'cuff.lock': '1',
      'cuff.r3': JSON.stringify({ n: 3, exit: 1, protocol: 'run-5x3', dateS: 0 }),
    };
    const d = new Device({ files }).settle();
    latch(d, TRIP_SENSOR_ZERO, 9).run(1000);
    expect(record(d, 3)).toMatchObject({ protocol: 'run-5x3' });
    expect(record(d, 4)).toMatchObject({ n: 4, protocol: 'trip', trip: 'sensor-zero' });
    expect(d.core.progress).toMatchObject({ sessions: 4, completed: 3 });
    const restarted = new Device({ files: { 'cuff.lock': '1' } }).settle();
    latch(restarted, TRIP_SENSOR_ZERO, 9).run(200_000);
    expect(record(restarted, 3)).toMatchObject({ protocol: 'restart', trip: 'sensor-zero', measured: 9 });
    expect(restarted.files['cuff.r4']).toBeUndefined();
  });
  it('does not answer the questions that come before the first session', () => {
    const d = new Device({ settings: { screening: 0 }, files: { 'cuff.prog': '1,0,0,0,0,0,0' } }).settle();
    latch(d, TRIP_LEAK, 9).run(3000).tap();
    expect([d.phase, d.core.progress.sessions]).toEqual(['idle', 1]);
    d.tap();
    expect([d.phase, d.core.settings.screening]).toEqual(['idle', 0]);
    expect(d.core.readiness.declined).not.toBe(0);
  });
  it('whose record is there and whose count is not is no training', () => {
    const kept = JSON.stringify({ n: 3, exit: 3, protocol: 'trip', dateS: 1_790_000_000 });
    const d = new Device({ files: { 'cuff.lock': '1', 'cuff.r3': kept } }).run(200_000);
    expect(d.core.progress).toMatchObject({ sessions: 3, lastS: 0 });
  });
});

describe('a trip after the record of its session', () => {
  it('gets a record of its own, and the session keeps its', () => {
    const d = new Device().fill(working(3)).until('done').run(1000);
    expect(record(d, 3)).toMatchObject({ protocol: 'mine', exit: 1, trip: '' });
    const before = d.files['cuff.r3'];
    latch(d, TRIP_SENSOR_ZERO, -9).run(3000);
    expect(d.phase).toBe('tripped');
    expect(d.files['cuff.r3']).toBe(before);
    expect(record(d, 4)).toMatchObject({
      protocol: 'trip',
      exit: 3,
      trip: 'sensor-zero',
      measured: -9,
      rows: 1,
    });
    expect(record(d, 4)).toMatchObject({ moveS: 0, pumpS: 0 });
    expect(d.core.progress).toMatchObject({ sessions: 4, completed: 3 });
    expect(d.files['cuff.b15']).toBeDefined();
  });
  it('a trip in its deflation is its own', () => {
    const d = new Device().fill(working(3)).until('deflate').run(50);
    latch(d, TRIP_LEAK, 5).run(5000);
    expect(record(d, 3)).toMatchObject({ protocol: 'mine', exit: 1, trip: 'leak' });
    expect(d.files['cuff.r4']).toBeUndefined();
  });
});

describe('a hazard besides the first cause', () => {
  it('is named in the record of the session', () => {
    const d = new Device().work();
    latch(d, TRIP_LEAK, 5);
    latch(d, TRIP_NOT_VENTING, 70).run(5000);
    expect(record(d, 3)).toMatchObject({
      protocol: 'mine',
      trip: 'leak',
      measured: 5,
      hazard: 'not-venting',
    });
    expect(d.files['cuff.r4']).toBeUndefined();
  });
  it('found after that is written down too, once', () => {
    const d = new Device().work();
    latch(d, TRIP_LEAK, 5).run(5000);
    expect(record(d, 3)).toMatchObject({ trip: 'leak', hazard: '' });
    const calls = d.told(() => latch(d, TRIP_PUMP_LIVE, 3000).run(5000));
    expect(record(d, 4)).toMatchObject({ protocol: 'trip', exit: 3, trip: 'leak', hazard: 'pump-live' });
    expect([writes(calls, 'cuff.r4'), writes(calls, 'cuff.r5')]).toEqual([1, 0]);
  });
});
