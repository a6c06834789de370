/**
 * Who may type at the board. A shipped image has no console at all; service mode, a `--dev` image and a board without an image have
 * one on USB, which takes a cable. Must never open one over the radio, where anybody near could use it.
 */
import { consoleStream } from '../boards/selected.ts';

/**
 * No console from now on: what comes over USB and Bluetooth is bytes of the link, and Ctrl-C is one of them. Not yet in the
 * interpreter's own start, before this is called.
 */
export function closeConsole(): void {
  E.setConsole(null, { force: true });
}

/**
 * Console on the cable. It stays there whatever connects, and Bluetooth loses its serial port. Where it does not,
 * what arrives there is bytes that nobody reads.
 */
export function openConsole(): void {
  E.setConsole(consoleStream(), { force: true });
  try {
    NRF.setServices({}, { uart: false });
  } catch (_error) {
    return;
  }
}
