import { describe, expect, it } from 'vitest';
import { gasCapacity } from '../../sim/plant/compliance.ts';
import { NOMINAL_THIGH } from '../../sim/plant/params.ts';
import { Rig } from '../../sim/plant/rig.ts';
import { onBottle, withBottle } from '../../sim/tune/bottle.ts';
import { commission, dummyLimb } from '../../sim/tune/commission.ts';
import { type Identified, identify } from '../../sim/tune/identify.ts';
import { fallAt, pumpFlowAt, riseAt } from '../../sim/tune/observe.ts';
import { findingsOf, isRefused } from '../../sim/tune/verdict.ts';
import { defaultSettings, LOP_ENTERED } from '../../src/settings.ts';
import { commissioned, type Done } from './runs.ts';

function seenOf(run: Done): Identified {
  const { identified, problems } = identify(run.trace);
  expect(problems).toEqual([]);
  if (identified === undefined) throw new Error('nothing identified');
  return identified;
}

describe('a commissioning run, supervisor on', () => {
  it.each(['nominal-thigh', 'recorded-arm', 'sampled:4', 'sampled:8'])(
    'on %s ends without a trip and tells rise and fall within a fifth, and a vent that is never quicker than the true one by more than a tenth',
    (name) => {
      const run = commissioned(name);
      expect([run.trip, run.complete, run.inhibits]).toEqual([undefined, true, []]);
      const seen = seenOf(run);
      const rise = riseAt(run.plant, seen.topMmHg);
      expect(Math.abs(seen.risePerS / rise - 1)).toBeLessThan(0.2);
      // bleeds are spread over the upper pressures
      const fall = fallAt(run.plant, 0.85 * seen.topMmHg);
      expect(Math.abs((seen.fallPerS ?? 0) / fall - 1)).toBeLessThan(0.3);
      const vent = run.trueVentS(seen.topMmHg);
      expect(seen.ventS ?? 0).toBeGreaterThan(0.9 * vent);
      expect(seen.ventS ?? 99).toBeLessThan(1.7 * vent + 1);
      expect(isRefused(findingsOf(seen, 2400))).toBe(false);
    },
  );

  it('sees a leak: 40 mmHg/min more are told as 25 to 60 more', () => {
    const loss = (leak: number): number =>
      seenOf(commissioned('nominal-thigh', { leakMmHgPerMin: leak })).lossPerMin ?? Number.NaN;
    const more = loss(43) - loss(3);
    expect(more).toBeGreaterThan(25);
    expect(more).toBeLessThan(60);
  });

  it('tells a runner’s cuff with its half litre from the same cuff without: about twice the air for a mmHg', () => {
    const capacity = (name: string): number => {
      const cuff = commissioned(name);
      const seen = seenOf(cuff);
      const bottle = seenOf(commissioned(name, onBottle(cuff.plant, 500), [], dummyLimb()));
      return withBottle(seen, bottle, 500).bottle?.capacity ?? 0;
    };
    const ratio = capacity('runner-thigh') / capacity('reference-thigh');
    expect(ratio).toBeGreaterThan(1.7);
    expect(ratio).toBeLessThan(2.3);
  });

  it('on a rigid bottle tells flow, capacity of the cuff and leak: within 15 %, 15 % and 2 mmHg/min', () => {
    const cuff = commissioned('nominal-thigh');
    const seen = seenOf(cuff);
    // a bottle has no pulse, no breath and does not swell
    const bottle = seenOf(commissioned('nominal-thigh', onBottle(cuff.plant, 500), [], dummyLimb()));
    const b = withBottle(seen, bottle, 500).bottle;
    expect(Math.abs((b?.flow ?? 0) / pumpFlowAt(cuff.plant, bottle.topMmHg) - 1)).toBeLessThan(0.15);
    expect(Math.abs((b?.capacity ?? 0) / gasCapacity(cuff.plant, seen.topMmHg) - 1)).toBeLessThan(0.15);
    expect(Math.abs((b?.leakPerMin ?? 99) - 3)).toBeLessThan(2);
  });

  it('refuses a valve that needs more than 30 s to 15 mmHg, with the figure and the next step', () => {
    const run = commissioned('nominal-thigh', { valveC: 0.013 });
    expect(run.trueVentS(140)).toBeGreaterThan(30);
    const findings = findingsOf(seenOf(run), 2400);
    const vent = findings.find((f) => f.what === 'vent');
    expect(vent?.grade).toBe('refuse');
    expect(vent?.next).toMatch(/larger normally open valve/);
    expect(isRefused(findings)).toBe(true);
  });

  it('gives no verdict on what is told and not judged', () => {
    const findings = findingsOf(seenOf(commissioned('nominal-thigh')), 2400);
    const told = findings.filter(({ allowed }) => /judged/.test(allowed));
    expect(told.length).toBeGreaterThan(0);
    expect(findings.filter(({ grade }) => grade === 'told')).toEqual(told);
    expect(isRefused(told)).toBe(false);
  });

  it('warns of a vent between 10 and 30 s, and passes one of 10 s; what was not seen is refused', () => {
    const seen = seenOf(commissioned('nominal-thigh', { valveC: 0.035 }));
    const grade = (ventS: number | null): string | undefined =>
      findingsOf({ ...seen, ventS }, 2400).find((f) => f.what === 'vent')?.grade;
    expect(seen.ventS).toBeGreaterThan(10);
    expect([grade(seen.ventS), grade(10), grade(30), grade(30.1), grade(Number.NaN), grade(null)]).toEqual([
      'warn',
      'good',
      'warn',
      'refuse',
      'refuse',
      'refuse',
    ]);
  });
});

describe('somebody moves in the cuff', () => {
  it('and what is seen is neither leak nor noise; a commissioning has not passed with it, a session’s log is only warned of', () => {
    const run = commission(
      new Rig({ plant: NOMINAL_THIGH, limb: dummyLimb(), sensor: 'MPRLS' }, 5),
      { ...defaultSettings(), lopMmHg: 190, lopSource: LOP_ENTERED },
      'moved',
    );
    const still = identify(run.trace).identified;
    const mmHg = run.trace.mmHg.map((p, i) => (run.trace.vent[i] === 0 ? p + 9 * Math.sin(i / 3) : p));
    const moved = identify({ ...run.trace, mmHg }).identified;
    expect([still?.lossPerMin === null, moved?.lossPerMin, moved?.noiseMmHg]).toEqual([false, null, null]);
    if (moved === undefined) throw new Error('nothing was identified');
    const grade = (whole: boolean): string | undefined =>
      findingsOf(moved, 2400, whole).find((finding) => finding.what === 'loss at rest')?.grade;
    expect([grade(true), grade(false)]).toEqual(['refuse', 'warn']);
  });
});
