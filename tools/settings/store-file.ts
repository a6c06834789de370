/** The firmware's store as files in flash, read and made outside of a board; format: hal/store-format.ts, which only a board can load. */
import { crc32 } from '../crc32.ts';

const HEAD = 16;

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** Serial of a whole file, -1 when it is missing, cut off or damaged. */
export function serialOf(file: string | undefined): number {
  if (file === undefined || file.length < HEAD) return -1;
  if (hex(crc32(file.slice(8))) !== file.slice(0, 8)) return -1;
  return Number.parseInt(file.slice(8, HEAD), 16);
}

/** The two files of a name, undefined where there is none. */
export interface StorePair {
  a: string | undefined;
  b: string | undefined;
}

/** The file that counts: 0, 1, or -1 for none. */
export function newerOf(pair: StorePair): number {
  const a = serialOf(pair.a);
  const b = serialOf(pair.b);
  if (a < 0 && b < 0) return -1;
  return a > b ? 0 : 1;
}

/** The text that counts, undefined when neither file is whole. */
export function storedText(pair: StorePair): string | undefined {
  const newer = newerOf(pair);
  return newer < 0 ? undefined : (newer === 0 ? pair.a : pair.b)?.slice(HEAD);
}

/** The next file to write, and its place: the one that does not count, so that the last good text stays whole. */
export function nextFile(pair: StorePair, text: string): { place: 0 | 1; file: string } {
  const newer = newerOf(pair);
  const previous = newer < 0 ? -1 : serialOf(newer === 0 ? pair.a : pair.b);
  const body = hex(previous + 1) + text;
  return { place: newer === 0 ? 1 : 0, file: hex(crc32(body)) + body };
}
