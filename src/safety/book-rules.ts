/**
 * The air book: what the cuff must hold by the air that went in and out since it was filled from empty, whatever the reading says. The
 * reading is believed while the cuff fills, as its zero has just been taken; from then on only pump and valve count, so that a reading
 * that drifts or jumps adds up here. Creep is not taken off, and a leak only where a good zero has proven it: the cuff should hold
 * less than the book says; a valve that is weaker than the pump, while it is not known, is the exception. Where it comes near the
 * occlusion pressure the cuff is to be released and filled anew. More pressure weakens the pump and strengthens the valve, so that in
 * movement the book finds the true pressure by itself. Must never follow the reading of a hold upwards, nor be set back in one.
 */
import type { AssessTick, ReadTick } from '../tick.ts';
import type { MmHg, Ms } from '../units.ts';
import type { WritesAir } from './air-balance.ts';
import { tripOrVanished } from './level-rules.ts';
import {
  BOOK_BURST_MMHG,
  BOOK_FULL_SHARE,
  BOOK_MS,
  BOOK_SHORT_MS,
  BOOK_STILL_MS,
  BOOK_SUDDEN_MMHG,
  BOOK_WORN_SHARE,
  MOST_PROVEN,
  PROOF_CREEP_PERCENT,
  PROOF_MMHG,
  PROOF_SHARE,
  TRIP_BOOK_FULL,
} from './rows/book.ts';
import { doubtSample } from './sensor-rules.ts';
import type { Supervisor } from './state.ts';
import { bleedBook, endMeasure, lagMeasure, noteAir, strongestValve } from './valve-strength.ts';

/** `bookStage`: some of the margin is left; a rest is asked for a release; nothing is pumped and the cuff is to be released at once. */
export const BOOK_OPEN = 0;
export const BOOK_WORN = 1;
export const BOOK_FULL = 2;

export interface AirBook {
  /** What the cuff must hold by the air that went in and out, mmHg. */
  bookMmHg: number;
  /** Its mean over a cycle or two of a movement, in which the regulator's air comes and goes, mmHg. */
  bookMeanMmHg: number;
  /** The mean, some seconds late, mmHg. */
  bookLateMmHg: number;
  /** BOOK_*. */
  bookStage: number;
  /** For how long it has been full and the cuff has not been released, ms. */
  bookFullMs: number;
  /** The supervisor's sum of the pump when the reading came near the setpoint, ms. */
  bookFillPumpMs: number;
  /** That of the bleeds, ms. */
  bookFillBledMs: number;
  /** The cuff has been filled from empty, and the book is kept. */
  bookKept: boolean;
  /** When the setpoint was reached, ms since boot. */
  bookOpenedAt: number;
  /** When the book was last kept, ms since boot. */
  bookAt: number;
  /** It was not open any more when the last hold ended. */
  bookEnded: boolean;
  /** Lost in this hold beyond what is proven, if the reading is right, mmHg/s. */
  lossMmHgPerS: number;
  /** What this cuff is proven to lose, mmHg/s. */
  provenMmHgPerS: number;
}

export function createAirBook(): AirBook {
  return {
    bookMmHg: 0,
    bookMeanMmHg: 0,
    bookLateMmHg: 0,
    bookStage: BOOK_OPEN,
    bookFullMs: 0,
    bookFillPumpMs: 0,
    bookFillBledMs: 0,
    bookKept: false,
    bookOpenedAt: 0,
    bookAt: 0,
    bookEnded: false,
    lossMmHgPerS: 0,
    provenMmHgPerS: 0,
  };
}

/**
 * All of these are our decision, held against `npm run bench:blind` (docs/lab/air-book.md). The pump gives so much less for each mmHg more, as
 * a part: less than any pump, so that the book forgets slowly.
 */
const PUMP_FALL = 1 / 600;
/** The pump is measured in each fill, at so many fifths of the setpoint (flow-rules.ts). */
const MEASURED_FIFTHS = 4;
/** The reading is believed for so long after the setpoint was reached, ms: the fill ends, and the fastest creep with it. */
const BELIEVED_MS = 4000;
/** The book never says less than the reading, or the setpoint where that is lower, less this, percent of the setpoint. */
const LEAST_SHARE = 10;
/** A hold that lost no more than what is let pass takes this part of it back. */
const TIGHT_PART = 3;
/** Time constant of its mean in movement, ms, and of the mean of some seconds ago. */
const BOOK_MEAN_MS = 3000;
const BOOK_LATE_MS = 8000;

