/** Who is at the other end: an Espruino console, a shipped image with its closed console, or something else. */

import { BoardThrew, type Conversation, NoAnswer } from './conversation.ts';
import { askAfresh } from './frames.ts';

/** What a console says of itself. */
export interface ConsoleBoard {
  kind: 'console';
  /** Espruino's name of the board, and its version. */
  board: string;
  version: string;
  /** True when the utility timer can be used. */
  timer: boolean;
  /** The loader's `boot.mode`: 'image', 'service', 'empty'; '' without our loader. */
  mode: string;
  slot: string;
  /** Version of the image that runs. */
  running: string;
  /** Phase of a running image, -1 = none runs. */
  phase: number;
}

export interface ShippedBoard {
  kind: 'shipped';
  /** Phase (0 = idle) and pressure, mmHg, as the image answers them. */
  phase: number;
  mmHg: number;
}

export interface SilentBoard {
  kind: 'silent';
  heard: string;
}

export type Identity = ConsoleBoard | ShippedBoard | SilentBoard;

const WHO =
  '(function(){var r={board:""+process.env.BOARD,version:""+process.env.VERSION,timer:false,mode:"",slot:"",running:"",phase:-1};' +
  'try{r.timer=typeof require("timer").add=="function"}catch(e){}' +
  'if(typeof boot=="object"&&boot.mode){r.mode=boot.mode;r.slot=""+boot.slot;r.running=""+boot.version}' +
  'if(typeof cuff=="object"&&cuff.core&&cuff.core.session)r.phase=cuff.core.session.phase;return r})()';

const QUICK_MS = 1500;
const STATE_MS = 1500;
const STATE = /~(-?\d+),(-?\d+),(-?\d*),(-?\d*),(-?\d*),(-?\d*),(-?\d*)\r?\n/;

/**
 * First without a Ctrl-C, which would stop a running program under whatever it drives; then as a shipped image is asked; with
 * Ctrl-C only when neither answers.
 */
export async function identify(conversation: Conversation): Promise<Identity> {
  const first = await who(conversation, QUICK_MS, 1);
  if (first !== undefined) return first;
  const state = await conversation.exchange(askAfresh('?'), stateIn, STATE_MS);
  if (state !== undefined) return state;
  return (await who(conversation, QUICK_MS, 3)) ?? { kind: 'silent', heard: conversation.heard };
}

function stateIn(heard: string): ShippedBoard | undefined {
  const match = STATE.exec(heard);
  if (match === null) return undefined;
  return { kind: 'shipped', phase: Number(match[1]), mmHg: Number(match[5]) };
}

/** Version of a shipped image, undefined when it does not say. */
export async function askVersion(conversation: Conversation): Promise<string | undefined> {
  const found = (heard: string) => /~V([^\r\n]+)\r?\n/.exec(heard)?.[1];
  return await conversation.exchange(askAfresh('V'), found, STATE_MS);
}

async function who(conversation: Conversation, ms: number, tries: number): Promise<ConsoleBoard | undefined> {
  try {
    const answer = (await conversation.ask(WHO, ms, tries)) as Omit<ConsoleBoard, 'kind'>;
    return typeof answer?.board === 'string' ? { ...answer, kind: 'console' } : undefined;
  } catch (error) {
    if (error instanceof NoAnswer || error instanceof BoardThrew) return undefined;
    throw error;
  }
}
