/** Bytes from outside as text: taken only when they are UTF-8. Never guesses an encoding. Sizes are what such bytes may have at most. */
import { BadInput } from './bad-input.ts';

/** Files that people write by hand: settings, protocols, plants, scenarios. Bytes. */
export const HAND_WRITTEN_BYTES = 256 * 1024;
/** Files that a device or the simulator has written: a board's whole Storage is 400 kB. Bytes. */
export const STORE_BYTES = 4 * 1024 * 1024;
/** Rows of a run: an hour of ticks is 10 MB. Bytes. */
export const ROWS_BYTES = 64e6;

function isUtf16(bytes: Uint8Array): boolean {
  const [a = 0, b = 0] = bytes;
  const marked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  return marked || (bytes.length >= 4 && (a === 0) !== (b === 0) && (bytes[2] === 0) !== (bytes[3] === 0));
}

function lineOfBadByte(bytes: Uint8Array): number {
  const before = new TextDecoder().decode(bytes).split('\ufffd')[0] ?? '';
  return before.split('\n').length;
}

/** Text of UTF-8 bytes; a byte-order mark in front is skipped. Throws BadInput for an empty, binary or otherwise encoded one. */
export function textOfBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new BadInput(['the file is empty']);
  if (isUtf16(bytes)) throw new BadInput(['the text is UTF-16; save it as UTF-8']);
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw new BadInput([`a binary file, no text: byte ${zero + 1} is 0`]);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadInput([`line ${lineOfBadByte(bytes)}: a byte that is no UTF-8; save the text as UTF-8`]);
  }
  if (text.trim() === '') throw new BadInput(['the file holds nothing but white space']);
  return text;
}
