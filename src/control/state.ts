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

/** What the cuff's parts were found to do, at the target's pressure. Kept over sets and resets: the plant stays. */
export interface PlantModel {
  /** Pressure rise per ms of full pump, and fall per ms of open valve, mmHg/ms. */
  up: number;
  down: number;
  /** Time of a bleed that does nothing (the valve opens later than it shuts), ms. */
  deadMs: number;
  /** Manifold above cuff with the pump at full speed, mmHg. */
  drop: MmHg;
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
  keepDown: number;
  /** Age of a sample when it is handed over. */
  ageMs: Ms;
  settings: ControlSettings;
  report: ControlReport;
  fill: FillState;
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
  /** Valve test: bleeds left to give, bleeds given, error before. */
  bleedsLeft: number;
  bleedsGiven: number;
  before: MmHg;
  tested: boolean;
}

function createFillState(): FillState {
  return {
    startMmHg: 0,
    jump: -1,
    rate: 0,
    stopMmHg: 0,
    pulses: 0,
    bleedsLeft: 0,
    bleedsGiven: 0,
    before: 0,
    tested: false,
  };
}

export function createState(settings: ControlSettings, ageMs: Ms): Regulator {
  return {
    mode: MODE_VENTED,
    filled: false,
    air: 0,
    limb: 0,
    speed: 0,
    speedWas: 0,
    airWas: 0,
    target: 0,
    lower: 0,
    upper: 0,
    plant: { up: 30 / 1000, down: 80 / 1000, deadMs: 4, drop: 1, upKnown: false, downKnown: false },
    ring: new Float32Array(SLOTS),
    slot: 0,
    slotAt: 0,
    limbWas: 0,
    pulseMs: 0,
    blankUntil: 0,
    slope: 0,
    base: 0,
    meanError: 0,
    since: 0,
    stillMs: 0,
    stepFor: 0,
    keepUp: 0,
    keepDown: 0,
    ageMs: ageMs,
    settings: settings,
    report: { cycles: 0, low: 0, high: 0, weak: 0, pumpMs: 0, bleeds: 0 },
    fill: createFillState(),
  };
}
