import type { Tick } from '../ports.ts';
import { bleedBy, pulseFor, runPulse } from './act.ts';
import { startBeat } from './beat.ts';
import { MODE_LOOSE, MODE_REST, type Regulator } from './state.ts';
import { startTurns } from './turns.ts';
import { restartRing, seeLimb } from './wave.ts';

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

function enterLoose(r: Regulator, t: Tick): void {
  r.mode = MODE_LOOSE;
  r.pulseMs = 0;
  r.stillMs = 0;
  r.slope = 0;
  restartRing(r, t, r.limb);
  startBeat(r, t);
  startTurns(r.valley, r.limb);
  startTurns(r.crest, -r.limb);
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
  seeLimb(r, t);
  r.base += ((r.limb - r.base) * t.dt) / BASE_MS;
  const off = r.limb - r.base;
  if ((off < 0 ? -off : off) * 1000 > 45 * r.target) {
    enterLoose(r, t);
    return;
  }
  if (r.pulseMs > 0) runPulse(r, t);
  else if (t.now >= r.blankUntil) {
    correct(r, t);
  }
}
