/**
 * A push button. A press is reported at its first edge, so that it can vent at once; a release only when the contact has
 * stayed open for SETTLE_MS, so that bouncing makes one press of one push. The chip's queue of edges can overflow: a lost
 * release must not swallow the next press, and the level is polled besides, so that a lost edge is made up for.
 * Must never swallow a press.
 */
import type { Ms } from '../src/units.ts';
import { throwClosed } from './closed.ts';

export const SETTLE_MS: Ms = 30;

export interface ButtonOptions {
  /**
   * `activeLow`: to ground, with the chip's pull-up. Else the pin has its own pull-down. `normallyClosed`: a push opens the contact, and
   * so does a broken wire.
   */
  input: { pin: Pin; activeLow: boolean; normallyClosed?: boolean };
  onPress: () => void;
  onRelease: () => void;
}

export class Button {
  pin: Pin;
  /** Level of the pin when pushed. */
  active: boolean;
  onPress: () => void;
  onRelease: () => void;
  down: boolean;
  /** Time of the last edge, s as of `getTime()`: the contact pushed again sooner than SETTLE_MS after it is bouncing. */
  edgeAt: number;
  /** Pending settle timeout, undefined = none. */
  settle: ReturnType<typeof setTimeout> | undefined;
  watch: number;

  /** One that is held since before the start is no press; its release is looked for like any other. */
  constructor(options: ButtonOptions) {
    this.pin = options.input.pin;
    this.active = options.input.activeLow === (options.input.normallyClosed === true);
    this.onPress = options.onPress;
    this.onRelease = options.onRelease;
    this.edgeAt = 0;
    this.settle = undefined;
    pinMode(this.pin, options.input.activeLow ? 'input_pullup' : 'input_pulldown');
    this.down = this.read();
    this.watch = setWatch(
      (edge: WatchEvent) => {
        buttonEdge(this, edge.state, edge.time);
      },
      this.pin,
      { repeat: true, edge: 'both', debounce: 0 },
    );
  }

  /** True while pushed, contact as it is now. */
  read(): boolean {
    return digitalRead(this.pin) === (this.active ? 1 : 0);
  }

  close(): void {
    clearWatch(this.watch);
    cancelSettle(this);
    this.read = throwClosed;
    this.close = nothing;
  }
}

function nothing(): void {}

function cancelSettle(button: Button): void {
  if (button.settle !== undefined) {
    clearTimeout(button.settle);
    button.settle = undefined;
  }
}

/** A contact pushed is a press, whatever came before, unless it bounces: a stop twice is harmless, a stop not heard is not. */
function buttonEdge(button: Button, level: boolean, at: number): void {
  const bounces = (at - button.edgeAt) * 1000 < SETTLE_MS;
  cancelSettle(button);
  button.edgeAt = at;
  if (level === button.active) {
    if (button.down && bounces) return;
    button.down = true;
    button.onPress();
  } else if (button.down) {
    button.settle = setTimeout(() => {
      settleButton(button);
    }, SETTLE_MS);
  }
}

/** Level of the contact as far as edges have told. */
export function levelOf(button: Button): number {
  return button.down === button.active ? 1 : 0;
}

/** Look at the level itself; what no edge has told is handled as if one had, now. */
export function pollButton(button: Button): void {
  if (button.settle !== undefined) return;
  const down = button.read();
  if (down !== button.down) buttonEdge(button, down === button.active, getTime());
}

/** An edge that was lost leaves the contact pushed: then it is no release. */
function settleButton(button: Button): void {
  button.settle = undefined;
  if (button.read()) return;
  button.down = false;
  button.onRelease();
}
