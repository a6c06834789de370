import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure, subject, traitsFor } from '../../sim/people/measure.ts';
import { measureOnRig } from '../../sim/people/measure-rig.ts';
import { Random } from '../../sim/plant/random.ts';
import { MAX_MEASURE_MMHG } from '../../src/limits.ts';
import { createFit } from '../../src/occlusion/fit.ts';
import { lopStep, resetLop, startLop } from '../../src/occlusion/lop.ts';
import {
  createLop,
  LOP_DONE,
  LOP_FIT,
  LOP_IDLE,
  LOP_REST,
  LOP_SETTLE,
  LOP_WINDOW,
  type Lop,
} from '../../src/occlusion/lop-state.ts';
import { nextDown, startPlan, workPlan } from '../../src/occlusion/plan.ts';
import { refusalText } from '../../src/occlusion/reasons.ts';
import { clearSteps, createSteps, WINDOW_SAMPLES } from '../../src/occlusion/steps.ts';
import { createSweep, startSweep } from '../../src/occlusion/sweep.ts';
import {
  CEILING_MARGIN_MMHG,
  createFinding,
  judgeNumber,
  NOTICE_MOTION,
  REFUSED_CEILING,
  REFUSED_DISAGREE,
  REFUSED_EDGE,
  REFUSED_FILL,
  REFUSED_MOTION,
  REFUSED_SENSOR,
  REFUSED_TOP,
} from '../../src/occlusion/verdict.ts';
import { createTick } from '../../src/tick.ts';

const reference = { noise: 0.08, lsb: 0, spikes: 0 };

describe('a measurement on simulated people', () => {
  it('is within 10 % for nearly all, quick, and within its time and pressure', () => {
    const results = Array.from({ length: 40 }, (_, i) => {
      const who = subject(91_001, i, 'rest', 'natural');
      return { lop: measure(who, reference, false, 40), truth: who.person.lopMmHg };
    });
    const good = results.filter((r) => r.lop.result.refusal === 0);
    expect(good.length).toBeGreaterThanOrEqual(34);
    const near = good.filter((r) => Math.abs(r.lop.result.mmHg - r.truth) <= 0.1 * r.truth);
    expect(near.length).toBeGreaterThanOrEqual(good.length - 1);
    for (const r of results) expect(r.lop.pressureMs).toBeLessThanOrEqual(75_000);
    const bias = good.reduce((s, r) => s + r.lop.result.mmHg - r.truth, 0) / good.length;
    expect(Math.abs(bias)).toBeLessThan(2.5);
  });

  it.each([10, 13, 20, 27, 30, 33, 50, 60])('gives the same at %i ms a tick, within a few mmHg', (period) => {
    const who = subject(91_002, 3, 'rest', 'natural');
    const lop = measure(who, reference, false, period);
    expect(lop.result.refusal).toBe(0);
    expect(Math.abs(lop.result.mmHg - who.person.lopMmHg)).toBeLessThan(0.1 * who.person.lopMmHg);
    expect(lop.steps.spacing).toBeGreaterThanOrEqual(30);
    expect(lop.steps.spacing).toBeLessThanOrEqual(60);
    expect(Math.max(...lop.steps.length)).toBeLessThanOrEqual(WINDOW_SAMPLES);
    expect(lop.pressureMs).toBeLessThanOrEqual(75_000 + period);
  });

  it('repeats to the last bit', () => {
    const run = (): number =>
      measure(subject(91_003, 1, 'rest', 'natural'), reference, false, 40).result.mmHg;
    expect(run()).toBe(run());
  });

  it('works on the full plant with the firmware regulator', () => {
    const who = subject(91_004, 0, 'rest', 'natural');
    const { lop } = measureOnRig(who, false, 40);
    expect(lop.result.refusal).toBe(0);
    expect(Math.abs(lop.result.mmHg - who.person.lopMmHg)).toBeLessThan(0.1 * who.person.lopMmHg);
  });

  it('careful: two runs with a vented rest between, their mean, or a refusal that says how far apart they are', () => {
    const lops = Array.from({ length: 12 }, (_, i) =>
      measure(subject(91_005, i, 'move', 'natural'), reference, true, 40),
    );
    const calm = measure(subject(91_005, 2, 'rest', 'natural'), reference, true, 40);
    expect(calm.result.mmHg).toBeCloseTo(((calm.runs[0]?.mmHg ?? 0) + (calm.runs[1]?.mmHg ?? 0)) / 2, 9);
    for (const lop of lops) {
      if (lop.result.refusal === REFUSED_DISAGREE) expect(lop.result.measured).toBeGreaterThan(12);
      if (lop.result.refusal > 0) expect(lop.result.mmHg).toBe(0);
    }
  });
});

