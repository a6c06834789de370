import type { Tick } from '../ports.ts';
import { bleedBy } from './act.ts';
import { coast } from './air.ts';
import { enterRest } from './rest.ts';
import type { Regulator } from './state.ts';
import { seeLimb } from './wave.ts';

/** Ms of stillness after which the limb counts as resting. */
const STILL_MS = 800;
const BASE_MS = 400;
const LEAD_MS = 60;

function watchStill(r: Regulator, t: Tick): void {
  r.base += ((r.limb - r.base) * t.dt) / BASE_MS;
  const off = r.limb - r.base;
  if ((off < 0 ? -off : off) * 1000 > 25 * r.target) r.stillMs = 0;
  else r.stillMs += t.dt;
}

/** Moving, with no rhythm known: clip what leaves the band, refill what falls below. */
export function stepLoose(r: Regulator, t: Tick): void {
  seeLimb(r, t);
  watchStill(r, t);
  if (r.stillMs > STILL_MS) {
    enterRest(r, t);
    return;
  }
  r.slope += (((r.limb - r.limbWas) / t.dt - r.slope) * t.dt) / 100;
  const ahead = r.limb + r.air - r.target + r.slope * LEAD_MS;
  if (ahead > r.upper) bleedBy(r, t, ahead - r.upper);
  else if (ahead + coast(r) < -r.lower) t.pump = 1000;
}
