/**
 * The same texts off a board whose console is open: service mode, or a `--dev` image, as a board for the bench alone has no other. Reading flash by
 * the console holds the loop up: must never be done while anything is held. Must never write.
 */

import { textName } from '../../src/link/kept-texts.ts';
import { PHASE_DONE, PHASE_IDLE, PHASE_TRIPPED } from '../../src/phases.ts';
import { Conversation, WireEnded } from '../board/conversation.ts';
import { identify } from '../board/identify.ts';
import type { OpenWire } from '../board/wire.ts';
import { readPair } from '../settings/board-store.ts';
import type { Texts } from '../settings/json-store.ts';
import { storedText } from '../settings/store-file.ts';
import { ConsoleOpen, linkLost, noAnswer } from './failures.ts';
import { KEPT_NUMBERS, wantsText } from './kept.ts';

const DOING = 'reading its log';
/** Nothing is held in these, and in -1 no image runs. */
const AT_REST: readonly number[] = [-1, PHASE_IDLE, PHASE_DONE, PHASE_TRIPPED];

/** Reads them all; `told` is called after each. Rejects where no firmware of this project keeps texts, and under pressure. */
export async function consoleTexts(
  open: OpenWire,
  port: string,
  told: (done: number, total: number) => void,
): Promise<Texts> {
  const talk = await Conversation.open(open, port);
  try {
    const who = await identify(talk);
    if (who.kind !== 'console' || who.mode === '') throw new ConsoleOpen(port, '');
    const isEmpty =
      who.phase < 0 || (await talk.ask('cuff.core.supervisor.pressurised===false', 4000, 3)) === true;
    if (!AT_REST.includes(who.phase) || !isEmpty) throw noAnswer(DOING);
    return await readAll(talk, told);
  } catch (error) {
    throw error instanceof WireEnded ? linkLost(DOING, error.message) : error;
  } finally {
    await talk.close();
  }
}

async function readAll(talk: Conversation, told: (done: number, total: number) => void): Promise<Texts> {
  const texts: Texts = {};
  for (const [i, number] of KEPT_NUMBERS.entries()) {
    const name = textName(number) ?? '';
    const text = wantsText(number, texts) ? storedText(await readPair(talk, name)) : undefined;
    if (text !== undefined) texts[name] = text;
    told(i + 1, KEPT_NUMBERS.length);
  }
  return texts;
}
