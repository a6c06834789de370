import type { MmHg, Ms } from '../units.ts';
import type { ControlSettings } from './settings.ts';

/** `Regulator.mode`: what the regulator is at. */
export const MODE_VENTED = 0;
export const MODE_FILL = 1;
export const MODE_SETTLE = 2;
export const MODE_TEST = 3;
export const MODE_REST = 4;
export const MODE_LOOSE = 5;
export const MODE_LOCKED = 6;
export const MODE_LATE = 7;
export const MODE_LOWER = 8;

/** Slots of the ring that holds the limb's wave, one a tick while it moves: 5 s at 10 ms, 25 s at 50 ms. */
export const SLOTS = 512;
export const SLOT_MASK = 511;
/** `Regulator.valley`: nothing was found yet. Far above limb + pump over the slots of hours. */
export const NONE = 1000000000;

/** What was seen since the cuff was last filled from empty; for the message after the session. Whole counts. */
export interface ControlReport {
  /** Movement cycles while locked, and those whose valley / peak left the +-10 % band. */
  cycles: number;
  low: number;
  high: number;
  /** Cycles in which the pump ran nearly all the time and the valley was still too low: the pump is too weak. */
  weak: number;
  /** Pump time, ms, and bleeds. */
  pumpMs: number;
  bleeds: number;
  /** Times the rhythm was lost. */
  losses: number;
}

/**
 * The regulator's memory. Often used fields first: the interpreter finds a field by walking the record, and a record in the record is
 * dearer still. Pressures in mmHg, times in ms, rates in mmHg per ms; places and lengths of the ring in slots = ticks.
 */
export interface Regulator {
  /** The setpoint held; -1 = vented. */
  target: MmHg;
  mode: number;
  /** What pump and valve did to the pressure, slowly forgotten. `limb + air` = pressure in the cuff. */
  air: MmHg;
  /** Share of `air` that is left after a tick. */
  keepAir: number;
  /** What the cuff would show without our own air. */
  limb: MmHg;

  /** Newest slot of the ring. */
  slot: number;
  ring: Float32Array;
  /** Forecast: from the newest slot to the one that tells what comes next (negative), and to the one of now. */
  ahead: number;
  here: number;
  /** Share of the way from that slot back to the one before; and what the slots before hold. */
  part: number;
  laterWas: MmHg;
  hereWas: MmHg;
  soon: MmHg;
  /** The last cycle at the next slot, known from the forecast of a tick ago if that looks one tick ahead (`near`). */
  lagged: MmHg;
  near: boolean;
  /** 1 = waiting for the rise that makes an event, -1 = for the fall that arms it. */
  sign: number;
  /** Lowest sign x limb since the last crossing, and the one that makes the next crossing. */
  edge: MmHg;
  mark: MmHg;
  /** What the valve is counted on for in a tick ahead: it is open in part of the ticks only. */
  downTick: MmHg;
  /** Rise of the pump at full speed in a tick; lowest limb + that x its slot, since the last event. */
  upTick: MmHg;
  valley: MmHg;
  /** Modelled pump speed, 0..1. */
  speed: number;
  coastTick: MmHg;
  /** Rise that the pump loses while it spins up. */
  spinTick: MmHg;
  /** The valley that the pump must be ready for: slot and limb. */
  due: number;
  ready: MmHg;
  dueLimb: MmHg;
  /** Distances of the acting edges from the target. */
  lower: MmHg;
  upper: MmHg;
  /** The slot at which `watch` has to look: the valley has passed, the event is late, or a job waits. */
  watchAt: number;

