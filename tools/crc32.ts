/** CRC-32 as a board's `E.CRC32` works it out, of bytes or of a text with one byte a character. The same on a board, in Node and in a browser. */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let word = byte;
  for (let bit = 0; bit < 8; bit++) word = (word & 1) === 1 ? (word >>> 1) ^ 0xedb88320 : word >>> 1;
  return word;
});

/** 0..2^32 - 1. Of a character only the low byte counts, which is all that a board keeps of it. */
export function crc32(data: Uint8Array | string): number {
  let word = 0xffffffff;
  for (let i = 0; i < data.length; i++) {
    const byte = typeof data === 'string' ? data.charCodeAt(i) : (data[i] ?? 0);
    word = (TABLE[(word ^ byte) & 255] ?? 0) ^ (word >>> 8);
  }
  return ~word >>> 0;
}
