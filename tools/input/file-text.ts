/**
 * A file from outside as text: its bytes read up to a limit, and taken only when they are UTF-8. Never guesses an encoding and
 * never reads on without end.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { BadInput } from './bad-input.ts';
import { textOfBytes } from './bytes-text.ts';

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

/** Both at once. */
export function textOfFile(path: string, most: number): string {
  return textOfBytes(bytesOfFile(path, most));
}
