/**
 * From button edges to gestures, on a vented cuff only: a press under pressure has vented before it comes
 * here and is used up. A burst of short presses is told apart by its count, a hold by its length. Must never be
 * needed for a STOP.
 */
import type { Ms } from '../units.ts';

export const GESTURE_NONE = 0;
/** One, two or three short presses in a row. */
export const GESTURE_ONE = 1;
export const GESTURE_TWO = 2;
export const GESTURE_THREE = 3;
/** Held for HOLD_MS, then let go. */
export const GESTURE_HOLD = 4;
/** Held for SERVICE_MS; told at once. */
export const GESTURE_SERVICE = 5;

/** A press up to this long is a short one, ms. */
export const SHORT_MS = 800;
/** Pause that ends a burst, ms. */
export const BURST_GAP_MS = 600;
export const HOLD_MS = 2000;
export const SERVICE_MS = 5000;
/** After a press that vented, further presses mean nothing until there was none for this long, ms: a hand in a hurry presses twice. */
export const AFTER_PRESS_MS = 1500;
/** Down for longer than this: the button is stuck. */
export const STUCK_MS = 15000;

export interface Gestures {
  /** Time of the press under way, -1 = none. */
  downAt: Ms;
  /** Time of the last release of a burst, -1 = no burst. */
  upAt: Ms;
  /** Short presses in the burst so far. */
  count: number;
  /** True when the press has done its work (it vented) and its release means nothing. */
  consumed: boolean;
  /** Time of the last edge of a press that had done its work, -AFTER_PRESS_MS = none. */
  usedAt: Ms;
  /** GESTURE_HOLD waiting to be taken by the tick. */
  pending: number;
  /** When a gesture was last acted on, -1 = never. */
  takenAt: Ms;
}

export function createGestures(): Gestures {
  return {
    downAt: -1,
    upAt: -1,
    count: 0,
    consumed: false,
    usedAt: -AFTER_PRESS_MS,
    pending: GESTURE_NONE,
    takenAt: -1,
  };
}

export function gestureDown(g: Gestures, now: Ms, consumed: boolean): void {
  g.downAt = now;
  g.consumed = consumed || now - g.usedAt < AFTER_PRESS_MS;
  if (g.consumed) useUp(g, now);
}

function useUp(g: Gestures, now: Ms): void {
  g.usedAt = now;
  g.count = 0;
}

export function gestureUp(g: Gestures, now: Ms): void {
  if (g.downAt < 0) return;
  const held = now - g.downAt;
  g.downAt = -1;
  if (g.consumed) return useUp(g, now);
  if (held <= SHORT_MS) {
    g.count = g.count < 3 ? g.count + 1 : 3;
    g.upAt = now;
  } else {
    g.count = 0;
    if (held >= HOLD_MS) g.pending = GESTURE_HOLD;
  }
}

/** True while a press or a burst is under way: nothing should start by itself then. */
export function isGesturing(g: Gestures): boolean {
  return g.downAt >= 0 || g.count > 0;
}

/** The gesture that this tick has to act on, GESTURE_NONE mostly. */
export function takeGesture(g: Gestures, now: Ms): number {
  if (g.downAt < 0 && g.count === 0 && g.pending === GESTURE_NONE) return GESTURE_NONE;
  const gesture = g.downAt >= 0 ? takeHeld(g, now) : takeLetGo(g, now);
  if (gesture !== GESTURE_NONE) g.takenAt = now;
  return gesture;
}

function takeHeld(g: Gestures, now: Ms): number {
  if (g.consumed || now - g.downAt < SERVICE_MS) return GESTURE_NONE;
  g.consumed = true;
  g.count = 0;
  return GESTURE_SERVICE;
}

function takeLetGo(g: Gestures, now: Ms): number {
  const pending = g.pending;
  g.pending = GESTURE_NONE;
  if (pending !== GESTURE_NONE) return pending;
  if (now - g.upAt < BURST_GAP_MS) return GESTURE_NONE;
  const count = g.count;
  g.count = 0;
  return count;
}

/**
 * The state has changed by itself at `now`: a gesture under way was meant for the one that is over and means nothing any more.
 * After one that `asked`, neither does a press that comes within AFTER_PRESS_MS: it is a late answer. Not so where a gesture made the change.
 */
export function dropGestures(g: Gestures, now: Ms, asked: boolean): void {
  if (g.takenAt === now) return;
  if (!asked && !isGesturing(g) && g.pending === GESTURE_NONE) return;
  g.pending = GESTURE_NONE;
  if (g.downAt >= 0) g.consumed = true;
  useUp(g, now);
}

/** True while a button has been down for so long that nobody can mean it. */
export function isStuck(g: Gestures, now: Ms): boolean {
  return g.downAt >= 0 && now - g.downAt > STUCK_MS;
}
