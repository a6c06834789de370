/**
 * The occlusion pressure that is kept, with all that it is bound to, and whether it may be used now. Must never pass
 * for another limb, another side or another cuff width.
 */
import type { MmHg } from '../units.ts';

/** A personal pressure with everything that it is bound to. */
export interface LopRecord {
  mmHg: MmHg;
  /** Spread of what it was made from, mmHg; 0 = not known. */
  spreadMmHg: MmHg;
  /** How far off it may be, mmHg, by uncertainty.ts; 0 = not known. */
  offMmHg: MmHg;
  /** `BY_*` of formula.ts. */
  by: number;
  /** `LIMB_*` of settings.ts and 0 left, 1 right. */
  limb: number;
  side: number;
  /** Width of the cuff it was taken with, mm. */
  widthMm: number;
  /** 1 lying, 2 seated, 3 standing (1 + POSTURE_* of session/posture.ts, where the rule about postures is); 0 = not known. */
  posture: number;
  /** Seconds since 1970, 0 = the clock was never set. */
  dateS: number;
  /** 1: the clock had been set since the last power loss. */
  dateTrusted: number;
  /** Beats a minute, 0 = not known; `NOTICE_*` bits of verdict.ts. */
  heartRate: number;
  notices: number;
}

/** What may be done with a stored pressure now. */
export const USE_FREE = 0;
/** Only after the wearer has been asked. */
export const USE_ASK = 1;
/** Not at all: measure again. */
export const USE_NO = 2;

/** Cuff widths this close count as the same, mm. */
const SAME_WIDTH_MM = 10;
/** A dated pressure older than this is asked about, s: 4 weeks. */
export const STALE_S = 28 * 86400;

/** May this pressure be used on this limb, with this cuff, now? Another limb or another cuff width: no. An old one: only after asking. */
export function lopUse(r: LopRecord, limb: number, side: number, widthMm: number, nowS: number): number {
  if (!(r.mmHg > 0) || r.limb !== limb || r.side !== side) return USE_NO;
  const d = r.widthMm - widthMm;
  if (d > SAME_WIDTH_MM || d < -SAME_WIDTH_MM) return USE_NO;
  return nowS > 0 && r.dateTrusted === 1 && nowS - r.dateS > STALE_S ? USE_ASK : USE_FREE;
}
