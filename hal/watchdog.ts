/**
 * The chip's watchdog, kicked by hand only. Once started it cannot be stopped. `starve` is for the moment when the program can
 * no longer be trusted: nothing kicks after it, and the chip resets, which vents. Must never be kicked after `starve`.
 */
import type { WatchdogPort } from '../src/ports.ts';

export interface WatchdogOptions {
  /** 0.1..30 s without a kick. */
  seconds: number;
}

export class Watchdog implements WatchdogPort {
  /** The chip's own function: nothing of ours in between. */
  kick: () => void;

  constructor(options: WatchdogOptions) {
    const seconds = options.seconds;
    if (!(seconds * 10 >= 1 && seconds <= 30))
      throw new Error('watchdog: seconds ' + seconds + ' is outside 0.1..30');
    E.enableWatchdog(seconds, false);
    E.kickWatchdog();
    this.kick = E.kickWatchdog;
  }

  /** Never kick again. */
  starve(): void {
    this.kick = nothing;
  }
}

function nothing(): void {}
