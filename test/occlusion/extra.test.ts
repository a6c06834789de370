/** Extra readings of a tick and the uncertainty of a result: plain arithmetic, checked by hand. */
import { describe, expect, it } from 'vitest';
import { liftOf } from '../../src/occlusion/extra.ts';
import {
  highestShare,
  lowestShare,
  MODEL_PERMILLE,
  uncertaintyMmHg,
} from '../../src/occlusion/uncertainty.ts';

describe('extra readings', () => {
  it('lift the tick’s own reading to the mean of all', () => {
    expect(liftOf(100, [], 0)).toBe(0);
    expect(liftOf(100, [101], 1)).toBeCloseTo(0.5, 12);
    expect(liftOf(100, [100.6, 99.9], 2)).toBeCloseTo(0.5 / 3, 9);
  });

  it('are not averaged with a spike: the middle one counts', () => {
    expect(liftOf(100, [100.3, 104], 2)).toBeCloseTo(0.3, 9);
    expect(liftOf(105, [100.3, 100.1], 2)).toBeCloseTo(-4.7, 9);
    expect(liftOf(100, [96, 100.2], 2)).toBe(0);
    expect(liftOf(100, [103], 1)).toBe(0);
  });
});

describe('the uncertainty of a result', () => {
  it('is what the families disagree by, or the spread of its own three estimates', () => {
    expect(uncertaintyMmHg({ mmHg: 160, spreadMmHg: 3 })).toBe((160 * MODEL_PERMILLE) / 1000);
    expect(uncertaintyMmHg({ mmHg: 100, spreadMmHg: 15 })).toBe(15);
  });

  it('makes a share of it a range', () => {
    expect(lowestShare(500, 150, 15)).toBe(455);
    expect(highestShare(500, 150, 15)).toBe(556);
  });
});
