import type { Tick } from '../tick.ts';
import { MODE_LATE, MODE_LOCKED, type Regulator, SLOT_MASK } from './state.ts';

/** Time constants of the pump model: how fast it spins up and coasts down. */
export const SPIN_UP_MS = 100;
export const SPIN_DOWN_MS = 75;
/** Our own air is slowly counted as the limb's: errors of the model must not pile up. */
const FORGET_MS = 4000;
/** From the command until the valve is open; it shuts this much later than told. */
const OPEN_MS = 8;

/** Share of a tick's bleed that is counted on for the tick after. */
const AHEAD = 4 / 10;

/** The suction is known only roughly: trust in a sample taken while the valve is open, where the next one is less than this away, ms. */
const TRUST_BLEED = 6 / 10;
const SHORT_MS = 40;
/** Percent of the target; and the most that the suction can be, mmHg. */
const NO_LIMB = 20;
export const SUCK_MAX = 80;

/** Share of a speed difference that is left after `dt`, for a first-order lag: (2 tau - dt) / (2 tau + dt). */
function keep(tauMs: number, dtMs: number): number {
  return (2 * tauMs - dtMs) / (2 * tauMs + dtMs);
}

/** Constants that follow from the control period. */
export function setPeriod(r: Regulator, period: number): void {
  r.period = period;
  r.keepUp = keep(SPIN_UP_MS, period);
  r.keepDown = keep(SPIN_DOWN_MS, period);
  r.keepAir = 1 - period / FORGET_MS;
  r.old = r.ageMs * 2 > period;
  r.ageSlots = r.ageMs / period;
  setSlopes(r, r.up, r.down);
}

/** What pump and valve do, and what follows from it. */
export function setSlopes(r: Regulator, up: number, down: number): void {
  r.up = up;
  r.down = down;
  r.upTick = up * r.period;
  r.upHalf = r.upTick / 2;
  r.downTick = down * r.period * AHEAD;
  r.coastTick = up * SPIN_DOWN_MS;
  r.spinTick = up * SPIN_UP_MS;
  setDue(r, r.due);
}

/** The slot of the valley to be ready for; `ready`: what the pump at full speed can still add by then, counted from slot 0. */
export function setDue(r: Regulator, due: number): void {
  r.due = due;
  r.ready = due * r.upTick - r.spinTick;
}

/**
 * Counts what the pump, as really driven in the period that has just ended, did to the pressure, and corrects the sample by what the hose
 * takes while air flows.
 */
export function seeFlow(r: Regulator, t: Tick): void {
  const was = r.speed;
  let speed = 0;
  if (t.outPump > 0) speed = 1 - (1 - was) * r.keepUp;
  else if (was * 10 > 1) speed = was * r.keepDown;
  const rise = (was + speed) * r.upHalf;
  const air = r.air * r.keepAir + rise;
  r.air = air;
  r.raised += rise;
  r.speed = speed;
  if (t.outBleedMs > 0 || r.old || !t.fresh) seeApart(r, t, was, rise);
  else r.limb = t.measuredMmHg - r.drop * speed * speed - air;
}

/** The same with an open valve, with a slow part, whose sample shows the tick before, or without a new sample: then the limb does as it did a cycle ago. */
function seeApart(r: Regulator, t: Tick, was: number, rise: number): void {
  const then = r.old ? was : r.speed;
  const seen = t.measuredMmHg - r.drop * then * then - r.air + (r.old ? rise : 0);
  const bleed = t.outBleedMs;
  const open = bleed > 0 && bleed > r.deadMs ? bleed - r.deadMs : 0;
  const fall = open * r.down;
  r.air -= fall;
  r.lowered += fall;
  if (t.fresh) seeBleed(r, t.dt - r.ageMs - OPEN_MS, seen, open);
  else r.limb += stepOf(r);
}

/**
 * A sample of `at` ms after the valve opened. Taken before it shuts, it reads low and only a part of the air has gone; that of a slow
 * part is older than this bleed and may still show the one before.
 */
function seeBleed(r: Regulator, at: number, seen: number, open: number): void {
  if (at >= open) {
    r.limb = seen + open * r.down;
    return;
  }
  let shown = seen + at * r.down + r.suck;
  if (at <= 0) {
    const left = r.shows - at - r.period;
    shown = left > 0 ? seen + r.suck - left * r.down : seen;
    r.shows = open;
  }
  const lost = r.limb - shown;
  if (!r.fill.tested && lost * 100 > r.target * NO_LIMB) shown += moreSuck(r, lost);
  if (r.period < SHORT_MS) doubt(r, shown);
  else r.limb = shown;
}

/**
 * No limb falls so far in a tick in which it had to be bled: the valve draws more at the sensor than is known, most of all before the valve
 * test. Twice what the pump's flow made of the same hose is believed of it.
 */
function moreSuck(r: Regulator, lost: number): number {
  const was = r.suck;
  const suck = was + lost / 2;
  const most = r.drop * 2;
  if (most <= was) return 0;
  r.suck = suck > most ? most : suck;
  return r.suck - was;
}

function doubt(r: Regulator, shown: number): void {
  const expected = r.limb + stepOf(r);
  r.limb = expected + (shown - expected) * TRUST_BLEED;
}

/** How far the limb went in this tick of the last cycle. */
function stepOf(r: Regulator): number {
  if (r.mode !== MODE_LOCKED && r.mode !== MODE_LATE) return 0;
  const ring = r.ring;
  const at = r.slot + r.here;
  const here = ring[at & SLOT_MASK] as number;
  const next = ring[(at + 1) & SLOT_MASK] as number;
  const before = ring[(at - 1) & SLOT_MASK] as number;
  return next - here + (here + here - next - before) * r.part;
}
