/**
 * Every text that a cuff keeps, read piece by piece. It goes on where it was broken off: whole texts are kept, unless the cuff has trained
 * meanwhile, which its count of sessions tells.
 */
import { FILE_PROGRESS } from '../../../src/files.ts';
import { textName } from '../../../src/link/kept-texts.ts';
import { KEPT_NUMBERS, wantsText } from '../../../tools/cuff/kept.ts';
import type { Texts } from '../../../tools/settings/json-store.ts';

/** What has been read so far, of one cuff. */
export interface PartialLog {
  readonly serial: string;
  readonly texts: Texts;
  /** Numbers that are done, those that do not exist included. */
  readonly done: Set<number>;
}

export function emptyLog(serial: string): PartialLog {
  return { serial, texts: {}, done: new Set() };
}

const PROGRESS = KEPT_NUMBERS.find((number) => textName(number) === FILE_PROGRESS) ?? -1;

/** `read` gives a whole text, undefined where there is none; `told` is called after each. Throws as `read` does; `log` then goes on later. */
export async function pullLog(
  log: PartialLog,
  read: (number: number) => Promise<string | undefined>,
  told: (done: number, total: number) => void,
): Promise<Texts> {
  const sessions = await read(PROGRESS);
  if (log.done.has(PROGRESS) && sessions !== log.texts[FILE_PROGRESS]) {
    log.done.clear();
    for (const name of Object.keys(log.texts)) delete log.texts[name];
  }
  if (sessions !== undefined) log.texts[FILE_PROGRESS] = sessions;
  log.done.add(PROGRESS);
  for (const number of KEPT_NUMBERS) {
    if (!log.done.has(number)) {
      const text = wantsText(number, log.texts) ? await read(number) : undefined;
      if (text !== undefined) log.texts[textName(number) ?? ''] = text;
      log.done.add(number);
    }
    told(log.done.size, KEPT_NUMBERS.length);
  }
  return log.texts;
}
