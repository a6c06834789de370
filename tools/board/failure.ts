/**
 * Every way in which flashing can end badly, in one place: what happened, what was measured and what is allowed, what to do
 * next, and in which state the board is left. `kind` is for tests and scripts.
 */
export type FailureKind =
  | 'no-board'
  | 'two-boards'
  | 'not-espruino'
  | 'too-old'
  | 'wrong-board'
  | 'port-busy'
  | 'port-denied'
  | 'not-in-service'
  | 'under-pressure'
  | 'unplugged'
  | 'storage-full'
  | 'crc-wrong'
  | 'board-error'
  | 'image-failed'
  | 'not-started'
  | 'other-settings'
  | 'line-noise'
  | 'other-programs'
  | 'not-a-cuff'
  | 'not-stopped'
  | 'no-answer';

/** What is on the board when flashing stops. */
export const UNTOUCHED = 'Nothing was written: the board is as it was.';
export const NOT_SWITCHED =
  'The image that was in use is still in use. A board that had none stays vented with its console open.';

export class FlashFailure extends Error {
  readonly kind: FailureKind;
  readonly next: string;
  readonly board: string;

  constructor(kind: FailureKind, what: string, next: string, board: string) {
    super(what);
    this.name = 'FlashFailure';
    this.kind = kind;
    this.next = next;
    this.board = board;
  }
}

/** What a person reads. */
export function failureText(failure: FlashFailure, tool = 'flash'): string {
  return `${tool}: ${failure.message}\n  Next: ${failure.next}\n  Board: ${failure.board}`;
}

const TRY_AGAIN = 'run the same command again';
const OR_ERASE =
  'if that does not help, ./flash.sh --erase begins with an empty Storage (settings and log are lost)';

export function noBoard(where: string): FlashFailure {
  return new FlashFailure(
    'no-board',
    `no board found: ${where}`,
    `plug the board in with a USB cable that carries data, close the Web IDE, and ${TRY_AGAIN}; or name the port: --port /dev/ttyACM0`,
    UNTOUCHED,
  );
}

export function twoBoards(ports: readonly string[]): FlashFailure {
  return new FlashFailure(
    'two-boards',
    `${ports.length} ports found, it takes one: ${ports.join(', ')}`,
    `unplug the others, or name the one that is meant: --port ${ports[0] ?? ''}`,
    UNTOUCHED,
  );
}

export function notEspruino(port: string, heard: string): FlashFailure {
  const said = heard === '' ? 'nothing came back' : `what came back: ${JSON.stringify(heard.slice(-120))}`;
  return new FlashFailure(
    'not-espruino',
    `what is on ${port} does not answer as an Espruino (${said})`,
    `check that ${port} is the board; if it is, unplug it, plug it in again with the training button held (blue lamp: service mode) and ${TRY_AGAIN}; a new board needs Espruino first: https://www.espruino.com/Jolt.js`,
    UNTOUCHED,
  );
}

export function tooOld(version: string, needed: string): FlashFailure {
  return new FlashFailure(
    'too-old',
    `Espruino ${version} is too old, ${needed} or newer is needed: the timer module that cuts pump and valve when the program hangs came with it`,
    `take pump and valve off the board, update Espruino as docs/flashing.md says, then ${TRY_AGAIN}`,
    UNTOUCHED,
  );
}

export function wrongBoard(found: string, needed: string, board: string): FlashFailure {
  return new FlashFailure(
    'wrong-board',
    `this is a ${found}, the image for --board ${board} needs a ${needed}`,
    `plug in the right board, or choose its image with --board (./flash.sh --help lists them)`,
    UNTOUCHED,
  );
}

export function portBusy(port: string): FlashFailure {
  return new FlashFailure(
    'port-busy',
    `${port} is in use by another program`,
    `close the Web IDE, terminals and other uploaders that have it open, then ${TRY_AGAIN}`,
    UNTOUCHED,
  );
}

export function portDenied(port: string): FlashFailure {
  return new FlashFailure(
    'port-denied',
    `you are not allowed to open ${port}`,
    `on Linux: sudo usermod -aG dialout $USER (a port of the group uucp: uucp), log out and in again, then ${TRY_AGAIN}`,
    UNTOUCHED,
  );
}

