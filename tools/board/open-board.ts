/** From a port to a console on which no image runs: what flashing needs. */
import { phaseName } from '../../src/phases.ts';
import { Conversation, WireEnded } from './conversation.ts';
import { isNewEnough, OLDEST_VERSION } from './espruino-version.ts';
import {
  FlashFailure,
  notEspruino,
  notInService,
  tooOld,
  underPressure,
  unplugged,
  wrongBoard,
} from './failure.ts';
import { type ConsoleBoard, type Identity, identify, type ShippedBoard } from './identify.ts';
import type { OpenWire } from './wire.ts';

/** The board that an image is for. */
export interface WantedBoard {
  /** As in hal/boards. */
  readonly name: string;
  /** What Espruino calls it (`process.env.BOARD`). */
  readonly espruino: string;
}

export interface Seeking {
  open: OpenWire;
  port: string;
  board: WantedBoard;
  /** How long to wait for a person to open service mode, s. */
  waitS: number;
  /** Something that a person should read. */
  say: (text: string) => void;
}

export interface OpenBoard {
  conversation: Conversation;
  identity: ConsoleBoard;
}

const PHASE_IDLE = 0;
const BETWEEN_MS = 500;

/** Said when a person has to open service mode. */
export const ASK_SERVICE = `The board runs a closed image. Open service mode now:
    1. take the cuff off (strap open), wait until it is idle and empty
    2. hold the training button 5 s, until the blue lamp stays on
  (or unplug the board and plug it in with the training button held)
  Waiting ...`;

/** Wait for service mode if a shipped image runs; ask a --dev image for it. Rejects with what stands in the way. */
export async function openBoard(seeking: Seeking): Promise<OpenBoard> {
  const until = Date.now() + seeking.waitS * 1000;
  const seen = { shipped: false, asked: false };
  for (;;) {
    const open = await attempt(seeking, seen, until);
    if (open !== undefined) return open;
    if (Date.now() >= until) throw notInService(seeking.waitS);
    await pause(BETWEEN_MS);
  }
}

interface Seen {
  /** An image of ours answered: from now on a port that vanishes is a restart. */
  shipped: boolean;
  asked: boolean;
}

/** One connection; undefined = the board is on its way, try again. */
async function attempt(seeking: Seeking, seen: Seen, until: number): Promise<OpenBoard | undefined> {
  const conversation = await connect(seeking, seen);
  if (conversation === undefined) return undefined;
  let keep = false;
  try {
    do {
      const identity = await identify(conversation);
      const ready = await judge(seeking, conversation, identity, seen);
      keep = ready !== undefined;
      if (ready !== undefined) return { conversation, identity: ready };
      await pause(BETWEEN_MS);
    } while (Date.now() < until);
    return undefined;
  } catch (error) {
    if (!(error instanceof WireEnded)) throw error;
    if (!seen.shipped) throw unplugged('asking the board who it is', error.message);
    return undefined;
  } finally {
    if (!keep) await conversation.close();
  }
}

async function connect(seeking: Seeking, seen: Seen): Promise<Conversation | undefined> {
  try {
    return await Conversation.open(seeking.open, seeking.port);
  } catch (error) {
    if (seen.shipped && error instanceof FlashFailure) return undefined;
    throw error;
  }
}

/** The board if it is ready; undefined to ask again. */
async function judge(
  seeking: Seeking,
  conversation: Conversation,
  identity: Identity,
  seen: Seen,
): Promise<ConsoleBoard | undefined> {
  if (identity.kind === 'silent') {
    if (seen.shipped) return undefined;
    throw notEspruino(seeking.port, identity.heard);
  }
  if (identity.kind === 'shipped') {
    askPerson(seeking, identity, seen);
    return undefined;
  }
  checkBoard(identity, seeking.board);
  if (identity.mode === 'image') {
    await askImage(conversation, identity, seen);
    return undefined;
  }
  if (identity.mode === '') await stopForeignProgram(conversation);
  return identity;
}

function askPerson(seeking: Seeking, identity: ShippedBoard, seen: Seen): void {
  if (identity.phase !== PHASE_IDLE && !seen.shipped)
    seeking.say(`The cuff is not idle (${phaseName(identity.phase)}): end the session first.`);
  seen.shipped = true;
  if (!seen.asked) seeking.say(ASK_SERVICE);
  seen.asked = true;
}

/** The console of a --dev image is open: it is asked for service mode itself, vented and idle only. */
async function askImage(conversation: Conversation, identity: ConsoleBoard, seen: Seen): Promise<void> {
  seen.shipped = true;
  if (seen.asked) return;
  if (identity.phase > PHASE_IDLE) throw underPressure(phaseName(identity.phase));
  const empty = await conversation.ask('cuff.core.supervisor.pressurised===false', 4000, 3);
  if (empty !== true) throw underPressure('idle, but there is pressure in the cuff');
  conversation.send('\x10cuff.core.ports.service.request()\n');
  seen.asked = true;
}

/** Throws when the image is for another board or the interpreter is too old for it. */
export function checkBoard(identity: ConsoleBoard, board: WantedBoard): void {
  if (identity.board !== board.espruino) throw wrongBoard(identity.board, board.espruino, board.name);
  if (!isNewEnough(identity.version, OLDEST_VERSION) || !identity.timer)
    throw tooOld(identity.version, OLDEST_VERSION);
}

/** A board that never had our loader may run anything: end it before its Storage is touched. */
async function stopForeignProgram(conversation: Conversation): Promise<void> {
  conversation.send('\x10reset()\n');
  await pause(BETWEEN_MS);
  await conversation.ask('1', 4000, 3);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
