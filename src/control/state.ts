import type { MmHg, Ms } from '../units.ts';
import type { ControlSettings } from './settings.ts';

/** `Regulator.mode`: index into the table of modes in regulator.ts. */
export const MODE_VENTED = 0;
export const MODE_FILL = 1;
export const MODE_SETTLE = 2;
export const MODE_TEST = 3;
export const MODE_REST = 4;
export const MODE_LOOSE = 5;
export const MODE_LOCKED = 6;
export const MODE_LOWER = 7;

/** Slots of the ring that holds the limb's wave, one every SLOT_MS: 5.1 s. */
export const SLOTS = 128;
export const SLOT_MASK = 127;
export const SLOT_MS = 40;
/** The ring's first slots once more behind its end, so that neighbours need no wrapping. */
export const SLOT_PAD = 8;

/** What the cuff's parts were found to do, at the target's pressure. Kept over sets and resets: the plant stays. */
export interface PlantModel {
  /** Pressure rise per ms of full pump, and fall per ms of open valve, mmHg/ms. */
  up: number;
  down: number;
  /** Time of a bleed that does nothing (the valve opens later than it shuts), ms. */
  deadMs: number;
  /** Manifold above cuff with the pump at full speed, mmHg. */
  drop: MmHg;
  /** Cuff above manifold with the valve open, mmHg. */
  suck: MmHg;
  /** `up` and `down` as they were identified, or the defaults: what is learnt later stays near them. */
  upFirst: number;
  downFirst: number;
  /** True once measured, false for the defaults. */
  upKnown: boolean;
  downKnown: boolean;
}

/** What was seen since the setpoint was given; for the message after the session. Whole counts. */
export interface ControlReport {
  /** Movement cycles while locked, and those whose valley / peak left the +-10 % band. */
  cycles: number;
  low: number;
  high: number;
  /** Cycles in which the pump ran nearly all the time and the valley was still too low: the pump is too weak. */
  weak: number;
  /** Pump time, ms, and bleeds since the setpoint was given. */
  pumpMs: number;
  bleeds: number;
  /** Times the rhythm was lost. */
  losses: number;
}

/**
 * The regulator's whole memory. Often used fields first: the interpreter finds a field by walking the record.
 * Pressures in mmHg, times in ms, rates in mmHg per ms.
 */
export interface Regulator {
  mode: number;
  /** True once the setpoint was reached: holding from here on. */
  filled: boolean;
  /** Sum of what pump and valve did to the pressure since `air` was last set to zero. */
  air: MmHg;
  /** Limb pressure: what the cuff would show without our own air. `limb + air` = pressure in the cuff. */
  limb: MmHg;
  /** Modelled pump speed, 0..1, now and at the tick before. */
  speed: number;
  speedWas: number;
  airWas: MmHg;
  target: MmHg;
  /** Distances of the acting edges from the target. */
  lower: MmHg;
  upper: MmHg;
  plant: PlantModel;
  /** Samples per slot and place of the next slot. */
  ring: Float32Array;
  slot: number;
  slotAt: Ms;
  limbWas: MmHg;
  /** Pulse of the pump under way: ms left. */
  pulseMs: Ms;
  /** Nothing is started before this time. */
  blankUntil: Ms;
  /** Speed of the limb's pressure, smoothed, mmHg/ms. */
  slope: number;
  /** Resting level of the limb, slow mean. */
  base: MmHg;
  /** Slow mean of the error at rest. */
  meanError: MmHg;
  /** Start of the mode, and of anything the mode times. */
  since: Ms;
  /** Ms for which the limb has been still. */
  stillMs: Ms;
  /** Speed factors of spin-up and coast-down for the period `stepFor`. */
  stepFor: Ms;
  keepUp: number;
  /** dt as shares of the time constants of forgetting, of the offset and of the miss; dt and a valve's lead. */
  forget: number;
  ofOffset: number;
  ofMiss: number;
  ventLead: Ms;
  /** Sample age as a share of dt (at most 1), and in slots. */
  back: number;
  ageSlots: number;
  keepDown: number;
  /** Age of a sample when it is handed over. */
  ageMs: Ms;
  settings: ControlSettings;
  report: ControlReport;
  fill: FillState;
  /** Lag of the forecast, ms: the time since the matching event one cycle ago; 0 = no rhythm known. */
  lag: Ms;
  /** Limb one lag ago, how far the limb is from it now, and the slow mean of that. */
  lagged: MmHg;
  /** The same 40 and 80 ms ahead of now. */
  soon: MmHg;
  later: MmHg;
  shift: MmHg;
  offset: MmHg;
  /** Slow mean of how far the forecast was off. */
  miss: MmHg;
  /** Highest and lowest error of the cycle under way, and the pump time when it began. */
  top: MmHg;
  bottom: MmHg;
  pumpedMs: Ms;
  /** Lower edge while peaks stay inside the band. */
  normal: MmHg;
  cap: MmHg;
  /** What a bleed may take beyond what the pump is sure to bring back. */
  bonus: MmHg;
  /** Next job after an event, 0 = none. */
  job: number;
  beat: BeatState;
  valley: Turns;
  crest: Turns;
  /** Open time of the bleeds of the last two periods. */
  bleedWas: Ms;
  bleedNow: Ms;
}

