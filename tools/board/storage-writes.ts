/**
 * Changes of a board's Storage, one question each: the board answers when it has done it, so the line can never run ahead of
 * the flash. A piece of a file carries its own check sum; a garbled one is not written but sent again, in smaller pieces.
 */
import { crc32 } from '../crc32.ts';
import { type FileSum, sameSum, sumOf } from './contents.ts';
import { BoardThrew, type Conversation, NoAnswer, printedError } from './conversation.ts';
import { boardError, crcWrong, lineNoise } from './failure.ts';

/** Characters a piece: multiples of 4, as flash words are. */
const PIECES = [512, 256, 128, 64] as const;
const PIECE_MS = 2500;
const TRIES = 6;

/** `w(name, offset, text, size, crc)`: 1 = it stands in flash, 0 = the text is not what was sent. */
const WRITER =
  '(global.cuffWrite=function(n,o,d,s,c){var S=require("Storage");if(E.CRC32(d)!=c)return 0;' +
  'if(S.read(n,o,d.length)===d)return 1;if(o)S.write(n,d,o);else S.write(n,d,0,s);return S.read(n,o,d.length)===d?1:0},1)';

export type Progress = (done: number, total: number) => void;

/** Write a new file piece by piece and prove it by length and CRC, worked out on the board. There must be no file `name`. */
export async function writeFile(
  conversation: Conversation,
  name: string,
  text: string,
  progress: Progress,
): Promise<void> {
  const doing = `writing ${name}`;
  if (/[^\n -~]/.test(text)) throw new RangeError(`${name}: only ASCII text can be sent`);
  await guarded(doing, () => conversation.ask(WRITER, 4000, 4));
  let rank = 0;
  for (let at = 0; at < text.length; ) {
    const size = PIECES[rank] ?? 64;
    const piece = text.slice(at, at + size);
    const tries = await writePiece(conversation, name, piece, at, text.length);
    if (tries > 1 && rank < PIECES.length - 1) rank++;
    at += piece.length;
    progress(at, text.length);
  }
  await proveFile(conversation, name, sumOf(text));
}

/** How many tries it took. */
async function writePiece(
  conversation: Conversation,
  name: string,
  piece: string,
  at: number,
  total: number,
): Promise<number> {
  const call = `cuffWrite(${JSON.stringify(name)},${at},${JSON.stringify(piece)},${total},${crc32(piece)})`;
  return await guarded(`writing ${name}`, async () => {
    for (let tries = 1; tries <= TRIES; tries++) {
      try {
        if ((await conversation.ask(call, PIECE_MS, tries > 1 ? 2 : 1)) === 1) return tries;
      } catch (error) {
        const again = error instanceof NoAnswer || error instanceof BoardThrew;
        if (!again || tries === TRIES) throw error;
      }
    }
    throw new NoAnswer(conversation.heard);
  });
}

/** Length and CRC of a file, worked out on the board. */
export async function proveFile(conversation: Conversation, name: string, sum: FileSum): Promise<void> {
  const expression = `(function(){var d=require("Storage").read(${JSON.stringify(name)});return d?{length:d.length,crc:E.CRC32(d)}:{length:0,crc:0}})()`;
  const found = (await guarded(`checking ${name}`, () => conversation.ask(expression, 10_000, 3))) as FileSum;
  if (!sameSum(found, sum)) throw crcWrong(name, sumText(found), sumText(sum));
}

function sumText(sum: FileSum): string {
  return `${sum.length} bytes with CRC ${sum.crc.toString(16).padStart(8, '0')}`;
}

/** A small file in one write: whole, or not there at all after a power cut. */
export async function writeSmall(conversation: Conversation, name: string, text: string): Promise<void> {
  const call = `require("Storage").write(${JSON.stringify(name)},${JSON.stringify(text)})`;
  await guarded(`writing ${name}`, () => conversation.ask(call, 4000, 3));
  await proveFile(conversation, name, sumOf(text));
}

export async function eraseFile(conversation: Conversation, name: string): Promise<void> {
  const call = `(require("Storage").erase(${JSON.stringify(name)}),1)`;
  await guarded(`erasing ${name}`, () => conversation.ask(call, 4000, 3));
}

/** Everything in Storage goes; boards take about 0.1 s a page. */
export async function eraseAll(conversation: Conversation): Promise<void> {
  await guarded('erasing the Storage', () =>
    conversation.ask('(require("Storage").eraseAll(),1)', 120_000, 1),
  );
}

/** Pack the Storage; may take a minute. */
export async function packStorage(conversation: Conversation): Promise<number> {
  return (await guarded('packing the Storage', () =>
    conversation.ask('(require("Storage").compact(),require("Storage").getFree())', 120_000, 1),
  )) as number;
}

/** What the board says when it goes wrong, as a failure that people can read. */
async function guarded<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BoardThrew) throw boardError(doing, error.message);
    if (!(error instanceof NoAnswer)) throw error;
    const printed = printedError(error.heard);
    throw printed === undefined ? lineNoise(doing, error.heard) : boardError(doing, printed);
  }
}
