/**
 * Values that are each allowed and yet hardly right together, above all an occlusion pressure far above what is likely: every
 * training pressure is a share of it. They are asked about, never refused and never passed over in silence: only the wearer knows.
 */
import { MAX_LOP_MMHG } from '../../src/limits.ts';
import {
  type Body,
  byText,
  type Estimate,
  formulaArm5,
  formulaLeg5,
  formulaLeg18,
  formulaWidth,
} from '../../src/occlusion/formula.ts';
import { PROTOCOL_COUNT } from '../../src/session/library.ts';
import { POSTURE_LYING, shareWorn } from '../../src/session/posture.ts';
import { FIRST_STORED, STORED_COUNT } from '../../src/session/stored.ts';
import { LIMB_ARM, LIMB_LEG, LOP_MEASURED, type Settings } from '../../src/settings.ts';

/** What is known of the wearer's body for the formulas; what is left out is not known. */
export type Wearer = Partial<Omit<Body, 'widthCm'>>;

/** Circumference of a limb that nobody has measured, cm: a usual thigh and upper arm. [D] */
const USUAL_CM = { leg: 55, arm: 30 } as const;
/** Asked about above this share of the formula, percent. Its typical error is 15 mmHg in 160; two of them are 20 %. [D] */
const FORMULA_PERCENT = 130;
/** Asked about above this share of an earlier result, percent, and by this many mmHg. Measurements agree within 15 mmHg (field study). [D] */
const EARLIER_PERCENT = 115;
const EARLIER_MMHG = 15;
/** Training pressures begin at this share of LOP, percent: Patterson 2019. */
const LEAST_PERCENT = 40;
/** A cuff of this much more or less width needs another occlusion pressure, mm. [D] */
const WIDTH_MM = 10;

export interface Earlier {
  readonly mmHg: number;
  /** POSTURE_* of src/session/posture.ts. */
  readonly posture: number;
  /** Where it comes from, for the question. */
  readonly source: string;
}

const POSTURES = ['lying', 'seated', 'standing'];

function limbText(s: Settings): 'arm' | 'leg' {
  return s.limb === LIMB_ARM ? 'arm' : 'leg';
}

/** A pressure of posture `from` as it would be in the posture of the settings, mmHg; on an arm posture makes no difference. */
function inPosture(s: Settings, mmHg: number, from: number): number {
  return s.limb === LIMB_LEG ? (mmHg * shareWorn(100, s.lopPosture, from)) / 100 : mmHg;
}

/** The best formula for what is known; its result is for somebody who lies down. */
function estimateFor(s: Settings, wearer: Wearer): Estimate {
  const body: Body = {
    circumferenceCm: USUAL_CM[limbText(s)],
    systolic: 0,
    diastolic: 0,
    age: 0,
    sex: 0,
    ...wearer,
    widthCm: s.cuffWidthMm / 10,
  };
  const exact = s.limb === LIMB_ARM ? [formulaArm5(body)] : [formulaLeg18(body), formulaLeg5(body)];
  return exact.find(({ missing }) => missing === '') ?? formulaWidth(body);
}

function beyondFormula(s: Settings, wearer: Wearer): string[] {
  const estimate = estimateFor(s, wearer);
  const likely = Math.round(inPosture(s, estimate.mmHg, POSTURE_LYING));
  if (!(likely > 0) || !(s.lopMmHg * 100 > likely * FORMULA_PERCENT)) return [];
  const cm = wearer.circumferenceCm ?? USUAL_CM[limbText(s)];
  const usual = wearer.circumferenceCm === undefined ? ', a usual one (yours: --circumference)' : '';
  return [
    `lopMmHg: is ${s.lopMmHg} right? It is ${(s.lopMmHg / likely).toFixed(1)} times the ${likely} mmHg that is likely for ${s.limb === LIMB_ARM ? 'an arm' : 'a leg'} of ${cm} cm${usual}, ${POSTURES[s.lopPosture]}, under a cuff of ${s.cuffWidthMm} mm (${byText(estimate.by)}). If it is too high, a share of it may shut the artery: measure again, with the cuff or by Doppler`,
  ];
}

function beyondEarlier(s: Settings, earlier: readonly Earlier[]): string[] {
  return earlier.flatMap(({ mmHg, posture, source }) => {
    const likely = Math.round(inPosture(s, mmHg, posture));
    if (!(likely > 0 && s.lopMmHg * 100 > likely * EARLIER_PERCENT && s.lopMmHg > likely + EARLIER_MMHG))
      return [];
    const there = posture === s.lopPosture ? '' : `, which is about ${likely} ${POSTURES[s.lopPosture]}`;
    return [
      `lopMmHg: is ${s.lopMmHg} right? ${source} says ${mmHg} mmHg${there}. Exercise raises it for a while: measure again, rested`,
    ];
  });
}

function keptForAnother(old: Settings, next: Settings): string[] {
  if (next.lopMmHg === 0 || next.lopMmHg !== old.lopMmHg) return [];
  if (next.limb !== old.limb)
    return [`lopMmHg: ${next.lopMmHg} was for another limb; is it right for this ${limbText(next)}?`];
  if (Math.abs(next.cuffWidthMm - old.cuffWidthMm) < WIDTH_MM) return [];
  return [
    `lopMmHg: ${next.lopMmHg} was for a cuff of ${old.cuffWidthMm} mm; is it right for one of ${next.cuffWidthMm} mm?`,
  ];
}

function claimsMeasured(old: Settings, next: Settings): string[] {
  const claimed = next.lopMmHg > 0 && next.lopSource === LOP_MEASURED;
  if (!claimed || (old.lopSource === LOP_MEASURED && old.lopMmHg === next.lopMmHg)) return [];
  return [
    'lopSource: 1 says that this cuff has measured it; the cuff writes that itself. Was it not entered by hand, 3?',
  ];
}

function noSession(s: Settings): string[] {
  const own = s.protocol > FIRST_STORED && s.protocol <= FIRST_STORED + STORED_COUNT;
  if (s.protocol <= PROTOCOL_COUNT || own) return [];
  return [
    `protocol: there is no session of number ${s.protocol}; there are 1..${PROTOCOL_COUNT} and your own ${FIRST_STORED + 1}..${FIRST_STORED + STORED_COUNT}. Is it a mistake?`,
  ];
}

function tooLowToTrain(s: Settings): string[] {
  if (s.lopMmHg === 0 || s.maxMmHg * 100 >= s.lopMmHg * LEAST_PERCENT) return [];
  return [
    `maxMmHg: ${s.maxMmHg} is less than ${LEAST_PERCENT} % of the lopMmHg ${s.lopMmHg}: no built-in session starts. Is one of the two a mistake?`,
  ];
}

/** All of them, each with the field first. `old` is what is there now: the defaults where nothing is. */
export function questionsAbout(
  old: Settings,
  next: Settings,
  wearer: Wearer = {},
  earlier: readonly Earlier[] = [],
): string[] {
  const known = next.lopMmHg > 0 && next.lopMmHg <= MAX_LOP_MMHG;
  return [
    ...(known ? beyondFormula(next, wearer) : []),
    ...(known ? beyondEarlier(next, earlier) : []),
    ...keptForAnother(old, next),
    ...claimsMeasured(old, next),
    ...noSession(next),
    ...tooLowToTrain(next),
  ];
}
