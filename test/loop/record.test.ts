/** What is in the record of a session, and what how it felt makes of it: on the small device, figures put in by hand. */
import { describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { INHIBIT_POSTURE } from '../../src/safety/inhibits.ts';
import { trip } from '../../src/safety/latch.ts';
import { TRIP_LEAK } from '../../src/safety/rows/air.ts';
import { keepRecord, recordText, rewriteRecord } from '../../src/session/logbook.ts';
import { beginMeasurement, orderMeasurement } from '../../src/session/measurement.ts';
import { press, release } from '../../src/wearer/press.ts';
import { Device, LOP, working } from './device.ts';

type Fields = Record<string, unknown>;
const parsed = (text: string | undefined): Fields => JSON.parse(text ?? '{}');

describe('the figures of a record', () => {
  it('are those of this session: what was counted before is taken off, shares and means are of the time held', () => {
    const d = new Device().work();
    Object.assign(d.core.recorder, {
      moveMs: 40_000,
      moveInMs: 30_000,
      restMs: 20_000,
      restInMs: 5000,
      errorSum: 132_000,
      peak: 6010,
      heldMs: 61_400,
      pumpMsAt: 1000,
      pumpStartsAt: 10,
      bleedsAt: 20,
      cyclesAt: 5,
      lowAt: 3,
      highAt: 2,
      weakAt: 1,
    });
    Object.assign(d.core.regulator.report, { cycles: 105, low: 43, high: 32, weak: 6 });
    Object.assign(d.core.supervisor, { pumpMs: 31_000, measured: 90.6, allowed: 14.4 });
    Object.assign(d.core.supervisor, { lateSeen: 11, longestSeenMs: 97 });
    Object.assign(d.core.pace, { meanMs: 47.6, worstMs: 88, stalls: 1 });
    Object.assign(d.core.outputs, { pumpStarts: 17, bleeds: 29 });
    Object.assign(d.core.readiness, { estimated: true, accepted: INHIBIT_POSTURE });
    d.core.session.lessMmHg = 10;
    d.core.session.leftMs = 44_400;
    expect(parsed(recordText(d.core, 7, 2))).toMatchObject({
      v: 1,
      n: 7,
      fw: 'x',
      dateS: 0,
      poweredS: Math.round(d.core.tick.now / 1000),
      protocol: 'mine',
      stage: d.core.progress.stage,
      lop: LOP,
      estimated: 1,
      asked: 'posture',
      less: 10,
      exit: 0,
      step: 0,
      leftS: 44,
      trip: '',
      hazard: '',
      measured: 91,
      allowed: 14,
      rows: 1,
      moveS: 40,
      moveInPermille: 750,
      restS: 20,
      restInPermille: 250,
      meanErrorTenths: 22,
      peak: 120,
      pressureS: 61,
      pumpS: 30,
      pumpStarts: 7,
      bleeds: 9,
      cycles: 100,
      low: 40,
      high: 30,
      weak: 5,
      tickMeanMs: 48,
      tickWorstMs: 88,
      tickLongestMs: 97,
      ticksLate: 11,
      stalls: 1,
      felt: 2,
    });
  });
  it('of no time held are 0', () => {
    const d = new Device().settle();
    expect(parsed(recordText(d.core, 1, 0))).toMatchObject({
      estimated: 0,
      moveInPermille: 0,
      restInPermille: 0,
      meanErrorTenths: 0,
      rows: 0,
    });
  });
});

describe('the record of a session', () => {
  it('is written over with how it felt, in its own place', () => {
    const d = new Device().fill(working(3)).until('done').run(1000);
    expect(parsed(d.files['cuff.r3'])).toMatchObject({ n: 3, felt: 0 });
    expect(d.told(() => rewriteRecord(d.core, 2))).toEqual(['write cuff.r3 ...']);
    expect(parsed(d.files['cuff.r3'])).toMatchObject({ n: 3, felt: 2 });
  });
  it('that the store refuses is not counted', () => {
    const d = new Device().fill(working(3));
    d.stores = false;
    d.until('done').run(1000);
    expect([d.core.progress.sessions, d.files['cuff.r3']]).toEqual([2, undefined]);
  });
  it('of nothing is not written, and a fresh logbook has written none', () => {
    const d = new Device();
    expect([d.core.logbook.recorded, d.core.logbook.boxPart]).toEqual([false, -1]);
    expect(d.told(() => keepRecord(d.core))).toEqual([]);
    expect(d.core.logbook.recorded).toBe(false);
  });
  it('has a black box of sixteen parts after a trip and after commissioning, and after no other', () => {
    const parts = (d: Device): string[] =>
      Object.keys(d.files)
        .filter((name) => /^cuff\.b\d+$/.test(name))
        .sort();
    const all = Array.from({ length: 16 }, (_x, i) => `cuff.b${i}`).sort();
    expect(parts(new Device().fill(working(3)).until('done').run(3000))).toEqual([]);
    const kept = new Device()
      .fill({ ...working(3), id: 'commissioning' })
      .until('done')
      .run(3000);
    expect(parts(kept)).toEqual(all);
    const tripped = new Device().work();
    trip(tripped.core.supervisor, tripped.core.tick, TRIP_LEAK, 1, 2);
    expect(parts(tripped.run(5000))).toEqual(all);
    expect(tripped.core.logbook.boxPart).toBe(-1);
  });
});

describe('a measurement that trips', () => {
  it('is over, has training’s limits again, and gets a record as a measurement', () => {
    const d = new Device().settle();
    const { ceilingMmHg } = d.core.supervisor.limits;
    orderMeasurement(d.core.measurement, 2);
    beginMeasurement(d.core);
    d.run(3000);
    trip(d.core.supervisor, d.core.tick, TRIP_LEAK, 1, 2);
    d.until('tripped');
    expect(d.core.measurement.ordered).toBe(false);
    d.run(3000);
    expect([d.phase, d.core.measurement.ordered, d.core.supervisor.limits.ceilingMmHg]).toEqual([
      'tripped',
      false,
      ceilingMmHg,
    ]);
    expect(parsed(d.files['cuff.r3'])).toMatchObject({ protocol: 'lop', exit: 3, trip: 'leak', lop: LOP });
  });
});

describe('the flash', () => {
  it('is written with the valve open only, and never in the tick in which the valve is shut', () => {
    const d = new Device().settle();
    const written: string[] = [];
    const watch = (ms: number): void => {
      for (let at = 0; at < ms; at += TICK_MS) {
        const calls = d.told(() => d.tick());
        if (!calls.some((call) => call.startsWith('write '))) continue;
        written.push(...calls);
        expect([d.shut, d.core.tick.outVent]).toEqual([false, true]);
      }
    };
    press(d.core, 1, d.now);
    release(d.core, 1, d.now + 100);
    watch(30_000);
    expect(d.phase).toBe('work');
    d.broken = ['sensor'];
    d.core.ports.sensor.sample = () => Number.NaN;
    watch(100_000);
    expect(d.core.supervisor.pressurised).toBe(true);
    expect(written.some((call) => call.startsWith('write cuff.lock 1'))).toBe(true);
    expect(written.some((call) => call.startsWith('write cuff.r3'))).toBe(true);
  });
});
