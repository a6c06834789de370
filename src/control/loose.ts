import type { Tick } from '../tick.ts';
import { bleedBy } from './act.ts';
import { cross, FORGET_MS, setMark, watch } from './beat.ts';
import { LEARN_MS, learnSlopes } from './learn.ts';
import { stepLocked } from './locked.ts';
import { enterRest } from './rest.ts';
import { MODE_LATE, type Regulator, SLOT_MASK } from './state.ts';

/** Ms of stillness after which the limb counts as resting. */
const STILL_MS = 400;
const STILL_LATE_MS = 500;
const BASE_MS = 400;
const LEAD_MS = 60;
/** Percent of the target below which a limb without rhythm is pumped up. */
const LOOSE_LOWER = 4;

/** How long the limb has been still. */
function watchStill(r: Regulator, t: Tick): void {
  const off = r.limb - r.base;
  r.base += (off * t.dt) / BASE_MS;
  if ((off < 0 ? -off : off) * 40 > r.target) r.stillMs = 0;
  else r.stillMs += t.dt;
}

/** Extremes that forget slowly, and the levels that follow from them. */
function followSpan(r: Regulator, t: Tick): void {
  const b = r.beat;
  const limb = r.limb;
  const give = (b.span * t.dt) / FORGET_MS;
  const high = b.high - give;
  const low = b.low + give;
  b.high = limb > high ? limb : high;
  b.low = limb < low ? limb : low;
  setMark(r);
  if (t.now - b.learnAt > 3 * LEARN_MS) learnSlopes(r, t.now);
}

function followWave(r: Regulator): void {
  const limb = r.limb;
  const slot = r.slot + 1;
  r.slot = slot;
  r.ring[slot & SLOT_MASK] = limb;
  const wave = limb * r.sign;
  if (wave < r.edge) r.edge = wave;
  const ramp = slot * r.upTick;
  if (limb + ramp < r.valley) {
    r.valley = limb + ramp;
    r.valleyLimb = limb;
    r.valleyAt = slot;
  }
}

/**
 * Moving, with no rhythm known: clip what leaves the band, refill what falls below. What crests near LOP have taught lowers the refill only:
 * a limb that only stirs at rest must not lose its pressure.
 */
export function stepLoose(r: Regulator, t: Tick): void {
  followWave(r);
  const limb = r.limb;
  r.slope += (((limb - r.limbWas) / t.dt - r.slope) * t.dt) / 100;
  r.limbWas = limb;
  const error = limb + r.air - r.target;
  if (error > r.top) r.top = error;
  const ahead = error + r.slope * LEAD_MS;
  const edge = r.upper + r.lid;
  if (ahead > edge) bleedBy(r, t, ahead - edge);
  else if ((ahead + r.lid + r.speed * r.coastTick) * 100 < -LOOSE_LOWER * r.target) t.pump = 1000;
  followSpan(r, t);
  watchStill(r, t);
  if (r.stillMs > STILL_MS) enterRest(r, t);
  else if (limb * r.sign > r.mark) cross(r);
  else if (r.job > 0) watch(r, t);
}

/** The event of a gait is late: as in rhythm, but a limb that has stopped is noticed. */
export function stepLate(r: Regulator, t: Tick): void {
  stepLocked(r, t);
  watchStill(r, t);
  if (r.mode !== MODE_LATE || r.stillMs < STILL_LATE_MS) return;
  r.lag = 0;
  enterRest(r, t);
}