/** A cuff that simply takes the setpoint over, plus whatever `wave` adds. */
function drive(
  lop: Lop,
  wave: (t: number, p: number) => number,
  watch: (lop: Lop, setpoint: number | null) => void,
): void {
  const t = createTick(40);
  t.dt = 40;
  t.fresh = true;
  let p = 0;
  for (let now = 0; now < 400_000 && lop.state !== LOP_DONE; now += 40) {
    t.now = now;
    if (lop.setpoint === null) p *= 0.9;
    else if (!lop.quiet) p += Math.max(-1.5, Math.min(1.2, lop.setpoint - p));
    t.measuredMmHg = p + wave(now / 1000, p);
    lopStep(lop, t);
    watch(lop, lop.setpoint);
  }
}

describe('what it refuses', () => {
  it('a part that is too noisy or too slow, before anything is pumped', () => {
    for (const traits of [traitsFor(0.35), { ...traitsFor(0.1), maxPeriodMs: 120 }]) {
      const lop = createLop(traits);
      startLop(lop, { limb: 0, careful: false, maxMmHg: 250 });
      expect(lop.state).toBe(LOP_DONE);
      expect(lop.result.refusal).toBe(REFUSED_SENSOR);
      expect(refusalText(lop.result)).toMatch(/too noisy .* allowed/);
    }
  });

  it('a cuff that does not fill', () => {
    const lop = createLop(traitsFor(0.05));
    startLop(lop, { limb: 0, careful: false, maxMmHg: 250 });
    const t = createTick(40);
    t.dt = 40;
    t.fresh = true;
    for (let now = 0; now < 30_000 && lop.state !== LOP_DONE; now += 40) {
      t.measuredMmHg = 12;
      lopStep(lop, t);
    }
    expect(lop.result.refusal).toBe(REFUSED_FILL);
    expect(refusalText(lop.result)).toBe(
      'LOP refused: the pressure (mmHg) was not reached in time: 12, allowed 60; check cuff, hose and battery',
    );
    expect(lop.setpoint).toBe(null);
  });

  it('people who move: few results, and a quick run in which movement was noticed gives none', () => {
    const lops = Array.from({ length: 80 }, (_, i) =>
      measure(subject(91_006, i, 'move', 'natural'), reference, false, 50),
    );
    expect(lops.filter((l) => l.result.refusal === 0).length).toBeLessThan(12);
    expect(lops.filter((l) => l.result.refusal === REFUSED_MOTION).length).toBeGreaterThan(2);
    for (const l of lops) if ((l.result.notices & NOTICE_MOTION) > 0) expect(l.result.mmHg).toBe(0);
    const told = lops.find((l) => l.result.refusal === REFUSED_MOTION);
    expect(told && refusalText(told.result)).toMatch(
      /movement noticed .* allowed 20.8; sit still .* careful mode/,
    );
  });

  it('an occlusion pressure above the highest setpoint less 20, whatever the part can read', () => {
    for (const lopMmHg of [256, 268, 285, 310]) {
      const who = subject(91_007, 1, 'rest', 'natural');
      const eta = who.person.systolic / lopMmHg;
      const person = { ...who.person, lopMmHg, artery: { ...who.person.artery, eta } };
      const { result } = measure({ ...who, person }, reference, false, 50);
      if (lopMmHg > 280) expect([REFUSED_CEILING, REFUSED_TOP, REFUSED_EDGE]).toContain(result.refusal);
      expect(result.mmHg).toBeLessThanOrEqual(MAX_MEASURE_MMHG - CEILING_MARGIN_MMHG);
    }
    const finding = createFinding();
    const fit = createFit();
    fit.estimates.fill(261);
    fit.features.fill(200);
    const sweep = createSweep();
    startSweep(sweep, MAX_MEASURE_MMHG);
    judgeNumber(finding, fit, sweep);
    expect(refusalText(finding)).toMatch(/its highest pressure less 20: 261, allowed 260; .* Doppler/);
    expect(finding.mmHg).toBe(0);
  });

  it('a pulse that never goes away, at the ceiling of the part', () => {
    const lop = createLop({ ...traitsFor(0.05), maxMmHg: 260 });
    startLop(lop, { limb: 0, careful: false, maxMmHg: 250 });
    let highest = 0;
    drive(
      lop,
      (t) => 0.8 * Math.sin(7.5 * t),
      (_l, sp) => {
        highest = Math.max(highest, sp ?? 0);
      },
    );
    expect(lop.result.refusal).toBe(REFUSED_TOP);
    expect(highest).toBeLessThanOrEqual(260 - 16);
  });
});

