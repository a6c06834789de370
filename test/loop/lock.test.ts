import { describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { INHIBIT_STORE, inhibitNumber } from '../../src/safety/inhibits.ts';
import { TRIP_PUMP_LIVE } from '../../src/safety/rows/outputs.ts';
import { isLockedOut } from '../../src/safety/time-rules.ts';
import { lockHazard, unlock } from '../../src/wearer/lock.ts';
import { createLock } from '../../src/wearer/lock-state.ts';
import { press, release } from '../../src/wearer/press.ts';
import { Device, working } from './device.ts';

const RETRY_MS = 60_000;
const RELEASE_MS = 180_000;
/** The number of 'store' that is blinked, docs/safety-case.md. */
const STORE_NUMBER = 21;
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

describe('what flash says at boot', () => {
  it.each<[string | undefined, boolean, boolean, boolean, boolean]>([
    [undefined, false, false, false, false],
    ['0', false, false, false, false],
    ['1', true, false, true, true],
    ['2', true, false, false, false],
    ['3', true, true, true, true],
    ['4', true, true, true, false],
    ['x', true, false, true, false],
  ])('of %s', (kept, written, hazardous, unclear, wasOpen) => {
    const lock = createLock(kept, false);
    expect([lock.written, lock.hazard, lock.unclear, lock.wasOpen]).toEqual([
      written,
      hazardous,
      unclear,
      wasOpen,
    ]);
    const damaged = createLock(kept, true);
    expect([damaged.written, damaged.hazard, damaged.unclear]).toEqual([true, true, true]);
  });
});

describe('a hazard in the lock', () => {
  const hazardous = (lock: Partial<Device['core']['lock']>): string | undefined => {
    const d = hazard(new Device().settle());
    Object.assign(d.core.lock, lock);
    lockHazard(d.core);
    return d.files['cuff.lock'];
  };
  it('keeps that something is open, or was when the power went', () => {
    expect(hazardous({ open: true, wasOpen: false })).toBe('3');
    expect(hazardous({ open: false, wasOpen: true })).toBe('3');
    expect(hazardous({ open: false, wasOpen: false })).toBe('4');
  });
  it('is over with the whole release', () => {
    const d = new Device().settle();
    Object.assign(d.core.lock, { written: true, hazard: true });
    unlock(d.core);
    expect([d.files['cuff.lock'], d.core.lock.written, d.core.lock.hazard]).toEqual(['0', false, false]);
  });
});

describe('a lock that alone cannot be written', () => {
  const refusing = (d: Device): Device => {
    d.refuses = ['cuff.lock'];
    return d;
  };
  const numbers = (d: Device): number => inhibitNumber(d.core.readiness.inhibits);
  const isDriven = (call: string): boolean => /^(pump [1-9]|valve \d)/.test(call);
  /** A training that has come to its end; the release has begun. */
  const trained = (before: (d: Device) => unknown = () => undefined): Device => {
    const d = new Device().settle().tap().until('work');
    before(d);
    d.core.session.leftMs = 0;
    d.core.session.protocol.steps.length = 1;
    return d.until('done');
  };

  /** A hold of the button asks for a measurement, a press says that the wearer lies. */
  const measure = (d: Device): Device => {
    press(d.core, 1, d.now);
    d.run(2500);
    release(d.core, 1, d.now);
    return d.run(2000).tap();
  };

  it.each<[string, (d: Device) => Device]>([
    ['a session', (d) => d.tap()],
    ['a measurement', measure],
  ])('%s does not start, nothing is driven, and the number of the store is shown', (_name, start) => {
    const d = refusing(new Device().settle());
    const calls = d.told(() => start(d).run(10_000));
    expect(writes(calls)).toEqual(['write cuff.lock 1']);
    expect(calls.filter(isDriven)).toEqual([]);
    expect([d.phase, numbers(d), d.core.lock.written, d.files['cuff.lock']]).toEqual([
      'idle',
      STORE_NUMBER,
      false,
      undefined,
    ]);
  });
  it('the next press tries again, a minute later; once the lock stands the session starts', () => {
    const d = refusing(new Device().settle()).tap();
    d.refuses = [];
    expect(writes(d.told(() => d.tap().run(2000)))).toEqual([]);
    d.run(RETRY_MS);
    const calls = d.told(() => d.tap().until('work'));
    expect(calls.findIndex(isDriven)).toBeGreaterThan(calls.indexOf('write cuff.lock 1'));
    expect(d.files['cuff.lock']).toBe('1');
  });
  it('the release is not given back in flash: the next power-up is locked, until it could be written', () => {
    const d = trained().run(RELEASE_MS - 20_000);
    expect(d.files['cuff.lock']).toBe('2');
    refusing(d).run(60_000);
    expect([d.files['cuff.lock'], d.core.lock.written, numbers(d)]).toEqual(['2', true, STORE_NUMBER]);
    const next = new Device({ files: { 'cuff.lock': '2' } }).settle();
    expect(isLockedOut(next.core.supervisor)).toBe(true);
    d.refuses = [];
    d.run(RETRY_MS + 1000);
    expect([d.files['cuff.lock'], d.core.lock.written]).toEqual(['0', false]);
  });
  it('a session whose end could not be written stays open, however long the rest is', () => {
    const d = trained(refusing).run(2 * RELEASE_MS);
    expect([d.files['cuff.lock'], d.core.lock.open, numbers(d)]).toEqual(['1', true, STORE_NUMBER]);
    d.refuses = [];
    expect(writes(d.told(() => d.run(RETRY_MS + 1000)))).toEqual(['write cuff.lock 2', 'write cuff.lock 0']);
  });
  it('a hazard that could not be written is told, and written as soon as it can be', () => {
    const d = hazard(refusing(new Device().settle())).run(5000);
    expect([d.core.lock.hazard, d.files['cuff.lock']]).toEqual([false, undefined]);
    expect(d.core.readiness.inhibits & INHIBIT_STORE).toBe(INHIBIT_STORE);
    d.refuses = [];
    d.run(RETRY_MS);
    expect([d.core.lock.hazard, d.files['cuff.lock']]).toEqual([true, '4']);
  });
});

describe('a damaged copy of the lock', () => {
  it('counts as locked and as a hazard, whatever the other copy says, and the whole release is owed after a hold', () => {
    for (const kept of [{ 'cuff.lock': '0' }, { 'cuff.lock': '1' }, {}]) {
      const d = new Device({ files: kept, damaged: 'cuff.lock' }).settle();
      expect([d.core.lock.written, isLockedOut(d.core.supervisor), d.core.lock.hazard]).toEqual([
        true,
        true,
        true,
      ]);
      d.run(RELEASE_MS);
      expect(isLockedOut(d.core.supervisor)).toBe(true);
      press(d.core, 1, d.now);
      d.run(2500);
      release(d.core, 1, d.now);
      d.run(RELEASE_MS + 20_000);
      expect(d.files['cuff.lock']).toBe('0');
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
