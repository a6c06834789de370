import type { Tick } from '../ports.ts';
import { bleedBy } from './act.ts';
import { coast } from './air.ts';
import { followBeat } from './beat.ts';
import { stepLocked } from './locked.ts';
import { enterRest } from './rest.ts';
import { MODE_LOCKED, type Regulator, SLOT_MASK, SLOT_MS } from './state.ts';
import { followTurns } from './turns.ts';
import { record, seeLimb } from './wave.ts';

/** Ms of stillness after which the limb counts as resting. */
const STILL_MS = 400;
const STILL_LOCKED_MS = 900;
const BASE_MS = 400;
const LEAD_MS = 60;
/** Percent of the target below which a limb without rhythm is pumped up. */
const LOOSE_LOWER = 4;

function watchStill(r: Regulator, t: Tick): void {
  r.base += ((r.limb - r.base) * t.dt) / BASE_MS;
  const off = r.limb - r.base;
  if ((off < 0 ? -off : off) * 1000 > 25 * r.target) r.stillMs = 0;
  else r.stillMs += t.dt;
}

/** Moving, with no rhythm known: clip what leaves the band, refill what falls below. */
function stepLoose(r: Regulator, t: Tick): void {
  r.slope += (((r.limb - r.limbWas) / t.dt - r.slope) * t.dt) / 100;
  const ahead = r.limb + r.air - r.target + r.slope * LEAD_MS;
  if (ahead > r.upper) bleedBy(r, t, ahead - r.upper);
  else if ((ahead + coast(r)) * 100 < -LOOSE_LOWER * r.target) t.pump = 1000;
}

function followSlot(r: Regulator): void {
  const limb = r.ring[r.slot & SLOT_MASK] as number;
  followTurns(r.valley, limb, r.slot, r.plant.up * SLOT_MS);
  followTurns(r.crest, -limb, r.slot, r.plant.down * SLOT_MS);
}

/** The moving limb, in a rhythm or not. */
export function stepMove(r: Regulator, t: Tick): void {
  seeLimb(r, t);
  if (record(r, t, r.limb, r.limbWas)) followSlot(r);
  followBeat(r, t);
  watchStill(r, t);
  if (r.stillMs > (r.lag > 0 ? STILL_LOCKED_MS : STILL_MS)) {
    r.lag = 0;
    enterRest(r, t);
    return;
  }
  if (r.mode === MODE_LOCKED) stepLocked(r, t);
  else stepLoose(r, t);
}
