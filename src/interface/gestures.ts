/**
 * From button edges to gestures, on a vented cuff only: a press under pressure has vented before it comes
 * here and is consumed. A hold is recognised when its time is reached, not at the release.
 */
import type { Ms } from '../units.ts';

export const GESTURE_NONE = 0;
/** Pressed and let go within SHORT_MS. */
export const GESTURE_SHORT = 1;
/** Held for HOLD_MS. */
export const GESTURE_HOLD = 2;
/** Held for SERVICE_MS. */
export const GESTURE_SERVICE = 3;

export const SHORT_MS = 800;
export const HOLD_MS = 2000;
export const SERVICE_MS = 5000;
/** Down for longer than this: the button is stuck. */
export const STUCK_MS = 15000;

export interface Gestures {
  /** Time of the press under way, -1 = none. */
  downAt: Ms;
  /** True when the press has done its work (it vented) and its release means nothing. */
  consumed: boolean;
  /** GESTURE_* waiting to be taken by the tick. */
  pending: number;
}

export function createGestures(): Gestures {
  return { downAt: -1, consumed: false, pending: GESTURE_NONE };
}

export function gestureDown(g: Gestures, now: Ms, consumed: boolean): void {
  g.downAt = now;
  g.consumed = consumed;
}

export function gestureUp(g: Gestures, now: Ms): void {
  if (g.downAt < 0) return;
  const held = now - g.downAt;
  g.downAt = -1;
  if (g.consumed) return;
  if (held < SHORT_MS) g.pending = GESTURE_SHORT;
  else if (held >= HOLD_MS) g.pending = GESTURE_HOLD;
}

/** The gesture that this tick has to act on, GESTURE_NONE mostly. */
export function takeGesture(g: Gestures, now: Ms): number {
  const pending = g.pending;
  g.pending = GESTURE_NONE;
  if (pending !== GESTURE_NONE) return pending;
  if (g.downAt >= 0 && !g.consumed && now - g.downAt >= SERVICE_MS) {
    g.consumed = true;
    return GESTURE_SERVICE;
  }
  return GESTURE_NONE;
}

/** True while a button has been down for so long that nobody can mean it. */
export function isStuck(g: Gestures, now: Ms): boolean {
  return g.downAt >= 0 && now - g.downAt > STUCK_MS;
}
