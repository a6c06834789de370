/** Every text that a cuff keeps, read over its link. */
import { FILE_COMMISSIONED } from '../../src/files.ts';
import {
  FIRST_BOX,
  FIRST_ENVELOPE,
  FIRST_PROTOCOL,
  FIRST_RECORD,
  textName,
} from '../../src/link/kept-texts.ts';
import { BOX_PARTS, RECORD_SLOTS } from '../../src/record/box.ts';
import { ENVELOPE_SLOTS } from '../../src/record/envelope.ts';
import { STORED_COUNT } from '../../src/session/stored.ts';
import type { Texts } from '../settings/json-store.ts';
import type { CuffLink } from './cuff-link.ts';

function run(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

/** Numbers of the single texts. */
const SINGLE = run(0, FIRST_RECORD).filter((number) => textName(number) !== undefined);

/** Number of the commissioning's report. */
export const COMMISSIONED_TEXT = SINGLE.find((n) => textName(n) === FILE_COMMISSIONED) ?? Number.NaN;

/** Numbers of all texts, in the order of reading. */
export const KEPT_NUMBERS: readonly number[] = [
  ...SINGLE,
  ...run(FIRST_RECORD, RECORD_SLOTS),
  ...run(FIRST_ENVELOPE, ENVELOPE_SLOTS),
  ...run(FIRST_BOX, BOX_PARTS),
  ...run(FIRST_PROTOCOL, STORED_COUNT),
];

/** False for the later parts of a black box that has no first part: it is none. */
export function wantsText(number: number, texts: Texts): boolean {
  return !(number > FIRST_BOX && number < FIRST_PROTOCOL) || texts[`${textName(FIRST_BOX)}`] !== undefined;
}

/** Reads them all; `told` is called after each. */
export async function keptTexts(link: CuffLink, told: (done: number, total: number) => void): Promise<Texts> {
  const texts: Texts = {};
  for (const [i, number] of KEPT_NUMBERS.entries()) {
    const text = wantsText(number, texts) ? await link.text(number) : undefined;
    if (text !== undefined) texts[textName(number) ?? ''] = text;
    told(i + 1, KEPT_NUMBERS.length);
  }
  return texts;
}
