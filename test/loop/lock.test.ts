import { describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { TRIP_PUMP_LIVE } from '../../src/safety/rows/outputs.ts';
import { isLockedOut } from '../../src/safety/time-rules.ts';
import { Device, working } from './device.ts';

const RETRY_MS = 60_000;
const RELEASE_MS = 180_000;
const DATE_S = 1_790_000_000;
const writes = (calls: readonly string[]): string[] => calls.filter((c) => c.startsWith('write cuff.lock'));

/** Idle, with a hazard found. */
function hazard(d: Device): Device {
  Object.assign(d.core.supervisor, { trip: TRIP_PUMP_LIVE, hazard: TRIP_PUMP_LIVE });
  return d;
}

describe('the lock in flash', () => {
  it('a hazard writes it once', () => {
    const d = hazard(new Device().settle());
    expect(writes(d.told(() => d.run(5000)))).toEqual(['write cuff.lock 4']);
    expect(d.core.lock.written).toBe(true);
  });
  it('a store that refuses is asked again after exactly a minute', () => {
    const d = hazard(new Device().settle());
    d.stores = false;
    const times: number[] = [];
    for (let i = 0; i < (2 * RETRY_MS) / TICK_MS + 20; i++)
      if (writes(d.told(() => d.tick())).length > 0) times.push(d.now);
    expect(times.length).toBe(3);
    expect((times[1] as number) - (times[0] as number)).toBe(RETRY_MS);
  });
  it('is given back once after the limb’s rest, and a hazard right after that writes it again', () => {
    const d = new Device();
    d.settle().tap().until('work');
    d.core.session.leftMs = 0;
    d.core.session.protocol.steps.length = 1;
    d.until('done').run(RELEASE_MS - 20_000);
    expect(d.files['cuff.lock']).toBe('2');
    const calls = writes(d.told(() => d.run(60_000)));
    expect([calls, d.core.lock.written]).toEqual([['write cuff.lock 0'], false]);
    const again = new Device({ files: { 'cuff.lock': '2' } }).settle();
    while (again.files['cuff.lock'] !== '0') again.tick();
    expect(writes(hazard(again).told(() => again.run(1000)))).toEqual(['write cuff.lock 4']);
  });
});

describe('a damaged copy of the lock', () => {
  it('counts as locked, whatever the other copy says, and the whole release is owed', () => {
    for (const kept of [{ 'cuff.lock': '0' }, {}]) {
      const d = new Device({ files: kept, damaged: 'cuff.lock' }).settle();
      expect([d.core.lock.written, isLockedOut(d.core.supervisor)]).toEqual([true, true]);
      expect(writes(d.told(() => d.run(RELEASE_MS)))).toEqual(['write cuff.lock 0']);
      expect(isLockedOut(d.core.supervisor)).toBe(false);
    }
  });
  it('of another file locks nothing', () => {
    const d = new Device({ files: { 'cuff.lock': '0' }, damaged: 'cuff.prog' });
    expect(d.core.lock.written).toBe(false);
  });
});

describe('what was open when the power went', () => {
  /** After the rest, with this record of session 3 in the store already. */
  function after(record: object): Device {
    const d = new Device({
      files: { 'cuff.lock': '1', 'cuff.r3': JSON.stringify({ n: 3, exit: 1, ...record }) },
    });
    return d.run(RELEASE_MS + 20_000);
  }
  it.each<[string, object, number]>([
    ['a training counts with its date', { protocol: 'run-5x3', dateS: DATE_S }, DATE_S],
    ['one without a date has none', { protocol: 'run-5x3', dateS: 0 }, 0],
    ['nor one with a date that is none', { protocol: 'run-5x3', dateS: -5 }, 0],
    ['a measurement is no training', { protocol: 'lop', dateS: DATE_S }, 0],
    ['nor is a note of a restart', { protocol: 'restart', dateS: DATE_S }, 0],
  ])('%s', (_name, record, lastS) => {
    const { progress } = after(record).core;
    expect([progress.sessions, progress.lastS]).toEqual([3, lastS]);
  });
  it('a session that ends with a known date counts with it', () => {
    const d = new Device();
    d.core.date.trusted = true;
    d.core.date.baseS = DATE_S;
    d.fill(working(3)).until('done').run(1000);
    expect(d.core.progress.lastS).toBeGreaterThanOrEqual(DATE_S);
  });
});
