/**
 * Tells two humps of one stride from two strides: a thigh in walking and running swells twice a stride. Only compares humps; must never
 * change the events themselves.
 */
import type { MmHg, Ms } from '../units.ts';
import { apart } from './rhythm.ts';
import type { ReadonlyRegulator } from './state.ts';

/** Longest distance of two humps of one stride, ms. docs/lab/control.md: leg press lost 0.9 points until this was limited to short cycles. */
const HALF_STRIDE_MS: Ms = 1000;
/** Share of a new comparison in the mean, tenths. Set by bench:control on the project's draw. */
const MEAN_TENTHS = 3;
/**
 * Two humps make a cycle when a hump is so many tenths as unlike the last hump as it is unlike the one before that. Set by bench:control on
 * the project's draw.
 */
const PAIR_TENTHS = 15;
/** One hump makes a cycle again below so many tenths. */
const SINGLE_TENTHS = 11;

/** Written in this file only. */
export interface HumpState {
  /** Crest of the newest hump. */
  hump0MmHg: MmHg;
  /** Crest of the hump before it. */
  hump1MmHg: MmHg;
  /** Crest of the hump two before. */
  hump2MmHg: MmHg;
  /** Distance of two events before the newest distance, slots. */
  humpGap1: number;
  /** Distance of two events two before, slots. */
  humpGap2: number;
  /** How unlike a hump is to the last one, slow mean. */
  unlikeOneMmHg: MmHg;
  /** How unlike a hump is to the one before the last, slow mean. */
  unlikeTwoMmHg: MmHg;
  /** True = two events make a cycle. */
  twoHumps: boolean;
}

type HumpOwner = ReadonlyRegulator & { readonly rhythm: HumpState };

/** Notes a hump's crest. */
export function addHump(r: HumpOwner, crestMmHg: MmHg): void {
  const b = r.rhythm;
  b.hump2MmHg = b.hump1MmHg;
  b.hump1MmHg = b.hump0MmHg;
  b.hump0MmHg = crestMmHg;
}

/**
 * When a hump is more like the one before the last than like the last, two events make a cycle. Compared are heights, and distances as
 * what they mean in pressure on a straight flank.
 */
export function judgeHumps(r: HumpOwner): void {
  const b = r.rhythm;
  const distance = b.eventSlot0 - b.eventSlot1;
  if (b.eventCount > 3) {
    const steep = (2 * b.waveSpanMmHg) / b.cycleSlots;
    const one = apart(b.hump0MmHg, b.hump1MmHg) + apart(distance, b.humpGap1) * steep;
    const two = apart(b.hump0MmHg, b.hump2MmHg) + apart(distance, b.humpGap2) * steep;
    b.unlikeOneMmHg += ((one - b.unlikeOneMmHg) * MEAN_TENTHS) / 10;
    b.unlikeTwoMmHg += ((two - b.unlikeTwoMmHg) * MEAN_TENTHS) / 10;
    if (b.unlikeOneMmHg * 10 > b.unlikeTwoMmHg * PAIR_TENTHS && b.cycleSlots * r.periodMs < HALF_STRIDE_MS)
      b.twoHumps = true;
    else if (b.unlikeOneMmHg * 10 < b.unlikeTwoMmHg * SINGLE_TENTHS) b.twoHumps = false;
  }
  b.humpGap2 = b.humpGap1;
  b.humpGap1 = distance;
}
