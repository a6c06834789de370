/**
 * Every way in which the page's talk with a cuff can end badly: what it is called on the page, and what to do next there. What happened and in
 * which state the board is left comes with the failure itself (tools/board/failure.ts, tools/cuff/failures.ts).
 */
import { type FailureKind, FlashFailure } from '../../../tools/board/failure.ts';

/** What only a page can run into. */
export type PageTrouble =
  | 'no-serial'
  | 'no-bluetooth'
  | 'linux-bluetooth'
  | 'insecure'
  | 'cancelled'
  | 'other-tab'
  | 'taken-over'
  | 'not-taken'
  | 'bad-release'
  | 'refused'
  | 'stopped'
  | 'not-finished'
  | 'unknown';

export type TroubleKind = FailureKind | PageTrouble;

export interface Trouble {
  readonly kind: TroubleKind;
  readonly title: string;
  /** What happened, with what was found; '' = the title says it. */
  readonly what: string;
  /** What to do, in this order. */
  readonly next: readonly string[];
  /** In which state the cuff is; '' = not touched. */
  readonly cuff: string;
}

const CABLE = 'Unplug the board and plug it in again, with a cable that carries data.';
const SERVICE =
  'Take the cuff off. Hold the training button 5 s until the blue lamp stays on; or plug the board in with that button held.';
const AGAIN = 'Do the same again: it goes on as if nothing had happened.';
const ERASE = 'If that does not help: “Begin with an empty Storage” (settings and log are lost).';
const DIALOUT =
  'Linux: sudo usermod -aG dialout $USER (some systems: uucp), then log out and in. A browser from a snap sees no serial ports at all: take one from a package.';

