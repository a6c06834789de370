/**
 * The air book: what the cuff must hold by the air that went in and out since it was filled from empty, whatever the reading says. The
 * reading is believed while the cuff fills, as its zero has just been taken; from then on only pump and valve count, so that a reading
 * that drifts or jumps adds up here. Creep is not taken off, and a leak only where a good zero has proven it: the cuff may hold
 * less than the book says, not more. Where it comes near the occlusion pressure the cuff is to be released and filled anew. More pressure
 * weakens the pump and strengthens the valve, so that in movement the book finds the true pressure by itself. Must never follow the
 * reading of a hold upwards, nor be set back in one.
 */
import type { AssessTick, ReadTick } from '../tick.ts';
import type { WritesAir } from './air-balance.ts';
import { trip } from './latch.ts';
import {
  BOOK_BURST_MMHG,
  BOOK_FULL_SHARE,
  BOOK_MS,
  BOOK_SHORT_MS,
  BOOK_WORN_SHARE,
  PROOF_CREEP_PERCENT,
  PROOF_MMHG,
  PROOF_SHARE,
  TRIP_BOOK_FULL,
} from './rows/book.ts';
import { doubtSample } from './sensor-rules.ts';
import type { Supervisor } from './state.ts';

/** `bookStage`: room is left; a rest is asked for a release; nothing is pumped and the cuff is to be released at once. */
export const BOOK_OPEN = 0;
export const BOOK_WORN = 1;
export const BOOK_FULL = 2;

export interface AirBook {
  /** What the cuff must hold by the air that went in and out, mmHg. */
  bookMmHg: number;
  /** Its mean over a cycle or two of a movement, in which the regulator's air comes and goes, mmHg. */
  bookMeanMmHg: number;
  /** BOOK_*. */
  bookStage: number;
  /** ms for which it has been full and the cuff has not been released. */
  bookFullMs: number;
  /** The cuff has been filled from empty, and the book is kept. */
  bookKept: boolean;
  /** When the setpoint was reached, and when the book was last kept, ms since boot. */
  bookOpenedAt: number;
  bookAt: number;
  /** The pump ran in the last round. */
  bookPumping: boolean;
  /** It ended the last hold. */
  bookEnded: boolean;
  /** Lost in this hold beyond what is proven, if the reading is right, mmHg/s. */
  lossMmHgPerS: number;
  /** What this cuff is proven to lose, mmHg/s. */
  provenMmHgPerS: number;
  /** What an open valve takes, as a share of what the pump gives. */
  valvePerPump: number;
  /** The setpoint that it was measured at, mmHg. */
  valveAtMmHg: number;
  /** It has been measured. */
  valveKnown: boolean;
  /** Open time meanwhile, weighed by the pressure, s; and lagging as the mean of the reading does. */
  valveOpenS: number;
  valveOpenLagS: number;
  /** The book above the reading when that began, mmHg. */
  valveOverMmHg: number;
  /** The reading then, and what was put in since, mmHg; and lagging as the mean does: then the wave of the limb cancels. */
  valveFromMmHg: number;
  valveFromLagMmHg: number;
}

export function createAirBook(): AirBook {
  return {
    bookMmHg: 0,
    bookMeanMmHg: 0,
    bookStage: BOOK_OPEN,
    bookFullMs: 0,
    bookKept: false,
    bookOpenedAt: 0,
    bookAt: 0,
    bookPumping: false,
    bookEnded: false,
    lossMmHgPerS: 0,
    provenMmHgPerS: 0,
    valvePerPump: 0,
    valveAtMmHg: 0,
    valveKnown: false,
    valveOpenS: 0,
    valveOpenLagS: 0,
    valveOverMmHg: 0,
    valveFromMmHg: 0,
    valveFromLagMmHg: 0,
  };
}

/** The pump gives so much less for each mmHg more, as a part; the valve takes so much more. plant.md, 4. */
const PUMP_FALL = 1 / 600;
const VALVE_RISE = 1 / 450;
/** ... but a share of its rate at least. */
const LEAST_RISE = 2 / 10;
/** A start of the pump costs so much more than its coasting gives back, ms. */
const START_MS = 30;
/** The reading is believed for so long after the setpoint was reached, ms: the fill ends, and the fastest creep with it. */
const BELIEVED_MS = 4000;
/** The valve is measured against pump and reading for so long, s, and until it has let out so much, mmHg. */
const LEARN_S = 1;
const LEARN_MMHG = 150;
/** Time constant of the lag: that of the mean. */
const LAG_MS = 2000;
/** Believed of a valve: a share of the pump's rate at least; so many times it at most, and so much besides, mmHg/s: pumps may be weak. */
const LEAST_VALVE = 1 / 20;
const MOST_VALVE = 4;
const MORE_VALVE = 60;
/** The book never says less than the reading, or the setpoint where that is lower, less this, percent of the setpoint. */
const LEAST_SHARE = 10;
/** Time constant of its mean in movement, ms. */
const MEAN_MS = 3000;

