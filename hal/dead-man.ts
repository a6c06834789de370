/**
 * The dead-man outside of the chip: a monostable that takes the enables of pump and valve low when no edge has come to it for a while (0.4 s).
 * Edges only: a pin that is stuck high or low, or a program that stands still, feeds nothing. Must never make an edge by a timer or by PWM:
 * those go on while the program hangs.
 */
import { throwClosed } from './closed.ts';

export interface DeadManOptions {
  /** The pin that feeds it: to the trigger that takes rising edges, with 10 kOhm to ground. */
  feed: { pin: Pin };
}

export class DeadMan {
  pin: Pin;
  /** What the pin stands at. */
  level: number;

  constructor(options: DeadManOptions) {
    this.pin = options.feed.pin;
    this.level = 0;
    digitalWrite(this.pin, 0);
  }

  /** Half a beat: the other level. It rises in every second one, and in the first after `lapse`. */
  feed(): void {
    this.level = 1 - this.level;
    digitalWrite(this.pin, this.level);
  }

  /** Low: it lapses by itself. */
  lapse(): void {
    this.level = 0;
    digitalWrite(this.pin, 0);
  }

  close(): void {
    this.lapse();
    this.feed = throwClosed;
    this.lapse = throwClosed;
    this.close = nothing;
  }
}

function nothing(): void {}
