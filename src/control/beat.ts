import type { Tick } from '../tick.ts';
import { setDue } from './flow.ts';
import { closeCycle, FAST_MS, LEARN_MS, learnLid, learnSlopes } from './learn.ts';
import { enterRest } from './rest.ts';
import {
  type BeatState,
  MODE_LATE,
  MODE_LOCKED,
  MODE_LOOSE,
  NONE,
  type Regulator,
  SLOT_MASK,
  SLOTS,
} from './state.ts';

/** Shortest cycle that is taken for a rhythm. */
const PERIOD_MIN_MS = 350;
/** An event is a rise through this share of the wave's span, once it has been below the last one. A gait's lesser hump makes none. */
const EVENT = 75 / 100;
const EVENT_SLOW = 50 / 100;
const ARM = 35 / 100;
/** Longest distance of two humps of one stride. */
const HALF_STRIDE_MS = 1000;
/** Time in which the extremes forget a whole span. */
export const FORGET_MS = 8000;

function apart(a: number, b: number): number {
  return a > b ? a - b : b - a;
}

/** The levels of events follow from the extremes; a wave of less than 5 % of the target has none. */
export function setMark(r: Regulator): void {
  const b = r.beat;
  const span = b.high - b.low;
  b.span = span;
  if (r.sign > 0) r.mark = b.low + span * (b.period * r.period > FAST_MS ? EVENT_SLOW : EVENT);
  else r.mark = span * 20 > r.target ? -b.low - span * ARM : 1 - b.low;
}

/** The limb crosses the level it was waiting for. */
export function cross(r: Regulator): void {
  if (r.sign > 0) rise(r);
  else fall(r);
  setMark(r);
}

function rise(r: Regulator): void {
  const b = r.beat;
  const at = r.slot;
  const was = r.ring[(at - 1) & SLOT_MASK] as number;
  event(r, r.limb > was ? at - (r.limb - r.mark) / (r.limb - was) : at);
  if (r.edge < b.low) b.low = r.edge;
  r.sign = -1;
  r.edge = -r.limb;
}

function fall(r: Regulator): void {
  const b = r.beat;
  if (r.top > r.room || r.lid > 0) learnLid(r);
  const top = -r.edge;
  b.topNow = top;
  b.top2 = b.top1;
  b.top1 = b.top0;
  b.top0 = top;
  if (top > b.high) b.high = top;
  r.sign = 1;
  r.edge = r.limb;
  r.valley = NONE;
}

function event(r: Regulator, at: number): void {
  const b = r.beat;
  const give = (b.span * (at - b.at0) * r.period) / FORGET_MS;
  if (r.lag > 0 && give * 4 < b.span) {
    b.high = b.topNow > b.high - give ? b.topNow : b.high - give;
    b.low += give;
  }
  b.at3 = b.at2;
  b.at2 = b.at1;
  b.at1 = b.at0;
  b.at0 = at;
  b.count += 1;
  b.valley2 = b.valley1;
  b.valleyAt2 = b.valleyAt1;
  b.valley1 = b.valley0;
  b.valleyAt1 = b.valleyAt0;
  b.valley0 = r.valleyLimb;
  b.valleyAt0 = r.valleyAt;
  r.valley = -NONE;
  if (b.count > 1) {
    r.job = 1;
    r.watchAt = r.slot;
  }
}

/** Of the distances to the last two events the one most like the period: a weak second hump comes and goes. */
function meanPeriod(b: BeatState): void {
  let distance = b.at0 - b.at1;
  const two = b.at0 - b.at2;
  if (b.period > 0 && b.count > 2 && apart(two, b.period) < apart(distance, b.period)) distance = two;
  if (b.period === 0) b.period = distance;
  else if (distance * 10 > b.period * 7 && distance * 10 < b.period * 14) {
    b.period += ((distance - b.period) * 3) / 10;
    b.odd = 0;
  } else {
    b.odd += 1;
    if (b.odd >= 2) b.period = distance;
  }
}

/** Which earlier event lies nearest to one cycle back: 1, 2 or 3. The first event of a set goes back behind the pause. */
function pickEvent(b: BeatState, least: number): number {
  const want = b.pairs || b.period < least ? 2 * b.period : b.period;
  const one = b.at0 - b.at1;
  if (b.fresh && b.count > 2 && one * 4 > want * 5) return 2;
  const two = b.at0 - b.at2;
  let best = one;
  let n = 1;
  if (b.count > 2 && apart(two, want) < apart(best, want)) {
    best = two;
    n = 2;
  }
  if (b.count > 3 && apart(b.at0 - b.at3, want) < apart(best, want)) n = 3;
  return n;
}

