/**
 * Families of simulated people: each takes its artery, its cuff, its pulse and its slow waves from other published forms than the next one,
 * so that a result that holds on one of them alone is seen to. The measurement's constants are fitted on FITTED_FAMILY; the others are for
 * judging. Nothing may be tuned on them.
 */
import type { ProfileName } from '../plant/cuff-profile.ts';
import type { Random } from '../plant/random.ts';
import type { VesselLawName } from '../plant/vessel-law.ts';
import type { PersonTraits } from './traits.ts';
import type { WaveName } from './waves.ts';

/** What a family lays down; ranges are drawn from evenly. */
export interface Family {
  readonly law: VesselLawName;
  readonly profiles: readonly ProfileName[];
  readonly waves: readonly WaveName[];
  /** Place of the law's steepest slope, mmHg. */
  readonly rest: readonly [number, number];
  /** Depth of the fall of the cuff's pressure to its edges. */
  readonly edge: readonly [number, number];
  /** Time in which the limb beyond the cuff fills through a wide open artery, s, and the pressure that opens it so far, mmHg. */
  readonly refillS: readonly [number, number];
  readonly opensMmHg: readonly [number, number];
  /** Mayer waves, +- mmHg. */
  readonly mayerMmHg: readonly [number, number];
  /** Stretch of the cuff and slack over those of the builds of the draw: below 1 = stiffer. */
  readonly stretchOver: readonly [number, number];
}

export const FAMILIES = {
  /** Babbs 2012: soft wide cuffs, a bent decay, slow drift. */
  exponential: {
    law: 'exponential',
    profiles: ['cubic'],
    waves: ['decay'],
    rest: [0, 0],
    edge: [0.1, 0.7],
    refillS: [0.01, 0.03],
    opensMmHg: [5, 20],
    mayerMmHg: [0, 0],
    stretchOver: [1, 1],
  },
  /** Langewouters 1984: slow tails, cuffs that bulge, reflected waves with and without a notch. */
  arctangent: {
    law: 'arctangent',
    profiles: ['cosine', 'cubic'],
    waves: ['reflected', 'decay'],
    rest: [-2, 2],
    edge: [0.1, 0.5],
    refillS: [0.01, 0.03],
    opensMmHg: [5, 20],
    mayerMmHg: [0, 2],
    stretchOver: [0.6, 1.3],
  },
  /** Drzewiecki 1994: buckling, stiff cuffs that press evenly and then fall off, a broad pulse. */
  buckling: {
    law: 'buckling',
    profiles: ['plateau', 'cubic'],
    waves: ['windkessel', 'reflected'],
    rest: [-2, 2],
    edge: [0.15, 0.6],
    refillS: [0.01, 0.03],
    opensMmHg: [5, 20],
    mayerMmHg: [0, 2],
    stretchOver: [0.4, 1],
  },
  /** Two exponentials on either side of zero; cuffs that press hardest beyond their middle. */
  'double exponential': {
    law: 'double exponential',
    profiles: ['leaning', 'cosine'],
    waves: ['decay', 'windkessel'],
    rest: [0, 0],
    edge: [0.1, 0.5],
    refillS: [0.01, 0.03],
    opensMmHg: [5, 20],
    mayerMmHg: [0, 3],
    stretchOver: [0.8, 1.6],
  },
} as const satisfies Record<string, Family>;

export type FamilyName = keyof typeof FAMILIES;
export const FAMILY_NAMES = Object.keys(FAMILIES) as readonly FamilyName[];
/** The one family that the constants of src/occlusion/fitted.ts come from. */
export const FITTED_FAMILY: FamilyName = 'arctangent';

/** What a member of the family has of its own. */
export interface Member
  extends Pick<PersonTraits, 'wave' | 'refillS' | 'opensMmHg' | 'mayerMmHg' | 'mayerHz'> {
  readonly profile: ProfileName;
  readonly rest: number;
  readonly edge: number;
}

function pick<T>(rng: Random, of: readonly T[]): T {
  return of[rng.int(of.length)] as T;
}

function between(rng: Random, [low, high]: readonly [number, number]): number {
  return rng.range(low, high);
}

/** Draw one member; `rng` is for nothing else. */
export function drawMember(rng: Random, name: FamilyName): Member {
  const family: Family = FAMILIES[name];
  return {
    profile: pick(rng, family.profiles),
    wave: pick(rng, family.waves),
    rest: between(rng, family.rest),
    edge: between(rng, family.edge),
    refillS: between(rng, family.refillS),
    opensMmHg: between(rng, family.opensMmHg),
    mayerMmHg: between(rng, family.mayerMmHg),
    mayerHz: rng.range(0.07, 0.13),
  };
}

/** How much stiffer or softer than the builds of the draw this member's cuff is. */
export function drawStretch(rng: Random, name: FamilyName): number {
  return between(rng, FAMILIES[name].stretchOver);
}
