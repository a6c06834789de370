/** The pressure itself: too high, gone, or leaping when the pump starts. Every tick under pressure. */
import { MAX_CUFF_MMHG, MAX_FAULT_MMHG } from '../limits.ts';
import type { Tick } from '../ports.ts';
import { type Supervisor, trip } from './state.ts';
import { TRIP_AIR_GONE, TRIP_HOSE_BLOCKED, TRIP_OVER_PRESSURE } from './trips.ts';

/** Above MAX_CUFF_MMHG for this long: a blow is shorter (plant.md 3.2: 0.1-0.6 s), a fault is not. */
export const OVER_MS = 1000;
/** Above MAX_FAULT_MMHG for this long: a blow of 150 mmHg and 0.6 s on top of 240 is above it for 0.27 s. */
export const FAULT_OVER_MS = 400;
/** A reading below a third of where it was, with the valve shut, for this long: no limb pulls that much back. */
export const GONE_MS = 200;
const GONE_SHARE = 35;
/** Level below which nothing can be said to be gone, mmHg: the slack cuff. */
export const GONE_FROM_MMHG = 40;
/** ... in a fill, when the limb is still and the pump must be stopped soon. */
export const GONE_FILL_MMHG = 18;
/** What a bleed of one tick takes at most, mmHg: the fastest arm falls at 700 mmHg/s, for less than 40 ms. */
const BLEED_MMHG = 25;
/** Time constant of the level that the reading is compared with, ms. */
const LEVEL_MS = 2000;
/** ... while a fill lets it rise: a fast arm is full in a second. */
const LEVEL_FILL_MS = 200;
/** Rise in LEAP_MS from the pump's start that no cuff takes: fastest arm 25, hose 20, wave 20 mmHg. */
export const LEAP_MMHG = 75;
const LEAP_MS = 200;
/** So many in a row: a bump is one. */
export const LEAP_LIMIT = 3;

/** Over-pressure. */
export function judgeOver(s: Supervisor, t: Tick): void {
  if (t.raw <= MAX_CUFF_MMHG) {
    s.overMs = 0;
    s.faultOverMs = 0;
  } else over(s, t);
}

function over(s: Supervisor, t: Tick): void {
  s.overMs += t.dt;
  s.faultOverMs = t.raw <= MAX_FAULT_MMHG ? 0 : s.faultOverMs + t.dt;
  if (!(s.overMs < OVER_MS)) trip(s, t, TRIP_OVER_PRESSURE, t.raw, MAX_CUFF_MMHG);
  if (!(s.faultOverMs < FAULT_OVER_MS)) trip(s, t, TRIP_OVER_PRESSURE, t.raw, MAX_FAULT_MMHG);
}

/** Pressure that vanishes while the valve is shut: hose off, burst, cuff off, sense line off, valve fallen open. */
export function judgeGone(s: Supervisor, t: Tick): void {
  if (t.outBleedMs > 0) {
    lowerLevel(s, t.raw);
    return;
  }
  s.level += ((t.raw - s.level) * t.dt) / (s.reached || t.raw < s.level ? LEVEL_MS : LEVEL_FILL_MS);
  const from = s.reached ? GONE_FROM_MMHG : GONE_FILL_MMHG;
  if (t.raw * 100 >= s.level * GONE_SHARE || s.level < from) s.goneMs = 0;
  else gone(s, t);
}

/** Our own bleed lowers the level too, but no bleed of one tick by more than BLEED_MMHG. */
function lowerLevel(s: Supervisor, raw: number): void {
  const least = s.level - BLEED_MMHG;
  if (raw < s.level) s.level = raw > least ? raw : least;
}

function gone(s: Supervisor, t: Tick): void {
  s.goneMs += t.dt;
  if (s.goneMs < GONE_MS) return;
  s.unproven = true;
  trip(s, t, TRIP_AIR_GONE, t.raw, s.level);
}

/** A manifold that fills at once has no cuff behind it: the hose is kinked or blocked. */
export function judgeLeap(s: Supervisor, t: Tick): void {
  if (t.outPump > 0) {
    if (s.pumpOnMs === 0) s.leapFrom = t.raw;
    else if (s.pumpOnMs <= LEAP_MS && t.raw - s.leapFrom > LEAP_MMHG) s.leapt = true;
    s.pumpOnMs += t.dt;
    s.pumpOffMs = 0;
    return;
  }
  s.pumpOffMs += t.dt;
  if (s.pumpOnMs > 0) endLeap(s, t);
}

function endLeap(s: Supervisor, t: Tick): void {
  if (s.leapt) s.leaps++;
  else if (s.pumpOnMs > 80) s.leaps = 0;
  s.pumpOnMs = 0;
  s.leapt = false;
  if (s.leaps >= LEAP_LIMIT) trip(s, t, TRIP_HOSE_BLOCKED, LEAP_MMHG, LEAP_MS);
}
