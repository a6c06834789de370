/** What keeps a session from starting, what is asked first, one question at a time, and what a phase's change takes with it. */
import { describe, expect, it } from 'vitest';
import { createCore } from '../../src/core.ts';
import { TICK_MS } from '../../src/limits.ts';
import {
  INHIBIT_BENCH,
  INHIBIT_BUTTON,
  INHIBIT_LOP_OLD,
  INHIBIT_LOP_OTHER,
  INHIBIT_NO_LOP,
  INHIBIT_POSTURE,
  INHIBIT_PROTOCOL,
  INHIBIT_SCREENING,
  INHIBIT_SETTINGS,
  INHIBIT_STOP,
  INHIBIT_STOP_UNTRIED,
  INHIBIT_STORE,
} from '../../src/safety/inhibits.ts';
import { press, release } from '../../src/wearer/press.ts';
import {
  decline,
  inhibitsNow,
  isAnswered,
  isUnscreened,
  lookAhead,
  lookAtInhibits,
} from '../../src/wearer/readiness.ts';
import { Device, type DeviceOptions } from '../loop/device.ts';

const ready = (options: DeviceOptions = {}): Device => new Device(options).settle();

describe('what speaks against a start', () => {
  it('nothing on a settled device', () => {
    expect(new Device().core.readiness).toMatchObject({
      inhibits: 0,
      declined: 0,
      accepted: 0,
      choice: -1,
      estimated: false,
    });
    expect(inhibitsNow(ready().core)).toBe(0);
  });
  it('settings that are damaged', () => {
    expect(inhibitsNow(ready({ files: { 'cuff.set': 'x' } }).core) & INHIBIT_SETTINGS).toBe(INHIBIT_SETTINGS);
  });
  it('no occlusion pressure, but for its measurement', () => {
    const d = ready({ settings: { lopMmHg: 0, lopSource: 0 } });
    expect(inhibitsNow(d.core)).toBe(INHIBIT_NO_LOP);
    d.core.measurement.ordered = true;
    expect(inhibitsNow(d.core)).toBe(0);
  });
  it('a training button that is held, and the service button that is down', () => {
    const held = ready();
    press(held.core, 1, held.now);
    expect(inhibitsNow(held.core)).toBe(0);
    Object.assign(held.core.tick, { now: held.now + 15_001 });
    expect(inhibitsNow(held.core)).toBe(INHIBIT_BUTTON);
    const service = ready();
    press(service.core, 0, service.now);
    expect(inhibitsNow(service.core)).toBe(INHIBIT_BUTTON);
  });
  it('a STOP that is down: a stuck button where none is fitted, an open one where it is', () => {
    const none = ready();
    press(none.core, 2, none.now);
    expect(inhibitsNow(none.core)).toBe(INHIBIT_BUTTON);
    const fitted = ready({ settings: { stop: 1 } });
    expect(inhibitsNow(fitted.core)).toBe(INHIBIT_STOP_UNTRIED);
    press(fitted.core, 2, fitted.now);
    expect(inhibitsNow(fitted.core)).toBe(INHIBIT_STOP_UNTRIED + INHIBIT_STOP);
    release(fitted.core, 2, fitted.now);
    expect(inhibitsNow(fitted.core)).toBe(0);
  });
  it('what the image itself bars, for good', () => {
    const { ports } = new Device().core;
    const options = { periodMs: TICK_MS, version: 'x' };
    expect(createCore(ports, { ...options, barred: INHIBIT_BENCH }).readiness.barred).toBe(INHIBIT_BENCH);
    expect(createCore(ports, options).readiness.barred).toBe(0);
    const d = ready();
    Object.assign(d.core.readiness, { barred: INHIBIT_BENCH });
    expect(inhibitsNow(d.core)).toBe(INHIBIT_BENCH);
  });
  it('a store that has refused a write, for a minute from each one', () => {
    const d = ready();
    const inhibitsAfter = (ms: number): number => {
      Object.assign(d.core.tick, { now: d.core.tick.now + ms });
      return inhibitsNow(d.core);
    };
    d.refused = 1;
    expect([inhibitsAfter(0), inhibitsAfter(59_999), inhibitsAfter(1)]).toEqual([
      INHIBIT_STORE,
      INHIBIT_STORE,
      0,
    ]);
    d.refused = 2;
    expect(inhibitsAfter(0)).toBe(INHIBIT_STORE);
    expect(inhibitsAfter(60_000)).toBe(0);
  });
});

