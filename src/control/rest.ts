import type { Tick } from '../tick.ts';
import { bleedBy, pulseFor, runPulse } from './act.ts';
import { openBooks } from './learn.ts';
import { MODE_LOOSE, MODE_REST, NONE, type Regulator } from './state.ts';

/** Time constant of the limb's resting level: longer than a heart beat. */
const BASE_MS = 700;
const BLANK_MS = 300;
const SETTLE_MS = 60;

export function enterRest(r: Regulator, t: Tick): void {
  r.mode = MODE_REST;
  r.pulseMs = 0;
  r.blankUntil = t.now + SETTLE_MS;
  r.base = r.limb;
}

/** The limb has begun to move. Its old wave is kept: a new set is mostly like the last one. */
function enterLoose(r: Regulator, t: Tick): void {
  const b = r.beat;
  r.mode = MODE_LOOSE;
  r.pulseMs = 0;
  r.stillMs = 0;
  r.slope = 0;
  r.lag = 0;
  r.job = 0;
  r.sign = 1;
  r.edge = r.limb;
  r.valley = NONE;
  b.low = r.base < r.limb ? r.base : r.limb;
  b.high = b.low + (b.span * 8) / 10;
  if (r.limb > b.high) b.high = r.limb;
  b.topNow = r.limb;
  b.fresh = true;
  r.mark = b.low + 10000;
  r.limbWas = r.limb;
  r.top = 0;
  r.bottom = 0;
  openBooks(r, t.now);
}

function correct(r: Regulator, t: Tick): void {
  const error = r.base + r.air - r.target;
  const now = r.limb + r.air - r.target;
  const low = now * 1000 < -22 * r.target && error < 0;
  if (low || error * 1000 < -14 * r.target) {
    r.pulseMs = pulseFor(r, r.target / 250 - error);
    r.blankUntil = t.now + r.pulseMs + BLANK_MS;
    runPulse(r, t);
    return;
  }
  const over = now < error ? now : error;
  if (over * 1000 > 25 * r.target) {
    bleedBy(r, t, (over * 8) / 10);
    r.blankUntil = t.now + BLANK_MS;
  }
}

/** Resting limb: rare sized corrections against the mean over a heart beat. */
export function stepRest(r: Regulator, t: Tick): void {
  const limb = r.limb;
  r.base += ((limb - r.base) * t.dt) / BASE_MS;
  const off = limb - r.base;
  if ((off < 0 ? -off : off) * 1000 > 45 * r.target) enterLoose(r, t);
  else if (r.pulseMs > 0) runPulse(r, t);
  else if (t.now >= r.blankUntil) correct(r, t);
}
