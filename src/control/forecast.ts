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

/** Slots of the ring that holds the limb's wave, one a control period while it moves: 5 s at 10 ms, 25 s at 50 ms. A power of two. */
export const SLOTS = 512;
/** Bits of a slot's place in the ring. */
export const SLOT_MASK = 511;
/** `valleyRampMmHg` before anything was found, mmHg: far above limb and pump over the slots of hours. */
const NOTHING_FOUND = 1000000000;
/** Slots that the forecast looks ahead beside the sample's age: until the outputs of the next tick. 6 to 12 tenths: docs/lab/hold.md. */
const LOOK_SLOTS = 1;
/** Smallest bleed worth its valve action, one part in three of a mmHg. Set by bench:control on the project's draw. */
const BLEED_LEAST = 3;

/** The limb's wave. Written in this file only. */
export interface WaveState {
  /** Place of the newest sample, slots; goes on with the time while the limb moves. */
  newestSlot: number;
  /** The limb's pressure in it. */
  newestMmHg: MmHg;
  /** The limb's pressure, slot by slot, the last one at the whole part of `newestSlot`. */
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
  /** Lag of the forecast in slots; 0 = no rhythm known. */
  lagSlots: number;
  /** So far ahead the forecast looks, slots: a tick, and the sample's age. */
  lookSlots: number;
}

/** Largest errors since the last event, as far as they called for something. Written in this file only. */
export interface ErrorState {
  /** Highest error that called for a bleed. */
  crestErrorMmHg: MmHg;
  /** Lowest error that called for the pump. */
  valleyErrorMmHg: MmHg;
}

type ForecastOwner = ReadonlyRegulator & WaveState & ForecastState & ErrorState;

/** Points the forecast `lag` slots back. From here on it is in rhythm. */
export function aim(r: ForecastOwner, lag: number): void {
  r.lagSlots = lag;
  r.lookSlots = r.sampleAgeSlots + LOOK_SLOTS;
  setMode(r, MODE_LOCKED);
}

/** The limb's wave at a place of the ring. */
export function waveAt(r: ReadonlyRegulator, slot: number): MmHg {
  const whole = slot | 0;
  const here = r.waveRing[whole & SLOT_MASK] as number;
  return here + ((r.waveRing[(whole + 1) & SLOT_MASK] as number) - here) * (slot - whole);
}

/** No rhythm is known any more. */
export function dropForecast(r: ForecastOwner): void {
  r.lagSlots = 0;
}

/** The limb begins to move from where it is. */
export function startWave(r: ForecastOwner): void {
  r.newestMmHg = r.limbMmHg;
}

/** Waits for the next crossing, upwards (1) or downwards (-1). A valley is looked for while the limb is low. */
export function turnWave(r: ForecastOwner, sign: number): void {
  r.crossingSign = sign;
  r.extremeMmHg = r.limbMmHg * sign;
  r.valleyRampMmHg = NOTHING_FOUND * sign;
}

/** Notes the limb in the ring; ticks come when they can, and the slots between two of them lie on a straight line. Returns the place of now. */
function keepWave(r: ForecastOwner, limb: MmHg): number {
  const ring = r.waveRing;
  const was = r.newestSlot;
  const slot = was + r.tickSlots;
  const rise = (limb - r.newestMmHg) / r.tickSlots;
  for (let at = slot | 0; at > was; at -= 1) ring[at & SLOT_MASK] = limb - rise * (slot - at);
  r.newestSlot = slot;
  r.newestMmHg = limb;
  return slot;
}

/** Lowest `crossingSign` x limb since the last crossing. Returns that of now. */
function noteExtreme(r: ForecastOwner, limb: MmHg): MmHg {
  const wave = limb * r.crossingSign;
  if (wave < r.extremeMmHg) r.extremeMmHg = wave;
  return wave;
}

/** The lowest point of this cycle for a pump that runs all the time: `ramped` is the limb and what the pump would have added by `slot`. */
function noteValley(r: ForecastOwner, slot: number, limb: MmHg, ramped: MmHg): void {
  if (!(ramped < r.valleyRampMmHg)) return;
  r.valleyRampMmHg = ramped;
  r.valleyMmHg = limb;
  r.valleySlot = slot;
}

/** Out of rhythm: notes the limb in the ring, its extreme since the last crossing and its valley. `holdInRhythm` does the same. */
export function recordWave(r: ForecastOwner): void {
  const limb = r.limbMmHg;
  const slot = keepWave(r, limb);
  noteExtreme(r, limb);
  noteValley(r, slot, limb, limb + slot * r.pumpTickMmHg);
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

/**
 * Moving in a known rhythm: act as late as possible, but in time. The forecast is the wave one cycle ago, shifted by how far the limb
 * is from it; slack is the lowest error ahead if the pump ran from now on, above the lower edge. A crest that outruns the valve is begun
 * a tick early. First the wave is written, as in recordWave. `peak`, `slack` and `low` are errors against the setpoint: at the next sample, in
 * the valley ahead, and a slot after the next sample. The wave at these two is read from two neighbouring stretches, at the same share of each.
 * Returns `crossingSign` x limb.
 */
export function holdInRhythm(r: ForecastOwner, t: RegulateTick): MmHg {
  const limb = r.limbMmHg;
  const slot = keepWave(r, limb);
  const wave = noteExtreme(r, limb);
  const ramp = slot * r.pumpTickMmHg;
  noteValley(r, slot, limb, limb + ramp);

  const back = slot - r.lagSlots;
  const before = waveAt(r, back);
  const ahead = back + r.lookSlots;
  const whole = ahead | 0;
  const share = ahead - whole;
  const ring = r.waveRing;
  const first = ring[whole & SLOT_MASK] as number;
  const second = ring[(whole + 1) & SLOT_MASK] as number;
  const soon = first + (second - first) * share;
  const later = second + ((ring[(whole + 2) & SLOT_MASK] as number) - second) * share;
  const speed = r.pumpSpeed;
  const own = r.ownAirMmHg - r.targetMmHg + speed * r.coastMmHg;
  const peak = own + limb + soon - before;
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
