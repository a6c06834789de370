/**
 * Whether a button can be believed. A button that is jammed, or whose wire is off, stops nobody: what can be known of it is known
 * before there is pressure. A normally open button with a broken wire reads as one that nobody pushes, so only a normally closed STOP
 * tells of its wire. Must never let a press wait: this only looks.
 */

export interface Buttons {
  /** Bits 1 << button. Pushed now. */
  down: number;
  /** Pushed since the power came: was open before, as far as this device knows. */
  pushed: number;
  /** Pushed and let go since the power came: seen both ways. */
  tried: number;
}

const BIT_SERVICE = 1;
const BIT_TRAINING = 2;
const BIT_STOP = 4;

export function createButtons(): Buttons {
  return { down: 0, pushed: 0, tried: 0 };
}

/** The buttons that were down when the power came: they have not been seen open. */
export function heldAtStart(b: Buttons, held: number): void {
  b.down = held;
}

export function noteDown(b: Buttons, button: number): void {
  b.down = b.down | (1 << button);
  b.pushed = b.pushed | (1 << button);
}

export function noteUp(b: Buttons, button: number): void {
  b.down = b.down & ~(1 << button);
  b.tried = b.tried | (b.pushed & (1 << button));
}

/** A button that starts nothing is down, or the training button has been since the power came: held, or jammed. */
export function isJammed(b: Buttons, stopFitted: boolean): boolean {
  const others = stopFitted ? BIT_SERVICE : BIT_SERVICE + BIT_STOP;
  return (b.down & others) !== 0 || (b.down & ~b.pushed & BIT_TRAINING) !== 0;
}

/** A fitted STOP reads open: pushed, jammed, or its wire is off. */
export function isStopOpen(b: Buttons, stopFitted: boolean): boolean {
  return stopFitted && (b.down & BIT_STOP) !== 0;
}

/** A fitted STOP has not been pushed and let go since the power came: a contact that is welded shut would not be known. */
export function isStopUntried(b: Buttons, stopFitted: boolean): boolean {
  return stopFitted && (b.tried & BIT_STOP) === 0;
}
