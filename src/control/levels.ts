/**
 * The limb's extremes, slowly forgotten, and the levels that make an event from them. Must never decide what an event means.
 */
import type { RegulateTick } from '../tick.ts';
import type { MmHg } from '../units.ts';
import { FAST_MS } from './rhythm.ts';
import type { ReadonlyRegulator } from './state.ts';

/** An event is a rise through this share of the wave's span in gait: a lesser hump makes none. docs/lab/control.md: 55 % lost 12 points of running. */
const EVENT = 75 / 100;
/** The same in a slow rhythm. docs/lab/control.md, "The rewrite": 2.3 points of leg press, since weak repetitions were missed. */
const EVENT_SLOW = 50 / 100;
/** Below this share of the span the next event is armed. Set by bench:control on the project's draw. */
const ARM = 35 / 100;
/** A wave of less than one part in 20 of the setpoint has no events. Set by bench:control on the project's draw. */
const SPAN_LEAST = 20;
/** Time in which the extremes forget a whole span, ms. Set by bench:control on the project's draw. */
const SPAN_FORGET_MS = 8000;
/** In rhythm an event may forget a quarter of the span at most; more is a pause. Set by bench:control on the project's draw. */
const PAUSE_QUARTER = 4;
/** At the start of a movement this share of the last set's span is expected, tenths. Set by bench:control on the project's draw. */
const START_TENTHS = 8;
/** Where a gait's event is late the crest is expected this share of the span lower, percent. Set by bench:control on the project's draw. */
const LATE_PERCENT = 15;
/** Level of the first event until the extremes are known, mmHg above the lowest: out of reach. */
const OUT_OF_REACH_MMHG = 10000;

/** Written in this file only. */
export interface LevelState {
  /** Highest of the wave, slowly forgotten. */
  waveHighMmHg: MmHg;
  /** Lowest of the wave, slowly forgotten. */
  waveLowMmHg: MmHg;
  /** Their distance. */
  waveSpanMmHg: MmHg;
  /** Crest of the last hump. */
  lastCrestMmHg: MmHg;
}

/** Written in this file only. */
export interface MarkState {
  /** `crossingSign` x limb above which the next crossing is made. */
  crossingMmHg: MmHg;
}

type LevelOwner = ReadonlyRegulator & MarkState & { readonly rhythm: LevelState };

/** The levels of events follow from the extremes. */
export function setMark(r: LevelOwner): void {
  const b = r.rhythm;
  const span = b.waveHighMmHg - b.waveLowMmHg;
  b.waveSpanMmHg = span;
  if (r.crossingSign > 0)
    r.crossingMmHg = b.waveLowMmHg + span * (b.cycleSlots * r.periodMs > FAST_MS ? EVENT_SLOW : EVENT);
  else r.crossingMmHg = span * SPAN_LEAST > r.targetMmHg ? -b.waveLowMmHg - span * ARM : 1 - b.waveLowMmHg;
}

/** Before an event at `at` is noted: in rhythm the extremes forget by the time since the last one, down to the last crest at most. */
export function forgetSinceEvent(r: LevelOwner, at: number): void {
  const b = r.rhythm;
  const give = (b.waveSpanMmHg * (at - b.eventSlot0) * r.periodMs) / SPAN_FORGET_MS;
  if (r.lagSlots > 0 && give * PAUSE_QUARTER < b.waveSpanMmHg) {
    b.waveHighMmHg = b.lastCrestMmHg > b.waveHighMmHg - give ? b.lastCrestMmHg : b.waveHighMmHg - give;
    b.waveLowMmHg += give;
  }
}

/** A valley ends at `mmHg`. */
export function noteLow(r: LevelOwner, mmHg: MmHg): void {
  if (mmHg < r.rhythm.waveLowMmHg) r.rhythm.waveLowMmHg = mmHg;
}

/** A hump ends with its crest at `mmHg`. */
export function noteCrest(r: LevelOwner, mmHg: MmHg): void {
  const b = r.rhythm;
  b.lastCrestMmHg = mmHg;
  if (mmHg > b.waveHighMmHg) b.waveHighMmHg = mmHg;
}

/** Out of rhythm: extremes that forget in every tick, and the levels that follow from them. */
export function followSpan(r: LevelOwner, t: RegulateTick): void {
  const b = r.rhythm;
  const limb = r.limbMmHg;
  const give = (b.waveSpanMmHg * t.dt) / SPAN_FORGET_MS;
  const high = b.waveHighMmHg - give;
  const low = b.waveLowMmHg + give;
  b.waveHighMmHg = limb > high ? limb : high;
  b.waveLowMmHg = limb < low ? limb : low;
  setMark(r);
}

/** The limb begins to move from `restMmHg`: the wave is expected to be like the last set's, and no event comes before it is seen. */
export function startLevels(r: LevelOwner, restMmHg: MmHg): void {
  const b = r.rhythm;
  const limb = r.limbMmHg;
  b.waveLowMmHg = restMmHg < limb ? restMmHg : limb;
  b.waveHighMmHg = b.waveLowMmHg + (b.waveSpanMmHg * START_TENTHS) / 10;
  if (limb > b.waveHighMmHg) b.waveHighMmHg = limb;
  b.lastCrestMmHg = limb;
  r.crossingMmHg = b.waveLowMmHg + OUT_OF_REACH_MMHG;
}

/** The event of a gait is late: a smaller hump makes it too. */
export function lowerLevels(r: LevelOwner): void {
  r.rhythm.waveHighMmHg -= (r.rhythm.waveSpanMmHg * LATE_PERCENT) / 100;
  setMark(r);
}

/** Vented: the next set starts without an expectation. */
export function resetLevels(r: LevelOwner): void {
  r.rhythm.waveSpanMmHg = 0;
}
