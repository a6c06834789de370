/**
 * Occlusion pressure without measuring it: formulas, and how a pressure was obtained. Each formula says for which cuff and
 * limb it was made, and whether its coefficients were read in the paper itself. What comes from here must
 * never be called measured: it is "estimated" everywhere.
 */
import { MAX_LOP_MMHG, MIN_LOP_MMHG } from '../limits.ts';
import type { MmHg } from '../units.ts';

/** How a pressure was obtained. */
export const BY_NONE = 0;
export const BY_CUFF = 1;
export const BY_CUFF_TWICE = 2;
export const BY_DOPPLER = 3;
export const BY_OXIMETER = 4;
export const BY_FORMULA_LEG_18 = 5;
export const BY_FORMULA_LEG_5 = 6;
export const BY_FORMULA_ARM_5 = 7;
export const BY_FORMULA_WIDTH = 8;

/** What the formulas ask for. Lengths in cm, pressures in mmHg, age in years; 0 = not known. */
export interface Body {
  /** Circumference of the limb under the cuff, 15-90 cm. */
  circumferenceCm: number;
  /** Width of the bladder, 3-25 cm. */
  widthCm: number;
  /** Blood pressure at rest: systolic 80-220, diastolic 40-130 mmHg. */
  systolic: MmHg;
  diastolic: MmHg;
  /** 16-90 years. */
  age: number;
  /** 1 male, 2 female: as the source coded it. */
  sex: number;
}

export interface Estimate {
  /** 0 when a needed figure is missing or out of range. */
  mmHg: MmHg;
  /** Typical error in the source, mmHg (standard error of the estimate); 0 = the source gives none. */
  errorMmHg: MmHg;
  by: number;
  /** Name of the first missing or impossible figure, '' when all are there. */
  missing: string;
}

function inside(x: number, lo: number, hi: number): boolean {
  return x >= lo && x <= hi;
}

/** What is missing of limb and cuff, '' = nothing. */
function checkSizes(b: Body): string {
  if (!inside(b.circumferenceCm, 15, 90)) return 'circumferenceCm (15-90 cm)';
  return inside(b.widthCm, 3, 25) ? '' : 'widthCm (3-25 cm)';
}

/** What is missing of the blood pressure. */
function checkPressures(b: Body): string {
  if (!inside(b.systolic, 80, 220)) return 'systolic (80-220 mmHg)';
  return inside(b.diastolic, 40, 130) ? '' : 'diastolic (40-130 mmHg)';
}

/** What is missing of the person. */
function checkPerson(b: Body): string {
  if (!inside(b.age, 16, 90)) return 'age (16-90 years)';
  return b.sex === 1 || b.sex === 2 ? '' : 'sex (1 male, 2 female)';
}

function estimateOf(by: number, mmHg: number, error: number, missing: string): Estimate {
  const fits = missing === '' && inside(mmHg, MIN_LOP_MMHG, MAX_LOP_MMHG);
  return {
    mmHg: fits ? Math.floor(mmHg + 1 / 2) : 0,
    errorMmHg: error,
    by: by,
    missing: missing === '' && !fits ? 'a result of 80-300 mmHg' : missing,
  };
}

/** Leg, cuff of 18 cm (15-20 accepted): SciELO 2019, n = 51, r2 0.40, standard error 15.3 mmHg. */
export function formulaLeg18(b: Body): Estimate {
  const width = inside(b.widthCm, 15, 20) ? '' : 'widthCm (15-20 cm for this formula)';
  const missing = checkSizes(b) || checkPressures(b) || checkPerson(b);
  const mmHg = (65290 + 1110 * b.circumferenceCm + 178 * b.systolic + 1153 * b.age - 7984 * b.sex) / 1000;
  return estimateOf(BY_FORMULA_LEG_18, mmHg, 15, missing === '' ? width : missing);
}

/**
 * Leg, cuff of 5 cm (4-7 accepted), narrow cuffs only: Loenneke 2015, Eur J Appl Physiol 115:397. Read in its abstract: thigh circumference
 * and blood pressure explain 49 % of the spread. Its coefficients were not read in the paper: check them there before you rely on it. How rough
 * any such formula is: Spitz 2024, Physiological Measurement: 95 % of a 5 cm cuff's estimates within -134 to +148 mmHg.
 */
export function formulaLeg5(b: Body): Estimate {
  const width = inside(b.widthCm, 4, 7) ? '' : 'widthCm (4-7 cm for this formula)';
  const missing = checkSizes(b) || checkPressures(b);
  const mmHg = (5893 * b.circumferenceCm + 734 * b.diastolic + 912 * b.systolic - 220046) / 1000;
  return estimateOf(BY_FORMULA_LEG_5, mmHg, 0, missing === '' ? width : missing);
}

/**
 * Arm, cuff of 5 cm (4-7 accepted): Loenneke 2015, the same. Read in its abstract: arm circumference and both blood pressures explain 60 %.
 * Its coefficients were not read in the paper: check them there before you rely on it.
 */
export function formulaArm5(b: Body): Estimate {
  const width = inside(b.widthCm, 4, 7) ? '' : 'widthCm (4-7 cm for this formula)';
  const missing = checkSizes(b) || checkPressures(b);
  const mmHg = (514 * b.systolic + 339 * b.diastolic + 1461 * b.circumferenceCm + 17236) / 1000;
  return estimateOf(BY_FORMULA_ARM_5, mmHg, 0, missing === '' ? width : missing);
}

/**
 * Any cuff: Graham 1993, 16.67 / (width / circumference) + 67, people of normal blood pressure who lie down. Its
 * coefficients were not read in the paper: check them there before you rely on it.
 */
export function formulaWidth(b: Body): Estimate {
  const mmHg = (1667 * b.circumferenceCm) / (100 * b.widthCm) + 67;
  return estimateOf(BY_FORMULA_WIDTH, mmHg, 0, checkSizes(b));
}

/** True for everything that the cuff did not measure itself: the pressure is then called estimated everywhere. */
export function isEstimated(by: number): boolean {
  return by !== BY_CUFF && by !== BY_CUFF_TWICE;
}

/** How a pressure was obtained, for logs and displays. */
export function byText(by: number): string {
  const texts = [
    'not known',
    'measured on the cuff, one run',
    'measured on the cuff, two runs that agree',
    'estimated: entered from a Doppler reading',
    'estimated: entered from an oximeter reading',
    'estimated: formula for the leg, 18 cm cuff (SciELO 2019, +-15 mmHg)',
    'estimated: formula for the leg, 5 cm cuff (Loenneke 2015)',
    'estimated: formula for the arm, 5 cm cuff (Loenneke 2015)',
    'estimated: formula from cuff width and circumference (Graham 1993)',
  ];
  const text = texts[by];
  return text === undefined ? 'not known' : text;
}
