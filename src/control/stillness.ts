/** How still a moving limb has become, and how fast it moves. Only watches; must never let go of a rhythm by itself. */
import type { RegulateTick } from '../tick.ts';
import type { MmHg, Ms } from '../units.ts';
import type { ReadonlyRegulator } from './state.ts';

/** Time constant of the limb's mean, ms. Set by bench:control on the project's draw. */
const LIMB_MEAN_MS = 400;
/** Time constant of the limb's speed, ms. Set by bench:control on the project's draw. */
const SPEED_MS = 100;
/** The limb is still while it is within one part in 40 of the setpoint of its mean. Set by bench:control on the project's draw. */
const STILL_PART = 40;

/** Written in this file only. */
export interface StillState {
  /** Time for which the limb has been still. */
  stillMs: Ms;
  /** Speed of the limb, smoothed, mmHg per ms. */
  limbMmHgPerMs: number;
  /** The limb a tick ago, while no rhythm is known. */
  previousLimbMmHg: MmHg;
  /** Mean of the limb while it moves. */
  meanLimbMmHg: MmHg;
}

type StillOwner = ReadonlyRegulator & StillState;

/** Starts to watch, from a mean of `meanMmHg`. */
export function restartStillness(r: StillOwner, meanMmHg: MmHg): void {
  r.stillMs = 0;
  r.meanLimbMmHg = meanMmHg;
  r.limbMmHgPerMs = 0;
  r.previousLimbMmHg = r.limbMmHg;
}

/** Once a tick: how long the limb has been still. */
export function watchStill(r: StillOwner, t: RegulateTick): void {
  const off = r.limbMmHg - r.meanLimbMmHg;
  r.meanLimbMmHg += (off * t.dt) / LIMB_MEAN_MS;
  if ((off < 0 ? -off : off) * STILL_PART > r.targetMmHg) r.stillMs = 0;
  else r.stillMs += t.dt;
}

/** Once a tick without rhythm: how fast the limb moves. */
export function followSpeed(r: StillOwner, t: RegulateTick): void {
  const limb = r.limbMmHg;
  r.limbMmHgPerMs += (((limb - r.previousLimbMmHg) / t.dt - r.limbMmHgPerMs) * t.dt) / SPEED_MS;
  r.previousLimbMmHg = limb;
}
