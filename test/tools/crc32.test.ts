/** Our own check sum is the one of zlib and of the board, and texts of bytes go over and back. */
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32 } from '../../tools/crc32.ts';
import { base64Of, bytesOf, textOf, textOfBase64 } from '../../tools/latin1.ts';

it('is what zlib works out, of bytes and of the same bytes as text', () => {
  expect(crc32('123456789')).toBe(0xcbf43926);
  expect(crc32('')).toBe(0);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const sum = zlibCrc32(bytes);
      expect([crc32(bytes), crc32(textOf(bytes))]).toEqual([sum, sum]);
    }),
    { seed: 3, numRuns: 300 },
  );
});

it('bytes become a text and come back, a long one too', () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, i) => (i * 7) & 255);
  expect(bytesOf(textOf(bytes))).toEqual(bytes);
  expect(textOf(bytes)).toBe(Buffer.from(bytes).toString('latin1'));
  expect(textOfBase64(Buffer.from(bytes).toString('base64'))).toBe(textOf(bytes));
  expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  expect(textOfBase64('*')).toBe('');
});
