/** Ways in which talking to a running cuff can end badly, each with its own next step. What cannot be opened is told in tools/board/failure.ts. */
import { FlashFailure } from '../board/failure.ts';

const RUNS_ON = 'The cuff runs on by itself: its own button stops it.';
const VENTED = 'It is vented: its outputs are off.';
const NOTHING_SENT = 'Nothing was changed on it.';

/** A board whose console is open: service mode, a --dev image, or no image at all. */
export class ConsoleOpen extends FlashFailure {
  /** The loader's word for it: 'service', 'image', 'empty'; '' without our loader. */
  readonly mode: string;

  constructor(port: string, mode: string) {
    const service = mode === 'service';
    super(
      'not-a-cuff',
      `the board on ${port} runs no closed image: ${service ? 'it is in service mode' : mode === 'image' ? 'it is a --dev image with its console open' : 'there is no firmware of this project on it'}`,
      service
        ? 'unplug it and plug it in again without holding a button, then run the same command again'
        : 'put the firmware on it with ./flash.sh, then run the same command again',
      service ? VENTED : NOTHING_SENT,
    );
    this.mode = mode;
  }
}

export function noCuff(port: string, heard: string): FlashFailure {
  const said = heard === '' ? 'nothing came back' : `what came back: ${JSON.stringify(heard.slice(-60))}`;
  return new FlashFailure(
    'not-a-cuff',
    `what is on ${port} does not answer as a cuff (${said})`,
    'npm run cuff -- list shows every port and who answers there; name the right one with --port. If a cuff under pressure does not answer: press its button, open the strap',
    NOTHING_SENT,
  );
}

export function oldFirmware(version: string, needs: string): FlashFailure {
  return new FlashFailure(
    'too-old',
    `the firmware on the cuff (${version}) is too old for ${needs}`,
    'update it with ./flash.sh; status and stop work with it as it is',
    NOTHING_SENT,
  );
}

export function notConfirmed(mmHg: number): FlashFailure {
  return new FlashFailure(
    'not-stopped',
    `STOP was sent again and again, and the cuff is not empty yet (${Number.isFinite(mmHg) ? `${mmHg} mmHg` : 'it says no pressure'})`,
    'press the button on the cuff and open the strap by hand',
    'Unknown: look at the cuff, not at this screen.',
  );
}

export function linkLost(doing: string, why: string): FlashFailure {
  return new FlashFailure(
    'unplugged',
    `the connection was lost while ${doing} (${why})`,
    'plug the cable in again; npm run cuff -- list shows whether the cuff is back',
    RUNS_ON,
  );
}

export function noAnswer(doing: string): FlashFailure {
  return new FlashFailure(
    'no-answer',
    `no answer came while ${doing}`,
    'texts and settings are answered on a vented cuff at rest only: end the session with its button, wait until the lamp says idle, and run the same command again',
    RUNS_ON,
  );
}
