/**
 * The one record that travels through a tick, and who may write what of it. It is made of slices. Each slice has one
 * writer; every other stage sees it as read-only, and the types below say so. Nobody keeps a reference to a slice.
 * Must never be kept by reference.
 */
import type { ReadBack } from './ports.ts';
import type { MmHg, Ms, Permille } from './units.ts';

/** Turns of the work that is spread over four ticks: `Clock.turn`. */
export const TURN_LOOK = 0;
export const TURN_ASK = 1;
export const TURN_CLOSE = 2;
export const TURN_BOOK = 3;

/** When this tick is. Written by src/loop.ts. */
export interface Clock {
  /** Time of this tick and time since the last one, ms. */
  now: Ms;
  dt: Ms;
  /** The control period that the loop runs at, ms: that of the board, 10..50 with an outside plant. Constant. */
  readonly period: Ms;
  /** Ticks since boot. */
  count: number;
  /** 0..3, one more each tick, TURN_*: which part of the slow work is done in this tick. */
  turn: number;
}

/** What the sensor says. Written by src/sensing/sensing.ts; a rule that finds the reading implausible may raise `doubtful` (safety/). */
export interface Sample {
  /** Gauge pressure of the newest believed conversion, unfiltered. NaN until the first. */
  measuredMmHg: MmHg;
  /** True on ticks that brought a new, plausible conversion. */
  fresh: boolean;
  /** True while the sample must not be pumped on: nothing new, faulty, implausible or not zeroed. */
  doubtful: boolean;
  /** Smoothed gauge pressure, for slow decisions and displays. */
  filteredMmHg: MmHg;
}

/** What is asked for. Written by src/demand.ts, on behalf of a session, a measurement or an outside plant. */
export interface Demand {
  /** null = vented and stay vented; 0 never stands for it. */
  setpoint: MmHg | null;
  /** Pressure that no peak should pass: the smaller of the hard cap and the wearer's share of LOP. */
  capMmHg: MmHg;
  /** True: keep the cuff shut and untouched, a measurement is listening. The supervisor sees it and mutes what it would disturb. */
  quiet: boolean;
  /** When the demand was worked out last, and how long after the time before, ms: a session under pressure is asked once in four ticks. */
  askedAt: Ms;
  lapMs: Ms;
}

/** What the regulator proposes for the coming period. Written by src/control/regulator.ts and the steps that it calls. */
export interface Proposal {
  pump: Permille;
  bleedMs: Ms;
  vent: boolean;
}

/** What was really sent. Written by src/safety/gate.ts; src/outputs.ts takes `changed` back once it has sent it. */
export interface Command {
  outPump: Permille;
  outBleedMs: Ms;
  outVent: boolean;
  /** Pump duty that has been sent and may stand, with the valve held shut; NaN = the outputs are anything else. */
  steady: Permille;
  /** The outputs are to be written: what was sent last is not what stands above. */
  changed: boolean;
}

/** The whole record. `ReadBack` is written by the board's monitor port, in TURN_LOOK. */
export type Tick = Clock & Sample & ReadBack & Demand & Proposal & Command;

/** The record as each stage sees it: what it may write, and the rest read-only. */
export type SenseTick = Readonly<Tick> & Sample;
export type AssessTick = Readonly<Tick> & Pick<Sample, 'doubtful'>;
export type DemandTick = Readonly<Tick> & Demand;
export type RegulateTick = Readonly<Tick> & Proposal;
export type GateTick = Readonly<Tick> & Command;
export type ReadTick = Readonly<Tick>;

/**
 * A vented cuff about which nothing is known yet. Made once, at boot. What a tick reads most comes first: the interpreter finds a field by
 * walking the record.
 */
export function createTick(periodMs: Ms, readsTerminals?: boolean): Tick {
  return {
    measuredMmHg: Number.NaN,
    turn: -1,
    setpoint: null,
    now: 0,
    outPump: 0,
    outBleedMs: 0,
    outVent: true,
    filteredMmHg: Number.NaN,
    dt: 0,
    count: 0,
    pump: 0,
    bleedMs: 0,
    changed: false,
    fresh: false,
    doubtful: true,
    steady: Number.NaN,
    lapMs: 0,
    vent: true,
    quiet: false,
    period: periodMs,
    askedAt: 0,
    capMmHg: 0,
    railMv: 0,
    pumpMv: 0,
    valveMv: 0,
    driverFaults: 0,
    readsTerminals: readsTerminals === true,
  };
}
