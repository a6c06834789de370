/**
 * The artery under the cuff, as a stack of short segments from the heart's side to the far side. External pressure is highest at one
 * place and falls towards the edges; how a segment's volume follows the pressure across its wall is a law of vessel-law.ts. Pure formulas:
 * must never know how a measurement is made.
 */
import { PROFILES, type ProfileName } from './cuff-profile.ts';
import { VESSEL_LAWS, type VesselLawName } from './vessel-law.ts';

export interface Artery {
  /** How its volume follows the pressure across its wall. */
  readonly law: VesselLawName;
  /** How the cuff's pressure falls from its highest place towards the edges. */
  readonly profile: ProfileName;
  /** Share of the cuff's pressure that reaches the artery at that place; 0.5 (narrow cuff, thick limb) to 1. */
  readonly eta: number;
  /** Depth of that fall, external = eta * p * (1 - edge * fall(x)), x = -1..1; 0.1-0.9. */
  readonly edge: number;
  /** Steepness below and above zero transmural pressure, 1/mmHg; 0.04-0.16 and 0.009-0.06. */
  readonly squeezed: number;
  readonly open: number;
  /** Transmural pressure of the steepest place, mmHg, for the laws that have one; -4..6. */
  readonly rest: number;
  /** Volume of the whole stack when fully open, mL. */
  readonly volumeMl: number;
  /** Volume that the pulse pushes into the cuff's upper edge whatever the pressure in it, mL per mmHg of arterial pressure. */
  readonly thump: number;
}

/** Segments of the stack: odd, so that one lies under the middle. */
export const SEGMENTS = 13;

/**
 * Volume of the stack, mL. `near` is the arterial pressure on the heart's side, `far` the pressure beyond the place where the cuff presses
 * hardest: the two differ while that is shut.
 */
export function arteryVolume(artery: Artery, near: number, far: number, cuff: number): number {
  const { falls, hardest } = PROFILES[artery.profile];
  const fill = VESSEL_LAWS[artery.law];
  const most = artery.eta * cuff;
  const between = 0.5 * (near + far);
  let sum = 0;
  for (let i = 0; i < SEGMENTS; i += 1) {
    const outside = most * (1 - artery.edge * (falls[i] ?? 0));
    const inside = i < hardest ? near : i > hardest ? far : between;
    sum += fill(artery, inside - outside);
  }
  return (artery.volumeMl * sum) / SEGMENTS + artery.thump * near;
}

/** How far the arterial pressure is above that of the hardest place of the cuff, mmHg; blood passes while it is positive. */
export function passingMmHg(artery: Artery, near: number, cuff: number): number {
  return near - artery.eta * cuff;
}
