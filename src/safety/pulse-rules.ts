/**
 * What a pulse of the pump puts into a cuff at rest, for the air book: a pump takes some ms to begin, and on some builds that is half of a
 * pulse. Taken from the reading just before it to the reading just after, less what the reading does between two pulses, so that neither a
 * drift nor a leak shows in it. Must never count a pulse for more than it lasts, nor learn from a limb that moves.
 */
import type { ReadTick } from '../tick.ts';
import type { MmHg, Ms } from '../units.ts';
import type { WritesAir } from './air-balance.ts';
import type { Supervisor } from './state.ts';

export interface PulseStrength {
  /** The calm reading before the pulse, mmHg; NaN = none is looked at. */
  pulseFromMmHg: number;
  /** Its pump time so far, ms. */
  pulsePumpMs: number;
  /** When it began, and when the reading was calm after the one before, ms since boot. */
  pulseAt: number;
  pulseEndedAt: number;
  /** The calm reading then, mmHg; NaN = not known. */
  pulseEndMmHg: number;
  /** How fast the reading fell from there to this pulse: a leak, creep or a drift, mmHg/s. */
  pulseFallMmHgPerS: number;
  /** What a pulse loses before it fills, ms: the mean of some. */
  pulseLostMs: number;
}

export function createPulseStrength(): PulseStrength {
  return {
    pulseFromMmHg: Number.NaN,
    pulsePumpMs: 0,
    pulseAt: 0,
    pulseEndedAt: 0,
    pulseEndMmHg: Number.NaN,
    pulseFallMmHgPerS: 0,
    pulseLostMs: 0,
  };
}

/**
 * All of these are our decision, held against `npm run bench:blind` (docs/lab/air-book.md). A pulse loses this share of itself at most,
 * percent. One that shows less than the rest is not answered by the reading, and counts whole.
 */
const MOST_LOST_PERCENT = 45;
/** More than before is believed in the first part of a hold only, ms: a pump starts no slower later, but a line may be pinched. */
const GROWS_MS = 60000;
/** The mean follows one part in so many of each pulse. */
const PULSE_PART = 8;
/** A pulse that would give less than this tells nothing, mmHg. */
const LEAST_DUE_MMHG = 1;

/** The pump runs after some calm, in which the reading was `fromMmHg`. */
export function startPulse(supervisor: Readonly<Supervisor>, t: ReadTick, fromMmHg: MmHg): void {
  const air: WritesAir<PulseStrength> = supervisor.air;
  air.pulseFallMmHgPerS = ((air.pulseEndMmHg - fromMmHg) * 1000) / (t.now - air.pulseEndedAt);
  air.pulseAt = t.now;
  air.pulseFromMmHg = fromMmHg;
  air.pulsePumpMs = 0;
}

/** What counts of the `pumped` ms of the round in which a pulse has begun, ms. */
export function countedOf(supervisor: Readonly<Supervisor>, pumped: Ms): Ms {
  const lost = supervisor.air.pulseLostMs;
  const most = (pumped * MOST_LOST_PERCENT) / 100;
  return pumped - (lost < most ? lost : most);
}

/** A round of it. */
export function addPulse(supervisor: Readonly<Supervisor>, pumped: Ms): void {
  const air: WritesAir<PulseStrength> = supervisor.air;
  air.pulsePumpMs += pumped;
}

/** The limb moved, the valve let air out, or a fill begins: nothing can be learned. */
export function dropPulse(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<PulseStrength> = supervisor.air;
  air.pulseFromMmHg = Number.NaN;
  air.pulseEndMmHg = Number.NaN;
}

/** The reading is calm again. The first pulse of some, and where none is looked at, the rise is no number, and nothing is learned. */
export function endPulse(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<PulseStrength> = supervisor.air;
  const pumped = air.pulsePumpMs;
  const fallen = (air.pulseFallMmHgPerS * (t.now - air.pulseAt)) / 1000;
  const lost = pumped - ((t.filteredMmHg + fallen - air.pulseFromMmHg) * 1000) / air.pumpMmHgPerS;
  air.pulseFromMmHg = Number.NaN;
  air.pulseEndMmHg = t.filteredMmHg;
  air.pulseEndedAt = t.now;
  if (!(lost <= 0 || lost > 0) || pumped * air.pumpMmHgPerS < LEAST_DUE_MMHG * 1000) return;
  const within = lost > 0 && lost * 100 <= pumped * MOST_LOST_PERCENT ? lost : 0;
  if (within > air.pulseLostMs && t.now - supervisor.heldSince > GROWS_MS) return;
  air.pulseLostMs += (within - air.pulseLostMs) / PULSE_PART;
}
