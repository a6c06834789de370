/** The one writer of the demand, the one writer of the outputs, and the date: function by function. */
import { describe, expect, it } from 'vitest';
import { createDate, dateIfKnown, setDate } from '../../src/date.ts';
import { capDemand, demand, demandQuiet, dropDemand, markAsked } from '../../src/demand.ts';
import { createOutputs, cutOutputs, type DrivenPorts, drive, NO_LEASE } from '../../src/outputs.ts';
import { createTick, type Tick } from '../../src/tick.ts';

describe('the demand', () => {
  it('is what the last caller said, and a dropped one vents and is quiet no more', () => {
    const t = createTick(50);
    demandQuiet(t, 90, true);
    expect([t.setpoint, t.quiet]).toEqual([90, true]);
    demand(t, 80);
    expect([t.setpoint, t.quiet]).toEqual([80, false]);
    demandQuiet(t, 80, true);
    dropDemand(t);
    expect([t.setpoint, t.quiet]).toEqual([null, false]);
    capDemand(t, 123);
    expect(t.capMmHg).toBe(123);
  });
  it('knows how long after the time before it was worked out', () => {
    const t = createTick(50);
    Object.assign(t, { now: 5000, askedAt: 4800 });
    expect([markAsked(t), t.lapMs, t.askedAt]).toEqual([200, 200, 5000]);
    Object.assign(t, { now: 5050 });
    expect(markAsked(t)).toBe(50);
  });
});

describe('the outputs', () => {
  function stand(): { calls: string[]; ports: DrivenPorts; t: Tick } {
    const calls: string[] = [];
    const ports: DrivenPorts = {
      pump: { write: (duty) => calls.push(`pump ${duty}`) },
      valve: { write: (ms) => calls.push(`valve ${ms}`) },
      lease: {
        renew: () => {
          calls.push('renew');
          return true;
        },
        drop: () => calls.push('drop'),
      },
    };
    const t = createTick(50);
    return { calls, ports, t };
  }
  const sent = (t: Tick, outPump: number, outBleedMs: number): void => {
    Object.assign(t, { outVent: false, outPump, outBleedMs, changed: true });
  };
  it('are counted as they are sent: each start of the pump and each bleed once', () => {
    const { ports, t, calls } = stand();
    const o = createOutputs();
    for (const [pump, bleed] of [
      [500, 0],
      [700, 0],
      [0, 0],
      [0, 20],
      [0, 30],
      [300, 0],
    ] as const) {
      sent(t, pump, bleed);
      drive(o, ports, t);
      expect(t.changed).toBe(false);
    }
    expect([o.pumpStarts, o.bleeds, o.sentPump]).toEqual([2, 2, 300]);
    expect(calls).toEqual([
      'renew',
      'valve 0',
      'pump 500',
      'pump 700',
      'pump 0',
      'valve 20',
      'valve 30',
      'pump 300',
    ]);
  });
  it('a vent opens the valve first, stops the pump and gives the lease up; the next hold begins with all of it', () => {
    const { ports, t, calls } = stand();
    const o = createOutputs();
    sent(t, 500, 0);
    drive(o, ports, t);
    calls.length = 0;
    Object.assign(t, { outVent: true });
    drive(o, ports, t);
    expect(calls).toEqual(['valve -1', 'pump 0', 'drop']);
    expect([o.leaseAt, o.sentPump]).toEqual([NO_LEASE, 0]);
    calls.length = 0;
    sent(t, 500, 0);
    drive(o, ports, t);
    expect(calls).toEqual(['renew', 'valve 0', 'pump 500']);
  });
  it('says since when it has a lease', () => {
    const { ports, t } = stand();
    const o = createOutputs();
    expect(o.leaseAt).toBe(NO_LEASE);
    sent(t, 500, 0);
    t.now = 700;
    drive(o, ports, t);
    expect(o.leaseAt).toBe(700);
  });
  it.each(['valve', 'pump'] as const)('a %s that throws keeps the other from nothing', (broken) => {
    const { ports, t, calls } = stand();
    Object.assign(ports[broken], {
      write: () => {
        throw new Error('broken');
      },
    });
    const o = createOutputs();
    Object.assign(o, { leaseAt: 5, sentPump: 500 });
    Object.assign(t, { outVent: false, outPump: 500 });
    expect(() => cutOutputs(o, ports, t)).not.toThrow();
    expect(calls).toEqual([broken === 'valve' ? 'pump 0' : 'valve -1']);
    expect([t.outVent, t.outPump, o.leaseAt, o.sentPump]).toEqual([true, 0, NO_LEASE, 0]);
  });
});

describe('the date', () => {
  const FIRST = 1_735_689_600;
  const LAST = 4_102_444_800;
  it('is known from when a link has set it, and goes on with the time since', () => {
    const d = createDate();
    expect([d.trusted, d.baseS, dateIfKnown(d, 99_000)]).toEqual([false, 0, 0]);
    setDate(d, 1_790_000_000, 5999);
    expect([dateIfKnown(d, 5999), dateIfKnown(d, 66_000)]).toEqual([1_790_000_000, 1_790_000_061]);
  });
  it.each<[number, boolean]>([
    [FIRST, true],
    [FIRST - 1, false],
    [LAST, true],
    [LAST + 1, false],
    [Number.NaN, false],
  ])('%d is one, or is not', (dateS, believed) => {
    const d = createDate();
    setDate(d, dateS, 0);
    expect(d.trusted).toBe(believed);
    expect(dateIfKnown(d, 0)).toBe(believed ? dateS : 0);
  });
});
