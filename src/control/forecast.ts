/**
 * Holding in rhythm: the limb's wave, the forecast that it gives one cycle later, and the decision made on it. One file owns all three
 * because `holdInRhythm` is one flat function: on the board each call and each field read twice is paid for in every tick. It must never
 * look for the rhythm itself; that is done once an event, in events.ts.
 */
import type { RegulateTick } from '../tick.ts';
import type { MmHg } from '../units.ts';
import { bleedBy, FULL_PUMP } from './act.ts';
import { MODE_LOCKED, setMode } from './mode.ts';
import type { ReadonlyRegulator } from './state.ts';

/** Slots of the ring that holds the limb's wave, one a tick while it moves: 5 s at 10 ms, 25 s at 50 ms. A power of two. */
export const SLOTS = 512;
/** Bits of a slot's place in the ring. */
export const SLOT_MASK = 511;
/** `valleyRampMmHg` before anything was found, mmHg: far above limb and pump over the slots of hours. */
const NOTHING_FOUND = 1000000000;
/**
 * Slots that the forecast looks ahead beside the sample's age; rounded, it is one tick for a sample of less than 0.6 ticks. Set by
 * bench:control on the project's draw.
 */
const LOOK_SLOTS = 9 / 10;
/** Smallest bleed worth its valve action, one part in three of a mmHg. Set by bench:control on the project's draw. */
const BLEED_LEAST = 3;

/** The limb's wave. Written in this file only. */
export interface WaveState {
  /** Newest slot of the ring; counts up while the limb moves. */
  newestSlot: number;
  /** The limb's pressure, slot by slot, the newest at `newestSlot & SLOT_MASK`. */
  readonly waveRing: Float32Array;
  /** 1 = waiting for the rise that makes an event, -1 = for the fall that arms the next one. */
  crossingSign: number;
  /** Lowest `crossingSign` x limb since the last crossing. */
  extremeMmHg: MmHg;
  /** Lowest limb + what the pump at full speed adds by its slot, since the last event. */
  valleyRampMmHg: MmHg;
  /** Slot of that lowest place. */
  valleySlot: number;
  /** The limb in it. */
  valleyMmHg: MmHg;
}

/** What the last cycle says of the next ticks. Written in this file only. */
export interface ForecastState {
  /** From the newest slot to the one that tells what comes next, one cycle back: negative slots. */
  aheadOffset: number;
  /** From the newest slot to the one of now, one cycle back: negative slots. */
  lagOffset: number;
  /** Share of the way from such a slot back to the one before, 0 to 1: a lag is no whole number of slots. */
  slotShare: number;
  /** Content of the slot before the next one at `aheadOffset`. */
  aheadSlotMmHg: MmHg;
  /** The last cycle where the forecast looks: one tick ahead, and more by the sample's age. */
  cycleAheadMmHg: MmHg;
  /** Content of the slot before the next one at `lagOffset`. */
  lagSlotMmHg: MmHg;
  /** The last cycle at the next slot. */
  cycleNowMmHg: MmHg;
  /** True where the forecast looks one tick ahead: then `cycleNowMmHg` is the forecast of a tick ago. */
  looksOneAhead: boolean;
  /** Lag of the forecast in slots; 0 = no rhythm known. */
  lagSlots: number;
}

/** Largest errors since the last event, as far as they called for something. Written in this file only. */
export interface ErrorState {
  /** Highest error that called for a bleed. */
  crestErrorMmHg: MmHg;
  /** Lowest error that called for the pump. */
  valleyErrorMmHg: MmHg;
}

type ForecastOwner = ReadonlyRegulator & WaveState & ForecastState & ErrorState;

/** Points the forecast `lag` slots back: at the slot of now, and a tick (and the sample's age) ahead of it. From here on it is in rhythm. */
export function aim(r: ForecastOwner, lag: number): void {
  const whole = Math.ceil(lag);
  const more = Math.round(r.sampleAgeSlots + LOOK_SLOTS);
  r.lagSlots = lag;
  r.slotShare = 1 - (whole - lag);
  r.lagOffset = 1 - whole;
  r.aheadOffset = r.lagOffset + more + 1;
  const ring = r.waveRing;
  const later = ring[(r.newestSlot + r.aheadOffset) & SLOT_MASK] as number;
  r.aheadSlotMmHg = later;
  r.cycleAheadMmHg =
    later + ((ring[(r.newestSlot + r.aheadOffset - 1) & SLOT_MASK] as number) - later) * r.slotShare;
  const here = ring[(r.newestSlot + r.lagOffset) & SLOT_MASK] as number;
  r.lagSlotMmHg = here;
  const after = ring[(r.newestSlot + r.lagOffset + 1) & SLOT_MASK] as number;
  r.cycleNowMmHg = after + (here - after) * r.slotShare;
  r.looksOneAhead = more === 1;
  setMode(r, MODE_LOCKED);
}

/** No rhythm is known any more. */
export function dropForecast(r: ForecastOwner): void {
  r.lagSlots = 0;
}

/** Waits for the next crossing, upwards (1) or downwards (-1). A valley is looked for while the limb is low. */
export function turnWave(r: ForecastOwner, sign: number): void {
  r.crossingSign = sign;
  r.extremeMmHg = r.limbMmHg * sign;
  r.valleyRampMmHg = NOTHING_FOUND * sign;
}

