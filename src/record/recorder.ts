/**
 * The flight recorder: the last minutes of ticks in a ring in RAM, and running sums for the session's
 * summary. Fills up without allocating; it is written to flash only after the vent, by the loop.
 */
import type { Tick } from '../ports.ts';

/** Ticks kept: 80 s at 40 ms. */
export const RING_TICKS = 2000;
/** Values a tick: raw and setpoint in tenths of a mmHg, pump permille, bleed ms (-1 = vented). */
export const RING_FIELDS = 4;

export interface Recorder {
  readonly ring: Int16Array;
  /** Next row, and rows written since the start. */
  row: number;
  rows: number;
  // sums of the session under way, from what the firmware can see
  moveMs: number;
  moveInMs: number;
  restMs: number;
  restInMs: number;
  errorSum: number;
  peak: number;
  pumpMs: number;
  pumpStarts: number;
  valveActions: number;
  pressureMs: number;
  wasPumping: boolean;
  /** Phases of the session in order, three numbers each: phase, step, s; the oldest are kept. */
  phases: number[];
  phaseFrom: number;
  /** When the pressure was last taken into the sums, ms. */
  heldAt: number;
}

export function createRecorder(): Recorder {
  return {
    ring: new Int16Array(RING_TICKS * RING_FIELDS),
    row: 0,
    rows: 0,
    moveMs: 0,
    moveInMs: 0,
    restMs: 0,
    restInMs: 0,
    errorSum: 0,
    peak: 0,
    pumpMs: 0,
    pumpStarts: 0,
    valveActions: 0,
    pressureMs: 0,
    wasPumping: false,
    phases: [],
    phaseFrom: 0,
    heldAt: 0,
  };
}

/** Start the sums of a new session. */
export function resetRecorder(r: Recorder): void {
  r.rows = 0;
  r.moveMs = 0;
  r.moveInMs = 0;
  r.restMs = 0;
  r.restInMs = 0;
  r.errorSum = 0;
  r.peak = 0;
  r.pumpMs = 0;
  r.pumpStarts = 0;
  r.valveActions = 0;
  r.pressureMs = 0;
  r.wasPumping = false;
  r.phases = [];
}

/** Append one tick to the ring. */
export function recordTick(r: Recorder, t: Tick): void {
  const i = r.row * RING_FIELDS;
  r.ring[i] = t.raw * 10;
  r.ring[i + 1] = t.setpoint === null ? -1 : t.setpoint * 10;
  r.ring[i + 2] = t.outPump;
  r.ring[i + 3] = t.outVent ? -1 : t.outBleedMs;
  r.row = r.row + 1 < RING_TICKS ? r.row + 1 : 0;
  r.rows++;
  countActions(r, t);
}

function countActions(r: Recorder, t: Tick): void {
  const pumping = t.outPump > 0;
  if (pumping) r.pumpMs += t.dt;
  if (pumping && !r.wasPumping) r.pumpStarts++;
  r.wasPumping = pumping;
  if (t.outBleedMs > 0) r.valveActions++;
  if (!t.outVent) r.pressureMs += t.dt;
}

/** The time since the last look, in a phase that holds a setpoint, goes to the session's sums. `moving`: work, else rest with the cuff on. */
export function recordHold(r: Recorder, t: Tick, moving: boolean): void {
  const ms = t.now - r.heldAt;
  r.heldAt = t.now;
  const setpoint = t.setpoint;
  if (setpoint === null) return;
  const error = t.raw - setpoint;
  const size = error < 0 ? -error : error;
  r.errorSum += error * ms;
  if (t.raw > r.peak) r.peak = t.raw;
  if (moving) {
    r.moveMs += ms;
    if (size * 10 <= setpoint) r.moveInMs += ms;
  } else {
    r.restMs += ms;
    if (size * 20 <= setpoint) r.restInMs += ms;
  }
}

/** Numbers kept of phases: 60 of them. */
const MAX_PHASES = 180;

/** A phase has ended at `now`. */
export function recordPhase(r: Recorder, phase: number, step: number, now: number): void {
  const seconds = Math.round((now - r.phaseFrom) / 1000);
  r.phaseFrom = now;
  if (r.phases.length >= MAX_PHASES) return;
  r.phases.push(phase);
  r.phases.push(step);
  r.phases.push(seconds);
}
