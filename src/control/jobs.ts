/**
 * When the rhythm has to be looked at again: at the next valley, when an event is late, when it is given up, or while work after an event
 * waits. A tick in rhythm compares one slot and does nothing else. Must never do that work itself.
 */
import { MODE_LATE } from './mode.ts';
import type { ReadonlyRegulator } from './state.ts';

/** Tenths of a cycle after which an event is late. docs/lab/control.md, "How it works", 6: 20 % late is the end of a slow set. */
const LATE_TENTHS = 12;
const LATE_FAST_TENTHS = 13;
/**
 * Tenths of a cycle after which the rhythm is given up: a gait may miss one event, two where a stride makes two. docs/lab/control.md: 2.2
 * points of running.
 */
const LOST_TENTHS = 13;
const LOST_FAST_TENTHS = 23;
const LOST_PAIR_TENTHS = 27;

/** Places in slots. Written in this file only. */
export interface JobState {
  /** The slot after which `watch` has to look. */
  watchSlot: number;
  /** Next piece of work after an event, counted from 1; 0 = none. */
  eventJob: number;
  /** The slot at which the next event is late. */
  lateSlot: number;
  /** The slot at which the rhythm is given up. */
  lostSlot: number;
}

type JobOwner = ReadonlyRegulator & JobState;

/** The work after an event waits; it is looked at in the next tick. */
export function startJobs(r: JobOwner): void {
  r.eventJob = 1;
  r.watchSlot = r.newestSlot;
}

/** Nothing waits any more. */
export function dropJobs(r: JobOwner): void {
  r.eventJob = 0;
}

/** The piece of work to be done now, of `count`; 0 = none. The one after it waits from here on. */
export function takeJob(r: JobOwner, count: number): number {
  const job = r.eventJob;
  if (job > 0) r.eventJob = job < count ? job + 1 : 0;
  return job;
}

/** After an event: when the next one is late, and when the rhythm is given up. */
export function expectEvent(r: JobOwner, fast: boolean): void {
  const b = r.rhythm;
  const lost = fast ? (b.twoHumps ? LOST_PAIR_TENTHS : LOST_FAST_TENTHS) : LOST_TENTHS;
  r.lateSlot = b.eventSlot0 + (b.cycleSlots * (fast ? LATE_FAST_TENTHS : LATE_TENTHS)) / 10;
  r.lostSlot = b.eventSlot0 + (b.cycleSlots * lost) / 10;
}

/** The next slot to look at: the valley, or the end of waiting for the event. */
export function planWatch(r: JobOwner): void {
  const end = r.mode === MODE_LATE ? r.lostSlot : r.lateSlot;
  r.watchSlot = r.dueSlot < end ? r.dueSlot : end;
}
