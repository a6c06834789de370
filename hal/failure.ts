/**
 * Failures that no `try` can catch: out of memory and too deep recursion end the running callback and remove its timer for
 * ever; an exception outside of the loop ends in the console that is not there. All end here, vented.
 */

/** Flags of `E.getErrorFlags()` that say nothing of the program's health: input that came too fast. */
const HARMLESS = ['FIFO_FULL', 'BUFFER_FULL', 'RX_FIFO_FULL', 'UART_OVERFLOW'];

/** Call `cut` for every failure that the interpreter reports outside of a `try`. */
export function watchFailures(cut: () => void): void {
  E.on('errorFlag', (flags) => {
    for (let i = 0; i < flags.length; i++) if (HARMLESS.indexOf(flags[i] as string) < 0) cut();
  });
  process.on('uncaughtException', cut);
}

/** No REPL on a shipped image: nobody can type at a cuff under pressure, and Ctrl-C reaches nothing. */
export function closeConsole(): void {
  E.setConsole(null, { force: true });
}
