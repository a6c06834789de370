/**
 * The flight recorder: the last minutes of ticks under pressure in a ring in RAM, and sums for the session's summary. Fills up
 * without allocating. A tick costs two writes and the sums of the envelope: rows come in blocks of four, one a turn, and the rest is read
 * off a whole block in turn 2. Must never be written to flash before the vent.
 */
import type { ControlReport } from '../control/state.ts';
import { PHASE_REST, PHASE_WORK } from '../phases.ts';
import type { ReadTick } from '../tick.ts';
import { blankEntries, clearEntry, type Envelope, endStretch, openStretch } from './envelope.ts';
import { LEVEL_STEPS } from './levels.ts';

/** Rows kept: 102 s at 50 ms, 81 s at 40. In a block the row of turn 3 comes first, then 0, 1, 2. */
export const RING_ROWS = 2048;
export const BLOCK_ROWS = 4;
/** What was sent: permille of the pump, minus ms of a bleed (0 = shut), one of these. */
export const OUT_VENT = -1000;
/** Never written. */
export const OUT_BLANK = -2000;
/** `targets`: a vented block. */
export const NO_TARGET = -1;

export interface Recorder extends Envelope {
  /** Readings of each row in steps, and what was sent. */
  readonly levels: Int16Array;
  readonly outs: Int16Array;
  /** Setpoint of each block in tenths of a mmHg: it changes in turn 1. */
  readonly targets: Int16Array;
  /** First row of the block under way. */
  base: number;
  // sums of the session under way, from what the firmware can see
  moveMs: number;
  moveInMs: number;
  restMs: number;
  restInMs: number;
  errorSum: number;
  /** ms with a setpoint. */
  heldMs: number;
  /** When the session began: pump time, ms, as the supervisor had counted it; pump starts and bleeds as they were sent. */
  pumpMsAt: number;
  pumpStartsAt: number;
  bleedsAt: number;
  /** What the regulator had counted when the session began: movement cycles, too low, too high, too weak. */
  cyclesAt: number;
  lowAt: number;
  highAt: number;
  weakAt: number;
  /** Phases of the session in order, three numbers each: phase, step, s; the oldest are kept. */
  phases: number[];
  phaseFrom: number;
}

/** Sums of a session that has not begun. */
function noSums() {
  return {
    moveMs: 0,
    moveInMs: 0,
    restMs: 0,
    restInMs: 0,
    errorSum: 0,
    peak: 0,
    heldMs: 0,
    pumpMsAt: 0,
    pumpStartsAt: 0,
    bleedsAt: 0,
    cyclesAt: 0,
    lowAt: 0,
    highAt: 0,
    weakAt: 0,
    phases: [],
    phaseFrom: 0,
  };
}

/** An envelope without an entry. */
function noEntries() {
  return {
    low: 0,
    high: 0,
    sum: 0,
    rows: 0,
    entryFrom: 0,
    beganAt: 0,
    inStretch: false,
    entries: blankEntries(),
    used: 0,
  };
}

export function createRecorder(): Recorder {
  const ring = {
    levels: new Int16Array(RING_ROWS),
    outs: new Int16Array(RING_ROWS),
    targets: new Int16Array(RING_ROWS / BLOCK_ROWS),
    base: 0,
  };
  const r: Recorder = Object.assign(Object.assign(ring, noSums()), noEntries());
  clearEntry(r);
  r.outs.fill(OUT_BLANK);
  return r;
}

/** What the outputs have counted since boot. */
export interface SentCounts {
  readonly pumpStarts: number;
  readonly bleeds: number;
}

/** Start the sums of a new session; what regulator, supervisor and outputs count goes on. */
export function resetRecorder(
  r: Recorder,
  report: Readonly<ControlReport>,
  pumpMs: number,
  sent: SentCounts,
): void {
  r.moveMs = 0;
  r.moveInMs = 0;
  r.restMs = 0;
  r.restInMs = 0;
  r.errorSum = 0;
  r.peak = 0;
  r.heldMs = 0;
  r.pumpMsAt = pumpMs;
  r.pumpStartsAt = sent.pumpStarts;
  r.bleedsAt = sent.bleeds;
  r.cyclesAt = report.cycles;
  r.lowAt = report.low;
  r.highAt = report.high;
  r.weakAt = report.weak;
  r.phases = [];
  r.inStretch = false;
  r.used = 0;
  clearEntry(r);
}

/** Highest reading of the session, steps. */
export function peakOf(r: Readonly<Recorder>): number {
  return r.high > r.peak ? r.high : r.peak;
}

/** False until a block of this power-up is whole. */
export function hasRows(r: Readonly<Recorder>): boolean {
  return r.base > 0 || r.outs[RING_ROWS - 2] !== OUT_BLANK;
}

/** Append one tick under pressure to the ring; a pump and a bleed never go together. */
export function recordTick(r: Recorder, t: ReadTick, phase: number): void {
  const level = t.measuredMmHg * LEVEL_STEPS;
  const row = r.base + t.turn;
  r.levels[row] = level;
  r.outs[row] = t.outVent ? OUT_VENT : t.outPump - t.outBleedMs;
  if (level < r.low) r.low = level;
  if (level > r.high) r.high = level;
  r.sum += level;
  r.rows++;
  if (t.turn === 2) closeBlock(r, t, phase);
}

/** The setpoint of the block, its sums, and on to the next one. */
function closeBlock(r: Recorder, t: ReadTick, phase: number): void {
  const base = r.base;
  const setpoint = t.setpoint;
  r.targets[base >> 2] = setpoint === null ? NO_TARGET : setpoint * 10;
  if (setpoint !== null) countHold(r, t, setpoint, phase);
  if (!r.inStretch) openStretch(r, t.now);
  const next = base + BLOCK_ROWS < RING_ROWS ? base + BLOCK_ROWS : 0;
  r.base = next;
  blank(r.outs, next);
}

/** One by one: `fill` walks to its first row from the start of the ring. */
function blank(outs: Int16Array, row: number): void {
  outs[row] = OUT_BLANK;
  outs[row + 1] = OUT_BLANK;
  outs[row + 2] = OUT_BLANK;
  outs[row + 3] = OUT_BLANK;
}

/** The time since the last turn goes to the sums of a phase that holds a setpoint: work, or rest with the cuff on. */
function countHold(r: Recorder, t: ReadTick, setpoint: number, phase: number): void {
  const ms = t.lapMs;
  r.heldMs += ms;
  const error = t.measuredMmHg - setpoint;
  const size = error < 0 ? -error : error;
  if (phase === PHASE_WORK) {
    r.moveMs += ms;
    if (size * 10 <= setpoint) r.moveInMs += ms;
  } else if (phase === PHASE_REST) {
    r.restMs += ms;
    if (size * 20 <= setpoint) r.restInMs += ms;
  } else return;
  r.errorSum += error * ms;
}

/** Numbers kept of phases: 60 of them. */
const MAX_PHASES = 180;

/** A phase has ended at `now`. The first that ends is the wait before the session. */
export function recordPhase(r: Recorder, phase: number, step: number, now: number): void {
  if (r.phases.length === 0) r.beganAt = now;
  endStretch(r);
  const seconds = Math.round((now - r.phaseFrom) / 1000);
  r.phaseFrom = now;
  if (r.phases.length >= MAX_PHASES) return;
  r.phases.push(phase);
  r.phases.push(step);
  r.phases.push(seconds);
}
