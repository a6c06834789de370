import { crc32 as zlib } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from '../../tools/crc32.ts';
import { base64Bytes, base64Of, latin1Bytes, latin1Text } from '../../tools/latin1.ts';

test('CRC-32 is the one of zlib, for any bytes and for texts of one byte a character', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(crc32(bytes)).toBe(zlib(bytes));
      expect(crc32(latin1Text(bytes))).toBe(zlib(bytes));
    }),
    { seed: 17 },
  );
  expect(crc32('123456789')).toBe(0xcbf43926);
});

test('bytes come back from a text and from base64, however many', () => {
  const many = Uint8Array.from({ length: 40_000 }, (_, i) => (i * 31) & 255);
  expect(latin1Bytes(latin1Text(many))).toEqual(many);
  expect(base64Bytes(base64Of(many))).toEqual(many);
  expect(base64Of(many)).toBe(Buffer.from(many).toString('base64'));
  expect(base64Bytes('no base64!')).toBeUndefined();
});