/** Out of rhythm: notes the limb in the ring, its extreme since the last crossing and its valley. `holdInRhythm` does the same. */
export function recordWave(r: ForecastOwner): void {
  const limb = r.limbMmHg;
  const slot = r.newestSlot + 1;
  r.newestSlot = slot;
  r.waveRing[slot & SLOT_MASK] = limb;
  const wave = limb * r.crossingSign;
  if (wave < r.extremeMmHg) r.extremeMmHg = wave;
  const ramp = slot * r.pumpTickMmHg;
  if (limb + ramp < r.valleyRampMmHg) {
    r.valleyRampMmHg = limb + ramp;
    r.valleyMmHg = limb;
    r.valleySlot = slot;
  }
}

/** Forgets the errors of the last cycle. */
export function restartErrors(r: ForecastOwner): void {
  r.crestErrorMmHg = 0;
  r.valleyErrorMmHg = 0;
}

/** Notes an error that is the highest so far. */
export function noteCrestError(r: ForecastOwner, mmHg: MmHg): void {
  r.crestErrorMmHg = mmHg;
}

/** Lets out what passes the upper edge, but no more than the pump is sure to bring back; what would pass the cap goes in any case. */
function letOut(r: ForecastOwner, t: RegulateTick, peak: MmHg, slack: MmHg): void {
  if (peak > r.crestErrorMmHg) r.crestErrorMmHg = peak;
  const most = slack + r.bleedAllowanceMmHg;
  let fall = peak - r.upperEdgeMmHg;
  if (fall > most) fall = most;
  if (fall < peak - r.capEdgeMmHg) fall = peak - r.capEdgeMmHg;
  if (fall * BLEED_LEAST > 1) bleedBy(r, t, fall);
}

/** Pumps for the valley ahead; the error `peak` at the next sample may be the lowest of the cycle. */
function pumpFor(r: ForecastOwner, t: RegulateTick, peak: MmHg): void {
  t.pump = FULL_PUMP;
  if (peak < r.valleyErrorMmHg) r.valleyErrorMmHg = peak;
}

/** The last cycle at the slot that is looked ahead, a tick after the next sample. */
function lookAhead(r: ForecastOwner, slot: number): MmHg {
  const next = r.waveRing[(slot + r.aheadOffset) & SLOT_MASK] as number;
  const later = next + (r.aheadSlotMmHg - next) * r.slotShare;
  r.aheadSlotMmHg = next;
  return later;
}

/** The lowest point of this cycle for a pump that runs all the time: `ramped` is the limb and what the pump would have added by `slot`. */
function noteValley(r: ForecastOwner, slot: number, limb: MmHg, ramped: MmHg): void {
  if (!(ramped < r.valleyRampMmHg)) return;
  r.valleyRampMmHg = ramped;
  r.valleyMmHg = limb;
  r.valleySlot = slot;
}

/** The last cycle at the slot of now, where sample age or period make the slot that is looked ahead more than a tick away. */
function lookBack(r: ForecastOwner, slot: number): MmHg {
  const here = r.waveRing[(slot + r.lagOffset) & SLOT_MASK] as number;
  const lagged = here + (r.lagSlotMmHg - here) * r.slotShare;
  r.lagSlotMmHg = here;
  return lagged;
}

/**
 * Moving in a known rhythm: act as late as possible, but in time. The forecast is the wave one cycle ago, shifted by how far the limb
 * is from it; slack is the lowest error ahead if the pump ran from now on, above the lower edge. A crest that outruns the valve is begun
 * a tick early. First the wave is written, as in recordWave, and the last cycle moves on a tick. `peak`, `slack` and `low` are errors against
 * the setpoint: at the next sample, in the valley ahead, and a tick after the next sample. Returns `crossingSign` x limb.
 */
export function holdInRhythm(r: ForecastOwner, t: RegulateTick): MmHg {
  const ring = r.waveRing;
  const limb = r.limbMmHg;
  const slot = r.newestSlot + 1;
  r.newestSlot = slot;
  ring[slot & SLOT_MASK] = limb;
  const later = lookAhead(r, slot);
  const soon = r.cycleAheadMmHg;
  r.cycleAheadMmHg = later;
  const lagged = r.looksOneAhead ? r.cycleNowMmHg : lookBack(r, slot);
  r.cycleNowMmHg = soon;

  const wave = limb * r.crossingSign;
  if (wave < r.extremeMmHg) r.extremeMmHg = wave;
  const ramp = slot * r.pumpTickMmHg;
  noteValley(r, slot, limb, limb + ramp);

  const speed = r.pumpSpeed;
  const own = r.ownAirMmHg - r.targetMmHg + speed * r.coastMmHg;
  const peak = own + limb + soon - lagged;
  const more = r.dueRampMmHg - ramp + speed * r.spinUpMmHg;
  let slack = own + r.dueMmHg;
  if (more > 0) slack += more;
  const low = peak + later - soon;
  if (low < slack) slack = low;
  slack += r.lowerEdgeMmHg;
  const early = low - r.valveTickMmHg;
  const high = early > peak ? early : peak;
  if (high > r.upperEdgeMmHg) letOut(r, t, high, slack);
  if (slack < 0 && t.bleedMs === 0 && peak < r.crestLimitMmHg) pumpFor(r, t, peak);
  return wave;
}
