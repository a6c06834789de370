/** Why a port could not be chosen or opened: the browser's own words for it, as a failure that says what to do. */
import { FlashFailure, UNTOUCHED } from '../../../tools/board/failure.ts';

/** What `open` of a port has thrown. Browsers do not tell a port in use from one that is not allowed. */
export function whyNotOpened(error: unknown): FlashFailure {
  const { name, message } = error as Error;
  if (name === 'SecurityError')
    return new FlashFailure(
      'port-denied',
      `the browser does not let this page open the port (${message})`,
      'open the page from https or from this computer',
      UNTOUCHED,
    );
  if (name === 'InvalidStateError')
    return new FlashFailure(
      'port-busy',
      'this page has the port open already',
      'wait a moment and connect again',
      UNTOUCHED,
    );
  return new FlashFailure(
    'port-busy',
    `the port could not be opened (${message}): another program or tab has it, or you are not allowed to`,
    'close the Web IDE, other tabs and terminals that have it open, then connect again',
    UNTOUCHED,
  );
}

/** The port is not there at the moment: unplugged, or the board restarts. */
export function notThere(): FlashFailure {
  return new FlashFailure(
    'no-board',
    'the board is not plugged in, or restarts',
    'plug it in with a cable that carries data, and connect again',
    UNTOUCHED,
  );
}
