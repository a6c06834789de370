/**
 * Service mode: the console open on USB for ten minutes, the outputs asleep and guarded, no image running. It is entered through a
 * file, because only a reset gets rid of an image, and left by any reset. Must never run an image.
 */
const flash = require('Storage');

/** The file that asks the next boot for service mode; its text is the reason. */
export const SERVICE_FILE = 'cuff.svc';
export const SERVICE_MINUTES = 10;

/**
 * Ask for service mode and reset by watchdog: never comes back to a running loop. Only while vented. The reset does not depend on the
 * flash: one that refuses the file costs the service mode, not the reset.
 */
export function requestService(reason: string): void {
  E.enableWatchdog(1, false);
  try {
    flash.write(SERVICE_FILE, reason);
  } catch (_error) {
    return;
  }
}

/** The reason for which service mode was asked, once: the next boot is an ordinary one. */
export function takeServiceRequest(): string | undefined {
  const reason = flash.read(SERVICE_FILE);
  if (reason === undefined) return undefined;
  const text = '' + reason;
  flash.erase(SERVICE_FILE);
  return text;
}
