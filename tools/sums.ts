/** Check sums of the files of a release. */
import { createHash } from 'node:crypto';
import { crc32 } from './crc32.ts';

export function sumsOf(data: Uint8Array): { bytes: number; crc32: string; sha256: string } {
  return { bytes: data.length, crc32: crc32(data).toString(16).padStart(8, '0'), sha256: sha256(data) };
}

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
