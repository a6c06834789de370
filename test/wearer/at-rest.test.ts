/** What is written, said and given back while nothing is under way: idle, in a pause, after an end. */
import { describe, expect, it } from 'vitest';
import { RELEASE_MS, TICK_MS } from '../../src/limits.ts';
import { PHASE_POSTURE } from '../../src/phases.ts';
import { INHIBIT_BUTTON, INHIBIT_DRIVER, INHIBIT_LOCKOUT } from '../../src/safety/inhibits.ts';
import { trip } from '../../src/safety/latch.ts';
import { TRIP_LEAK } from '../../src/safety/rows/air.ts';
import { OWED } from '../../src/session/session.ts';
import { press, release } from '../../src/wearer/press.ts';
import { inhibitsNow } from '../../src/wearer/readiness.ts';
import { Device } from '../loop/device.ts';

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

describe('at rest', () => {
  it('a pause says as long as it is so that a full release is owed', () => {
    const d = paused().run(6000);
    d.core.session.owed = OWED;
    Object.assign(d.core.supervisor, { releasedMs: 0 });
    d.core.readiness.inhibits = 0;
    d.run(10 * TICK_MS);
    expect(d.core.readiness.inhibits & INHIBIT_LOCKOUT).toBe(INHIBIT_LOCKOUT);
    Object.assign(d.core.supervisor, { releasedMs: RELEASE_MS });
    d.run(10 * TICK_MS);
    expect(d.core.readiness.inhibits & INHIBIT_LOCKOUT).toBe(0);
  });
  it('the lock is not given back while a session is open, however long its pause', () => {
    const d = push(push(new Device().settle()).until('work')).run(RELEASE_MS + 60_000);
    expect([d.phase, d.files['cuff.lock']]).toEqual(['paused', '1']);
  });
  it('the lock says that all is noted once the record and the whole black box are written, and not before', () => {
    const d = push(new Device().settle()).until('work').run(2000);
    trip(d.core.supervisor, d.core.tick, TRIP_LEAK, 1, 2);
    const writes = d.told(() => d.run(5000)).filter((c) => c.startsWith('write'));
    expect(writes.map((c) => c.split(' ')[1])).toEqual([
      'cuff.r3',
      'cuff.prog',
      'cuff.e3',
      ...Array.from({ length: 16 }, (_x, i) => `cuff.b${i}`),
      'cuff.lock',
    ]);
    const done = push(new Device().settle()).until('work');
    done.core.session.protocol.steps.length = 1;
    done.core.session.leftMs = 0;
    const noted = done.told(() => done.until('done').run(1000)).filter((c) => c.startsWith('write'));
    expect(noted.map((c) => c.split(' ')[1])).toEqual(['cuff.r3', 'cuff.prog', 'cuff.lock', 'cuff.e3']);
  });
  it('a power-up is locked out by any lock but a plain "over", whatever it says; without a lock it is not', () => {
    const bitsOf = (files: Record<string, string>): number =>
      inhibitsNow(new Device({ files }).settle().core) & INHIBIT_LOCKOUT;
    for (const lock of ['1', '2', '3', '4', '', '5', '00', '0 ', ' 0', '0\n', 'null'])
      expect([lock, bitsOf({ 'cuff.lock': lock })]).toEqual([lock, INHIBIT_LOCKOUT]);
    expect([bitsOf({ 'cuff.lock': '0' }), bitsOf({})]).toEqual([0, 0]);
  });
  it('an idle device looks ahead, a pause does not', () => {
    for (const [d, looks] of [
      [new Device({ settings: { lopSource: 3 } }).settle(), true],
      [paused().run(6000), false],
    ] as const) {
      d.core.settings.lopSource = 3;
      d.core.readiness.estimated = false;
      d.run(10 * TICK_MS);
      expect(d.core.readiness.estimated).toBe(looks);
    }
  });
  it('is looked around in one tick of eight: the looks are long', () => {
    const d = new Device().settle();
    const looked: number[] = [];
    for (let i = 0; i < 16; i++) {
      d.core.readiness.inhibits = INHIBIT_BUTTON;
      d.tick();
      if (d.core.readiness.inhibits === 0) looked.push(d.core.tick.count % 8);
    }
    expect(looked).toEqual([0, 0]);
  });
  it('a release that is owed is said of a pause alone, besides what speaks against it otherwise', () => {
    const d = paused().run(6000);
    d.seen = { railMv: 3700, driverFaults: 1 };
    d.run(10 * TICK_MS);
    expect(d.core.readiness.inhibits).toBe(INHIBIT_DRIVER);
    d.core.session.owed = OWED;
    Object.assign(d.core.supervisor, { releasedMs: 0 });
    d.run(10 * TICK_MS);
    expect(d.core.readiness.inhibits).toBe(INHIBIT_DRIVER + INHIBIT_LOCKOUT);
    // the time is used up as well: it is the same bit
    Object.assign(d.core.supervisor, { usedMs: 1e9, releasedMs: 0 });
    d.run(10 * TICK_MS);
    expect(d.core.readiness.inhibits).toBe(INHIBIT_DRIVER + INHIBIT_LOCKOUT);
    const idle = new Device().settle();
    idle.core.session.owed = OWED;
    Object.assign(idle.core.supervisor, { releasedMs: 0 });
    idle.run(10 * TICK_MS);
    expect(idle.core.readiness.inhibits).toBe(0);
  });
  it('what was written of the last session is forgotten in idle, and kept in a pause', () => {
    const d = new Device().settle();
    d.core.logbook.recorded = true;
    expect(d.tick().core.logbook.recorded).toBe(false);
    const between = paused().run(6000);
    between.core.logbook.recorded = true;
    expect(between.tick().core.logbook.recorded).toBe(true);
    between.core.logbook.recorded = false;
    expect(between.tick().core.logbook.recorded).toBe(false);
  });
  it('the question of the posture is over after 15 s', () => {
    const d = new Device().settle();
    d.core.session.phase = PHASE_POSTURE;
    d.core.session.phaseMs = 0;
    d.run(15_000 - TICK_MS);
    expect(d.phase).toBe('posture');
    d.run(4 * TICK_MS);
    expect(d.phase).toBe('idle');
    Object.assign(d.core.session, { phase: PHASE_POSTURE, phaseMs: 15_000 });
    expect(d.tick().phase).toBe('posture');
    Object.assign(d.core.session, { phase: PHASE_POSTURE, phaseMs: 15_001 });
    expect(d.tick().phase).toBe('idle');
  });
  it('the finger on the button is known to the session', () => {
    const d = new Device().settle();
    press(d.core, TRAINING, d.now);
    expect(d.tick().core.session.busy).toBe(true);
    release(d.core, TRAINING, d.now);
    d.core.gestures.count = 0;
    expect(d.tick().core.session.busy).toBe(false);
  });
});
