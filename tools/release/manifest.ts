/** The table of contents of a release. */
import * as z from 'zod';

export const MANIFEST = 'manifest.json';
export const SUMS = 'SHA256SUMS';

const releaseFile = z.object({
  /** Beside the manifest: no folder in it. */
  file: z.string().regex(/^\w[\w.+-]*$/),
  /** What it is: an image for a slot, the text of `.bootcde`, or the whole Storage of a first flash. */
  kind: z.enum(['image', 'loader', 'storage']),
  board: z.string(),
  /** '' for a loader, which knows no sensor. */
  sensor: z.string(),
  bytes: z.number().int(),
  crc32: z.string(),
  sha256: z.string(),
});

export type ReleaseFile = z.infer<typeof releaseFile>;

/** What a manifest must hold. */
export const manifestSchema = z.object({
  name: z.literal('cuffloop'),
  version: z.string(),
  settingsVersion: z.number().int(),
  /** Oldest Espruino that runs it, and Espruino's names of the boards. */
  espruino: z.string(),
  espruinoBoards: z.record(z.string(), z.string()),
  files: z.array(releaseFile),
});

export type Manifest = z.infer<typeof manifestSchema>;
