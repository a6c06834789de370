/** The table of contents of a release. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export const MANIFEST = 'manifest.json';
export const SUMS = 'SHA256SUMS';

export interface ReleaseFile {
  file: string;
  /** What it is: an image for a slot, the text of `.bootcde`, or the whole Storage of a first flash. */
  kind: 'image' | 'loader' | 'storage';
  board: string;
  /** '' for a loader, which knows no sensor. */
  sensor: string;
  bytes: number;
  crc32: string;
  sha256: string;
}

export interface Manifest {
  name: 'cuffloop';
  version: string;
  settingsVersion: number;
  /** Oldest Espruino that runs it, and Espruino's names of the boards. */
  espruino: string;
  espruinoBoards: Record<string, string>;
  files: ReleaseFile[];
}

export function sumsOf(data: Uint8Array): { bytes: number; crc32: string; sha256: string } {
  return { bytes: data.length, crc32: crc32(data).toString(16).padStart(8, '0'), sha256: sha256(data) };
}

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
