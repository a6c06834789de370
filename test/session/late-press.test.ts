import { expect, it } from 'vitest';
import { nominalLimb } from '../../sim/plant/limb-params.ts';
import { type Bench, bench } from '../core/bench.ts';

const LIMB = { limb: nominalLimb('rest') };

function ended(): Bench {
  const b = bench({ settings: { screening: 1 } });
  b.start();
  b.run(5);
  b.tap(1);
  b.run(8);
  b.hold(2.5);
  return b;
}

function inDone(): Bench {
  const b = ended();
  b.until('done', 10);
  return b;
}

function inPause(): Bench {
  const b = bench();
  b.start();
  b.tap(1);
  b.run(10);
  return b;
}

function inPosture(): Bench {
  const b = bench();
  b.settle();
  b.hold(2.5);
  return b;
}

/** A measurement of a resting limb, whole, until its vent has been seen. */
function measured(): Bench {
  const b = bench({ rig: LIMB });
  b.settle();
  b.hold(2.5);
  b.tap(3);
  b.until('lop', 40);
  b.until('deflate', 200);
  return b;
}

/** How to get there, the phase that ends by itself, ms that it lasts, and what comes then. */
const CHANGES: ReadonlyArray<readonly [() => Bench, string, number, string]> = [
  [inDone, 'done', 60000, 'idle'],
  [inPause, 'paused', 300000, 'deflate'],
  [inPosture, 'posture', 15000, 'idle'],
  [measured, 'deflate', 1000, 'idle'],
  [ended, 'deflate', 1000, 'done'],
];

/** `times` presses, the first one `beforeMs` before the change; then long enough for any fill. */
function straddle(b: Bench, lasts: number, beforeMs: number, times: number, lengthMs: number): string[] {
  const wait = lasts - beforeMs - b.level.core.session.phaseMs;
  if (wait > 0) b.run(wait / 1000);
  const at = b.level.rig.nowMs + 1;
  for (let i = 0; i < times; i++) {
    b.level.button(1, true, at + i * (lengthMs + 250));
    b.level.button(1, false, at + i * (lengthMs + 250) + lengthMs);
  }
  const met = new Set<string>();
  for (let i = 0; i < 300; i++) {
    b.run(0.1);
    met.add(b.phase);
  }
  expect(b.level.view.vent).toBe(1);
  return [...met];
}

it.each(CHANGES)(
  'a press meant for a phase that ends by itself starts nothing: %o %s',
  (make, phase, lasts, next) => {
    const presses = [
      [100, 1, 150],
      [450, 1, 150],
      [700, 3, 150],
      [900, 1, 2500],
      [300, 1, 5500],
      [-50, 1, 150],
    ] as const;
    for (const [beforeMs, times, lengthMs] of presses) {
      // on an idle device that has asked nothing a whole new press is an order
      if (beforeMs < 0 && phase === 'deflate') continue;
      const b = make();
      expect(b.phase).toBe(phase);
      const met = straddle(b, lasts, beforeMs, times, lengthMs);
      for (const bad of ['ready', 'fill', 'work', 'lop', 'posture'])
        if (bad !== phase) expect(met, `${phase} to ${next}, ${beforeMs} ms before`).not.toContain(bad);
      expect(b.level.core.readiness.choice).toBe(-1);
    }
  },
  60_000,
);

it('a press in the deflation means nothing, whatever comes after it', () => {
  const b = measured();
  b.run(0.5);
  b.tap(1);
  b.run(20);
  expect([b.phase, b.level.view.vent]).toEqual(['idle', 1]);
  b.tap(1);
  b.until('fill', 40);
});

it('a pause that something else has made of a released rest is not gone on with by the same press', () => {
  const b = bench();
  b.start();
  b.until('released', 240);
  b.run(10);
  const at = b.level.rig.nowMs + 1;
  b.level.button(1, true, at);
  b.level.button(2, true, at + 60);
  b.level.button(1, false, at + 150);
  b.level.button(2, false, at + 200);
  b.run(20);
  expect([b.phase, b.level.view.vent]).toEqual(['paused', 1]);
});

it('the gesture that makes a change does not use up the next one', () => {
  const b = inDone();
  b.run(1);
  b.tap(1);
  expect(b.phase).toBe('idle');
  b.hold(2.5);
  expect(b.phase).toBe('posture');
});
