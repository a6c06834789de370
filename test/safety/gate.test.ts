import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TICK_MS } from '../../src/limits.ts';
import { gate, ventNow } from '../../src/safety/gate.ts';
import { TRIP_SETPOINT } from '../../src/safety/rows/pressure.ts';
import { tighten } from '../../src/safety/supervisor.ts';
import type { Tick } from '../../src/tick.ts';
import { MAX_CUFF_MMHG } from './numbers.ts';
import { Stand } from './stand.ts';

const good: Partial<Tick> = {
  setpoint: 100,
  vent: false,
  measuredMmHg: 100,
  filteredMmHg: 100,
  doubtful: false,
  pump: 0,
  bleedMs: 0,
};

function gated(change: Partial<Tick>): Stand {
  const s = new Stand();
  Object.assign(s.t, good, change);
  gate(s.s, s.t);
  return s;
}

const out = (s: Stand) => [s.t.outVent, s.t.outPump, s.t.outBleedMs];

describe('gate', () => {
  it('lets a good proposal through', () => {
    expect(out(gated({}))).toEqual([false, 0, 0]);
    expect(out(gated({ pump: 700 }))).toEqual([false, 700, 0]);
    expect(out(gated({ pump: 700.4 }))).toEqual([false, 700, 0]);
    expect(out(gated({ bleedMs: 12 }))).toEqual([false, 0, 12]);
    expect(out(gated({ pump: 5000 }))).toEqual([false, 1000, 0]);
    expect(out(gated({ bleedMs: 5000 }))).toEqual([false, 0, TICK_MS]);
  });
  it('never both: a bleed wins over the pump', () => {
    expect(out(gated({ pump: 700, bleedMs: 3 }))).toEqual([false, 0, 3]);
  });
  it('vents without a setpoint, on a vent proposal and on anything unclear', () => {
    const vent = [true, 0, 0];
    expect(out(gated({ setpoint: null, pump: 500 }))).toEqual(vent);
    expect(out(gated({ vent: true, pump: 500, bleedMs: 3 }))).toEqual(vent);
    expect(out(gated({ vent: undefined as unknown as boolean }))).toEqual(vent);
    const tripped = new Stand();
    Object.assign(tripped.t, good, { pump: 500 });
    tripped.s.trip = 5;
    gate(tripped.s, tripped.t);
    expect(out(tripped)).toEqual(vent);
  });
  it('no pump on a doubtful sample, held shut', () => {
    expect(out(gated({ pump: 700, doubtful: true }))).toEqual([false, 0, 0]);
    expect(out(gated({ pump: 700, doubtful: undefined as unknown as boolean }))).toEqual([false, 0, 0]);
  });
  it('opens the valve for the whole tick above 300 mmHg, and for no number', () => {
    expect(out(gated({ measuredMmHg: MAX_CUFF_MMHG, pump: 10 }))).toEqual([false, 10, 0]);
    expect(out(gated({ measuredMmHg: MAX_CUFF_MMHG + 1, pump: 10 }))).toEqual([false, 0, TICK_MS]);
    expect(out(gated({ measuredMmHg: Number.NaN, pump: 10 }))).toEqual([false, 0, TICK_MS]);
  });
  it('the ceiling itself passes, a step above and a step below zero trip', () => {
    // LOP 200, 80 %
    expect(gated({ setpoint: 160 }).s.trip).toBe(0);
    for (const setpoint of [
      160.5,
      -1,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      undefined as unknown as number,
    ]) {
      const s = gated({ setpoint, pump: 500 });
      expect(s.s.trip).toBe(TRIP_SETPOINT);
      expect(out(s)).toEqual([true, 0, 0]);
    }
    expect(gated({ setpoint: 0 }).s.trip).toBe(0);
  });
  it('a setpoint at the ceiling is none to trip on, whatever else keeps it from passing', () => {
    const high = gated({ setpoint: 160, measuredMmHg: MAX_CUFF_MMHG + 1 });
    expect([out(high), high.s.trip]).toEqual([[false, 0, TICK_MS], 0]);
    expect(out(gated({ setpoint: 160, vent: true }))).toEqual([true, 0, 0]);
    expect(gated({ setpoint: 160, vent: true }).s.trip).toBe(0);
  });
  it('a setpoint of 0 is held shut, bled only as proposed or above 300 mmHg', () => {
    expect(out(gated({ setpoint: 0 }))).toEqual([false, 0, 0]);
    expect(out(gated({ setpoint: 0, measuredMmHg: MAX_CUFF_MMHG }))).toEqual([false, 0, 0]);
    expect(out(gated({ setpoint: 0, measuredMmHg: MAX_CUFF_MMHG + 1 }))).toEqual([false, 0, TICK_MS]);
    expect(out(gated({ setpoint: 0, bleedMs: 7 }))).toEqual([false, 0, 7]);
  });
  it('whatever comes in, what goes out is safe (20,000 poisoned ticks)', () => {
    const poison = fc.oneof(
      fc.double(),
      fc.constantFrom(
        Number.NaN,
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
        -0,
        undefined,
        null,
        'x',
        '40',
        true,
        false,
        {},
      ),
      fc.integer({ min: -2000, max: 2000 }),
    );
    fc.assert(
      fc.property(
        poison,
        poison,
        poison,
        poison,
        poison,
        poison,
        (setpoint, pump, bleedMs, vent, raw, doubtful) => {
          const s = gated({
            setpoint,
            pump,
            bleedMs,
            vent,
            measuredMmHg: raw,
            doubtful,
          } as unknown as Partial<Tick>);
          const t = s.t;
          expect(Number.isInteger(t.outPump) && t.outPump >= 0 && t.outPump <= 1000).toBe(true);
          expect(Number.isInteger(t.outBleedMs) && t.outBleedMs >= 0 && t.outBleedMs <= TICK_MS).toBe(true);
          if (t.outPump > 0) {
            expect(t.outVent === false && t.outBleedMs === 0 && doubtful === false).toBe(true);
            expect(Number(setpoint) <= 160 && Number(raw) <= MAX_CUFF_MMHG).toBe(true);
          }
          if (t.outVent) expect(t.outBleedMs + t.outPump).toBe(0);
        },
      ),
      { numRuns: 20_000, seed: 5 },
    );
  });
});