describe('always', () => {
  it('stays below the ceiling, ends in time, is quiet only in windows, asks for no pressure while it calculates or rests', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.double({ min: 0, max: 6, noNaN: true }),
        fc.boolean(),
        (seed, size, careful) => {
          const rng = new Random(seed);
          const lop = createLop(traitsFor(0.1));
          startLop(lop, { limb: 0, careful, maxMmHg: 250 });
          drive(
            lop,
            (t, p) => size * Math.sin(7 * t) * Math.exp(-(((p - 110) / 45) ** 2)) + size * 0.3 * rng.gauss(),
            (l, sp) => {
              if (sp !== null) expect(sp).toBeLessThanOrEqual(MAX_MEASURE_MMHG);
              if (l.state === LOP_FIT || l.state === LOP_REST || l.state === LOP_DONE) expect(sp).toBe(null);
              if (l.state === LOP_SETTLE || l.state === LOP_WINDOW) expect(sp).not.toBe(null);
            },
          );
          expect(lop.state).toBe(LOP_DONE);
          expect(lop.pressureMs).toBeLessThanOrEqual(careful ? 160_000 : 80_000);
          expect(lop.result.refusal > 0).toBe(lop.result.mmHg === 0);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('goes up to the last pressure that the supervisor allows, and not back to a window above it', () => {
    const lop = createLop(traitsFor(0.1));
    startLop(lop, { limb: 0, careful: false, maxMmHg: 250 });
    expect(lop.sweep.ceiling).toBe(MAX_MEASURE_MMHG);
    let highest = 0;
    drive(
      lop,
      (t, p) => 0.02 * p * Math.sin(7 * t),
      (_l, sp) => {
        highest = sp !== null && sp > highest ? sp : highest;
      },
    );
    expect([highest, lop.result.refusal]).toEqual([MAX_MEASURE_MMHG, REFUSED_TOP]);
    const steps = createSteps();
    clearSteps(steps);
    const sweep = createSweep();
    startSweep(sweep, MAX_MEASURE_MMHG);
    steps.count = 1;
    steps.pressure[0] = MAX_MEASURE_MMHG + 2;
    steps.doubt[0] = 1;
    startPlan(sweep, 10);
    while (!workPlan(sweep, steps));
    expect(nextDown(sweep)).toBe(MAX_MEASURE_MMHG);
  });

  it('can be dropped at any tick and started again as new', () => {
    const lop = createLop(traitsFor(0.1));
    startLop(lop, { limb: 0, careful: true, maxMmHg: 250 });
    const t = createTick(40);
    t.dt = 40;
    t.fresh = true;
    for (let i = 0; i < 500; i += 1) {
      t.measuredMmHg = lop.setpoint ?? 0;
      lopStep(lop, t);
    }
    resetLop(lop);
    lopStep(lop, t);
    expect(lop.state).toBe(LOP_IDLE);
    expect(lop.setpoint).toBe(null);
    expect(lop.quiet).toBe(false);
    startLop(lop, { limb: 0, careful: false, maxMmHg: 250 });
    expect(lop.steps.count).toBe(0);
    expect(lop.pressureMs).toBe(0);
  });
});
