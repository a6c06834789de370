/**
 * CRC-32 as zlib, PNG and Espruino's `E.CRC32` work it out (polynomial 0xEDB88320, reflected). The same in Node and in a browser. It must give
 * what the board gives, or every file that is sent counts as damaged.
 */

const POLYNOMIAL = 0xedb88320;

/** What one byte does to the sum. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1;
  return sum;
});

/** Sum of bytes, or of a text whose characters are bytes (0..255), as an unsigned number of 32 bits. */
export function crc32(data: Uint8Array | string): number {
  let sum = 0xffffffff;
  for (let i = 0; i < data.length; i++) {
    const byte = typeof data === 'string' ? data.charCodeAt(i) : (data[i] as number);
    sum = (TABLE[(sum ^ byte) & 0xff] as number) ^ (sum >>> 8);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
