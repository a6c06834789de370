import type { Tick } from '../ports.ts';
import { bleedBy } from './act.ts';
import { coast, SPIN_UP_MS } from './air.ts';
import { unlock } from './beat.ts';
import { type Regulator, TURN_MASK, type Turns } from './state.ts';
import { untilTurn } from './turns.ts';
import { forecast } from './wave.ts';

/** How much of the present deviation from the last cycle is still there at the next valley. */
const KEEP_VALLEY = 3 / 10;
const VALVE_LEAD_MS = 12;
const PUMP_LEAD_MS = 80;

/** Pressure error at valley `n` if the pump ran from now on; large when none is known. */
function valleyError(r: Regulator, t: Tick, n: number, shift: number): number {
  const v = r.valley;
  if (n >= v.count) return 1000;
  const time = untilTurn(r, t, v, n) - SPIN_UP_MS * (1 - r.speed);
  const gain = time > 0 ? time * r.plant.up : 0;
  return (v.limb[n & TURN_MASK] as number) + shift + gain;
}

/** Pressure error at the next crest if the valve were open from the next period on; small when none is known. */
function crestError(r: Regulator, t: Tick, shift: number): number {
  const v = r.crest;
  if (v.next >= v.count) return -1000;
  const time = untilTurn(r, t, v, v.next) - t.dt - VALVE_LEAD_MS;
  return shift - (v.limb[v.next & TURN_MASK] as number) - (time > 0 ? time * r.plant.down : 0);
}

function passTurn(r: Regulator, t: Tick, v: Turns): void {
  if (v.next < v.count && untilTurn(r, t, v, v.next) < 0) v.next += 1;
}

function follow(r: Regulator, t: Tick): void {
  const shift = r.limb - r.lagged;
  r.shift = shift;
  const off = shift - r.offset;
  r.offset += (off * t.dt) / 600;
  r.miss += (((off < 0 ? -off : off) - r.miss) * t.dt) / 800;
  passTurn(r, t, r.valley);
  passTurn(r, t, r.crest);
}

/** Late or odd: the forecast is not to be trusted any more. */
function lost(r: Regulator, t: Tick): boolean {
  const b = r.beat;
  if ((t.now - b.at0) * 10 > b.period * (b.pairs ? 18 : 13)) return true;
  return r.miss * 2 > b.span;
}

/** Pressure error at the next valley if nothing is done, the present one when it lies lower. */
function lowest(r: Regulator, far: number, now: number): number {
  const v = r.valley;
  if (v.next >= v.count) return now;
  const low = (v.limb[v.next & TURN_MASK] as number) + far;
  return low < now ? low : now;
}

/** How much to let out now: what would pass the upper edge, as far as the pump can bring it back. */
function excess(r: Regulator, t: Tick, slack: number, near: number, far: number): number {
  const peak = near + forecast(r, t, r.ageMs + t.dt + VALVE_LEAD_MS);
  const most = slack + r.bonus;
  let fall = peak - r.upper;
  const crest = crestError(r, t, far);
  if (crest > peak && crest > r.upper) {
    // too steep for the valve: begin before, but not at the price of the valley that comes first
    const room = lowest(r, far, near + r.lagged) + r.lower;
    const early = crest - r.upper < room ? crest - r.upper : room;
    if (early > fall) fall = early;
  }
  if (fall > most) fall = most;
  return fall < peak - r.cap ? peak - r.cap : fall;
}

/** Moving in a known rhythm: act as late as possible, but in time; bleed only what the pump can bring back. */
export function stepLocked(r: Regulator, t: Tick): void {
  follow(r, t);
  if (lost(r, t)) {
    unlock(r);
    return;
  }
  const own = r.air - r.target;
  const near = own + r.shift;
  const far = own + r.offset + (r.shift - r.offset) * KEEP_VALLEY + coast(r);
  const now = own + r.limb;
  if (now > r.top) r.top = now;
  let slack = valleyError(r, t, r.valley.next, far);
  const second = valleyError(r, t, r.valley.next + 1, far);
  if (second < slack) slack = second;
  const soon = near + coast(r) + forecast(r, t, r.ageMs + PUMP_LEAD_MS);
  if (soon < slack) slack = soon;
  slack += r.lower;
  const fall = excess(r, t, slack, near, far);
  if (fall > 3 / 10) bleedBy(r, t, fall);
  if (slack < 0 && t.bleedMs === 0) t.pump = 1000;
}
