/**
 * A board's Storage as bytes, outside of a board: what a debug probe writes at the start of the Storage area, and what the Linux
 * interpreter keeps in `espruino.flash`. Format of Espruino's jsflash: a log of files, each a 32-byte header (size, name) and its
 * bytes, padded to 4; a file that is replaced has the first word of its name set to 0.
 */
import { bytesOf, textOf } from '../latin1.ts';

const HEADER = 32;
const NAME = 28;
/** 100 pages of 4 kB on a Jolt.js. */
export const STORAGE_BYTES = 100 * 4096;

interface Entry {
  at: number;
  size: number;
  name: string;
}

/** Bytes of a Storage that holds `files`, in this order, and nothing else; without the erased rest. */
export function makeStorage(files: Readonly<Record<string, string>>): Uint8Array {
  let bytes = new Uint8Array(0);
  for (const [name, text] of Object.entries(files)) bytes = append(bytes, name, text);
  return bytes;
}

/** Names and contents of the files that count. */
export function readStorage(bytes: Uint8Array): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { at, size, name } of entries(bytes))
    if (name !== '') files[name] = textOf(bytes.subarray(at + HEADER, at + HEADER + size));
  return files;
}

/**
 * Why these bytes cannot be taken for a board's Storage, '' = they can. A file that is there twice would be read as the one by the
 * board and as the other here; a file that runs past the end was cut off, and so was whatever stood behind it.
 */
export function storageProblem(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'the file is empty';
  const seen = new Map<string, string>();
  for (const { at, size, name } of entries(bytes)) {
    if (name === '') continue;
    if (!/^[\x21-\x7e]+$/.test(name)) return 'no Storage: a file in it has no readable name';
    const text = textOf(bytes.subarray(at + HEADER, at + HEADER + size));
    if (seen.has(name) && seen.get(name) !== text)
      return `the file ${name} is there twice, with different contents`;
    seen.set(name, text);
  }
  const end = endOf(bytes);
  const rest = bytes.subarray(end, end + 4);
  if (rest.length === 4 && rest.some((byte) => byte !== 0xff) && rest.some((byte) => byte !== 0))
    return seen.size === 0
      ? 'no Storage of a board'
      : 'the Storage is damaged or cut off after its last whole file';
  return '';
}

/** A copy with `name` written anew; throws when it does not fit. */
export function writeInto(bytes: Uint8Array, name: string, text: string): Uint8Array {
  const out = bytes.slice(0, endOf(bytes));
  for (const entry of entries(out)) if (entry.name === name) out.fill(0, entry.at + 4, entry.at + 8);
  return append(out, name, text);
}

function append(bytes: Uint8Array, name: string, text: string): Uint8Array<ArrayBuffer> {
  if (name.length < 1 || name.length > NAME)
    throw new RangeError(`file name "${name}": 1..${NAME} characters are allowed`);
  if (text.length < 1) throw new RangeError(`${name}: an empty file cannot be stored`);
  const size = bytes.length + ((HEADER + text.length + 3) & ~3);
  if (size > STORAGE_BYTES)
    throw new RangeError(`${name} does not fit: ${size} bytes needed, ${STORAGE_BYTES} are there`);
  const out = new Uint8Array(size).fill(0xff);
  out.set(bytes);
  out.fill(0, bytes.length, bytes.length + HEADER);
  new DataView(out.buffer).setUint32(bytes.length, text.length, true);
  out.set(bytesOf(name), bytes.length + 4);
  out.set(bytesOf(text), bytes.length + HEADER);
  return out;
}

/** Headers in order; a gap ends a page, and the next page is looked at. Replaced files have the name ''. */
function* entries(bytes: Uint8Array): Generator<Entry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const sizeAt = (at: number) => {
    if (at + HEADER > bytes.length) return -1;
    const word = view.getUint32(at, true);
    const size = word & 0xffffff;
    return word === 0xffffffff || word === 0 || at + HEADER + size > bytes.length ? -1 : size;
  };
  for (let at = 0; at < bytes.length; ) {
    const size = sizeAt(at);
    if (size < 0) {
      const page = (Math.floor(at / 4096) + 1) * 4096;
      if (sizeAt(page) < 0) return;
      at = page;
      continue;
    }
    const name = view.getUint32(at + 4, true) === 0 ? '' : textOf(bytes.subarray(at + 4, at + HEADER));
    yield { at, size, name: name.replace(/\0+$/, '') };
    at += (HEADER + size + 3) & ~3;
  }
}

function endOf(bytes: Uint8Array): number {
  let end = 0;
  for (const { at, size } of entries(bytes)) end = at + ((HEADER + size + 3) & ~3);
  return Math.min(end, bytes.length);
}
