import type { MmHg } from '../units.ts';
import { BY_NONE, byText, isEstimated } from './formula.ts';

/** Postures, from the lowest occlusion pressure to the highest. */
export const POSTURE_UNKNOWN = 0;
export const POSTURE_LYING = 1;
export const POSTURE_SEATED = 2;
export const POSTURE_STANDING = 3;

/** A personal pressure with everything that it is bound to. */
export interface LopRecord {
  mmHg: MmHg;
  /** Spread of what it was made from, mmHg; 0 = not known. */
  spreadMmHg: MmHg;
  /** `BY_*` of formula.ts. */
  by: number;
  /** `LIMB_*` of settings.ts and 0 left, 1 right. */
  limb: number;
  side: number;
  /** Width of the cuff it was taken with, mm. */
  widthMm: number;
  /** `POSTURE_*`. */
  posture: number;
  /** Seconds since 1970, 0 = the clock was never set. */
  dateS: number;
  /** 1: the clock had been set since the last power loss. */
  dateTrusted: number;
  /** Beats a minute, 0 = not known; `NOTICE_*` bits of verdict.ts. */
  heartRate: number;
  notices: number;
}

export function noLop(): LopRecord {
  return {
    mmHg: 0,
    spreadMmHg: 0,
    by: BY_NONE,
    limb: 0,
    side: 0,
    widthMm: 0,
    posture: POSTURE_UNKNOWN,
    dateS: 0,
    dateTrusted: 0,
    heartRate: 0,
    notices: 0,
  };
}

/** What may be done with a stored pressure now. */
export const USE_FREE = 0;
/** Only after the wearer has read what changes and confirmed. */
export const USE_ASK = 1;
/** Not at all: measure again. */
export const USE_NO = 2;

/** Cuff widths this close count as the same, mm. */
const SAME_WIDTH_MM = 10;
/** A dated pressure older than this is asked about, s: 4 weeks. */
export const STALE_S = 28 * 86400;

/**
 * May this pressure be used on this limb, with this cuff, in this posture? Another limb or another cuff width: no. Another or an unknown
 * posture: only after asking. Lying 187, seated 204, standing 242 mmHg in one study (Hughes 2018, PeerJ 4697), so that 80 % of a pressure
 * taken lying is 62 % of the one standing.
 */
export function lopUse(
  r: LopRecord,
  limb: number,
  side: number,
  widthMm: number,
  posture: number,
  nowS: number,
): number {
  if (!(r.mmHg > 0) || r.limb !== limb || r.side !== side) return USE_NO;
  const d = r.widthMm - widthMm;
  if (d > SAME_WIDTH_MM || d < -SAME_WIDTH_MM) return USE_NO;
  if (r.posture === POSTURE_UNKNOWN || posture === POSTURE_UNKNOWN || r.posture !== posture) return USE_ASK;
  if (nowS > 0 && r.dateTrusted === 1 && nowS - r.dateS > STALE_S) return USE_ASK;
  return USE_FREE;
}

/** Means of the study above, mmHg: unknown, lying, seated, standing. */
const STUDY = [0, 187, 204, 242];

function postureName(posture: number): string {
  return posture === POSTURE_LYING
    ? 'lying'
    : posture === POSTURE_SEATED
      ? 'seated'
      : posture === POSTURE_STANDING
        ? 'standing'
        : 'an unknown posture';
}

/** Real share of occlusion, percent, when `percent` of a pressure taken in `from` is worn in `to`; `percent` when either is unknown. */
export function shareWorn(percent: number, from: number, to: number): number {
  const a = STUDY[from] as number;
  const b = STUDY[to] as number;
  return a > 0 && b > 0 ? Math.floor((percent * a) / b + 1 / 2) : percent;
}

/** What changes when the pressure is used in another posture: one sentence for the display; '' when nothing does. */
export function postureText(r: LopRecord, posture: number, percent: number): string {
  if (r.posture === posture && posture !== POSTURE_UNKNOWN) return '';
  if (r.posture === POSTURE_UNKNOWN || posture === POSTURE_UNKNOWN)
    return (
      'LOP taken in ' +
      postureName(r.posture) +
      ', to be worn ' +
      postureName(posture) +
      ': state the posture, or measure again.'
    );
  const worn = shareWorn(percent, r.posture, posture);
  const way = worn < percent ? 'lighter' : 'HARDER';
  return (
    'LOP taken ' +
    postureName(r.posture) +
    ', to be worn ' +
    postureName(posture) +
    ': ' +
    percent +
    ' % of it is about ' +
    worn +
    ' % there, so it restricts ' +
    way +
    ' than it says. Measure ' +
    postureName(posture) +
    ' for the true figure.'
  );
}

/** The pressure as it is shown everywhere: number, how obtained, posture, date. */
export function lopText(r: LopRecord): string {
  if (!(r.mmHg > 0)) return 'LOP not known: measure it';
  const date = r.dateS === 0 ? 'undated' : r.dateTrusted === 1 ? 'dated' : 'dated by an untrusted clock';
  const word = isEstimated(r.by) ? 'estimated LOP ' : 'LOP ';
  return word + r.mmHg + ' mmHg (' + byText(r.by) + '; ' + postureName(r.posture) + '; ' + date + ')';
}