/** The matching event gives the lag, and the valley after it the one to be ready for. */
function jobLag(r: Regulator): void {
  const b = r.beat;
  if (!b.fresh || b.period === 0) meanPeriod(b);
  const n = pickEvent(b, PERIOD_MIN_MS / r.period);
  b.fresh = false;
  const lag = b.at0 - (n === 1 ? b.at1 : n === 2 ? b.at2 : b.at3);
  if (lag * r.period < PERIOD_MIN_MS || lag > SLOTS - 12) {
    unlock(r);
    return;
  }
  setDue(r, (n === 1 ? b.valleyAt0 : n === 2 ? b.valleyAt1 : b.valleyAt2) + lag - r.ageSlots);
  r.dueLimb = n === 1 ? b.valley0 : n === 2 ? b.valley1 : b.valley2;
  aim(r, lag);
  const fast = b.period * r.period < FAST_MS;
  r.lateAt = b.at0 + (b.period * (fast ? 13 : 12)) / 10;
  r.endAt = b.at0 + (b.period * (fast ? (b.pairs ? 27 : 23) : 13)) / 10;
}

/** Points the forecast one lag back: at the slot of now, and a tick (and the sample's age) ahead of it. */
function aim(r: Regulator, lag: number): void {
  const whole = Math.ceil(lag);
  const more = Math.round(r.ageSlots + 9 / 10);
  r.lag = lag;
  r.part = 1 - (whole - lag);
  r.here = 1 - whole;
  r.ahead = r.here + more + 1;
  const ring = r.ring;
  const later = ring[(r.slot + r.ahead) & SLOT_MASK] as number;
  r.laterWas = later;
  r.soon = later + ((ring[(r.slot + r.ahead - 1) & SLOT_MASK] as number) - later) * r.part;
  const here = ring[(r.slot + r.here) & SLOT_MASK] as number;
  r.hereWas = here;
  const after = ring[(r.slot + r.here + 1) & SLOT_MASK] as number;
  r.lagged = after + (here - after) * r.part;
  r.near = more === 1;
  r.mode = MODE_LOCKED;
}

/**
 * A stride may make two events. When a hump is more like the one before the last than like the last, two events make a cycle.
 * Compared are heights, and distances as what they mean in pressure.
 */
function jobHump(r: Regulator): void {
  const b = r.beat;
  const distance = b.at0 - b.at1;
  if (b.count > 3) {
    const steep = (2 * b.span) / b.period;
    const one = apart(b.top0, b.top1) + apart(distance, b.gap1) * steep;
    const two = apart(b.top0, b.top2) + apart(distance, b.gap2) * steep;
    b.unlikeOne += ((one - b.unlikeOne) * 3) / 10;
    b.unlikeTwo += ((two - b.unlikeTwo) * 3) / 10;
    if (b.unlikeOne * 10 > b.unlikeTwo * 15 && b.period * r.period < HALF_STRIDE_MS) b.pairs = true;
    else if (b.unlikeOne * 10 < b.unlikeTwo * 11) b.pairs = false;
  }
  b.gap2 = b.gap1;
  b.gap1 = distance;
}

function jobLearn(r: Regulator, t: Tick): void {
  if (t.now - r.beat.learnAt > LEARN_MS) learnSlopes(r, t.now);
}

/** Work after an event, one piece a tick; the lag comes first. */
const JOBS: ((r: Regulator, t: Tick) => void)[] = [jobLag, jobHump, jobLearn, closeCycle];

/** Something is due: a job after an event, the next valley when one has passed, or the end of a rhythm whose event does not come. */
export function watch(r: Regulator, t: Tick): void {
  const job = r.job;
  if (job > 0) {
    r.job = job < JOBS.length ? job + 1 : 0;
    (JOBS[job - 1] as (r: Regulator, t: Tick) => void)(r, t);
    if (r.job > 0) return;
  }
  pass(r, t);
}

function pass(r: Regulator, t: Tick): void {
  const slot = r.slot;
  if (slot > r.due) setDue(r, r.due + r.lag);
  if (r.mode === MODE_LOCKED && slot > r.lateAt) late(r, t);
  else if (slot > r.endAt) unlock(r);
  else r.watchAt = r.due < r.lateAt || r.mode === MODE_LATE ? r.due : r.lateAt;
  if (r.mode === MODE_LATE && r.endAt < r.watchAt) r.watchAt = r.endAt;
}

/** An event does not come. In a slow rhythm with the limb low the set is over; a gait may miss a hump. */
function late(r: Regulator, t: Tick): void {
  if (r.sign > 0 && r.beat.period * r.period > FAST_MS) {
    r.lag = 0;
    enterRest(r, t);
    return;
  }
  r.mode = MODE_LATE;
  r.beat.high -= (r.beat.span * 15) / 100;
  setMark(r);
  r.stillMs = 0;
  r.base = r.limb;
  r.watchAt = r.due < r.endAt ? r.due : r.endAt;
}

export function unlock(r: Regulator): void {
  r.lag = 0;
  r.job = 0;
  r.mode = MODE_LOOSE;
  r.report.losses += 1;
  r.slope = 0;
  r.stillMs = 0;
  r.base = r.limb;
  r.limbWas = r.limb;
  r.watchAt = r.slot;
}