  // with moving air
  keepUp: number;
  upHalf: MmHg;
  keepDown: number;
  /** Pressure rise per ms of full pump and fall per ms of open valve, at the target's pressure. */
  up: number;
  down: number;
  /** Manifold above cuff with the pump at full speed, cuff above manifold with the valve open. */
  drop: MmHg;
  suck: MmHg;
  /** Open time of the last bleed while a slow sensor's next sample may still show it, else 0. */
  shows: Ms;
  /** Time of a bleed that does nothing (negative: the valve shuts later than it opens). */
  deadMs: number;
  ageMs: Ms;
  /** The sample shows the tick before rather than this one; its age in slots. */
  old: boolean;
  ageSlots: number;
  /** Own air put in and let out since the books were opened. */
  raised: MmHg;
  lowered: MmHg;
  /** What a bleed may take beyond what the pump is sure to bring back, and the highest peak let through. */
  bonus: MmHg;
  cap: MmHg;
  /** Crests above this are too near to LOP; and how much lower both edges lie because of such crests. */
  room: MmHg;
  lid: MmHg;
  /** Highest and lowest error since the last event, as far as they called for something. */
  top: MmHg;
  bottom: MmHg;
  /** Place of the valley under way, its limb. */
  valleyAt: number;
  valleyLimb: MmHg;

  /** True once the setpoint was reached: holding from here on. */
  filled: boolean;
  /** Lag of the forecast in slots; 0 = no rhythm known. */
  lag: number;
  /** Next job after an event, 0 = none; slots at which the event is late, and at which the rhythm is given up. */
  job: number;
  lateAt: number;
  endAt: number;
  /** Resting level of the limb, slow mean; ms for which the limb has been still; speed of the limb. */
  base: MmHg;
  stillMs: Ms;
  slope: number;
  limbWas: MmHg;
  /** Pulse of the pump under way: ms left. Nothing is started before `blankUntil`. */
  pulseMs: Ms;
  blankUntil: Ms;
  since: Ms;
  /** Lower edge while peaks stay inside the band. */
  normal: MmHg;
  period: Ms;
  beat: BeatState;
  fill: FillState;
  settings: ControlSettings;
  report: ControlReport;
  /** `up` and `down` as they were identified, or the defaults; true once measured. */
  upFirst: number;
  downFirst: number;
  upKnown: boolean;
  downKnown: boolean;
}

/** Rhythm of the movement: rises through a level of the limb's wave, in slots. */
export interface BeatState {
  /** Extremes of the wave, slowly forgotten, and of the cycle under way. */
  high: MmHg;
  low: MmHg;
  span: MmHg;
  topNow: MmHg;
  /** Places of the last events, newest first, and how many there are. */
  at0: number;
  at1: number;
  at2: number;
  at3: number;
  count: number;
  /** The movement has just begun: no event of it yet. */
  fresh: boolean;
  /** Slow mean of the distance; distances in a row that did not fit. */
  period: number;
  odd: number;
  /** Peaks of the last humps, distances before; how unlike a hump is to the last and to the one before that. */
  top0: MmHg;
  top1: MmHg;
  top2: MmHg;
  gap1: number;
  gap2: number;
  unlikeOne: MmHg;
  unlikeTwo: MmHg;
  /** True = two events make a cycle. */
  pairs: boolean;
  /** Valleys before the last three events: place and limb. */
  valleyAt0: number;
  valleyAt1: number;
  valleyAt2: number;
  valley0: MmHg;
  valley1: MmHg;
  valley2: MmHg;
  /** When the books were opened, and the pressure then. */
  learnAt: Ms;
  learnMmHg: MmHg;
  /** `raised` at the last event. */
  pumped: MmHg;
}

/** Memory of filling and of the valve test; used seldom. */
export interface FillState {
  /** Reading at the pump's start, and the jump seen just after it (the drop over the hose); -1 = not yet. */
  startMmHg: MmHg;
  jump: MmHg;
  /** Level and speed of the reading in the fill, mmHg and mmHg/ms; share of time that the pump is on. */
  level: MmHg;
  rate: number;
  duty: number;
  /** Reading expected after the coast-down when the pump was stopped, without any drop. */
  stopMmHg: MmHg;
  /** Settling pulses given. */
  pulses: number;
  /** Valve test: open time given and left (-1 = not begun), sum and count of readings, level before. */
  openMs: Ms;
  leftMs: Ms;
  sum: MmHg;
  count: number;
  before: MmHg;
  /** Reading with the valve open. */
  opened: MmHg;
  tested: boolean;
}
