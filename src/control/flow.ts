/**
 * Flow estimate: tells the pressure that our own air makes from the pressure that the limb makes. Counts what pump and valve, as they were
 * really driven, did in the period that has just ended, and corrects the sample by what the hose takes while air flows. Must never count
 * what was only proposed.
 */
import type { RegulateTick } from '../tick.ts';
import type { MmHg, Ms } from '../units.ts';
import { waveAt } from './forecast.ts';
import { MODE_LATE, MODE_LOCKED } from './mode.ts';
import type { ReadonlyRegulator } from './state.ts';

/** From the command until the valve is open, ms; it shuts this much later than commanded. Coil and travel of small solenoids, 3 to 15 ms (plant model). */
const OPEN_MS = 8;
/** The flow draws at the sensor from so long after the valve has opened, ms: within 10 (plant model). */
const DRAWS_MS = 8;
/** Below this part of full speed, one in ten, an undriven pump counts as standing. Set by bench:control on the project's draw. */
const STANDING = 10;
/**
 * Trust in a sample taken while the valve is open, 0 to 1, in short periods. docs/lab/control.md, "The round for 50 to 80 ms": at 20 ms full
 * trust cost 0.6 to 1 points.
 */
const TRUST_BLEED = 6 / 10;
/** A control period below this is short, ms. */
const SHORT_MS = 40;
/** Percent of the setpoint: no limb falls by more in a tick in which it had to be bled. Set by bench:control on the project's draw. */
const NO_LIMB_PERCENT = 20;
/** Suction is believed up to this multiple of the drop that the pump's flow makes over the same hose. Set by bench:control on the project's draw. */
const SUCTION_OF_DROP = 2;
/** Share of an impossible fall, one in two, that is put down to suction at a time. Set by bench:control on the project's draw. */
const SUCTION_STEP = 2;
/** Highest suction that a valve test may give, mmHg: twice the 40 mmHg of the worst 5 % of the plant model. */
const SUCTION_MAX_MMHG = 80;
/** Suction before it is measured, mmHg: near the plant model's smallest, 0.7, so that no fall is made up. */
export const FIRST_SUCTION_MMHG = 1;

/** Written in this file only. */
export interface FlowState {
  /** What pump and valve did to the pressure, slowly forgotten. `limbMmHg + ownAirMmHg` is the pressure in the cuff. */
  ownAirMmHg: MmHg;
  /** What the cuff would show without our own air. */
  limbMmHg: MmHg;
  /** Length of the last tick in control periods. */
  tickSlots: number;
  /** Modelled speed of the pump, 0 to 1. */
  pumpSpeed: number;
  /** Cuff above reading while the valve is open: what the flow draws at the sensor. */
  valveSuctionMmHg: MmHg;
  /** Open time of the last bleed while the next sample may still show it, else 0. */
  pendingBleedMs: Ms;
  /** Own air put in since the balance began. */
  pumpedMmHg: MmHg;
  /** Own air let out since the balance began. */
  bledMmHg: MmHg;
}

type FlowOwner = ReadonlyRegulator & FlowState;

/**
 * Once a tick, before anything is decided. Pump speed by a first-order lag, rise by the mean of two speeds; the drop over the hose goes
 * with the square of the flow. What was sent a tick ago was written when that tick was nearly over: the sample does not show all of it yet.
 */
export function seeFlow(r: FlowOwner, t: RegulateTick): void {
  const was = r.pumpSpeed;
  let speed = 0;
  if (t.outPump > 0) speed = 1 - (1 - was) * r.spinUpKept;
  else if (was * STANDING > 1) speed = was * r.coastKept;
  const slots = t.dt / r.periodMs;
  r.tickSlots = slots;
  const rise = (was + speed) * r.pumpHalfTickMmHg * slots;
  const air = r.ownAirMmHg * r.airKept + rise;
  r.ownAirMmHg = air;
  r.pumpedMmHg += rise;
  r.pumpSpeed = speed;
  const then = speed + (was - speed) * r.unseenShare;
  const seen = t.measuredMmHg - r.pumpDropMmHg * then * then - air + rise * r.unseenShare;
  if (t.outBleedMs > 0 || r.pendingBleedMs > 0 || !t.fresh) seeApart(r, t, seen);
  else r.limbMmHg = seen;
}

