import { describe, expect, it } from 'vitest';
import { clopperPearson, figuresOf } from '../../sim/bench/lop-stats.ts';
import {
  BY_CUFF,
  BY_DOPPLER,
  BY_FORMULA_LEG_18,
  BY_FORMULA_WIDTH,
  BY_NONE,
  BY_OXIMETER,
  byText,
  formulaArm5,
  formulaLeg5,
  formulaLeg18,
  formulaWidth,
  isEstimated,
} from '../../src/occlusion/formula.ts';
import { type LopRecord, lopUse, STALE_S, USE_ASK, USE_FREE, USE_NO } from '../../src/occlusion/record.ts';
import {
  POSTURE_LYING,
  POSTURE_SEATED,
  POSTURE_STANDING,
  postureText,
  shareWorn,
} from '../../src/session/posture.ts';

/** A record of nothing. */
function noLop(): LopRecord {
  return {
    mmHg: 0,
    spreadMmHg: 0,
    offMmHg: 0,
    by: BY_NONE,
    limb: 0,
    side: 0,
    widthMm: 0,
    posture: 0,
    dateS: 0,
    dateTrusted: 0,
    heartRate: 0,
    notices: 0,
  };
}

const man = { circumferenceCm: 55, widthCm: 18, systolic: 120, diastolic: 75, age: 35, sex: 1 };

describe('formulas', () => {
  it('give what their sources give', () => {
    // 65.290 + 1.110 x 55 + 0.178 x 120 + 1.153 x 35 - 7.984
    expect(formulaLeg18(man)).toEqual({ mmHg: 180, errorMmHg: 15, by: BY_FORMULA_LEG_18, missing: '' });
    expect(formulaLeg5({ ...man, widthCm: 5 }).mmHg).toBe(269);
    expect(formulaArm5({ ...man, widthCm: 5, circumferenceCm: 30 }).mmHg).toBe(148);
    // 16.67 x 55 / 18 + 67
    expect(formulaWidth(man)).toEqual({ mmHg: 118, errorMmHg: 0, by: BY_FORMULA_WIDTH, missing: '' });
  });

  it('name what is missing, and refuse a cuff they were not made for', () => {
    expect(formulaLeg18({ ...man, systolic: 0 })).toMatchObject({
      mmHg: 0,
      missing: 'systolic (80-220 mmHg)',
    });
    expect(formulaLeg5(man)).toMatchObject({ mmHg: 0, missing: 'widthCm (4-7 cm for this formula)' });
    expect(formulaWidth({ ...man, circumferenceCm: Number.NaN })).toMatchObject({ mmHg: 0 });
  });

  it('and readings by hand are estimated; the cuff is not', () => {
    for (const by of [BY_DOPPLER, BY_OXIMETER, BY_FORMULA_LEG_18]) {
      expect(isEstimated(by)).toBe(true);
      expect(byText(by)).toMatch(/^estimated/);
    }
    expect(isEstimated(BY_CUFF)).toBe(false);
  });
});

describe('a stored pressure', () => {
  const lying = {
    ...noLop(),
    mmHg: 187,
    by: BY_CUFF,
    limb: 1,
    side: 1,
    widthMm: 180,
    posture: 1 + POSTURE_LYING,
    dateS: 1_700_000_000,
    dateTrusted: 1,
  };

  it('is bound to limb, side and cuff width', () => {
    expect(lopUse(lying, 1, 1, 185, 0)).toBe(USE_FREE);
    expect(lopUse(lying, 0, 1, 180, 0)).toBe(USE_NO);
    expect(lopUse(lying, 1, 0, 180, 0)).toBe(USE_NO);
    expect(lopUse(lying, 1, 1, 130, 0)).toBe(USE_NO);
    expect(lopUse(noLop(), 0, 0, 0, 0)).toBe(USE_NO);
  });

  it('is asked about when it is old, if both dates are known', () => {
    expect(lopUse(lying, 1, 1, 180, lying.dateS + STALE_S + 1)).toBe(USE_ASK);
    expect(lopUse(lying, 1, 1, 180, 0)).toBe(USE_FREE);
    expect(lopUse({ ...lying, dateTrusted: 0 }, 1, 1, 180, lying.dateS + STALE_S + 1)).toBe(USE_FREE);
  });

  it('worn in another posture, it says what changes', () => {
    expect(shareWorn(80, POSTURE_LYING, POSTURE_STANDING)).toBe(62);
    expect(shareWorn(80, POSTURE_STANDING, POSTURE_LYING)).toBe(104);
    expect(postureText(80, POSTURE_LYING, POSTURE_STANDING)).toMatch(
      /taken lying, session standing: 80 % of it would be about 62 % there, so the session is lighter/,
    );
    expect(postureText(80, POSTURE_STANDING, POSTURE_LYING)).toMatch(/104 % there, HARDER .* lowers the LOP/);
    expect(postureText(80, POSTURE_LYING, POSTURE_LYING)).toBe('');
    expect(postureText(50, POSTURE_LYING, POSTURE_SEATED)).toMatch(/46 %/);
  });
});

describe('figures of the benchmark', () => {
  it('have exact intervals', () => {
    expect(clopperPearson(0, 874)[1]).toBeCloseTo(0.0042, 4);
    expect(clopperPearson(2, 901)[0]).toBeCloseTo(0.00027, 5);
    expect(clopperPearson(2, 901)[1]).toBeCloseTo(0.008, 3);
    expect(clopperPearson(5, 5)).toEqual([expect.closeTo(0.478, 3), 1]);
  });

  it('count refusals out and gross errors in', () => {
    const one = { truth: 150, refusal: 0, notices: 0, pressureS: 70, totalS: 80, fibrillation: false };
    const f = figuresOf([
      { ...one, mmHg: 152 },
      { ...one, mmHg: 180 },
      { ...one, mmHg: 0, refusal: 7 },
    ]);
    expect(f).toMatchObject({
      people: 3,
      accepted: 2,
      bias: 16,
      over25: 1,
      within10MmHgPercent: 50,
      refusals: { 7: 1 },
    });
  });
});