/** A round of a fill: the reading is believed, unless air of a hold is in the cuff. */
export function fillBook(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<AirBook> = supervisor.air;
  if (air.bookKept)
    keepBook(supervisor, t, supervisor.pumpMs - air.seenPumpMs, supervisor.bledMs - air.seenBledMs);
  else air.bookMmHg = t.filteredMmHg;
}

/** A round of a hold in which pump or valve acted. The wave of the limb is in the pressure that they work against. */
export function keepBook(
  supervisor: Readonly<Supervisor>,
  t: AssessTick,
  pumped: number,
  bled: number,
): void {
  const air: WritesAir<AirBook> = supervisor.air;
  if (!air.bookKept) return openBook(supervisor, t);
  const at = air.bookMmHg + t.filteredMmHg - supervisor.meanMmHg;
  const ms = t.now - air.bookAt;
  add(air, -(air.provenMmHgPerS * ms) / 1000);
  air.bookAt = t.now;
  if (!air.valveKnown) lag(air, ms);
  if (pumped > 0) putIn(supervisor, at, pumped);
  air.bookPumping = pumped > 0;
  if (bled > 0) letOut(supervisor, at, bled);
  averageBook(supervisor, ms);
  judgeBook(supervisor, t);
}

function openBook(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<AirBook> = supervisor.air;
  air.bookMmHg = t.filteredMmHg;
  air.bookMeanMmHg = t.filteredMmHg;
  air.bookAt = t.now;
  air.bookOpenedAt = supervisor.heldSince;
  air.bookKept = t.now - supervisor.heldSince >= BELIEVED_MS;
}

function add(air: WritesAir<AirBook>, mmHg: number): void {
  air.bookMmHg += mmHg;
  air.valveFromMmHg += mmHg;
}

/** The pump is measured in each fill, at four fifths of the setpoint (flow-rules.ts). */
function putIn(supervisor: Readonly<Supervisor>, at: number, pumped: number): void {
  const air: WritesAir<AirBook> = supervisor.air;
  const share = 1 - (at - (supervisor.targetMmHg * 4) / 5) * PUMP_FALL;
  const ms = air.bookPumping ? pumped : pumped - START_MS;
  if (ms > 0 && share > 0) add(air, (air.pumpMmHgPerS * share * ms) / 1000);
}

/** The valve is known against the pump: where that has been measured anew, it goes with it. */
function letOut(supervisor: Readonly<Supervisor>, at: number, bled: number): void {
  const air: WritesAir<AirBook> = supervisor.air;
  if (!air.valveKnown && supervisor.bledMs - bled - supervisor.lagBledMs < 1) dropValve(air);
  if (air.valveOpenS === 0) startValve(supervisor);
  const share = 1 + (at - air.valveAtMmHg) * VALVE_RISE;
  const open = ((share > LEAST_RISE ? share : LEAST_RISE) * bled) / 1000;
  if (!air.valveKnown) measureValve(supervisor, open);
  else air.bookMmHg -= air.valvePerPump * air.pumpMmHgPerS * open;
}

/** A bleed by itself, at rest: few of them must not explain what the reading does between them. The valve counts as no stronger than the pump. */
function dropValve(air: WritesAir<AirBook>): void {
  if (air.valveOpenS > 0)
    air.bookMmHg = air.valveOverMmHg + air.valveFromMmHg - air.pumpMmHgPerS * air.valveOpenS;
  air.valveOpenS = 0;
}

function startValve(supervisor: Readonly<Supervisor>): void {
  const air: WritesAir<AirBook> = supervisor.air;
  air.valveAtMmHg = supervisor.targetMmHg;
  air.valveOverMmHg = air.bookMmHg - supervisor.meanMmHg;
  air.valveFromMmHg = supervisor.meanMmHg;
  air.valveFromLagMmHg = supervisor.meanMmHg;
  air.valveOpenLagS = 0;
}

/** As much as explains what the reading has done since, within what a valve may be. */
function measureValve(supervisor: Readonly<Supervisor>, open: number): void {
  const air: WritesAir<AirBook> = supervisor.air;
  air.valveOpenS += open;
  const seen = (air.valveFromLagMmHg - supervisor.meanMmHg) / air.valveOpenLagS;
  const least = air.pumpMmHgPerS * LEAST_VALVE;
  const most = air.pumpMmHgPerS * MOST_VALVE + MORE_VALVE;
  const rate = seen > least ? (seen < most ? seen : most) : least;
  air.valvePerPump = rate / air.pumpMmHgPerS;
  air.bookMmHg = air.valveOverMmHg + air.valveFromMmHg - rate * air.valveOpenS;
  air.valveKnown = air.valveOpenLagS > LEARN_S && rate * air.valveOpenLagS > LEARN_MMHG;
}