/** A round of a fill: the reading is believed until it comes near the setpoint, unless air of a hold is in the cuff. */
export function fillBook(supervisor: Readonly<Supervisor>, t: AssessTick, pumped: Ms, bled: Ms): void {
  const air: WritesAir<AirBook> = supervisor.air;
  if (air.bookKept) keepBook(supervisor, t, pumped, bled);
  else if (!supervisor.air.rateEnded) {
    air.bookFillPumpMs = supervisor.pumpMs;
    air.bookFillBledMs = supervisor.bledMs;
  } else judgeNear(supervisor, t, beyondFill(supervisor, supervisor.pumpMs, supervisor.bledMs));
}

/** `beyond` = what was put in since the reading came near the setpoint, mmHg. */
function judgeNear(supervisor: Readonly<Supervisor>, t: AssessTick, beyond: MmHg): void {
  if (!(beyond < BOOK_BURST_MMHG)) tripAir(supervisor, t, supervisor.targetMmHg + beyond);
}

/** What was put in since the reading came near the setpoint, beyond creep, and with the valve as strong as one may be, mmHg. */
function beyondFill(supervisor: Readonly<Supervisor>, pumpMs: Ms, bledMs: Ms): MmHg {
  const air = supervisor.air;
  const pumped = (pumpMs - air.bookFillPumpMs) * air.pumpMmHgPerS;
  const bled = (bledMs - air.bookFillBledMs) * strongestValve(air);
  return (pumped - bled) / 1000 - (supervisor.targetMmHg * PROOF_CREEP_PERCENT) / 100;
}

/**
 * A round of a hold in which pump or valve acted. The wave of the limb is in the pressure that they work against. What a fill that goes on
 * from a hold pumps in is not sudden: the late mean goes with it.
 */
export function keepBook(
  supervisor: Readonly<Supervisor>,
  t: AssessTick,
  pumped: number,
  bled: number,
): void {
  const air: WritesAir<AirBook> = supervisor.air;
  if (!air.bookKept) return;
  const at = air.bookMmHg + t.filteredMmHg - supervisor.meanMmHg;
  const ms = t.now - air.bookAt;
  add(supervisor, -(air.provenMmHgPerS * ms) / 1000);
  air.bookAt = t.now;
  if (!air.valveKnown) lagMeasure(supervisor, ms);
  if (pumped > 0) putIn(supervisor, at, pumped);
  if (bled > 0) air.bookMmHg = bleedBook(supervisor, at, bled);
  averageBook(supervisor, ms);
  if (supervisor.reached)
    air.bookLateMmHg += ((air.bookMeanMmHg - air.bookLateMmHg) * ms) / (ms + BOOK_LATE_MS);
  else air.bookLateMmHg = air.bookMeanMmHg;
  judgeBook(supervisor, t);
}

/**
 * Some seconds after the setpoint was reached, whether anything acts then or not: with the setpoint or what the mean says, and, where nothing
 * was let out since, with what was pumped in beyond creep. A reading that has jumped down meanwhile is not what the cuff holds.
 */
export function openBook(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<AirBook> = supervisor.air;
  if (t.now - supervisor.heldSince < BELIEVED_MS) return;
  const target = supervisor.targetMmHg;
  const beyond = beyondFill(supervisor, air.seenPumpMs, air.seenBledMs);
  air.bookMmHg = supervisor.meanMmHg > target ? supervisor.meanMmHg : target;
  if (beyond > 0) air.bookMmHg += beyond;
  if (supervisor.air.fellMmHg > 0) air.bookMmHg += supervisor.air.fellMmHg;
  air.bookMeanMmHg = air.bookMmHg;
  air.bookLateMmHg = air.bookMmHg;
  air.bookAt = t.now;
  air.bookOpenedAt = supervisor.heldSince;
  air.bookKept = true;
}

function add(supervisor: Readonly<Supervisor>, mmHg: number): void {
  const air: WritesAir<AirBook> = supervisor.air;
  air.bookMmHg += mmHg;
  noteAir(supervisor, mmHg);
}

/** What the pump put in at this pressure. */
function putIn(supervisor: Readonly<Supervisor>, at: number, pumped: number): void {
  const air: WritesAir<AirBook> = supervisor.air;
  const share = 1 - (at - (supervisor.targetMmHg * MEASURED_FIFTHS) / 5) * PUMP_FALL;
  if (share > 0) add(supervisor, (air.pumpMmHgPerS * share * pumped) / 1000);
}

/**
 * Where nothing has been let out for some seconds the limb is still, and the book itself counts. A book that is NaN stays NaN here: it then
 * counts as full.
 */
