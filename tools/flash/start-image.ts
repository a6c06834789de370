/** Restart the board and see that the new image runs. */
import { Conversation, printedError, WireEnded } from '../board/conversation.ts';
import { FlashFailure, imageFailed, notStarted } from '../board/failure.ts';
import { askVersion, type Identity, identify } from '../board/identify.ts';
import { pause } from '../board/open-board.ts';
import type { OpenWire } from '../board/wire.ts';

export interface Expected {
  open: OpenWire;
  port: string;
  slot: string;
  version: string;
  waitS: number;
}

const BETWEEN_MS = 400;
/** A watchdog of a second has bitten by then, ms. */
export const RESTART_MS = 1600;
/**
 * The restart is the watchdog's: service mode has one running that a softer restart would not end. Its guard is stopped, and where
 * none runs yet it is started.
 */
export const RESTART = '\x10clearInterval();E.enableWatchdog(1,false)\n';

/** `conversation` is closed by this. Rejects when the image does not come up. */
export async function startImage(conversation: Conversation, expected: Expected): Promise<string> {
  conversation.send(RESTART);
  await pause(RESTART_MS);
  const said = { text: conversation.heard };
  await conversation.close();
  const until = Date.now() + expected.waitS * 1000;
  while (Date.now() < until) {
    const seen = await look(expected, said);
    const running = seen === undefined ? undefined : judge(seen, expected, said.text);
    if (running !== undefined) return running;
    await pause(BETWEEN_MS);
  }
  throw notStarted(expected.waitS);
}

interface Seen {
  identity: Identity;
  /** What a shipped image says of itself. */
  version: string | undefined;
}

/** What answers, undefined while the board is starting. */
async function look(expected: Expected, said: { text: string }): Promise<Seen | undefined> {
  let conversation: Conversation | undefined;
  try {
    conversation = await Conversation.open(expected.open, expected.port);
    const identity = await identify(conversation);
    const version = identity.kind === 'shipped' ? await askVersion(conversation) : undefined;
    return { identity, version };
  } catch (error) {
    if (error instanceof WireEnded || error instanceof FlashFailure) return undefined;
    throw error;
  } finally {
    said.text = (said.text + (conversation?.heard ?? '')).slice(-4000);
    await conversation?.close();
  }
}

/** What runs, undefined = not sure yet. A shipped image that failed is found by the version of the one that took its place. */
function judge(seen: Seen, expected: Expected, said: string): string | undefined {
  const { identity, version } = seen;
  if (identity.kind === 'silent') return undefined;
  if (identity.kind === 'shipped') {
    if (version === undefined) return undefined;
    if (version !== expected.version)
      throw imageFailed(`version ${version} runs, ${expected.version} was written`);
    return `version ${version} runs, the image answers (phase ${identity.phase}, ${identity.mmHg} mmHg)`;
  }
  if (identity.mode === 'image' && identity.slot === expected.slot)
    return `version ${identity.running} runs from ${identity.slot}, console open`;
  const reason = /failed while loading[^\r\n]*/.exec(said)?.[0] ?? printedError(said);
  throw imageFailed(reason ?? `the console is open, mode "${identity.mode}", slot "${identity.slot}"`);
}
