/**
 * Sessions with faults thrown at random, for "break it": what is thrown in each, and which of two was worse. The number of a session gives all of it,
 * so that the same search finds the same again. Pure; it must never run one itself.
 */
import type { FaultKind } from '../../../plant/faults.ts';
import { Random } from '../../../plant/random.ts';
import { FAULT_SIZES } from '../../../setup/fault-option.ts';
import { specOf, type TrySpec } from '../../engine/try-spec.ts';

/** Sessions of one search, besides the one without more faults: about half a minute of a small computer. */
export const MOST_SESSIONS = 40;

/** What came of a session. */
export interface Hunted {
  readonly spec: TrySpec;
  readonly rows: number;
  /** Over every bit of its rows. */
  readonly sum: string;
  /** Longest time that the true pressure stood above the occlusion pressure, s. */
  readonly aboveS: number;
  readonly peakMmHg: number;
  readonly lopMmHg: number;
  /** '' = no rule tripped. */
  readonly trip: string;
}

const KINDS = Object.keys(FAULT_SIZES) as FaultKind[];
/** The first fault comes between these, s: from the first fill to the third set. */
const FROM_S = 8;
const TO_S = 260;
/** One session in three has a second fault, up to so much later, s. */
const SECOND = 1 / 3;
const SECOND_S = 60;
/** A size is the usual one times up to this, or divided by it. */
const SPREAD = 4;
/** Faults that exclude each other are thrown anew so many times. */
const TRIES = 20;

function thrown(rng: Random, atS: number): string {
  const kind = KINDS[rng.int(KINDS.length)] as FaultKind;
  const rule = FAULT_SIZES[kind];
  if (rule === null) return `${kind}@${atS}`;
  const wanted = rule.usual * SPREAD ** (2 * rng.next() - 1);
  return `${kind}@${atS}:${Number(Math.min(rule.max, Math.max(rule.min, wanted)).toPrecision(3))}`;
}

/** Settings, session, wearer and seed of `spec`, without what was done to it. */
export function untouched(spec: TrySpec): TrySpec {
  return { ...spec, press: [], fault: [], event: [] };
}

/** Session `number` of the search; 0 = without more faults than its scenario has. */
export function huntSpec(of: TrySpec, number: number): TrySpec {
  const base = untouched(of);
  if (number === 0) return base;
  const rng = new Random(number);
  for (let i = 0; i < TRIES; i++) {
    const atS = FROM_S + rng.int(TO_S - FROM_S);
    const first = thrown(rng, atS);
    const fault = rng.next() < SECOND ? [first, thrown(rng, atS + 1 + rng.int(SECOND_S))] : [first];
    try {
      const made = { ...base, fault };
      specOf(made);
      return made;
    } catch {
      // these two exclude each other
    }
  }
  return { ...base, fault: [`hose-off@${FROM_S}`] };
}

/** True when `a` was worse for the limb than `b`: longer above the occlusion pressure, then higher. */
export function isWorse(a: Hunted, b: Hunted): boolean {
  return a.aboveS === b.aboveS ? a.peakMmHg > b.peakMmHg : a.aboveS > b.aboveS;
}
