/**
 * What the device is doing, as one small number: shown, logged and compared between the simulation levels. A number must never change its
 * meaning: old records hold it.
 */

export const PHASE_IDLE = 0;
/** Checking and zeroing before a fill: vented, flat trace, everything well. */
export const PHASE_READY = 1;
export const PHASE_FILL = 2;
export const PHASE_WORK = 3;
/** Rest with the cuff on. */
export const PHASE_REST = 4;
/** Rest with the cuff released. */
export const PHASE_RELEASED = 5;
/** The end, or a stop: vented, waiting for the pressure to be gone. */
export const PHASE_DEFLATE = 6;
export const PHASE_DONE = 7;
/** A trip is latched: vented until acknowledged. */
export const PHASE_TRIPPED = 8;
/** Measuring limb occlusion pressure. */
export const PHASE_LOP = 9;
/** Stopped by the wearer in mid-session: vented, can be continued or ended. */
export const PHASE_PAUSED = 10;

/** Asking in which posture the occlusion pressure is to be measured: 1, 2 or 3 presses answer. */
export const PHASE_POSTURE = 11;

/** Names in the order of the codes, for logs, reports and the link; not used in a tick. */
export function phaseName(phase: number): string {
  const names = 'idle ready fill work rest released deflate done tripped lop paused posture'.split(' ');
  return names[phase] ?? 'unknown';
}

/** True in phases in which the cuff may hold pressure. */
export function isPressurePhase(phase: number): boolean {
  return phase === PHASE_FILL || phase === PHASE_WORK || phase === PHASE_REST || phase === PHASE_LOP;
}
