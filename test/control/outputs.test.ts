import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRegulator, type Regulator, regulate, resetRegulator } from '../../src/control/regulator.ts';
import type { SensorTraits } from '../../src/ports.ts';
import type { Tick } from '../../src/tick.ts';
import { createTick } from '../../src/tick.ts';
import { standardControlSettings } from './standard-settings.ts';

const TRAITS: SensorTraits = {
  ageMs: 4,
  zeroMinMmHg: 500,
  zeroMaxMmHg: 900,
  noiseMilliMmHg: 60,
  maxPeriodMs: 60,
  maxMmHg: 300,
  frozenMs: 1250,
};

function checkOutputs(t: Tick): void {
  expect(t.pump).toBeGreaterThanOrEqual(0);
  expect(t.pump).toBeLessThanOrEqual(1000);
  expect(Number.isInteger(t.bleedMs)).toBe(true);
  expect(t.bleedMs).toBeGreaterThanOrEqual(0);
  expect(t.bleedMs).toBeLessThanOrEqual(t.period);
  expect(t.pump > 0 && t.bleedMs > 0).toBe(false);
  expect(t.pump > 0 && t.vent).toBe(false);
  expect(t.vent).toBe(t.setpoint === null);
}

function checkState(x: object): void {
  for (const v of Object.values(x)) {
    if (typeof v === 'number') expect(Number.isFinite(v)).toBe(true);
    else if (v instanceof Float32Array) expect(v.every((y) => Number.isFinite(y))).toBe(true);
    else if (v !== null && typeof v === 'object') checkState(v);
  }
}

const tick = fc.record({
  measuredMmHg: fc.oneof(
    { weight: 20, arbitrary: fc.double({ min: -20, max: 300, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
  ),
  fresh: fc.boolean(),
  doubtful: fc.oneof(
    { weight: 9, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  quiet: fc.oneof({ weight: 19, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  setpoint: fc.oneof(
    { weight: 30, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constantFrom(-1, 60, 110, 200) },
  ),
  dt: fc.integer({ min: 10, max: 50 }),
});

function run(
  ticks: readonly {
    measuredMmHg: number;
    fresh: boolean;
    doubtful: boolean;
    quiet: boolean;
    setpoint: number;
    dt: number;
  }[],
): Regulator {
  const r = createRegulator(standardControlSettings(), TRAITS);
  const t = createTick(40);
  t.capMmHg = 180;
  t.setpoint = 120;
  for (const k of ticks) {
    t.outPump = t.pump;
    t.outBleedMs = t.bleedMs;
    t.outVent = t.vent;
    t.now += k.dt;
    t.dt = k.dt;
    t.measuredMmHg = k.measuredMmHg;
    t.fresh = k.fresh;
    t.doubtful = k.doubtful;
    t.quiet = k.quiet;
    if (k.setpoint !== 0) t.setpoint = k.setpoint < 0 ? null : k.setpoint;
    regulate(r, t);
    checkOutputs(t);
    if (k.doubtful || k.quiet || t.setpoint === null) {
      expect(t.pump).toBe(0);
      expect(t.bleedMs).toBe(0);
    }
  }
  return r;
}

describe('what the regulator proposes', () => {
  it('stays in range whatever the readings are, never pump with bleed, and its memory stays finite', () => {
    fc.assert(
      fc.property(fc.array(tick, { minLength: 50, maxLength: 400 }), (ticks) => {
        checkState(run(ticks));
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('does not grow: the same fields, the same arrays after ten minutes of noise', () => {
    const r = createRegulator(standardControlSettings(), TRAITS);
    const shape = (x: object): string =>
      JSON.stringify(x, (_k, v: unknown) => (typeof v === 'number' || typeof v === 'boolean' ? 0 : v));
    const before = shape(r);
    const t = createTick(40);
    t.capMmHg = 180;
    t.setpoint = 120;
    for (let k = 0; k < 15_000; k += 1) {
      t.now += 40;
      t.dt = 40;
      t.measuredMmHg = 120 + 25 * Math.sin(k / 9) + 3 * Math.sin(k * 1.7);
      t.fresh = true;
      t.doubtful = false;
      regulate(r, t);
      t.outPump = t.pump;
      t.outBleedMs = t.bleedMs;
    }
    expect(shape(r)).toBe(before);
  });

  it('vents and forgets the phase when the setpoint goes', () => {
    const r = run([{ measuredMmHg: 20, fresh: true, doubtful: false, quiet: false, setpoint: 0, dt: 40 }]);
    resetRegulator(r);
    expect(r.filled).toBe(false);
    expect(r.mode).toBe(0);
  });
});
