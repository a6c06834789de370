/** The texts of the firmware's store on a board whose console is open. */
import type { Conversation } from '../board/conversation.ts';
import { eraseFile, writeFile } from '../board/storage-writes.ts';
import { nextFile, type StorePair, storedText } from './store-file.ts';

/** Both files of a stored name. */
export async function readPair(conversation: Conversation, name: string): Promise<StorePair> {
  const read = (place: number) =>
    conversation.ask(
      `(function(){var d=require("Storage").read(${JSON.stringify(`${name}.${place}`)});return d?""+d:null})()`,
      4000,
      3,
    ) as Promise<string | null>;
  return { a: (await read(0)) ?? undefined, b: (await read(1)) ?? undefined };
}

/** Store `text` so that a power cut at any moment leaves the old text or the new one; false when it was there already. */
export async function writeStored(conversation: Conversation, name: string, text: string): Promise<boolean> {
  const pair = await readPair(conversation, name);
  if (storedText(pair) === text) return false;
  const { place, file } = nextFile(pair, text);
  const target = `${name}.${place}`;
  if ((place === 0 ? pair.a : pair.b) !== undefined) await eraseFile(conversation, target);
  await writeFile(conversation, target, file, () => {});
  return true;
}
