import type { Tick } from '../ports.ts';
import type { Regulator } from './state.ts';

/** Time constants of the pump model: how fast it spins up and coasts down. */
export const SPIN_UP_MS = 100;
export const SPIN_DOWN_MS = 75;
/** Our own air is slowly counted as the limb's: errors of the model must not pile up. */
const FORGET_MS = 4000;
/** From the command until the valve is open; it shuts this much later than told. */
const OPEN_MS = 8;

/** Share of a tick's bleed that is counted on for the tick after. */
const AHEAD = 4 / 10;

/** Trust in a sample, by what flows while it is taken: hose losses are modelled only roughly. */
const TRUST_STILL = 9 / 10;
const TRUST_PUMP = 55 / 100;
const TRUST_BLEED = 4 / 10;

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
  r.back = r.ageMs < period ? r.ageMs / period : 1;
  r.ageSlots = r.ageMs / period;
  r.spinSlots = SPIN_UP_MS / period;
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
}

/**
 * Air moves, or the sample is an old one: counts what the pump, as really driven in the period that has just ended, did to the pressure,
 * and corrects the sample by what the hose takes while it flows. Such a sample is trusted less.
 */
export function seeFlow(r: Regulator, t: Tick): void {
  const was = r.speed;
  const bleed = t.outBleedMs;
  let speed = 0;
  if (t.outPump > 0) speed = 1 - (1 - was) * r.keepUp;
  else if (was * 10 > 1) speed = was * r.keepDown;
  const rise = (was + speed) * r.upHalf;
  const air = r.air * r.keepAir + rise;
  r.air = air;
  r.raised += rise;
  r.speed = speed;
  r.flow = speed + bleed;
  const then = speed + (was - speed) * r.back;
  const off = t.raw - r.drop * then * then - air + rise * r.back - r.expected;
  if (bleed > 0 || r.shows > 0 || !t.fresh) seeBleed(r, t, bleed, off);
  else r.limb = r.expected + off * TRUST_PUMP;
}

/** The same with an open valve, or without a new sample. Taken before the valve shuts, a sample reads low and only a part of the air has gone. */
function seeBleed(r: Regulator, t: Tick, bleed: number, off: number): void {
  const open = bleed - r.deadMs;
  const fall = bleed > 0 && open > 0 ? open * r.down : 0;
  r.air -= fall;
  r.lowered += fall;
  r.limb = r.expected;
  if (!t.fresh) return;
  const at = t.dt - r.ageMs - OPEN_MS;
  if (at >= open) r.limb += (off + fall) * TRUST_STILL;
  else if (at > 0) r.limb += (off + at * r.down + r.suck) * TRUST_BLEED;
  else seeLate(r, at + t.dt, off, bleed > 0 ? open : 0);
}

/** A slow part's sample is older than this bleed: it may still show the one before. */
function seeLate(r: Regulator, at: number, off: number, open: number): void {
  const left = r.shows - at;
  r.limb += (left > 0 ? off + r.suck - left * r.down : off) * TRUST_BLEED;
  r.shows = open;
}
