/**
 * Holds the outputs asleep while a console is open: a line typed there may switch something on, a person may forget to switch it
 * off. Both drivers are put to sleep again GUARD_MS later. The same timer alone kicks the watchdog, so that whoever stops it
 * (`reset()`, `clearInterval()`, a loop that hangs) gets a reset of the chip. Must never run beside an image that holds pressure.
 */
import { makeSafe } from '../boards/selected.ts';

/** Longest time that something switched on once by hand stays on, ms. */
export const GUARD_MS = 50;
/** Without the guard for so long the chip resets, s. The image's own time: a watchdog cannot be changed once it runs. */
export const GUARD_WATCHDOG_S = 1;

/** Guard the outputs for `minutes`, then let the watchdog reset the chip; 0 = until the power goes. */
export function guardOutputs(minutes: number): void {
  let left = minutes > 0 ? (minutes * 60000) / GUARD_MS : Infinity;
  E.enableWatchdog(GUARD_WATCHDOG_S, false);
  E.kickWatchdog();
  setInterval(() => {
    makeSafe();
    left = left - 1;
    if (left > 0) E.kickWatchdog();
  }, GUARD_MS);
}