function lag(air: WritesAir<AirBook>, ms: number): void {
  const share = ms / (ms + LAG_MS);
  air.valveFromLagMmHg += (air.valveFromMmHg - air.valveFromLagMmHg) * share;
  air.valveOpenLagS += (air.valveOpenS - air.valveOpenLagS) * share;
}

/** Where nothing has been let out for some seconds the limb is still, and the book itself counts. */
function averageBook(supervisor: Readonly<Supervisor>, ms: number): void {
  const air: WritesAir<AirBook> = supervisor.air;
  const level = supervisor.meanMmHg < supervisor.targetMmHg ? supervisor.meanMmHg : supervisor.targetMmHg;
  const least = level - (supervisor.targetMmHg * LEAST_SHARE) / 100;
  // a number that is none stays one: the book is full then
  if (air.bookMmHg < least) air.bookMmHg = least;
  const still = supervisor.bledMs - supervisor.lagBledMs < 1;
  air.bookMeanMmHg += still
    ? air.bookMmHg - air.bookMeanMmHg
    : ((air.bookMmHg - air.bookMeanMmHg) * ms) / (ms + MEAN_MS);
}

/** Against the room between the setpoint and the occlusion pressure. */
function judgeBook(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<AirBook> = supervisor.air;
  const target = supervisor.targetMmHg;
  noteLoss(supervisor, t, air.bookMeanMmHg - target);
  const room = supervisor.limits.lopMmHg - target;
  const used = (air.bookMeanMmHg - target) * 100;
  if (used < room * BOOK_WORN_SHARE) air.bookStage = BOOK_OPEN;
  else if (!(used < room * BOOK_FULL_SHARE)) air.bookStage = BOOK_FULL;
  else air.bookStage = isShort(air, t) ? BOOK_OPEN : BOOK_WORN;
  if (air.bookStage !== BOOK_FULL) air.bookFullMs = 0;
}

/** If the reading is right, this is lost: less what creep and the zero may be. A short hold proves nothing. */
function noteLoss(supervisor: Readonly<Supervisor>, t: ReadTick, lost: number): void {
  const air: WritesAir<AirBook> = supervisor.air;
  const unsure = PROOF_MMHG + (supervisor.targetMmHg * PROOF_CREEP_PERCENT) / 100;
  const sure = lost > unsure ? lost - unsure : lost < 0 ? lost : 0;
  const ms = t.now - air.bookOpenedAt;
  air.lossMmHgPerS = isShort(air, t) ? 0 : (sure * 1000) / ms;
}

/** In every round while it is full, also where nothing acts. No more is pumped: the gate asks `bookStage`. Whoever leads the cuff has to release it. What was pumped in one go is no drift: it went astray. */
export function judgeFull(supervisor: Readonly<Supervisor>, t: AssessTick): void {
  const air: WritesAir<AirBook> = supervisor.air;
  if (t.outPump > 0) doubtSample(supervisor, t);
  air.bookFullMs += supervisor.roundMs;
  const burst = air.pumpedMs * air.pumpMmHgPerS > BOOK_BURST_MMHG * 1000;
  if (burst || !(air.bookFullMs < BOOK_MS) || (air.bookEnded && isShort(air, t)))
    trip(supervisor, t, TRIP_BOOK_FULL, air.bookMeanMmHg, supervisor.limits.lopMmHg);
}

/** A hold that fills the book so soon is no use to the wearer: not after another that the book has ended. */
function isShort(air: Readonly<AirBook>, t: ReadTick): boolean {
  return t.now - air.bookOpenedAt < BOOK_SHORT_MS;
}

/** On a vented cuff, by the zero that the last hold had: where it is still good, what was lost was a leak. Most of it is let pass from now on. */
export function proveLoss(supervisor: Readonly<Supervisor>, t: ReadTick): void {
  const air: WritesAir<AirBook> = supervisor.air;
  if (air.lossMmHgPerS === 0) return;
  const proven = air.provenMmHgPerS + (air.lossMmHgPerS * PROOF_SHARE) / 100;
  if (t.filteredMmHg > -PROOF_MMHG / 2) air.provenMmHgPerS = proven > 0 ? proven : 0;
  air.lossMmHgPerS = 0;
}

/** The cuff was vented: the next fill is believed again. What is known of the valve stays. */
export function closeBook(air: WritesAir<AirBook>): void {
  air.bookEnded = air.bookStage !== BOOK_OPEN;
  air.bookMmHg = 0;
  air.bookStage = BOOK_OPEN;
  air.bookFullMs = 0;
  air.bookKept = false;
  if (!air.valveKnown) air.valveOpenS = 0;
}