describe('what is written', () => {
  const steady = (): Stand => {
    const s = gated({ pump: 700 });
    s.t.changed = false;
    return s;
  };
  const then = (s: Stand, change: Partial<Tick>): Stand => {
    Object.assign(s.t, change);
    gate(s.s, s.t);
    return s;
  };

  it('nothing while the proposal is what stands', () => {
    expect(then(steady(), {}).t.changed).toBe(false);
    expect(then(steady(), { pump: 700.4 }).t.changed).toBe(false);
    const shut = gated({});
    shut.t.changed = false;
    expect(then(shut, {}).t.changed).toBe(false);
  });
  it('each reason against a proposal that has passed before stops it in the same tick', () => {
    for (const [change, expected] of [
      [{ setpoint: null }, [true, 0, 0]],
      [{ setpoint: 161 }, [true, 0, 0]],
      [{ setpoint: -1 }, [true, 0, 0]],
      [{ setpoint: Number.NaN }, [true, 0, 0]],
      [{ vent: true }, [true, 0, 0]],
      [{ measuredMmHg: MAX_CUFF_MMHG + 1 }, [false, 0, TICK_MS]],
      [{ measuredMmHg: Number.NaN }, [false, 0, TICK_MS]],
      [{ doubtful: true }, [false, 0, 0]],
      [{ bleedMs: 5 }, [false, 0, 5]],
      [{ pump: 0 }, [false, 0, 0]],
      [{ pump: Number.NaN }, [false, 0, 0]],
    ] as [Partial<Tick>, unknown[]][]) {
      const s = then(steady(), change);
      expect([out(s), s.t.changed], JSON.stringify(change)).toEqual([expected, true]);
    }
    const tripped = steady();
    tripped.s.trip = 5;
    expect([out(then(tripped, {})), tripped.t.changed]).toEqual([[true, 0, 0], true]);
    const lowered = steady();
    tighten(lowered.s, true, 100, 250, 800, 1_200_000);
    expect([out(then(lowered, {})), lowered.s.trip]).toEqual([[true, 0, 0], TRIP_SETPOINT]);
  });
  it('every bleed, and nothing at its end', () => {
    const s = then(steady(), { pump: 0, bleedMs: 5 });
    s.t.changed = false;
    expect(then(s, {}).t.changed).toBe(true);
    s.t.changed = false;
    expect([out(then(s, { bleedMs: 0 })), s.t.changed]).toEqual([[false, 0, 0], false]);
  });
  it('nothing while the cuff stays vented', () => {
    const s = then(steady(), { setpoint: null });
    expect(s.t.changed).toBe(true);
    s.t.changed = false;
    expect(then(s, { setpoint: null }).t.changed).toBe(false);
    s.s.trip = 5;
    expect(then(s, {}).t.changed).toBe(false);
  });
  it('a vent from outside of a tick is written again by the next one', () => {
    const s = steady();
    ventNow(s.t);
    expect([out(s), s.t.changed]).toEqual([[true, 0, 0], true]);
    expect(then(s, { setpoint: null }).t.changed).toBe(true);
  });
  it('the same as without a memory of what stands (sequences)', () => {
    const proposal = fc.record({
      setpoint: fc.constantFrom(100, 100, 100, 161, null),
      vent: fc.constantFrom(false, false, false, true),
      measuredMmHg: fc.constantFrom(100, 100, 301),
      doubtful: fc.constantFrom(false, false, true),
      pump: fc.constantFrom(0, 0, 500, 1000),
      bleedMs: fc.constantFrom(0, 0, 0, 7),
    });
    fc.assert(
      fc.property(fc.array(proposal, { maxLength: 20 }), (list) => {
        const s = new Stand();
        let sent = [true, 0, 0];
        for (const change of list) {
          const fresh = new Stand();
          fresh.s.trip = s.s.trip;
          Object.assign(fresh.t, change);
          gate(fresh.s, fresh.t);
          s.t.changed = false;
          then(s, change);
          expect(out(s)).toEqual(out(fresh));
          // what stands in the outputs: a bleed ends by itself
          if (s.t.changed) sent = out(s) as typeof sent;
          expect([s.t.outVent, s.t.outPump]).toEqual(sent.slice(0, 2));
          if (s.t.outBleedMs > 0) expect(s.t.changed).toBe(true);
        }
      }),
      { numRuns: 2000, seed: 6 },
    );
  });
});

describe('limits', () => {
  const limited = (leg: boolean, lop: number, user: number, share: number, ms: number) => {
    const s = new Stand().s;
    tighten(s, leg, lop, user, share, ms);
    return [s.limits.ceilingMmHg, s.limits.lopMmHg, s.limits.pressureMs];
  };
  it('settings tighten', () => {
    expect(limited(true, 200, 120, 800, 600_000)).toEqual([120, 200, 600_000]);
    expect(limited(true, 200, 250, 500, 600_000)).toEqual([100, 200, 600_000]);
  });
  it('and never loosen', () => {
    expect(limited(true, 300, 900, 5000, 9e9)).toEqual([240, 300, 1_200_000]);
    expect(limited(false, 300, 900, 5000, 9e9)).toEqual([240, 300, 900_000]);
    expect(limited(true, 400, 900, 800, 1)[0]).toBe(250);
  });
  it('what is not a number gives nothing', () => {
    expect(limited(true, Number.NaN, Number.NaN, Number.NaN, Number.NaN)).toEqual([0, 0, 0]);
    expect(limited(true, -5, -5, -5, -5)).toEqual([0, 0, 0]);
  });
});
