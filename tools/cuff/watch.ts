/** Live readings in a terminal. A cuff that does not answer is said to be silent, never shown with old numbers. */
import { isPressurePhase } from '../../src/phases.ts';
import { type LiveFrame, rowsMissing } from '../board/frames.ts';
import { pause } from '../board/open-board.ts';
import type { CuffLink } from './cuff-link.ts';
import { gapLine, liveLine, stateLine } from './words.ts';

const IDLE_MS = 500;

/** Keys as they are typed: the standard input of a terminal, or what stands for it. */
export interface Keys {
  readonly isTTY?: boolean;
  setRawMode?: (on: boolean) => unknown;
  on(event: 'data', heard: (bytes: Buffer) => void): unknown;
  pause(): unknown;
}

export interface Watching {
  readonly say: (line: string) => void;
  readonly seconds: number;
  /** s stops the cuff; q, Ctrl-C and Ctrl-D end the watching. */
  readonly keys?: Keys;
}

/** Watch for `seconds`, or until a key ends it. */
export async function watch(link: CuffLink, options: Watching): Promise<void> {
  const typed = { stop: false, end: false };
  let last: LiveFrame | undefined;
  const keys = options.keys?.isTTY === true ? options.keys : undefined;
  keys?.setRawMode?.(true);
  keys?.on('data', (bytes) => {
    const key = bytes.toString('latin1');
    if (/s/i.test(key)) typed.stop = true;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: Ctrl-C and Ctrl-D are what is typed
    if (/[q\x03\x04]/i.test(key)) typed.end = true;
  });
  const until = Date.now() + options.seconds * 1000;
  try {
    while (Date.now() < until && !typed.end) {
      if (typed.stop) {
        options.say('STOP sent, waiting ...');
        options.say(`Vented. ${stateLine(await link.stop())}`);
        typed.stop = false;
      }
      last = await show(link, options.say, last);
    }
  } finally {
    keys?.setRawMode?.(false);
    keys?.pause();
  }
}

/**
 * The last live frame where some came: while they do, nothing else is asked of a cuff under pressure, where each question costs its tick. What did not
 * come between two frames is said, not passed over.
 */
async function show(
  link: CuffLink,
  say: (line: string) => void,
  last: LiveFrame | undefined,
): Promise<LiveFrame | undefined> {
  const state = last === undefined ? await link.state() : undefined;
  if (state !== undefined && !(isPressurePhase(state.phase) && link.hello.link >= 2)) {
    say(stateLine(state));
    await pause(IDLE_MS);
    return undefined;
  }
  let before = last;
  const frames = await link.live();
  for (const frame of frames) {
    const missing = before === undefined ? 0 : rowsMissing(before, frame);
    if (missing > 0) say(gapLine(missing, link.hello.periodMs));
    say(liveLine(frame));
    before = frame;
  }
  return frames.length > 0 ? before : undefined;
}
