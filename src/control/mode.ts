/**
 * What the regulator is doing, and since when. Knows nothing of pressure; the stages of the other files ask for a change of mode here,
 * and must never write it themselves.
 */
import type { Ms } from '../units.ts';
import type { ReadonlyRegulator } from './state.ts';

/** No setpoint: the cuff is vented. */
export const MODE_VENTED = 0;
/** The pump fills the cuff towards the setpoint. */
export const MODE_FILL = 1;
/** After a fill: look with the flow off, add what is missing. */
export const MODE_SETTLE = 2;
/** A short bleed measures the valve. */
export const MODE_TEST = 3;
/** The limb is still. */
export const MODE_REST = 4;
/** The limb moves, no rhythm is known. */
export const MODE_LOOSE = 5;
/** The limb moves in a known rhythm. */
export const MODE_LOCKED = 6;
/** In rhythm, but the next event is late. */
export const MODE_LATE = 7;
/** The setpoint lies far below the pressure: air is let out. */
export const MODE_LOWER = 8;

/** Written in this file only. */
export interface ModeState {
  /** One of `MODE_*`. */
  mode: number;
  /** Time at which the mode's present piece of work began, or to which it waits. */
  modeSinceMs: Ms;
}

type ModeOwner = ReadonlyRegulator & ModeState;

/** Changes the mode. What belongs to the new mode is prepared by the caller. */
export function setMode(r: ModeOwner, mode: number): void {
  r.mode = mode;
}

/** Notes when a piece of work began, or until when it waits. */
export function setSince(r: ModeOwner, atMs: Ms): void {
  r.modeSinceMs = atMs;
}