/** Title and steps of each. */
const TABLE: Readonly<Record<TroubleKind, readonly [title: string, ...next: string[]]>> = {
  'no-serial': [
    'This browser cannot reach a USB port',
    'Open this page in Chrome, Edge or another Chromium on a computer; Firefox from 151 on may do.',
    'On an iPhone or iPad no browser can. From a computer without such a browser: npm run cuff -- status, and ./flash.sh.',
  ],
  'no-bluetooth': [
    'This browser has no Bluetooth for pages',
    'Use the USB cable, or Chrome or Edge on Windows, macOS or Android.',
  ],
  'linux-bluetooth': [
    'Chromium on Linux has Bluetooth for pages switched off',
    'Use the USB cable.',
    'Or start it with --enable-features=WebBluetooth and load this page again.',
  ],
  insecure: [
    'From this address no page may reach a device',
    'Open it from https, from http://localhost, or as the single file from this computer.',
  ],
  cancelled: [
    'No device was chosen',
    'Connect again and choose the board in the list.',
    `Not in the list? ${CABLE} Then “Show all ports”.`,
    DIALOUT,
  ],
  'other-tab': [
    'Another tab of this page has the cuff',
    'Use that tab. STOP works from here too: the other tab sends it.',
    'Or take the cuff over to this tab.',
  ],
  'taken-over': [
    'Another tab has taken the cuff over',
    'Go on there. STOP works from here too: the other tab sends it.',
    'Or take the cuff over to this tab.',
  ],
  'not-taken': [
    'The cuff was not taken over: the other tab keeps it',
    'Use that tab. STOP works from here too: the other tab sends it.',
    'Or take it over once more, and choose the board in the list.',
  ],
  'bad-release': [
    'These are not the files of a release',
    'Choose manifest.json, the image and the loader out of one folder of a release.',
  ],
  refused: ['This cannot be written', 'Mend what is listed, then check it again. Nothing was written.'],
  stopped: ['STOP has ended what the page was doing', AGAIN],
  'not-finished': [
    'The commissioning is not finished',
    'Take the cuff off, and let nobody wear it.',
    'Connect it again where it is not, and begin the commissioning again: it gives your own settings back at its end, and when STOP ends it.',
  ],
  unknown: ['Something that this page does not know', 'Load the page again and connect again.'],
  'no-board': ['The board is not there', CABLE, 'Connect again.'],
  'two-boards': [
    'More than one board',
    'Unplug the others.',
    'Connect again and choose the one that is meant.',
  ],
  'not-espruino': [
    'That is no board with Espruino',
    'Was it the right port? Connect again and choose another.',
    `If it is the board: ${SERVICE}`,
    'A new board needs Espruino first: docs/flashing.md.',
  ],
  'too-old': [
    'Too old',
    'Espruino: update it as docs/flashing.md says, with pump and valve unplugged.',
    AGAIN,
  ],
  'wrong-board': [
    'The image is for another board',
    'Choose the image of the board that is plugged in, or plug in the right board.',
  ],
  'port-busy': [
    'The port could not be opened',
    'Close the Espruino Web IDE, other tabs and every terminal that has it open. Connect again.',
    DIALOUT,
    'Still not: unplug the board, wait 5 s, plug it in. (ModemManager on Linux holds a new port for some seconds.)',
  ],
  'port-denied': ['The port must not be opened', 'Open the page from https or from this computer.', DIALOUT],
  'not-in-service': ['Service mode was not opened', SERVICE, AGAIN],
  'under-pressure': [
    'The cuff is not idle',
    'End the session with its button, take the cuff off, wait until it is empty.',
    AGAIN,
  ],
  unplugged: ['The connection was lost', CABLE, AGAIN],
  'storage-full': [
    'The Storage of the board is full',
    'Files of other projects can be deleted with the Espruino Web IDE; then write again.',
    ERASE,
  ],
  'crc-wrong': ['What is on the board is not what was sent', AGAIN, ERASE],
  'board-error': ['The board printed an error', `${CABLE} ${SERVICE}`, AGAIN, ERASE],
  'image-failed': [
    'The new image did not start',
    'Take the image of a release, with its sums, and write it again. No button is needed while the console is open.',
  ],
  'not-started': [
    'Nothing answers after the restart',
    'Unplug the board and plug it in. A lamp that flashes means that it runs.',
    `If it stays dark: ${SERVICE} Then write it again.`,
  ],
  'other-settings': [
    'Its settings are of another version',
    'Flash the firmware that wrote them, or begin with an empty Storage.',
  ],
  'line-noise': ['The line is too noisy', 'Use another cable or another port of the computer.', AGAIN],
  'other-programs': [
    'There are start-up programs of another project on the board',
    'Tick “Erase programs of another project” and write again: it erases those alone, first.',
  ],
  'not-a-cuff': [
    'It does not answer as a cuff',
    'A new board: write the firmware below. In service mode: plug it in again without holding a button.',
    'Another device: disconnect, connect again and choose another.',
    'If a cuff under pressure does not answer: press its button, open the strap.',
  ],
  'not-stopped': ['The cuff is not empty', 'Press the button on the cuff and open the strap by hand.'],
  'no-answer': [
    'No answer from the cuff',
    'Logs are given out by an empty cuff at rest: end the session with its button, wait until it idles.',
    AGAIN,
  ],
};

/** Those of a tab that does not have the cuff, as another has it. */
export const ELSEWHERE: readonly TroubleKind[] = ['other-tab', 'taken-over', 'not-taken'];

/** The trouble of this kind. */
export function trouble(kind: TroubleKind, what = '', cuff = ''): Trouble {
  const [title, ...next] = TABLE[kind];
  return { kind, title, what, next, cuff };
}

/** What was thrown, as a trouble; never throws. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof PageFailure) return trouble(error.kind, error.message, error.cuff);
  if (error instanceof FlashFailure) return trouble(error.kind, error.message, error.board);
  return trouble('unknown', error instanceof Error ? error.message : String(error));
}

/** A way to fail that only the page has, or one of which it knows more than the tool. `cuff`: in which state the cuff is; '' = not touched. */
export class PageFailure extends Error {
  readonly kind: TroubleKind;
  readonly cuff: string;
  constructor(kind: TroubleKind, what = '', cuff = '') {
    super(what);
    this.kind = kind;
    this.cuff = cuff;
  }
}

/** Why no device was chosen, while another tab has the cuff. */
export function notTaken(error: unknown): never {
  throw new PageFailure('not-taken', troubleOf(error).title);
}
