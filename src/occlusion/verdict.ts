/**
 * Judges a finished run: a pressure, or the reason why there is none. When in doubt it refuses: a figure that is no number must never
 * pass as a pressure.
 */
import { MIN_LOP_MMHG } from '../limits.ts';
import { MAX_NOISE_MILLI, MAX_TOP_PERMILLE, MIN_TOP_PERMILLE } from './believed.ts';
import type { Fit } from './fit.ts';
import { FEATURE_TOP, FEATURES } from './flank.ts';
import type { Sweep } from './sweep.ts';

/** Why a measurement gave no number; 0 = it gave one. */
export const REFUSED_SENSOR = 1;
export const REFUSED_FILL = 2;
export const REFUSED_TOP = 3;
export const REFUSED_WEAK = 4;
export const REFUSED_NOISE = 5;
export const REFUSED_EDGE = 6;
export const REFUSED_SPREAD = 7;
export const REFUSED_UNREST = 8;
export const REFUSED_CEILING = 9;
export const REFUSED_DISAGREE = 10;
export const REFUSED_BEATS = 11;
export const REFUSED_SHAPE = 12;
export const REFUSED_MOTION = 13;
export const REFUSED_MAXIMUM = 14;

/** Notices that go with a result or a refusal: bits. */
export const NOTICE_MOTION = 1;
export const NOTICE_ARRHYTHMIA = 2;

/** Largest spread of the three estimates, mmHg. */
export const MAX_SPREAD_MMHG = 16;
/** Largest misfit to the single hump and largest share of weight taken away, permille. */
export const MAX_MISFIT_PERMILLE = 40;
export const MAX_LOST_PERMILLE = 420;
/**
 * Largest pulse that is believed to be one, thousandths of a mmHg, and most windows that may be doubtful. Pulses under a cuff are 0.5-3
 * mmHg; movement of the pulse's own rate is larger.
 */
export const MAX_PULSE_MILLI = 5000;
export const MAX_DOUBTFUL = 5;
/** Fewest windows without doubt. */
export const MIN_POINTS = 9;
/** Smallest pulse, peak-to-peak, thousandths of a mmHg; and as a multiple of the noise, SD. */
export const MIN_PULSE_MILLI = 300;
export const MIN_PULSE_NOISES = 3;
/**
 * Unrest: points for doubtful windows, misfit, weight taken away, a large pulse and beats that are not alike, tenths. Above this the wearer
 * moves; in careful mode, where two runs must agree, a little more is let through and said. One in a hundred people at rest has more.
 */
export const MAX_UNREST = 208;
export const MAX_UNREST_CAREFUL = 208;
/**
 * So far below the highest setpoint of the sweep a result must lie, mmHg: the two small pulses that end a sweep lie in steps of 20, and the
 * flank below them must have been seen. With setpoints up to 280 no occlusion pressure above 260 mmHg is believed.
 */
export const CEILING_MARGIN_MMHG = 20;
/** Alikeness of successive beats below which the rhythm is called irregular, and below which nothing is believed, permille. */
export const IRREGULAR_PERMILLE = 450;
export const NO_BEAT_PERMILLE = 200;

/** What one run found. */
export interface Finding {
  /** Result, mmHg, 0 when refused. */
  mmHg: number;
  /** Largest less smallest of the three estimates. */
  spreadMmHg: number;
  heartRate: number;
  /** `REFUSED_*`, with what was measured and what is allowed. */
  refusal: number;
  measured: number;
  allowed: number;
  /** `NOTICE_*` bits. */
  notices: number;
  /** Largest pulse, mmHg peak-to-peak, and the noise under it, SD. */
  pulseMmHg: number;
  noiseMmHg: number;
}

export function createFinding(): Finding {
  return {
    mmHg: 0,
    spreadMmHg: 0,
    heartRate: 0,
    refusal: 0,
    measured: 0,
    allowed: 0,
    notices: 0,
    pulseMmHg: 0,
    noiseMmHg: 0,
  };
}

/** First reason wins. */
export function refuse(d: Finding, code: number, measured: number, allowed: number): void {
  if (d.refusal > 0) return;
  d.refusal = code;
  d.measured = measured;
  d.allowed = allowed;
}

function middle(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : a < c ? c : a;
  return a < c ? a : b < c ? c : b;
}

function most(a: number, b: number, c: number): number {
  return a > b ? (a > c ? a : c) : b > c ? b : c;
}

function least(a: number, b: number, c: number): number {
  return a < b ? (a < c ? a : c) : b < c ? b : c;
}

function judgePulse(d: Finding, f: Fit): void {
  d.pulseMmHg = middle(f.top[0] as number, f.top[1] as number, f.top[2] as number);
  d.noiseMmHg = Math.sqrt(f.floor);
  const pulse = 1000 * d.pulseMmHg;
  if (1000 * d.noiseMmHg > MAX_NOISE_MILLI) refuse(d, REFUSED_NOISE, d.noiseMmHg, MAX_NOISE_MILLI / 1000);
  if (!(pulse >= MIN_PULSE_MILLI)) refuse(d, REFUSED_WEAK, d.pulseMmHg, MIN_PULSE_MILLI / 1000);
  const need = MIN_PULSE_NOISES * d.noiseMmHg;
  if (!(d.pulseMmHg >= need)) refuse(d, REFUSED_WEAK, d.pulseMmHg, need);
}

