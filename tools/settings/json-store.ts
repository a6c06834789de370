/** A device's store as JSON {name: text}: what the simulator writes with `--store` and what `npm run log -- pull` reads out of a board. */

import { BadInput } from '../input/bad-input.ts';
import { readJson } from '../input/json.ts';

export type Texts = Record<string, string>;

/** True for bytes that begin like JSON, after a byte-order mark and white space. */
export function looksLikeJson(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  return start.startsWith('{') || start.startsWith('[');
}

/** Throws BadInput, which does not name the file. */
export function textsOfJson(text: string): Texts {
  const { value } = readJson(text);
  const good = typeof value === 'object' && value !== null && !Array.isArray(value);
  const wrong = good ? Object.entries(value).find(([, one]) => typeof one !== 'string') : undefined;
  if (!good || wrong !== undefined)
    throw new BadInput([
      `${wrong === undefined ? '' : `${wrong[0]}: no text; `}needed is one JSON object of names and texts, as "npm run sim -- --store FILE" writes it`,
    ]);
  return value as Texts;
}

export function jsonOfTexts(texts: Texts): string {
  return `${JSON.stringify(texts, null, 1)}\n`;
}
