/** The firmware's store as files in flash, read from outside; format: hal/store-format.ts, which only a board can load. */
import { crc32 } from 'node:zlib';
import { toBytes } from './storage.ts';

const HEAD = 16;

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}

function serialOf(file: string | undefined): number {
  if (file === undefined || file.length < HEAD) return -1;
  if (hex(crc32(toBytes(file.slice(8)))) !== file.slice(0, 8)) return -1;
  return Number.parseInt(file.slice(8, HEAD), 16);
}

/** The text that counts of a name's two files, undefined when neither is whole. */
export function storedText(a: string | undefined, b: string | undefined): string | undefined {
  const serialA = serialOf(a);
  const serialB = serialOf(b);
  if (serialA < 0 && serialB < 0) return undefined;
  return (serialA > serialB ? a : b)?.slice(HEAD);
}