function judgeCurve(d: Finding, f: Fit, careful: boolean): void {
  if (!(f.points >= MIN_POINTS)) refuse(d, REFUSED_UNREST, f.points, MIN_POINTS);
  if (!(f.doubtful <= MAX_DOUBTFUL)) refuse(d, REFUSED_UNREST, f.doubtful, MAX_DOUBTFUL);
  if (!(1000 * d.pulseMmHg <= MAX_PULSE_MILLI))
    refuse(d, REFUSED_UNREST, d.pulseMmHg, MAX_PULSE_MILLI / 1000);
  const misfit = 1000 * middle(f.misfit[0] as number, f.misfit[1] as number, f.misfit[2] as number);
  const lost = 1000 * middle(f.lost[0] as number, f.lost[1] as number, f.lost[2] as number);
  if (!(misfit <= MAX_MISFIT_PERMILLE)) refuse(d, REFUSED_UNREST, misfit / 10, MAX_MISFIT_PERMILLE / 10);
  if (!(lost <= MAX_LOST_PERMILLE)) refuse(d, REFUSED_UNREST, lost / 10, MAX_LOST_PERMILLE / 10);
  judgeUnrest(d, unrest(f, d.pulseMmHg, misfit, lost), careful);
}

/** Points of unrest, tenths: a linear rule that tells people who move from people at rest, found on simulated ones (seeds 33, 34). */
function unrest(f: Fit, pulse: number, misfit: number, lost: number): number {
  const apart = 1 - f.rate.regularity;
  const off = misfit < 30 ? misfit : 30;
  return 15 * f.doubtful + 2 * off + lost / 25 + 34 * (pulse < 5 ? pulse : 5) + 120 * apart;
}

function judgeUnrest(d: Finding, points: number, careful: boolean): void {
  const allowed = careful ? MAX_UNREST_CAREFUL : MAX_UNREST;
  if (points > MAX_UNREST) d.notices = d.notices | NOTICE_MOTION;
  if (!(points <= allowed)) refuse(d, REFUSED_MOTION, points / 10, allowed / 10);
}

function judgeBeats(d: Finding, f: Fit): void {
  const regular = 1000 * f.rate.regularity;
  d.heartRate = f.rate.perMinute;
  if (regular < IRREGULAR_PERMILLE) d.notices = d.notices | NOTICE_ARRHYTHMIA;
  if (!(regular >= NO_BEAT_PERMILLE)) refuse(d, REFUSED_BEATS, regular / 10, NO_BEAT_PERMILLE / 10);
}

function topOf(f: Fit, kind: number): number {
  return f.features[kind * FEATURES + FEATURE_TOP] as number;
}

function judgeEstimates(d: Finding, f: Fit, ceiling: number): void {
  const a = f.estimates[0] as number;
  const b = f.estimates[1] as number;
  const c = f.estimates[2] as number;
  if (!(a === a && b === b && c === c)) return refuse(d, REFUSED_EDGE, 0, 0);
  d.spreadMmHg = most(a, b, c) - least(a, b, c);
  const mmHg = middle(a, b, c);
  if (!(mmHg >= MIN_LOP_MMHG)) refuse(d, REFUSED_EDGE, mmHg, MIN_LOP_MMHG);
  if (!(d.spreadMmHg < MAX_SPREAD_MMHG)) refuse(d, REFUSED_SPREAD, d.spreadMmHg, MAX_SPREAD_MMHG);
  const top = (1000 * middle(topOf(f, 0), topOf(f, 1), topOf(f, 2))) / mmHg;
  if (!(top >= MIN_TOP_PERMILLE)) refuse(d, REFUSED_SHAPE, top / 10, MIN_TOP_PERMILLE / 10);
  if (!(top <= MAX_TOP_PERMILLE)) refuse(d, REFUSED_SHAPE, top / 10, MAX_TOP_PERMILLE / 10);
  const limit = ceiling - CEILING_MARGIN_MMHG;
  if (!(mmHg <= limit)) refuse(d, REFUSED_CEILING, mmHg, limit);
  if (d.refusal === 0) d.mmHg = mmHg;
}

/** Judge a finished run, first of two parts; `careful`: it is one of two that must agree. */
export function judgeSignal(d: Finding, f: Fit, w: Sweep, careful: boolean): void {
  if (!w.complete) refuse(d, REFUSED_TOP, w.asked, w.ceiling);
  judgePulse(d, f);
  judgeBeats(d, f);
  judgeCurve(d, f, careful);
}

/** Second part: the number. */
export function judgeNumber(d: Finding, f: Fit, w: Sweep): void {
  judgeEstimates(d, f, w.ceiling);
}
