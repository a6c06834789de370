/**
 * Published laws of how an artery's cross-section follows the pressure across its wall. They differ most where it matters for an
 * occlusion pressure: in how fast the vessel closes below zero. Each gives the filled share, 0..1, rising with the pressure.
 */

/** What a law reads of an artery: steepness below and above zero, 1/mmHg, and the place of its steepest slope, mmHg. */
export interface VesselWall {
  readonly squeezed: number;
  readonly open: number;
  readonly rest: number;
}

type VesselLaw = (wall: VesselWall, mmHg: number) => number;

/** Exponential below zero, saturating exponentially above, slopes equal at zero (Babbs 2012, doi 10.1186/1475-925X-11-56). */
function exponential(wall: VesselWall, mmHg: number): number {
  const closed = wall.open / (wall.squeezed + wall.open);
  if (mmHg <= 0) return closed * Math.exp(wall.squeezed * mmHg);
  return closed + (1 - closed) * (1 - Math.exp(-wall.open * mmHg));
}

/** Width of the arctangent's halves over the length of an exponential branch: about as steep in the middle. */
const WIDTH = 0.9;

/**
 * Arctangent about the steepest place, with its own width on either side (Langewouters 1984, doi 10.1016/0021-9290(84)90034-4; under a cuff:
 * Forster and Turney 1986). Its tails fall slowly: a shut vessel goes on pulsing a little. The two halves meet with equal slopes.
 */
function arctangent(wall: VesselWall, mmHg: number): number {
  const below = WIDTH / wall.squeezed;
  const above = WIDTH / wall.open;
  const share = below / (below + above);
  const x = mmHg - wall.rest;
  const turn = Math.atan(x / (x < 0 ? below : above)) / (Math.PI / 2);
  return share + turn * (x < 0 ? share : 1 - share);
}

/** Scale of the logarithm of the open vessel, 1/mmHg, and its offset (Drzewiecki, Hood and Apple 1994, doi 10.1007/BF02368223). */
const STRETCH = 0.03;
const STRETCH_OFFSET = 3.3;
/** The pressure at which the open vessel counts as full, mmHg: its logarithm goes on for ever. */
const FULL_MMHG = 180;

/** Buckling: a logistic closure times the logarithm of the stretched vessel (Drzewiecki, Hood and Apple 1994). */
function buckling(wall: VesselWall, mmHg: number): number {
  const stretched = Math.log(Math.max(1, STRETCH * mmHg + STRETCH_OFFSET));
  const full = Math.log(STRETCH * FULL_MMHG + STRETCH_OFFSET);
  return stretched / full / (1 + Math.exp(-wall.squeezed * (mmHg - wall.rest)));
}

/** Share of the slow branch of the double exponential, and how much slower it is. */
const SLOW_SHARE = 0.2;
const SLOWER = 2;

/** A fast and a slow exponential on either side of zero, slopes equal there: closes quickly first, then hesitates. */
function doubleExponential(wall: VesselWall, mmHg: number): number {
  const closed = wall.open / (wall.squeezed + wall.open);
  const rate = mmHg <= 0 ? wall.squeezed : -wall.open;
  const left = (1 - SLOW_SHARE) * Math.exp(rate * mmHg) + SLOW_SHARE * Math.exp((rate / SLOWER) * mmHg);
  return mmHg <= 0 ? closed * left : 1 - (1 - closed) * left;
}

export const VESSEL_LAWS = {
  exponential,
  arctangent,
  buckling,
  'double exponential': doubleExponential,
} satisfies Record<string, VesselLaw>;

export type VesselLawName = keyof typeof VESSEL_LAWS;
