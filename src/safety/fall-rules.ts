/**
 * A reading must not fall while the cuff fills: the pump runs and the valve is shut, so that a sudden fall which does not come back is
 * an error of the reading, and not what the cuff holds. Such falls add up over a fill; the air book begins with them, and many of them
 * end the fill. Must never judge a round in which the pump rested: then the drop over a narrow hose goes.
 */
import type { AssessTick } from '../tick.ts';
import type { MmHg, Ms } from '../units.ts';
import type { WritesAir } from './air-balance.ts';
import { tripAir } from './book-rules.ts';
import { FELL_MOST_MMHG } from './rows/book.ts';
import type { Supervisor } from './state.ts';

export interface FillFalls {
  /** What the reading has lost by sudden falls in this fill, mmHg; below 0 it has gained. */
  fellMmHg: number;
  /** The reading in the last round that the pump ran through, mmHg; NaN before the first. */
  fallFromMmHg: number;
  /** How long ago that was, ms. */
  fallFromAgeMs: number;
  /** What it usually rises in such a round of this fill, mmHg. */
  fallRiseMmHg: number;
  /** Time left in which a rise makes the last fall good, ms. */
  fallBackMs: number;
  /** How far the rounds of this fill are off it, mmHg: the pump's strokes on a narrow hose. */
  fallNoiseMmHg: number;
  /** The pump has run through so many rounds in a row. */
  pumpedRounds: number;
}

export function createFillFalls(): FillFalls {
  return {
    fellMmHg: 0,
    fallFromMmHg: Number.NaN,
    fallFromAgeMs: 0,
    fallRiseMmHg: 0,
    fallBackMs: 0,
    fallNoiseMmHg: FIRST_NOISE_MMHG,
    pumpedRounds: 0,
  };
}

/**
 * All of these are our decision, held against `npm run bench:blind` (docs/lab/air-book.md). From the usual rise of a round a sudden change is
 * so far off, mmHg, and a quarter of that rise: pulse, breath and tremor together stay below; and so many times what the rounds are off anyway.
 */
const SUDDEN_MMHG = 6;
const SUDDEN_NOISES = 3;
/** ... for which no more than so much is allowed, mmHg: jumps are noise too. */
const NOISE_COUNTED_MMHG = 18;
/** What they are off is not known at first, mmHg, and follows each round that is not sudden. */
const FIRST_NOISE_MMHG = 4;
const NOISE_FOLLOW = 1 / 3;
/** A limb that moved comes back within so long, ms, each round by more than this above the usual, mmHg. */
const BACK_MS = 4000;
const BACK_MMHG = 3;
/**
 * A sudden rise is forgotten with this time constant, ms, and is this at most, mmHg: a bump on the slack cuff makes 60 and comes back sooner.
 * It is no usual rise either.
 */
const GAIN_MS = 1000;
const MOST_GAIN_MMHG = 40;
/** The usual rise follows so much of each round. */
const FOLLOW = 1 / 2;
/** The pump ran for so many quarters of a round, and in so many rounds before: its strokes fill the hose first. */
const PUMPED_QUARTERS = 3;
const FULL_ROUNDS = 2;
/** A round is compared with one that is no older than this, ms: longer without the pump, and a bump, or the regulator's pulses, lie in between. */
const OLDEST_MS = 1500;

/** A fill from empty begins. */
export function startFalls(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<FillFalls> = supervisor.air;
  restartFalls(supervisor);
  air.fellMmHg = 0;
  air.fallRiseMmHg = 0;
  air.fallBackMs = 0;
  air.fallNoiseMmHg = FIRST_NOISE_MMHG;
}

/** A fill goes on from a hold: what the reading did in that is no fall. */
export function restartFalls(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<FillFalls> = supervisor.air;
  air.fallFromMmHg = Number.NaN;
  air.pumpedRounds = 0;
}

/** A round of a fill with `pumped` ms of pump and `bled` ms of open valve. What has been let out is no fall. */
export function noteFall(supervisor: Readonly<Supervisor>, t: AssessTick, pumped: Ms, bled: Ms): void {
  const air: WritesAir<FillFalls> = supervisor.air;
  if (bled > 0) air.fallFromMmHg = Number.NaN;
  air.pumpedRounds = pumped * 4 >= supervisor.roundMs * PUMPED_QUARTERS ? air.pumpedRounds + 1 : 0;
  if (air.fallBackMs > 0) air.fallBackMs -= supervisor.roundMs;
  if (air.fellMmHg < 0) air.fellMmHg *= GAIN_MS / (GAIN_MS + supervisor.roundMs);
  air.fallFromAgeMs += supervisor.roundMs;
  if (air.pumpedRounds < FULL_ROUNDS) return;
  if (air.fallFromAgeMs > OLDEST_MS) air.fallFromMmHg = Number.NaN;
  air.fallFromAgeMs = 0;
  const change = t.filteredMmHg - air.fallFromMmHg;
  air.fallFromMmHg = t.filteredMmHg;
  if (change <= 0 || change > 0) addChange(air, change);
  if (!(air.fellMmHg < FELL_MOST_MMHG)) tripAir(supervisor, t, t.filteredMmHg + air.fellMmHg);
}

/** The change of a round counts beyond the usual rise. On the way back from a bump the reading itself counts: in the bump the usual has grown. */
function addChange(air: WritesAir<FillFalls>, change: MmHg): void {
  const off = change - air.fallRiseMmHg;
  const noise = air.fallNoiseMmHg * SUDDEN_NOISES;
  const sudden =
    SUDDEN_MMHG + air.fallRiseMmHg / 4 + (noise < NOISE_COUNTED_MMHG ? noise : NOISE_COUNTED_MMHG);
  const bump = air.fellMmHg < 0;
  if (off < -sudden) air.fallBackMs = BACK_MS;
  else follow(air, off, sudden);
  if (!(off < -sudden || off > sudden || (air.fallBackMs > 0 && off > BACK_MMHG))) return;
  const fell = air.fellMmHg - (bump && change < 0 ? change : off);
  air.fellMmHg = fell > -MOST_GAIN_MMHG ? fell : -MOST_GAIN_MMHG;
}

/** The usual rise follows each round, and how far the rounds are off it: a sudden rise is neither usual nor noise. */
function follow(air: WritesAir<FillFalls>, off: MmHg, sudden: MmHg): void {
  const counted = off < sudden ? off : sudden;
  air.fallRiseMmHg += counted * FOLLOW;
  air.fallNoiseMmHg += ((counted > 0 ? counted : -counted) - air.fallNoiseMmHg) * NOISE_FOLLOW;
}
