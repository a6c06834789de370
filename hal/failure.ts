/**
 * Failures that no `try` can catch: out of memory and too deep recursion end the running callback and remove its timer for
 * ever; an exception outside of the loop ends in the console that is not there. All end here, vented. Must never wait for a tick: there
 * may be no more.
 */

/** Flags of `E.getErrorFlags()` that say nothing of the program's health or of a button: text on a stream that came too fast. */
const HARMLESS = ['BUFFER_FULL', 'UART_OVERFLOW'];
/** The chip's queue of events was full: bytes of a link, or edges of a button. */
const LOST = 'FIFO_FULL';

/**
 * Call `cut` for every failure that the interpreter reports outside of a `try`, and `stop` when an event was lost: it may have
 * been a press. A stop vents, the session can be continued; a cut would take the device away for what may have been a link's noise.
 */
export function watchFailures(cut: () => void, stop: () => void): void {
  E.on('errorFlag', (flags) => {
    for (let i = 0; i < flags.length; i++) {
      if (flags[i] === LOST) lost(stop);
      else if (HARMLESS.indexOf(flags[i] as string) < 0) cut();
    }
  });
  process.on('uncaughtException', cut);
}

/** A flag that stays set is not told again: reading the flags clears them. */
function lost(stop: () => void): void {
  stop();
  E.getErrorFlags();
}