export function notInService(seconds: number): FlashFailure {
  return new FlashFailure(
    'not-in-service',
    `the board runs a closed image and was not put into service mode within ${seconds} s`,
    `take the cuff off, let the cuff idle, hold the training button 5 s until the blue lamp stays on, then ${TRY_AGAIN}; or plug it in with the training button held`,
    UNTOUCHED,
  );
}

export function underPressure(phase: string): FlashFailure {
  return new FlashFailure(
    'under-pressure',
    `the cuff is not idle (phase: ${phase})`,
    `end the session, take the cuff off, wait until it is empty, then ${TRY_AGAIN}`,
    UNTOUCHED,
  );
}

export function unplugged(doing: string, why: string): FlashFailure {
  return new FlashFailure(
    'unplugged',
    `the connection was lost while ${doing} (${why})`,
    `plug the board in again and ${TRY_AGAIN}: it goes on as if nothing had happened`,
    NOT_SWITCHED,
  );
}

export function storageFull(free: number, needed: number, largest: readonly string[]): FlashFailure {
  const files = largest.length === 0 ? '' : ` The largest other files: ${largest.join(', ')}.`;
  return new FlashFailure(
    'storage-full',
    `the board's Storage is full: ${free} bytes free after packing, ${needed} needed.${files}`,
    `erase what you do not need with the Web IDE (service mode, Storage), then ${TRY_AGAIN}; ${OR_ERASE}`,
    NOT_SWITCHED,
  );
}

export function crcWrong(file: string, found: string, expected: string): FlashFailure {
  return new FlashFailure(
    'crc-wrong',
    `${file} on the board is not what was sent: ${found} found, ${expected} expected`,
    `${TRY_AGAIN}; ${OR_ERASE}`,
    NOT_SWITCHED,
  );
}

export function boardError(doing: string, said: string): FlashFailure {
  return new FlashFailure(
    'board-error',
    `the board printed an error while ${doing}: ${said}`,
    `unplug the board, plug it in again, open service mode and ${TRY_AGAIN}; ${OR_ERASE}`,
    NOT_SWITCHED,
  );
}

export function imageFailed(said: string): FlashFailure {
  return new FlashFailure(
    'image-failed',
    `the new image did not start: ${said}`,
    'build from an unchanged checkout and flash again; the board takes it as it is, no button needed while its console is open',
    'It is vented. It starts the image before this one, or waits with its console open.',
  );
}

export function notStarted(seconds: number): FlashFailure {
  return new FlashFailure(
    'not-started',
    `the new image was written and checked, but nothing answered within ${seconds} s after the restart`,
    'unplug the board and plug it in: a lamp that flashes means that it runs (green: ready, red: something stands in the way of a start); if it stays dark, hold the training button while plugging in and run ./flash.sh again',
    'The new image is in use.',
  );
}

export function otherSettings(found: string, known: number): FlashFailure {
  return new FlashFailure(
    'other-settings',
    `the settings on the board are of version ${found}, this firmware reads version ${known} and knows no way from one to the other`,
    'flash the firmware that wrote them, or put a fresh set on the board with npm run settings -- write FILE --replace, then run ./flash.sh again',
    UNTOUCHED,
  );
}

export function otherPrograms(names: readonly string[]): FlashFailure {
  return new FlashFailure(
    'other-programs',
    `start-up programs that are not of this project are on the board: ${names.join(', ')}; they run before the loader and may drive its outputs, so it runs no image beside them`,
    './flash.sh --erase-foreign erases those alone before it writes anything; ./flash.sh --erase begins with an empty Storage (settings and log are lost too)',
    UNTOUCHED,
  );
}

export function lineNoise(doing: string, heard: string): FlashFailure {
  return new FlashFailure(
    'line-noise',
    `the line is too noisy while ${doing}: several tries were garbled or not answered (last heard: ${JSON.stringify(heard.slice(-80))})`,
    `use another cable or port and ${TRY_AGAIN}`,
    NOT_SWITCHED,
  );
}
