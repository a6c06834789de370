import type { Tick } from '../tick.ts';
import { bleedBy } from './act.ts';
import { cross, watch } from './beat.ts';
import { type Regulator, SLOT_MASK } from './state.ts';

/** Lets out what passes the upper edge, but no more than the pump is sure to bring back; what would pass the cap goes in any case. */
function letOut(r: Regulator, t: Tick, peak: number, slack: number): void {
  if (peak > r.top) r.top = peak;
  const most = slack + r.bonus;
  let fall = peak - r.upper;
  if (fall > most) fall = most;
  if (fall < peak - r.cap) fall = peak - r.cap;
  if (fall * 3 > 1) bleedBy(r, t, fall);
}

/** The last cycle at the slot of now, where sample age or period make the slot that is looked ahead more than a tick away. */
function lookBack(r: Regulator, slot: number): number {
  const here = r.ring[(slot + r.here) & SLOT_MASK] as number;
  const lagged = here + (r.hereWas - here) * r.part;
  r.hereWas = here;
  return lagged;
}

/**
 * Moving in a known rhythm: act as late as possible, but in time. The forecast is the wave one cycle ago, shifted by how far the limb
 * is from it; slack is the lowest error ahead if the pump ran from now on, above the lower edge. A crest that outruns the valve is begun
 * a tick early. Written as one piece: every call less counts here.
 */
export function stepLocked(r: Regulator, t: Tick): void {
  const ring = r.ring;
  const limb = r.limb;
  const slot = r.slot + 1;
  r.slot = slot;
  ring[slot & SLOT_MASK] = limb;
  const next = ring[(slot + r.ahead) & SLOT_MASK] as number;
  const later = next + (r.laterWas - next) * r.part;
  r.laterWas = next;
  const soon = r.soon;
  r.soon = later;
  const lagged = r.near ? r.lagged : lookBack(r, slot);
  r.lagged = soon;

  const wave = limb * r.sign;
  if (wave < r.edge) r.edge = wave;
  const ramp = slot * r.upTick;
  if (limb + ramp < r.valley) {
    r.valley = limb + ramp;
    r.valleyLimb = limb;
    r.valleyAt = slot;
  }

  const speed = r.speed;
  const own = r.air - r.target + speed * r.coastTick;
  const peak = own + limb + soon - lagged;
  const more = r.ready - ramp + speed * r.spinTick;
  let slack = own + r.dueLimb;
  if (more > 0) slack += more;
  const low = peak + later - soon;
  if (low < slack) slack = low;
  slack += r.lower;
  const early = low - r.downTick;
  const high = early > peak ? early : peak;
  if (high > r.upper) letOut(r, t, high, slack);
  if (slack < 0 && t.bleedMs === 0 && peak < r.room) {
    t.pump = 1000;
    if (peak < r.bottom) r.bottom = peak;
  }
  if (wave > r.mark) cross(r);
  if (slot > r.watchAt) watch(r, t);
}
