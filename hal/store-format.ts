/**
 * One file of the store: 8 hex digits CRC-32 of all that follows, 8 hex digits serial number, the text. The serial only grows;
 * tools that write settings to a board use the same format. Must never change without a new name for the files: an older one
 * would count as broken.
 */
const HEAD = 16;

function hex(value: number): string {
  return ('0000000' + value.toString(16)).slice(-8);
}

/** Serial of a whole file, -1 when it is missing, cut off or damaged. */
export function serialOf(file: string | undefined): number {
  if (file === undefined || file.length < HEAD) return -1;
  if (hex(E.CRC32(file.substr(8))) !== file.substr(0, 8)) return -1;
  return parseInt(file.substr(8, 8), 16);
}

/** True for a file that is there and does not hold. */
export function isBroken(file: string | undefined): boolean {
  return file !== undefined && serialOf(file) < 0;
}

/** Which of the two files counts: 0, 1, or -1 for none. */
export function newerOf(a: string | undefined, b: string | undefined): number {
  const serialA = serialOf(a);
  const serialB = serialOf(b);
  if (serialA < 0 && serialB < 0) return -1;
  return serialA > serialB ? 0 : 1;
}

/** The text of a whole file. */
export function textOf(file: string | undefined): string | undefined {
  return file === undefined ? undefined : file.substr(HEAD);
}

/** A file that is newer than `previous`. */
export function packText(previous: string | undefined, text: string): string {
  const body = hex(serialOf(previous) + 1) + text;
  return hex(E.CRC32(body)) + body;
}