function averageBook(supervisor: Readonly<Supervisor>, ms: number): void {
  const air: WritesAir<AirBook> = supervisor.air;
  const level = supervisor.meanMmHg < supervisor.targetMmHg ? supervisor.meanMmHg : supervisor.targetMmHg;
  const least = level - (supervisor.targetMmHg * LEAST_SHARE) / 100;
  if (air.bookMmHg < least) air.bookMmHg = least;
  const still = supervisor.bledMs - supervisor.lagBledMs < 1;
  air.bookMeanMmHg += still
    ? air.bookMmHg - air.bookMeanMmHg
    : ((air.bookMmHg - air.bookMeanMmHg) * ms) / (ms + BOOK_MEAN_MS);
}

/** Against the margin between the setpoint and what the cuff may hold. */
function judgeBook(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<AirBook> = supervisor.air;
  const target = supervisor.targetMmHg;
  noteLoss(supervisor, t, air.bookMeanMmHg - target);
  const margin = supervisor.limits.airMmHg - target;
  const used = (air.bookMeanMmHg - target) * 100;
  if (used < margin * BOOK_WORN_SHARE) air.bookStage = BOOK_OPEN;
  else if (!(used < margin * BOOK_FULL_SHARE)) air.bookStage = BOOK_FULL;
  else air.bookStage = isShort(air, t) ? BOOK_OPEN : BOOK_WORN;
  if (air.bookStage !== BOOK_FULL) air.bookFullMs = 0;
  if (!(air.bookMeanMmHg - air.bookLateMmHg < BOOK_BURST_MMHG)) tripFull(supervisor, t);
}

/** If the reading is right, this is lost: less what creep and the zero may be. A short hold proves nothing. */
function noteLoss(supervisor: Readonly<Supervisor>, t: ReadTick, lost: number): void {
  const air: WritesAir<AirBook> = supervisor.air;
  const unsure = PROOF_MMHG + (supervisor.targetMmHg * PROOF_CREEP_PERCENT) / 100;
  const ms = t.now - air.bookOpenedAt;
  const tight = -air.provenMmHgPerS / TIGHT_PART;
  if (isShort(air, t)) air.lossMmHgPerS = 0;
  else air.lossMmHgPerS = lost > unsure ? ((lost - unsure) * 1000) / ms : tight;
}

/**
 * In every round while it is full, also where nothing acts. No more is pumped: the gate asks `bookStage`. Whoever leads the cuff has to release
 * it. What was pumped in within seconds is no drift: it went astray.
 */
export function judgeFull(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<AirBook> = supervisor.air;
  if (t.outPump > 0) doubtSample(supervisor, t);
  air.bookFullMs += supervisor.roundMs;
  const sudden = air.bookMeanMmHg - air.bookLateMmHg > BOOK_SUDDEN_MMHG;
  const again = air.bookEnded && isShort(air, t) && isStill(supervisor);
  if (sudden || again || !(air.bookFullMs < BOOK_MS)) tripFull(supervisor, t);
}

/**
 * The valve has hardly been open in this hold. In a movement it lets out twenty times the margin in a minute, so that an error of some percent in
 * its measure ends a hold too: there the zero after each release tells a reading that drifts.
 */
function isStill(supervisor: Readonly<Supervisor>): boolean {
  return supervisor.bledMs - supervisor.air.bookFillBledMs < BOOK_STILL_MS;
}

function tripFull(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  tripAir(supervisor, t, supervisor.air.bookMeanMmHg);
}

/** By the air that went in the cuff holds `heldMmHg`, whatever the reading says. */
export function tripAir(supervisor: Readonly<Supervisor>, t: AssessTick, heldMmHg: MmHg): void {
  tripOrVanished(supervisor, t, TRIP_BOOK_FULL, heldMmHg, supervisor.limits.airMmHg);
}

/** A hold that fills the book so soon is no use to the wearer: not at rest, after another that the book has ended. */
function isShort(air: Readonly<AirBook>, t: ReadTick): boolean {
  return t.now - air.bookOpenedAt < BOOK_SHORT_MS;
}

/** On a vented cuff, by the zero that the last hold had: where it is still good, what was lost was a leak. Most of it is let pass from now on. */
export function proveLoss(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<AirBook> = supervisor.air;
  if (air.lossMmHgPerS === 0 || t.doubtful) return;
  const proven = air.provenMmHgPerS + (air.lossMmHgPerS * PROOF_SHARE) / 100;
  if (t.filteredMmHg > -PROOF_MMHG / 2) air.provenMmHgPerS = proven < MOST_PROVEN ? proven : MOST_PROVEN;
  air.lossMmHgPerS = 0;
}

/** The cuff was vented: the next fill is believed again. */
export function closeBook(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<AirBook> = supervisor.air;
  air.bookEnded = air.bookStage !== BOOK_OPEN;
  air.bookMmHg = 0;
  air.bookStage = BOOK_OPEN;
  air.bookFullMs = 0;
  air.bookKept = false;
  endMeasure(supervisor);
}
