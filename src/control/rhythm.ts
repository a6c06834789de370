/**
 * Rhythm of the movement: where its events lie and how long a cycle is. Works on places in slots only; must never know what the regulator
 * does with them.
 */
import type { MmHg, Ms } from '../units.ts';
import type { ReadonlyRegulator, Rhythm } from './state.ts';

/** Cycles shorter than this are fast, ms: gait and cycling (0.8 to 1.7 Hz); a leg press takes 2 to 2.5 s (plant model). */
export const FAST_MS = 1400;
/** A distance between 7 and 14 tenths of the cycle is a cycle of its own length, and moves the mean by 3 tenths. Set by bench:control on the project's draw. */
const FITS_LEAST = 7;
const FITS_MOST = 14;
const MEAN_TENTHS = 3;
/** So many distances in a row that do not fit are the new cycle. Set by bench:control on the project's draw. */
const ODD_MOST = 2;
/** A distance of more than 5 quarters of a cycle before the first event of a set was a pause. Set by bench:control on the project's draw. */
const PAUSE_QUARTERS = 5;

/** Places in slots. Written in this file only. */
export interface EventState {
  /** Place of the newest event. */
  eventSlot0: number;
  /** Place of the event before it. */
  eventSlot1: number;
  /** Place of the event two before. */
  eventSlot2: number;
  /** Place of the event three before. */
  eventSlot3: number;
  /** How many events there are. */
  eventCount: number;
  /** The movement has just begun: no event of it yet. */
  awaitsFirst: boolean;
  /** Slow mean of the distance of two events; 0 = not known. */
  cycleSlots: number;
  /** Distances in a row that did not fit. */
  oddCycles: number;
  /** Place of the valley before the newest event. */
  valleySlot0: number;
  /** Place of the valley before the event at `eventSlot1`. */
  valleySlot1: number;
  /** Place of the valley before the event at `eventSlot2`. */
  valleySlot2: number;
  /** The limb in the valley at `valleySlot0`. */
  valley0MmHg: MmHg;
  /** The limb in the valley at `valleySlot1`. */
  valley1MmHg: MmHg;
  /** The limb in the valley at `valleySlot2`. */
  valley2MmHg: MmHg;
}

type EventOwner = ReadonlyRegulator & { readonly rhythm: EventState };
type Events = Readonly<Rhythm> & EventState;

/** Distance of two numbers. */
export function apart(a: number, b: number): number {
  return a > b ? a - b : b - a;
}

/**
 * In a fast rhythm the gas is nearly adiabatic and the balance of a cycle is noise: the slopes stay as identified, and the usual lower
 * edge is deeper, because most of what falls below comes back by itself.
 */
export function isFast(r: ReadonlyRegulator): boolean {
  const cycle = r.rhythm.cycleSlots;
  return cycle > 0 && cycle * r.periodMs < FAST_MS;
}

/** Notes an event at `at`, and the valley before it. */
export function addEvent(r: EventOwner, at: number): void {
  const b = r.rhythm;
  b.eventSlot3 = b.eventSlot2;
  b.eventSlot2 = b.eventSlot1;
  b.eventSlot1 = b.eventSlot0;
  b.eventSlot0 = at;
  b.eventCount += 1;
  b.valley2MmHg = b.valley1MmHg;
  b.valleySlot2 = b.valleySlot1;
  b.valley1MmHg = b.valley0MmHg;
  b.valleySlot1 = b.valleySlot0;
  b.valley0MmHg = r.valleyMmHg;
  b.valleySlot0 = r.valleySlot;
}

/** Of the distances to the last two events the one most like the cycle: a weak second hump comes and goes. */
function meanCycle(b: Events): void {
  const cycle = b.cycleSlots;
  const one = b.eventSlot0 - b.eventSlot1;
  const two = b.eventSlot0 - b.eventSlot2;
  const offOne = apart(one, cycle);
  const offTwo = apart(two, cycle);
  const distance = cycle > 0 && b.eventCount > 2 && offTwo < offOne ? two : one;
  if (cycle === 0) b.cycleSlots = distance;
  else if (distance * 10 > cycle * FITS_LEAST && distance * 10 < cycle * FITS_MOST) {
    b.cycleSlots = cycle + ((distance - cycle) * MEAN_TENTHS) / 10;
    b.oddCycles = 0;
  } else {
    b.oddCycles += 1;
    if (b.oddCycles >= ODD_MOST) b.cycleSlots = distance;
  }
}

/** Which earlier event lies nearest to one cycle back: 1, 2 or 3. The first event of a set goes back behind the pause. */
function pickEvent(b: Events, leastSlots: number): number {
  const want = b.twoHumps || b.cycleSlots < leastSlots ? 2 * b.cycleSlots : b.cycleSlots;
  const count = b.eventCount;
  const one = b.eventSlot0 - b.eventSlot1;
  if (b.awaitsFirst && count > 2 && one * 4 > want * PAUSE_QUARTERS) return 2;
  const two = b.eventSlot0 - b.eventSlot2;
  const three = b.eventSlot0 - b.eventSlot3;
  const offOne = apart(one, want);
  const offTwo = apart(two, want);
  const offThree = apart(three, want);
  const isSecond = count > 2 && offTwo < offOne;
  if (count > 3 && offThree < (isSecond ? offTwo : offOne)) return 3;
  return isSecond ? 2 : 1;
}

/** After an event: learns the cycle and says how many events ago the same place of it was, 1 to 3. Cycles under `leastMs` are taken twice. */
export function matchEvent(r: EventOwner, leastMs: Ms): number {
  const b = r.rhythm;
  if (!b.awaitsFirst || b.cycleSlots === 0) meanCycle(b);
  const n = pickEvent(b, leastMs / r.periodMs);
  b.awaitsFirst = false;
  return n;
}

/** The limb begins to move. Old events are kept: a new set is mostly like the last one. */
export function awaitFirst(r: EventOwner): void {
  r.rhythm.awaitsFirst = true;
}

/** No event and no cycle is known. */
export function forgetRhythm(r: EventOwner): void {
  r.rhythm.eventCount = 0;
  r.rhythm.cycleSlots = 0;
}
