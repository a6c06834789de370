/** Recordings of cuffs: how a file is read, and that a bleed whose truth is known comes out. Seeded, no files. */
import { describe, expect, it } from 'vitest';
import { FITTED_FAMILY } from '../../sim/people/family.ts';
import { subject } from '../../sim/people/measure.ts';
import { Person } from '../../sim/people/person.ts';
import { sealedCompliance } from '../../sim/plant/compliance.ts';
import { estimateBleed, readBleed } from '../../tools/recording.ts';

const PLAIN = { time: 1, pressure: 2, offset: 0, scale: 1 };

describe('a recording', () => {
  it('is read from its highest pressure on, 25 readings a second, heads left out', () => {
    const lines = Array.from(
      { length: 3000 },
      (_, i) => `${(i / 200).toFixed(3)},${i < 200 ? i : 260 - i / 50}`,
    );
    const bleed = readBleed(['t_s,p_mmHg', ...lines].join('\n'), PLAIN);
    expect(bleed.length).toBe(3000 / 8 - 200 / 8);
    expect(bleed[0]).toBeCloseTo(260 - 203.5 / 50, 6);
  });

  it('may hold volts in another column', () => {
    const text = Array.from({ length: 400 }, (_, i) => `${(i / 25).toFixed(3)} 9 ${0.4 - i / 2000}`).join(
      '\n',
    );
    const bleed = readBleed(text, { time: 1, pressure: 3, offset: 0.1, scale: 400 });
    expect(bleed[0]).toBeCloseTo(200, 6);
  });

  it('that is too short or runs backwards is refused', () => {
    expect(() => readBleed('0,1\n1,2\n', PLAIN)).toThrow(/ten seconds/);
    expect(() => readBleed('5,100\n1,90\n', PLAIN)).toThrow(/does not follow/);
  });
});

describe('the estimator on a bleed', () => {
  it('finds the occlusion pressure of a simulated arm within 10 %', () => {
    const { person, plant, rng } = subject(93_001, 4, 'rest', 'natural', FITTED_FAMILY);
    const who = new Person(person, plant, rng.fork('heart and motion'));
    const bleed: number[] = [];
    const from = 1.45 * person.lopMmHg;
    for (let t = 0; from - 4 * t > 25; t += 0.02) {
      const p = from - 4 * t;
      const reading = p + who.volumeMl(t, p) / sealedCompliance(plant, p);
      if (Math.round(t * 50) % 2 === 0) bleed.push(reading);
    }
    const { finding } = estimateBleed(bleed, { startS: 2.5, windowS: 2.5, downTo: 30 });
    expect(finding.refusal).toBe(0);
    expect(Math.abs(finding.mmHg - person.lopMmHg)).toBeLessThan(0.1 * person.lopMmHg);
  });
});