/**
 * The same with an open valve, or without a new sample: then the limb does as it did a cycle ago. `seen`: what the sample shows of the limb
 * if nothing was let out.
 */
function seeApart(r: FlowOwner, t: RegulateTick, seen: MmHg): void {
  const bleed = t.outBleedMs;
  const open = bleed > 0 && bleed > r.valveDeadMs ? bleed - r.valveDeadMs : 0;
  const fall = open * r.valveMmHgPerMs;
  r.ownAirMmHg -= fall;
  r.bledMmHg += fall;
  if (t.fresh) seeBleed(r, t.dt - r.sampleAgeMs - r.actingMs - OPEN_MS, seen, open);
  else r.limbMmHg += lastCycleStep(r);
}

/**
 * A sample of `atMs` after the valve opened. Taken before it shuts, it reads low and only a part of the air has gone; one of before this
 * bleed may still show the one before.
 */
function seeBleed(r: FlowOwner, atMs: number, seen: MmHg, openMs: number): void {
  if (atMs >= openMs) {
    r.limbMmHg = seen + openMs * r.valveMmHgPerMs;
    r.pendingBleedMs = 0;
    return;
  }
  let shown = seen + atMs * r.valveMmHgPerMs + r.valveSuctionMmHg;
  if (atMs < DRAWS_MS) {
    const left = r.pendingBleedMs - atMs - r.periodMs;
    shown = left > 0 ? seen + r.valveSuctionMmHg - left * r.valveMmHgPerMs : seen;
    r.pendingBleedMs = openMs;
  }
  const lost = r.limbMmHg - shown;
  if (!r.fill.valveTested && lost * 100 > r.targetMmHg * NO_LIMB_PERCENT) shown += moreSuction(r, lost);
  if (r.periodMs < SHORT_MS) blendWithCycle(r, shown);
  else r.limbMmHg = shown;
}

/**
 * Before the valve test the suction is a guess. A fall that no limb makes is put down to it in part. Returns by how much the suction grew.
 */
function moreSuction(r: FlowOwner, lost: MmHg): MmHg {
  const was = r.valveSuctionMmHg;
  const suction = was + lost / SUCTION_STEP;
  const most = r.pumpDropMmHg * SUCTION_OF_DROP;
  if (most <= was) return 0;
  r.valveSuctionMmHg = suction > most ? most : suction;
  return r.valveSuctionMmHg - was;
}

/** The suction is known only roughly: what the last cycle did counts for the rest. */
function blendWithCycle(r: FlowOwner, shown: MmHg): void {
  const expected = r.limbMmHg + lastCycleStep(r);
  r.limbMmHg = expected + (shown - expected) * TRUST_BLEED;
}

/** How far the limb went in this tick of the last cycle; 0 without a rhythm. */
function lastCycleStep(r: ReadonlyRegulator): MmHg {
  if (r.mode !== MODE_LOCKED && r.mode !== MODE_LATE) return 0;
  const back = r.newestSlot - r.lagSlots;
  return waveAt(r, back + r.tickSlots) - waveAt(r, back);
}

/** Believes that the whole of `rawMmHg` is the limb's: no own air is counted any more. */
export function restartAir(r: FlowOwner, rawMmHg: MmHg): void {
  r.ownAirMmHg = 0;
  r.limbMmHg = rawMmHg;
}

/** Believes `mmHg` of the limb, whatever the own air is. */
export function setLimb(r: FlowOwner, mmHg: MmHg): void {
  r.limbMmHg = mmHg;
}

/** Counts own air from 0 again. */
export function restartSums(r: FlowOwner): void {
  r.pumpedMmHg = 0;
  r.bledMmHg = 0;
}

/** What the valve test has measured, kept between 0 and the highest that is believed. */
export function setSuction(r: FlowOwner, mmHg: MmHg): void {
  r.valveSuctionMmHg = mmHg < 0 ? 0 : mmHg > SUCTION_MAX_MMHG ? SUCTION_MAX_MMHG : mmHg;
}

/** Vented: no flow is under way and no air is ours. What is known of the parts stays. */
export function resetFlow(r: FlowOwner): void {
  r.pumpSpeed = 0;
  r.pendingBleedMs = 0;
  r.ownAirMmHg = 0;
}
