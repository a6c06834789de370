import { describe, expect, it } from 'vitest';
import { measure, subject, traitsFor } from '../../sim/people/measure.ts';
import { MAX_MEASURE_MMHG, TRAINING_ONLY_MMHG } from '../../src/limits.ts';
import { lopStep, startLop } from '../../src/occlusion/lop.ts';
import { createLop, LOP_DONE, LOP_FILL } from '../../src/occlusion/lop-state.ts';
import { blameMaximum, highestFor, LEAST_MAXIMUM_MMHG, OVERSHOOT_MMHG } from '../../src/occlusion/maximum.ts';
import { refusalText } from '../../src/occlusion/reasons.ts';
import {
  createFinding,
  REFUSED_EDGE,
  REFUSED_MAXIMUM,
  REFUSED_TOP,
  refuse,
} from '../../src/occlusion/verdict.ts';
import { allowMeasurement } from '../../src/safety/supervisor.ts';
import { createTick } from '../../src/tick.ts';
import { Stand } from '../safety/stand.ts';

/** A cuff that takes every setpoint over, with a pulse that never goes away: the highest setpoint and pressure, and the end. */
function sweep(maxMmHg: number): { highest: number; text: string; refusal: number } {
  const lop = createLop(traitsFor(0.1));
  startLop(lop, { limb: 1, careful: false, maxMmHg });
  const t = createTick(40);
  t.dt = 40;
  t.fresh = true;
  let highest = 0;
  let p = 0;
  for (let now = 0; now < 200_000 && lop.state !== LOP_DONE; now += 40) {
    t.now = now;
    if (lop.setpoint === null) p *= 0.9;
    else if (!lop.quiet) p += Math.max(-1.5, Math.min(1.2, lop.setpoint - p));
    t.measuredMmHg = p + 0.02 * p * Math.sin((7 * now) / 1000);
    lopStep(lop, t);
    highest = Math.max(highest, lop.setpoint ?? 0);
  }
  return { highest, text: refusalText(lop.result), refusal: lop.result.refusal };
}

describe('the wearer’s own maximum', () => {
  it.each([108, 120, 150, 180, 199])(
    'of %i mmHg is never passed by a measurement, and is named when it ends the sweep',
    (max) => {
      const { highest, refusal, text } = sweep(max);
      expect(highest).toBeGreaterThan(0);
      expect(highest).toBeLessThanOrEqual(max - OVERSHOOT_MMHG);
      expect(refusal).toBe(REFUSED_MAXIMUM);
      expect(text).toMatch(
        new RegExp(`maxMmHg in the settings .* too low for it: ${max}, allowed 200; raise it`),
      );
    },
  );

  it.each([50, 60, LEAST_MAXIMUM_MMHG - 1, Number.NaN])(
    'of %d mmHg is too low for any: refused before anything is pumped',
    (max) => {
      const { highest, refusal, text } = sweep(max);
      expect([highest, refusal]).toEqual([0, REFUSED_MAXIMUM]);
      expect(text).toMatch(/allowed 108; raise it/);
    },
  );

  it('from 200 mmHg on is for training alone: the measurement has its own limit', () => {
    expect(sweep(TRAINING_ONLY_MMHG).highest).toBe(MAX_MEASURE_MMHG);
    expect(highestFor(TRAINING_ONLY_MMHG - 1)).toBe(TRAINING_ONLY_MMHG - 1);
  });

  it('is what the supervisor lets through as well', () => {
    const s = new Stand();
    for (const [max, ceiling] of [
      [60, 60],
      [199, 199],
      [200, MAX_MEASURE_MMHG],
      [250, MAX_MEASURE_MMHG],
      [Number.NaN, 0],
    ] as const) {
      allowMeasurement(s.s, max);
      expect(s.s.limits.ceilingMmHg).toBe(ceiling);
    }
  });

  it('is blamed for an end of the sweep alone', () => {
    const d = createFinding();
    refuse(d, REFUSED_EDGE, 1, 2);
    blameMaximum(d, 150);
    expect(d.refusal).toBe(REFUSED_EDGE);
    const top = createFinding();
    refuse(top, REFUSED_TOP, 190, 190);
    blameMaximum(top, 250);
    expect(top.refusal).toBe(REFUSED_TOP);
  });

  it('that is high enough changes no result', () => {
    const who = () => subject(91_001, 0, 'rest', 'natural');
    const lop = measure(who(), { noise: 0.08, lsb: 0, spikes: 0 }, false, 40);
    expect(lop.state).not.toBe(LOP_FILL);
    expect(lop.result.refusal).toBe(0);
  });
});
