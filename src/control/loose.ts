import type { Tick } from '../ports.ts';
import { bleedBy } from './act.ts';
import { coast } from './air.ts';
import { doJob, followBeat, followSpan } from './beat.ts';
import { stepLocked, watchLock } from './locked.ts';
import { enterRest } from './rest.ts';
import { type Regulator, SLOT_MASK, SLOT_MS } from './state.ts';
import { followSlot } from './turns.ts';
import { record, seeLimb } from './wave.ts';

/** Ms of stillness after which the limb counts as resting. */
const STILL_MS = 400;
const STILL_LOCKED_MS = 900;
const BASE_MS = 400;
const LEAD_MS = 60;
/** Percent of the target below which a limb without rhythm is pumped up. */
const LOOSE_LOWER = 4;

/** Once a slot: how long the limb has been still. */
function watchStill(r: Regulator): void {
  const off = r.limb - r.base;
  r.base += (off * SLOT_MS) / BASE_MS;
  if ((off < 0 ? -off : off) * 40 > r.target) r.stillMs = 0;
  else r.stillMs += SLOT_MS;
}

/** Moving, with no rhythm known: clip what leaves the band, refill what falls below. */
function stepLoose(r: Regulator, t: Tick): void {
  r.slope += (((r.limb - r.limbWas) / t.dt - r.slope) * t.dt) / 100;
  const ahead = r.limb + r.air - r.target + r.slope * LEAD_MS;
  if (ahead > r.upper) bleedBy(r, t, ahead - r.upper);
  else if ((ahead + coast(r)) * 100 < -LOOSE_LOWER * r.target) t.pump = 1000;
}

/** Once a slot. */
function stepSlot(r: Regulator, t: Tick): void {
  followSlot(r, r.ring[r.slot & SLOT_MASK] as number);
  followSpan(r, t);
  watchStill(r);
  if (r.lag > 0) watchLock(r, t);
}

/** The moving limb, in a rhythm or not. */
export function stepMove(r: Regulator, t: Tick): void {
  seeLimb(r, t);
  if (record(r, t, r.limb, r.limbWas)) stepSlot(r, t);
  followBeat(r, t);
  if (r.job > 0) doJob(r, t);
  if (r.stillMs > STILL_MS && (r.lag === 0 || r.stillMs > STILL_LOCKED_MS)) {
    r.lag = 0;
    enterRest(r, t);
  } else if (r.lag > 0) stepLocked(r, t);
  else stepLoose(r, t);
}
