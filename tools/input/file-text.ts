/**
 * A file from outside as text: its bytes read up to a limit, and taken only when they are UTF-8. Never guesses an encoding and
 * never reads on without end.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { BadInput } from './bad-input.ts';

/** Files that people write by hand: settings, protocols, plants, scenarios. Bytes. */
export const HAND_WRITTEN_BYTES = 256 * 1024;
/** Files that a device or the simulator has written: a board's whole Storage is 400 kB. Bytes. */
export const STORE_BYTES = 4 * 1024 * 1024;
/** Rows of a run: an hour of ticks is 10 MB. Bytes. */
export const ROWS_BYTES = 64e6;

const CHUNK = 65536;

const WHY_NOT: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'reading it is not permitted',
  EISDIR: 'a folder, not a file',
};

function readUpTo(descriptor: number, most: number): Uint8Array {
  if (fstatSync(descriptor).isDirectory()) throw new BadInput(['a folder, not a file']);
  const parts: Buffer[] = [];
  let size = 0;
  for (;;) {
    const chunk = Buffer.alloc(CHUNK);
    const read = readSync(descriptor, chunk, 0, CHUNK, null);
    if (read === 0) return Buffer.concat(parts);
    size += read;
    if (size > most) throw new BadInput([`larger than the ${most} bytes that are allowed for such a file`]);
    parts.push(chunk.subarray(0, read));
  }
}

/** The bytes of a file of at most `most` bytes. Throws BadInput, which does not name the file. */
export function bytesOfFile(path: string, most: number): Uint8Array {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const why = Object.hasOwn(WHY_NOT, code) ? (WHY_NOT[code] ?? message) : message;
    throw new BadInput([`cannot be read: ${why}`]);
  }
  try {
    return readUpTo(descriptor, most);
  } catch (error) {
    throw error instanceof BadInput ? error : new BadInput([(error as Error).message]);
  } finally {
    closeSync(descriptor);
  }
}

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

/** Both at once. */
export function textOfFile(path: string, most: number): string {
  return textOfBytes(bytesOfFile(path, most));
}
