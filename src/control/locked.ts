import type { Tick } from '../ports.ts';
import { bleedBy } from './act.ts';
import { SPIN_DOWN_MS, SPIN_UP_MS } from './air.ts';
import { unlock } from './beat.ts';
import { FAST_MS } from './learn.ts';
import type { Regulator } from './state.ts';
import { passTurn } from './turns.ts';

/** How much of the present deviation from the last cycle is still there at the next valley. */
const KEEP_VALLEY = 3 / 10;

/** Once a slot: late or odd, the forecast is not to be trusted any more. */
export function watchLock(r: Regulator, t: Tick): void {
  const b = r.beat;
  const allow = b.period < FAST_MS ? (b.pairs ? 27 : 23) : 13;
  const late = (t.now - b.at0) * 10 > b.period * allow;
  if (late || r.miss * 2 > b.span) unlock(r);
}

/** How far the limb is from the last cycle, and which turns lie ahead. */
function follow(r: Regulator, now: number): void {
  const shift = r.limb - r.lagged;
  const off = shift - r.offset;
  r.shift = shift;
  r.offset += off * r.ofOffset;
  r.miss += ((off < 0 ? -off : off) - r.miss) * r.ofMiss;
  if (r.valley.due < now) passTurn(r, r.valley);
  if (r.crest.due < now) passTurn(r, r.crest);
}

/** The lowest error ahead if the pump ran from now on. */
function lowestAhead(r: Regulator, now: number, far: number, soon: number): number {
  const v = r.valley;
  const up = r.plant.up;
  const lead = now + SPIN_UP_MS * (1 - r.speed);
  let low = v.dueLimb + far;
  if (v.due > lead) low += (v.due - lead) * up;
  const second = v.due2Limb + far + (v.due2 - lead) * up;
  if (second < low) low = second;
  return soon < low ? soon : low;
}

/**
 * A crest too steep for the valve: begin before it, but not at the price of the valley that comes first. Only half of what the valve
 * could do until then is counted on: it is open in part of the periods only.
 */
function early(r: Regulator, t: Tick, far: number): number {
  const c = r.crest;
  const time = c.due - t.now - r.ventLead;
  const over = far - c.dueLimb - r.upper - (time > 0 ? (time * r.plant.down) / 2 : 0);
  if (over <= 0) return 0;
  const valley = r.valley.dueLimb;
  const low = far + (r.valley.due < c.due && valley < r.limb ? valley : r.limb) + r.lower;
  return over < low ? over : low;
}

function letOut(r: Regulator, t: Tick, wanted: number, slack: number, over: number): void {
  let fall = wanted < slack + r.bonus ? wanted : slack + r.bonus;
  if (fall < over - r.cap) fall = over - r.cap;
  if (fall > 3 / 10) bleedBy(r, t, fall);
}

/** Moving in a known rhythm: act as late as possible, but in time; bleed only what the pump can bring back. */
export function stepLocked(r: Regulator, t: Tick): void {
  follow(r, t.now);
  const own = r.air - r.target;
  const near = own + r.shift;
  const coast = r.speed > 0 ? r.speed * r.plant.up * SPIN_DOWN_MS : 0;
  const far = own + r.offset + (r.shift - r.offset) * KEEP_VALLEY + coast;
  const error = own + r.limb;
  if (error > r.top) r.top = error;
  if (error < r.bottom) r.bottom = error;
  const slack = lowestAhead(r, t.now, far, near + coast + r.later) + r.lower;
  const peak = near + r.soon;
  let fall = peak - r.upper;
  const before = early(r, t, far);
  if (before > fall) fall = before;
  if (fall > 0) letOut(r, t, fall, slack, peak);
  if (slack < 0 && t.bleedMs === 0) t.pump = 1000;
}
