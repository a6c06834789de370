/** The families of simulated people: their laws are laws of a vessel, and they are not the same people. Seeded. */
import { describe, expect, it } from 'vitest';
import { FAMILY_NAMES, FITTED_FAMILY } from '../../sim/people/family.ts';
import { subject } from '../../sim/people/measure.ts';
import { pulseShape } from '../../sim/people/waves.ts';
import { PROFILES } from '../../sim/plant/cuff-profile.ts';
import { VESSEL_LAWS } from '../../sim/plant/vessel-law.ts';

const wall = { squeezed: 0.09, open: 0.026, rest: 0 };

describe('a vessel’s law', () => {
  it.each(Object.entries(VESSEL_LAWS))(
    '%s fills from nearly nothing to nearly all, ever more, without a jump',
    (_n, law) => {
      let before = law(wall, -200);
      expect(before).toBeGreaterThanOrEqual(0);
      expect(before).toBeLessThan(0.08);
      for (let p = -199; p <= 200; p += 1) {
        const now = law(wall, p);
        expect(now).toBeGreaterThanOrEqual(before - 1e-12);
        expect(now - before).toBeLessThan(0.05);
        before = now;
      }
      expect(before).toBeGreaterThan(0.85);
      expect(before).toBeLessThanOrEqual(1.05);
    },
  );
});

describe('a cuff’s profile', () => {
  it.each(Object.entries(PROFILES))(
    '%s presses hardest at one place and least at an edge',
    (_name, { falls, hardest }) => {
      expect(Math.min(...falls)).toBe(falls[hardest]);
      expect(Math.min(...falls)).toBeLessThan(0.05);
      expect(Math.max(falls[0] ?? 0, falls.at(-1) ?? 0)).toBeCloseTo(1, 6);
    },
  );
});

describe('a pulse', () => {
  it.each(['decay', 'reflected', 'windkessel'] as const)(
    '%s rises from 0 to 1 and ends where it began',
    (wave) => {
      const shape = pulseShape({ wave, rise: 0.2, decay: 3, notch: 0.1 });
      expect(shape[0]).toBeCloseTo(0, 6);
      expect(shape.at(-1)).toBeCloseTo(0, 6);
      expect(Math.max(...shape)).toBe(1);
      expect(Math.min(...shape)).toBeGreaterThanOrEqual(0);
    },
  );
});

describe('families', () => {
  it('are at least three, and the constants come from one of them', () => {
    expect(FAMILY_NAMES.length).toBeGreaterThanOrEqual(4);
    expect(FAMILY_NAMES).toContain(FITTED_FAMILY);
  });

  it('have members of their own that repeat with the seed', () => {
    const laws = FAMILY_NAMES.map((family) => subject(3, 1, 'rest', 'even', family).person.artery.law);
    expect(new Set(laws).size).toBe(FAMILY_NAMES.length);
    for (const family of FAMILY_NAMES)
      expect(subject(3, 1, 'rest', 'even', family).person).toEqual(
        subject(3, 1, 'rest', 'even', family).person,
      );
  });
});
