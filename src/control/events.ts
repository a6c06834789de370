/**
 * Events of the movement: the wave crosses its level upwards (an event) or downwards (the next one is armed). After an event its work is
 * done one piece a tick, so that no tick carries it all. Finds, keeps and gives up the rhythm; must never move pump or valve.
 */
import type { RegulateTick } from '../tick.ts';
import type { Ms } from '../units.ts';
import { closeCycle, LEARN_MS, learnSlopes } from './cycle-balance.ts';
import { learnFromCrest } from './edges.ts';
import { aim, dropForecast, SLOTS, turnWave, waveAt } from './forecast.ts';
import { addHump, judgeHumps } from './humps.ts';
import { dropJobs, expectEvent, planWatch, startJobs, takeJob } from './jobs.ts';
import { forgetSinceEvent, lowerLevels, noteCrest, noteLow, setMark } from './levels.ts';
import { MODE_LATE, MODE_LOCKED, MODE_LOOSE, setMode } from './mode.ts';
import { enterRest } from './rest.ts';
import { addEvent, FAST_MS, isFast, matchEvent } from './rhythm.ts';
import { expectValley, setDue } from './slopes.ts';
import type { ReadonlyRegulator } from './state.ts';
import { restartStillness } from './stillness.ts';

/** Shortest cycle that is taken for a rhythm, ms: well under a runner's stride of 650 ms (1.55 Hz, plant model). */
const CYCLE_LEAST_MS: Ms = 350;
/** A cycle must leave so many slots of the ring for looking ahead and for an old sample. */
const RING_SPARE = 12;

/** Part of the report that is counted in this file. */
export interface LossCount {
  /** Times the rhythm was lost. */
  losses: number;
}

type EventsOwner = ReadonlyRegulator & { readonly report: LossCount };

/** The limb crosses the level it was waiting for. */
export function cross(r: EventsOwner): void {
  if (r.crossingSign > 0) rise(r);
  else fall(r);
  setMark(r);
}

/** Upwards: an event, placed between the last two slots, ends a valley. */
function rise(r: EventsOwner): void {
  const at = r.newestSlot;
  const limb = r.limbMmHg;
  const was = waveAt(r, at - 1);
  const place = limb > was ? at - (limb - r.crossingMmHg) / (limb - was) : at;
  forgetSinceEvent(r, place);
  addEvent(r, place);
  if (r.rhythm.eventCount > 1) startJobs(r);
  noteLow(r, r.extremeMmHg);
  turnWave(r, -1);
}

/** Downwards: a hump has ended, and a valley begins. */
function fall(r: EventsOwner): void {
  if (r.crestErrorMmHg > r.crestLimitMmHg || r.edgesLoweredMmHg > 0) learnFromCrest(r);
  const crest = -r.extremeMmHg;
  noteCrest(r, crest);
  addHump(r, crest);
  turnWave(r, 1);
}

/** The matching event gives the lag, and the valley after it the one to be ready for. */
function findLag(r: EventsOwner): void {
  const b = r.rhythm;
  const n = matchEvent(r, CYCLE_LEAST_MS);
  const lag = b.eventSlot0 - (n === 1 ? b.eventSlot1 : n === 2 ? b.eventSlot2 : b.eventSlot3);
  if (lag * r.periodMs < CYCLE_LEAST_MS || lag > SLOTS - RING_SPARE) {
    lose(r);
    return;
  }
  const slot = n === 1 ? b.valleySlot0 : n === 2 ? b.valleySlot1 : b.valleySlot2;
  const valley = n === 1 ? b.valley0MmHg : n === 2 ? b.valley1MmHg : b.valley2MmHg;
  expectValley(r, slot + lag - r.sampleAgeSlots, valley);
  aim(r, lag);
  expectEvent(r, isFast(r));
}

/** Judges the balance where it has run for long enough. */
function learn(r: EventsOwner, t: RegulateTick): void {
  if (t.now - r.rhythm.cycleOpenedMs > LEARN_MS) learnSlopes(r, t.now);
}

/** Work after an event, one piece a tick; the lag comes first. */
const JOBS: ((r: EventsOwner, t: RegulateTick) => void)[] = [findLag, judgeHumps, learn, closeCycle];

/** Something is due: work after an event, the next valley when one has passed, or the end of a rhythm whose event does not come. */
export function watch(r: EventsOwner, t: RegulateTick): void {
  const job = takeJob(r, JOBS.length);
  if (job > 0) {
    (JOBS[job - 1] as (r: EventsOwner, t: RegulateTick) => void)(r, t);
    if (r.eventJob > 0) return;
  }
  const slot = r.newestSlot;
  if (slot > r.dueSlot) setDue(r, r.dueSlot + r.lagSlots);
  if (r.mode === MODE_LOCKED && slot > r.lateSlot) late(r, t);
  else if (slot > r.lostSlot) lose(r);
  else planWatch(r);
}

/** An event does not come. In a slow rhythm with the limb low the set is over; a gait may miss a hump. */
function late(r: EventsOwner, t: RegulateTick): void {
  if (r.crossingSign > 0 && r.rhythm.cycleSlots * r.periodMs > FAST_MS) {
    letGo(r, t);
    return;
  }
  setMode(r, MODE_LATE);
  lowerLevels(r);
  restartStillness(r, r.limbMmHg);
  planWatch(r);
}

/** The movement is over. */
export function letGo(r: EventsOwner, t: RegulateTick): void {
  dropForecast(r);
  enterRest(r, t);
}

/** The rhythm is lost, the limb may still move. */
function lose(r: EventsOwner): void {
  dropForecast(r);
  dropJobs(r);
  setMode(r, MODE_LOOSE);
  r.report.losses += 1;
  restartStillness(r, r.limbMmHg);
}