/** Rhythm of the movement: rising crossings of a level of the limb's wave. */
export interface BeatState {
  armed: boolean;
  /** Levels of the limb that make an event and that arm the next. */
  level: MmHg;
  arm: MmHg;
  /** Extremes of the wave, slowly forgotten. */
  high: MmHg;
  low: MmHg;
  /** Their distance. */
  span: MmHg;
  /** Times of the last events, newest first, and how many there are. */
  at0: Ms;
  at1: Ms;
  at2: Ms;
  at3: Ms;
  count: number;
  /** Slow mean of the distance, ms; distances in a row that did not fit. */
  period: Ms;
  odd: number;
  /** Highest limb since the last event, and of the humps before; distances of the events before. */
  top: MmHg;
  top0: MmHg;
  top1: MmHg;
  top2: MmHg;
  gap1: Ms;
  gap2: Ms;
  /** How unlike a hump is to the last and to the one before that; true = two events make a cycle. */
  unlikeOne: MmHg;
  unlikeTwo: MmHg;
  pairs: boolean;
  /** Own air put in and let out in the cycle under way, by the model. */
  raised: MmHg;
  lowered: MmHg;
  /** When these books were opened, and the pressure then. */
  learnAt: Ms;
  learnMmHg: MmHg;
}

/** Turns kept. */
export const TURNS = 8;
export const TURN_MASK = 7;
/** Due time of a turn that is not known, ms. */
export const NEVER = 2000000000;

/**
 * Turns of the wave as an actuator sees them. Valleys: minima of limb + up x time; before one of them the limb falls faster than the
 * pump can follow, so what is too low there must be put in before. Crests: the same for minus the limb and the valve.
 */
export interface Turns {
  at: Float32Array;
  limb: Float32Array;
  count: number;
  /** Next turn of the forecast. */
  next: number;
  falling: boolean;
  /** Extreme since the last turn, its limb and time. */
  edge: MmHg;
  edgeLimb: MmHg;
  edgeAt: Ms;
  /** The next turn of the forecast and the one after: when it is due, and its limb. Far away when none is known. */
  due: Ms;
  dueLimb: MmHg;
  due2: Ms;
  due2Limb: MmHg;
}

/** Memory of filling and of the valve test; used seldom. */
export interface FillState {
  /** Reading at the pump's start, and the jump seen just after it (the drop over the hose); -1 = not yet. */
  startMmHg: MmHg;
  jump: MmHg;
  /** Speed of the reading in the fill, mmHg/ms. */
  rate: number;
  /** Reading expected after the coast-down when the pump was stopped, without any drop. */
  stopMmHg: MmHg;
  /** Settling pulses given. */
  pulses: number;
  /** Speed over the longer stretch. */
  slow: number;
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