describe('questions', () => {
  const POSTURE_AND_SCREENING = INHIBIT_POSTURE + INHIBIT_SCREENING;
  it('are shown one at a time, the screening first; each press answers the one that was shown', () => {
    const d = ready({ settings: { screening: 0 } });
    const r = d.core.readiness;
    expect([isAnswered(d.core, POSTURE_AND_SCREENING), r.declined, r.inhibits, r.declinedAt]).toEqual([
      false,
      INHIBIT_SCREENING,
      INHIBIT_SCREENING,
      d.core.tick.now,
    ]);
    expect([isAnswered(d.core, POSTURE_AND_SCREENING), r.declined]).toEqual([false, INHIBIT_POSTURE]);
    expect(d.core.settings.screening).toBe(0);
    const writes = d.told(() => expect(isAnswered(d.core, POSTURE_AND_SCREENING)).toBe(true));
    expect([r.declined, r.accepted, d.core.settings.screening]).toEqual([0, POSTURE_AND_SCREENING, 1]);
    expect(writes).toEqual(['write cuff.set ...']);
  });
  it('what no press answers is said first, and again at every press', () => {
    const d = ready();
    const bits = INHIBIT_LOP_OTHER + POSTURE_AND_SCREENING;
    for (let i = 0; i < 3; i++) {
      expect(isAnswered(d.core, bits)).toBe(false);
      expect(d.core.readiness.declined).toBe(INHIBIT_LOP_OTHER);
    }
  });
  it('the lowest of two that are alike comes first', () => {
    const d = ready();
    isAnswered(d.core, INHIBIT_LOP_OLD + INHIBIT_POSTURE);
    expect(d.core.readiness.declined).toBe(INHIBIT_POSTURE);
    isAnswered(d.core, INHIBIT_LOP_OLD + INHIBIT_POSTURE);
    expect(d.core.readiness.declined).toBe(INHIBIT_LOP_OLD);
    expect(isAnswered(d.core, INHIBIT_LOP_OLD + INHIBIT_POSTURE)).toBe(true);
  });
  it('an answer is forgotten with its question: what was declined for another reason answers nothing', () => {
    const d = ready();
    isAnswered(d.core, INHIBIT_POSTURE);
    decline(d.core, INHIBIT_PROTOCOL);
    expect(isAnswered(d.core, INHIBIT_POSTURE)).toBe(false);
    d.core.readiness.declined = 0;
    expect(isAnswered(d.core, INHIBIT_POSTURE)).toBe(false);
  });
  it('what was answered before an earlier session answers nothing now', () => {
    const d = ready();
    Object.assign(d.core.readiness, { accepted: INHIBIT_POSTURE, declined: 0 });
    expect(isAnswered(d.core, INHIBIT_POSTURE)).toBe(false);
  });
  it('without any a start needs no answer, and nothing is written', () => {
    const d = ready();
    d.core.readiness.accepted = 99;
    const writes = d.told(() => expect(isAnswered(d.core, 0)).toBe(true));
    expect([writes, d.core.readiness.accepted]).toEqual([[], 0]);
  });
  it('wait for half a minute on an idle device, and not in another phase', () => {
    const d = ready();
    decline(d.core, INHIBIT_POSTURE);
    const inhibitsAfter = (ms: number, idle = true): number => {
      Object.assign(d.core.tick, { now: d.core.tick.now + ms });
      lookAtInhibits(d.core, idle);
      return d.core.readiness.inhibits;
    };
    expect([inhibitsAfter(30_000), inhibitsAfter(1)]).toEqual([INHIBIT_POSTURE, 0]);
    expect(d.core.readiness.declined).toBe(0);
    decline(d.core, INHIBIT_POSTURE);
    expect(inhibitsAfter(0, false)).toBe(0);
  });
  it('the screening is asked before the first session that was completed', () => {
    for (const [prog, screening, unscreened] of [
      ['1,5,0,0,0,0,0', 0, true],
      ['1,5,1,0,0,0,0', 0, false],
      ['1,5,0,0,0,0,0', 1, false],
    ] as const)
      expect(isUnscreened(new Device({ settings: { screening }, files: { 'cuff.prog': prog } }).core)).toBe(
        unscreened,
      );
  });
});

describe('what an idle device knows beforehand', () => {
  it.each<[string, Record<string, number>, boolean]>([
    ['a measured pressure is sure', {}, false],
    ['another is an estimate', { lopSource: 3 }, true],
    ['none is none', { lopSource: 0, lopMmHg: 0 }, false],
  ])('%s', (_name, settings, estimated) => {
    const d = ready({ settings });
    lookAhead(d.core);
    expect(d.core.readiness.estimated).toBe(estimated);
  });
  it('what the dates advise, where they are known', () => {
    const d = ready();
    Object.assign(d.core.progress, { lastS: 1_790_000_000 });
    lookAhead(d.core);
    expect(d.core.readiness.advice).toBe(0);
    Object.assign(d.core.date, { trusted: true, baseS: 1_790_000_000 });
    lookAhead(d.core);
    expect(d.core.readiness.advice).toBe(1);
  });
});
